// SPDX-License-Identifier: EUPL-1.2
// One conduct under one provision: verdict, proof for yes and for no, what is missing, what
// contradicts. An assessment, never a judgment: "conduct as alleged".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "law/evaluate.h"
#include "law/law_book.h"
#include "law/valuation.h"

namespace rogatory::law {

/// The most alternative sets of missing or contradicted facts that are computed and shown.
inline constexpr std::size_t kMaxFactSets = 5;

/// One fact that would have to be known, or to be otherwise.
struct FactNeeded {
  AtomId atom = kNoAtom;
  bool wanted = true;
  Truth now = Truth::kUnknown;
  UnknownReason reason = UnknownReason::kNotStated;  ///< when `now` is unknown
};

/// A set of facts that together would make the provision met: some unknown now, some known to be
/// otherwise.
struct FactSet {
  std::vector<FactNeeded> missing;
  std::vector<FactNeeded> contradicted;
};

/// One element in the proof. `children` mirror the tree of the provision; exceptions stay visible
/// at every layer.
struct ProofNode {
  enum class Kind : std::uint8_t { kElement, kAll, kAny, kNone, kReference, kException };
  Kind kind = Kind::kElement;
  std::string id;
  const Citation* citation = nullptr;
  AtomId atom = kNoAtom;
  Role role = Role::kElement;  ///< of an exception
  Truth value = Truth::kUnknown;
  UnknownReason reason = UnknownReason::kNotStated;
  bool is_decisive = false;          ///< the verdict rests on it
  std::vector<const Fact*> facts;    ///< what its value rests on
  std::vector<std::string> because;  ///< entailments used, in words
  Confidence confidence = Confidence::kRecalled;
  std::vector<ProofNode> children;
};

struct ReadingOutcome {
  const Reading* reading = nullptr;
  Verdict verdict = Verdict::kUndetermined;
};

struct Assessment {
  ProvisionIndex provision = 0;
  Verdict verdict = Verdict::kUndetermined;
  std::vector<const LinkedException*> subject_to;  ///< defences nobody raised or settled
  std::vector<FactSet> needed;                     ///< smallest first; empty when met
  std::vector<UnknownReason> unknown_reasons;
  std::vector<ReadingOutcome> readings;  ///< all readings, when the text has several
  Confidence confidence = Confidence::kRecalled;
  ProofNode proof;  ///< kFull only

  /// It turns on a fact of law that nobody has checked.
  [[nodiscard]] bool is_provisional() const { return confidence == Confidence::kRecalled; }
};

enum class Detail : std::uint8_t { kVerdict, kFull };

/// Never fails: a provision without elements is undetermined because the law is not encoded.
/// Every set in `needed` is checked by evaluating the provision again before it is given.
/// With a day, references reach only what was in force on it.
[[nodiscard]] Assessment assess(const Valuation& valuation, ProvisionIndex provision,
                                Detail detail = Detail::kFull,
                                std::optional<base::Date> on = std::nullopt);

/// The verdict alone.
[[nodiscard]] Verdict verdict_on(const Valuation& valuation, ProvisionIndex provision,
                                 std::optional<base::Date> on = std::nullopt);

/// The proof of one formula, for closures and penalties.
[[nodiscard]] ProofNode prove(const Valuation& valuation, const Compiled& formula);

}  // namespace rogatory::law
