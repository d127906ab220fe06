// SPDX-License-Identifier: EUPL-1.2
//
// Bases, grounds, clocks and States for tests, on top of LawBuilder:
//
//     CooperationBuilder law;
//     law.world({"AAA", "BBB"});
//     law.treaty("t", InstrumentClass::kSubject, {"AAA", "BBB"});
//     law.basis("t:b", {"extradition"}).basis->dual_criminality = DualCriminalityRule::kRequired;
//
// Everything that is built is `found`. Single-threaded, as tests are.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "support/law_builder.h"

namespace rogatory::test {

class CooperationBuilder : public LawBuilder {
 public:
  /// States of the world, sorted by the caller; names are the codes. Classes are ranked in the
  /// order of the published table.
  CooperationBuilder& world(std::initializer_list<std::string_view> states);
  law::Territory& territory(std::string_view iso3, std::string_view of);

  /// In force since 2000-01-01, with a complete list of 2020-01-01; each Party since 2000-01-01.
  law::Instrument& treaty(std::string_view id, law::InstrumentClass instrument_class,
                          std::initializer_list<std::string_view> parties);
  law::Party& party(std::string_view instrument_id, std::string_view state);

  /// References are good until the next provision is added.
  law::Provision& basis(std::string_view id, std::vector<std::string> kinds);
  law::Provision& ground(std::string_view id, std::vector<std::string> kinds,
                         std::string_view subject, law::GroundEffect effect, law::Node elements);
  law::Provision& clock(std::string_view id, std::vector<std::string> kinds, law::ClockStart starts,
                        int value, law::ClockUnit unit);
};

law::BasisCondition condition(std::string_view id, std::string_view term = {});
law::Cure cure(std::string_view term);

}  // namespace rogatory::test
