// SPDX-License-Identifier: EUPL-1.2
#include "vault/detail/read_fact.h"

#include <array>
#include <utility>

namespace rogatory::vault::detail {
namespace {

using base::Result;
using base::Shape;

template <typename Id>
Result<std::vector<Id>> get_ids(const Shape& shape, std::string_view key) {
  ROG_TRY(const Shape list, shape.get(key));
  ROG_TRY(const std::vector<Shape> items, list.items());
  std::vector<Id> ids;
  for (const Shape& item : items) {
    ROG_TRY(std::string text, item.text());
    ids.emplace_back(std::move(text));
  }
  return ids;
}

Result<std::vector<std::string>> get_texts(const Shape& shape, std::string_view key) {
  ROG_CHECKED(shape.get(key));
  return shape.find_texts(key);
}

template <typename Id>
Result<Id> get_id(const Shape& shape, std::string_view key) {
  ROG_TRY(std::string text, shape.get_text(key));
  return Id(std::move(text));
}

Result<std::uint64_t> get_count(const Shape& shape, std::string_view key) {
  ROG_TRY(const Shape member, shape.get(key));
  ROG_TRY(const std::int64_t number, member.integer());
  if (number < 0) return member.error("a count is not negative");
  return static_cast<std::uint64_t>(number);
}

Result<std::optional<base::Date>> find_date(const Shape& shape, std::string_view key) {
  const std::optional<Shape> member = shape.find(key);
  if (!member) return std::optional<base::Date>();
  ROG_TRY(const base::Date date, member->date());
  return std::optional(date);
}

Result<Content> read_content(const Shape& shape) {
  Content content;
  ROG_TRY(content.name, shape.get_text("name"));
  ROG_TRY(content.media, shape.get_text("media"));
  ROG_TRY(content.size_bytes, get_count(shape, "size_bytes"));
  ROG_TRY(content.sha256, shape.get_text("sha256"));
  ROG_TRY(content.sha512, shape.get_text("sha512"));
  ROG_TRY(content.tree_root, shape.get_text("tree_root"));
  return content;
}

Result<Use> read_use(const Shape& shape) {
  Use use;
  ROG_TRY(use.purpose, shape.get_text("purpose"));
  ROG_TRY(use.consent, shape.find_text("consent"));
  return use;
}

Result<Conditions> read_conditions(const Shape& shape) {
  ROG_TRY(const Shape member, shape.get("conditions"));
  ROG_CHECKED(
      member.allow_only({"purposes", "return_by", "delete_by", "keep_until", "imposed_by"}));
  Conditions out;
  if (member.find("purposes")) {
    ROG_TRY(out.purposes, member.find_texts("purposes"));
  }
  ROG_TRY(out.return_by, find_date(member, "return_by"));
  ROG_TRY(out.delete_by, find_date(member, "delete_by"));
  ROG_TRY(out.keep_until, find_date(member, "keep_until"));
  ROG_TRY(out.imposed_by, member.find_text("imposed_by"));
  return out;
}

Result<Fact> read_ingest(const Shape& closed, const Shape&) {
  Ingest fact;
  ROG_TRY(fact.item, get_id<ItemId>(closed, "item"));
  ROG_TRY(fact.content, read_content(closed));
  ROG_TRY(fact.source, closed.get_text("source"));
  ROG_TRY(const std::vector<Shape> received, closed.find_items("received"));
  for (const Shape& digest : received) {
    ReceivedDigest one;
    ROG_TRY(one.algorithm, digest.get_text("algorithm"));
    ROG_TRY(one.value, digest.get_text("value"));
    fact.received.push_back(std::move(one));
  }
  ROG_TRY(fact.conditions, read_conditions(closed));
  return Fact(std::move(fact));
}

Result<Fact> read_report(const Shape& closed, const Shape&) {
  AcquisitionReport fact;
  ROG_TRY(fact.item, get_id<ItemId>(closed, "item"));
  ROG_TRY(fact.acquired_by, closed.get_text("acquired_by"));
  ROG_TRY(fact.acquired_at, closed.get_text("acquired_at"));
  ROG_TRY(fact.method, closed.get_text("method"));
  ROG_TRY(fact.report, closed.get_text("report"));
  return Fact(std::move(fact));
}

Result<Fact> read_seal(const Shape& closed, const Shape& open) {
  Seal fact;
  ROG_TRY(fact.set, get_id<SetId>(closed, "set"));
  ROG_TRY(fact.items, get_ids<ItemId>(closed, "items"));
  ROG_TRY(fact.salts, get_texts(closed, "salts"));
  ROG_TRY(fact.names, get_texts(closed, "names"));
  ROG_TRY(fact.root, open.get_text("root"));
  return Fact(std::move(fact));
}

Result<Fact> read_release(const Shape& closed, const Shape&) {
  Release fact;
  ROG_TRY(fact.set, get_id<SetId>(closed, "set"));
  ROG_TRY(fact.recipient, closed.get_text("recipient"));
  ROG_TRY(fact.use, read_use(closed));
  return Fact(std::move(fact));
}

Result<Fact> read_receipt(const Shape& closed, const Shape&) {
  Receipt fact;
  ROG_TRY(fact.set, get_id<SetId>(closed, "set"));
  ROG_TRY(fact.from, closed.get_text("from"));
  ROG_TRY(fact.root, closed.get_text("root"));
  ROG_TRY(fact.note, closed.get_text("note"));
  return Fact(std::move(fact));
}

Result<Fact> read_open(const Shape& closed, const Shape&) {
  Open fact;
  ROG_TRY(fact.item, get_id<ItemId>(closed, "item"));
  ROG_TRY(fact.use, read_use(closed));
  return Fact(std::move(fact));
}

Result<Fact> read_copy(const Shape& closed, const Shape&) {
  Copy fact;
  ROG_TRY(fact.copy, get_id<ItemId>(closed, "copy"));
  ROG_TRY(fact.item, get_id<ItemId>(closed, "item"));
  ROG_TRY(fact.holder, closed.get_text("holder"));
  ROG_TRY(fact.use, read_use(closed));
  return Fact(std::move(fact));
}

Result<Fact> read_derive(const Shape& closed, const Shape&) {
  Derive fact;
  ROG_TRY(fact.item, get_id<ItemId>(closed, "item"));
  ROG_TRY(fact.content, read_content(closed));
  ROG_TRY(fact.parents, get_ids<ItemId>(closed, "parents"));
  ROG_TRY(fact.tool, closed.get_text("tool"));
  ROG_TRY(fact.use, read_use(closed));
  ROG_TRY(fact.conditions, read_conditions(closed));
  return Fact(std::move(fact));
}

Result<Fact> read_disclose(const Shape& closed, const Shape&) {
  Disclose fact;
  ROG_TRY(fact.set, get_id<SetId>(closed, "set"));
  ROG_TRY(fact.items, get_ids<ItemId>(closed, "items"));
  ROG_TRY(fact.recipient, closed.get_text("recipient"));
  ROG_TRY(fact.use, read_use(closed));
  return Fact(std::move(fact));
}

Result<Fact> read_mismatch(const Shape& closed, const Shape&) {
  Mismatch fact;
  ROG_TRY(fact.item, get_id<ItemId>(closed, "item"));
  ROG_TRY(fact.expected, closed.get_text("expected"));
  ROG_TRY(fact.found, closed.get_text("found"));
  ROG_TRY(fact.where, closed.get_text("where"));
  return Fact(std::move(fact));
}

Result<Fact> read_hold(const Shape& closed, const Shape&) {
  ROG_TRY(const HoldId id, get_id<HoldId>(closed, "hold"));
  return Fact(Hold{.hold = id});
}

Result<Fact> read_hold_release(const Shape& closed, const Shape&) {
  ROG_TRY(const HoldId id, get_id<HoldId>(closed, "hold"));
  return Fact(HoldRelease{.hold = id});
}

Result<Fact> read_erase_approval(const Shape&, const Shape&) {
  return Fact(EraseApproval{});
}

Result<Fact> read_erase(const Shape& closed, const Shape&) {
  Erase fact;
  ROG_TRY(fact.case_id, closed.get_text("case"));
  ROG_TRY(fact.approvals, get_texts(closed, "approvals"));
  return Fact(std::move(fact));
}

Result<Fact> read_scrub(const Shape& closed, const Shape& open) {
  Scrub fact;
  ROG_TRY(fact.checked, get_count(open, "checked"));
  ROG_TRY(fact.damaged, get_ids<ItemId>(closed, "damaged"));
  return Fact(std::move(fact));
}

Result<Fact> read_restore(const Shape&, const Shape& open) {
  Restore fact;
  ROG_TRY(fact.lost_from, get_count(open, "lost_from"));
  ROG_TRY(fact.lost_until, get_count(open, "lost_until"));
  return Fact(fact);
}

using Read = Result<Fact> (*)(const Shape& closed, const Shape& open);

/// In the order of the alternatives of Fact.
constexpr std::array<Read, std::variant_size_v<Fact>> kReaders = {
    read_ingest,         read_report, read_seal,     read_release,  read_receipt, read_open,
    read_copy,           read_derive, read_disclose, read_mismatch, read_hold,    read_hold_release,
    read_erase_approval, read_erase,  read_scrub,    read_restore,
};

}  // namespace

Result<Fact> read_fact(std::size_t alternative, const Shape& closed, const Shape& open) {
  return kReaders.at(alternative)(closed, open);
}

}  // namespace rogatory::vault::detail
