// SPDX-License-Identifier: EUPL-1.2
//
// One file of the corpus in memory, and the kinds of files there are. Values: any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/json.h"
#include "corpus/yaml_reader.h"

namespace rogatory::corpus {

/// A document with the lines of its mappings.
struct CorpusFile {
  std::string path;        ///< from the folder of the corpus, with `/`
  base::Json doc;          ///< the whole document
  base::JsonObject lines;  ///< JSON pointer of each mapping -> its line

  /// The place of the value at `pointer`: its line, or that of the innermost mapping around it.
  base::Place place(std::string_view pointer) const;

  /// The value of `format`, empty when there is none.
  std::string_view format() const;
};

/// The kinds of files, by the value of their `format`.
enum class FileKind {
  kVocabulary,
  kInstrument,
  kState,
  kStateLaw,
  kMapping,
  kWorld,
  kRanking,
  kGroundSubjects,
  kRequestKind,
  kRequestContents,
  kWording,
};

/// A kind of file with its published names.
struct FileFormat {
  FileKind kind;
  std::string_view format;  ///< `rogatory.state/1`
  std::string_view schema;  ///< `state.schema.json`
};

/// The format of that name, or nothing when this version does not know it.
std::optional<FileFormat> find_format(std::string_view format);

/// Takes the document over and keeps the lines of its mappings.
CorpusFile to_corpus_file(YamlDocument document);

}  // namespace rogatory::corpus
