// SPDX-License-Identifier: EUPL-1.2
//
// How often the answer on 600 real incidents is a yes or a no, under each instrument, and how many
// ordered pairs of States have a basis that is known. The figures kept in figures.json may only
// rise: ROGATORY_ACCEPT=1 writes better ones and refuses worse ones. The README shows the kept
// ones. Incidents that are errors alone answer themselves, for lack of intent, so the share is kept
// without them too.

#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "law/answer.h"
#include "law/basis_table.h"
#include "law/request_kinds.h"
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

/// Pairs with a known basis, for some kind (`any`) and by kind.
using Pairs = std::map<std::string, std::int64_t>;

/// The day for which they are kept: that of most lists of Parties.
constexpr std::string_view kBasisDay = "2026-11-24";

struct Figures {
  Pairs known_basis;
  std::int64_t records = 0;
  std::int64_t errors_alone = 0;
  Shares all;
  Shares without_errors;  ///< without the records that are errors alone
};

std::filesystem::path figures_path() {
  return source_dir() / "tests/law/figures.json";
}

/// Nothing but errors and forces of nature is coded.
bool is_error_alone(const base::Json& record) {
  bool has_error = false;
  for (const base::Json& json : record.at("true").as_array()) {
    const std::string_view code = json.as_string();
    if (!code.starts_with("action.")) continue;
    const std::string category = base::lower_ascii(code.substr(std::string_view("action.").size()));
    if (!category.starts_with("error") && !category.starts_with("environmental")) return false;
    has_error = true;
  }
  return has_error;
}

void add(const law::Valuation& valuation, const law::Instrument& instrument, Share& share) {
  const law::LawBook& book = valuation.book();
  for (const law::ProvisionIndex i : book.provisions_of(instrument.id)) {
    if (!book.provisions[i].is_offence()) continue;
    const law::Verdict verdict = law::verdict_on(valuation, i);
    ++share.verdicts;
    if (verdict == law::Verdict::kMet) ++share.met;
    if (verdict == law::Verdict::kNotMet) ++share.not_met;
  }
}

Figures measure(const base::JsonArray& records) {
  Figures out;
  const law::LawBook& book = the_law();
  for (const base::Json& record : records) {
    const auto imported = conduct::import_veris_flat(record, the_mappings());
    EXPECT_TRUE(imported.ok()) << imported.error().to_string();
    if (!imported.ok()) continue;
    const auto valuation = law::Valuation::make(book, imported->conduct.counts.front().facts);
    EXPECT_TRUE(valuation.ok()) << imported->conduct.id << ": " << valuation.error().to_string();
    if (!valuation.ok()) continue;
    const bool is_error = is_error_alone(record);
    ++out.records;
    out.errors_alone += is_error ? 1 : 0;
    for (const law::Instrument& instrument : book.instruments) {
      add(*valuation, instrument, out.all[instrument.id]);
      if (!is_error) add(*valuation, instrument, out.without_errors[instrument.id]);
    }
  }
  return out;
}

Pairs measure_bases() {
  const auto table = law::BasisTable::make(the_law(), base::Date::parse(kBasisDay).take());
  Pairs out{{"pairs", static_cast<std::int64_t>(table.pairs())},
            {"any", static_cast<std::int64_t>(table.count_known_pairs())}};
  for (std::size_t i = 0; i < law::kRequestKinds.size(); ++i) {
    out[std::string(law::kRequestKinds[i].id)] = static_cast<std::int64_t>(table.count_known(i));
  }
  return out;
}

base::Json to_json(const Pairs& pairs) {
  base::JsonObject out{{"on", kBasisDay}};
  for (const auto& [name, count] : pairs) out[name] = count;
  return out;
}

Pairs read_pairs(const base::Json& json) {
  Pairs out;
  for (const auto& [name, count] : json.as_object()) {
    if (count.is_int64()) out[name] = count.as_int64();
  }
  return out;
}

base::Json to_json(const Shares& shares) {
  base::JsonObject out;
  for (const auto& [instrument, share] : shares) {
    out[instrument] = base::JsonObject{
        {"verdicts", share.verdicts}, {"met", share.met}, {"not_met", share.not_met}};
  }
  return out;
}

base::Json to_json(const Figures& figures) {
  return base::JsonObject{{"format", "rogatory.figures/1"},
                          {"records", figures.records},
                          {"errors_alone", figures.errors_alone},
                          {"determinate", to_json(figures.all)},
                          {"determinate_without_errors_alone", to_json(figures.without_errors)},
                          {"known_basis", to_json(figures.known_basis)}};
}

