// SPDX-License-Identifier: EUPL-1.2
#include "vault/decide.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "vault/detail/plain_text.h"

namespace rogatory::vault {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::size_t kApprovalsNeeded = 2;

Error failure(ErrorCode code, std::string message) {
  return {.code = code, .message = std::move(message), .context = {}, .place = {}};
}

Error lacking(std::string_view what) {
  return failure(ErrorCode::kInvalidArgument, fmt::format("say {}", what));
}

Act trimmed(const Act& act) {
  Act plain = act;
  for (std::string Act::* const member :
       {&Act::officer, &Act::role, &Act::authority, &Act::reason}) {
    plain.*member = std::string(detail::trim_blanks(act.*member));
  }
  return plain;
}

Result<void> check_act(const Act& act) {
  if (act.officer.empty()) return lacking("which officer acts");
  if (act.role.empty()) return lacking("in which role the officer acts");
  if (act.authority.empty()) return lacking("under which authority this is done");
  if (act.reason.empty()) return lacking("why this is done");
  return {};
}

/// JSON is UTF-8 (RFC 8259 8.1): other bytes could be written and never read back.
Result<void> check_text(const Event& event) {
  const std::optional<std::string> bad = detail::find_bad_text(closed_members(event));
  if (!bad) return {};
  const std::string_view way_out =
      *bad == "name" ? "give the item a name in UTF-8 with --name" : "write it in UTF-8";
  return failure(ErrorCode::kInvalidArgument,
                 fmt::format("the member `{}` is not text in UTF-8; {}", *bad, way_out));
}

Result<const Item*> get_item(const CaseState& state, const ItemId& id) {
  const auto found = state.items.find(id);
  if (found == state.items.end()) {
    return failure(ErrorCode::kNotFound, fmt::format("the case has no item `{}`", id.str()));
  }
  return &found->second;
}

Result<const SealedSet*> get_set(const CaseState& state, const SetId& id) {
  const auto found = state.sets.find(id);
  if (found == state.sets.end()) {
    return failure(ErrorCode::kNotFound, fmt::format("the case has no sealed set `{}`", id.str()));
  }
  return &found->second;
}

Result<void> check_items(const CaseState& state, const std::vector<ItemId>& items) {
  if (items.empty()) return lacking("which items");
  std::set<ItemId> seen;
  for (const ItemId& id : items) {
    ROG_CHECKED(get_item(state, id));
    if (seen.insert(id).second) continue;
    return failure(ErrorCode::kInvalidArgument, fmt::format("item `{}` is named twice", id.str()));
  }
  return {};
}

Result<void> check_uses(const CaseState& state, const std::vector<ItemId>& items, const Use& use,
                        base::Date day) {
  if (use.purpose.empty()) return lacking("for which purpose");
  for (const ItemId& id : items) {
    ROG_TRY(const Item* const item, get_item(state, id));
    const std::vector<std::string> reasons = check_use(*item, use, day);
    if (reasons.empty()) continue;
    return failure(ErrorCode::kRefused,
                   fmt::format("item `{}`: {}", id.str(), base::join(reasons, "; ")));
  }
  return {};
}

Result<void> check_new_content(const CaseState& state, const ItemId& id, const Content& content) {
  if (content.name.empty()) return lacking("the name of the item");
  if (!state.items.contains(id)) return {};
  return failure(ErrorCode::kConflict, fmt::format("the case has item `{}` already", id.str()));
}

/// The digest we measured by the algorithm named, where we measure it.
std::string_view measured(const Content& content, std::string_view algorithm) {
  std::string plain = base::lower_ascii(base::trim(algorithm));
  std::erase(plain, '-');
  if (plain == "sha256") return content.sha256;
  if (plain == "sha512") return content.sha512;
  return {};
}

/// The facts that a request to record one leads to.
struct Decide {
  const CaseState& state;
  const Act& act;
  std::vector<Event>& events;

  Result<void> add(const Fact& fact) const {
    events.push_back({.fact = fact, .act = act});
    return {};
  }

