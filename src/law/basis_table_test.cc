// SPDX-License-Identifier: EUPL-1.2

#include "law/basis_table.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>

#include "law/request_kinds.h"
#include "support/cooperation_builder.h"

namespace rogatory::law {
namespace {

using test::CooperationBuilder;
using test::date;

constexpr std::array<std::string_view, 4> kStates = {"AAA", "BBB", "CCC", "DDD"};
constexpr std::array<std::string_view, 3> kKinds = {"extradition", "statement", "preservation"};

/// One instrument with random Parties and status.
void add_instrument(CooperationBuilder& law, int number) {
  const std::string id = "i" + std::to_string(number);
  const auto instrument_class = *rc::gen::element(
      InstrumentClass::kMutualRecognition, InstrumentClass::kBilateral, InstrumentClass::kRegional,
      InstrumentClass::kSubject, InstrumentClass::kUniversal, InstrumentClass::kUnspecified);
  Instrument& instrument = law.treaty(id, instrument_class, {});
  instrument.are_parties_complete = *rc::gen::arbitrary<bool>();
  instrument.in_force_from =
      *rc::gen::element(date("2000-01-01"), date("2010-01-01"), date("2030-01-01"));
  std::size_t count = 0;
  for (const std::string_view state : kStates) {
    const bool is_full = instrument_class == InstrumentClass::kBilateral && count == 2;
    if (is_full || !*rc::gen::arbitrary<bool>()) continue;
    Party& party = law.party(id, state);
    party.from = *rc::gen::element(std::optional<base::Date>(), std::optional(date("2005-01-01")),
                                   std::optional(date("2025-01-01")));
    party.citation.confidence =
        *rc::gen::element(Confidence::kRecalled, Confidence::kDerived, Confidence::kFound);
    ++count;
  }
  const int provisions = *rc::gen::inRange(1, 3);
  for (int p = 0; p < provisions; ++p) {
    std::vector<std::string> kinds;
    for (const std::string_view kind : kKinds) {
      if (*rc::gen::arbitrary<bool>()) kinds.emplace_back(kind);
    }
    BasisRule& rule = *law.basis(id + ":b" + std::to_string(p), kinds).basis;
    rule.by =
        *rc::gen::weightedElement<BasisBy>({{6, BasisBy::kTreaty}, {1, BasisBy::kDirectChannel}});
    if (*rc::gen::arbitrary<bool>()) {
      rule.yields_to = {*rc::gen::element(InstrumentClass::kBilateral, InstrumentClass::kRegional,
                                          InstrumentClass::kSubject)};
    }
  }
}

void add_own_law(CooperationBuilder& law, std::string_view state) {
  BasisRule& rule = *law.basis(std::string(state) + ":own", {"extradition", "statement"}).basis;
  rule.by = *rc::gen::element(BasisBy::kTreaty, BasisBy::kReciprocity, BasisBy::kNationalLaw);
  rule.requires_treaty = rule.by == BasisBy::kTreaty && *rc::gen::arbitrary<bool>();
}

/// The cell says what find_bases says of the pair.
void compare(const LawBook& book, const BasisTable& table, std::size_t r, std::size_t q,
             std::size_t k) {
  const auto answer = find_bases(book, {.requesting = table.states()[r].iso3,
                                        .requested = table.states()[q].iso3,
                                        .kind = std::string(kRequestKinds[k].id),
                                        .on = table.on(),
                                        .facts = {}});
  RC_ASSERT(answer.ok());
  const BasisCell& cell = table.at(r, q, k);
  RC_ASSERT(cell.bilateral == answer->bilateral);
  RC_ASSERT(cell.provision.has_value() == !answer->bases.empty());
  if (answer->bases.empty()) {
    RC_ASSERT(table.none_known(cell, q, k) == answer->none_known);
    return;
  }
  const Basis& first = answer->bases.front();
  RC_ASSERT(*cell.provision == first.provision);
  RC_ASSERT(cell.confidence == first.confidence);
  RC_ASSERT(cell.is_provisional == first.is_provisional());
}

TEST(BasisTable, SaysWhatFindBasesSays) {
  rc::check([] {
    CooperationBuilder law;
    law.world({"AAA", "BBB", "CCC", "DDD"});
    law.term("req.any");
    const int instruments = *rc::gen::inRange(1, 7);
    for (int i = 0; i < instruments; ++i) add_instrument(law, i);
    for (const std::string_view state : kStates) {
      if (*rc::gen::arbitrary<bool>()) add_own_law(law, state);
    }
    const LawBook book = law.link();
    const BasisTable table = BasisTable::make(book, date("2020-01-01"));
    std::size_t none = 0;
    for (std::size_t k = 0; k < kRequestKinds.size(); ++k) {
      for (std::size_t r = 0; r < kStates.size(); ++r) {
        for (std::size_t q = 0; q < kStates.size(); ++q) {
          if (r != q) compare(book, table, r, q, k);
        }
      }
      none += table.count_none(k);
    }
    RC_CLASSIFY(none < kRequestKinds.size() * table.pairs(), "some basis");
  });
}

TEST(BasisTable, CountsWhatIsKnown) {
  CooperationBuilder law;
  law.world({"AAA", "BBB", "CCC"});
  law.treaty("t", InstrumentClass::kSubject, {"AAA", "BBB"});
  law.party("t", "CCC").citation.confidence = Confidence::kRecalled;
  law.basis("t:b", {"extradition"});
  const LawBook book = law.link();
  const BasisTable table = BasisTable::make(book, date("2020-01-01"));
  std::size_t extradition = 0;
  while (kRequestKinds[extradition].id != "extradition") ++extradition;
  EXPECT_EQ(table.pairs(), 6U);
  EXPECT_EQ(table.count_known(extradition), 2U);
  EXPECT_EQ(table.count_none(extradition), 0U);
  EXPECT_EQ(table.count_none(0), 6U);
  EXPECT_EQ(table.count_known_pairs(), 2U);
}

TEST(BasisTable, WritesOneRowForEachQuestion) {
  CooperationBuilder law;
  law.world({"AAA", "BBB"});
  law.treaty("t", InstrumentClass::kSubject, {"AAA", "BBB"}).short_title = "T, \"the\" treaty";
  law.basis("t:b", {"extradition"});
  const LawBook book = law.link();
  const std::string csv = BasisTable::make(book, date("2020-01-01")).to_csv(book);
  EXPECT_EQ(std::ranges::count(csv, '\n'), static_cast<long>(1 + 2 * kRequestKinds.size()));
  EXPECT_NE(
      csv.find("AAA,BBB,extradition,t:b,\"b, T, \"\"the\"\" treaty\",found,yes,not_encoded,\r\n"),
      std::string::npos)
      << csv;
  EXPECT_NE(
      csv.find("BBB,AAA,interception,none_known,,,yes,not_encoded,no encoded instrument that "
               "provides for it is known to serve; whether State AAA acts without a treaty is "
               "not encoded\r\n"),
      std::string::npos)
      << csv;
}

}  // namespace
}  // namespace rogatory::law
