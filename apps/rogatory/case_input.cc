// SPDX-License-Identifier: EUPL-1.2
#include "rogatory/case_input.h"

#include <filesystem>

#include "base/file.h"
#include "conduct/conduct.h"
#include "corpus/yaml_reader.h"
#include "rogatory/incident.h"

namespace rogatory::app {
namespace {

/// A request is prose: its facts are longer than any text of law, which is cut into elements.
constexpr std::size_t kMaxTextBytes = std::size_t{256} * 1024;

base::Result<corpus::YamlDocument> read_document(const std::string& path) {
  ROG_TRY(const std::string text, base::read_file(path));
  return corpus::read_yaml_document(text, path, {.max_scalar_bytes = kMaxTextBytes});
}

// The conduct of another file, put inside the case.
base::Result<base::JsonObject> with_conduct(base::JsonObject document, const std::string& case_path,
                                            const corpus::Corpus& corpus) {
  const base::Json* named = document.if_contains("conduct");
  if (named == nullptr || !named->is_string()) return document;
  const auto path =
      std::filesystem::path(case_path).parent_path() / std::string(named->get_string());
  ROG_TRY(const Incident incident, read_incident(path.string(), {}, corpus));
  return request::put_conduct(std::move(document), conduct::to_json(incident.conduct).as_object());
}

}  // namespace

base::Result<request::CaseFile> read_case_file(const std::string& path,
                                               const corpus::Corpus& corpus) {
  ROG_TRY(corpus::YamlDocument document, read_document(path));
  const auto place_of = [&](std::string_view pointer) { return document.place(pointer); };
  base::Json value = document.value;
  if (auto* object = value.if_object()) {
    auto merged = with_conduct(std::move(*object), path, corpus);
    if (!merged.ok())
      return merged.take_error().with_context("while reading the conduct of " + path);
    value = merged.take();
  }
  return request::read_case(value, place_of);
}

base::Result<request::Draft> read_draft_file(const std::string& path,
                                             const request::KindBook& kinds) {
  ROG_TRY(const corpus::YamlDocument document, read_document(path));
  return request::read_draft(document.value, kinds,
                             [&](std::string_view pointer) { return document.place(pointer); });
}

}  // namespace rogatory::app
