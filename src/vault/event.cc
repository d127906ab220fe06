// SPDX-License-Identifier: EUPL-1.2
#include "vault/event.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/shape.h"
#include "vault/detail/read_fact.h"

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

/// In the order of the alternatives of Fact.
constexpr std::array<std::string_view, std::variant_size_v<Fact>> kKinds = {
    "ingest",         "acquisition_report",
    "seal",           "release",
    "receipt",        "open",
    "copy",           "derive",
    "disclose",       "mismatch",
    "hold",           "hold_release",
    "erase_approval", "erase",
    "scrub",          "restore",
};

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
  return kKinds.at(fact.index());
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
  for (std::size_t alternative = 0; alternative < kKinds.size(); ++alternative) {
    if (kKinds.at(alternative) != kind) continue;
    ROG_TRY(Fact fact, detail::read_fact(alternative, closed_shape, open_shape));
    ROG_TRY(Act act, read_act(closed_shape, at));
    return Event{.fact = std::move(fact), .act = std::move(act)};
  }
  return base::Error{.code = base::ErrorCode::kSchema,
                     .message = fmt::format("`{}` is no kind of event", kind),
                     .context = {},
                     .place = {}};
}

}  // namespace rogatory::vault
