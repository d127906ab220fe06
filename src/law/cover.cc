// SPDX-License-Identifier: EUPL-1.2
#include "law/cover.h"

#include <algorithm>

#include "law/answer.h"
#include "law/compare.h"
#include "law/detail/fact_sets.h"
#include "law/entail.h"

namespace rogatory::law {
namespace {

class Coverage {
 public:
  Coverage(const LawBook& book, const StateLaw& state, base::Date on)
      : book_(book), state_(state), on_(on), reasoner_(book) {
    for (const ProvisionIndex i : book.provisions_of(state.iso3)) {
      const Provision& provision = book.provisions[i];
      if (provision.is_offence() && book.compiled(i).formula.root != kNoFormula &&
          is_in_force(provision, on)) {
        law_.push_back(i);
      }
    }
  }

  CoverAnswer answer(ProvisionIndex required) {
    CoverAnswer out;
    out.required = required;
    out.confidence = weakest_element(book_, required);
    const CompiledProvision& compiled = book_.compiled(required);
    if (compiled.formula.root == kNoFormula) {
      out.reasons.push_back(UnknownReason::kLawNotEncoded);
      return out;
    }
    usable_ = usable(book_.provisions[required]);
    if (try_grade(compiled.formula.root, CoverGrade::kCovered, out)) return out;
    const auto declared = book_.with_options_of(required, state_, on_);
    const bool is_declared_away = declared && declared->root == kNoFormula;
    if (is_declared_away) {
      out.grade = CoverGrade::kNarrowerDeclared;
      return out;
    }
    if (declared && try_grade(declared->root, CoverGrade::kNarrowerDeclared, out)) return out;
    tell_gap(compiled, out);
    return out;
  }

 private:
  [[nodiscard]] std::vector<ProvisionIndex> usable(const Provision& required) const {
    const bool takes_unlawful_acts = required.penalty_kind == "offence_or_unlawful_act";
    std::vector<ProvisionIndex> out;
    for (const ProvisionIndex i : law_) {
      if (takes_unlawful_acts || book_.provisions[i].sanction == Sanction::kCriminal)
        out.push_back(i);
    }
    return out;
  }

  [[nodiscard]] FormulaId root_of(ProvisionIndex i) const {
    return book_.compiled_on(i, on_).formula.root;
  }

  [[nodiscard]] std::vector<FormulaId> roots() const {
    std::vector<FormulaId> out;
    for (const ProvisionIndex i : usable_) out.push_back(root_of(i));
    return out;
  }

  bool try_grade(FormulaId required, CoverGrade grade, CoverAnswer& out) {
    const auto needed = reasoner_.find_cover(required, roots());
    if (!needed) return false;
    out.grade = grade;
    out.confidence = weaker(out.confidence, reasoner_.sureness_of(required, *needed));
    for (const ProvisionIndex i : usable_) {
      if (std::ranges::find(*needed, root_of(i)) == needed->end()) continue;
      out.covered_by.push_back(i);
      out.confidence = weaker(out.confidence, weakest_element(book_, i));
      if (const Period* period = find_period(book_.provisions[i], on_)) {
        out.confidence = weaker(out.confidence, period->citation.confidence);
      }
    }
    return true;
  }

  /// A gap needs a closure whose subject the escaping conduct falls under; otherwise the story is
  /// shown as a question.
  void tell_gap(const CompiledProvision& required, CoverAnswer& out) {
    const std::vector<FormulaId> wide = roots();
    std::optional<Story> story;
    for (const Closure& closure : state_.closures) {
      if (!closure.range.contains(on_)) continue;
      const FormulaId subject = book_.closure_subject(closure).root;
      story = reasoner_.find_story(std::vector<FormulaId>{required.formula.root, subject}, wide);
      if (!story) continue;
      out.closure = &closure;
      out.confidence = weaker(out.confidence, closure.citation.confidence);
      break;
    }
    if (!story) {
      story = reasoner_.find_story(std::vector<FormulaId>{required.formula.root}, wide);
      out.reasons.push_back(UnknownReason::kLawNotEncoded);
    } else {
      out.grade = grade_of_gap(required, wide);
    }
    if (!story) return;
    out.story = story_text(book_, *story);
    find_nearest(*story, out);
  }

