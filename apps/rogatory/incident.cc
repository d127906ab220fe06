// SPDX-License-Identifier: EUPL-1.2
#include "rogatory/incident.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
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

/// Who says a fact of the command line, and with which option.
struct Voice {
  const char* asserted_by;
  const char* option;
  const char* says;  ///< a line about the change, with {} for the fact
};

/// `qty.remaining_months=6`; amounts of money carry their currency: `qty.loss=5000 USD`.
base::Result<law::Fact> parse_amount(const std::string& quantity, std::string_view text,
                                     const law::Vocabulary& vocabulary) {
  const auto words = base::split(base::trim(text), ' ');
  double value = 0;
  const std::string_view number = words.front();
  const auto read = std::from_chars(number.data(), number.data() + number.size(), value);
  const bool is_number = read.ec == std::errc() && read.ptr == number.data() + number.size();
  if (!is_number || words.size() > 2) {
    return usage_error(fmt::format("`{}` is no amount of {}", text, quantity));
  }
  law::Fact fact;
  fact.value = law::Truth::kTrue;
  fact.quantity = law::QuantityValue{.quantity = quantity,
                                     .value = value,
                                     .currency = words.size() == 2 ? std::string(words[1]) : "",
                                     .on = std::nullopt};
  const std::string fault = conduct::fault_of_quantity(*fact.quantity, vocabulary);
  if (!fault.empty()) return usage_error(fmt::format("`{}`: {}", text, fault));
  return fact;
}

base::Result<law::Fact> parse_change(const std::string& change, const law::LawBook& book,
                                     const Voice& voice) {
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
  if (book.vocabulary.find_quantity(term) != nullptr) {
    ROG_TRY(law::Fact amount, parse_amount(term, change.substr(equals + 1), book.vocabulary));
    amount.scope = fact.scope;
    amount.asserted_by = voice.asserted_by;
    amount.field = voice.option;
    return amount;
  }
  if (!book.vocabulary.find_term(term))
    return usage_error(fmt::format("`{}` is no term of the vocabulary", term));
  const auto value = law::from_text<law::Truth>(change.substr(equals + 1));
  if (!value)
    return usage_error(
        fmt::format("`{}` is none of true, false, unknown", change.substr(equals + 1)));
  fact.term = std::move(term);
  fact.value = *value;
  fact.asserted_by = voice.asserted_by;
  fact.field = voice.option;
  return fact;
}

/// Do both speak of one term or quantity?
bool is_of_the_same(const law::Fact& a, const law::Fact& b) {
  if (a.scope != b.scope || a.quantity.has_value() != b.quantity.has_value()) return false;
  return a.quantity ? a.quantity->quantity == b.quantity->quantity : a.term == b.term;
}

/// `intended:act.access is true`, as the options write it.
std::string fact_words(const law::Fact& fact) {
  std::string scope = law::scope_text(fact.scope);
  if (!scope.empty()) scope += ":";
  if (fact.quantity) {
    return fmt::format("{}{} is {}{}{}", scope, fact.quantity->quantity, fact.quantity->value,
                       fact.quantity->currency.empty() ? "" : " ", fact.quantity->currency);
  }
  return fmt::format("{}{} is {}", scope, fact.term, to_text(fact.value));
}

/// Leaves out the facts that cannot stand beside the change, and names each of them once.
void replace_fact(conduct::Count& count, const law::Fact& change, const law::LawBook& book,
                  std::vector<std::string>& left_out) {
  std::vector<law::Fact> kept{change};
  for (const law::Fact& fact : count.facts) {
    const bool is_same = is_of_the_same(fact, change);
    if (!is_same) kept.push_back(fact);
    if (!is_same && law::Valuation::make(book, kept).ok()) continue;
    if (!is_same) kept.pop_back();
    const std::string words = fact_words(fact);
    const bool is_told = std::ranges::find(left_out, words) != left_out.end();
    if (words != fact_words(change) && !is_told) left_out.push_back(words);
  }
  count.facts = std::move(kept);
}

/// One line for each change: what was changed, and what had to be left out for it.
base::Result<std::vector<std::string>> apply(conduct::Conduct& conduct,
                                             const std::vector<std::string>& changes,
                                             const law::LawBook& book, const Voice& voice) {
  std::vector<std::string> lines;
  for (const std::string& change : changes) {
    ROG_TRY(const law::Fact fact, parse_change(change, book, voice));
    std::vector<std::string> left_out;
    for (conduct::Count& count : conduct.counts) replace_fact(count, fact, book, left_out);
    std::string line = fmt::format(fmt::runtime(voice.says), fact_words(fact));
    for (std::size_t i = 0; i < left_out.size(); ++i) {
      line += (i == 0 ? "; left out, as it cannot stand beside it: " : ", ") + left_out[i];
    }
    lines.push_back(line + ".");
  }
  return lines;
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
  return apply(conduct, changes, book,
               {.asserted_by = "what-if",
                .option = "--what-if",
                .says = "What if: {}. This is supposed, not alleged"});
}

base::Result<std::vector<std::string>> state_facts(conduct::Conduct& conduct,
                                                   const std::vector<std::string>& facts,
                                                   const law::LawBook& book) {
  return apply(conduct, facts, book,
               {.asserted_by = "officer", .option = "--fact", .says = "Stated by the officer: {}"});
}

}  // namespace rogatory::app
