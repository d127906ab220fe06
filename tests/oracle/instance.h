// SPDX-License-Identifier: EUPL-1.2
//
// Random instances for the differential test: a small taxonomy with all that a vocabulary can say,
// one provision, some facts.
#pragma once

#include <random>
#include <vector>

#include "law/fact.h"
#include "law/law_book.h"

namespace rogatory::oracle {

struct Instance {
  law::LawBook book;             ///< one provision, index 0
  std::vector<law::Fact> facts;  ///< may contradict each other
};

/// What one instance may contain at most; the tree below the root is `depth` deep.
struct Shape {
  int terms = 8;
  int depth = 3;
};

[[nodiscard]] Instance make_instance(std::mt19937_64& random, const Shape& shape = {});

}  // namespace rogatory::oracle
