// SPDX-License-Identifier: EUPL-1.2
// What an instrument requires against what a State's law reaches on a day: covered by a minimal set
// of provisions, or a gap with a story, graded by the options a Party has (Budapest Convention,
// Arts 40 and 42).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/date.h"
#include "law/law_book.h"

namespace rogatory::law {

enum class CoverGrade : std::uint8_t {
  kCovered,           ///< the text without options is reached
  kNarrowerDeclared,  ///< only with options this State has declared or reserved
  kNeedsDeclaration,  ///< only with options that are open to it, and were not found to be made
  kBelowFloor,        ///< not even with every permitted option
  kUndetermined,      ///< no closure: what is missing may be law that is not encoded
};
[[nodiscard]] std::string_view to_text(CoverGrade grade);

struct CoverAnswer {
  ProvisionIndex required = 0;
  CoverGrade grade = CoverGrade::kUndetermined;
  std::vector<ProvisionIndex> covered_by;  ///< a minimal set, when covered in some grade
  std::string story;  ///< a conduct required and not reached by what is encoded, in words
  const Closure* closure = nullptr;  ///< why a gap is a gap
  bool has_nearest = false;
  ProvisionIndex nearest = 0;  ///< the domestic provision that needs least more to reach the story
  std::vector<std::string> nearest_needs;  ///< what it needs, in words
  Confidence confidence = Confidence::kRecalled;
  std::vector<UnknownReason> reasons;
};

/// A wrong that is no crime counts only where the instrument is content with an unlawful act
/// (penalty_kind).
[[nodiscard]] std::vector<CoverAnswer> cover(const LawBook& book, const Instrument& instrument,
                                             const StateLaw& state, base::Date on);

}  // namespace rogatory::law
