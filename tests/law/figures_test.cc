// SPDX-License-Identifier: EUPL-1.2
//
// How often the answer on 600 real incidents is a yes or a no, under each instrument. The shares
// kept in figures.json may only rise: ROGATORY_ACCEPT=1 writes better ones and refuses worse ones.
// The README shows the kept ones.

#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/json.h"
#include "law/answer.h"
#include "law_support/corpus.h"
#include "law_support/incidents.h"
#include "support/run_mode.h"
#include "support/shared.h"

namespace rogatory::test {
namespace {

struct Share {
  std::int64_t verdicts = 0;
  std::int64_t met = 0;
  std::int64_t not_met = 0;

  [[nodiscard]] std::int64_t determinate() const { return met + not_met; }
  [[nodiscard]] double value() const {
    return verdicts == 0 ? 0.0 : static_cast<double>(determinate()) / static_cast<double>(verdicts);
  }
};

using Shares = std::map<std::string, Share>;

std::filesystem::path figures_path() {
  return source_dir() / "tests/law/figures.json";
}

Shares measure(const base::JsonArray& records) {
  Shares out;
  const law::LawBook& book = the_law();
  for (const base::Json& record : records) {
    const auto imported = conduct::import_veris_flat(record, the_mappings());
    EXPECT_TRUE(imported.ok()) << imported.error().to_string();
    if (!imported.ok()) continue;
    const auto valuation = law::Valuation::make(book, imported->conduct.counts.front().facts);
    EXPECT_TRUE(valuation.ok()) << imported->conduct.id << ": " << valuation.error().to_string();
    if (!valuation.ok()) continue;
    for (const law::Instrument& instrument : book.instruments) {
      Share& share = out[instrument.id];
      for (const law::ProvisionIndex i : book.provisions_of(instrument.id)) {
        if (!book.provisions[i].is_offence()) continue;
        const law::Verdict verdict = law::verdict_on(*valuation, i);
        ++share.verdicts;
        if (verdict == law::Verdict::kMet) ++share.met;
        if (verdict == law::Verdict::kNotMet) ++share.not_met;
      }
    }
  }
  return out;
}

base::Json to_json(const Shares& shares, std::size_t records) {
  base::JsonObject determinate;
  for (const auto& [instrument, share] : shares) {
    determinate[instrument] = base::JsonObject{
        {"verdicts", share.verdicts}, {"met", share.met}, {"not_met", share.not_met}};
  }
  return base::JsonObject{{"format", "rogatory.figures/1"},
                          {"records", records},
                          {"determinate", std::move(determinate)}};
}

Shares kept_shares(const base::Json& figures) {
  Shares out;
  for (const auto& [instrument, share] : figures.at("determinate").as_object()) {
    out[instrument] = {.verdicts = share.at("verdicts").as_int64(),
                       .met = share.at("met").as_int64(),
                       .not_met = share.at("not_met").as_int64()};
  }
  return out;
}

TEST(Figures, DeterminateShareDoesNotFall) {
  const auto path = shared_path("data/veris_coded_600.json");
  if (!path) GTEST_SKIP() << "no shared data";
  const auto records = read_records(*path);
  ASSERT_TRUE(records.ok()) << records.error().to_string();
  const Shares now = measure(*records);
  Shares kept;
  if (const auto text = base::read_file(figures_path()); text.ok()) {
    const auto figures = base::parse_json(*text, "figures.json");
    ASSERT_TRUE(figures.ok()) << figures.error().to_string();
    kept = kept_shares(*figures);
  }
  bool is_worse = false;
  bool is_other = now.size() != kept.size();
  for (const auto& [instrument, share] : now) {
    const auto before = kept.find(instrument);
    const double floor = before == kept.end() ? 0.0 : before->second.value();
    std::cout << instrument << ": " << share.determinate() << " of " << share.verdicts
              << " verdicts are determinate (" << share.met << " met, " << share.not_met
              << " not met): " << 100 * share.value() << " %, kept " << 100 * floor << " %\n";
    is_worse = is_worse || share.value() < floor;
    is_other = is_other || share.value() > floor;
    EXPECT_GE(share.value(), floor) << instrument << " answers less often than before";
  }
  if (!is_other || is_worse) return;
  if (!is_accepting()) {
    std::cout
        << "better than kept: run this test with ROGATORY_ACCEPT=1, then script/figures --fix\n";
    return;
  }
  const std::string text = base::pretty_json(to_json(now, records->size())) + "\n";
  const auto written = base::write_file_atomic(figures_path(), text);
  EXPECT_TRUE(written.ok()) << written.error().to_string();
}

}  // namespace
}  // namespace rogatory::test
