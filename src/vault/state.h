// SPDX-License-Identifier: EUPL-1.2
//
// A case of the vault as its events tell it. Pure; any thread.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "vault/event.h"

namespace rogatory::vault {

/// A working copy that left the vault.
struct WorkingCopy {
  ItemId id;
  std::string holder;
  bool operator==(const WorkingCopy&) const = default;
};

struct Item {
  Content content;
  Conditions conditions;
  /// Empty for an item that came from outside.
  std::vector<ItemId> parents;
  std::vector<ItemId> derived;
  std::vector<WorkingCopy> copies;
  std::vector<SetId> sets;
  bool has_acquisition_report = false;
  /// What is stored is not what came in.
  bool is_damaged = false;
  /// What came in is not what a digest that came along says.
  bool differs_from_received = false;
  bool operator==(const Item&) const = default;
};

/// A sealed set, and who holds something of it.
struct SealedSet {
  std::vector<ItemId> items;
  std::vector<std::string> salts;
  std::vector<std::string> names;
  std::string root;
  std::vector<std::string> recipients;
  bool operator==(const SealedSet&) const = default;
};

struct Approval {
  std::string officer;
  std::string role;
  bool operator==(const Approval&) const = default;
};

struct CaseState {
  std::map<ItemId, Item> items;
  std::map<SetId, SealedSet> sets;
  std::map<HoldId, Act> holds;
  std::vector<Approval> approvals;
  std::optional<base::Date> erased_on;
  bool operator==(const CaseState&) const = default;
};

/// The state after one more event. Total: an event about something unknown changes nothing.
void evolve(CaseState& state, const Event& event);

/// A day by which something is to be done, or before which nothing may be erased.
struct Duty {
  enum class Kind { kReturn, kDelete, kKeep };
  Kind kind;
  ItemId item;
  base::Date day;
  std::string imposed_by;
  bool operator==(const Duty&) const = default;
};
std::string_view duty_name(Duty::Kind kind);

/// The duties of the conditions, by day. Erased cases have none.
std::vector<Duty> list_duties(const CaseState& state);

}  // namespace rogatory::vault
