// SPDX-License-Identifier: EUPL-1.2

#include "corpus/detail/read_world.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "corpus/detail/read_cooperation.h"
#include "corpus/detail/read_node.h"
#include "corpus/detail/read_owner.h"

namespace rogatory::corpus::detail {
namespace {

law::SixNames read_six(const Cursor& at) {
  return {.ar = at.worded("ar"),
          .zh = at.worded("zh"),
          .en = at.worded("en"),
          .fr = at.worded("fr"),
          .ru = at.worded("ru"),
          .es = at.worded("es")};
}

law::WorldState read_state(const Cursor& at, const law::Citation& defaults) {
  return {.iso3 = at.text("state"),
          .alpha2 = at.text("alpha2"),
          .un = at.choice("un", law::UnMembership::kMember),
          .names = read_six(at.at("names")),
          .citation = read_citation(at, defaults)};
}

law::Territory read_territory(const Cursor& at, const law::Citation& defaults) {
  return {.iso3 = at.text("territory"),
          .alpha2 = at.text("alpha2"),
          .of = at.text("of"),
          .names = read_six(at.at("names")),
          .citation = read_citation(at, defaults)};
}

law::Authority read_authority(const Cursor& at, const law::Citation& defaults) {
  return {.state = at.text("state"),
          .role = at.text("role"),
          .for_kinds = read_for_kinds(at),
          .name = at.text("name"),
          .zone = at.text("zone"),
          .citation = read_citation(at, defaults)};
}

// A day of the calendar, or one that every leap year has.
std::string read_day(const Cursor& at) {
  std::string on = at.text("on");
  const bool is_yearly = on.size() == std::string_view("MM-DD").size();
  if (!base::Date::parse(is_yearly ? "2000-" + on : on).ok()) {
    at.fail("`on` must be a day of the calendar, MM-DD or YYYY-MM-DD");
  }
  return on;
}

law::GroundSubject read_subject(const Cursor& at, const law::Citation& defaults) {
  law::GroundSubject out;
  out.id = at.text("id");
  out.citation = read_citation(at, defaults);
  out.question = at.text("question");
  out.labels = read_six(at.at("label"));
  out.label = out.labels.en;
  return out;
}

}  // namespace

void read_world(const Cursor& root, law::World& world) {
  const law::Citation defaults = read_citation(root.at("defaults"), {});
  read_sources(root, world.sources);
  for (const Cursor& at : root.items("states")) world.states.push_back(read_state(at, defaults));
  for (const Cursor& at : root.items("territories")) {
    world.territories.push_back(read_territory(at, defaults));
  }
  for (const Cursor& at : root.items("authorities")) {
    world.authorities.push_back(read_authority(at, defaults));
  }
  for (const Cursor& at : root.items("languages")) {
    world.languages.push_back({.state = at.text("state"),
                               .for_kinds = read_for_kinds(at),
                               .accepts = at.texts("accepts"),
                               .citation = read_citation(at, defaults)});
  }
  for (const Cursor& at : root.items("holidays")) {
    world.holidays.push_back({.state = at.text("state"),
                              .on = read_day(at),
                              .name = at.text("name"),
                              .citation = read_citation(at, defaults)});
  }
}

void read_ground_subjects(const Cursor& root, law::World& world) {
  const law::Citation defaults = read_citation(root.at("defaults"), {});
  read_sources(root, world.sources);
  for (const Cursor& at : root.items("subjects")) {
    world.ground_subjects.push_back(read_subject(at, defaults));
  }
}

void read_ranking(const Cursor& root, law::World& world) {
  if (!world.ranking.empty()) root.fail("a second file ranks the classes of legal bases");
  const law::Citation defaults = read_citation(root.at("defaults"), {});
  read_sources(root, world.sources);
  for (const Cursor& at : root.items("classes")) {
    world.ranking.push_back({.id = at.choice("id", law::InstrumentClass::kUnspecified),
                             .label = at.text("label"),
                             .citation = read_citation(at, defaults)});
  }
}

void sort_world(law::World& world) {
  std::ranges::sort(world.states, {}, &law::WorldState::iso3);
}

}  // namespace rogatory::corpus::detail
