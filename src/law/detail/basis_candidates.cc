// SPDX-License-Identifier: EUPL-1.2
#include "law/detail/basis_candidates.h"

#include <algorithm>
#include <tuple>

#include "law/answer.h"
#include "law/assess.h"
#include "law/detail/cone.h"

namespace rogatory::law::detail {
namespace {

/// State law is a basis only where it lets the State act without a treaty.
bool serves_without_treaty(const Provision& provision) {
  switch (provision.basis->by) {
    case BasisBy::kReciprocity:
    case BasisBy::kNationalLaw:
    case BasisBy::kMutualRecognition:
    case BasisBy::kDirectChannel:
      return !provision.basis->requires_treaty;
    case BasisBy::kTreaty:
      return false;
  }
  return false;
}

ClassSet class_set(const std::vector<InstrumentClass>& classes) {
  ClassSet out = 0;
  for (const InstrumentClass c : classes) out |= class_bit(c);
  return out;
}

/// The sort key within the ranking. An instrument without a day goes after dated ones.
auto sort_key(const LawBook& book, const Candidate& c) {
  const base::Date day = c.instrument == nullptr
                             ? base::Date::latest()
                             : c.instrument->in_force_from.value_or(base::Date::latest());
  const Provision& provision = book.provisions[c.provision];
  return std::tuple(c.rank, day, std::string_view(provision.owner), provision.for_kinds.size(),
                    c.provision);
}

bool has_conduct(const Valuation& valuation) {
  return std::ranges::any_of(valuation.facts(), [](const Fact& fact) {
    return !fact.term.empty() && !fact.term.starts_with("req.");
  });
}

/// Does the conduct fall under the offences of the instrument itself?
ConditionAnswer judge_offences(const Valuation& valuation, const Provision& provision) {
  const LawBook& book = valuation.book();
  ConditionAnswer out{.id = "offences",
                      .says = "The conduct is an offence of this instrument.",
                      .cite = provision.citation.cite,
                      .term = {},
                      .value = Truth::kUnknown,
                      .facts = {},
                      .confidence = provision.citation.confidence};
  if (!has_conduct(valuation)) return out;
  bool is_any_open = false;
  bool has_offence = false;
  for (const ProvisionIndex i : book.provisions_of(provision.owner)) {
    if (!book.provisions[i].is_offence()) continue;
    has_offence = true;
    const Verdict verdict = verdict_on(valuation, i);
    if (verdict == Verdict::kMet) {
      out.value = Truth::kTrue;
      out.cite = book.provisions[i].citation.cite;
      return out;
    }
    is_any_open = is_any_open || verdict == Verdict::kUndetermined;
  }
  if (has_offence && !is_any_open) out.value = Truth::kFalse;
  return out;
}

ConditionAnswer judge_elements(const Valuation& valuation, ProvisionIndex index) {
  const LawBook& book = valuation.book();
  const Provision& provision = book.provisions[index];
  const Compiled& formula = book.compiled(index).formula;
  ConditionAnswer out{.id = "elements",
                      .says = "The case is within reach of this basis.",
                      .cite = provision.citation.cite,
                      .term = {},
                      .value = evaluate(valuation, formula),
                      .facts = {},
                      .confidence = provision.citation.confidence};
  if (out.value != Truth::kUnknown) return out;
  for (const AtomId atom : open_atoms(book.formulas(), formula.root, valuation.values())) {
    out.facts.push_back(book.atoms().key(atom));
  }
  return out;
}

Truth value_of_term(const Valuation& valuation, const std::string& term) {
  const AtomId atom = valuation.book().atoms().find_term({}, term);
  return atom == kNoAtom ? Truth::kUnknown : valuation.value(atom);
}

ConditionAnswer judge_list(const Valuation& valuation, const Provision& provision) {
  ConditionAnswer out{.id = "list",
                      .says = "The offence falls into a listed category.",
                      .cite = provision.citation.cite,
                      .term = {},
                      .value = Truth::kFalse,
                      .facts = provision.basis->list->terms,
                      .confidence = provision.citation.confidence};
  for (const std::string& term : provision.basis->list->terms) {
    out.value = or_of(out.value, value_of_term(valuation, term));
  }
  if (out.value != Truth::kUnknown) out.facts.clear();
  return out;
}

}  // namespace

bool is_for(const Provision& provision, std::string_view kind) {
  return std::ranges::find(provision.for_kinds, kind) != provision.for_kinds.end();
}

std::size_t class_rank(const LawBook& book, InstrumentClass c) {
  const auto& ranking = book.world.ranking;
  if (ranking.empty()) return static_cast<std::size_t>(c);
  const auto position = [&](InstrumentClass wanted) {
    return static_cast<std::size_t>(std::ranges::find(ranking, wanted, &RankClass::id) -
                                    ranking.begin());
  };
  // Twice the position, so that a class the ranking does not name fits in before national law.
  const std::size_t at = position(c);
  return at < ranking.size() ? 2 * at + 1 : 2 * position(InstrumentClass::kNationalLaw);
}

bool is_rank_open(const LawBook& book, InstrumentClass rank_class, Bilateral bilateral) {
  return bilateral == Bilateral::kNotEncoded &&
         class_rank(book, rank_class) >= class_rank(book, InstrumentClass::kBilateral);
}

std::string why_no_instrument(std::span<const Instrument* const> possible) {
  if (possible.empty()) return "no encoded instrument that provides for it is known to serve";
  std::string out = "the status of a side is unknown for: ";
  for (const Instrument* instrument : possible) {
    if (instrument != possible.front()) out += ", ";
    out += instrument->short_title.empty() ? instrument->title : instrument->short_title;
  }
  return out;
}

std::string why_not_own_law(Reciprocity reciprocity, const Side& requested) {
  switch (reciprocity) {
    case Reciprocity::kAllowed:
      return "; the conditions of the law of " + requested.name + " are not met";
    case Reciprocity::kTreatyOnly:
      return "; the law of " + requested.name + " acts under a treaty only";
    case Reciprocity::kNotEncoded:
      return "; whether " + requested.name + " acts without a treaty is not encoded";
  }
  return "";
}

std::vector<Candidate> find_candidates(const LawBook& book, std::string_view kind, base::Date on) {
  std::vector<Candidate> out;
  for (ProvisionIndex i = 0; i < book.provisions.size(); ++i) {
    const Provision& provision = book.provisions[i];
    if (provision.kind != ProvisionKind::kBasis || !provision.basis || !is_for(provision, kind)) {
      continue;
    }
    if (!is_in_force(provision, on)) continue;
    Candidate c{.provision = i, .yields_to = class_set(provision.basis->yields_to)};
    if (provision.is_of_state) {
      if (!serves_without_treaty(provision)) continue;
      c.rank_class = InstrumentClass::kNationalLaw;
    } else {
      c.instrument = book.find_instrument(provision.owner);
      if (c.instrument == nullptr) continue;
      c.rank_class = c.instrument->instrument_class;
    }
    c.rank = class_rank(book, c.rank_class);
    out.push_back(c);
  }
  std::ranges::sort(out, [&](const Candidate& a, const Candidate& b) {
    return sort_key(book, a) < sort_key(book, b);
  });
  return out;
}

bool yields(const Candidate& candidate, std::span<const Candidate* const> serving) {
  return std::ranges::any_of(serving, [&](const Candidate* other) {
    return other->instrument != candidate.instrument &&
           (candidate.yields_to & class_bit(other->rank_class)) != 0;
  });
}

std::vector<const Candidate*> order(std::span<const Candidate* const> serving) {
  std::vector<const Candidate*> out(serving.begin(), serving.end());
  std::ranges::stable_partition(out, [&](const Candidate* c) { return !yields(*c, serving); });
  return out;
}

std::vector<ConditionAnswer> judge_conditions(const Valuation& valuation,
                                              ProvisionIndex provision) {
  const LawBook& book = valuation.book();
  const Provision& p = book.provisions[provision];
  std::vector<ConditionAnswer> out;
  if (p.basis->offences == BasisOffences::kConvention) out.push_back(judge_offences(valuation, p));
  if (p.basis->offences == BasisOffences::kListed && p.basis->list) {
    out.push_back(judge_list(valuation, p));
  }
  if (book.compiled(provision).formula.root != kNoFormula) {
    out.push_back(judge_elements(valuation, provision));
  }
  for (const BasisCondition& condition : p.basis->conditions) {
    out.push_back({.id = condition.id,
                   .says = condition.citation.says,
                   .cite = condition.citation.cite,
                   .term = condition.term,
                   .value = condition.term.empty() ? Truth::kUnknown
                                                   : value_of_term(valuation, condition.term),
                   .facts = {},
                   .confidence = condition.citation.confidence});
  }
  return out;
}

bool has_failed(std::span<const ConditionAnswer> conditions) {
  return std::ranges::any_of(conditions,
                             [](const ConditionAnswer& c) { return c.value == Truth::kFalse; });
}

OwnLaw own_law(const LawBook& book, const std::string& iso3, std::string_view kind, base::Date on) {
  OwnLaw out;
  for (const ProvisionIndex i : book.provisions_of(iso3)) {
    const Provision& provision = book.provisions[i];
    if (provision.kind != ProvisionKind::kBasis || !provision.basis || !is_for(provision, kind)) {
      continue;
    }
    if (!is_in_force(provision, on)) continue;
    const bool serves = serves_without_treaty(provision);
    if (!serves && !provision.basis->requires_treaty) continue;
    if (serves && out.reciprocity != Reciprocity::kAllowed) {
      out.reciprocity = Reciprocity::kAllowed;
      out.provisions.clear();
    }
    if (!serves && out.reciprocity == Reciprocity::kAllowed) continue;
    if (!serves) out.reciprocity = Reciprocity::kTreatyOnly;
    out.provisions.push_back(i);
  }
  return out;
}

}  // namespace rogatory::law::detail
