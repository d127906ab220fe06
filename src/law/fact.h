// SPDX-License-Identifier: EUPL-1.2
// Facts of a conduct: true, false or unknown, said by someone, alleged or established. Nothing is
// presumed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "law/types.h"

namespace rogatory::law {

/// A value of a quantity in its unit or currency, at a date.
struct QuantityValue {
  std::string quantity;
  double value = 0;
  std::string currency;
  std::optional<base::Date> on;
};

/// One fact. Either `term` or `quantity` is set.
struct Fact {
  std::string term;
  std::vector<Scope> scope;
  std::optional<QuantityValue> quantity;
  Truth value = Truth::kUnknown;
  UnknownReason reason = UnknownReason::kNotStated;  ///< when `value` is unknown
  FactStatus status = FactStatus::kAlleged;
  std::string of_state;  ///< for State-bound terms: the State meant (ISO 3166-1 alpha-3)
  std::string asserted_by;
  std::string source;  ///< id of a source of the conduct
  std::string field;   ///< where it was read: JSON pointer, CSV cell or `file:line`
  base::Place place;   ///< the same for errors, where the input is a file of ours
  std::string note;
};

/// A span of conduct in days, both ends included; unknown dates stay empty.
struct ConductDates {
  std::optional<base::Date> from;
  std::optional<base::Date> until;
};

}  // namespace rogatory::law
