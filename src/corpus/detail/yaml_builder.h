// SPDX-License-Identifier: EUPL-1.2
//
// Builds a JSON value from the events of the YAML parser and refuses what the strict subset leaves
// out. One thread.
#pragma once

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "corpus/yaml_reader.h"

namespace rogatory::corpus::detail {

/// Ends the parsing from within an event. Thrown by YamlBuilder, caught by read_yaml_document.
struct YamlRefusal {
  base::ErrorCode code;
  std::string message;
  base::LineColumn at;
};

/// Receives one document. Borrows `text`, which it looks at where events tell too little, and
/// `limits`.
class YamlBuilder final : public YAML::EventHandler {
 public:
  YamlBuilder(std::string_view text, const YamlLimits& limits) : text_(text), limits_(limits) {}

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAnchor(const YAML::Mark& mark, const std::string& name) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { close(); }

  int documents() const { return documents_; }
  base::Json release_value() { return std::move(root_); }
  PositionIndex release_positions() { return std::move(positions_); }

  /// Line and column of a mark; the column counts characters, the parser bytes.
  base::LineColumn position(const YAML::Mark& mark) const;

 private:
  // A mapping or sequence that is open.
  struct Frame {
    bool is_object = false;
    base::JsonObject object;
    base::JsonArray array;
    std::optional<std::string> key;
    base::LineColumn key_at;
    std::size_t pointer_size = 0;  // of the pointer to this frame
  };

  [[noreturn]] void refuse(base::ErrorCode code, std::string message, const YAML::Mark& mark) const;
  [[noreturn]] void refuse_key(const YAML::Mark& mark) const;
  [[noreturn]] void refuse_anchor(const YAML::Mark& mark) const;

  std::string_view text_at(const YAML::Mark& mark) const;
  bool is_written_null(const YAML::Mark& mark) const;
  void check_properties(const YAML::Mark& mark, std::string_view tag, YAML::anchor_t anchor) const;
  void check_quotes(const YAML::Mark& mark) const;
  base::Json plain(const std::string& value, const YAML::Mark& mark) const;

  bool is_in_mapping() const { return !frames_.empty() && frames_.back().is_object; }
  bool expects_key() const { return is_in_mapping() && !frames_.back().key; }
  void take_key(const base::Json& scalar, const std::string& key, bool is_plain,
                const YAML::Mark& mark);
  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, bool is_object);
  void close();
  void begin_value(base::LineColumn at);
  void end_value(base::Json value);

  std::string_view text_;
  const YamlLimits& limits_;
  int documents_ = 0;
  std::vector<Frame> frames_;
  std::string pointer_;
  base::Json root_;
  PositionIndex positions_;
};

}  // namespace rogatory::corpus::detail
