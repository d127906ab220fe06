// SPDX-License-Identifier: EUPL-1.2

#include "corpus/reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "corpus/detail/cursor.h"
#include "corpus/detail/read_cooperation.h"
#include "corpus/detail/read_node.h"
#include "corpus/detail/read_owner.h"
#include "corpus/detail/read_provision.h"
#include "corpus/detail/read_vocabulary.h"
#include "corpus/detail/read_world.h"
#include "law/request_kinds.h"

namespace rogatory::corpus {
namespace {

using detail::Cursor;

// The owner of that id; a new one stands where it was first met until a file describes it.
template <class Owner>
Owner& find_or_add(std::vector<Owner>& owners, std::string Owner::* id, const std::string& name,
                   const Cursor& root) {
  auto it = std::ranges::find(owners, name, id);
  if (it != owners.end()) return *it;
  Owner& owner = owners.emplace_back();
  owner.*id = name;
  owner.place = root.place();
  return owner;
}

void read_provisions(const Cursor& root, const law::Citation& defaults, const detail::Owner& owner,
                     law::LawBook& book) {
  for (const Cursor& item : root.items("provisions")) {
    book.provisions.push_back(detail::read_provision(item, defaults, owner));
  }
}

void read_instrument_file(const Cursor& root, law::LawBook& book) {
  const std::string id = root.text("instrument");
  const auto defaults = detail::read_citation(root.at("defaults"), {});
  auto& instrument = find_or_add(book.instruments, &law::Instrument::id, id, root);
  detail::read_sources(root, instrument.sources);
  if (root.has("title")) detail::read_instrument(root, defaults, instrument);
  detail::read_bound(root, defaults, instrument);
  read_provisions(root, defaults, {.id = id}, book);
}

void read_state_file(const Cursor& root, law::LawBook& book) {
  auto& state = find_or_add(book.states, &law::StateLaw::iso3, root.text("state"), root);
  detail::read_sources(root, state.sources);
  detail::read_state(root, detail::read_citation(root.at("defaults"), {}), state);
}

void read_state_law_file(const Cursor& root, law::LawBook& book) {
  const std::string iso3 = root.text("state");
  auto& state = find_or_add(book.states, &law::StateLaw::iso3, iso3, root);
  detail::read_sources(root, state.sources);
  const Cursor act = root.at("act");
  read_provisions(
      root, detail::read_citation(root.at("defaults"), {}),
      {.id = iso3, .is_state = true, .act_id = act.text("id"), .act_title = act.text("title")},
      book);
}

void keep_request_kind(const Cursor& root, const CorpusFile& file, Reading& reading) {
  const std::string kind = root.text("kind");
  if (law::find_request_kind(kind) == nullptr) root.fail("`" + kind + "` is no kind of request");
  if (!reading.request_kinds.emplace(kind, file.doc).second) {
    root.fail("a second file describes requests of the kind `" + kind + "`");
  }
}

/// A document that stands in one file only.
void keep_only(const Cursor& root, const CorpusFile& file, std::string_view what,
               base::JsonObject& kept) {
  if (!kept.empty()) return root.fail("a second file has " + std::string(what));
  if (const auto* document = file.doc.if_object()) kept = *document;
}

std::string stem(std::string_view path) {
  path = path.substr(path.rfind('/') + 1);
  return std::string(path.substr(0, path.rfind('.')));
}

void read_file(const CorpusFile& file, Reading& reading) {
  const auto format = find_format(file.format());
  const Cursor root(file, reading.faults);
  if (!format) return root.fail("unknown format `" + std::string(file.format()) + "`");
  switch (format->kind) {
    case FileKind::kVocabulary:
      return detail::read_vocabulary(root, reading.book.vocabulary);
    case FileKind::kInstrument:
      return read_instrument_file(root, reading.book);
    case FileKind::kState:
      return read_state_file(root, reading.book);
    case FileKind::kStateLaw:
      return read_state_law_file(root, reading.book);
    case FileKind::kMapping:
      reading.mappings.emplace(stem(file.path), file.doc);
      return;
    case FileKind::kWorld:
      detail::read_world(root, reading.book.world);
      return detail::sort_world(reading.book.world);
    case FileKind::kRanking:
      return detail::read_ranking(root, reading.book.world);
    case FileKind::kGroundSubjects:
      return detail::read_ground_subjects(root, reading.book.world);
    case FileKind::kRequestKind:
      return keep_request_kind(root, file, reading);
    case FileKind::kWording:
      return keep_only(root, file, "the wording", reading.wording);
    case FileKind::kRequestContents:
      return keep_only(root, file, "the contents of requests", reading.request_contents);
  }
}

// Provisions are large: they are not moved while more of them are read.
std::size_t count_all(std::span<const CorpusFile> files) {
  std::size_t count = 0;
  for (const CorpusFile& file : files) count += count_provisions(file);
  return count;
}

}  // namespace

std::size_t count_provisions(const CorpusFile& file) {
  const auto* root = file.doc.if_object();
  const base::Json* list = root == nullptr ? nullptr : root->if_contains("provisions");
  return list != nullptr && list->is_array() ? list->get_array().size() : 0;
}

Reading read_files(std::span<const CorpusFile> files) {
  Reading reading;
  reading.book.provisions.reserve(count_all(files));
  for (const CorpusFile& file : files) read_file(file, reading);
  return reading;
}

void read_more(const CorpusFile& file, Reading& reading) {
  read_file(file, reading);
}

}  // namespace rogatory::corpus
