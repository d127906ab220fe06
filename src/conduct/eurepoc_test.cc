// SPDX-License-Identifier: EUPL-1.2

#include <gtest/gtest.h>

#include <string>

#include "conduct/import.h"
#include "support/small_mappings.h"

namespace rogatory::conduct {
namespace {

constexpr std::string_view kHeader =
    "ID,name,description,start_date,end_date,incident_type,receiver_country,"
    "economic_impact_exact_value,economic_impact_currency\r\n";

base::Result<std::vector<Imported>> read(std::string_view rows) {
  return import_eurepoc_csv(std::string(kHeader) + std::string(rows), "e.csv",
                            test::small_mappings());
}

TEST(Eurepoc, ReadsARow) {
  const auto records = read(
      "7,The row,words,2001-05-01,2001-05-02,Data theft; Disruption,"
      "\"['Korea, Republic of', \"\"Cote d'Or\"\", 'Unknown']\",11650000.0,euro\r\n");
  ASSERT_TRUE(records.ok()) << records.error().to_string();
  ASSERT_EQ(records->size(), 1U);
  const Conduct& conduct = records->front().conduct;
  EXPECT_EQ(conduct.id, "eurepoc-7");
  const Count& count = conduct.counts.front();
  EXPECT_EQ(count.dates.from->to_string(), "2001-05-01");
  ASSERT_EQ(count.facts.size(), 2U);
  EXPECT_EQ(count.facts[0].term, "act.hinder");
  EXPECT_EQ(count.facts[0].field, "line 2, column incident_type");
  EXPECT_EQ(count.facts[1].quantity->value, 11650000.0);
  EXPECT_EQ(count.facts[1].quantity->currency, "EUR");
  ASSERT_EQ(count.places.size(), 1U);
  EXPECT_EQ(count.places.front().state, "KOR");
  EXPECT_EQ(records->front().remarks, std::vector<std::string>{"`Cote d'Or` names no State"});
}

TEST(Eurepoc, ZeroAndUnnamedDollarsAreNoAmount) {
  const auto records = read(
      "1,a,,,,Disruption,,0.0,euro\r\n"
      "2,b,,Not available,,Disruption,,100.0,dollar\r\n");
  ASSERT_TRUE(records.ok()) << records.error().to_string();
  EXPECT_EQ((*records)[0].conduct.counts.front().facts.size(), 1U);
  EXPECT_EQ((*records)[1].conduct.counts.front().facts.size(), 1U);
  EXPECT_EQ((*records)[1].remarks.front(),
            "an amount is given in `dollar`, which is no known currency, so it is not taken");
}

TEST(Eurepoc, AnEndBeforeTheBeginningIsNotTaken) {
  const auto records = read("1,a,,2020-02-02,2020-01-01,Disruption,,,\r\n");
  ASSERT_TRUE(records.ok());
  EXPECT_FALSE(records->front().conduct.counts.front().dates.until.has_value());
  EXPECT_EQ(records->front().remarks.size(), 1U);
}

TEST(Eurepoc, RefusesBadCells) {
  const auto date = read("1,a,,1 May 2001,,Disruption,,,\r\n");
  EXPECT_EQ(date.error().to_string(),
            "e.csv:2: a date YYYY-MM-DD is expected (schema); while reading column start_date");
  const auto number = read("1,a,,,,Disruption,,many,euro\r\n");
  EXPECT_EQ(number.error().message, "a number is expected");
  const auto infinite = read("1,a,,,,Disruption,,inf,euro\r\n");
  EXPECT_EQ(infinite.error().message, "a number is expected");
  EXPECT_EQ(read("1,a\r\n").error().code, base::ErrorCode::kParse);
}

TEST(Eurepoc, NamesAMissingColumn) {
  const auto records = import_eurepoc_csv("ID,name\r\n1,a\r\n", "e.csv", test::small_mappings());
  ASSERT_FALSE(records.ok());
  EXPECT_EQ(records.error().to_string(), "e.csv:1: column `incident_type` is missing (schema)");
}

TEST(Eurepoc, UnclosedListsGiveWhatTheyHold) {
  const auto records = read("1,a,,,,Disruption,\"['Germany\",,\r\n");
  ASSERT_TRUE(records.ok());
  EXPECT_EQ(records->front().conduct.counts.front().places.front().state, "DEU");
}

}  // namespace
}  // namespace rogatory::conduct
