// SPDX-License-Identifier: EUPL-1.2

#include <set>

#include "corpus/detail/lint_index.h"
#include "corpus/detail/lint_requests.h"

namespace rogatory::corpus::detail {
namespace {

const base::Json* member(const base::JsonObject& object, std::string_view key) {
  return object.if_contains(key);
}

std::string text_of(const base::JsonObject& object, std::string_view key) {
  const base::Json* value = member(object, key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

// The folder where the file belongs, such as `states/PHL/`, or its path where there is one only.
std::string folder_of(FileKind kind, const base::JsonObject& root) {
  switch (kind) {
    case FileKind::kVocabulary:
      return "vocabulary/";
    case FileKind::kInstrument:
      return "instruments/" + text_of(root, "instrument") + '/';
    case FileKind::kState:
    case FileKind::kStateLaw:
      return "states/" + text_of(root, "state") + '/';
    case FileKind::kMapping:
      return "mappings/";
    case FileKind::kWorld:
      return "states/";
    case FileKind::kRanking:
    case FileKind::kGroundSubjects:
      return "requests/";
    case FileKind::kRequestKind:
      return "requests/" + text_of(root, "kind") + ".yaml";
    case FileKind::kRequestContents:
      return "requests/contents.yaml";
    case FileKind::kWording:
      return "requests/wording.yaml";
  }
  return {};
}

// Rules that need the words of the file, not only what was read from them.
class DocumentLint final {
 public:
  DocumentLint(const CorpusFile& file, LintIndex& index) : file_(file), index_(index) {}

  void run() {
    const auto* root = file_.doc.if_object();
    const auto format = find_format(file_.format());
    if (root == nullptr || !format) return;
    is_mapping_file_ = format->kind == FileKind::kMapping;
    check_folder(folder_of(format->kind, *root));
    read_sources(*root);
    visit_members(*root, "");
    if (format->kind == FileKind::kRequestKind) lint_request_kind(file_, index_);
    if (format->kind == FileKind::kRequestContents) lint_request_contents(file_, index_);
    if (format->kind == FileKind::kWording) lint_wording(file_, index_);
  }

 private:
  void check_folder(const std::string& folder) {
    if (file_.path.starts_with(folder)) return;
    index_.add(Rule::kMisplacedFile, "the file belongs at `" + folder + '`', file_.place(""));
  }

  void read_sources(const base::JsonObject& root) {
    const base::Json* list = member(root, "sources");
    if (list == nullptr || !list->is_array()) return;
    UniqueIds ids(index_, "source");
    for (std::size_t i = 0; i < list->get_array().size(); ++i) {
      const auto* source = list->get_array()[i].if_object();
      if (source == nullptr) continue;
      const base::Place place = file_.place("/sources/" + std::to_string(i));
      const std::string id = text_of(*source, "id");
      ids.add(id, place);
      sources_.insert(id);
      check_source(*source, id, place);
    }
  }

  void check_source(const base::JsonObject& source, const std::string& id,
                    const base::Place& place) {
    for (const std::string_view key : {"title", "where", "read_on"}) {
      if (!text_of(source, key).empty()) continue;
      index_.add(Rule::kSourceIncomplete, "source `" + id + "` has no `" + std::string(key) + '`',
                 place);
    }
  }

  void visit(const base::Json& value, const std::string& pointer) {
    if (const auto* object = value.if_object()) {
      check_mapping(*object, pointer);
      visit_members(*object, pointer);
    } else if (const auto* array = value.if_array()) {
      for (std::size_t i = 0; i < array->size(); ++i) {
        visit((*array)[i], pointer + '/' + std::to_string(i));
      }
    }
  }

  void visit_members(const base::JsonObject& object, const std::string& pointer) {
    for (const auto& [key, value] : object) visit(value, pointer + '/' + base::pointer_token(key));
  }

  void check_mapping(const base::JsonObject& object, const std::string& pointer) {
    const std::string source = text_of(object, "source");
    if (!source.empty() && !sources_.contains(source)) {
      index_.add(Rule::kUnknownSource, "no source `" + source + "` in this file",
                 file_.place(pointer));
    }
    if (text_of(object, "confidence") == "derived" && member(object, "note") == nullptr) {
      index_.add(Rule::kDerivedUnexplained, "`derived` without a `note` that says how",
                 file_.place(pointer));
    }
    if (is_mapping_file_) check_names(object, pointer);
  }

  // Elsewhere the rules of formulas look up what is named.
  void check_names(const base::JsonObject& object, const std::string& pointer) {
    const std::string term = text_of(object, "term");
    if (!term.empty()) index_.check_term(term, file_.place(pointer));
    const std::string quantity = text_of(object, "quantity");
    if (!quantity.empty()) index_.check_quantity(quantity, file_.place(pointer));
  }

  const CorpusFile& file_;
  LintIndex& index_;
  bool is_mapping_file_ = false;
  std::set<std::string> sources_;
};

}  // namespace

void lint_document(const CorpusFile& file, LintIndex& index) {
  DocumentLint(file, index).run();
}

}  // namespace rogatory::corpus::detail