Shares read_shares(const base::Json& json) {
  Shares out;
  for (const auto& [instrument, share] : json.as_object()) {
    out[instrument] = {.verdicts = share.at("verdicts").as_int64(),
                       .met = share.at("met").as_int64(),
                       .not_met = share.at("not_met").as_int64()};
  }
  return out;
}

Figures read_kept() {
  const auto text = base::read_file(figures_path());
  EXPECT_TRUE(text.ok() || is_accepting()) << text.error().to_string();
  if (!text.ok()) return {};
  const auto json = base::parse_json(*text, "figures.json");
  EXPECT_TRUE(json.ok()) << json.error().to_string();
  if (!json.ok()) return {};
  const base::Json* pairs = json->as_object().if_contains("known_basis");
  return {.known_basis = pairs == nullptr ? Pairs() : read_pairs(*pairs),
          .records = json->at("records").as_int64(),
          .errors_alone = json->at("errors_alone").as_int64(),
          .all = read_shares(json->at("determinate")),
          .without_errors = read_shares(json->at("determinate_without_errors_alone"))};
}

/// Compares share by share; says whether some are worse, and whether some are better.
class Comparison {
 public:
  void compare(const Shares& now, const Shares& kept, std::string_view of) {
    for (const auto& [instrument, share] : kept) {
      EXPECT_TRUE(now.contains(instrument)) << instrument << " is not measured any more";
    }
    for (const auto& [instrument, share] : now) {
      const auto before = kept.find(instrument);
      const double floor = before == kept.end() ? 0.0 : before->second.value();
      std::cout << instrument << ", " << of << ": " << share.determinate() << " of "
                << share.verdicts << " verdicts are determinate (" << share.met << " met, "
                << share.not_met << " not met): " << 100 * share.value() << " %, kept "
                << 100 * floor << " %\n";
      EXPECT_GE(share.value(), floor) << instrument << " answers less often than before, " << of;
      is_worse = is_worse || share.value() < floor;
      is_better = is_better || share.value() > floor || before == kept.end();
    }
  }

  bool is_worse = false;
  bool is_better = false;
};

void write_figures(const Figures& figures) {
  const std::string text = base::pretty_json(to_json(figures)) + "\n";
  const auto written = base::write_file_atomic(figures_path(), text);
  EXPECT_TRUE(written.ok()) << written.error().to_string();
}

TEST(Figures, PairsWithAKnownBasisDoNotBecomeFewer) {
  const Pairs now = measure_bases();
  Figures kept = read_kept();
  bool is_worse = false;
  for (const auto& [name, count] : kept.known_basis) {
    ASSERT_TRUE(now.contains(name)) << name << " is not measured any more";
    EXPECT_GE(now.at(name), count) << "fewer pairs have a known basis for " << name;
    is_worse = is_worse || now.at(name) < count;
  }
  EXPECT_TRUE(is_accepting() || now.size() == kept.known_basis.size());
  if (is_worse || now == kept.known_basis) return;
  if (!is_accepting()) {
    std::cout
        << "better than kept: run this test with ROGATORY_ACCEPT=1, then script/figures --fix\n";
    return;
  }
  kept.known_basis = now;
  write_figures(kept);
}

TEST(Figures, DeterminateShareDoesNotFall) {
  const auto path = shared_path("data/veris_coded_600.json");
  if (!path) GTEST_SKIP() << "no shared data";
  const auto records = read_records(*path);
  ASSERT_TRUE(records.ok()) << records.error().to_string();
  Figures now = measure(*records);
  const Figures kept = read_kept();
  std::cout << now.errors_alone << " of " << now.records << " records are errors alone\n";
  Comparison comparison;
  comparison.compare(now.all, kept.all, "all records");
  comparison.compare(now.without_errors, kept.without_errors, "without errors alone");
  if (!is_accepting()) {
    EXPECT_EQ(now.records, kept.records);
    EXPECT_EQ(now.errors_alone, kept.errors_alone);
  }
  if (!comparison.is_better || comparison.is_worse) return;
  if (!is_accepting()) {
    std::cout
        << "better than kept: run this test with ROGATORY_ACCEPT=1, then script/figures --fix\n";
    return;
  }
  now.known_basis = kept.known_basis;
  write_figures(now);
}

}  // namespace
}  // namespace rogatory::test
