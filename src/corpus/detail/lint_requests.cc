// SPDX-License-Identifier: EUPL-1.2

#include "corpus/detail/lint_requests.h"

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "corpus/detail/cursor.h"
#include "corpus/detail/lint_formula.h"
#include "corpus/detail/request_document.h"
#include "corpus/message_pattern.h"
#include "law/request_kinds.h"

namespace rogatory::corpus::detail {
namespace {

constexpr std::array<std::string_view, 6> kLanguages = {"ar", "zh", "en", "fr", "ru", "es"};

void lint_use(const Cursor& content, LintIndex& index) {
  index.check_content(content.text("use"), content.place());
  if (content.has("fact")) index.check_term(content.text("fact"), content.place());
  const std::vector<Cursor> required_by = content.items("required_by");
  if (content.text("level") == "basis" && required_by.empty()) {
    index.add(Rule::kRequestShape,
              "content " + ticked(content.text("use")) +
                  " is of the level `basis`, but no instrument is named that asks it",
              content.place());
  }
  for (const Cursor& asker : required_by) {
    const std::string instrument = asker.text("instrument");
    if (index.find_instrument(instrument) != nullptr) continue;
    index.add(Rule::kUnknownInstrument, "unknown instrument " + ticked(instrument), asker.place());
  }
}

void lint_group(const Cursor& root, LintIndex& index) {
  const law::RequestKind* kind = law::find_request_kind(root.text("kind"));
  if (kind == nullptr || kind->group == root.text("group")) return;
  index.add(Rule::kRequestShape,
            ticked(kind->id) + " is of the group " + ticked(kind->group) + ", not " +
                ticked(root.text("group")),
            root.place());
}

std::string names_of(const std::set<std::string>& names) {
  if (names.empty()) return "none";
  return base::join(std::vector<std::string>(names.begin(), names.end()), ", ");
}

void lint_string(const Cursor& string, LintIndex& index) {
  const std::string id = ticked(string.text("id"));
  const auto wanted = argument_names(string.worded("en"));
  for (const std::string_view language : kLanguages) {
    const auto names = argument_names(string.worded(language));
    if (!names) {
      index.add(Rule::kPlaceholders,
                id + " is no message pattern in " + ticked(language) + ": the braces do not match",
                string.place());
    } else if (wanted && *names != *wanted) {
      index.add(Rule::kPlaceholders,
                id + " has the placeholders " + names_of(*names) + " in " + ticked(language) +
                    ", but " + names_of(*wanted) + " in `en`",
                string.place());
    }
  }
}

}  // namespace

void lint_request_kind(const CorpusFile& file, LintIndex& index) {
  std::vector<base::Error> faults;  // shape was checked before
  const Cursor root(file, faults);
  lint_group(root, index);
  UniqueIds contents(index, "content");
  for (const Cursor& content : root.items("contents")) {
    contents.add(content.text("use"), content.place());
    lint_use(content, index);
  }
  UniqueIds answers(index, "answer");
  for (const Cursor& answer : root.items("answers")) {
    answers.add(answer.text("id"), answer.place());
  }
  for (const law::Citation& citation : request_citations(root)) {
    lint_found(index, citation, citation);
  }
}

void lint_request_contents(const CorpusFile& file, LintIndex& index) {
  std::vector<base::Error> faults;
  const Cursor root(file, faults);
  UniqueIds ids(index, "content");
  for (const Cursor& content : root.items("contents")) {
    ids.add(content.text("id"), content.place());
  }
  for (const law::Citation& citation : request_citations(root)) {
    lint_found(index, citation, citation);
  }
}

void lint_wording(const CorpusFile& file, LintIndex& index) {
  std::vector<base::Error> faults;
  const Cursor root(file, faults);
  UniqueIds ids(index, "string");
  for (const Cursor& string : root.items("strings")) {
    ids.add(string.text("id"), string.place());
    lint_string(string, index);
  }
}

}  // namespace rogatory::corpus::detail
