// SPDX-License-Identifier: EUPL-1.2
// How the offences of two instruments relate, per paragraph and rolled up per article, with a
// conduct each way in words.
#pragma once

#include <string>
#include <vector>

#include "law/law_book.h"

namespace rogatory::law {

/// One pair of provisions (or articles), read "`from` is `relation` than/with `to`".
struct ProvisionRelation {
  ProvisionIndex from = 0;
  ProvisionIndex to = 0;
  Relation relation = Relation::kNone;
  /// A conduct under `from` and not under `to`: a sentence, and what is lacking there.
  std::string witness_from_only;
  std::string witness_to_only;
  Confidence confidence = Confidence::kRecalled;
};

/// A pair of articles, rolled up from their paragraphs.
struct ArticleRelation {
  std::string from_article;
  std::string to_article;
  Relation relation = Relation::kNone;
  std::string witness_from_only;
  std::string witness_to_only;
  Confidence confidence = Confidence::kRecalled;
};

struct InstrumentComparison {
  std::vector<ProvisionRelation> paragraphs;  ///< pairs of one kind, in order; `none` included
  std::vector<ArticleRelation> articles;
};

/// Compares offences of one kind (substantive with substantive, inchoate with inchoate).
///
/// `overlapping`: neither implies the other, but one act upon one object can satisfy both: an
/// irreducible conduct of one supplies the other's acts and objects, circumstances aside, in either
/// direction. Offences that could merely happen on the same occasion are `none`. A pair with an
/// open reference is `open`.
[[nodiscard]] InstrumentComparison compare(const LawBook& book, std::string_view from,
                                           std::string_view to);

/// The weakest fact of law among the elements of a provision and its title.
[[nodiscard]] Confidence weakest_element(const LawBook& book, ProvisionIndex provision);

}  // namespace rogatory::law
