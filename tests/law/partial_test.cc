// SPDX-License-Identifier: EUPL-1.2
//
// What the program carries: the blob, its digest and its index. A question that loads only the law
// it concerns is answered as by the whole.

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "corpus/blob_index.h"
#include "corpus/embedded_blob.h"
#include "law/answer.h"
#include "law/clocks.h"
#include "law/grounds.h"
#include "law/report.h"
#include "law/report_cooperation.h"
#include "law/request_kinds.h"
#include "law/zone_rules.h"
#include "law_support/corpus.h"

namespace rogatory::test {
namespace {

// No question here starts a clock, so no time zone is asked for.
class NoZones : public law::ZoneRules {
 public:
  std::optional<std::chrono::seconds> offset_at(std::string_view,
                                                std::chrono::sys_seconds) const override {
    return std::nullopt;
  }
};

corpus::Corpus load(const corpus::Wanted& wanted) {
  auto loaded = corpus::load_part(corpus::embedded(), wanted);
  EXPECT_TRUE(loaded.ok()) << loaded.error().to_string();
  return loaded.take();
}

std::vector<law::Fact> sample_facts() {
  std::vector<law::Fact> out;
  for (const char* term : {"act.access", "act.data.delete", "obj.system", "circ.without_right",
                           "mens.intent", "req.penalty.death", "req.evidence.electronic"}) {
    law::Fact fact;
    fact.term = term;
    fact.value = law::Truth::kTrue;
    out.push_back(std::move(fact));
  }
  return out;
}

struct Pair {
  std::string_view requesting;
  std::string_view requested;
};

// With and without encoded law, near and far, and territories on either side.
constexpr std::array kPairs = {
    Pair{"PH", "US"},   Pair{"USA", "PHL"}, Pair{"FRA", "DEU"}, Pair{"BEL", "NLD"},
    Pair{"GBR", "USA"}, Pair{"AUS", "GBR"}, Pair{"BRA", "RUS"}, Pair{"TUV", "NRU"},
    Pair{"CHN", "SGP"}, Pair{"USA", "HKG"}, Pair{"GRL", "CAN"}, Pair{"Kenya", "za"},
};

/// Bases, grounds and clocks of one question, as JSON.
std::string answers(const law::LawBook& book, const Pair& pair, std::string_view kind,
                    base::Date on, const std::vector<law::Fact>& facts) {
  const auto bases = law::find_bases(book, {.requesting = std::string(pair.requesting),
                                            .requested = std::string(pair.requested),
                                            .kind = std::string(kind),
                                            .on = on,
                                            .facts = facts});
  if (!bases.ok()) return bases.error().to_string();
  std::string out = base::canonical_json(law::basis_json(book, *bases));
  const auto valuation = law::Valuation::make(
      book, facts, {.state = bases->requested.iso3, .transposed_from = bases->requesting.iso3});
  if (!valuation.ok()) return out + valuation.error().to_string();
  const auto grounds = law::find_grounds(*valuation, *bases, {});
  out += grounds.ok() ? base::canonical_json(law::grounds_json(book, *bases, *grounds))
                      : grounds.error().to_string();
  const auto clocks = law::find_clocks(*valuation, *bases, {}, NoZones());
  out += clocks.ok() ? base::canonical_json(law::clocks_json(book, *clocks))
                     : clocks.error().to_string();
  return out;
}

TEST(Carried, TheDigestIsThatOfTheBlob) {
  EXPECT_EQ(corpus::embedded_digest(), sha256_hex(corpus::embedded_blob()));
  EXPECT_EQ(the_law().digest, corpus::embedded_digest());
}

TEST(Carried, TheIndexIsThatOfTheFiles) {
  const auto carried =
      corpus::BlobIndex::parse(corpus::embedded_index(), corpus::embedded_blob().size());
  ASSERT_TRUE(carried.ok()) << carried.error().to_string();
  EXPECT_TRUE(*carried == corpus::BlobIndex::make(corpus_files()));
}

TEST(Carried, TheIndexGivesTheWholeCorpus) {
  const corpus::Corpus whole = load({.is_all = true});
  const corpus::Corpus& blob = the_corpus();
  EXPECT_EQ(whole.files, blob.files);
  EXPECT_EQ(whole.mappings, blob.mappings);
  EXPECT_EQ(whole.request_kinds, blob.request_kinds);
  EXPECT_EQ(whole.request_contents, blob.request_contents);
  EXPECT_EQ(whole.wording, blob.wording);
  EXPECT_EQ(whole.book.atoms().size(), blob.book.atoms().size());
  EXPECT_EQ(whole.book.formulas().size(), blob.book.formulas().size());
  EXPECT_EQ(whole.book.instruments.size(), blob.book.instruments.size());
  EXPECT_EQ(whole.book.states.size(), blob.book.states.size());
  ASSERT_EQ(whole.book.provisions.size(), blob.book.provisions.size());
  for (std::size_t i = 0; i < whole.book.provisions.size(); ++i) {
    EXPECT_EQ(law::provision_full_json(whole.book, whole.book.provisions[i]),
              law::provision_full_json(blob.book, blob.book.provisions[i]));
  }
}

TEST(Part, EachOwnerLoadsAloneAndReadsAsInTheWhole) {
  const auto load_owner = [](const std::string& id) {
    const corpus::Corpus part =
        load({.owners = {id}, .has_requests = false, .has_mappings = false});
    for (const law::Provision& provision : part.book.provisions) {
      EXPECT_EQ(law::provision_full_json(part.book, provision),
                law::provision_full_json(the_law(), *the_law().find_provision(provision.id)));
    }
    EXPECT_EQ(part.book.provisions_of(id).size(), the_law().provisions_of(id).size()) << id;
  };
  for (const law::Instrument& instrument : the_law().instruments) load_owner(instrument.id);
  for (const law::StateLaw& state : the_law().states) load_owner(state.iso3);
}

TEST(Part, TwoStatesAreAnsweredAsByTheWhole) {
  const std::vector<law::Fact> facts = sample_facts();
  std::size_t known = 0;
  for (const Pair& pair : kPairs) {
    const corpus::Corpus part =
        load({.sides = {std::string(pair.requesting), std::string(pair.requested)},
              .has_requests = false,
              .has_mappings = false});
    EXPECT_LT(part.book.provisions.size(), the_law().provisions.size());
    for (const law::RequestKind& kind : law::kRequestKinds) {
      for (const char* day : {"2010-06-01", "2026-11-24"}) {
        const base::Date on = base::Date::parse(day).take();
        for (const auto& stated : {std::vector<law::Fact>(), facts}) {
          const std::string here = answers(part.book, pair, kind.id, on, stated);
          EXPECT_EQ(here, answers(the_law(), pair, kind.id, on, stated))
              << pair.requesting << " to " << pair.requested << ", " << kind.id << ", " << day;
          known += here.find("\"none_known\":null") != std::string::npos ? 1 : 0;
        }
      }
    }
  }
  EXPECT_GT(known, 0U) << "no question had a basis";
}

TEST(Part, DualCriminalityIsThatOfTheWhole) {
  const std::vector<law::Fact> facts = sample_facts();
  const auto ask = [&](const law::LawBook& book, const char* requesting, const char* requested) {
    const auto answer = law::dual_criminality(
        book,
        {.requesting = book.find_state(requesting),
         .requested = book.find_state(requested),
         .facts = facts,
         .dates = {.from = base::Date::parse("2025-03-01").take(), .until = std::nullopt},
         .request_date = base::Date::parse("2026-11-24").take(),
         .warrant_date = std::nullopt},
        law::Detail::kFull);
    EXPECT_TRUE(answer.ok());
    return std::string(law::to_text(answer->verdict)) + " " +
           std::string(law::to_text(answer->confidence));
  };
  for (const auto& [a, b] : {std::pair{"PHL", "USA"}, {"DEU", "GBR"}, {"NLD", "BRA"}}) {
    const corpus::Corpus part = load({.owners = {a, b}});
    EXPECT_EQ(ask(part.book, a, b), ask(the_law(), a, b)) << a << " and " << b;
  }
}

TEST(Part, AnUnknownNameLoadsTheWhole) {
  EXPECT_EQ(load({.sides = {"USA", "Atlantis"}}).book.provisions.size(),
            the_law().provisions.size());
  EXPECT_EQ(load({.owners = {"budapest-2002"}}).book.provisions.size(),
            the_law().provisions.size());
}

}  // namespace
}  // namespace rogatory::test
