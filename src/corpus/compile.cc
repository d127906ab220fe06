// SPDX-License-Identifier: EUPL-1.2

#include "corpus/compile.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "corpus/folder.h"
#include "corpus/reader.h"
#include "corpus/schema_check.h"

namespace rogatory::corpus {
namespace {

constexpr std::string_view kBlobFormat = "rogatory.corpus-blob/1";

// A document stands three levels deep in the blob.
constexpr std::size_t kMaxBlobDepth = base::kMaxJsonDepth + 8;

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

std::string to_blob(std::span<const CorpusFile> files) {
  base::JsonArray entries;
  for (const CorpusFile& file : files) {
    entries.push_back(
        base::JsonObject{{"path", file.path}, {"doc", file.doc}, {"lines", file.lines}});
  }
  return base::canonical_json(
      base::JsonObject{{"format", kBlobFormat}, {"files", std::move(entries)}});
}

base::Result<std::string> compile_blob(const std::filesystem::path& folder) {
  ROG_TRY(const SchemaSet schemas, SchemaSet::make(embedded_schemas()));
  ROG_TRY(const CorpusFiles read, read_folder(folder, schemas));
  if (!read.faults.empty()) return read.faults.front();
  return to_blob(read.files);
}

namespace {

using Owners = std::span<const std::string>;

// What is of no instrument or State is always wanted.
bool is_wanted(const CorpusFile& file, Owners owners) {
  for (const std::string_view key : {"instrument", "state"}) {
    const base::Json* owner = member(file.doc, key);
    if (owner == nullptr || !owner->is_string()) continue;
    return std::ranges::find(owners, std::string_view(owner->get_string())) != owners.end();
  }
  return true;
}

base::Result<Corpus> load(std::string_view bytes, DigestFn digest, Readiness readiness,
                          std::optional<Owners> owners) {
  base::JsonArena arena;
  ROG_TRY(base::Json blob, parse_blob(bytes, arena));
  ROG_TRY(std::vector<CorpusFile> files, files_of(blob));
  std::vector<FileName> names;
  for (const CorpusFile& file : files) {
    names.push_back({.path = file.path, .format = std::string(file.format())});
  }
  if (owners) std::erase_if(files, [&](const auto& file) { return !is_wanted(file, *owners); });
  Reading reading = read_files(files);
  if (!reading.faults.empty()) return reading.faults.front();
  Corpus corpus{.book = std::move(reading.book),
                .mappings = std::move(reading.mappings),
                .files = std::move(names),
                .request_kinds = std::move(reading.request_kinds),
                .request_contents = std::move(reading.request_contents),
                .wording = std::move(reading.wording)};
  corpus.book.digest = digest(bytes);
  ROG_CHECKED(readiness == Readiness::kToApply ? corpus.book.link() : corpus.book.index());
  return corpus;
}

}  // namespace

base::Result<Corpus> load_blob(std::string_view bytes, DigestFn digest, Readiness readiness) {
  return load(bytes, digest, readiness, std::nullopt);
}

base::Result<Corpus> load_blob_of(std::string_view bytes, DigestFn digest,
                                  std::span<const std::string> owners) {
  return load(bytes, digest, Readiness::kToShow, owners);
}

base::Result<Corpus> load_folder(const std::filesystem::path& folder, DigestFn digest,
                                 Readiness readiness) {
  ROG_TRY(const std::string blob, compile_blob(folder));
  return load_blob(blob, digest, readiness).with_context("while loading " + folder.string());
}

}  // namespace rogatory::corpus
