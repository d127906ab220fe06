// SPDX-License-Identifier: EUPL-1.2

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/shape.h"
#include "conduct/import.h"

namespace rogatory::conduct {
namespace {

using base::Result;
using base::Shape;

Result<Source> read_source(const Shape& node) {
  ROG_CHECKED(node.allow_only({"id", "title", "where", "read_on", "licence", "note"}));
  Source out;
  ROG_TRY(out.id, node.get_text("id"));
  ROG_TRY(out.title, node.get_text("title"));
  ROG_TRY(out.where, node.get_text("where"));
  ROG_TRY(out.read_on, node.find_text("read_on"));
  return out;
}

Result<PlaceOfConduct> read_place(const Shape& node) {
  ROG_CHECKED(node.allow_only({"state", "role", "note"}));
  PlaceOfConduct out;
  ROG_TRY(out.state, node.get_text("state"));
  if (!is_three_capitals(out.state)) return node.error("`" + out.state + "` is no alpha-3 code");
  ROG_TRY(const std::string role, node.get_text("role"));
  const auto known = place_role_from_text(role);
  if (!known) return node.error("unknown role `" + role + "`");
  out.role = *known;
  out.field = node.place().to_string();
  return out;
}

Result<Person> read_person(const Shape& node) {
  ROG_CHECKED(node.allow_only({"role", "nationality", "age_at_conduct", "note"}));
  Person out;
  ROG_TRY(out.role, node.get_text("role"));
  ROG_TRY(out.nationality, node.find_text("nationality"));
  if (!out.nationality.empty() && !is_three_capitals(out.nationality)) {
    return node.error("`" + out.nationality + "` is no alpha-3 code");
  }
  const auto age = node.find("age_at_conduct");
  if (!age) return out;
  ROG_TRY(const std::int64_t years, age->integer());
  if (years < 0 || years > 150) return age->error("an age is between 0 and 150 years");
  out.age_at_conduct = static_cast<int>(years);
  return out;
}

Result<law::ConductDates> read_dates(const Shape& count) {
  law::ConductDates out;
  const auto node = count.find("date");
  if (!node) return out;
  ROG_CHECKED(node->allow_only({"from", "until"}));
  ROG_TRY(const Shape from, node->get("from"));
  ROG_TRY(out.from, from.date());
  const auto until = node->find("until");
  if (!until) {
    out.until = out.from;
    return out;
  }
  ROG_TRY(out.until, until->date());
  if (*out.until < *out.from) return until->error("the last day is before the first");
  return out;
}

Result<law::QuantityValue> read_quantity(const Shape& node) {
  law::QuantityValue out;
  ROG_TRY(out.quantity, node.get_text("quantity"));
  ROG_TRY(const Shape value, node.get("value"));
  ROG_TRY(out.value, value.number());
  if (out.value < 0) return value.error("an amount is not negative");
  ROG_TRY(out.currency, node.find_text("currency"));
  if (!out.currency.empty() && !is_three_capitals(out.currency)) {
    return node.find("currency")
        ->error("`" + out.currency + "` is no currency code of ISO 4217, such as EUR");
  }
  if (const auto on = node.find("on")) {
    ROG_TRY(out.on, on->date());
  }
  return out;
}

Result<void> read_known(const Shape& node, law::Fact& fact) {
  ROG_TRY(const std::string status, node.get_text("status"));
  const auto known = law::from_text<law::FactStatus>(status);
  if (!known) return node.error("unknown status `" + status + "`");
  fact.status = *known;
  if (node.find("reason")) return node.error("only an unknown has a reason");
  if (fact.asserted_by.empty()) return node.error("`by` is missing: who says so");
  return {};
}

Result<void> read_unknown(const Shape& node, law::Fact& fact) {
  fact.value = law::Truth::kUnknown;
  ROG_TRY(const std::string reason, node.get_text("reason"));
  const auto known = law::from_text<law::UnknownReason>(reason);
  const bool is_allowed = known == law::UnknownReason::kNotStated ||
                          known == law::UnknownReason::kContested ||
                          known == law::UnknownReason::kNeedsEvaluation;
  if (!is_allowed) return node.error("a reason is not_stated, contested or needs_evaluation");
  fact.reason = *known;
  return {};
}

Result<void> read_value(const Shape& node, law::Fact& fact) {
  ROG_TRY(const Shape value, node.get("value"));
  const auto* text = value.json().if_string();
  if (text != nullptr && *text == "unknown") {
    return read_unknown(node, fact);
  }
  if (node.find("quantity")) {
    ROG_TRY(fact.quantity, read_quantity(node));
    fact.value = law::Truth::kTrue;
    return read_known(node, fact);
  }
  const auto* flag = value.json().if_bool();
  if (flag == nullptr) return value.error("a value is true, false or unknown");
  fact.value = *flag ? law::Truth::kTrue : law::Truth::kFalse;
  return read_known(node, fact);
}

Result<void> read_subject(const Shape& node, law::Fact& fact) {
  const bool is_quantity = node.find("quantity").has_value();
  if (is_quantity == node.find("term").has_value()) {
    return node.error("a fact has either a `term` or a `quantity`");
  }
  if (!is_quantity) {
    ROG_TRY(fact.term, node.get_text("term"));
  }
  ROG_TRY(const std::string scope, node.find_text("in"));
  if (scope.empty()) return {};
  const auto known = law::from_text<law::Scope>(scope);
  if (!known) return node.error("unknown scope `" + scope + "`");
  fact.scope = {*known};
  return {};
}

Result<law::Fact> read_fact(const Shape& node, const std::set<std::string>& sources) {
  ROG_CHECKED(node.allow_only({"term", "in", "of", "quantity", "value", "currency", "on", "reason",
                               "status", "by", "source", "pin", "note"}));
  law::Fact out;
  ROG_CHECKED(read_subject(node, out));
  ROG_TRY(out.of_state, node.find_text("of"));
  ROG_TRY(out.asserted_by, node.find_text("by"));
  ROG_TRY(out.source, node.find_text("source"));
  if (!out.source.empty() && !sources.contains(out.source)) {
    return node.error("unknown source `" + out.source + "`");
  }
  ROG_CHECKED(read_value(node, out));
  ROG_TRY(out.note, node.find_text("note"));
  ROG_TRY(const std::string pin, node.find_text("pin"));
  out.place = node.place();
  out.field = out.place.to_string();
  if (!pin.empty()) out.field += ", " + pin;
  return out;
}

Result<Count> read_count(const Shape& node, const std::set<std::string>& sources) {
  ROG_CHECKED(node.allow_only({"id", "title", "date", "places", "persons", "facts", "note"}));
  Count out;
  ROG_TRY(out.id, node.get_text("id"));
  ROG_TRY(out.title, node.get_text("title"));
  ROG_TRY(out.dates, read_dates(node));
  ROG_TRY(const std::vector<Shape> places, node.find_items("places"));
  for (const Shape& item : places) {
    ROG_TRY(PlaceOfConduct place, read_place(item));
    out.places.push_back(std::move(place));
  }
  ROG_TRY(const std::vector<Shape> persons, node.find_items("persons"));
  for (const Shape& item : persons) {
    ROG_TRY(Person person, read_person(item));
    out.persons.push_back(std::move(person));
  }
  ROG_TRY(const std::vector<Shape> facts, node.find_items("facts"));
  for (const Shape& item : facts) {
    ROG_TRY(law::Fact fact, read_fact(item, sources));
    // An unknown amount says no more than that it is unknown.
    if (!fact.term.empty() || fact.quantity) out.facts.push_back(std::move(fact));
  }
  return out;
}

}  // namespace

Result<Conduct> read_conduct_json(const base::Json& document, const PlaceOf& place_of) {
  const Shape root(document, place_of);
  ROG_TRY(const std::string format, root.get_text("format"));
  if (format != "rogatory.conduct/1") return root.error("unknown format `" + format + "`");
  ROG_CHECKED(root.allow_only(
      {"format", "id", "title", "exercise", "summary", "sources", "counts", "note"}));
  Conduct out;
  ROG_TRY(out.id, root.get_text("id"));
  ROG_TRY(out.title, root.get_text("title"));
  ROG_TRY(out.summary, root.find_text("summary"));
  if (const auto exercise = root.find("exercise")) {
    ROG_TRY(out.is_exercise, exercise->boolean());
  }
  std::set<std::string> ids;
  ROG_TRY(const std::vector<Shape> sources, root.find_items("sources"));
  for (const Shape& item : sources) {
    ROG_TRY(Source source, read_source(item));
    if (!ids.insert(source.id).second) return item.error("two sources `" + source.id + "`");
    out.sources.push_back(std::move(source));
  }
  ROG_TRY(const Shape counts, root.get("counts"));
  ROG_TRY(const std::vector<Shape> list, counts.items());
  if (list.empty()) return counts.error("a conduct has at least one count");
  std::set<std::string> count_ids;
  for (const Shape& item : list) {
    ROG_TRY(Count count, read_count(item, ids));
    if (!count_ids.insert(count.id).second) return item.error("two counts `" + count.id + "`");
    out.counts.push_back(std::move(count));
  }
  return out;
}

}  // namespace rogatory::conduct
