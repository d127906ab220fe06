// SPDX-License-Identifier: EUPL-1.2
//
// From codes to facts: rules propose values, and what they propose is settled once.
// Single-threaded.
//
// Invariants:
// - no fact without a rule that a code of the record triggered;
// - true against false becomes unknown, contested, naming both codes;
// - true or false stands against unknown.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conduct/detail/codes.h"
#include "conduct/import.h"
#include "conduct/mapping.h"
#include "law/fact.h"

namespace rogatory::conduct::detail {

/// Who says it, and in which source of the conduct.
struct Provenance {
  std::string asserted_by;
  std::string source;
};

class FactSheet final {
 public:
  explicit FactSheet(Provenance provenance) : provenance_(std::move(provenance)) {}

  /// What the codes state under the mapping. With `made_for`, they tell what a tool is made for:
  /// acts, objects, results and circumstances are then taken in the scope `designed`.
  void apply(const Mapping& mapping, const Codes& codes, bool made_for = false);

  /// The facts, in the order in which they were first proposed; terms before amounts.
  [[nodiscard]] std::vector<law::Fact> settle() &&;

  /// Codes that no rule, place or amount of the mappings applied speaks of.
  std::vector<UnmappedCode> take_unmapped() { return std::move(unmapped_); }
  std::vector<std::string> take_remarks() { return std::move(remarks_); }

 private:
  struct Entry {
    law::Fact fact;
    std::string code;
  };

  void propose(const MappingRule& rule, const MappedFact& mapped, const CodeAt& at, bool made_for);
  void merge(Entry& held, law::Fact proposed, const CodeAt& at) const;
  void add_amount(const AmountRule& rule, const Codes& codes);
  std::optional<std::string> currency_of(const AmountRule& rule, const Codes& codes);

  Provenance provenance_;
  std::vector<Entry> entries_;
  std::map<std::string, std::size_t, std::less<>> by_term_;
  std::vector<law::Fact> amounts_;
  std::vector<UnmappedCode> unmapped_;
  std::vector<std::string> remarks_;
};

/// The places that the codes name; texts that name no State give a remark.
std::vector<PlaceOfConduct> read_places(const Mapping& mapping, const Codes& codes,
                                        const StateNames& states,
                                        std::vector<std::string>& remarks);

}  // namespace rogatory::conduct::detail
