// SPDX-License-Identifier: EUPL-1.2
//
// The strict subset of YAML 1.2 in which law and conduct are written, read into JSON. Pure; any
// thread.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/result.h"
#include "base/text.h"

namespace rogatory::corpus {

/// What read_yaml_document refuses as too much.
struct YamlLimits {
  /// One file of law or conduct; the largest in the corpus has a few hundred kilobytes.
  std::size_t max_bytes = std::size_t{4} * 1024 * 1024;
  /// One scalar. Patterns of schemas are matched recursively, so this also bounds the stack.
  std::size_t max_scalar_bytes = std::size_t{8} * 1024;
  std::size_t max_depth = base::kMaxJsonDepth;
};

/// Where the values of a document stand: JSON pointer (RFC 6901) -> line and column.
class PositionIndex final {
 public:
  void add(std::string_view pointer, base::LineColumn at) { at_.emplace(pointer, at); }

  std::optional<base::LineColumn> find(std::string_view pointer) const;

  /// The position of the value, or of the innermost ancestor that has one.
  base::LineColumn nearest(std::string_view pointer) const;

  std::size_t size() const { return at_.size(); }

 private:
  std::map<std::string, base::LineColumn, std::less<>> at_;
};

/// A document with the position of each of its values. A mapping begins at its first key, a null of
/// a mapping at its key.
struct YamlDocument {
  std::string file;
  base::Json value;
  PositionIndex positions;

  /// The place of the value at `pointer`, or of its innermost ancestor.
  base::Place place(std::string_view pointer) const;
};

/// Reads one document. `file` only names the input.
///
/// Plain `true` and `false` become booleans, plain integers and decimals (`-12`, `0.5`) numbers,
/// whole ones int64; `null`, `~` and nothing become null; everything else (dates, `NO`, `yes`,
/// `unknown`, whatever is quoted) is a string.
///
/// kParse, with line and column: what is not YAML or not UTF-8, tabs, control characters, a byte
/// order mark, directives, an empty or a second document, an empty entry of a list, a quoted text
/// of several lines, an integer beyond 2^53 - 1. kLint: what is YAML and refused here: aliases,
/// anchors, tags, merge keys, keys that are used twice or are not strings. kLimit: more than
/// `limits`.
///
///     ROG_TRY(const YamlDocument doc, read_yaml_document("state: NO\n", "states/NOR/state.yaml"));
base::Result<YamlDocument> read_yaml_document(std::string_view text, std::string_view file,
                                              const YamlLimits& limits = {});

}  // namespace rogatory::corpus
