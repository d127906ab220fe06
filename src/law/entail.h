// SPDX-License-Identifier: EUPL-1.2
// Questions about formulas in general, not about one conduct: can it hold, does one imply the
// other. By SAT, incremental. Not thread-safe; one object serves many questions about one law book,
// which must outlive it.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "law/law_book.h"

namespace rogatory::law {

/// A conduct found by the solver, reduced until no true atom can be left out: true atoms, in the
/// order of the vocabulary.
struct Story {
  std::vector<AtomId> holds;
};

class Reasoner {
 public:
  explicit Reasoner(const LawBook& book);
  ~Reasoner();
  Reasoner(const Reasoner&) = delete;
  Reasoner& operator=(const Reasoner&) = delete;

  /// Can a conduct satisfy all of `holds` and none of `fails`?
  [[nodiscard]] bool is_satisfiable(std::span<const FormulaId> holds,
                                    std::span<const FormulaId> fails = {});
  /// Is every conduct under `narrow` also under one of `wide`?
  [[nodiscard]] bool implies(FormulaId narrow, std::span<const FormulaId> wide);
  /// How sure the entailments are that an implication needs: kFound where what words are defined to
  /// mean suffices. The implication must hold.
  [[nodiscard]] Confidence sureness_of(FormulaId narrow, std::span<const FormulaId> wide);
  /// An irreducible conduct under all of `holds` and none of `fails`, natural terms preferred;
  /// nothing when there is none.
  [[nodiscard]] std::optional<Story> find_story(std::span<const FormulaId> holds,
                                                std::span<const FormulaId> fails);
  /// A minimal subset of `wide` that `narrow` still implies; nothing when even all of them do not
  /// suffice.
  [[nodiscard]] std::optional<std::vector<FormulaId>> find_cover(FormulaId narrow,
                                                                 std::span<const FormulaId> wide);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// A story as a sentence of the phrases of its terms: "A person who, on purpose and without right,
/// alters data." What follows from what is told is left out.
[[nodiscard]] std::string story_text(const LawBook& book, const Story& story);
/// Why the story is not under the nearest of `formulas`: what is lacking, or which exception holds.
/// Empty when it is under one.
[[nodiscard]] std::string lacking_text(const LawBook& book, const Story& story,
                                       std::span<const FormulaId> formulas);
/// One atom in words: "access (intended)".
[[nodiscard]] std::string atom_text(const LawBook& book, AtomId atom);
/// The question an officer can answer for an atom.
[[nodiscard]] std::string atom_question(const LawBook& book, AtomId atom);

}  // namespace rogatory::law
