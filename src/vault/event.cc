// SPDX-License-Identifier: EUPL-1.2
#include "vault/event.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/shape.h"

namespace rogatory::vault {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using base::Result;
using base::Shape;

// Writing -----------------------------------------------------------------------------------------

/// Counts and sizes are far below 2^53, beyond which JSON numbers are not exact.
std::int64_t number(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

JsonArray texts(const std::vector<std::string>& list) {
  JsonArray out;
  for (const std::string& text : list) out.emplace_back(text);
  return out;
}

template <typename Tag>
JsonArray texts(const std::vector<base::StrongString<Tag>>& ids) {
  JsonArray list;
  for (const auto& id : ids) list.emplace_back(id.view());
  return list;
}

void put_date(JsonObject& out, std::string_view name, const std::optional<base::Date>& date) {
  if (date) out[name] = date->to_string();
}

void put_content(JsonObject& out, const Content& content) {
  out["name"] = content.name;
  out["media"] = content.media;
  out["size_bytes"] = number(content.size_bytes);
  out["sha256"] = content.sha256;
  out["sha512"] = content.sha512;
  out["tree_root"] = content.tree_root;
}

void put_use(JsonObject& out, const Use& use) {
  out["purpose"] = use.purpose;
  if (!use.consent.empty()) out["consent"] = use.consent;
}

JsonObject conditions_json(const Conditions& conditions) {
  JsonObject out;
  if (conditions.purposes) {
    JsonArray list;
    for (const std::string& purpose : *conditions.purposes) list.emplace_back(purpose);
    out["purposes"] = std::move(list);
  }
  put_date(out, "return_by", conditions.return_by);
  put_date(out, "delete_by", conditions.delete_by);
  put_date(out, "keep_until", conditions.keep_until);
  if (!conditions.imposed_by.empty()) out["imposed_by"] = conditions.imposed_by;
  return out;
}

struct Write {
  JsonObject& out;

  void operator()(const Ingest& fact) const {
    out["item"] = fact.item.view();
    put_content(out, fact.content);
    out["source"] = fact.source;
    JsonArray received;
    for (const ReceivedDigest& digest : fact.received) {
      received.push_back(JsonObject{{"algorithm", digest.algorithm}, {"value", digest.value}});
    }
    out["received"] = std::move(received);
    out["conditions"] = conditions_json(fact.conditions);
  }
  void operator()(const AcquisitionReport& fact) const {
    out["item"] = fact.item.view();
    out["acquired_by"] = fact.acquired_by;
    out["acquired_at"] = fact.acquired_at;
    out["method"] = fact.method;
    out["report"] = fact.report;
  }
  void operator()(const Seal& fact) const {
    out["set"] = fact.set.view();
    out["items"] = texts(fact.items);
    out["salts"] = texts(fact.salts);
    out["names"] = texts(fact.names);
  }
  void operator()(const Release& fact) const {
    out["set"] = fact.set.view();
    out["recipient"] = fact.recipient;
    put_use(out, fact.use);
  }
  void operator()(const Receipt& fact) const {
    out["set"] = fact.set.view();
    out["from"] = fact.from;
    out["root"] = fact.root;
    out["note"] = fact.note;
  }
  void operator()(const Open& fact) const {
    out["item"] = fact.item.view();
    put_use(out, fact.use);
  }
  void operator()(const Copy& fact) const {
    out["copy"] = fact.copy.view();
    out["item"] = fact.item.view();
    out["holder"] = fact.holder;
    put_use(out, fact.use);
  }
  void operator()(const Derive& fact) const {
    out["item"] = fact.item.view();
    put_content(out, fact.content);
    out["parents"] = texts(fact.parents);
    out["tool"] = fact.tool;
    put_use(out, fact.use);
    out["conditions"] = conditions_json(fact.conditions);
  }
  void operator()(const Disclose& fact) const {
    out["set"] = fact.set.view();
    out["items"] = texts(fact.items);
    out["recipient"] = fact.recipient;
    put_use(out, fact.use);
  }
  void operator()(const Mismatch& fact) const {
    out["item"] = fact.item.view();
    out["expected"] = fact.expected;
    out["found"] = fact.found;
    out["where"] = fact.where;
  }
  void operator()(const Hold& fact) const { out["hold"] = fact.hold.view(); }
  void operator()(const HoldRelease& fact) const { out["hold"] = fact.hold.view(); }
  void operator()(const EraseApproval&) const {}
  void operator()(const Erase& fact) const {
    out["case"] = fact.case_id;
    out["approvals"] = texts(fact.approvals);
  }
  void operator()(const Scrub& fact) const { out["damaged"] = texts(fact.damaged); }
  void operator()(const Restore&) const {}
};

// Reading -----------------------------------------------------------------------------------------

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
  return Fact(std::move(fact));
}

struct Kind {
  std::string_view name;
  Result<Fact> (*read)(const Shape& closed, const Shape& open);
};

/// In the order of the alternatives of Fact.
constexpr std::array<Kind, std::variant_size_v<Fact>> kKinds = {{
    {"ingest", read_ingest},
    {"acquisition_report", read_report},
    {"seal", read_seal},
    {"release", read_release},
    {"receipt", read_receipt},
    {"open", read_open},
    {"copy", read_copy},
    {"derive", read_derive},
    {"disclose", read_disclose},
    {"mismatch", read_mismatch},
    {"hold", read_hold},
    {"hold_release", read_hold_release},
    {"erase_approval", read_erase_approval},
    {"erase", read_erase},
    {"scrub", read_scrub},
    {"restore", read_restore},
}};

Result<Act> read_act(const Shape& closed, std::chrono::sys_seconds at) {
  Act act;
  ROG_TRY(act.officer, closed.get_text("officer"));
  ROG_TRY(act.role, closed.get_text("role"));
  ROG_TRY(act.authority, closed.get_text("authority"));
  ROG_TRY(act.reason, closed.get_text("reason"));
  act.at = at;
  return act;
}

}  // namespace

