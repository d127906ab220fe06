// SPDX-License-Identifier: EUPL-1.2
// After surrender: for what may the person be tried? After evidence was supplied: for what may it
// be used? The rule is read from the governing treaty and the requested State's law: limits of time
// that run from release or discharge, conditions and grounds on speciality, conditions on use.
// Time ends the protection of a person who could leave and did not, once every time to leave of the
// treaty and of the requested State has run out (European Convention on Extradition, Art. 14): a
// shorter one of a State's law does not end what a treaty protects for longer. One in the
// requesting State's own law is shown, but frees nobody: that State cannot end what it owes to the
// other. Where none is encoded the answer is unknown, never "free". Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "law/basis.h"
#include "law/clocks.h"
#include "law/valuation.h"

namespace rogatory::law {

/// Facts of the vocabulary that open the rule (corpus/vocabulary).
inline constexpr std::string_view kStateConsentsToTrial = "req.speciality.state_consents";
inline constexpr std::string_view kSpecialityRenounced = "req.speciality.renounced";
inline constexpr std::string_view kCameBack = "req.speciality.returned";
inline constexpr std::string_view kCouldNotLeave = "req.speciality.could_not_leave";
inline constexpr std::string_view kLeftInTime = "req.speciality.left_in_time";
inline constexpr std::string_view kStateConsentsToUse = "req.use.state_consents";

enum class Permission : std::uint8_t {
  kGranted,       ///< it is one of those for which surrender or assistance was granted
  kFree,          ///< the rule no longer protects: consent, renunciation, return, or time
  kNeedsConsent,  ///< the rule protects as far as is known
  kUnknown,       ///< no rule is encoded for the governing treaty
};
[[nodiscard]] std::string_view to_text(Permission v);

/// What the corpus says of the rule.
struct SpecialityRule {
  ProvisionIndex provision = 0;
  std::string says;
  std::string cite;
  Confidence confidence = Confidence::kRecalled;
};

struct PermissionAnswer {
  std::string purpose;  ///< an offence asked about, as given
  Permission permission = Permission::kUnknown;
  std::string why;
  std::vector<std::string> open;  ///< facts that would open it
};

struct SpecialityQuestion {
  std::vector<std::string> granted;  ///< offences granted, ids or words
  std::vector<std::string> asked;    ///< offences for which trial, or use, is wanted
  std::optional<base::Instant> now;  ///< when trial would begin
  std::vector<Event> events;         ///< release or discharge
};

struct SpecialityAnswer {
  std::string governing;                  ///< instrument id; empty where no treaty serves
  std::vector<SpecialityRule> rules;      ///< of speciality, or of use
  std::vector<ClockAnswer> clocks;        ///< time to leave
  std::vector<PermissionAnswer> answers;  ///< in the order asked
};

/// Trial after surrender: `bases` is the answer for extradition. Errors: as find_clocks.
[[nodiscard]] base::Result<SpecialityAnswer> trial_after_surrender(
    const Valuation& valuation, const BasisAnswer& bases, const SpecialityQuestion& question,
    const ZoneRules& zones);

/// Use of evidence: `bases` is the answer for the kind of assistance.
[[nodiscard]] SpecialityAnswer use_of_evidence(const Valuation& valuation, const BasisAnswer& bases,
                                               const SpecialityQuestion& question);

}  // namespace rogatory::law
