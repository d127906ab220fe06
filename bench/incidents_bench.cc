// SPDX-License-Identifier: EUPL-1.2
//
// Real incidents under all instruments: `rogatory_incidents_bench FILE`, a VERIS file such as the
// shared vcdb_actions_7338.json. Processor time of one thread, the ratio to reading the file as
// JSON, and a digest of all verdicts in order: two builds that print the same one answered alike.

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>

#include "base/file.h"
#include "conduct/import.h"
#include "corpus/compile.h"
#include "corpus/embedded_blob.h"
#include "crypto/digest.h"
#include "law/answer.h"

namespace {

using namespace rogatory;

std::string sha256_hex(std::string_view bytes) {
  return crypto::sha256(bytes).hex();
}

double seconds_of(const std::function<void()>& work) {
  const std::clock_t start = std::clock();
  work();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

base::Result<void> run(const char* path) {
  ROG_TRY(const std::string text, base::read_file(path));
  ROG_TRY(const corpus::Corpus corpus, corpus::load_blob(corpus::embedded_blob(), sha256_hex));
  ROG_TRY(const auto mappings, conduct::parse_mappings(corpus.mappings));
  const double json = seconds_of([&] { (void)base::parse_json(text, path).ok(); });
  std::vector<conduct::Imported> records;
  const double import = seconds_of([&] {
    auto imported = conduct::import_text(text, path, mappings);
    if (imported.ok()) records = imported.take();
  });
  std::string verdicts;
  std::size_t contradictory = 0;
  const double classify = seconds_of([&] {
    for (const conduct::Imported& record : records) {
      for (const conduct::Count& count : record.conduct.counts) {
        const auto valuation = law::Valuation::make(corpus.book, count.facts);
        if (!valuation.ok()) {
          ++contradictory;
          continue;
        }
        for (const law::Instrument& instrument : corpus.book.instruments) {
          const auto answer =
              law::classify_under_instrument(*valuation, instrument, law::Detail::kVerdict);
          for (const law::Assessment& a : answer.assessments) {
            verdicts += law::to_text(a.verdict)[0];
          }
        }
      }
    }
  });
  const auto open = std::ranges::count(verdicts, law::to_text(law::Verdict::kUndetermined)[0]);
  fmt::print("{} records, {} verdicts, {} of them determinate, {} answers refused, digest {:.16}\n",
             records.size(), verdicts.size(), verdicts.size() - static_cast<std::size_t>(open),
             contradictory, sha256_hex(verdicts));
  fmt::print(
      "JSON {:.3f} s; import {:.3f} s; classify under {} instruments {:.3f} s ({:.1f} x JSON)\n",
      json, import, corpus.book.instruments.size(), classify, classify / json);
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: rogatory_incidents_bench FILE\n", stderr);
    return 2;
  }
  const auto done = run(argv[1]);
  if (done.ok()) return 0;
  fmt::print(stderr, "{}\n", done.error().to_string());
  return base::exit_code(done.error().code);
}