base::Date Act::day() const {
  // Years 1 to 9999 hold every moment that a clock of today gives.
  const auto date = base::Date::from_days(std::chrono::floor<std::chrono::days>(at));
  return date.ok() ? *date : base::Date::latest();
}

std::string_view kind_of(const Fact& fact) {
  return kKinds.at(fact.index()).name;
}

JsonObject open_members(const Fact& fact) {
  if (const auto* seal = std::get_if<Seal>(&fact)) {
    return {{"root", seal->root}, {"size", number(seal->items.size())}};
  }
  if (const auto* scrub = std::get_if<Scrub>(&fact)) {
    return {{"checked", number(scrub->checked)}, {"damaged_count", number(scrub->damaged.size())}};
  }
  if (const auto* restore = std::get_if<Restore>(&fact)) {
    return {{"lost_from", number(restore->lost_from)}, {"lost_until", number(restore->lost_until)}};
  }
  return {};
}

JsonObject closed_members(const Event& event) {
  JsonObject out = {{"officer", event.act.officer},
                    {"role", event.act.role},
                    {"authority", event.act.authority},
                    {"reason", event.act.reason}};
  std::visit(Write{out}, event.fact);
  return out;
}

Result<Event> parse_event(std::string_view kind, std::chrono::sys_seconds at,
                          const JsonObject& closed, const JsonObject& open) {
  const base::PlaceOf nowhere;
  const Json closed_json(closed);
  const Json open_json(open);
  const Shape closed_shape(closed_json, nowhere);
  const Shape open_shape(open_json, nowhere);
  for (const Kind& known : kKinds) {
    if (known.name != kind) continue;
    ROG_TRY(Fact fact, known.read(closed_shape, open_shape));
    ROG_TRY(Act act, read_act(closed_shape, at));
    return Event{.fact = std::move(fact), .act = std::move(act)};
  }
  return base::Error{.code = base::ErrorCode::kSchema,
                     .message = fmt::format("`{}` is no kind of event", kind),
                     .context = {},
                     .place = {}};
}

}  // namespace rogatory::vault
