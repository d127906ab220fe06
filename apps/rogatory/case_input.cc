// SPDX-License-Identifier: EUPL-1.2
#include "rogatory/case_input.h"

#include <filesystem>

#include "base/file.h"
#include "conduct/conduct.h"
#include "rogatory/incident.h"

namespace rogatory::app {
namespace {

/// A request is prose: its facts are longer than any text of law, which is cut into elements.
constexpr std::size_t kMaxTextBytes = std::size_t{256} * 1024;

constexpr std::string_view kCaseFormat = "rogatory.case/1";

const base::Json* find(const base::Json* value, std::string_view key) {
  const auto* object = value == nullptr ? nullptr : value->if_object();
  return object == nullptr ? nullptr : object->if_contains(key);
}

std::string text_of(const base::Json* value) {
  const auto* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string() : std::string(*text);
}

// The case: inside a draft, or the document itself.
const base::Json* case_of(const InputDocument& input) {
  const base::Json* inside = find(&input.document.value, "case");
  return inside == nullptr ? &input.document.value : inside;
}

// The owner of a provision; text without an owner names no provision of the corpus.
void add_owner(const std::string& provision, std::vector<std::string>& owners) {
  const std::size_t colon = provision.find(':');
  if (colon != std::string::npos) owners.push_back(provision.substr(0, colon));
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

base::Result<InputDocument> read_input_document(const std::string& path) {
  ROG_TRY(const std::string text, base::read_file(path));
  ROG_TRY(corpus::YamlDocument document,
          corpus::read_yaml_document(text, path, {.max_scalar_bytes = kMaxTextBytes}));
  return InputDocument{.path = path, .document = std::move(document)};
}

StatesNamed states_named(const InputDocument& input) {
  const base::Json* file = case_of(input);
  return {.requesting = text_of(find(find(file, "requesting"), "state")),
          .requested = text_of(find(find(file, "requested"), "state"))};
}

corpus::Wanted wanted_by(const InputDocument& input) {
  const StatesNamed states = states_named(input);
  if (states.requesting.empty() || states.requested.empty()) return {.is_all = true};
  corpus::Wanted out{.sides = {states.requesting, states.requested},
                     .request_kind = text_of(find(&input.document.value, "kind"))};
  add_owner(text_of(find(find(&input.document.value, "basis"), "provision")), out.owners);
  const base::Json* offences = find(case_of(input), "offences");
  const auto* list = offences == nullptr ? nullptr : offences->if_array();
  if (list == nullptr) return out;
  for (const base::Json& offence : *list) {
    add_owner(text_of(find(&offence, "provision")), out.owners);
  }
  return out;
}

bool is_case(const InputDocument& input) {
  return text_of(find(&input.document.value, "format")) == kCaseFormat;
}

base::Result<request::CaseFile> read_case_file(const InputDocument& input,
                                               const corpus::Corpus& corpus) {
  const auto place_of = [&](std::string_view pointer) { return input.document.place(pointer); };
  base::Json value = input.document.value;
  if (auto* object = value.if_object()) {
    auto merged = with_conduct(std::move(*object), input.path, corpus);
    if (!merged.ok())
      return merged.take_error().with_context("while reading the conduct of " + input.path);
    value = merged.take();
  }
  return request::read_case(value, place_of);
}

base::Result<request::Draft> read_draft_file(const InputDocument& input,
                                             const request::KindBook& kinds) {
  return request::read_draft(input.document.value, kinds, [&](std::string_view pointer) {
    return input.document.place(pointer);
  });
}

}  // namespace rogatory::app
