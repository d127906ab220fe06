// SPDX-License-Identifier: EUPL-1.2
#include "law/grounds.h"

#include <algorithm>
#include <bit>

#include "law/answer.h"
#include "law/assess.h"
#include "law/detail/basis_candidates.h"
#include "law/detail/cone.h"
#include "law/detail/outcome_solver.h"

namespace rogatory::law {
namespace {

using detail::GroundFormula;
using detail::OutcomeSolver;

std::string title_of(const Instrument& instrument) {
  return instrument.short_title.empty() ? instrument.title : instrument.short_title;
}

bool is_ground_for(const Provision& provision, std::string_view kind, base::Date on) {
  return provision.kind == ProvisionKind::kGround && provision.ground &&
         detail::is_for(provision, kind) && is_in_force(provision, on);
}

int strictness(GroundEffect effect) {
  switch (effect) {
    case GroundEffect::kMandatory:
      return 0;
    case GroundEffect::kOptional:
      return 1;
    case GroundEffect::kPostpone:
      return 2;
    case GroundEffect::kBarred:
      return 3;
  }
  return 3;
}

/// Gathers what counts, then asks the solver.
class Finder {
 public:
  Finder(const Valuation& valuation, const BasisAnswer& bases, const GroundsOptions& options,
         GroundsAnswer& out)
      : valuation_(valuation),
        book_(valuation.book()),
        bases_(bases),
        options_(options),
        out_(out) {}

  void run() {
    gather();
    sort();
    std::vector<GroundFormula> formulas;
    for (GroundAnswer& ground : out_.grounds) formulas.push_back(formula_of(ground));
    OutcomeSolver solver(valuation_, std::move(formulas));
    for (std::size_t i = 0; i < out_.grounds.size(); ++i) judge(i, solver);
    out_.outcomes = solver.outcomes(members_of(out_.governing));
    out_.postponement = solver.postponement(members_of(out_.governing));
    conclude_under();
    name_what_is_not_examined();
  }

 private:
  [[nodiscard]] bool serves(const std::string& instrument) const {
    return std::ranges::any_of(bases_.bases, [&](const Basis& basis) {
      return basis.instrument != nullptr && basis.instrument->id == instrument;
    });
  }

  /// Does it bind the requested State towards everyone? Other instruments have to serve as a basis
  /// even for grounds that override: their rules are owed among their Parties only.
  [[nodiscard]] static bool is_owed_to_all(const Instrument& instrument) {
    return instrument.instrument_class == InstrumentClass::kHumanRights;
  }

  void gather() {
    for (ProvisionIndex i = 0; i < book_.provisions.size(); ++i) {
      const Provision& provision = book_.provisions[i];
      if (!is_ground_for(provision, bases_.kind, bases_.on)) continue;
      GroundAnswer ground{.provision = i};
      if (provision.is_of_state) {
        if (provision.owner != bases_.requested.iso3) continue;
        ground.source =
            provision.ground->overrides ? GroundSource::kOverriding : GroundSource::kOwnLaw;
      } else if (!take_instrument(provision, ground)) {
        continue;
      }
      if (provision.ground->effect == GroundEffect::kBarred) {
        bars_.push_back(i);
        if (ground.source == GroundSource::kGoverning) out_.bars.push_back(i);
        continue;
      }
      out_.grounds.push_back(std::move(ground));
    }
  }

  /// Does a ground of an instrument count here, and as what?
  bool take_instrument(const Provision& provision, GroundAnswer& ground) {
    ground.instrument = book_.find_instrument(provision.owner);
    if (ground.instrument == nullptr) return false;
    ground.requested = treaty_status(*ground.instrument, bases_.requested, bases_.on);
    if (is_owed_to_all(*ground.instrument)) {
      ground.source = GroundSource::kOverriding;
      if (ground.requested.bound != Bound::kNotBound) return true;
      add_once(out_.not_binding,
               title_of(*ground.instrument) + ": " +
                   status_words(*ground.instrument, bases_.requested, ground.requested));
      return false;
    }
    if (!serves(ground.instrument->id)) return false;
    ground.source = ground.instrument->id == out_.governing ? GroundSource::kGoverning
                                                            : GroundSource::kOtherBasis;
    return true;
  }

