// SPDX-License-Identifier: EUPL-1.2
//
// The codes and numbers of one record, each with the field it stands in. Single-threaded.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "conduct/mapping.h"

namespace rogatory::conduct::detail {

struct CodeAt {
  std::string code;   ///< as written
  std::string lower;  ///< to compare
  std::string field;
  bool is_implied = false;  ///< not written itself: stands above a code that is
};

struct NumberAt {
  double value = 0;
  std::string field;
};

class Codes final {
 public:
  /// Adds a code; the first field of a code stays. kLimit beyond kMaxCodes.
  base::Result<void> add(std::string_view code, std::string_view field);
  /// Adds a code that holds because one below it does: `action.hacking`, `T1566`.
  base::Result<void> add_implied(std::string_view code, std::string_view field);
  void add_number(std::string_view name, double value, std::string_view field);

  std::span<const CodeAt> all() const { return codes_; }
  const NumberAt* find_number(std::string_view name) const;
  bool holds(const CodePattern& pattern) const;
  bool holds_any(std::span<const CodePattern> patterns) const;
  bool satisfies(const CodeCondition& condition) const;
  /// The part of the first code with this prefix (in lower case) that follows it.
  std::optional<std::string_view> rest_after(std::string_view prefix) const;

 private:
  base::Result<void> add_one(std::string_view code, std::string_view field, bool is_implied);

  std::vector<CodeAt> codes_;
  std::map<std::string, std::size_t, std::less<>> by_code_;
  std::map<std::string, NumberAt, std::less<>> numbers_;
};

}  // namespace rogatory::conduct::detail
