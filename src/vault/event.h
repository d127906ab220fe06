// SPDX-License-Identifier: EUPL-1.2
//
// What happens to evidence, as facts that are written down once and never changed
// (ISO/IEC 27037: who, what, when, why; under which authority). Values: any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "base/result.h"
#include "base/strong.h"

namespace rogatory::vault {

struct ItemIdTag;
struct SetIdTag;
struct HoldIdTag;
/// 32 hexadecimal digits, drawn at random: they say nothing about what they name.
using ItemId = base::StrongString<ItemIdTag>;
using SetId = base::StrongString<SetIdTag>;
using HoldId = base::StrongString<HoldIdTag>;

/// Who acts, and why he may. The officer is known to the vault alone; the role is what others see.
struct Act {
  std::string officer;
  std::string role;
  /// The order, warrant or request under which this is done.
  std::string authority;
  std::string reason;
  std::chrono::sys_seconds at;

  bool operator==(const Act&) const = default;
  /// The day of the act in UTC.
  [[nodiscard]] base::Date day() const;
};

/// A digest that came with the evidence, kept as it was received: any algorithm, any notation.
struct ReceivedDigest {
  std::string algorithm;
  std::string value;
  bool operator==(const ReceivedDigest&) const = default;
};

/// What was stored, as measured while it came in.
struct Content {
  std::string name;
  /// From the first bytes: `ewf` (E01), `aff4`, `zip`, `pdf`, ..., `unknown`.
  std::string media;
  std::uint64_t size_bytes = 0;
  std::string sha256;
  std::string sha512;
  /// RFC 6962 tree over chunks of 64 KiB.
  std::string tree_root;
  bool operator==(const Content&) const = default;
};

/// What the providing side attached to the use of an item.
struct Conditions {
  /// Speciality: the only purposes allowed, each a name of a case or offence. Absent: any purpose;
  /// an empty list: none without consent.
  std::optional<std::vector<std::string>> purposes;
  std::optional<base::Date> return_by;
  std::optional<base::Date> delete_by;
  /// Retention: not erased before this day.
  std::optional<base::Date> keep_until;
  /// Who set them, and where: `Philippines, letter of 2026-11-02`.
  std::string imposed_by;
  bool operator==(const Conditions&) const = default;
};

// One struct for each kind of event.
// ---------------------------------------------------------------

/// An item came in from outside.
struct Ingest {
  ItemId item;
  Content content;
  std::string source;
  std::vector<ReceivedDigest> received;
  Conditions conditions;
  bool operator==(const Ingest&) const = default;
};

/// How an item was acquired before it came here, as the acquirer says.
struct AcquisitionReport {
  ItemId item;
  std::string acquired_by;
  std::string acquired_at;
  std::string method;
  std::string report;
  bool operator==(const AcquisitionReport&) const = default;
};

/// A set of items was fixed: each is a blinded leaf of the tree with this root
/// (package/sealed_set.h).
struct Seal {
  SetId set;
  std::vector<ItemId> items;
  /// What blinds each item, in hexadecimal digits; and under which name it stands in bundles.
  std::vector<std::string> salts;
  std::vector<std::string> names;
  std::string root;
  bool operator==(const Seal&) const = default;
};

/// A purpose, and the consent of the providing side where the purpose is not among those allowed.
struct Use {
  std::string purpose;
  /// The document that consents; empty without one.
  std::string consent;
  bool operator==(const Use&) const = default;
};

/// A sealed set left the vault.
struct Release {
  SetId set;
  std::string recipient;
  Use use;
  bool operator==(const Release&) const = default;
};

/// A recipient confirmed, or we confirm, what was received.
struct Receipt {
  SetId set;
  std::string from;
  std::string root;
  std::string note;
  bool operator==(const Receipt&) const = default;
};

/// An item was read.
struct Open {
  ItemId item;
  Use use;
  bool operator==(const Open&) const = default;
};

/// A working copy left the vault.
struct Copy {
  ItemId copy;
  ItemId item;
  std::string holder;
  Use use;
  bool operator==(const Copy&) const = default;
};

/// An item was made from others.
struct Derive {
  ItemId item;
  Content content;
  std::vector<ItemId> parents;
  std::string tool;
  Use use;
  /// Those of the parents together, and more.
  Conditions conditions;
  bool operator==(const Derive&) const = default;
};

/// Some items of a sealed set were given to somebody.
struct Disclose {
  SetId set;
  std::vector<ItemId> items;
  std::string recipient;
  Use use;
  bool operator==(const Disclose&) const = default;
};

/// How `Mismatch::where` ends when it is about a digest that came along: what is stored is then
/// what came in, and it is the telling that differs.
inline constexpr std::string_view kReceivedWithItem = " received with the item";

/// What was found is not what was to be found.
struct Mismatch {
  ItemId item;
  std::string expected;
  std::string found;
  std::string where;
  bool operator==(const Mismatch&) const = default;
  /// False for a digest that came along, and for the root of a set in a receipt.
  [[nodiscard]] bool is_about_stored_content() const {
    return !item.empty() && !where.ends_with(kReceivedWithItem);
  }
};

/// Nothing of the case is erased while the hold stands.
struct Hold {
  HoldId hold;
  bool operator==(const Hold&) const = default;
};

struct HoldRelease {
  HoldId hold;
  bool operator==(const HoldRelease&) const = default;
};

/// One of the two approvals.
struct EraseApproval {
  bool operator==(const EraseApproval&) const = default;
};

/// The key of the case is destroyed. It is told twice: in the case, whose telling goes with the
/// key, and in the vault's own stream, which keeps who approved it of which case.
struct Erase {
  std::string case_id;
  /// `officer, role` of each approval.
  std::vector<std::string> approvals;
  bool operator==(const Erase&) const = default;
};

/// Every item was read and compared.
struct Scrub {
  std::uint64_t checked = 0;
  std::vector<ItemId> damaged;
  bool operator==(const Scrub&) const = default;
};

/// The vault came back from a backup: leaves from `lost_from` up to, and without, `lost_until` were
/// signed and are here no more.
struct Restore {
  std::uint64_t lost_from = 0;
  std::uint64_t lost_until = 0;
  bool operator==(const Restore&) const = default;
};

using Fact =
    std::variant<Ingest, AcquisitionReport, Seal, Release, Receipt, Open, Copy, Derive, Disclose,
                 Mismatch, Hold, HoldRelease, EraseApproval, Erase, Scrub, Restore>;

/// A fact and who brought it about.
struct Event {
  Fact fact;
  Act act;
  bool operator==(const Event&) const = default;
};

/// The published name of a kind, such as `acquisition_report`.
std::string_view kind_of(const Fact& fact);

/// What of a fact stands in its leaf for all to read: the root of a set, the counts of a scrub, the
/// range a restore lost. Everything else is a commitment.
base::JsonObject open_members(const Fact& fact);

/// The members of an event that are committed to one by one: those of the act and of the fact.
base::JsonObject closed_members(const Event& event);

/// Reads what closed_members() and open_members() wrote. kSchema, with the place, for anything
/// else.
base::Result<Event> parse_event(std::string_view kind, std::chrono::sys_seconds at,
                                const base::JsonObject& closed, const base::JsonObject& open);

}  // namespace rogatory::vault