  static void add_once(std::vector<std::string>& to, std::string text) {
    if (std::ranges::find(to, text) == to.end()) to.push_back(std::move(text));
  }

  void sort() {
    std::ranges::stable_sort(out_.grounds, [&](const GroundAnswer& a, const GroundAnswer& b) {
      const GroundRule& x = *book_.provisions[a.provision].ground;
      const GroundRule& y = *book_.provisions[b.provision].ground;
      return std::pair(std::string_view(x.subject), strictness(x.effect)) <
             std::pair(std::string_view(y.subject), strictness(y.effect));
    });
  }

  /// A bar reaches grounds of its own text, and those of national law where its treaty governs.
  [[nodiscard]] bool reaches(const Provision& bar, const GroundAnswer& ground) const {
    const Provision& provision = book_.provisions[ground.provision];
    if (ground.source == GroundSource::kOverriding || provision.ground->overrides) return false;
    if (bar.ground->subject != provision.ground->subject) return false;
    if (bar.owner == provision.owner) return true;
    return ground.source == GroundSource::kOwnLaw && bar.owner == out_.governing;
  }

  GroundFormula formula_of(GroundAnswer& ground) {
    const Provision& provision = book_.provisions[ground.provision];
    const FormulaId root = book_.compiled(ground.provision).formula.root;
    GroundFormula out{.root = root,
                      .is_undecided = root == kNoFormula,
                      .is_mandatory = provision.ground->effect == GroundEffect::kMandatory,
                      .is_postponement = provision.ground->effect == GroundEffect::kPostpone};
    for (const ProvisionIndex i : bars_) {
      if (!reaches(book_.provisions[i], ground)) continue;
      ground.bars.push_back(i);
      out.bars.push_back(book_.compiled(i).formula.root);
    }
    for (const Cure& cure : provision.ground->cures) {
      const AtomId atom = book_.atoms().find_term({}, cure.term);
      ground.cures.push_back({.term = cure.term,
                              .citation = cure.citation,
                              .given = atom == kNoAtom ? Truth::kUnknown : valuation_.value(atom)});
      if (atom != kNoAtom) out.cures.push_back(atom);
    }
    if (ground.instrument != nullptr && ground.requested.bound == Bound::kUnknown) {
      out.choices.push_back("binds " + ground.instrument->id);
    }
    add_decided_elsewhere(*provision.ground, out);
    return out;
  }

  /// Grounds that rest on the absence of something another answer decides. Without elements that
  /// absence alone is the ground.
  void add_decided_elsewhere(const GroundRule& rule, GroundFormula& out) const {
    std::optional<Truth> present;
    if (rule.subject == kDualCriminalitySubject) present = options_.dual_criminality;
    if (rule.subject == kPenaltyThresholdSubject) present = options_.threshold_reached;
    if (!present) return;
    out.is_undecided = false;
    if (*present == Truth::kTrue) out.never = true;
    if (*present == Truth::kUnknown) out.denied.push_back(rule.subject);
  }

  void judge(std::size_t i, OutcomeSolver& solver) {
    GroundAnswer& ground = out_.grounds[i];
    const Provision& provision = book_.provisions[ground.provision];
    const Compiled& formula = book_.compiled(ground.provision).formula;
    ground.applies = solver.applies(i);
    ground.confidence = provision.citation.confidence;
    if (ground.instrument != nullptr) {
      ground.confidence = weaker(ground.confidence, ground.requested.confidence);
    }
    if (formula.root == kNoFormula) return;
    if (ground.applies == Truth::kUnknown) {
      ground.open = detail::open_atoms(book_.formulas(), formula.root, valuation_.values());
    } else {
      ground.confidence = weaker(ground.confidence, prove(valuation_, formula).confidence);
    }
    const bool would_apply = evaluate(valuation_, formula, Defences::kAsUnknown) != Truth::kFalse;
    ground.is_barred = ground.applies == Truth::kFalse && would_apply && !ground.bars.empty();
  }

  [[nodiscard]] std::vector<std::size_t> members_of(const std::string& governing) const {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < out_.grounds.size(); ++i) {
      const GroundAnswer& ground = out_.grounds[i];
      const bool is_of_treaty =
          ground.source == GroundSource::kGoverning || ground.source == GroundSource::kOtherBasis;
      if (is_of_treaty && book_.provisions[ground.provision].owner != governing) continue;
      out.push_back(i);
    }
    return out;
  }

