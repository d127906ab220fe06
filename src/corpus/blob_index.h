// SPDX-License-Identifier: EUPL-1.2
//
// Where each file stands in a blob, and what its instruments and States hang together with: so that
// a question loads the law it concerns, and leaves the rest as bytes. Made when the program is
// built and carried beside the blob (`corpus/embedded_blob.h`); the blob alone is the law.
// Values: any thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "corpus/corpus_file.h"
#include "law/law_book.h"

namespace rogatory::corpus {

/// A file of the blob.
struct IndexedFile {
  std::string path;
  std::string format;
  std::string owner;         ///< instrument or State; empty for all else
  std::string request_kind;  ///< of a file that describes a kind of request
  std::size_t provisions = 0;
  std::size_t begin = 0;  ///< of `{"doc":...,"lines":...,"path":...}` in the blob
  std::size_t size = 0;

  bool operator==(const IndexedFile&) const = default;
};

/// An instrument or a State.
struct IndexedOwner {
  std::string id;
  bool is_instrument = false;
  bool is_bilateral = false;
  bool has_cooperation = false;  ///< has bases, grounds or clocks
  /// States and territories that a bilateral instrument names.
  std::vector<std::string> names;
  /// Owners of provisions that its own refer to.
  std::vector<std::string> refers;

  bool operator==(const IndexedOwner&) const = default;
};

/// What a question needs of the corpus. A name that the corpus does not know makes all law wanted,
/// so that errors and suggestions are those of the whole.
struct Wanted {
  /// Everything; the members below are not read.
  bool is_all = false;
  /// Ids of instruments, in any case, and States whose law is encoded, as law::find_side reads
  /// them.
  std::vector<std::string> owners = {};
  /// States and territories, as law::find_side reads them, that deal with each other: their law,
  /// and every instrument with rules on cooperation, but of the bilateral ones only those that name
  /// two of them.
  std::vector<std::string> sides = {};
  /// Only this kind of request; every kind where it is empty or unknown.
  std::string request_kind = {};
  /// Kinds of request, their contents and the wording.
  bool has_requests = true;
  /// Incident formats.
  bool has_mappings = true;
};

class BlobIndex final {
 public:
  std::vector<IndexedFile> files;  ///< in the order of the blob
  std::vector<IndexedOwner> owners;
  /// Keys of the atoms that the texts of the whole name, in order (law::LinkOptions); empty where
  /// the whole does not link.
  std::vector<std::string> atoms;

  bool operator==(const BlobIndex&) const = default;

  /// The index of `to_blob(files)`. Files that cannot be read as law hang together with nothing.
  static BlobIndex make(std::span<const CorpusFile> files);

  /// Canonical JSON, and back. kParse and kSchema for what is no index; kSchema where a file lies
  /// beyond `blob_size`.
  [[nodiscard]] std::string to_text() const;
  static base::Result<BlobIndex> parse(std::string_view text, std::size_t blob_size);

  /// Files of no owner that are wanted.
  [[nodiscard]] std::vector<const IndexedFile*> shared_files(const Wanted& wanted) const;

  /// Files of the owners that are wanted and of those they refer to, directly or not. `world` is
  /// that of the shared files.
  [[nodiscard]] std::vector<const IndexedFile*> owned_files(const Wanted& wanted,
                                                            const law::LawBook& world) const;
};

}  // namespace rogatory::corpus
