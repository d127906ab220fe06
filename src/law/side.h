// SPDX-License-Identifier: EUPL-1.2
// One side of a request: a State, or a territory for which treaties may have to be extended.
// Values that refer to the book, which must outlive them. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "law/law_book.h"

namespace rogatory::law {

struct Side {
  std::string iso3;
  std::string name;                      ///< in English; the code where the corpus has no name
  const WorldState* state = nullptr;     ///< null for a territory
  const Territory* territory = nullptr;  ///< null for a State
  const StateLaw* law = nullptr;         ///< null: its law is not encoded

  [[nodiscard]] bool is_territory() const { return territory != nullptr; }
};

/// Finds a side by ISO 3166-1 alpha-3 or alpha-2 or by its English name, any case. A State that no
/// list of the world names is found where its law is encoded or a treaty names it as a Party.
/// Error: kNotFound, with codes that are near to what was asked for.
[[nodiscard]] base::Result<Side> find_side(const LawBook& book, std::string_view code);

}  // namespace rogatory::law
