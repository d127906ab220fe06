// SPDX-License-Identifier: EUPL-1.2
// What holds of any conduct: the taxonomy, entailments, groups and orders of thresholds, as clauses
// over atoms, in every scope in use. Immutable after `make_theory`.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "law/formula.h"
#include "law/vocabulary.h"

namespace rogatory::law {

/// A literal: an atom or its negation, as `atom * 2 + (is_negative ? 1 : 0)`.
using Literal = std::uint32_t;

[[nodiscard]] constexpr Literal positive(AtomId atom) {
  return atom * 2;
}
[[nodiscard]] constexpr Literal negative(AtomId atom) {
  return atom * 2 + 1;
}
[[nodiscard]] constexpr AtomId atom_of(Literal lit) {
  return lit / 2;
}
[[nodiscard]] constexpr bool is_negative(Literal lit) {
  return (lit & 1U) != 0;
}
[[nodiscard]] constexpr Literal negation(Literal lit) {
  return lit ^ 1U;
}

inline constexpr Literal kNoLiteral = 0xffffffffU;

/// Why a clause holds, for explanations.
struct ClauseOrigin {
  std::string id;  ///< entailment or group id; empty for the taxonomy and for orders of thresholds
  std::string reason;
  /// Of an entailment; the rest is what the words of the vocabulary are defined to mean.
  Confidence confidence = Confidence::kFound;
};

struct Clause {
  std::uint32_t first = 0;  ///< start in the literal array
  std::uint32_t count = 0;
  std::uint32_t origin = 0;
};

struct TheoryOptions {
  /// Entailments left out, by id: what would vanish without them.
  std::vector<std::string> without;
};

class Theory {
 public:
  void add_clause(const std::vector<Literal>& literals, std::uint32_t origin);
  std::uint32_t add_origin(ClauseOrigin origin);
  /// Builds the occurrence lists; call once after the last clause.
  void finish(std::size_t atom_count);

  [[nodiscard]] std::size_t clause_count() const { return clauses_.size(); }
  [[nodiscard]] std::span<const Literal> literals(std::uint32_t clause) const {
    return {literals_.data() + clauses_[clause].first, clauses_[clause].count};
  }
  [[nodiscard]] const ClauseOrigin& origin(std::uint32_t clause) const {
    return origins_[clauses_[clause].origin];
  }
  /// As sure as its least sure entailment: for answers that may rest on any of them.
  [[nodiscard]] Confidence weakest() const;
  /// Clauses with several positive literals (exhaustive groups, thresholds that leave no gap): the
  /// only ones that unit propagation can leave without a way out.
  [[nodiscard]] std::span<const std::uint32_t> choices() const { return choices_; }
  /// The clauses in which `lit` occurs.
  [[nodiscard]] std::span<const std::uint32_t> occurrences(Literal lit) const {
    return {occurrence_.data() + start_[lit], start_[lit + 1] - start_[lit]};
  }
  /// In step with `occurrences`: the other literal of a clause of two, which most are, or
  /// kNoLiteral.
  [[nodiscard]] std::span<const Literal> partners(Literal lit) const {
    return {partner_.data() + start_[lit], start_[lit + 1] - start_[lit]};
  }

 private:
  std::vector<Literal> literals_;
  std::vector<Clause> clauses_;
  std::vector<ClauseOrigin> origins_;
  std::vector<std::uint32_t> occurrence_;
  std::vector<Literal> partner_;
  std::vector<std::uint32_t> start_;
  std::vector<std::uint32_t> choices_;
};

/// Instantiates the vocabulary in every scope that an atom of `atoms` uses (interning the terms
/// needed) and orders the thresholds. The vocabulary must be indexed.
[[nodiscard]] Theory make_theory(const Vocabulary& vocabulary, AtomTable& atoms,
                                 const TheoryOptions& options = {});

}  // namespace rogatory::law