  Result<void> operator()(const Ingest& fact) const {
    ROG_CHECKED(check_new_content(state, fact.item, fact.content));
    if (fact.source.empty()) return lacking("from whom the item came");
    ROG_CHECKED(add(fact));
    for (const ReceivedDigest& received : fact.received) {
      if (compare_received(fact.content, received) != Agreement::kDiffers) continue;
      ROG_CHECKED(add(Mismatch{.item = fact.item,
                               .expected = received.value,
                               .found = std::string(measured(fact.content, received.algorithm)),
                               .where = received.algorithm + std::string(kReceivedWithItem)}));
    }
    return {};
  }
  Result<void> operator()(const AcquisitionReport& fact) const {
    ROG_CHECKED(get_item(state, fact.item));
    if (fact.acquired_by.empty()) return lacking("who acquired the item");
    if (fact.method.empty()) return lacking("by which method it was acquired");
    return add(fact);
  }
  Result<void> operator()(const Seal& fact) const {
    ROG_CHECKED(check_items(state, fact.items));
    if (fact.root.empty()) return lacking("the root of the set");
    if (fact.salts.size() != fact.items.size() || fact.names.size() != fact.items.size()) {
      return lacking("a salt and a name for each item of the set");
    }
    if (state.sets.contains(fact.set)) {
      return failure(ErrorCode::kConflict, "a set with this id is sealed already");
    }
    return add(fact);
  }
  Result<void> operator()(const Release& fact) const {
    ROG_TRY(const SealedSet* const set, get_set(state, fact.set));
    if (fact.recipient.empty()) return lacking("to whom it is released");
    ROG_CHECKED(check_uses(state, set->items, fact.use, act.day()));
    return add(fact);
  }
  Result<void> operator()(const Receipt& fact) const {
    ROG_TRY(const SealedSet* const set, get_set(state, fact.set));
    if (fact.from.empty()) return lacking("who confirms the receipt");
    ROG_CHECKED(add(fact));
    if (is_same_root(*set, fact.root)) return {};
    return add(Mismatch{.item = ItemId(),
                        .expected = set->root,
                        .found = fact.root,
                        .where = "root of the set in the receipt"});
  }
  Result<void> operator()(const Open& fact) const {
    ROG_CHECKED(check_uses(state, {fact.item}, fact.use, act.day()));
    return add(fact);
  }
  Result<void> operator()(const Copy& fact) const {
    if (fact.holder.empty()) return lacking("who holds the working copy");
    ROG_CHECKED(check_uses(state, {fact.item}, fact.use, act.day()));
    return add(fact);
  }
  Result<void> operator()(const Derive& fact) const {
    ROG_CHECKED(check_new_content(state, fact.item, fact.content));
    ROG_CHECKED(check_items(state, fact.parents));
    if (fact.tool.empty()) return lacking("by which tool it was derived");
    ROG_CHECKED(check_uses(state, fact.parents, fact.use, act.day()));
    Derive derived = fact;
    for (const ItemId& parent : fact.parents) {
      derived.conditions = merge(derived.conditions, state.items.at(parent).conditions);
    }
    return add(derived);
  }
  Result<void> operator()(const Disclose& fact) const {
    ROG_TRY(const SealedSet* const set, get_set(state, fact.set));
    ROG_CHECKED(check_items(state, fact.items));
    for (const ItemId& id : fact.items) {
      if (std::find(set->items.begin(), set->items.end(), id) != set->items.end()) continue;
      return failure(ErrorCode::kInvalidArgument,
                     fmt::format("item `{}` is not in the sealed set", id.str()));
    }
    if (fact.recipient.empty()) return lacking("to whom it is disclosed");
    ROG_CHECKED(check_uses(state, fact.items, fact.use, act.day()));
    return add(fact);
  }
  Result<void> operator()(const Mismatch& fact) const {
    ROG_CHECKED(get_item(state, fact.item));
    return add(fact);
  }
  Result<void> operator()(const Hold& fact) const {
    if (!state.holds.contains(fact.hold)) return add(fact);
    return failure(ErrorCode::kConflict, "this hold stands already");
  }
  Result<void> operator()(const HoldRelease& fact) const {
    if (state.holds.contains(fact.hold)) return add(fact);
    return failure(ErrorCode::kNotFound,
                   fmt::format("the case has no hold `{}` that stands", fact.hold.str()));
  }
  Result<void> operator()(const EraseApproval& fact) const {
    ROG_CHECKED(check_bars());
    if (state.approvals.size() >= kApprovalsNeeded) {
      return failure(ErrorCode::kConflict, "the erasure has its two approvals already");
    }
    for (const Approval& given : state.approvals) {
      if (detail::folded_person(given.officer) == detail::folded_person(act.officer)) {
        return failure(ErrorCode::kRefused, "the second approval is another officer's");
      }
      if (detail::folded_person(given.role) == detail::folded_person(act.role)) {
        return failure(ErrorCode::kRefused, "the second approval is given in another role");
      }
    }
    return add(fact);
  }
  Result<void> operator()(const Erase& fact) const {
    ROG_CHECKED(check_bars());
    if (state.approvals.size() < kApprovalsNeeded) {
      return failure(ErrorCode::kRefused,
                     fmt::format("erasure needs two approvals, given after the last item and the "
                                 "last hold; it has {}",
                                 state.approvals.size()));
    }
    Erase erase{.case_id = fact.case_id, .approvals = {}};
    for (const Approval& given : state.approvals) {
      erase.approvals.push_back(given.officer + ", " + given.role);
    }
    return add(erase);
  }
  Result<void> operator()(const Scrub& fact) const { return add(fact); }
  Result<void> operator()(const Restore& fact) const {
    if (fact.lost_from < fact.lost_until) return add(fact);
    return failure(ErrorCode::kInvalidArgument, "a restore that lost nothing is none");
  }

