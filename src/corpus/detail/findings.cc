// SPDX-License-Identifier: EUPL-1.2

#include "corpus/detail/findings.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace rogatory::corpus::detail {

void Findings::add(Rule rule, std::string message, base::Place place) {
  const RuleInfo& info = lint_rules()[static_cast<std::size_t>(rule)];
  list_.push_back({.severity = info.severity,
                   .rule = std::string(info.id),
                   .message = std::move(message),
                   .place = std::move(place)});
}

std::vector<LintFinding> Findings::take_sorted() {
  std::ranges::sort(list_, {}, [](const LintFinding& f) {
    return std::tie(f.place.file, f.place.line, f.place.column, f.rule, f.message);
  });
  return std::move(list_);
}

}  // namespace rogatory::corpus::detail
