// SPDX-License-Identifier: EUPL-1.2

#include "corpus/blob_index.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/json.h"
#include "base/shape.h"
#include "base/text.h"
#include "corpus/detail/blob_text.h"
#include "corpus/detail/walk.h"
#include "corpus/reader.h"
#include "law/side.h"

namespace rogatory::corpus {
namespace {

constexpr std::string_view kIndexFormat = "rogatory.corpus-index/1";

// A treaty between two.
constexpr std::size_t kPair = 2;

using Ids = std::set<std::string>;

std::string text_of(const base::Json& doc, std::string_view key) {
  const auto* object = doc.if_object();
  const base::Json* value = object == nullptr ? nullptr : object->if_contains(key);
  return value == nullptr || !value->is_string() ? std::string() : std::string(value->get_string());
}

std::string owner_of(const base::Json& doc) {
  const std::string instrument = text_of(doc, "instrument");
  return instrument.empty() ? text_of(doc, "state") : instrument;
}

std::string owner_of_id(std::string_view provision) {
  return std::string(provision.substr(0, provision.find(':')));
}

void add_references(const law::Node& formula, Ids& out) {
  const auto of_node = [&](const law::Node& node) {
    for (const std::string& id : node.refer_to) out.insert(owner_of_id(id));
  };
  detail::walk(formula, of_node, [](const law::Exception&) {});
}

/// Owners that each owner refers to.
std::map<std::string, Ids> references(const law::LawBook& book) {
  std::map<std::string, Ids> out;
  for (const law::Provision& provision : book.provisions) {
    Ids& ids = out[provision.owner];
    detail::for_each_formula(provision, [&](const law::Node& node) { add_references(node, ids); });
    for (const law::Penalty& penalty : provision.penalties) {
      for (const law::Node& node : penalty.when) add_references(node, ids);
    }
  }
  for (const law::StateLaw& state : book.states) {
    Ids& ids = out[state.iso3];
    for (const law::Closure& closure : state.closures) {
      for (const law::Node& node : closure.subject) add_references(node, ids);
    }
    for (const law::OptionMade& made : state.options_made) ids.insert(owner_of_id(made.provision));
  }
  for (auto& [owner, ids] : out) ids.erase(owner);
  return out;
}

IndexedOwner index_instrument(const law::Instrument& instrument) {
  IndexedOwner out{.id = instrument.id,
                   .is_instrument = true,
                   .is_bilateral = instrument.instrument_class == law::InstrumentClass::kBilateral,
                   .names = {},
                   .refers = {}};
  if (!out.is_bilateral) return out;
  Ids names;
  for (const law::Party& party : instrument.parties) names.insert(party.state);
  for (const law::Signatory& signatory : instrument.signatories) names.insert(signatory.state);
  for (const auto& extension : instrument.extensions) {
    names.insert(extension.territory);
    names.insert(extension.of);
  }
  names.erase("");
  out.names.assign(names.begin(), names.end());
  return out;
}

base::JsonArray texts_json(const std::vector<std::string>& texts) {
  return base::JsonArray(texts.begin(), texts.end());
}

base::Result<std::size_t> read_size(const base::Shape& at, std::string_view key) {
  ROG_TRY(const base::Shape value, at.get(key));
  ROG_TRY(const std::int64_t number, value.integer());
  if (number < 0) return value.error("a place in the blob is not negative");
  return static_cast<std::size_t>(number);
}

base::Result<IndexedFile> read_file(const base::Shape& at, std::size_t blob_size) {
  IndexedFile out;
  ROG_TRY(out.path, at.get_text("path"));
  ROG_TRY(out.format, at.get_text("format"));
  ROG_TRY(out.owner, at.find_text("owner"));
  ROG_TRY(out.request_kind, at.find_text("kind"));
  if (at.find("provisions")) {
    ROG_TRY(out.provisions, read_size(at, "provisions"));
  }
  ROG_TRY(out.begin, read_size(at, "begin"));
  ROG_TRY(out.size, read_size(at, "size"));
  if (out.begin > blob_size || out.size > blob_size - out.begin) {
    return at.error("the file lies beyond the end of the blob");
  }
  return out;
}

base::Result<IndexedOwner> read_owner(const base::Shape& at) {
  IndexedOwner out;
  ROG_TRY(out.id, at.get_text("id"));
  ROG_TRY(const std::string kind, at.get_text("is"));
  out.is_bilateral = kind == "bilateral";
  out.is_instrument = out.is_bilateral || kind == "instrument";
  if (const auto cooperation = at.find("cooperation")) {
    ROG_TRY(out.has_cooperation, cooperation->boolean());
  }
  ROG_TRY(out.names, at.find_texts("names"));
  ROG_TRY(out.refers, at.find_texts("refers"));
  return out;
}

/// A side and the State that answers for it.
struct SideCodes {
  std::string iso3;
  std::string of;
};

/// Nothing where one of them is not in the world.
std::optional<std::vector<SideCodes>> sides_of(const Wanted& wanted, const law::LawBook& world) {
  std::vector<SideCodes> out;
  for (const std::string& code : wanted.sides) {
    const auto side = law::find_side(world, code);
    if (!side.ok()) return std::nullopt;
    out.push_back({.iso3 = side->iso3,
                   .of = side->territory == nullptr ? std::string() : side->territory->of});
  }
  return out;
}

/// The ids of owners as they are written in the corpus; nothing where one is unknown.
std::optional<Ids> ids_of(const Wanted& wanted, const std::vector<IndexedOwner>& owners,
                          const law::LawBook& world) {
  const auto find = [&](std::string_view name) -> const IndexedOwner* {
    const std::string lower = base::lower_ascii(name);
    const auto it = std::ranges::find_if(
        owners, [&](const IndexedOwner& owner) { return base::lower_ascii(owner.id) == lower; });
    return it == owners.end() ? nullptr : &*it;
  };
  Ids out;
  for (const std::string& name : wanted.owners) {
    const IndexedOwner* owner = find(name);
    if (owner == nullptr) {
      const auto side = law::find_side(world, name);
      owner = side.ok() ? find(side->iso3) : nullptr;
    }
    if (owner == nullptr) return std::nullopt;
    out.insert(owner->id);
  }
  return out;
}

bool is_between(const IndexedOwner& instrument, const std::vector<SideCodes>& sides) {
  const auto is_named = [&](const std::string& code) {
    return std::ranges::find(instrument.names, code) != instrument.names.end();
  };
  const auto named = std::ranges::count_if(
      sides, [&](const SideCodes& side) { return is_named(side.iso3) || is_named(side.of); });
  return static_cast<std::size_t>(named) >= kPair;
}

/// The owners and all they refer to.
Ids closure(const std::vector<IndexedOwner>& owners, Ids ids) {
  std::vector<std::string> todo(ids.begin(), ids.end());
  while (!todo.empty()) {
    const std::string id = std::move(todo.back());
    todo.pop_back();
    const auto it = std::ranges::find(owners, id, &IndexedOwner::id);
    if (it == owners.end()) continue;
    for (const std::string& next : it->refers) {
      if (ids.insert(next).second) todo.push_back(next);
    }
  }
  return ids;
}

}  // namespace

BlobIndex BlobIndex::make(std::span<const CorpusFile> files) {
  BlobIndex out;
  const std::vector<detail::BlobPiece> pieces = detail::blob_text(files).pieces;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const CorpusFile& file = files[i];
    const auto format = find_format(file.format());
    const bool is_kind = format && format->kind == FileKind::kRequestKind;
    out.files.push_back({.path = file.path,
                         .format = std::string(file.format()),
                         .owner = owner_of(file.doc),
                         .request_kind = is_kind ? text_of(file.doc, "kind") : std::string(),
                         .provisions = count_provisions(file),
                         .begin = pieces[i].begin,
                         .size = pieces[i].size});
  }
  Reading reading = read_files(files);
  auto refers = references(reading.book);
  for (const law::Instrument& instrument : reading.book.instruments) {
    out.owners.push_back(index_instrument(instrument));
  }
  for (const law::StateLaw& state : reading.book.states) {
    out.owners.push_back({.id = state.iso3, .names = {}, .refers = {}});
  }
  for (IndexedOwner& owner : out.owners) {
    const Ids& ids = refers[owner.id];
    owner.refers.assign(ids.begin(), ids.end());
    owner.has_cooperation =
        std::ranges::any_of(reading.book.provisions, [&](const law::Provision& provision) {
          return provision.owner == owner.id &&
                 (provision.basis || provision.ground || provision.clock);
        });
  }
  if (!reading.faults.empty() || !reading.book.link().ok()) return out;
  for (law::AtomId i = 0; i < reading.book.atoms_of_texts(); ++i) {
    out.atoms.push_back(reading.book.atoms().key(i));
  }
  return out;
}

