// SPDX-License-Identifier: EUPL-1.2
//
// Cooperation over the whole world: `rogatory_cooperation_bench [FOLDER]`, a corpus folder or the
// corpus inside the program. Processor time of one thread: the table of every ordered pair and
// kind, its CSV, and single questions beside it.

#include <fmt/format.h>

#include <ctime>
#include <functional>
#include <optional>

#include "corpus/compile.h"
#include "corpus/embedded_blob.h"
#include "crypto/digest.h"
#include "law/basis_table.h"
#include "law/grounds.h"
#include "law/request_kinds.h"

namespace {

using namespace rogatory;

/// Every this many pairs, a single question is asked too.
constexpr std::size_t kStride = 97;

std::string sha256_hex(std::string_view bytes) {
  return crypto::sha256(bytes).hex();
}

double seconds_of(const std::function<void()>& work) {
  const std::clock_t start = std::clock();
  work();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

base::Result<corpus::Corpus> load(int argc, char** argv) {
  if (argc > 1) return corpus::load_folder(argv[1], sha256_hex, corpus::Readiness::kToApply);
  return corpus::load_blob(corpus::embedded_blob(), sha256_hex);
}

struct Singles {
  std::size_t questions = 0;
  std::size_t disagree = 0;
  std::size_t outcomes = 0;
  double bases_s = 0;
  double grounds_s = 0;
};

base::Result<void> ask_one(const law::LawBook& book, const law::BasisTable& table, std::size_t r,
                           std::size_t q, std::size_t kind, Singles& out) {
  std::optional<law::BasisAnswer> bases;
  std::optional<base::Error> error;
  out.bases_s += seconds_of([&] {
    auto found = law::find_bases(book, {.requesting = table.states()[r].iso3,
                                        .requested = table.states()[q].iso3,
                                        .kind = std::string(law::kRequestKinds[kind].id),
                                        .on = table.on(),
                                        .facts = {}});
    if (found.ok()) {
      bases = found.take();
    } else {
      error = found.error();
    }
  });
  if (error) return *error;
  ++out.questions;
  const auto& cell = table.at(r, q, kind);
  const bool is_equal =
      bases->bases.empty() ? !cell.provision && table.none_known(cell, q, kind) == bases->none_known
                           : cell.provision == bases->bases.front().provision;
  if (!is_equal) ++out.disagree;
  ROG_TRY(const auto valuation, law::Valuation::make(book, {}));
  out.grounds_s += seconds_of([&] {
    const auto grounds = law::find_grounds(valuation, *bases);
    if (grounds.ok()) out.outcomes += grounds->outcomes.size();
  });
  return {};
}

base::Result<void> run(int argc, char** argv) {
  ROG_TRY(const corpus::Corpus corpus, load(argc, argv));
  ROG_TRY(const base::Date on, base::Date::parse("2026-05-01"));
  const law::LawBook& book = corpus.book;
  std::optional<law::BasisTable> table;
  const double make = seconds_of([&] { table = law::BasisTable::make(book, on); });
  std::string csv_text;
  const double csv = seconds_of([&] { csv_text = table->to_csv(book); });
  fmt::print("{} States, {} pairs, {} kinds, {} answers\n", table->states().size(),
             table->states().empty() ? 0 : table->pairs(), law::kRequestKinds.size(),
             table->states().empty() ? 0 : table->pairs() * law::kRequestKinds.size());
  fmt::print("table {:.3f} s; CSV of {} bytes {:.3f} s\n", make, csv_text.size(), csv);
  Singles singles;
  std::size_t at = 0;
  const std::size_t n = table->states().size();
  for (std::size_t r = 0; r < n; ++r) {
    for (std::size_t q = 0; q < n; ++q) {
      if (r == q || ++at % kStride != 0) continue;
      ROG_CHECKED(ask_one(book, *table, r, q, at % law::kRequestKinds.size(), singles));
    }
  }
  if (singles.questions == 0) return {};
  const auto each = static_cast<double>(singles.questions);
  fmt::print("{} single questions: bases {:.3f} ms each, grounds {:.3f} ms each; {} disagree\n",
             singles.questions, 1e3 * singles.bases_s / each, 1e3 * singles.grounds_s / each,
             singles.disagree);
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const auto done = run(argc, argv);
  if (done.ok()) return 0;
  fmt::print(stderr, "{}\n", done.error().to_string());
  return base::exit_code(done.error().code);
}
