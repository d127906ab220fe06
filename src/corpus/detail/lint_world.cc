// SPDX-License-Identifier: EUPL-1.2

#include "corpus/detail/lint_formula.h"
#include "corpus/detail/lint_index.h"
#include "corpus/detail/walk.h"

namespace rogatory::corpus::detail {
namespace {

void lint_codes(LintIndex& index, const law::World& world) {
  UniqueIds alpha3(index, "code");
  UniqueIds alpha2(index, "code");
  for (const law::WorldState& state : world.states) {
    alpha3.add(state.iso3, state.citation.place);
    alpha2.add(state.alpha2, state.citation.place);
  }
  for (const law::Territory& territory : world.territories) {
    alpha3.add(territory.iso3, territory.citation.place);
    alpha2.add(territory.alpha2, territory.citation.place);
    if (!territory.of.empty()) index.check_state(territory.of, territory.citation.place);
  }
}

template <class T>
void lint_places(LintIndex& index, const std::vector<T>& list) {
  for (const T& item : list) index.check_state_or_territory(item.state, item.citation.place);
}

void lint_ranking(LintIndex& index, const law::World& world) {
  UniqueIds classes(index, "class");
  for (const law::RankClass& entry : world.ranking) {
    const std::string id(law::to_text(entry.id));
    classes.add(id, entry.citation.place);
    lint_texts(index, "class", id, entry.citation);
  }
}

}  // namespace

void lint_world(LintIndex& index) {
  const law::World& world = index.book().world;
  lint_codes(index, world);
  lint_places(index, world.authorities);
  lint_places(index, world.languages);
  lint_places(index, world.holidays);
  lint_ranking(index, world);
  UniqueIds subjects(index, "subject");
  for (const law::GroundSubject& subject : world.ground_subjects) {
    subjects.add(subject.id, subject.citation.place);
  }
  for_each_citation(world,
                    [&](const law::Citation& citation) { lint_found(index, citation, citation); });
}

}  // namespace rogatory::corpus::detail
