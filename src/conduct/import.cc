// SPDX-License-Identifier: EUPL-1.2

#include "conduct/import.h"

#include <array>
#include <utility>

#include "base/text.h"
#include "conduct/detail/json_position.h"

namespace rogatory::conduct {
namespace {

using base::Json;
using base::JsonObject;
using base::Result;

bool has(const JsonObject& object, std::string_view key) {
  return object.if_contains(key) != nullptr;
}

bool has_text(const JsonObject& object, std::string_view key, std::string_view text) {
  const auto* member = object.if_contains(key);
  const auto* value = member == nullptr ? nullptr : member->if_string();
  return value != nullptr && std::string_view(*value) == text;
}

bool is_misp_event(const JsonObject& object) {
  return has(object, "info") && (has(object, "Attribute") || has(object, "Tag"));
}

Format detect_object(const JsonObject& object) {
  if (has_text(object, "format", "rogatory.conduct/1")) return Format::kConductJson;
  if (has_text(object, "type", "bundle")) return Format::kStix;
  if (has(object, "Event") || has(object, "response") || is_misp_event(object)) {
    return Format::kMisp;
  }
  if (has(object, "true")) return Format::kVerisFlat;
  const auto* action = object.if_contains("action");
  return action != nullptr && action->is_object() ? Format::kVeris : Format::kUnknown;
}

/// The records of a document: a list, the `response` of a MISP server, or one.
std::vector<std::pair<std::string, const Json*>> records_of(const Json& document) {
  std::vector<std::pair<std::string, const Json*>> out;
  const auto* list = document.if_array();
  std::string prefix;
  if (const auto* object = document.if_object()) {
    const auto* response = object->if_contains("response");
    list = response == nullptr ? nullptr : response->if_array();
    prefix = "/response";
  }
  if (list == nullptr) return {{"", &document}};
  out.reserve(list->size());
  for (std::size_t i = 0; i < list->size(); ++i) {
    out.emplace_back(prefix + "/" + std::to_string(i), &(*list)[i]);
  }
  return out;
}

Result<Imported> import_record(Format format, const Json& record, const Mappings& mappings) {
  switch (format) {
    case Format::kVeris:
      return import_veris(record, mappings);
    case Format::kVerisFlat:
      return import_veris_flat(record, mappings);
    case Format::kStix:
      return import_stix(record, mappings);
    case Format::kMisp:
      return import_misp(record, mappings);
    case Format::kConductJson: {
      ROG_TRY(Conduct conduct, read_conduct_json(record));
      return Imported{.conduct = std::move(conduct), .unmapped = {}, .remarks = {}};
    }
    case Format::kUnknown:
    case Format::kConductYaml:
    case Format::kEurepocCsv:
      break;
  }
  return base::Error{.code = base::ErrorCode::kUnsupported,
                     .message = "the format of this input is not known"};
}

base::Error place_in(base::Error error, std::string_view file, const std::string& record) {
  if (error.place.file.empty()) error.place.file = file;
  if (!record.empty()) error.place.pointer = record + error.place.pointer;
  return error;
}

Result<std::vector<Imported>> import_document(const Json& document, std::string_view file,
                                              const Mappings& mappings) {
  const auto records = records_of(document);
  if (records.size() > kMaxRecords) {
    return base::Error{.code = base::ErrorCode::kLimit,
                       .message = "more than " + std::to_string(kMaxRecords) + " records",
                       .place = {.file = std::string(file)}};
  }
  std::vector<Imported> out;
  out.reserve(records.size());
  for (const auto& [pointer, record] : records) {
    auto one = import_record(detect_json_format(*record), *record, mappings);
    if (!one.ok()) return place_in(one.take_error(), file, pointer);
    out.push_back(one.take());
  }
  return out;
}

bool is_eurepoc_header(std::string_view text) {
  const std::string_view first = text.substr(0, text.find('\n'));
  return first.find("incident_type") != std::string_view::npos &&
         first.find("receiver_country") != std::string_view::npos;
}

std::string_view without_mark(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return text;
}

/// Blanks and a byte order mark stand before the first sign that tells.
std::string_view without_lead(std::string_view text) {
  return base::trim(without_mark(text));
}

/// An error in a JSON text that is known by its pointer only, with line and column as well.
base::Error place_in_text(base::Error error, std::string_view text) {
  if (error.place.line == 0 && !error.place.pointer.empty()) {
    const auto at = detail::find_in_json(text, error.place.pointer);
    if (at) {
      error.place.line = at->line;
      error.place.column = at->column;
    }
  }
  return error;
}

}  // namespace

std::string_view to_text(Format format) {
  switch (format) {
    case Format::kUnknown:
      return "unknown";
    case Format::kConductYaml:
      return "conduct-yaml";
    case Format::kConductJson:
      return "conduct-json";
    case Format::kVeris:
      return "veris";
    case Format::kVerisFlat:
      return "veris-list";
    case Format::kStix:
      return "stix";
    case Format::kMisp:
      return "misp";
    case Format::kEurepocCsv:
      return "eurepoc-csv";
  }
  return "unknown";
}

Format detect_json_format(const Json& document) {
  const auto* list = document.if_array();
  const Json* first = &document;
  if (list != nullptr) {
    if (list->empty()) return Format::kUnknown;
    first = list->data();
  }
  const auto* object = first->if_object();
  return object == nullptr ? Format::kUnknown : detect_object(*object);
}

Format detect_format(std::string_view text) {
  const std::string_view body = without_lead(text);
  if (body.starts_with('{') || body.starts_with('[')) {
    const auto document = base::parse_json(body, "");
    return document.ok() ? detect_json_format(*document) : Format::kUnknown;
  }
  if (is_eurepoc_header(body)) return Format::kEurepocCsv;
  const bool is_conduct = body.find("format: rogatory.conduct/1") != std::string_view::npos;
  return is_conduct ? Format::kConductYaml : Format::kUnknown;
}

Result<std::vector<Imported>> import_text(std::string_view text, std::string_view file,
                                          const Mappings& mappings) {
  const std::string_view body = without_lead(text);
  if (body.starts_with('{') || body.starts_with('[')) {
    // Some writers put the mark before JSON too; a reader may pass it over (RFC 8259, 8.1).
    const std::string_view json = without_mark(text);
    ROG_TRY(const Json document, base::parse_json(json, file));
    auto records = import_document(document, file, mappings);
    if (!records.ok()) return place_in_text(records.take_error(), json);
    return records;
  }
  if (is_eurepoc_header(body)) return import_eurepoc_csv(text, file, mappings);
  return base::Error{.code = base::ErrorCode::kUnsupported,
                     .message = "the format of this input is not known",
                     .place = {.file = std::string(file)}};
}

}  // namespace rogatory::conduct
