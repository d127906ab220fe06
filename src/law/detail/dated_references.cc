// SPDX-License-Identifier: EUPL-1.2
#include "law/detail/dated_references.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "law/answer.h"

namespace rogatory::law::detail {
namespace {

using Targets = std::vector<const Provision*>;

void collect_targets(const LinkedNode& node, std::set<const LinkedNode*>& seen, Targets& out) {
  if (!node.refers_to_dated || !seen.insert(&node).second) return;
  if (node.referred != nullptr && std::ranges::find(out, node.referred) == out.end()) {
    out.push_back(node.referred);
  }
  for (const LinkedNode* child : node.children) collect_targets(*child, seen, out);
  for (const LinkedException& exception : node.unless) {
    collect_targets(*exception.when, seen, out);
  }
}

void add_days(const Provision& provision, std::set<base::Date>& out) {
  for (const Period& period : provision.periods) {
    out.insert(period.range.from);
    if (period.range.until) out.insert(*period.range.until);
  }
}

/// How sure the absence is: as sure as all that is known of the provision's days.
Confidence confidence_of_days(const Provision& provision) {
  Confidence weakest = Confidence::kFound;
  for (const Period& period : provision.periods) {
    weakest = weaker(weakest, period.citation.confidence);
  }
  return weakest;
}

}  // namespace

std::vector<DatedReferences::OnDays> DatedReferences::spans(const Provision& owner,
                                                            const LinkedNode& tree) {
  std::vector<OnDays> out;
  if (!tree.refers_to_dated) return out;
  Targets targets;
  std::set<const LinkedNode*> seen;
  collect_targets(tree, seen, targets);
  std::set<base::Date> days{base::Date::earliest()};
  add_days(owner, days);
  for (const Provision* target : targets) add_days(*target, days);
  for (auto day = days.begin(); day != days.end(); ++day) {
    if (!is_in_force(owner, *day)) continue;
    const auto next = std::next(day);
    OnDays span{
        .range = {.from = *day, .until = next == days.end() ? std::nullopt : std::optional(*next)},
        .absent = {}};
    std::ranges::copy_if(targets, std::back_inserter(span.absent),
                         [&](const Provision* target) { return !is_in_force(*target, *day); });
    if (!span.absent.empty()) out.push_back(std::move(span));
  }
  return out;
}

const LinkedNode* DatedReferences::without(const LinkedNode& tree, const Targets& absent) {
  Memo memo;
  return rebuilt(tree, absent, memo);
}

const LinkedNode* DatedReferences::rebuilt(const LinkedNode& node, const Targets& absent,
                                           Memo& memo) {
  if (!node.refers_to_dated) return &node;
  if (const auto it = memo.find(&node); it != memo.end()) return it->second;
  if (node.referred != nullptr && std::ranges::find(absent, node.referred) != absent.end()) {
    return memo[&node] = keep(not_in_force(node));
  }
  LinkedNode changed = node;
  bool is_changed = false;
  for (const LinkedNode*& child : changed.children) {
    const LinkedNode* other = rebuilt(*child, absent, memo);
    is_changed = is_changed || other != child;
    child = other;
  }
  for (LinkedException& exception : changed.unless) {
    const LinkedNode* other = rebuilt(*exception.when, absent, memo);
    is_changed = is_changed || other != exception.when;
    exception.when = other;
  }
  return memo[&node] = is_changed ? keep(std::move(changed)) : &node;
}

const LinkedNode* DatedReferences::keep(LinkedNode node) {
  node.root = kNoFormula;
  node.position = trees_.size();
  return &trees_.emplace_back(std::move(node));
}

LinkedNode DatedReferences::not_in_force(const LinkedNode& reference) {
  LinkedNode out;
  out.kind = NodeKind::kAny;
  out.id = reference.id;
  out.referred = reference.referred;
  Citation& title = titles_.emplace_back(*reference.citation);
  title.says += " (not in force on that day)";
  title.confidence = weaker(title.confidence, confidence_of_days(*reference.referred));
  out.citation = &title;
  return out;
}

}  // namespace rogatory::law::detail
