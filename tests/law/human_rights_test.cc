// SPDX-License-Identifier: EUPL-1.2
//
// Bars of human rights hold whatever a treaty says or omits: against every requested State that is
// bound by the Convention against Torture (Art. 3), the International Covenant (Arts 6, 7, 14), the
// Refugee Convention (Art. 33) or the European Convention on Human Rights, in every pair, with the
// Party and the day. Single-threaded.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "law/grounds.h"
#include "law/treaty_status.h"
#include "law_support/corpus.h"

namespace rogatory::test {
namespace {

using law::Bound;
using law::GroundAnswer;
using law::GroundsAnswer;
using law::LawBook;
using law::Outcome;

/// The bars by instrument, written down here so that one taken out of the corpus is missed.
using Bars = std::map<std::string, std::set<std::string>>;

Bars bars(std::string_view kind) {
  Bars out = {
      {"cat-1984", {"g-torture"}},
      {"iccpr-1966",
       {"g-life", "g-death-penalty", "g-death-minor", "g-inhuman-treatment", "g-fair-trial"}},
      {"refugee-1951", {"g-refoulement"}},
      {"echr-1950",
       {"g-death-penalty", "g-life", "g-inhuman-treatment", "g-life-sentence", "g-fair-trial"}}};
  if (kind == "transfer_sentenced") return out;
  out.at("iccpr-1966").insert("g-milder-law");
  out.at("echr-1950").insert("g-milder-law");
  if (kind == "extradition") return out;
  // What these two forbid is surrender; that an arrest for it falls with it stands apart.
  out.at("cat-1984") = {"g-torture-arrest"};
  out.at("refugee-1951") = {"g-refoulement-arrest"};
  return out;
}

bool is_of_human_rights(const std::string& instrument) {
  return bars("extradition").contains(instrument);
}

const base::Date kDay = base::Date::parse("2026-01-01").value();

struct Asked {
  law::BasisAnswer bases;
  GroundsAnswer grounds;
};

Asked ask(const LawBook& book, const std::string& requesting, const std::string& requested,
          const std::string& kind, const std::vector<law::Fact>& facts = {}) {
  auto bases = law::find_bases(
      book,
      {.requesting = requesting, .requested = requested, .kind = kind, .on = kDay, .facts = facts});
  EXPECT_TRUE(bases.ok()) << bases.error().to_string();
  const auto valuation = law::Valuation::make(
      book, facts, {.state = bases->requested.iso3, .transposed_from = bases->requesting.iso3});
  EXPECT_TRUE(valuation.ok()) << valuation.error().to_string();
  auto grounds = law::find_grounds(*valuation, *bases);
  EXPECT_TRUE(grounds.ok()) << grounds.error().to_string();
  return {.bases = std::move(*bases), .grounds = std::move(*grounds)};
}

const GroundAnswer* find(const LawBook& book, const GroundsAnswer& answer, const std::string& id) {
  const auto it = std::ranges::find_if(
      answer.grounds, [&](const GroundAnswer& g) { return book.provisions[g.provision].id == id; });
  return it == answer.grounds.end() ? nullptr : &*it;
}

/// Counted by instrument: States bound, not bound, and unknown.
using Counts = std::map<std::string, std::array<std::size_t, 3>>;

/// Every bar is there exactly where it binds the requested State, or where that is unknown.
void check_bars(const LawBook& book, const Asked& asked, Counts& counts) {
  for (const auto& [id, provisions] : bars(asked.bases.kind)) {
    const law::Instrument& instrument = *book.find_instrument(id);
    const law::TreatyStatus status = law::treaty_status(instrument, asked.bases.requested, kDay);
    ++counts[id].at(static_cast<std::size_t>(status.bound));
    for (const std::string& provision : provisions) {
      const std::string where = asked.bases.requesting.iso3 + " to " + asked.bases.requested.iso3 +
                                ", " + id + ":" + provision;
      const GroundAnswer* ground = find(book, asked.grounds, id + ":" + provision);
      if (status.bound == Bound::kNotBound) {
        EXPECT_EQ(ground, nullptr) << where;
        continue;
      }
      ASSERT_NE(ground, nullptr) << where;
      EXPECT_EQ(ground->source, law::GroundSource::kOverriding) << where;
      EXPECT_FALSE(ground->is_barred) << where;
      EXPECT_TRUE(ground->bars.empty()) << where;
      EXPECT_EQ(ground->applies, law::Truth::kUnknown) << where << ": nothing is stated";
      EXPECT_EQ(ground->requested.bound, status.bound) << where;
      if (status.bound != Bound::kBound) continue;
      // The Party and its day stand in the words; where the day was not read none is made up.
      ASSERT_NE(ground->requested.party, nullptr) << where;
      const std::string words =
          law::status_words(instrument, asked.bases.requested, ground->requested);
      EXPECT_NE(words.find(asked.bases.requested.name + " is bound"), std::string::npos)
          << where << ": " << words;
      const auto from = ground->requested.party->from;
      const std::string day = from ? from->to_string() : "since when is unknown";
      EXPECT_NE(words.find(day), std::string::npos) << where << ": " << words;
    }
  }
  EXPECT_TRUE(asked.grounds.outcomes.contains(Outcome::kMustRefuse) ||
              std::ranges::none_of(asked.grounds.grounds, [](const GroundAnswer& g) {
                return g.source == law::GroundSource::kOverriding;
              }));
}

Counts check_all_pairs(const LawBook& book, const std::string& kind, std::size_t step) {
  Counts counts;
  const std::vector<law::WorldState>& states = book.world.states;
  std::size_t pair = 0;
  for (const law::WorldState& requested : states) {
    for (const law::WorldState& requesting : states) {
      if (requesting.iso3 == requested.iso3 || pair++ % step != 0) continue;
      check_bars(book, ask(book, requesting.iso3, requested.iso3, kind), counts);
      if (::testing::Test::HasFailure()) return counts;
    }
  }
  return counts;
}

TEST(HumanRights, EveryBarIsInTheAnswerOfEveryPairForExtradition) {
  const Counts counts = check_all_pairs(the_law(), "extradition", 1);
  const std::size_t others = the_law().world.states.size() - 1;
  for (const auto& [id, by_status] : counts) {
    // Each requested State was asked about once for each other State.
    EXPECT_EQ(by_status[0] + by_status[1] + by_status[2], others * (others + 1)) << id;
    EXPECT_GE(by_status[2], 46 * others) << id;
    std::printf("[ %s: bound %zu, unknown %zu, not bound %zu States\n", id.c_str(),
                by_status[2] / others, by_status[1] / others, by_status[0] / others);
  }
  // Only the list of the Council of Europe is complete: nobody else is said not to be bound.
  for (const char* id : {"cat-1984", "iccpr-1966", "refugee-1951"}) {
    EXPECT_EQ(counts.at(id)[0], 0U) << id;
  }
}

TEST(HumanRights, EveryBarIsInTheAnswerForTransferOfSentencedPersons) {
  // A prime step visits every requested State with changing requesting States.
  const Counts counts = check_all_pairs(the_law(), "transfer_sentenced", 31);
  EXPECT_EQ(counts.size(), bars("transfer_sentenced").size());
}

TEST(HumanRights, EveryBarIsInTheAnswerForProvisionalArrest) {
  const Counts counts = check_all_pairs(the_law(), "provisional_arrest", 31);
  EXPECT_EQ(counts.size(), bars("provisional_arrest").size());
}

/// The corpus with all grounds of refusal of treaties and of States taken out, human rights aside.
LawBook silent_law() {
  auto book = make_book(corpus_files(), [](LawBook& law) {
    for (law::Provision& provision : law.provisions) {
      if (provision.ground && !is_of_human_rights(provision.owner)) provision.for_kinds.clear();
    }
  });
  EXPECT_TRUE(book.ok()) << book.error().to_string();
  return std::move(*book);
}

TEST(HumanRights, SilenceOfTheTreatyRemovesNothing) {
  const LawBook book = silent_law();
  const Asked asked = ask(book, "USA", "GBR", "extradition");
  EXPECT_EQ(asked.grounds.governing, "ext-gbr-usa-2003");
  for (const GroundAnswer& ground : asked.grounds.grounds) {
    EXPECT_TRUE(is_of_human_rights(book.provisions[ground.provision].owner));
  }
  Counts counts;
  check_bars(book, asked, counts);
  check_all_pairs(book, "extradition", 29);
}

law::Fact stated(std::string term) {
  return {.term = std::move(term), .scope = {}, .quantity = {}, .value = law::Truth::kTrue};
}

TEST(HumanRights, DangerOfTortureMustRefuseUnderEveryTreaty) {
  const LawBook book = silent_law();
  std::set<std::string> treaties;
  const law::Instrument& cat = *book.find_instrument("cat-1984");
  const std::vector<law::Fact> facts = {stated("req.risk.torture")};
  for (const law::WorldState& requested : book.world.states) {
    for (const char* requesting : {"USA", "FRA", "BRA", "CHN", "ZAF", "AUS"}) {
      if (requested.iso3 == requesting) continue;
      const Asked asked = ask(book, requesting, requested.iso3, "extradition", facts);
      treaties.insert(asked.grounds.governing);
      const auto status = law::treaty_status(cat, asked.bases.requested, kDay);
      if (status.bound != Bound::kBound) continue;
      EXPECT_TRUE(asked.grounds.outcomes.contains(Outcome::kMustRefuse));
      EXPECT_EQ(asked.grounds.outcomes.size(), 1U)
          << requesting << " to " << requested.iso3 << " under " << asked.grounds.governing;
    }
  }
  EXPECT_GT(treaties.size(), 20U) << "treaties of many kinds govern";
}

}  // namespace
}  // namespace rogatory::test
