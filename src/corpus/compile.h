// SPDX-License-Identifier: EUPL-1.2
//
// The corpus as one blob of bytes, and back. The blob is canonical JSON (RFC 8785), so equal law
// has equal bytes and one digest:
//
//     {"format":"rogatory.corpus-blob/1",
//      "files":[{"path":"states/PHL/state.yaml","doc":{...},"lines":{"":3,"/closures/0":12,...}}]}
//
// `files` are sorted by path; `lines` gives, for each mapping of `doc`, its line in the YAML file.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "corpus/blob_index.h"
#include "corpus/corpus_file.h"
#include "corpus/indexed_blob.h"
#include "law/law_book.h"

namespace rogatory::corpus {

/// SHA-256 in hexadecimal; given by the caller, as this room knows no cryptography.
using DigestFn = std::string (*)(std::string_view bytes);

/// A file that the corpus was made from.
struct FileName {
  std::string path;
  std::string format;

  bool operator==(const FileName&) const = default;
};

/// The loaded corpus.
struct Corpus {
  law::LawBook book;          ///< linked; `digest` is that of the blob
  base::JsonObject mappings;  ///< incident formats, by file name: `veris`
  std::vector<FileName> files;
  base::JsonObject request_kinds;     ///< `requests/<kind>.yaml`, by kind
  base::JsonObject request_contents;  ///< `requests/contents.yaml`; empty without it
  base::JsonObject wording;           ///< `requests/wording.yaml`; empty without it
};

/// The one sequence of bytes for these files. Pure.
std::string to_blob(std::span<const CorpusFile> files);

/// Reads, checks against the schemas and compiles a folder. The first fault is returned: kParse,
/// kLint, kLimit, kSchema with its place; kNotFound and kIo for the folder.
base::Result<std::string> compile_blob(const std::filesystem::path& folder);

/// How far law is prepared: to be shown, or to be applied.
enum class Readiness { kToShow, kToApply };

/// The corpus of a blob. kParse or kSchema for bytes that are no blob, kSchema and kLint with the
/// place in the YAML file for law that does not link. Reads documents but does not check them
/// against the schemas: that was done when they were compiled.
///
///     ROG_TRY(const Corpus corpus, load_blob(bytes, sha256_hex));
base::Result<Corpus> load_blob(std::string_view bytes, DigestFn digest,
                               Readiness readiness = Readiness::kToApply);

/// What is wanted of a blob: the same law, with the same digest, as load_blob would give of it.
/// Most of the time of loading goes into law that nobody has asked for. Errors: those of load_blob,
/// and kParse and kSchema for an index that is none.
base::Result<Corpus> load_part(const IndexedBlob& blob, const Wanted& wanted,
                               Readiness readiness = Readiness::kToApply);

/// compile_blob and load_blob.
base::Result<Corpus> load_folder(const std::filesystem::path& folder, DigestFn digest,
                                 Readiness readiness = Readiness::kToApply);

}  // namespace rogatory::corpus
