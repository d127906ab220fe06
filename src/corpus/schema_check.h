// SPDX-License-Identifier: EUPL-1.2
//
// JSON Schema (draft 7, and what 2020-12 shares with it) for files of law and conduct. A SchemaSet
// is immutable after make(); any thread.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "corpus/yaml_reader.h"

namespace rogatory::corpus {

/// A schema as text under its file name, such as `state-law.schema.json`.
struct NamedSchema {
  std::string_view name;
  std::string_view text;
};

/// The schemas that were in `schemas/` when the program was built, sorted by name.
std::span<const NamedSchema> embedded_schemas();

/// What a schema says against one value of a document.
struct SchemaFault {
  std::string pointer;
  std::string message;
};

/// Compiled schemas.
///
///     ROG_TRY(const SchemaSet schemas, SchemaSet::make(embedded_schemas()));
///     ROG_CHECKED(schemas.check(doc, "state.schema.json"));
class SchemaSet final {
 public:
  /// Schemas are ours and trusted. A reference to another one names its file (the last part of the
  /// address) and a place in it. kParse for text that is not JSON, kSchema for what is no schema;
  /// the place names the file. Where `only` is named, that one alone is compiled.
  static base::Result<SchemaSet> make(std::span<const NamedSchema> schemas,
                                      std::string_view only = {});

  SchemaSet(SchemaSet&&) noexcept;
  SchemaSet& operator=(SchemaSet&&) noexcept;
  ~SchemaSet();

  bool has(std::string_view name) const;

  /// The faults of `value`, one per place, only the innermost places; empty when it is valid. The
  /// schema must be there: ask has() first.
  std::vector<SchemaFault> find_faults(const base::Json& value, std::string_view name) const;

  /// kSchema with the place of the first fault; kNotFound when there is no such schema.
  base::Result<void> check(const YamlDocument& document, std::string_view name) const;

 private:
  struct Compiled;
  SchemaSet();

  std::vector<std::unique_ptr<Compiled>> compiled_;
};

}  // namespace rogatory::corpus
