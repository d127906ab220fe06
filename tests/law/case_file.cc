// SPDX-License-Identifier: EUPL-1.2

#include "case_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "conduct/import.h"
#include "corpus/corpus_file.h"
#include "corpus/schema_check.h"
#include "law/valuation.h"
#include "law_support/corpus.h"
#include "law_support/incidents.h"
#include "support/shared.h"

namespace rogatory::test {
namespace {

base::Error error_at(const Entry& entry, std::string message) {
  return {.code = base::ErrorCode::kInvalidArgument,
          .message = entry.place() + ": " + std::move(message)};
}

base::Result<std::vector<corpus::CorpusFile>> own_files(const Entry& files) {
  ROG_TRY(const auto schemas, corpus::SchemaSet::make(corpus::embedded_schemas()));
  std::vector<corpus::CorpusFile> out;
  for (const auto& [path, entry] : files.members()) {
    corpus::CorpusFile file{.path = path, .doc = entry.json(), .lines = {}};
    const auto format = corpus::find_format(file.format());
    if (!format) return error_at(entry, "unknown format `" + std::string(file.format()) + "`");
    const auto faults = schemas.find_faults(file.doc, format->schema);
    if (!faults.empty())
      return error_at(entry, faults.front().pointer + ": " + faults.front().message);
    out.push_back(std::move(file));
  }
  return out;
}

/// Takes the closures of the named States out of a book that is not linked yet.
void remove_closures(law::LawBook& book, const std::vector<std::string>& states) {
  for (law::StateLaw& state : book.states) {
    if (std::ranges::find(states, state.iso3) != states.end()) state.closures.clear();
  }
}

/// A fact as in a conduct file; `status` and `by` may be left out.
base::Json with_defaults(const base::Json& fact) {
  base::Json out = fact;
  if (!out.is_object()) return out;
  base::JsonObject& members = out.as_object();
  const base::Json* value = members.if_contains("value");
  const bool is_unknown = value != nullptr && value->is_string();
  if (!members.contains("by")) members["by"] = "the case";
  if (!is_unknown && !members.contains("status")) members["status"] = "alleged";
  return out;
}

base::Result<std::vector<law::Fact>> read_facts(const Entry& conduct) {
  base::JsonArray facts;
  for (const Entry& fact : conduct.at("facts").items()) facts.push_back(with_defaults(fact.json()));
  if (facts.empty()) return std::vector<law::Fact>();
  const base::Json document = base::JsonObject{
      {"format", "rogatory.conduct/1"},
      {"id", "case"},
      {"title", "case"},
      {"counts", base::JsonArray{base::JsonObject{
                     {"id", "c1"}, {"title", "case"}, {"facts", std::move(facts)}}}}};
  auto conduct_read = conduct::read_conduct_json(document);
  if (!conduct_read.ok()) return error_at(conduct.at("facts"), conduct_read.error().to_string());
  return std::move(conduct_read->counts.front().facts);
}

base::Result<conduct::Count> count_of_example(const Entry& conduct) {
  ROG_TRY(auto records, read_incidents(source_dir() / "examples" / conduct.text("example")));
  const std::string wanted = conduct.has("count") ? conduct.text("count") : "";
  for (conduct::Imported& record : records) {
    for (conduct::Count& count : record.conduct.counts) {
      if (wanted.empty() || count.id == wanted) return std::move(count);
    }
  }
  return error_at(conduct, "no count `" + wanted + "`");
}

bool is_same_subject(const law::Fact& a, const law::Fact& b) {
  if (a.quantity && b.quantity) return a.quantity->quantity == b.quantity->quantity;
  return !a.quantity && !b.quantity && a.term == b.term && a.scope == b.scope;
}

}  // namespace

std::string Entry::place() const {
  return document_->place(pointer_).to_string();
}

Entry Entry::at(std::string_view key) const {
  const base::Json* found = nullptr;
  if (value_ != nullptr && value_->is_object()) found = value_->get_object().if_contains(key);
  return {*document_, found, pointer_ + "/" + base::pointer_token(key)};
}

std::string Entry::text() const {
  if (exists() && value_->is_string()) return std::string(value_->get_string());
  ADD_FAILURE() << place() << ": a text is expected";
  return {};
}

std::vector<Entry> Entry::items() const {
  std::vector<Entry> out;
  if (!exists()) return out;
  if (!value_->is_array()) {
    ADD_FAILURE() << place() << ": a list is expected";
    return out;
  }
  std::size_t index = 0;
  for (const base::Json& item : value_->get_array()) {
    out.emplace_back(*document_, &item, pointer_ + "/" + std::to_string(index++));
  }
  return out;
}

std::vector<std::string> Entry::texts() const {
  std::vector<std::string> out;
  for (const Entry& item : items()) out.push_back(item.text());
  return out;
}

std::vector<std::pair<std::string, Entry>> Entry::members() const {
  std::vector<std::pair<std::string, Entry>> out;
  if (!exists()) return out;
  if (!value_->is_object()) {
    ADD_FAILURE() << place() << ": a mapping is expected";
    return out;
  }
  for (const auto& [key, value] : value_->get_object()) out.emplace_back(key, at(key));
  return out;
}

std::optional<base::Date> Entry::date(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  const auto parsed = base::Date::parse(text(key));
  if (parsed.ok()) return *parsed;
  ADD_FAILURE() << at(key).place() << ": " << parsed.error().to_string();
  return std::nullopt;
}

void Entry::allow_only(std::initializer_list<std::string_view> keys) const {
  for (const auto& [key, value] : members()) {
    const bool is_known = std::ranges::find(keys, std::string_view(key)) != keys.end();
    EXPECT_TRUE(is_known) << value.place() << ": unknown key `" << key << "`";
  }
}

base::Result<law::LawBook> read_law(const Entry& root) {
  const Entry law = root.at("law");
  law.allow_only({"without_closures", "files"});
  if (law.has("files")) {
    ROG_TRY(const auto files, own_files(law.at("files")));
    return make_book(files);
  }
  const std::vector<std::string> without = law.at("without_closures").texts();
  return make_book(corpus_files(), [&](law::LawBook& book) { remove_closures(book, without); });
}

base::Result<std::optional<conduct::Count>> read_case_conduct(const Entry& root) {
  const Entry conduct = root.at("conduct");
  if (!conduct.exists()) return std::optional<conduct::Count>();
  conduct.allow_only({"example", "count", "date", "drop", "facts", "nothing_else"});
  conduct::Count out;
  if (conduct.has("example")) {
    ROG_TRY(out, count_of_example(conduct));
  }
  for (const std::string& term : conduct.at("drop").texts()) {
    const auto dropped = std::erase_if(
        out.facts, [&](const law::Fact& f) { return law::atom_key(f.scope, f.term) == term; });
    if (dropped == 0)
      return error_at(conduct.at("drop"), "the example does not state `" + term + "`");
  }
  ROG_TRY(const std::vector<law::Fact> facts, read_facts(conduct));
  for (const law::Fact& fact : facts) {
    std::erase_if(out.facts, [&](const law::Fact& other) { return is_same_subject(fact, other); });
    out.facts.push_back(fact);
  }
  if (const auto date = conduct.date("date")) out.dates = {.from = date, .until = date};
  return std::optional(std::move(out));
}

base::Result<void> deny_the_rest(const law::LawBook& book, const Entry& conduct,
                                 conduct::Count& count) {
  for (const std::string& prefix : conduct.at("nothing_else").texts()) {
    for (const law::Term& term : book.vocabulary.terms) {
      if (!term.id.starts_with(prefix + ".")) continue;
      ROG_TRY(const auto valuation, law::Valuation::make(book, count.facts, {}));
      const law::AtomId atom = book.atoms().find_term({}, term.id);
      if (atom == law::kNoAtom || valuation.value(atom) != law::Truth::kUnknown) continue;
      count.facts.push_back({.term = term.id, .scope = {}, .quantity = {}});
      count.facts.back().value = law::Truth::kFalse;
      count.facts.back().asserted_by = "the case";
      // A group may need one of its members: what cannot be denied stays unknown.
      if (!law::Valuation::make(book, count.facts, {}).ok()) count.facts.pop_back();
    }
  }
  return {};
}

}  // namespace rogatory::test
