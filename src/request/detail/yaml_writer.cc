// SPDX-License-Identifier: EUPL-1.2

#include "request/detail/yaml_writer.h"

#include <algorithm>
#include <string_view>

namespace rogatory::request::detail {
namespace {

// A block keeps its text as it stands; these would not survive in one.
bool fits_block(std::string_view text) {
  const bool has_lines = text.find('\n') != std::string_view::npos;
  const bool is_bare = !text.starts_with(' ') && !text.starts_with('\n') && !text.ends_with('\n');
  const bool is_printable = std::ranges::none_of(text, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F;
  });
  // Lines of blanks, and separators that YAML takes for line ends.
  return has_lines && is_bare && is_printable && text.find(" \n") == std::string_view::npos &&
         text.find("\xE2\x80\xA8") == std::string_view::npos &&
         text.find("\xE2\x80\xA9") == std::string_view::npos &&
         text.find("\xC2\x85") == std::string_view::npos;
}

class Writer {
 public:
  void object(const base::JsonObject& object, int depth, bool continues) {
    bool is_first = true;
    for (const auto& member : object) {
      if (!(is_first && continues)) indent(depth);
      out_ += key(member.key()) + ':';
      value(member.value(), depth);
      is_first = false;
    }
  }

  std::string take() { return std::move(out_); }

 private:
  void indent(int depth) { out_.append(static_cast<std::size_t>(depth) * 2, ' '); }

  static std::string key(std::string_view name) {
    const bool is_plain =
        !name.empty() &&
        std::ranges::all_of(name,
                            [](char c) {
                              return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
                                     c == '-';
                            }) &&
        (name.front() < '0' || name.front() > '9') && name.front() != '-' && name != "null" &&
        name != "true" && name != "false" && name != "on" && name != "off" && name != "yes" &&
        name != "no" && name != "y" && name != "n";
    return is_plain ? std::string(name) : base::canonical_json(base::Json(name));
  }

  void value(const base::Json& value, int depth) {
    if (const auto* object_value = value.if_object();
        object_value != nullptr && !object_value->empty()) {
      out_ += '\n';
      object(*object_value, depth + 1, /*continues=*/false);
    } else if (const auto* list = value.if_array(); list != nullptr && !list->empty()) {
      out_ += '\n';
      items(*list, depth + 1);
    } else {
      out_ += ' ';
      scalar(value, depth);
    }
  }

  void items(const base::JsonArray& list, int depth) {
    for (const base::Json& item : list) {
      indent(depth);
      out_ += '-';
      if (const auto* object_value = item.if_object();
          object_value != nullptr && !object_value->empty()) {
        out_ += ' ';
        object(*object_value, depth + 1, /*continues=*/true);
      } else {
        value(item, depth);
      }
    }
  }

  void scalar(const base::Json& value, int depth) {
    const auto* text = value.if_string();
    if (text == nullptr || !fits_block(*text)) {
      out_ += base::canonical_json(value) + '\n';
      return;
    }
    out_ += "|-\n";
    std::string_view rest = *text;
    while (true) {
      const auto end = std::min(rest.find('\n'), rest.size());
      if (end > 0) indent(depth + 1);
      out_ += std::string(rest.substr(0, end)) + '\n';
      if (end == rest.size()) return;
      rest.remove_prefix(end + 1);
    }
  }

  std::string out_;
};

}  // namespace

std::string write_yaml(const base::JsonObject& value) {
  Writer writer;
  writer.object(value, 0, /*continues=*/false);
  return writer.take();
}

}  // namespace rogatory::request::detail
