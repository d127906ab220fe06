// SPDX-License-Identifier: EUPL-1.2

#include "corpus/conduct_yaml.h"

namespace rogatory::corpus {

base::Result<YamlDocument> read_conduct_document(std::string_view text, std::string_view file,
                                                 const SchemaSet& schemas) {
  ROG_TRY(YamlDocument document, read_yaml_document(text, file));
  ROG_CHECKED(schemas.check(document, kConductSchema));
  return document;
}

}  // namespace rogatory::corpus
