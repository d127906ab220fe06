// SPDX-License-Identifier: EUPL-1.2

#include "corpus/yaml_reader.h"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <exception>
#include <sstream>
#include <utility>

#include "corpus/detail/yaml_builder.h"

namespace rogatory::corpus {
namespace {

using base::ErrorCode;
using base::LineColumn;

base::Error make_error(ErrorCode code, std::string message, std::string_view file, LineColumn at) {
  return {.code = code,
          .message = std::move(message),
          .place = {.file = std::string(file), .line = at.line, .column = at.column}};
}

// What is wrong with one character of the text, wherever it stands.
std::string_view fault_of(std::string_view text, std::size_t i) {
  const auto c = static_cast<unsigned char>(text[i]);
  if (c == '\t') return "a tab: use spaces";
  if (c == '\r') return i + 1 < text.size() && text[i + 1] == '\n' ? "" : "a lone carriage return";
  if ((c < 0x20 && c != '\n') || c == 0x7f) return "a control character";
  if (c == '%' && (i == 0 || text[i - 1] == '\n')) return "a directive";
  return "";
}

// Faults that the parser would overlook or stumble over.
base::Result<void> check_characters(std::string_view text, std::string_view file) {
  const auto fail = [&](std::string_view message, std::size_t offset) {
    return make_error(ErrorCode::kParse, std::string(message), file,
                      base::line_column(text, offset));
  };
  if (const auto offset = base::find_invalid_utf8(text)) return fail("not UTF-8", *offset);
  if (text.starts_with("\xEF\xBB\xBF")) return fail("a byte order mark", 0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (const auto fault = fault_of(text, i); !fault.empty()) return fail(fault, i);
  }
  return {};
}

// Feeds the events of the whole text to `builder`. Throws what the parser and the builder throw.
void parse_into(detail::YamlBuilder& builder, std::string_view text) {
  std::istringstream stream{std::string(text)};
  YAML::Parser parser(stream);
  while (parser.HandleNextDocument(builder)) {
  }
}

}  // namespace

std::optional<LineColumn> PositionIndex::find(std::string_view pointer) const {
  const auto it = at_.find(pointer);
  if (it == at_.end()) return std::nullopt;
  return it->second;
}

LineColumn PositionIndex::nearest(std::string_view pointer) const {
  while (true) {
    if (const auto at = find(pointer)) return *at;
    if (pointer.empty()) return {};
    pointer = pointer.substr(0, pointer.rfind('/'));
  }
}

base::Place YamlDocument::place(std::string_view pointer) const {
  const LineColumn at = positions.nearest(pointer);
  return {.file = file, .line = at.line, .column = at.column, .pointer = std::string(pointer)};
}

base::Result<YamlDocument> read_yaml_document(std::string_view text, std::string_view file,
                                              const YamlLimits& limits) {
  if (text.size() > limits.max_bytes) {
    return make_error(ErrorCode::kLimit,
                      "the file has more than " + std::to_string(limits.max_bytes) + " bytes", file,
                      {});
  }
  ROG_CHECKED(check_characters(text, file));
  detail::YamlBuilder builder(text, limits);
  try {
    parse_into(builder, text);
  } catch (const detail::YamlRefusal& refusal) {
    return make_error(refusal.code, refusal.message, file, refusal.at);
  } catch (const YAML::Exception& exception) {
    return make_error(ErrorCode::kParse, "not YAML: " + exception.msg, file,
                      builder.position(exception.mark));
  } catch (const std::exception& exception) {
    return make_error(ErrorCode::kParse, std::string("not YAML: ") + exception.what(), file, {});
  }
  if (builder.documents() == 0) {
    return make_error(ErrorCode::kParse, "the file has no document", file, {});
  }
  return YamlDocument{.file = std::string(file),
                      .value = builder.release_value(),
                      .positions = builder.release_positions()};
}

}  // namespace rogatory::corpus