  void conclude_under() {
    out_.under.push_back({.instrument = out_.governing, .outcomes = out_.outcomes});
    for (const Basis& basis : bases_.bases) {
      if (basis.instrument == nullptr) continue;
      const std::string& id = basis.instrument->id;
      if (std::ranges::find(out_.under, id, &OutcomesUnder::instrument) != out_.under.end()) {
        continue;
      }
      // Bars depend on which treaty governs: the question is asked anew.
      GroundsOptions options = options_;
      options.governing = id;
      GroundsAnswer other;
      other.governing = id;
      out_.under.push_back({.instrument = id, .outcomes = outcomes_under(options, other)});
    }
  }

  OutcomeSet outcomes_under(const GroundsOptions& options, GroundsAnswer& other) const {
    Finder finder(valuation_, bases_, options, other);
    finder.gather();
    std::vector<GroundFormula> formulas;
    for (GroundAnswer& ground : other.grounds) formulas.push_back(finder.formula_of(ground));
    OutcomeSolver solver(valuation_, std::move(formulas));
    return solver.outcomes(finder.members_of(other.governing));
  }

  void name_what_is_not_examined() {
    for (const NotAvailable& one : bases_.not_available) {
      if (!one.is_possible() || one.instrument == nullptr) continue;
      add_once(out_.not_examined, title_of(*one.instrument) + ": " + one.reason);
    }
    for (const GroundAnswer& ground : out_.grounds) {
      if (ground.instrument == nullptr || !ground.requested.is_after_list) continue;
      if (!ground.instrument->parties_as_of) continue;
      add_once(out_.warnings, "the status of " + title_of(*ground.instrument) + " was read for " +
                                  ground.instrument->parties_as_of->to_string() +
                                  ", the question is for " + bases_.on.to_string());
    }
  }

  const Valuation& valuation_;
  const LawBook& book_;
  const BasisAnswer& bases_;
  const GroundsOptions& options_;
  GroundsAnswer& out_;
  std::vector<ProvisionIndex> bars_;
};

}  // namespace

std::string_view to_text(Outcome v) {
  switch (v) {
    case Outcome::kGrant:
      return "grant";
    case Outcome::kGrantOnCondition:
      return "grant_on_condition";
    case Outcome::kMayRefuse:
      return "may_refuse";
    case Outcome::kMustRefuse:
      return "must_refuse";
  }
  return "grant";
}

std::string_view to_text(GroundSource v) {
  switch (v) {
    case GroundSource::kGoverning:
      return "governing";
    case GroundSource::kOtherBasis:
      return "other_basis";
    case GroundSource::kOwnLaw:
      return "own_law";
    case GroundSource::kOverriding:
      return "overriding";
  }
  return "own_law";
}

std::size_t OutcomeSet::size() const {
  return static_cast<std::size_t>(std::popcount(bits_));
}

bool GroundAnswer::is_cured() const {
  return std::ranges::any_of(cures, [](const CureAnswer& c) { return c.given == Truth::kTrue; });
}

bool GroundAnswer::is_conditional() const {
  return applies != Truth::kFalse &&
         std::ranges::any_of(cures, [](const CureAnswer& c) { return c.given != Truth::kFalse; });
}

base::Result<GroundsAnswer> find_grounds(const Valuation& valuation, const BasisAnswer& bases,
                                         const GroundsOptions& options) {
  GroundsAnswer out;
  out.governing = options.governing;
  const auto is_it = [&](const Basis& basis) {
    return basis.instrument != nullptr && basis.instrument->id == options.governing;
  };
  if (!options.governing.empty() && std::ranges::none_of(bases.bases, is_it)) {
    return base::Error{.code = base::ErrorCode::kInvalidArgument,
                       .message = "`" + options.governing + "` does not serve as a basis here",
                       .context = {},
                       .place = {}};
  }
  if (options.governing.empty() && bases.governing() != nullptr &&
      bases.governing()->instrument != nullptr) {
    out.governing = bases.governing()->instrument->id;
  }
  Finder(valuation, bases, options, out).run();
  return out;
}

}  // namespace rogatory::law
