// SPDX-License-Identifier: EUPL-1.2
//
// A made-up world of the size of the real one: a convention with 23 offences over 83 terms, 195
// States with about 4,000 offences. The same seed gives the same world.
#pragma once

#include <cstdint>
#include <vector>

#include "law/fact.h"
#include "law/law_book.h"
#include "law/matrix.h"

namespace rogatory::bench {

inline constexpr int kStates = 195;
inline constexpr int kOffences = 23;

struct World {
  law::LawBook book;
  std::vector<law::ProvisionIndex> offences;  ///< of the convention
  std::vector<const law::StateLaw*> states;
  law::OffenceLinks links;  ///< as generated: a State's version of each offence
};

/// Of the domestic versions 10 % are missing, 45 % equal or broader, 25 % narrower, 20 % narrower
/// with an extra element; 20 % of what there is knows a public-interest defence.
[[nodiscard]] World make_world(std::uint64_t seed);

/// One conduct: of a consistent story, 30 % told as true, 30 % as false, the rest unknown.
[[nodiscard]] std::vector<law::Fact> make_conduct(const World& world, std::uint64_t seed);

}  // namespace rogatory::bench
