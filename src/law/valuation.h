// SPDX-License-Identifier: EUPL-1.2
// What is known of a conduct: facts, and what follows from them under the theory.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "law/fact.h"
#include "law/law_book.h"

namespace rogatory::law {

/// Under whose law the facts are read. State-bound terms ("a computer of its own government") hold
/// only of the State that the fact names; for dual criminality they are mirrored: what concerned
/// `transposed_from` is read as concerning `state` (transposition of facts, "sinngemaesse
/// Umstellung").
struct Perspective {
  std::string state;
  std::string transposed_from;
};

/// Truth of every atom of a law book, with where it comes from. Refers to the book and the facts it
/// was made from: both must outlive it.
class Valuation {
 public:
  /// Why an atom has its value: a fact, a clause of the theory, or nothing (nobody said).
  struct Origin {
    enum class Kind : std::uint8_t { kNone, kFact, kClause, kAssumed };
    Kind kind = Kind::kNone;
    std::uint32_t index = 0;
  };

  /// Errors: kLint for an unknown term or quantity; kConflict when facts contradict each other
  /// under the theory, naming each of them. Amounts of one quantity that disagree about a threshold
  /// leave it unknown: contested.
  [[nodiscard]] static base::Result<Valuation> make(const LawBook& book,
                                                    std::span<const Fact> facts,
                                                    const Perspective& perspective = {});

  [[nodiscard]] Truth value(AtomId atom) const { return values_[atom]; }
  [[nodiscard]] std::span<const Truth> values() const { return values_; }
  /// O(what is known): for explanations only.
  [[nodiscard]] Origin origin(AtomId atom) const;
  /// Why `atom` is unknown.
  [[nodiscard]] UnknownReason unknown_reason(AtomId atom) const;
  /// The facts that an atom's value rests on, through the clauses that derived it.
  [[nodiscard]] std::vector<const Fact*> supporting_facts(AtomId atom) const;
  /// How sure the entailments are that derived an atom's value; found where there are none.
  [[nodiscard]] Confidence derivation_confidence(AtomId atom) const;
  [[nodiscard]] const Fact* fact_of(AtomId atom) const;
  [[nodiscard]] std::span<const Fact> facts() const { return facts_; }
  [[nodiscard]] const LawBook& book() const { return *book_; }

  /// The same with further literals assumed, in order; nothing when they contradict what is known.
  [[nodiscard]] std::optional<Valuation> assuming(std::span<const Literal> literals) const;
  /// The same values without how they came about: for trials that are undone.
  [[nodiscard]] Valuation scratch() const;
  /// Makes one completion over the atoms of `preferred`, each literal taken where it can be and its
  /// opposite where not, and gives what `test` says of its values; false where that leads nowhere
  /// (another order might not). Leaves the valuation as it was.
  template <class Test>
  [[nodiscard]] bool test_completion(std::span<const Literal> preferred, const Test& test) {
    const Mark before = mark();
    const bool out = complete(preferred) && test(values());
    undo(before);
    return out;
  }
  /// Reads the facts anew with `literals` set first; facts that contradict them are left out.
  /// Nothing when the literals contradict one another.
  [[nodiscard]] std::optional<Valuation> overriding(std::span<const Literal> literals) const;

 private:
  explicit Valuation(const LawBook& book);
  /// Calls `visit` with the origin of `atom` and of each atom that it was derived from.
  template <class Visit>
  void visit_support(AtomId atom, const Visit& visit) const;
  Valuation(const LawBook& book, std::vector<Truth> values);

  /// One atom that got its value, and why. Only the trail keeps origins: copies stay small.
  struct Step {
    AtomId atom = kNoAtom;
    Origin origin;
  };

  /// The position to come back to with `undo`.
  struct Mark {
    std::size_t trail = 0;
    std::size_t reasons = 0;
  };

  [[nodiscard]] base::Result<void> check_fact(const Fact& fact) const;
  [[nodiscard]] bool applies(const Fact& fact) const;
  /// False when the fact contradicts what is known; the valuation is spent then, unless undone.
  bool add_fact(std::uint32_t index);
  bool add_quantity(std::uint32_t index);
  /// True when another fact gives the same quantity an amount on the other side of the threshold.
  [[nodiscard]] bool is_contested(const QuantityValue& known, const Fact& fact,
                                  const Threshold& threshold) const;
  /// Sets a literal and propagates. False on contradiction.
  bool assign(Literal lit, Origin origin);
  bool propagate(std::size_t from);
  [[nodiscard]] Truth value_of(Literal lit) const {
    const Truth v = values_[atom_of(lit)];
    return is_negative(lit) ? !v : v;
  }
  /// The one literal that can still satisfy the clause; kNoLiteral where nothing follows.
  [[nodiscard]] Literal unit_of(std::uint32_t clause, bool& is_violated) const;
  /// False when a contradiction was met, or no completion is left.
  bool complete(std::span<const Literal> preferred);
  /// True when some completion satisfies the whole theory. Unit propagation alone sees that, except
  /// where an exhaustive group is open: those are searched. Leaves the valuation as it was.
  [[nodiscard]] bool has_completion();
  [[nodiscard]] bool search(std::size_t& budget);
  [[nodiscard]] std::optional<std::uint32_t> find_open_choice() const;
  [[nodiscard]] bool has_completion_by_sat() const;
  [[nodiscard]] Mark mark() const { return {.trail = trail_.size(), .reasons = reasons_.size()}; }
  void undo(const Mark& mark);
  /// The facts contradict each other: names a smallest set of them that does.
  [[nodiscard]] base::Error conflict_error() const;
  [[nodiscard]] bool is_consistent(std::span<const std::uint32_t> indices) const;

  const LawBook* book_;
  std::span<const Fact> facts_;
  Perspective perspective_;
  std::vector<Truth> values_;
  std::vector<Step> trail_;
  std::vector<std::pair<AtomId, UnknownReason>> reasons_;
};

}  // namespace rogatory::law
