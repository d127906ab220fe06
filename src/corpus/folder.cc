// SPDX-License-Identifier: EUPL-1.2

#include "corpus/folder.h"

#include <algorithm>
#include <utility>

#include "base/file.h"

namespace rogatory::corpus {
namespace {

base::Error schema_error(std::string message, base::Place place) {
  return {
      .code = base::ErrorCode::kSchema, .message = std::move(message), .place = std::move(place)};
}

// The name of the schema, or why there is none.
base::Result<std::string_view> schema_of(const YamlDocument& document, const SchemaSet& schemas) {
  const auto* object = document.value.if_object();
  const base::Json* name = object == nullptr ? nullptr : object->if_contains("format");
  if (name == nullptr || !name->is_string()) {
    return schema_error("the file has no `format`", document.place(""));
  }
  const std::string_view text = name->get_string();
  const auto format = find_format(text);
  if (!format || !schemas.has(format->schema)) {
    return schema_error("unknown format `" + std::string(text) + "`", document.place("/format"));
  }
  return format->schema;
}

std::vector<base::Error> schema_errors(const YamlDocument& document, const SchemaSet& schemas) {
  const auto schema = schema_of(document, schemas);
  if (!schema.ok()) return {schema.error()};
  std::vector<base::Error> out;
  for (SchemaFault& fault : schemas.find_faults(document.value, *schema)) {
    out.push_back(schema_error(std::move(fault.message), document.place(fault.pointer)));
  }
  return out;
}

void read_one(const SourceText& source, const SchemaSet& schemas, CorpusFiles& out) {
  auto document = read_yaml_document(source.text, source.path);
  if (!document.ok()) {
    out.faults.push_back(document.take_error());
    return;
  }
  auto errors = schema_errors(*document, schemas);
  if (errors.empty()) {
    out.files.push_back(to_corpus_file(document.take()));
  } else {
    std::ranges::move(errors, std::back_inserter(out.faults));
  }
}

}  // namespace

CorpusFiles read_texts(std::span<const SourceText> texts, const SchemaSet& schemas) {
  CorpusFiles out;
  for (const SourceText& source : texts) read_one(source, schemas, out);
  std::ranges::sort(out.files, {}, &CorpusFile::path);
  return out;
}

base::Result<CorpusFiles> read_folder(const std::filesystem::path& folder,
                                      const SchemaSet& schemas) {
  ROG_TRY(const auto paths, base::list_files_recursive(folder));
  std::vector<SourceText> texts;
  for (const auto& path : paths) {
    if (path.extension() != ".yaml") continue;
    ROG_TRY(std::string text, base::read_file(path));
    texts.push_back(
        {.path = path.lexically_relative(folder).generic_string(), .text = std::move(text)});
  }
  // A folder of another kind would otherwise pass as law without a fault.
  if (texts.empty()) {
    return base::Error{.code = base::ErrorCode::kNotFound,
                       .message = folder.generic_string() + ": the folder has no .yaml file",
                       .context = {},
                       .place = {}};
  }
  return read_texts(texts, schemas);
}

}  // namespace rogatory::corpus
