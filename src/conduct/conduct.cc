// SPDX-License-Identifier: EUPL-1.2

#include "conduct/conduct.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace rogatory::conduct {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr std::array kRoles = {
    std::pair{PlaceRole::kActed, std::string_view("acted")},
    std::pair{PlaceRole::kEffect, std::string_view("effect")},
    std::pair{PlaceRole::kVictim, std::string_view("victim")},
    std::pair{PlaceRole::kInfrastructure, std::string_view("infrastructure")},
};

void put(JsonObject& object, std::string_view key, std::string_view text) {
  if (!text.empty()) object[key] = text;
}

Json number(double value) {
  constexpr double kExact = 9007199254740992.0;
  if (std::trunc(value) == value && std::abs(value) < kExact) {
    return static_cast<std::int64_t>(value);
  }
  return value;
}

Json truth_json(law::Truth value) {
  if (value == law::Truth::kUnknown) return "unknown";
  return value == law::Truth::kTrue;
}

JsonObject fact_json(const law::Fact& fact) {
  JsonObject out;
  if (fact.quantity) {
    out["quantity"] = fact.quantity->quantity;
    out["value"] = number(fact.quantity->value);
    put(out, "currency", fact.quantity->currency);
    if (fact.quantity->on) out["on"] = fact.quantity->on->to_string();
  } else {
    out["term"] = fact.term;
    put(out, "of", fact.of_state);
    if (!fact.scope.empty()) out["in"] = law::to_text(fact.scope.front());
    out["value"] = truth_json(fact.value);
  }
  const bool is_known = fact.quantity || fact.value != law::Truth::kUnknown;
  if (!is_known) out["reason"] = law::to_text(fact.reason);
  if (is_known) out["status"] = law::to_text(fact.status);
  put(out, "by", fact.asserted_by);
  put(out, "source", fact.source);
  put(out, "pin", fact.field);
  put(out, "note", fact.note);
  return out;
}

JsonObject person_json(const Person& person) {
  JsonObject out{{"role", person.role}};
  put(out, "nationality", person.nationality);
  if (person.age_at_conduct) out["age_at_conduct"] = *person.age_at_conduct;
  return out;
}

JsonObject count_json(const Count& count) {
  JsonObject out{{"id", count.id}, {"title", count.title}};
  if (count.dates.from) {
    JsonObject date{{"from", count.dates.from->to_string()}};
    if (count.dates.until) date["until"] = count.dates.until->to_string();
    out["date"] = std::move(date);
  }
  JsonArray places;
  for (const PlaceOfConduct& place : count.places) {
    places.push_back(JsonObject{{"state", place.state}, {"role", to_text(place.role)}});
  }
  out["places"] = std::move(places);
  JsonArray persons;
  for (const Person& person : count.persons) persons.push_back(person_json(person));
  out["persons"] = std::move(persons);
  JsonArray facts;
  for (const law::Fact& fact : count.facts) facts.push_back(fact_json(fact));
  out["facts"] = std::move(facts);
  return out;
}

}  // namespace

std::string_view to_text(PlaceRole role) {
  for (const auto& [value, text] : kRoles) {
    if (value == role) return text;
  }
  return {};
}

std::optional<PlaceRole> place_role_from_text(std::string_view text) {
  for (const auto& [value, name] : kRoles) {
    if (name == text) return value;
  }
  return std::nullopt;
}

bool is_three_capitals(std::string_view text) {
  return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string fault_of_quantity(const law::QuantityValue& amount, const law::Vocabulary& vocabulary) {
  const law::Quantity* quantity = vocabulary.find_quantity(amount.quantity);
  if (quantity == nullptr) return "unknown quantity `" + amount.quantity + "`";
  if (!std::isfinite(amount.value) || amount.value < 0) {
    return "an amount of `" + amount.quantity + "` is a number from 0 on";
  }
  const bool is_money = quantity->unit == "money";
  if (is_money && amount.currency.empty()) {
    return "an amount of money needs a `currency`, such as EUR";
  }
  if (is_money && !is_three_capitals(amount.currency)) {
    return "`" + amount.currency + "` is no currency code of ISO 4217, such as EUR";
  }
  if (!is_money && !amount.currency.empty()) {
    return "`" + amount.quantity + "` is no amount of money: it has no `currency`";
  }
  return {};
}

base::Result<void> check_quantities(const Conduct& conduct, const law::Vocabulary& vocabulary) {
  for (const Count& count : conduct.counts) {
    for (const law::Fact& fact : count.facts) {
      if (!fact.quantity) continue;
      const std::string fault = fault_of_quantity(*fact.quantity, vocabulary);
      if (fault.empty()) continue;
      return base::Error{.code = base::ErrorCode::kSchema, .message = fault, .place = fact.place};
    }
  }
  return {};
}

base::Json to_json(const Conduct& conduct) {
  JsonObject out{{"format", "rogatory.conduct/1"},
                 {"id", conduct.id},
                 {"title", conduct.title},
                 {"exercise", conduct.is_exercise}};
  put(out, "summary", conduct.summary);
  JsonArray sources;
  for (const Source& source : conduct.sources) {
    JsonObject one{{"id", source.id}, {"title", source.title}, {"where", source.where}};
    put(one, "read_on", source.read_on);
    sources.push_back(std::move(one));
  }
  out["sources"] = std::move(sources);
  JsonArray counts;
  for (const Count& count : conduct.counts) counts.push_back(count_json(count));
  out["counts"] = std::move(counts);
  return out;
}

}  // namespace rogatory::conduct
