// SPDX-License-Identifier: EUPL-1.2

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/shape.h"
#include "base/text.h"
#include "conduct/detail/apply.h"
#include "conduct/detail/codes.h"
#include "conduct/detail/record.h"
#include "conduct/import.h"

namespace rogatory::conduct {
namespace {

using base::Json;
using base::Result;
using base::Shape;
using detail::Codes;

const PlaceOf kNoPlaces;

/// The parts of a record that are coded; the rest is text, bookkeeping or extension.
constexpr std::array kCodedParts = {
    std::string_view("action"),    std::string_view("actor"),
    std::string_view("asset"),     std::string_view("impact"),
    std::string_view("attribute"), std::string_view("security_incident"),
    std::string_view("victim"),
};

/// Members that hold text or are not about the conduct.
constexpr std::array kSkipped = {
    std::string_view("notes"),     std::string_view("cve"),
    std::string_view("name"),      std::string_view("industry"),
    std::string_view("region"),    std::string_view("secondary"),
    std::string_view("revenue"),   std::string_view("state"),
    std::string_view("victim_id"), std::string_view("industry2"),
    std::string_view("industry3"), std::string_view("locations_affected"),
};

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

/// `state` names a province in `victim` and how data were held in `attribute`.
bool is_skipped(std::string_view path, std::string_view key) {
  if (key == "state") return path.starts_with("victim");
  return is_one_of(key, kSkipped);
}

Result<void> collect(const Shape& node, const std::string& path, Codes& codes);

Result<void> collect_members(const Shape& node, const std::string& path, Codes& codes) {
  ROG_TRY(const base::JsonObject* const members, node.object());
  for (const auto& [key, value] : *members) {
    const std::string_view name(key);
    if (is_skipped(path, name)) continue;
    const std::string below = path + "." + std::string(name);
    const Shape member = node.below(name, value);
    // The first two steps are a code: `action.hacking` holds although no variety is known.
    if (path.find('.') == std::string::npos && (value.is_object() || value.is_array())) {
      ROG_CHECKED(codes.add_implied(below, member.pointer()));
    }
    ROG_CHECKED(collect(member, below, codes));
  }
  return {};
}

Result<void> collect(const Shape& node, const std::string& path, Codes& codes) {
  const Json& value = node.json();
  if (value.is_object()) return collect_members(node, path, codes);
  if (value.is_array()) {
    ROG_TRY(const std::vector<Shape> items, node.items());
    for (const Shape& item : items) {
      if (!item.json().is_object()) ROG_CHECKED(item.text());
      ROG_CHECKED(collect(item, path, codes));
    }
    return {};
  }
  if (const auto* text = value.if_string()) {
    return codes.add(path + "." + std::string(*text), node.pointer());
  }
  if (value.is_number()) codes.add_number(path, value.to_number<double>(), node.pointer());
  return {};
}

/// The categories are objects of objects: nothing else can be said of them.
Result<void> check_categories(const Shape& record, std::string_view part) {
  const auto node = record.find(part);
  if (!node) return {};
  ROG_TRY(const base::JsonObject* const categories, node->object());
  for (const auto& [name, value] : *categories) {
    if (name == "notes") continue;
    ROG_CHECKED(node->below(name, value).object());
  }
  return {};
}

/// Year, month and day as far as a record tells them.
struct RecordedDay {
  std::optional<std::int64_t> year;
  std::optional<std::int64_t> month;
  std::optional<std::int64_t> day;
};

/// The first of the recorded day, month or year; what is no day of the calendar is dropped.
std::optional<base::Date> first_day(RecordedDay& at) {
  if (!at.year || *at.year < 1 || *at.year > 9999) return std::nullopt;
  const auto make = [&at](std::int64_t month, std::int64_t day) {
    const bool is_small = month > 0 && month < 13 && day > 0 && day < 32;
    return base::Date::make(static_cast<int>(*at.year),
                            is_small ? static_cast<unsigned>(month) : 0U,
                            is_small ? static_cast<unsigned>(day) : 0U);
  };
  if (at.month && !make(*at.month, 1).ok()) at.month.reset();
  if (!at.month || (at.day && !make(*at.month, *at.day).ok())) at.day.reset();
  return make(at.month.value_or(1), at.day.value_or(1)).take();
}

/// The span of days that the record leaves open.
law::ConductDates to_dates(RecordedDay at, std::vector<std::string>& remarks) {
  law::ConductDates out;
  const RecordedDay recorded = at;
  out.from = first_day(at);
  out.until = out.from;
  if (recorded.month != at.month || (at.month && recorded.day != at.day)) {
    remarks.emplace_back(
        "the recorded date is no day of the calendar; only its year or month is taken");
  }
  if (!out.from || at.day) return out;
  const auto next =
      at.month ? out.from->plus(std::chrono::months(1)) : out.from->plus(std::chrono::years(1));
  const auto last = next.ok() ? next->plus(std::chrono::days(-1)) : next;
  out.until = last.ok() ? *last : base::Date::latest();
  return out;
}

Result<std::optional<std::int64_t>> whole_member(const std::optional<Shape>& node) {
  if (!node) return std::optional<std::int64_t>();
  ROG_TRY(const std::int64_t number, node->integer());
  return std::optional(number);
}

/// The day under names such as `year`, each with that prefix.
Result<RecordedDay> day_under(const Shape& node, const std::string& prefix) {
  RecordedDay out;
  ROG_TRY(out.year, whole_member(node.find(prefix + "year")));
  ROG_TRY(out.month, whole_member(node.find(prefix + "month")));
  ROG_TRY(out.day, whole_member(node.find(prefix + "day")));
  return out;
}

Result<RecordedDay> nested_day(const Shape& record) {
  const auto timeline = record.find("timeline");
  const auto incident = timeline ? timeline->find("incident") : std::nullopt;
  if (!incident) return RecordedDay();
  ROG_CHECKED(incident->object());
  return day_under(*incident, "");
}

std::vector<Person> actors_of(const Codes& codes) {
  std::vector<Person> out;
  constexpr std::array kActors = {std::string_view("external"), std::string_view("internal"),
                                  std::string_view("partner"), std::string_view("unknown")};
  for (const std::string_view actor : kActors) {
    if (!codes.holds({.text = "actor." + std::string(actor), .is_prefix = false})) continue;
    out.push_back({.role = std::string(actor) + " actor", .nationality = {}, .age_at_conduct = {}});
  }
  return out;
}

Result<detail::RecordHead> read_head(const Shape& record) {
  detail::RecordHead out;
  ROG_TRY(const std::string id, record.find_text("incident_id"));
  ROG_TRY(const std::string summary, record.find_text("summary"));
  ROG_TRY(const std::string reference, record.find_text("reference"));
  out.id = detail::make_id("veris", id.empty() ? "record" : id);
  out.title = summary.empty() ? "VERIS incident " + id : detail::shorten(summary, 100);
  out.summary = summary;
  out.source = {.id = std::string(detail::kRecord),
                .title = "VERIS incident " + id,
                .where = reference.empty() ? "VERIS incident " + id : reference,
                .read_on = {}};
  return out;
}

Imported finish(detail::RecordHead head, const RecordedDay& day, const Codes& codes,
                const Mappings& mappings) {
  detail::FactSheet sheet(
      {.asserted_by = mappings.veris.asserted_by, .source = std::string(detail::kRecord)});
  sheet.apply(mappings.veris, codes);
  std::vector<std::string> remarks;
  head.dates = to_dates(day, remarks);
  head.places = detail::read_places(mappings.veris, codes, mappings.states, remarks);
  head.persons = actors_of(codes);
  return detail::make_imported(std::move(head), std::move(sheet), std::move(remarks));
}

/// The first two steps of a code, which hold too.
Result<void> add_with_category(std::string_view code, std::string_view field, Codes& codes) {
  const std::size_t first = code.find('.');
  const std::size_t second = first == std::string_view::npos ? first : code.find('.', first + 1);
  if (second != std::string_view::npos)
    ROG_CHECKED(codes.add_implied(code.substr(0, second), field));
  return codes.add(code, field);
}

bool is_coded(std::string_view code) {
  const std::string_view part = code.substr(0, code.find('.'));
  if (!is_one_of(part, kCodedParts)) return false;
  return part != "victim" || code.starts_with("victim.country.");
}

}  // namespace

Result<Imported> import_veris(const Json& record, const Mappings& mappings) {
  const Shape root(record, kNoPlaces);
  ROG_TRY(const Shape action, root.get("action"));
  ROG_CHECKED(action.object());
  for (const std::string_view part : {"action", "actor", "attribute"}) {
    ROG_CHECKED(check_categories(root, part));
  }
  Codes codes;
  for (const std::string_view part : kCodedParts) {
    const auto node = root.find(part);
    if (node) ROG_CHECKED(collect(*node, std::string(part), codes));
  }
  ROG_TRY(detail::RecordHead head, read_head(root));
  ROG_TRY(const RecordedDay day, nested_day(root));
  return finish(std::move(head), day, codes, mappings);
}

Result<Imported> import_veris_flat(const Json& record, const Mappings& mappings) {
  const Shape root(record, kNoPlaces);
  ROG_TRY(const Shape list, root.get("true"));
  ROG_TRY(const std::vector<Shape> items, list.items());
  Codes codes;
  for (const Shape& item : items) {
    ROG_TRY(const std::string code, item.text());
    if (is_coded(code)) ROG_CHECKED(add_with_category(code, item.pointer(), codes));
  }
  ROG_TRY(const base::JsonObject* const members, root.object());
  for (const auto& [key, value] : *members) {
    if (!value.is_number()) continue;
    codes.add_number(key, value.to_number<double>(), root.below(key, value).pointer());
  }
  ROG_TRY(detail::RecordHead head, read_head(root));
  ROG_TRY(const RecordedDay day, day_under(root, "timeline.incident."));
  return finish(std::move(head), day, codes, mappings);
}

}  // namespace rogatory::conduct
