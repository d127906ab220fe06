// SPDX-License-Identifier: EUPL-1.2
//
// The law of a whole world: `rogatory_world_bench [--without-clingo]`. Every figure of one run is
// of the same world, on the same machine, one after the other; ratios are of that run.

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <map>
#include <string_view>

#include "law/answer.h"
#include "law/cover.h"
#include "law/entail.h"
#include "law/matrix.h"
#include "rivals.h"
#include "world.h"

namespace rogatory::bench {
namespace {

constexpr std::uint64_t kSeed = 20261124;

/// Processor time of this program, which a busy machine does not change much.
double cpu_ms() {
  return static_cast<double>(std::clock()) * 1e3 / CLOCKS_PER_SEC;
}

/// The median of `times` runs, in milliseconds of processor time.
double median_ms(int times, const std::function<void()>& work) {
  std::vector<double> out;
  for (int i = 0; i < times; ++i) {
    const double begin = cpu_ms();
    work();
    out.push_back(cpu_ms() - begin);
  }
  std::ranges::sort(out);
  return out[out.size() / 2];
}

base::Date today() {
  return base::Date::make(2026, 11, 24).value();
}

void classify(const World& world) {
  std::size_t met = 0;
  std::size_t open = 0;
  std::uint64_t seed = 0;
  const double ms = median_ms(51, [&] {
    const std::vector<law::Fact> facts = make_conduct(world, ++seed);
    for (const law::StateLaw* state : world.states) {
      const auto answer = law::classify_under_state(world.book, *state, facts, today(),
                                                    {.state = state->iso3, .transposed_from = {}},
                                                    law::Detail::kVerdict);
      met += answer->verdict == law::Verdict::kMet ? 1U : 0U;
      open += answer->verdict == law::Verdict::kUndetermined ? 1U : 0U;
    }
  });
  std::printf(
      "one conduct under the law of %zu States (%zu offences): %.2f ms (51 conducts: %zu yes, %zu "
      "open)\n",
      world.states.size(), world.book.provisions.size() - world.offences.size(), ms, met, open);
}

/// Links found from the texts, once per law book, against those that the generator knows.
law::OffenceLinks link(const World& world) {
  law::OffenceLinks found;
  const double ms =
      median_ms(3, [&] { found = law::link_offences(world.book, world.states, world.offences); });
  std::size_t both = 0;
  // By the offence that it is a version of, and the one it is linked to besides.
  std::map<std::pair<std::string, std::size_t>, std::size_t> besides;
  std::size_t generated_only = 0;
  for (std::size_t s = 0; s < found.size(); ++s) {
    for (std::size_t k = 0; k < found[s].size(); ++k) {
      const auto& generated = world.links[s][k];
      for (const law::ProvisionIndex i : found[s][k]) {
        const bool is_known = std::ranges::find(generated, i) != generated.end();
        ++(is_known ? both : besides[{world.book.provisions[i].article, k}]);
      }
      generated_only += static_cast<std::size_t>(std::ranges::count_if(generated, [&](auto i) {
        return std::ranges::find(found[s][k], i) == found[s][k].end();
      }));
    }
  }
  std::size_t more = 0;
  std::size_t everywhere = 0;
  for (const auto& [pair, count] : besides) {
    more += count;
    everywhere += count > world.states.size() / 2 ? count : 0U;
  }
  std::printf(
      "links found from the texts of %zu pairs: %.0f ms; %zu are the generator's, %zu of the "
      "generator's are not found; %zu more, %zu of them between offences linked in most States, "
      "%zu pairs of offences in all\n",
      (world.book.provisions.size() - world.offences.size()) * world.offences.size(), ms, both,
      generated_only, more, everywhere, besides.size());
  return found;
}

void matrix(const World& world, const law::OffenceLinks& links) {
  std::vector<law::RequestRule> rules;
  for (int i = 0; i < 10; ++i) {
    rules.push_back({.kind = "kind " + std::to_string(i),
                     .needs_dual_criminality = i % 3 != 0,
                     .min_months = {}});
    if (i >= 5) rules.back().min_months = 6 * (i - 4);
  }
  std::size_t cells = 0;
  std::uint64_t seed = 0;
  const double ms = median_ms(11, [&] {
    const std::vector<law::Fact> facts = make_conduct(world, ++seed);
    const auto out = law::compute_matrix(world.book,
                                         {.states = world.states,
                                          .offences = world.offences,
                                          .rules = rules,
                                          .facts = facts,
                                          .on = today()},
                                         links);
    cells = out->size();
  });
  std::printf("matrix of %zu cells: %.1f ms (%.1f ns a cell)\n", cells, ms,
              ms * 1e6 / static_cast<double>(cells));
}

void coverage(const World& world) {
  std::size_t answers = 0;
  std::size_t covered = 0;
  std::size_t stories = 0;
  const double ms = median_ms(3, [&] {
    answers = covered = stories = 0;
    for (const law::StateLaw* state : world.states) {
      for (const auto& answer :
           law::cover(world.book, world.book.instruments.front(), *state, today())) {
        ++answers;
        covered += answer.grade == law::CoverGrade::kCovered ? 1U : 0U;
        stories += answer.story.empty() ? 0U : 1U;
      }
    }
  });
  std::printf(
      "%zu coverage answers: %.0f ms (%zu covered by a minimal set, %zu gaps with a story and the "
      "nearest law)\n",
      answers, ms, covered, stories);
}

std::vector<bool> gaps(const World& world) {
  std::vector<bool> out;
  for (const law::StateLaw* state : world.states) {
    law::Reasoner reasoner(world.book);
    std::vector<law::FormulaId> wide;
    for (const law::ProvisionIndex i : world.book.provisions_of(state->iso3)) {
      wide.push_back(world.book.compiled(i).formula.root);
    }
    for (const law::ProvisionIndex k : world.offences) {
      out.push_back(!reasoner.implies(world.book.compiled(k).formula.root, wide));
    }
  }
  return out;
}

/// False when the rival answered otherwise.
bool compare(const char* name, const RivalAnswer& rival, const std::vector<bool>& own,
             double own_ms) {
  if (rival.has_gap.empty()) {
    std::printf("%s: no answer\n", name);
    return true;
  }
  std::size_t different = 0;
  for (std::size_t i = 0; i < own.size(); ++i) different += own[i] != rival.has_gap[i] ? 1U : 0U;
  std::printf("%s, start-up subtracted: %.0f ms, %.1f times ours; %zu of %zu answers differ\n",
              name, rival.seconds * 1e3, rival.seconds * 1e3 / own_ms, different, own.size());
  return different == 0;
}

bool yes_or_no(const World& world, bool with_clingo) {
  std::vector<bool> own;
  const double own_ms = median_ms(5, [&] { own = gaps(world); });
  std::printf("%zu coverage questions, yes or no alone: %.0f ms (%.0f us each)\n", own.size(),
              own_ms, own_ms * 1e3 / static_cast<double>(own.size()));
  bool is_same = compare("z3", ask_z3(world), own, own_ms);
  if (with_clingo) is_same = compare("clingo", ask_clingo(world), own, own_ms) && is_same;
  return is_same;
}

}  // namespace
}  // namespace rogatory::bench

int main(int argc, char** argv) {
  using namespace rogatory::bench;
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const World world = make_world(kSeed);
  classify(world);
  matrix(world, link(world));
  coverage(world);
  const bool with_clingo = argc < 2 || std::string_view(argv[1]) != "--without-clingo";
  return yes_or_no(world, with_clingo) ? 0 : 1;
}
