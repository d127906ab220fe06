// SPDX-License-Identifier: EUPL-1.2
// The vocabulary: terms with their taxonomy, groups, entailments and quantities. A value type,
// immutable after `make_vocabulary`; safe to share between threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "law/types.h"

namespace rogatory::law {

/// Index of a term in its vocabulary.
using TermIndex = std::uint32_t;

struct Term {
  std::string id;  ///< `act.data.delete`; the first word is the kind
  TermKind kind = TermKind::kAct;
  std::string label;
  std::string phrase;
  std::vector<std::string> parents;  ///< child implies each parent
  std::string definition;
  std::string question;
  bool is_open_texture = false;  ///< only a court can settle it
  bool is_state_bound = false;   ///< mirrored when tested under another State's law
  bool is_typical = false;       ///< preferred in stories
  base::Place place;
};

struct TermGroup {
  std::string id;
  bool is_exclusive = true;  ///< at most one member; otherwise exhaustive: `of` implies one member
  std::string of;            ///< for exhaustive groups
  std::vector<std::string> members;
  std::string reason;
  base::Place place;
};

struct Entailment {
  std::string id;
  std::vector<std::string> premises;
  std::string conclusion;
  std::string reason;
  Confidence confidence = Confidence::kDerived;  ///< it follows from what the terms mean
  std::string source;                            ///< id of a source of its file
  std::string pin;
  base::Place place;
};

struct Quantity {
  std::string id;  ///< `qty.loss`
  std::string label;
  std::string unit;  ///< money | count | months | years
  std::string question;
  base::Place place;
};

class Vocabulary {
 public:
  std::vector<Term> terms;
  std::vector<TermGroup> groups;
  std::vector<Entailment> entailments;
  std::vector<Quantity> quantities;

  /// Fills the index; call once after the vectors are complete.
  /// Errors: kLint for a duplicate id, an unknown parent, member, premise or conclusion, or a cycle
  /// of parents.
  [[nodiscard]] base::Result<void> index();

  [[nodiscard]] std::optional<TermIndex> find_term(std::string_view id) const;
  [[nodiscard]] const Quantity* find_quantity(std::string_view id) const;

 private:
  std::unordered_map<std::string, TermIndex> by_id_;
};

/// Kind by the first word of an id; nothing when it is not one of the seven.
[[nodiscard]] std::optional<TermKind> kind_of_id(std::string_view id);

}  // namespace rogatory::law
