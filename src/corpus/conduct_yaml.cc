// SPDX-License-Identifier: EUPL-1.2

#include "corpus/conduct_yaml.h"

namespace rogatory::corpus {

base::Result<YamlDocument> read_conduct_document(std::string_view text, std::string_view file,
                                                 const SchemaSet& schemas) {
  auto read = read_yaml_document(text, file);
  if (!read.ok()) {
    // Outside of the corpus what the strict subset leaves out is bad input like any other.
    base::Error error = read.take_error();
    if (error.code == base::ErrorCode::kLint) error.code = base::ErrorCode::kParse;
    return error;
  }
  YamlDocument document = read.take();
  ROG_CHECKED(schemas.check(document, kConductSchema));
  return document;
}

}  // namespace rogatory::corpus
