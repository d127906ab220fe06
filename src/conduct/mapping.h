// SPDX-License-Identifier: EUPL-1.2
//
// Which facts the codes of an incident format state (docs/formats/mapping.md). Values, immutable
// after parse_mapping: any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "conduct/conduct.h"
#include "law/types.h"

namespace rogatory::conduct {

/// A code in lower case, or the beginning of codes.
struct CodePattern {
  std::string text;
  bool is_prefix = false;

  bool operator==(const CodePattern&) const = default;
};

/// Which other codes must hold.
struct CodeCondition {
  std::vector<CodePattern> all;
  std::vector<CodePattern> any;
  std::vector<CodePattern> none;
};

/// One fact that a rule states.
struct MappedFact {
  std::string term;
  std::optional<law::Scope> scope;
  law::Truth value = law::Truth::kUnknown;
  law::UnknownReason reason = law::UnknownReason::kNotStated;
  law::Confidence confidence = law::Confidence::kRecalled;
  std::string note;
};

/// The facts of a code, with the published definition they rest on.
struct MappingRule {
  std::vector<CodePattern> codes;  ///< any of them
  CodeCondition when;
  std::string cite;
  std::string definition;  ///< paraphrase
  std::string source;
  std::vector<MappedFact> facts;
};

struct PlaceRule {
  std::string prefix;  ///< lower case; the rest of the code names a State
  PlaceRole role = PlaceRole::kVictim;
  std::string cite;
};

struct AmountRule {
  std::string quantity;
  std::string value_field;
  std::string currency_field;
  std::map<std::string, std::string, std::less<>> currencies;  ///< empty: the field has the code
  bool is_zero_unknown = false;
  std::string cite;
};

struct Mapping {
  std::string source;  ///< veris, attack, misp, eurepoc
  std::string title;
  std::string asserted_by;
  std::vector<MappingRule> rules;
  std::vector<PlaceRule> places;
  std::vector<AmountRule> amounts;
  std::vector<CodePattern> nullified_by;

  /// Rules by exact code, and by prefix; positions in `rules`.
  std::unordered_map<std::string, std::vector<std::uint32_t>> rules_by_code;
  std::vector<std::pair<std::string, std::uint32_t>> rules_by_prefix;
};

/// Names of States to ISO 3166-1 alpha-3 codes.
class StateNames final {
 public:
  /// The code of a State by alpha-3 or alpha-2 code or name, without regard to case; nothing for
  /// other texts.
  [[nodiscard]] std::optional<std::string> find(std::string_view name) const;
  void add(std::string_view name, std::string_view alpha3);
  [[nodiscard]] std::size_t size() const { return by_name_.size(); }

 private:
  std::unordered_map<std::string, std::string> by_name_;
};

/// Everything that imports need.
struct Mappings {
  Mapping veris;
  Mapping attack;
  Mapping misp;
  Mapping eurepoc;
  StateNames states;
};

/// Reads one mapping. kSchema, with JSON pointer, for another shape, an unknown set, a set in a
/// set, an unknown source or an unknown value without reason.
base::Result<Mapping> parse_mapping(const base::Json& document);

/// Reads the names of States. kSchema for another shape and for a name of two States.
base::Result<StateNames> parse_state_names(const base::Json& document);

/// Reads the documents `veris`, `attack`, `misp`, `eurepoc` and `states`, by file name. kNotFound
/// when one is missing; else as above, with the name of the document as context.
base::Result<Mappings> parse_mappings(const base::JsonObject& documents);

}  // namespace rogatory::conduct
