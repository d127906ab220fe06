// SPDX-License-Identifier: EUPL-1.2
//
// The list to which every lint rule adds. One thread.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "corpus/lint.h"

namespace rogatory::corpus::detail {

class Findings final {
 public:
  /// Adds one finding, with the severity of its rule.
  void add(Rule rule, std::string message, base::Place place);

  bool has_errors() const { return corpus::has_errors(list_); }

  /// All findings, sorted by place, then rule and message.
  std::vector<LintFinding> take_sorted();

 private:
  std::vector<LintFinding> list_;
};

}  // namespace rogatory::corpus::detail
