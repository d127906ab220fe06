// SPDX-License-Identifier: EUPL-1.2

#include "base/error.h"

#include <boost/json/value.hpp>
#include <utility>

namespace rogatory::base {
namespace {

struct CodeRow {
  std::string_view name;
  int exit_code;
};

CodeRow row(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return {.name = "invalid_argument", .exit_code = 2};
    case ErrorCode::kParse:
      return {.name = "parse", .exit_code = 3};
    case ErrorCode::kSchema:
      return {.name = "schema", .exit_code = 3};
    case ErrorCode::kLint:
      return {.name = "lint", .exit_code = 4};
    case ErrorCode::kNotFound:
      return {.name = "not_found", .exit_code = 5};
    case ErrorCode::kIo:
      return {.name = "io", .exit_code = 6};
    case ErrorCode::kLimit:
      return {.name = "limit", .exit_code = 7};
    case ErrorCode::kUnsupported:
      return {.name = "unsupported", .exit_code = 8};
    case ErrorCode::kConflict:
      return {.name = "conflict", .exit_code = 9};
    case ErrorCode::kRefused:
      return {.name = "refused", .exit_code = 10};
    case ErrorCode::kInternal:
      return {.name = "internal", .exit_code = 70};
  }
  return {.name = "internal", .exit_code = 70};
}

}  // namespace

std::string_view error_code_name(ErrorCode code) {
  return row(code).name;
}

int exit_code(ErrorCode code) {
  return row(code).exit_code;
}

std::string Place::to_string() const {
  std::string text = file;
  if (line > 0) {
    if (!text.empty()) text += ':';
    text += std::to_string(line);
    if (column > 0) text += ':' + std::to_string(column);
  }
  if (!pointer.empty()) {
    if (!text.empty()) text += ' ';
    text += "at " + pointer;
  }
  return text;
}

Error Error::with_context(std::string line) const& {
  return Error(*this).with_context(std::move(line));
}

Error Error::with_context(std::string line) && {
  context.push_back(std::move(line));
  return std::move(*this);
}

std::string Error::to_string() const {
  std::string text = place.to_string();
  if (!text.empty()) text += ": ";
  text += message;
  text += " (";
  text += error_code_name(code);
  text += ')';
  for (const std::string& line : context) text += "; " + line;
  return text;
}

boost::json::value Error::to_json() const {
  boost::json::object object;
  object["code"] = error_code_name(code);
  object["message"] = message;
  if (!context.empty()) {
    object["context"] = boost::json::array(context.begin(), context.end());
  }
  boost::json::object where;
  if (!place.file.empty()) where["file"] = place.file;
  if (place.line > 0) where["line"] = place.line;
  if (place.column > 0) where["column"] = place.column;
  if (!place.pointer.empty()) where["pointer"] = place.pointer;
  if (!where.empty()) object["place"] = std::move(where);
  return object;
}

}  // namespace rogatory::base
