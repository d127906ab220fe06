// SPDX-License-Identifier: EUPL-1.2
//
// Conduct files (docs/formats/conduct.md): YAML of the same strict subset as the corpus. Pure.
#pragma once

#include <string_view>

#include "base/result.h"
#include "corpus/schema_check.h"
#include "corpus/yaml_reader.h"

namespace rogatory::corpus {

/// The schema of conduct files.
inline constexpr std::string_view kConductSchema = "conduct.schema.json";

/// Reads one conduct file and checks it against kConductSchema of `schemas`. Errors as
/// read_yaml_document, and kSchema with file, line and column. Terms are not looked up here.
///
///     ROG_TRY(const SchemaSet schemas, SchemaSet::make(embedded_schemas(), kConductSchema));
///     ROG_TRY(const YamlDocument conduct, read_conduct_document(text, "case.yaml", schemas));
base::Result<YamlDocument> read_conduct_document(std::string_view text, std::string_view file,
                                                 const SchemaSet& schemas);

}  // namespace rogatory::corpus
