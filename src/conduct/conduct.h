// SPDX-License-Identifier: EUPL-1.2
//
// What somebody is said to have done: facts, not offences (docs/formats/conduct.md). Values
// without shared state: any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "law/fact.h"
#include "law/vocabulary.h"

namespace rogatory::conduct {

/// A text in which facts were read.
struct Source {
  std::string id;
  std::string title;
  std::string where;
  std::string read_on;  ///< YYYY-MM-DD; empty when unknown

  bool operator==(const Source&) const = default;
};

/// What a place has to do with the conduct.
enum class PlaceRole : std::uint8_t { kActed, kEffect, kVictim, kInfrastructure };

struct PlaceOfConduct {
  std::string state;  ///< ISO 3166-1 alpha-3
  PlaceRole role = PlaceRole::kActed;
  std::string field;  ///< where it was read

  bool operator==(const PlaceOfConduct&) const = default;
};

/// A person, by role only.
struct Person {
  std::string role;
  std::string nationality;  ///< ISO 3166-1 alpha-3; empty when unknown
  std::optional<int> age_at_conduct;

  bool operator==(const Person&) const = default;
};

/// One act or course of conduct.
struct Count {
  std::string id;
  std::string title;
  law::ConductDates dates;
  std::vector<PlaceOfConduct> places;
  std::vector<Person> persons;
  std::vector<law::Fact> facts;
};

struct Conduct {
  std::string id;
  std::string title;
  bool is_exercise = false;  ///< an invented case
  std::string summary;
  std::vector<Source> sources;
  std::vector<Count> counts;
};

/// The published names: acted, effect, victim, infrastructure.
[[nodiscard]] std::string_view to_text(PlaceRole role);
[[nodiscard]] std::optional<PlaceRole> place_role_from_text(std::string_view text);

/// The shape of a State in alpha-3 and of a currency (ISO 3166-1, ISO 4217).
[[nodiscard]] bool is_three_capitals(std::string_view text);

/// What is wrong with an amount, in words: a quantity that the vocabulary does not know, no number
/// from 0 on, money without a currency or with one that has not the shape of ISO 4217, or another
/// quantity with one. Empty: nothing.
[[nodiscard]] std::string fault_of_quantity(const law::QuantityValue& amount,
                                            const law::Vocabulary& vocabulary);

/// kSchema, at the place of the fact, where an amount has a fault.
[[nodiscard]] base::Result<void> check_quantities(const Conduct& conduct,
                                                  const law::Vocabulary& vocabulary);

/// The conduct in the shape of docs/formats/conduct.md. The field of a fact is its `pin`, so that
/// an import can be kept and corrected by hand. Counts without a date get none, which the format
/// does not allow: a reader must add it.
[[nodiscard]] base::Json to_json(const Conduct& conduct);

}  // namespace rogatory::conduct