  /// Below the floor only where a closure covers the conduct that escapes even with every option
  /// used.
  CoverGrade grade_of_gap(const CompiledProvision& required, const std::vector<FormulaId>& wide) {
    if (required.may_be_dropped || required.floor.root == kNoFormula) {
      return CoverGrade::kNeedsDeclaration;
    }
    const bool is_below = std::ranges::any_of(state_.closures, [&](const Closure& closure) {
      if (!closure.range.contains(on_)) return false;
      const FormulaId subject = book_.closure_subject(closure).root;
      return reasoner_.is_satisfiable(std::vector<FormulaId>{required.floor.root, subject}, wide);
    });
    return is_below ? CoverGrade::kBelowFloor : CoverGrade::kNeedsDeclaration;
  }

  void find_nearest(const Story& story, CoverAnswer& out) {
    std::vector<Literal> literals;
    for (const AtomId atom : story.holds) literals.push_back(positive(atom));
    const auto blank = Valuation::make(book_, {});
    if (!blank.ok()) return;
    const auto told = blank->assuming(literals);
    if (!told) return;
    std::pair<std::size_t, std::size_t> best;
    for (const ProvisionIndex i : usable_) {
      const auto sets = detail::fact_sets(*told, book_.compiled_on(i, on_).formula);
      if (sets.empty() || !sets.front().contradicted.empty()) continue;
      // What has to be absent is absent in the story: it says only what is there.
      const auto is_wanted = [](const FactNeeded& fact) { return fact.wanted; };
      const auto is_wanted_act = [&](const FactNeeded& fact) {
        const Atom& atom = book_.atoms()[fact.atom];
        return fact.wanted && atom.kind == Atom::Kind::kTerm && atom.scope.empty() &&
               book_.term_of(fact.atom).kind == TermKind::kAct;
      };
      // A rule about another act is far, however few elements it has.
      const std::pair distance(
          static_cast<std::size_t>(std::ranges::count_if(sets.front().missing, is_wanted_act)),
          static_cast<std::size_t>(std::ranges::count_if(sets.front().missing, is_wanted)));
      if (out.has_nearest && distance >= best) continue;
      best = distance;
      out.has_nearest = true;
      out.nearest = i;
      out.nearest_needs.clear();
      for (const FactNeeded& fact : sets.front().missing) {
        if (fact.wanted) out.nearest_needs.push_back(atom_text(book_, fact.atom));
      }
    }
  }

  const LawBook& book_;
  const StateLaw& state_;
  base::Date on_;
  Reasoner reasoner_;
  std::vector<ProvisionIndex> law_;
  std::vector<ProvisionIndex> usable_;
};

}  // namespace

std::string_view to_text(CoverGrade grade) {
  switch (grade) {
    case CoverGrade::kCovered:
      return "covered";
    case CoverGrade::kNarrowerDeclared:
      return "narrower_declared";
    case CoverGrade::kNeedsDeclaration:
      return "gap_needs_declaration";
    case CoverGrade::kBelowFloor:
      return "gap_below_floor";
    case CoverGrade::kUndetermined:
      return "undetermined";
  }
  return "undetermined";
}

std::vector<CoverAnswer> cover(const LawBook& book, const Instrument& instrument,
                               const StateLaw& state, base::Date on) {
  Coverage coverage(book, state, on);
  std::vector<CoverAnswer> out;
  for (const ProvisionIndex i : book.provisions_of(instrument.id)) {
    if (book.provisions[i].is_offence()) out.push_back(coverage.answer(i));
  }
  return out;
}

}  // namespace rogatory::law