  Result<void> check_bars() const {
    const std::vector<std::string> bars = list_bars(state, act.day());
    if (bars.empty()) return {};
    return failure(ErrorCode::kRefused, "nothing is erased: " + base::join(bars, "; "));
  }
};

std::string by(const Conditions& conditions) {
  return conditions.imposed_by.empty() ? std::string()
                                       : fmt::format(" (set by {})", conditions.imposed_by);
}

template <typename Choose>
std::optional<base::Date> choose(const std::optional<base::Date>& a,
                                 const std::optional<base::Date>& b, Choose better) {
  if (!a) return b;
  if (!b) return a;
  return better(*a, *b);
}

}  // namespace

Result<std::vector<Event>> decide(const CaseState& state, const Fact& asked, const Act& given) {
  ROG_CHECKED(check_text({.fact = asked, .act = given}));
  const Act act = trimmed(given);
  ROG_CHECKED(check_act(act));
  if (state.erased_on) {
    return failure(ErrorCode::kRefused,
                   fmt::format("the case was erased on {}", state.erased_on->to_string()));
  }
  std::vector<Event> events;
  ROG_CHECKED(std::visit(Decide{state, act, events}, asked));
  return events;
}

Agreement compare_received(const Content& content, const ReceivedDigest& received) {
  const std::string_view own = measured(content, received.algorithm);
  const std::string_view value = base::trim(received.value);
  const bool is_digest =
      value.size() == own.size() &&
      value.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
  if (own.empty() || !is_digest) return Agreement::kNotCompared;
  return own == base::lower_ascii(value) ? Agreement::kAgrees : Agreement::kDiffers;
}

bool is_same_root(const SealedSet& set, std::string_view root) {
  return base::lower_ascii(base::trim(root)) == base::lower_ascii(set.root);
}

std::vector<std::string> check_use(const Item& item, const Use& use, base::Date day) {
  const Conditions& conditions = item.conditions;
  std::vector<std::string> reasons;
  const bool has_consent = !use.consent.empty();
  const auto& purposes = conditions.purposes;
  const bool is_listed =
      !purposes || std::find(purposes->begin(), purposes->end(), use.purpose) != purposes->end();
  if (!is_listed && !has_consent) {
    reasons.push_back(fmt::format(
        "speciality: the purpose `{}` is not among those allowed ({}){}; another purpose needs the "
        "consent of the providing side",
        use.purpose, base::join(*purposes, ", "), by(conditions)));
  }
  if (conditions.return_by && day > *conditions.return_by && !has_consent) {
    reasons.push_back(fmt::format("it was to be returned by {}{}",
                                  conditions.return_by->to_string(), by(conditions)));
  }
  if (conditions.delete_by && day > *conditions.delete_by) {
    reasons.push_back(fmt::format("it was to be deleted by {}{}", conditions.delete_by->to_string(),
                                  by(conditions)));
  }
  return reasons;
}

Conditions merge(const Conditions& a, const Conditions& b) {
  Conditions both = a;
  if (!both.purposes) {
    both.purposes = b.purposes;
  } else if (b.purposes) {
    std::erase_if(*both.purposes, [&b](const std::string& purpose) {
      return std::find(b.purposes->begin(), b.purposes->end(), purpose) == b.purposes->end();
    });
  }
  const auto earlier = [](base::Date x, base::Date y) { return std::min(x, y); };
  const auto later = [](base::Date x, base::Date y) { return std::max(x, y); };
  both.return_by = choose(a.return_by, b.return_by, earlier);
  both.delete_by = choose(a.delete_by, b.delete_by, earlier);
  both.keep_until = choose(a.keep_until, b.keep_until, later);
  if (both.imposed_by.empty()) {
    both.imposed_by = b.imposed_by;
  } else if (!b.imposed_by.empty() && b.imposed_by != a.imposed_by) {
    both.imposed_by += "; " + b.imposed_by;
  }
  return both;
}

std::vector<std::string> list_bars(const CaseState& state, base::Date day) {
  std::vector<std::string> bars;
  bars.reserve(state.holds.size());
  for (const auto& [id, act] : state.holds) {
    bars.push_back(fmt::format("hold `{}` of {} under {} stands ({})", id.str(),
                               act.day().to_string(), act.authority, act.reason));
  }
  for (const auto& [id, item] : state.items) {
    const auto& until = item.conditions.keep_until;
    if (!until || day >= *until) continue;
    bars.push_back(fmt::format("item `{}` is kept until {}{}", id.str(), until->to_string(),
                               by(item.conditions)));
  }
  return bars;
}

}  // namespace rogatory::vault