std::string BlobIndex::to_text() const {
  base::JsonArray file_list;
  for (const IndexedFile& file : files) {
    base::JsonObject entry{
        {"path", file.path}, {"format", file.format}, {"begin", file.begin}, {"size", file.size}};
    if (file.provisions != 0) entry["provisions"] = file.provisions;
    if (!file.owner.empty()) entry["owner"] = file.owner;
    if (!file.request_kind.empty()) entry["kind"] = file.request_kind;
    file_list.push_back(std::move(entry));
  }
  base::JsonArray owner_list;
  for (const IndexedOwner& owner : owners) {
    std::string_view is = owner.is_instrument ? "instrument" : "state";
    if (owner.is_bilateral) is = "bilateral";
    base::JsonObject entry{{"id", owner.id}, {"is", is}};
    if (owner.has_cooperation) entry["cooperation"] = true;
    if (!owner.names.empty()) entry["names"] = texts_json(owner.names);
    if (!owner.refers.empty()) entry["refers"] = texts_json(owner.refers);
    owner_list.push_back(std::move(entry));
  }
  return base::canonical_json(base::JsonObject{{"format", kIndexFormat},
                                               {"atoms", texts_json(atoms)},
                                               {"files", std::move(file_list)},
                                               {"owners", std::move(owner_list)}});
}

