// SPDX-License-Identifier: EUPL-1.2

#include "law_support/incidents.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/file.h"
#include "corpus/conduct_yaml.h"
#include "corpus/schema_check.h"
#include "law_support/corpus.h"
#include "support/shared.h"

namespace rogatory::test {

base::Result<conduct::Conduct> read_conduct(std::string_view text, std::string_view file) {
  ROG_TRY(const auto schemas, corpus::SchemaSet::make(corpus::embedded_schemas()));
  ROG_TRY(const auto document, corpus::read_conduct_document(text, file, schemas));
  const auto place_of = [&](std::string_view pointer) { return document.place(pointer); };
  return conduct::read_conduct_json(document.value, place_of);
}

base::Result<std::vector<conduct::Imported>> read_incidents(const std::filesystem::path& path) {
  ROG_TRY(const std::string text, base::read_file(path));
  const std::string file = path.filename().string();
  if (conduct::detect_format(text) != conduct::Format::kConductYaml) {
    return conduct::import_text(text, file, the_mappings());
  }
  ROG_TRY(conduct::Conduct conduct, read_conduct(text, file));
  std::vector<conduct::Imported> out;
  out.push_back({.conduct = std::move(conduct), .unmapped = {}, .remarks = {}});
  return out;
}

std::vector<std::filesystem::path> example_files() {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(source_dir() / "examples")) {
    if (entry.is_regular_file() && entry.path().extension() != ".md") out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

base::Result<base::JsonArray> read_records(const std::filesystem::path& path) {
  ROG_TRY(const std::string text, base::read_file(path));
  ROG_TRY(base::Json document, base::parse_json(text, path.filename().string()));
  if (!document.is_array()) {
    return base::Error{.code = base::ErrorCode::kSchema,
                       .message = "a list of records is expected"};
  }
  return std::move(document.get_array());
}

}  // namespace rogatory::test
