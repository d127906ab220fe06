// SPDX-License-Identifier: EUPL-1.2
//
// A request from a file to a document: `rogatory_request_bench DRAFT`, such as
// examples/requests/emergency-hospital.yaml. Wall time of one thread, the median of several runs.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "base/file.h"
#include "corpus/compile.h"
#include "corpus/embedded_blob.h"
#include "corpus/yaml_reader.h"
#include "crypto/digest.h"
#include "render/pdf.h"
#include "render/request_document.h"
#include "request/check.h"

namespace {

using namespace rogatory;

constexpr int kRuns = 15;
constexpr int kPages = 20;

std::string sha256_hex(std::string_view bytes) {
  return crypto::sha256(bytes).hex();
}

double median_ms(const std::function<void()>& work) {
  std::vector<double> times;
  for (int i = 0; i < kRuns; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    times.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
            .count());
  }
  std::ranges::sort(times);
  return times[kRuns / 2];
}

int pages_of(const std::string& pdf) {
  int pages = 0;
  constexpr std::string_view kPage = "/Type /Page ";
  for (std::size_t at = pdf.find(kPage); at != std::string::npos; at = pdf.find(kPage, at + 1))
    ++pages;
  return pages;
}

/// The draft with so long an account of the facts that its document has kPages pages.
request::Draft lengthened(const std::function<std::string(const request::Draft&)>& print,
                          request::Draft draft) {
  const auto facts = std::ranges::find(draft.contents, "facts", &request::ContentText::id);
  if (facts == draft.contents.end()) return draft;
  facts->is_from_case = false;
  std::string paragraph;
  for (int i = 0; i < 24; ++i) paragraph += "An account of the facts that goes into detail. ";
  while (pages_of(print(draft)) < kPages) facts->text += '\n' + paragraph;
  return draft;
}

base::Result<void> run(const char* path) {
  ROG_TRY(const std::string text, base::read_file(path));
  ROG_TRY(const corpus::Corpus corpus, corpus::load_blob(corpus::embedded_blob(), sha256_hex));
  ROG_TRY(const request::KindBook kinds,
          request::KindBook::read(corpus.request_kinds, corpus.request_contents, corpus.wording));
  const auto read = [&] {
    return request::read_draft(corpus::read_yaml_document(text, path).value().value, kinds);
  };
  ROG_TRY(const request::Draft draft, read());
  const base::Date on = base::Date::parse("2026-11-24").value();
  const auto check = [&](const request::Draft& d) {
    return request::check_request(corpus.book, kinds, d, on);
  };
  ROG_TRY(const request::CheckResult result, check(draft));
  const auto print_in = [&](const request::Draft& d, render::Language language) {
    auto document = render::make_request_document(
        corpus.book, kinds, d, result,
        {.language = language, .on = on, .created = "2026-11-24T10:00:00Z"});
    return document.ok() ? render::to_pdf(document.value()).value() : std::string();
  };
  const auto load_part = [](const corpus::Wanted& wanted) {
    (void)corpus::load_part(corpus::embedded(), wanted).ok();
  };
  const corpus::Wanted of_draft{
      .sides = {draft.case_file.requesting.state, draft.case_file.requested.state},
      .request_kind = draft.kind,
      .has_mappings = false};
  fmt::print(
      "load the whole corpus in the program: {:.1f} ms without its index, {:.1f} ms with it; what "
      "the draft concerns: {:.1f} ms\n",
      median_ms([] { (void)corpus::load_blob(corpus::embedded_blob(), sha256_hex).ok(); }),
      median_ms([&] { load_part({.is_all = true}); }), median_ms([&] { load_part(of_draft); }));
  fmt::print(
      "read the kinds {:.2f} ms; read the draft {:.2f} ms; check {:.2f} ms\n", median_ms([&] {
        (void)request::KindBook::read(corpus.request_kinds, corpus.request_contents, corpus.wording)
            .ok();
      }),
      median_ms([&] { (void)read().ok(); }), median_ms([&] { (void)check(draft).ok(); }));
  const request::Draft longer = lengthened(
      [&](const request::Draft& d) { return print_in(d, render::Language::kEn); }, draft);
  for (const render::Language language : render::kLanguages) {
    const std::string pdf = print_in(longer, language);
    fmt::print("PDF/A-3 in {}: {} pages, {} bytes, {:.0f} ms\n", render::to_text(language),
               pages_of(pdf), pdf.size(), median_ms([&] { (void)print_in(longer, language); }));
  }
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: rogatory_request_bench DRAFT\n", stderr);
    return 2;
  }
  const auto done = run(argv[1]);
  if (done.ok()) return 0;
  fmt::print(stderr, "{}\n", done.error().to_string());
  return base::exit_code(done.error().code);
}
