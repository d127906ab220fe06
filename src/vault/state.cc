// SPDX-License-Identifier: EUPL-1.2
#include "vault/state.h"

#include <algorithm>
#include <tuple>

namespace rogatory::vault {
namespace {

Item* find_item(CaseState& state, const ItemId& id) {
  const auto found = state.items.find(id);
  return found == state.items.end() ? nullptr : &found->second;
}

SealedSet* find_set(CaseState& state, const SetId& id) {
  const auto found = state.sets.find(id);
  return found == state.sets.end() ? nullptr : &found->second;
}

/// Approvals are for what was there when they were given.
void void_approvals(CaseState& state) {
  state.approvals.clear();
}

struct Evolve {
  CaseState& state;
  const Act& act;

  void operator()(const Ingest& fact) const {
    state.items.emplace(fact.item, Item{.content = fact.content, .conditions = fact.conditions});
    void_approvals(state);
  }
  void operator()(const AcquisitionReport& fact) const {
    if (Item* item = find_item(state, fact.item)) item->has_acquisition_report = true;
  }
  void operator()(const Seal& fact) const {
    state.sets.emplace(
        fact.set,
        SealedSet{
            .items = fact.items, .salts = fact.salts, .names = fact.names, .root = fact.root});
    for (const ItemId& id : fact.items) {
      if (Item* item = find_item(state, id)) item->sets.push_back(fact.set);
    }
  }
  void operator()(const Release& fact) const {
    if (SealedSet* set = find_set(state, fact.set)) set->recipients.push_back(fact.recipient);
  }
  void operator()(const Receipt&) const {}
  void operator()(const Open&) const {}
  void operator()(const Copy& fact) const {
    if (Item* item = find_item(state, fact.item)) {
      item->copies.push_back({.id = fact.copy, .holder = fact.holder});
    }
  }
  void operator()(const Derive& fact) const {
    state.items.emplace(
        fact.item,
        Item{.content = fact.content, .conditions = fact.conditions, .parents = fact.parents});
    for (const ItemId& parent : fact.parents) {
      if (Item* item = find_item(state, parent)) item->derived.push_back(fact.item);
    }
    void_approvals(state);
  }
  void operator()(const Disclose& fact) const {
    if (SealedSet* set = find_set(state, fact.set)) set->recipients.push_back(fact.recipient);
  }
  void operator()(const Mismatch& fact) const {
    Item* const item = find_item(state, fact.item);
    if (item == nullptr) return;
    (fact.is_about_stored_content() ? item->is_damaged : item->differs_from_received) = true;
  }
  void operator()(const Hold& fact) const {
    state.holds.emplace(fact.hold, act);
    void_approvals(state);
  }
  void operator()(const HoldRelease& fact) const { state.holds.erase(fact.hold); }
  void operator()(const EraseApproval&) const {
    state.approvals.push_back({.officer = act.officer, .role = act.role});
  }
  void operator()(const Erase&) const {
    state = CaseState{};
    state.erased_on = act.day();
  }
  void operator()(const Scrub& fact) const {
    for (const ItemId& id : fact.damaged) {
      if (Item* item = find_item(state, id)) item->is_damaged = true;
    }
  }
  void operator()(const Restore&) const { void_approvals(state); }
};

}  // namespace

void evolve(CaseState& state, const Event& event) {
  std::visit(Evolve{state, event.act}, event.fact);
}

std::string_view duty_name(Duty::Kind kind) {
  switch (kind) {
    case Duty::Kind::kReturn:
      return "return_by";
    case Duty::Kind::kDelete:
      return "delete_by";
    case Duty::Kind::kKeep:
      return "keep_until";
  }
  return "return_by";
}

std::vector<Duty> list_duties(const CaseState& state) {
  std::vector<Duty> duties;
  const auto add = [&duties](Duty::Kind kind, const ItemId& id, const Conditions& conditions,
                             const std::optional<base::Date>& day) {
    if (!day) return;
    duties.push_back({.kind = kind, .item = id, .day = *day, .imposed_by = conditions.imposed_by});
  };
  for (const auto& [id, item] : state.items) {
    add(Duty::Kind::kReturn, id, item.conditions, item.conditions.return_by);
    add(Duty::Kind::kDelete, id, item.conditions, item.conditions.delete_by);
    add(Duty::Kind::kKeep, id, item.conditions, item.conditions.keep_until);
  }
  std::sort(duties.begin(), duties.end(), [](const Duty& a, const Duty& b) {
    return std::tie(a.day, a.kind, a.item) < std::tie(b.day, b.kind, b.item);
  });
  return duties;
}

}  // namespace rogatory::vault