base::Result<BlobIndex> BlobIndex::parse(std::string_view text, std::size_t blob_size) {
  base::JsonArena arena;
  ROG_TRY(const base::Json json,
          base::parse_json(text, "corpus index", {.was_checked = true}, &arena));
  const base::PlaceOf no_place;
  const base::Shape root(json, no_place);
  ROG_TRY(const std::string format, root.get_text("format"));
  if (format != kIndexFormat) return root.error("`format` is not " + std::string(kIndexFormat));
  BlobIndex out;
  ROG_TRY(const auto files, root.find_items("files"));
  for (const base::Shape& at : files) {
    ROG_TRY(IndexedFile file, read_file(at, blob_size));
    out.files.push_back(std::move(file));
  }
  ROG_TRY(const auto owners, root.find_items("owners"));
  for (const base::Shape& at : owners) {
    ROG_TRY(IndexedOwner owner, read_owner(at));
    out.owners.push_back(std::move(owner));
  }
  ROG_TRY(out.atoms, root.find_texts("atoms"));
  return out;
}

std::vector<const IndexedFile*> BlobIndex::shared_files(const Wanted& wanted) const {
  const bool is_kind_known =
      std::ranges::find(files, wanted.request_kind, &IndexedFile::request_kind) != files.end();
  const bool takes_all_kinds = wanted.request_kind.empty() || !is_kind_known;
  const auto is_wanted = [&](const IndexedFile& file) {
    const auto format = find_format(file.format);
    if (wanted.is_all || !format) return true;
    if (format->kind == FileKind::kMapping) return wanted.has_mappings;
    if (format->kind == FileKind::kRequestKind) {
      return wanted.has_requests && (takes_all_kinds || file.request_kind == wanted.request_kind);
    }
    const bool is_of_requests =
        format->kind == FileKind::kRequestContents || format->kind == FileKind::kWording;
    return wanted.has_requests || !is_of_requests;
  };
  std::vector<const IndexedFile*> out;
  for (const IndexedFile& file : files) {
    if (file.owner.empty() && is_wanted(file)) out.push_back(&file);
  }
  return out;
}

std::vector<const IndexedFile*> BlobIndex::owned_files(const Wanted& wanted,
                                                       const law::LawBook& world) const {
  const auto sides = sides_of(wanted, world);
  auto ids = ids_of(wanted, owners, world);
  const bool takes_all = wanted.is_all || !sides || !ids;
  if (!takes_all && !sides->empty()) {
    for (const SideCodes& side : *sides) ids->insert(side.iso3);
    for (const IndexedOwner& owner : owners) {
      if (!owner.is_instrument || !owner.has_cooperation) continue;
      if (!owner.is_bilateral || is_between(owner, *sides)) ids->insert(owner.id);
    }
  }
  const Ids wanted_ids = takes_all ? Ids() : closure(owners, *std::move(ids));
  std::vector<const IndexedFile*> out;
  for (const IndexedFile& file : files) {
    if (file.owner.empty()) continue;
    if (takes_all || wanted_ids.contains(file.owner)) out.push_back(&file);
  }
  return out;
}

}  // namespace rogatory::corpus
