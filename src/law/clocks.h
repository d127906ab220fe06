// SPDX-License-Identifier: EUPL-1.2
// Every limit of time that applies to a request, with its end where the event that starts it is
// given: of treaties that bind both, of the law of the requested State, and of the law of the
// requesting State for its own part (`side: requesting`). Pure; any thread.
//
// Counting is that of law/deadline.h. Where days are counted:
// - What starts with release or discharge is counted in the requesting State: the person is there.
// - Limits of the requesting State's own law are counted in that State.
// - Everything else is counted in the requested State.
// The zone is that of the State's authority for this kind of request. A State with several zones is
// not told apart by the place where a person is held.
//
// What is not decided silently:
// - Where no holidays of the State are encoded the answer says so; that other days are the weekend
//   there is not encoded.
// - A limit that ends on a free day stays there. A note says what the encoded law makes of it:
//   unknown unless encoded, and then the day to which it is moved stands beside the unmoved one.
// - An extension runs from the end of the first limit, as counted, not as moved.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "law/basis.h"
#include "law/deadline.h"
#include "law/valuation.h"
#include "law/zone_rules.h"

namespace rogatory::law {

struct Event {
  ClockStart start = ClockStart::kRequestReceived;
  base::Instant at;
};

struct ClockAnswer {
  ProvisionIndex provision = 0;
  const Instrument* instrument = nullptr;      ///< null: law of one of the two States
  WhoseLaw counted_in = WhoseLaw::kRequested;  ///< the State whose zone and holidays count
  std::string zone;                            ///< of that State's authority; empty: not encoded
  Truth applies = Truth::kTrue;                ///< its elements, where it has some
  std::vector<AtomId> open;                    ///< facts that decide whether it applies
  std::optional<base::Instant> started;        ///< the event, where it is given
  std::optional<Deadline> deadline;
  std::optional<Deadline> extended;  ///< with its extension
  std::vector<std::string> notes;
  Confidence confidence = Confidence::kRecalled;
};

struct ClocksAnswer {
  std::vector<ClockAnswer> clocks;  ///< those that can apply, the earliest end first
  std::string zone;                 ///< of the requested authority; empty when none is encoded
  const Authority* authority = nullptr;
  std::string requesting_zone;  ///< likewise, of the State that asks
  const Authority* requesting_authority = nullptr;
  std::vector<std::string> unused;        ///< events given that start no clock here
  std::vector<std::string> not_examined;  ///< treaties that may bind after all, in words
};

/// The clocks for the kind of `bases`. Error: kLimit where an end lies outside years 1 to 9999.
[[nodiscard]] base::Result<ClocksAnswer> find_clocks(const Valuation& valuation,
                                                     const BasisAnswer& bases,
                                                     std::span<const Event> events,
                                                     const ZoneRules& zones);

}  // namespace rogatory::law
