// SPDX-License-Identifier: EUPL-1.2
// The law book: everything the corpus says, linked. Filled by src/corpus (or a test), then `link`ed
// once; immutable and safe to share between threads afterwards.
//
//     LawBook book;
//     book.vocabulary = ...; book.provisions = ...;
//     ROG_CHECKED(book.link());
//     const auto* provision = book.find_provision("budapest-2001:art-2");
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "law/formula.h"
#include "law/linked_node.h"
#include "law/provision.h"
#include "law/theory.h"
#include "law/vocabulary.h"

namespace rogatory::law {

using ProvisionIndex = std::uint32_t;

/// The deepest nesting of scopes ("made for helping another who intends ..."); deeper references
/// are a lint error.
inline constexpr std::size_t kMaxScopeDepth = 4;
/// The most nodes that the references of one provision may expand to.
inline constexpr std::size_t kMaxExpandedNodes = 20'000;

/// A formula with the tree it was compiled from, for explanations.
struct Compiled {
  const LinkedNode* tree = nullptr;
  FormulaId root = kNoFormula;
  bool needs_exact = false;  ///< Kleene may be too cautious here: ask the BDD when it says unknown
};

struct CompiledReading {
  const Reading* reading = nullptr;
  Compiled formula;
};

struct CompiledProvision {
  Compiled formula;  ///< root is kNoFormula when the provision has no elements
  std::vector<CompiledReading> readings;
  Compiled floor;  ///< with every permitted option used; root kNoFormula when droppable as a whole
  bool may_be_dropped = false;  ///< a reservation may leave out the whole provision
};

/// A provision on days on which something it refers to was not in force.
struct CompiledOnDays {
  base::DateRange range;
  CompiledProvision compiled;
};

struct LinkOptions {
  TheoryOptions theory;
  /// Keys of atoms. Where of several answers that are equally good one is given, and where facts
  /// are listed, the order of the atoms decides: a part of a larger book answers as that book does
  /// when its atoms stand in the same order. Empty: in the order in which the texts name them.
  std::span<const std::string> atom_order = {};
};

class LawBook {
 public:
  Vocabulary vocabulary;
  std::vector<Instrument> instruments;
  std::vector<StateLaw> states;
  std::vector<Provision> provisions;
  World world;
  std::string digest;  ///< SHA-256 of the canonical corpus, hexadecimal

  LawBook() = default;
  LawBook(const LawBook&) = delete;
  LawBook& operator=(const LawBook&) = delete;
  LawBook(LawBook&&) = default;
  LawBook& operator=(LawBook&&) = default;

  /// Makes the vocabulary and the provisions findable by id, and no more: enough to show law, not
  /// to apply it. Errors as `link`.
  [[nodiscard]] base::Result<void> index();

  /// Indexes, resolves references, compiles formulas, builds the theory. The vectors must not
  /// change afterwards. Errors (kLint, with the place): duplicate or unknown ids, unknown terms or
  /// quantities, circular references, scopes nested deeper than kMaxScopeDepth, a reading or option
  /// that names an absent element.
  [[nodiscard]] base::Result<void> link(const LinkOptions& options = {});

  [[nodiscard]] const Provision* find_provision(std::string_view id) const;
  [[nodiscard]] std::optional<ProvisionIndex> find_provision_index(std::string_view id) const;
  [[nodiscard]] const Instrument* find_instrument(std::string_view id) const;
  /// By ISO 3166-1 alpha-3 or alpha-2, any case.
  [[nodiscard]] const StateLaw* find_state(std::string_view code) const;
  /// Provisions of an instrument or State in the order of the corpus.
  [[nodiscard]] std::vector<ProvisionIndex> provisions_of(std::string_view owner) const;

  [[nodiscard]] const CompiledProvision& compiled(ProvisionIndex i) const { return compiled_[i]; }
  /// As it stood on `on`: without references to what was not in force then. Without a day, with
  /// all.
  [[nodiscard]] const CompiledProvision& compiled_on(ProvisionIndex i,
                                                     std::optional<base::Date> on) const;
  [[nodiscard]] const AtomTable& atoms() const { return atoms_; }
  [[nodiscard]] const FormulaPool& formulas() const { return pool_; }
  [[nodiscard]] const Theory& theory() const { return theory_; }
  /// How many of the atoms, the first ones, are named by the texts; the others are of the theory.
  [[nodiscard]] std::size_t atoms_of_texts() const { return atoms_of_texts_; }
  /// The atoms that are thresholds.
  [[nodiscard]] const std::vector<AtomId>& thresholds() const { return thresholds_; }
  /// Compiled subject of a closure, by its position in `StateLaw::closures`.
  [[nodiscard]] const Compiled& closure_subject(const Closure& closure) const;
  /// The provision with those options applied (ids of `Provision::options`), compiled; root
  /// kNoFormula when dropped. Options are compiled on link for `floor`; other sets are looked up
  /// here. Only sets that were made by some State
  /// (`StateLaw::options_made`) are available; others give nothing.
  [[nodiscard]] std::optional<Compiled> with_options_of(ProvisionIndex i, const StateLaw& state,
                                                        base::Date on) const;
  /// The term behind a kTerm atom.
  [[nodiscard]] const Term& term_of(AtomId atom) const;

 private:
  class Linker;
  friend class Linker;

  AtomTable atoms_;
  FormulaPool pool_;
  Theory theory_;
  std::deque<LinkedNode> trees_;  ///< with stable addresses, as what follows
  std::deque<Node> variants_;     ///< provisions with a reading or options applied
  std::deque<Citation> titles_;   ///< of provisions referred to
  std::vector<CompiledProvision> compiled_;
  std::unordered_map<ProvisionIndex, std::vector<CompiledOnDays>> compiled_on_days_;
  std::unordered_map<const Closure*, Compiled> closure_subjects_;
  std::unordered_map<std::string, Compiled> option_variants_;
  std::unordered_map<std::string, ProvisionIndex> provision_by_id_;
  std::unordered_map<std::string, std::vector<ProvisionIndex>> provisions_by_owner_;
  std::vector<AtomId> thresholds_;
  std::size_t atoms_of_texts_ = 0;
};

/// The tree of `provision` with `options` applied; nothing when an option drops the whole
/// provision.
[[nodiscard]] std::optional<Node> apply_options(const Provision& provision,
                                                const std::vector<const Option*>& options);

}  // namespace rogatory::law
