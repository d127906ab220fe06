// SPDX-License-Identifier: EUPL-1.2

#include "support/cooperation_builder.h"

#include <utility>

namespace rogatory::test {

using law::InstrumentClass;

CooperationBuilder& CooperationBuilder::world(std::initializer_list<std::string_view> states) {
  for (const std::string_view iso3 : states) {
    law::WorldState& state = book().world.states.emplace_back();
    state.iso3 = std::string(iso3);
    state.alpha2 = std::string(iso3.substr(0, 2));
    state.names.en = "State " + std::string(iso3);
  }
  for (const InstrumentClass c : {InstrumentClass::kMutualRecognition, InstrumentClass::kBilateral,
                                  InstrumentClass::kRegional, InstrumentClass::kSubject,
                                  InstrumentClass::kUniversal, InstrumentClass::kNationalLaw}) {
    book().world.ranking.push_back(
        {.id = c, .label = std::string(to_text(c)), .citation = found()});
  }
  return *this;
}

law::Territory& CooperationBuilder::territory(std::string_view iso3, std::string_view of) {
  law::Territory& territory = book().world.territories.emplace_back();
  territory.iso3 = std::string(iso3);
  territory.alpha2 = std::string(iso3.substr(0, 2));
  territory.of = std::string(of);
  territory.names.en = "Territory " + std::string(iso3);
  return territory;
}

law::Instrument& CooperationBuilder::treaty(std::string_view id, InstrumentClass instrument_class,
                                            std::initializer_list<std::string_view> parties) {
  law::Instrument& out = instrument(id);
  out.instrument_class = instrument_class;
  out.in_force_from = date("2000-01-01");
  out.parties_as_of = date("2020-01-01");
  out.are_parties_complete = true;
  for (const std::string_view state : parties) party(id, state);
  return instrument(id);
}

law::Party& CooperationBuilder::party(std::string_view instrument_id, std::string_view state) {
  return instrument(instrument_id)
      .parties.emplace_back(law::Party{.state = std::string(state),
                                       .from = date("2000-01-01"),
                                       .until = std::nullopt,
                                       .citation = found("list of Parties")});
}

law::Provision& CooperationBuilder::basis(std::string_view id, std::vector<std::string> kinds) {
  law::Provision& out = offence(id, all({}));
  out.elements.clear();
  out.kind = law::ProvisionKind::kBasis;
  out.for_kinds = std::move(kinds);
  out.basis.emplace();
  return out;
}

law::Provision& CooperationBuilder::ground(std::string_view id, std::vector<std::string> kinds,
                                           std::string_view subject, law::GroundEffect effect,
                                           law::Node elements) {
  law::Provision& out = offence(id, std::move(elements));
  out.kind = law::ProvisionKind::kGround;
  out.for_kinds = std::move(kinds);
  out.ground.emplace();
  out.ground->subject = std::string(subject);
  out.ground->effect = effect;
  return out;
}

law::Provision& CooperationBuilder::clock(std::string_view id, std::vector<std::string> kinds,
                                          law::ClockStart starts, int value, law::ClockUnit unit) {
  law::Provision& out = offence(id, all({}));
  out.elements.clear();
  out.kind = law::ProvisionKind::kClock;
  out.for_kinds = std::move(kinds);
  out.clock.emplace();
  out.clock->starts = starts;
  out.clock->value = value;
  out.clock->unit = unit;
  return out;
}

law::BasisCondition condition(std::string_view id, std::string_view term) {
  law::BasisCondition out;
  out.id = std::string(id);
  out.term = std::string(term);
  out.citation = found();
  out.citation.says = "the condition " + out.id;
  return out;
}

law::Cure cure(std::string_view term) {
  return {.term = std::string(term), .citation = found()};
}

}  // namespace rogatory::test
