// SPDX-License-Identifier: EUPL-1.2
#include "law/speciality.h"

#include <algorithm>
#include <span>

#include "law/answer.h"
#include "law/detail/basis_candidates.h"

namespace rogatory::law {
namespace {

/// How data marks the rules (docs/formats/cooperation.md).
struct RuleMarks {
  std::string_view condition;  ///< id of a condition of a basis
  std::string_view assurance;  ///< term of a condition, or of a cure of a ground
  std::string_view subject;    ///< of a ground
};
constexpr RuleMarks kSpeciality{"speciality", "req.assurance.speciality", "speciality"};
constexpr RuleMarks kUse{"use-limits", "req.assurance.use_limits", "use_limits"};

bool governs(const LawBook& book, const BasisAnswer& bases, const Provision& provision) {
  if (provision.is_of_state) return provision.owner == bases.requested.iso3;
  const Basis* governing = bases.governing();
  return governing != nullptr && governing->instrument != nullptr &&
         governing->instrument == book.find_instrument(provision.owner);
}

void add_rules(const LawBook& book, ProvisionIndex i, const RuleMarks& marks,
               std::vector<SpecialityRule>& out) {
  const Provision& provision = book.provisions[i];
  if (provision.ground && (provision.ground->subject == marks.subject)) {
    out.push_back({.provision = i,
                   .says = provision.citation.says,
                   .cite = provision.citation.cite,
                   .confidence = provision.citation.confidence});
  }
  if (!provision.basis) return;
  for (const BasisCondition& condition : provision.basis->conditions) {
    if (condition.id != marks.condition && condition.term != marks.assurance) continue;
    out.push_back({.provision = i,
                   .says = condition.citation.says,
                   .cite = condition.citation.cite,
                   .confidence = condition.citation.confidence});
  }
}

std::vector<SpecialityRule> find_rules(const LawBook& book, const BasisAnswer& bases,
                                       const RuleMarks& marks) {
  std::vector<SpecialityRule> out;
  for (ProvisionIndex i = 0; i < book.provisions.size(); ++i) {
    const Provision& provision = book.provisions[i];
    if (!detail::is_for(provision, bases.kind) || !governs(book, bases, provision)) continue;
    if (is_in_force(provision, bases.on)) add_rules(book, i, marks, out);
  }
  return out;
}

Truth value_of(const Valuation& valuation, std::string_view term) {
  const AtomId atom = valuation.book().atoms().find_term({}, term);
  return atom == kNoAtom ? Truth::kUnknown : valuation.value(atom);
}

/// The facts that open a rule: the first that is so, and those still open.
struct Opening {
  std::string_view opened_by;
  std::vector<std::string> open;
};

Opening look(const Valuation& valuation, std::span<const std::string_view> terms) {
  Opening out;
  for (const std::string_view term : terms) {
    const Truth value = value_of(valuation, term);
    if (value == Truth::kTrue && out.opened_by.empty()) out.opened_by = term;
    if (value == Truth::kUnknown) out.open.emplace_back(term);
  }
  return out;
}

bool has_run_out(const ClockAnswer& clock, const SpecialityQuestion& question) {
  if (!question.now || !clock.deadline || clock.applies != Truth::kTrue) return false;
  const DayEnd& end = clock.deadline->moved ? *clock.deadline->moved : *clock.deadline;
  return question.now->utc() >= end.ends.utc();
}

/// The last time to leave, once every one that governs has run out by `now`: the shorter one of a
/// State's own law does not end what the treaty protects for longer.
const ClockAnswer* find_expired(const LawBook& book, const BasisAnswer& bases,
                                const SpecialityAnswer& answer,
                                const SpecialityQuestion& question) {
  const ClockAnswer* last = nullptr;
  for (const ClockAnswer& clock : answer.clocks) {
    if (!governs(book, bases, book.provisions[clock.provision])) continue;
    if (!has_run_out(clock, question)) return nullptr;
    last = &clock;
  }
  return last;
}

/// Of the treaty that governs, or of either State: law/clocks.h gives no other law of States.
bool is_time_to_leave(const LawBook& book, const BasisAnswer& bases, const ClockAnswer& clock) {
  const Provision& provision = book.provisions[clock.provision];
  const ClockStart starts = provision.clock->starts;
  if (starts != ClockStart::kRelease && starts != ClockStart::kDischarge) return false;
  return provision.is_of_state || governs(book, bases, provision);
}

bool is_granted(const SpecialityQuestion& question, const std::string& purpose) {
  return std::ranges::find(question.granted, purpose) != question.granted.end();
}

std::string reason_of(std::string_view term) {
  if (term == kSpecialityRenounced) return "the person renounced the protection";
  if (term == kCameBack) return "the person left and came back by choice";
  return "the State that granted the request consents";
}

PermissionAnswer answer_one(const std::string& purpose, const SpecialityQuestion& question,
                            bool has_rule, const Opening& opening) {
  PermissionAnswer out{.purpose = purpose};
  if (is_granted(question, purpose)) {
    out.permission = Permission::kGranted;
    out.why = "it is among those granted";
    return out;
  }
  if (!opening.opened_by.empty()) {
    out.permission = Permission::kFree;
    out.why = reason_of(opening.opened_by);
    return out;
  }
  if (!has_rule) {
    out.why = "no rule of the governing treaty or of the requested State is encoded";
    out.open = opening.open;
    return out;
  }
  out.permission = Permission::kNeedsConsent;
  out.why = "it is not among those granted, and nothing that opens the rule is known";
  out.open = opening.open;
  return out;
}

/// What the end of the time to leave means for a person of whom `kept` is known.
void end_by_time(const ClockAnswer& expired, const Opening& kept, PermissionAnswer& answer) {
  if (!kept.opened_by.empty()) return;
  answer.why = "the time to leave ended on " + expired.deadline->last_day.to_string();
  if (kept.open.empty()) {
    answer.permission = Permission::kFree;
    answer.why += ", and the person could leave and did not";
    answer.open.clear();
    return;
  }
  answer.why += "; whether the person could leave, and did not, is open";
  answer.open.insert(answer.open.end(), kept.open.begin(), kept.open.end());
}

std::string governing_of(const BasisAnswer& bases) {
  const Basis* governing = bases.governing();
  return governing == nullptr || governing->instrument == nullptr ? "" : governing->instrument->id;
}

}  // namespace

std::string_view to_text(Permission v) {
  switch (v) {
    case Permission::kGranted:
      return "granted";
    case Permission::kFree:
      return "free";
    case Permission::kNeedsConsent:
      return "needs_consent";
    case Permission::kUnknown:
      return "unknown";
  }
  return "unknown";
}

base::Result<SpecialityAnswer> trial_after_surrender(const Valuation& valuation,
                                                     const BasisAnswer& bases,
                                                     const SpecialityQuestion& question,
                                                     const ZoneRules& zones) {
  const LawBook& book = valuation.book();
  SpecialityAnswer out{.governing = governing_of(bases),
                       .rules = find_rules(book, bases, kSpeciality)};
  ROG_TRY(ClocksAnswer clocks, find_clocks(valuation, bases, question.events, zones));
  for (ClockAnswer& clock : clocks.clocks) {
    if (is_time_to_leave(book, bases, clock)) out.clocks.push_back(std::move(clock));
  }
  constexpr std::string_view kOpeners[] = {kStateConsentsToTrial, kSpecialityRenounced, kCameBack};
  const Opening opening = look(valuation, kOpeners);
  const bool has_rule =
      !out.rules.empty() || std::ranges::any_of(out.clocks, [&](const ClockAnswer& clock) {
        return governs(book, bases, book.provisions[clock.provision]);
      });
  const ClockAnswer* expired = find_expired(book, bases, out, question);
  // Time alone ends nothing: it ends the protection of a person who could leave and did not.
  constexpr std::string_view kKeepers[] = {kCouldNotLeave, kLeftInTime};
  const Opening kept = look(valuation, kKeepers);
  for (const std::string& purpose : question.asked) {
    PermissionAnswer one = answer_one(purpose, question, has_rule, opening);
    if (one.permission == Permission::kNeedsConsent && expired != nullptr) {
      end_by_time(*expired, kept, one);
    }
    out.answers.push_back(std::move(one));
  }
  return out;
}

SpecialityAnswer use_of_evidence(const Valuation& valuation, const BasisAnswer& bases,
                                 const SpecialityQuestion& question) {
  SpecialityAnswer out{.governing = governing_of(bases),
                       .rules = find_rules(valuation.book(), bases, kUse)};
  constexpr std::string_view kOpeners[] = {kStateConsentsToUse};
  const Opening opening = look(valuation, kOpeners);
  for (const std::string& purpose : question.asked) {
    out.answers.push_back(answer_one(purpose, question, !out.rules.empty(), opening));
  }
  return out;
}

}  // namespace rogatory::law
