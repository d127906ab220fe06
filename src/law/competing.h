// SPDX-License-Identifier: EUPL-1.2
// Several States ask for one person: the criteria that treaties name, side by side, each with where
// it comes from. Never a ranking: that choice is the requested State's. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "law/extradition.h"

namespace rogatory::law {

struct CompetingRequest {
  std::string requesting;
  base::Date received;
  std::vector<Fact> facts;  ///< conduct and circumstances as that State says
  ConductDates dates;
  std::vector<std::string> offences;  ///< as in ExtraditionQuestion
};

struct CompetingQuestion {
  std::string requested;
  std::vector<CompetingRequest> requests;
};

/// One fact that a criterion rests on, and what is known of it.
struct CriterionFact {
  std::string term;
  Truth value = Truth::kUnknown;
};

/// The gravest penalty that the requesting State's encoded law provides for the conduct.
struct GravestPenalty {
  std::optional<ProvisionIndex> provision;
  const Penalty* penalty = nullptr;
  bool is_open = false;  ///< another provision, still undetermined, may carry more
  std::string unknown;   ///< why there is none
};

/// May the person be passed on from this requesting State to another of them?
struct OnwardExtradition {
  std::string to;
  bool has_basis = false;
  std::string instrument;  ///< of the first basis
  std::string unknown;     ///< why none is known
};

struct CompetingCriteria {
  Side requesting;
  base::Date received;
  ExtraditionAnswer extradition;  ///< obligations by treaty, and whether extraditable at all
  GravestPenalty gravity;
  std::vector<CriterionFact> place;
  std::vector<CriterionFact> nationality;
  std::vector<CriterionFact> residence;
  std::vector<OnwardExtradition> onward;
};

struct CompetingAnswer {
  Side requested;
  std::vector<CompetingCriteria> requests;  ///< in the order given
  std::vector<std::string> notes;
};

/// Errors: as extraditable; kInvalidArgument for fewer than two requests, or two of one State.
[[nodiscard]] base::Result<CompetingAnswer> compare_requests(const LawBook& book,
                                                             const CompetingQuestion& question);

}  // namespace rogatory::law
