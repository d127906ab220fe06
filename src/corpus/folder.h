// SPDX-License-Identifier: EUPL-1.2
//
// The files of a corpus: from a folder or from texts, read and checked against their schemas.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "corpus/corpus_file.h"
#include "corpus/schema_check.h"

namespace rogatory::corpus {

/// A file of the corpus as text.
struct SourceText {
  std::string path;  ///< from the folder of the corpus
  std::string text;
};

/// The files that could be read, sorted by path, and the faults of the others.
struct CorpusFiles {
  std::vector<CorpusFile> files;
  std::vector<base::Error> faults;  ///< kParse, kLint, kLimit of YAML; kSchema; with their places
};

/// Reads and checks texts. A file with a fault is not among the files. Pure.
CorpusFiles read_texts(std::span<const SourceText> texts, const SchemaSet& schemas);

/// Reads and checks every `.yaml` file below `folder`; other files are left alone. kNotFound and
/// kIo when the folder or a file of it cannot be read.
base::Result<CorpusFiles> read_folder(const std::filesystem::path& folder,
                                      const SchemaSet& schemas);

}  // namespace rogatory::corpus
