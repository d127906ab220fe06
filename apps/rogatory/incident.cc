// SPDX-License-Identifier: EUPL-1.2
#include "rogatory/incident.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <iterator>

#include "base/file.h"
#include "base/text.h"
#include "conduct/import.h"
#include "corpus/conduct_yaml.h"
#include "corpus/schema_check.h"
#include "law/valuation.h"
#include "rogatory/context.h"

namespace rogatory::app {
namespace {

/// Remarks beyond these are counted only.
constexpr std::size_t kMaxNotes = 12;

base::Result<std::string> read_input(const std::string& path) {
  if (path != "-") return base::read_file(path);
  std::string text{std::istreambuf_iterator<char>(std::cin), {}};
  if (text.size() > base::kMaxInputBytes) {
    return base::Error{.code = base::ErrorCode::kLimit,
                       .message = "standard input is larger than " +
                                  std::to_string(base::kMaxInputBytes) + " bytes",
                       .context = {},
                       .place = {}};
  }
  return text;
}

base::Result<Incident> read_yaml(std::string_view text, const std::string& file) {
  ROG_TRY(const auto schemas,
          corpus::SchemaSet::make(corpus::embedded_schemas(), corpus::kConductSchema));
  ROG_TRY(const auto document, corpus::read_conduct_document(text, file, schemas));
  const auto place_of = [&](std::string_view pointer) { return document.place(pointer); };
  ROG_TRY(auto conduct, conduct::read_conduct_json(document.value, place_of));
  return Incident{.conduct = std::move(conduct), .format = "rogatory.conduct/1", .notes = {}};
}

void add_notes(const conduct::Imported& record, std::vector<std::string>& notes) {
  for (const std::string& remark : record.remarks) notes.push_back(remark);
  for (const auto& code : record.unmapped) {
    notes.push_back(fmt::format("code `{}` ({}) states no fact by its published definition",
                                code.code, code.field));
  }
}

void cap_notes(std::vector<std::string>& notes) {
  if (notes.size() <= kMaxNotes) return;
  const std::size_t rest = notes.size() - kMaxNotes;
  notes.resize(kMaxNotes);
  notes.push_back(fmt::format("and {} further remarks of this kind", rest));
}

base::Result<Incident> join(std::vector<conduct::Imported> records, const std::string& wanted,
                            const std::string& file) {
  if (!wanted.empty()) {
    std::erase_if(records, [&](const conduct::Imported& r) { return r.conduct.id != wanted; });
    if (records.empty()) return not_found(fmt::format("{} has no record `{}`", file, wanted));
  }
  if (records.empty()) return not_found(fmt::format("{} has no record", file));
  if (records.size() > kMaxReportedRecords) {
    return usage_error(fmt::format("{} has {} records; pick one with --record, such as {}", file,
                                   records.size(), records.front().conduct.id));
  }
  Incident out;
  add_notes(records.front(), out.notes);
  out.conduct = std::move(records.front().conduct);
  if (records.size() > 1) {
    for (auto& count : out.conduct.counts) count.id = out.conduct.id + "/" + count.id;
    out.conduct.title = fmt::format("{} records of {}", records.size(), file);
    out.conduct.summary.clear();
  }
  for (std::size_t i = 1; i < records.size(); ++i) {
    add_notes(records[i], out.notes);
    for (auto& count : records[i].conduct.counts) {
      count.id = records[i].conduct.id + "/" + count.id;
      out.conduct.counts.push_back(std::move(count));
    }
  }
  cap_notes(out.notes);
  return out;
}

base::Result<law::Fact> parse_change(const std::string& change, const law::LawBook& book) {
  const std::size_t equals = change.find('=');
  if (equals == std::string::npos) {
    return usage_error(
        fmt::format("`{}` is no change of a fact; write it as circ.authorised=true", change));
  }
  law::Fact fact;
  std::string term = change.substr(0, equals);
  if (const std::size_t colon = term.find(':'); colon != std::string::npos) {
    for (const std::string_view part : base::split(term.substr(0, colon), '.')) {
      const auto scope = law::from_text<law::Scope>(part);
      if (!scope)
        return usage_error(
            fmt::format("`{}` is no scope; the scopes are intended, designed, principal", part));
      fact.scope.push_back(*scope);
    }
    term = term.substr(colon + 1);
  }
  if (!book.vocabulary.find_term(term))
    return usage_error(fmt::format("`{}` is no term of the vocabulary", term));
  const auto value = law::from_text<law::Truth>(change.substr(equals + 1));
  if (!value)
    return usage_error(
        fmt::format("`{}` is none of true, false, unknown", change.substr(equals + 1)));
  fact.term = std::move(term);
  fact.value = *value;
  fact.asserted_by = "what-if";
  fact.field = "--what-if";
  return fact;
}

/// `intended:act.access is true`, as the options write it.
std::string fact_words(const law::Fact& fact) {
  std::string scope = law::scope_text(fact.scope);
  if (!scope.empty()) scope += ":";
  return fmt::format("{}{} is {}", scope, fact.term, to_text(fact.value));
}

/// Leaves out the facts that cannot stand beside the change, and names each of them once.
void replace_fact(conduct::Count& count, const law::Fact& change, const law::LawBook& book,
                  std::vector<std::string>& left_out) {
  std::vector<law::Fact> kept{change};
  for (const law::Fact& fact : count.facts) {
    const bool is_same = fact.term == change.term && fact.scope == change.scope;
    if (!is_same) kept.push_back(fact);
    if (!is_same && law::Valuation::make(book, kept).ok()) continue;
    if (!is_same) kept.pop_back();
    const std::string words = fact_words(fact);
    const bool is_told = std::ranges::find(left_out, words) != left_out.end();
    if (fact.value != change.value && !is_told) left_out.push_back(words);
  }
  count.facts = std::move(kept);
}

}  // namespace

base::Result<Incident> read_incident(const std::string& path, const std::string& record,
                                     const corpus::Corpus& corpus) {
  ROG_TRY(const std::string text, read_input(path));
  const std::string file = path == "-" ? "standard input" : path;
  const conduct::Format format = conduct::detect_format(text);
  const bool is_yaml =
      format == conduct::Format::kConductYaml ||
      (format == conduct::Format::kUnknown && (path.ends_with(".yaml") || path.ends_with(".yml")));
  if (is_yaml) {
    ROG_TRY(Incident out, read_yaml(text, file));
    ROG_CHECKED(conduct::check_quantities(out.conduct, corpus.book.vocabulary));
    if (!record.empty() && record != out.conduct.id)
      return not_found(fmt::format("{} has no record `{}`", file, record));
    return out;
  }
  ROG_TRY(const auto mappings, conduct::parse_mappings(corpus.mappings));
  ROG_TRY(auto records, conduct::import_text(text, file, mappings));
  for (const conduct::Imported& one : records) {
    ROG_CHECKED(conduct::check_quantities(one.conduct, corpus.book.vocabulary));
  }
  ROG_TRY(Incident out, join(std::move(records), record, file));
  out.format = to_text(format);
  return out;
}

base::Result<std::vector<std::string>> apply_what_if(conduct::Conduct& conduct,
                                                     const std::vector<std::string>& changes,
                                                     const law::LawBook& book) {
  std::vector<std::string> lines;
  for (const std::string& change : changes) {
    ROG_TRY(const law::Fact fact, parse_change(change, book));
    std::vector<std::string> left_out;
    for (conduct::Count& count : conduct.counts) replace_fact(count, fact, book, left_out);
    std::string line = fmt::format("What if: {}. This is supposed, not alleged", fact_words(fact));
    for (std::size_t i = 0; i < left_out.size(); ++i) {
      line += (i == 0 ? "; left out, as it cannot stand beside it: " : ", ") + left_out[i];
    }
    lines.push_back(line + ".");
  }
  return lines;
}

}  // namespace rogatory::app
