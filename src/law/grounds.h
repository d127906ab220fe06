// SPDX-License-Identifier: EUPL-1.2
// May or must a request be refused, and can an assurance cure it? Every ground of the treaty that
// governs, of the requested State's law and of the human rights instruments that bind it, with the
// set of outcomes that remain possible under unknown facts. Usable without any fact. Pure; any
// thread.
//
// How grounds combine:
// - Grounds never conflict: each that applies is listed, and the outcome is that of the strictest.
// - `barred` takes away grounds of the same subject: those of its own treaty or law, and, where its
//   treaty governs, those of the requested State's law. It never takes away a ground that
//   `overrides`, and none of another treaty.
// - A human rights instrument counts where it binds the requested State, whatever a treaty says or
//   omits. Where its status is unknown its grounds are kept and may or may not count. Grounds of
//   other instruments that `override` are owed among their Parties: they count with the basis.
// - A ground without elements is decided by nobody here: it may or may not apply.
// - Lack of dual criminality, and a penalty below the threshold, are decided by the caller's answer
//   where it has one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "law/basis.h"
#include "law/valuation.h"

namespace rogatory::law {

/// From the mildest to the strictest.
enum class Outcome : std::uint8_t {
  kGrant,
  kGrantOnCondition,  ///< a ground applies, and an assurance that was given cures it
  kMayRefuse,
  kMustRefuse,
};
inline constexpr std::array kOutcomes = {Outcome::kGrant, Outcome::kGrantOnCondition,
                                         Outcome::kMayRefuse, Outcome::kMustRefuse};
[[nodiscard]] std::string_view to_text(Outcome v);

class OutcomeSet {
 public:
  void insert(Outcome outcome) { bits_ |= bit(outcome); }
  [[nodiscard]] bool contains(Outcome outcome) const { return (bits_ & bit(outcome)) != 0; }
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] bool is_settled() const { return size() == 1; }
  bool operator==(const OutcomeSet&) const = default;

 private:
  static std::uint8_t bit(Outcome outcome) {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(outcome));
  }
  std::uint8_t bits_ = 0;
};

/// Why a ground counts in this answer.
enum class GroundSource : std::uint8_t {
  kGoverning,   ///< the treaty on which the request rests
  kOtherBasis,  ///< a treaty on which it could rest instead; not part of `outcomes`
  kOwnLaw,      ///< the law of the requested State
  kOverriding,  ///< holds whatever a treaty says or omits
};
[[nodiscard]] std::string_view to_text(GroundSource v);

struct CureAnswer {
  std::string term;
  Citation citation;
  Truth given = Truth::kUnknown;
};

struct GroundAnswer {
  ProvisionIndex provision = 0;
  GroundSource source = GroundSource::kGoverning;
  Truth applies = Truth::kUnknown;   ///< after bars; cures aside
  bool is_barred = false;            ///< it would apply or might, and may not be invoked
  std::vector<ProvisionIndex> bars;  ///< that take it away, or would under facts still open
  std::vector<CureAnswer> cures;
  std::vector<AtomId> open;  ///< facts that decide it
  const Instrument* instrument = nullptr;
  TreatyStatus requested;  ///< of the instrument; its `bound` unknown: the ground may not count
  Confidence confidence = Confidence::kRecalled;

  /// It applies or may, and an assurance would cure it.
  [[nodiscard]] bool is_conditional() const;
  [[nodiscard]] bool is_cured() const;
};

/// The outcomes when the request rests on one instrument.
struct OutcomesUnder {
  std::string instrument;  ///< empty: on no treaty
  OutcomeSet outcomes;
};

struct GroundsAnswer {
  std::string governing;              ///< instrument id; empty where no treaty serves
  std::vector<GroundAnswer> grounds;  ///< by subject, the strictest first; `barred` ones are not in
  std::vector<ProvisionIndex> bars;   ///< grounds that may not be invoked, of the governing treaty
  OutcomeSet outcomes;
  std::vector<OutcomesUnder> under;       ///< for each instrument that could serve
  Truth postponement = Truth::kFalse;     ///< may execution wait?
  std::vector<std::string> not_binding;   ///< overriding instruments that do not bind, in words
  std::vector<std::string> not_examined;  ///< treaties that may serve after all, in words
  std::vector<std::string> warnings;
};

struct GroundsOptions {
  std::string governing;                   ///< instrument id; empty: that of the first basis
  std::optional<Truth> dual_criminality;   ///< from law/extradition.h or law/answer.h
  std::optional<Truth> threshold_reached;  ///< likewise
};

/// Subjects that other answers of this room decide.
inline constexpr std::string_view kDualCriminalitySubject = "dual_criminality";
inline constexpr std::string_view kPenaltyThresholdSubject = "penalty_threshold";

/// `valuation` should read the facts as the requested State does. Exact: each outcome of the set
/// comes true under some completion of the open facts, and no other. Error: kInvalidArgument when
/// `governing` names no instrument that serves.
[[nodiscard]] base::Result<GroundsAnswer> find_grounds(const Valuation& valuation,
                                                       const BasisAnswer& bases,
                                                       const GroundsOptions& options = {});

}  // namespace rogatory::law
