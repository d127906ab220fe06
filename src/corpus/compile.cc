// SPDX-License-Identifier: EUPL-1.2

#include "corpus/compile.h"

#include <algorithm>
#include <utility>

#include "corpus/detail/blob_text.h"
#include "corpus/folder.h"
#include "corpus/reader.h"
#include "corpus/schema_check.h"

namespace rogatory::corpus {
namespace {

constexpr std::string_view kBlobFormat = "rogatory.corpus-blob/1";

// A document stands three levels deep in the blob.
constexpr std::size_t kMaxBlobDepth = base::kMaxJsonDepth + 8;

// Room for the values of most files; of a larger one, what is beyond it is allocated.
constexpr std::size_t kPieceMemory = std::size_t{1} << 20U;

base::Error blob_error(base::ErrorCode code, std::string message) {
  return {.code = code, .message = "not a corpus blob: " + std::move(message)};
}

const base::Json* member(const base::Json& value, std::string_view key) {
  const auto* object = value.if_object();
  return object == nullptr ? nullptr : object->if_contains(key);
}

base::Result<base::Json> parse_blob(std::string_view bytes, base::JsonArena& arena) {
  ROG_TRY(base::Json blob,
          base::parse_json(bytes, "corpus blob", {.max_depth = kMaxBlobDepth}, &arena));
  const base::Json* format = member(blob, "format");
  if (format == nullptr || *format != base::Json(kBlobFormat)) {
    return blob_error(base::ErrorCode::kSchema, "`format` is not " + std::string(kBlobFormat));
  }
  return blob;
}

base::Result<CorpusFile> to_file(base::Json& entry) {
  const base::Json* path = member(entry, "path");
  const base::Json* doc = member(entry, "doc");
  const base::Json* lines = member(entry, "lines");
  if (path == nullptr || !path->is_string() || doc == nullptr || lines == nullptr ||
      !lines->is_object()) {
    return blob_error(base::ErrorCode::kSchema, "a file needs `path`, `doc` and `lines`");
  }
  return CorpusFile{.path = std::string(path->get_string()),
                    .doc = std::move(entry.get_object()["doc"]),
                    .lines = std::move(entry.get_object()["lines"].get_object())};
}

base::Result<std::vector<CorpusFile>> files_of(base::Json& blob) {
  auto* files = blob.get_object().if_contains("files");
  if (files == nullptr || !files->is_array()) {
    return blob_error(base::ErrorCode::kSchema, "`files` is not a list");
  }
  std::vector<CorpusFile> out;
  for (base::Json& entry : files->get_array()) {
    ROG_TRY(CorpusFile file, to_file(entry));
    out.push_back(std::move(file));
  }
  return out;
}

}  // namespace

detail::BlobText detail::blob_text(std::span<const CorpusFile> files) {
  // The keys of both levels stand in canonical order.
  BlobText out{.bytes = "{\"files\":[", .pieces = {}};
  for (const CorpusFile& file : files) {
    if (!out.pieces.empty()) out.bytes += ',';
    const std::string piece = base::canonical_json(
        base::JsonObject{{"doc", file.doc}, {"lines", file.lines}, {"path", file.path}});
    out.pieces.push_back({.begin = out.bytes.size(), .size = piece.size()});
    out.bytes += piece;
  }
  out.bytes += "],\"format\":\"" + std::string(kBlobFormat) + "\"}";
  return out;
}

std::string to_blob(std::span<const CorpusFile> files) {
  return detail::blob_text(files).bytes;
}

base::Result<std::string> compile_blob(const std::filesystem::path& folder) {
  ROG_TRY(const SchemaSet schemas, SchemaSet::make(embedded_schemas()));
  ROG_TRY(const CorpusFiles read, read_folder(folder, schemas));
  if (!read.faults.empty()) return read.faults.front();
  return to_blob(read.files);
}

namespace {

base::Result<Corpus> finish(Reading reading, std::vector<FileName> names, std::string digest,
                            Readiness readiness, std::span<const std::string> atom_order = {}) {
  if (!reading.faults.empty()) return reading.faults.front();
  Corpus corpus{.book = std::move(reading.book),
                .mappings = std::move(reading.mappings),
                .files = std::move(names),
                .request_kinds = std::move(reading.request_kinds),
                .request_contents = std::move(reading.request_contents),
                .wording = std::move(reading.wording)};
  corpus.book.digest = std::move(digest);
  ROG_CHECKED(readiness == Readiness::kToApply ? corpus.book.link({.atom_order = atom_order})
                                               : corpus.book.index());
  return corpus;
}

/// Reads pieces of a blob one after the other, in the same memory.
class PieceReader {
 public:
  explicit PieceReader(std::string_view bytes) : bytes_(bytes), memory_(kPieceMemory) {}

  base::Result<void> read(std::span<const IndexedFile* const> files, Reading& reading) {
    for (const IndexedFile* file : files) ROG_CHECKED(read_one(*file, reading));
    return {};
  }

 private:
  base::Result<void> read_one(const IndexedFile& indexed, Reading& reading) {
    base::JsonArena arena(memory_.data(), memory_.size());
    ROG_TRY(base::Json entry,
            base::parse_json(bytes_.substr(indexed.begin, indexed.size), indexed.path,
                             {.max_depth = kMaxBlobDepth, .was_checked = true}, &arena));
    ROG_TRY(const CorpusFile file, to_file(entry));
    read_more(file, reading);
    return {};
  }

  std::string_view bytes_;
  std::vector<unsigned char> memory_;
};

}  // namespace

base::Result<Corpus> load_blob(std::string_view bytes, DigestFn digest, Readiness readiness) {
  base::JsonArena arena;
  ROG_TRY(base::Json blob, parse_blob(bytes, arena));
  ROG_TRY(const std::vector<CorpusFile> files, files_of(blob));
  std::vector<FileName> names;
  for (const CorpusFile& file : files) {
    names.push_back({.path = file.path, .format = std::string(file.format())});
  }
  return finish(read_files(files), std::move(names), digest(bytes), readiness);
}

base::Result<Corpus> load_part(const IndexedBlob& blob, const Wanted& wanted, Readiness readiness) {
  ROG_TRY(const BlobIndex index, BlobIndex::parse(blob.index, blob.bytes.size()));
  std::vector<FileName> names;
  for (const IndexedFile& file : index.files) {
    names.push_back({.path = file.path, .format = file.format});
  }
  Reading reading;
  PieceReader pieces(blob.bytes);
  ROG_CHECKED(pieces.read(index.shared_files(wanted), reading));
  const std::vector<const IndexedFile*> owned = index.owned_files(wanted, reading.book);
  std::size_t provisions = 0;
  for (const IndexedFile* file : owned) provisions += file->provisions;
  // The index is not trusted with memory: a piece has fewer provisions than bytes.
  reading.book.provisions.reserve(std::min(provisions, blob.bytes.size()));
  ROG_CHECKED(pieces.read(owned, reading));
  return finish(std::move(reading), std::move(names), std::string(blob.digest), readiness,
                index.atoms);
}

base::Result<Corpus> load_folder(const std::filesystem::path& folder, DigestFn digest,
                                 Readiness readiness) {
  ROG_TRY(const std::string blob, compile_blob(folder));
  return load_blob(blob, digest, readiness).with_context("while loading " + folder.string());
}

}  // namespace rogatory::corpus
