// SPDX-License-Identifier: EUPL-1.2

#include "package/bag_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "base/text.h"
#include "package/member_name.h"

namespace rogatory::package {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kHex = "0123456789abcdef";

base::Error parse_error(std::string message, std::size_t line) {
  return base::Error{.code = base::ErrorCode::kParse,
                     .message = std::move(message),
                     .place = {.line = static_cast<int>(line)}};
}

/// Lines that end with LF, CR or CRLF; the last one may lack its end (RFC 8493 1.3).
base::Result<std::vector<std::string_view>> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    if (lines.size() == kMaxTagLines) {
      return base::Error{.code = base::ErrorCode::kLimit,
                         .message = "a tag file has too many lines"};
    }
    const auto end = text.find_first_of("\r\n");
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + (text.substr(end).starts_with("\r\n") ? 2 : 1));
  }
  return lines;
}

std::optional<int> version_part(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  if (text.empty() || text.size() > 3 || !is_number || value < 0 || text.front() == '+') {
    return std::nullopt;
  }
  return value;
}

bool is_known_version(int major, int minor) {
  return (major == 1 && minor == 0) || (major == 0 && minor >= 93 && minor <= 97);
}

base::Result<void> read_version(std::string_view line, BagDeclaration& out) {
  constexpr std::string_view kLabel = "BagIt-Version: ";
  if (!line.starts_with(kLabel)) return parse_error("`BagIt-Version: M.N` is expected", 1);
  const auto parts = base::split(line.substr(kLabel.size()), '.');
  const auto major = parts.size() == 2 ? version_part(parts[0]) : std::nullopt;
  const auto minor = parts.size() == 2 ? version_part(parts[1]) : std::nullopt;
  if (!major || !minor) return parse_error("the version of the bag is not `M.N`", 1);
  if (!is_known_version(*major, *minor)) {
    return base::Error{.code = base::ErrorCode::kUnsupported,
                       .message = "this version of BagIt is not known; 0.93 to 1.0 are"};
  }
  out.major = *major;
  out.minor = *minor;
  return {};
}

base::Result<void> read_encoding(std::string_view line, BagDeclaration& out) {
  constexpr std::string_view kLabel = "Tag-File-Character-Encoding: ";
  if (!line.starts_with(kLabel)) {
    return parse_error("`Tag-File-Character-Encoding: NAME` is expected", 2);
  }
  out.encoding = base::upper_ascii(line.substr(kLabel.size()));
  for (const std::string_view known : {"UTF-8", "UTF-16", "ISO-8859-1", "US-ASCII"}) {
    if (out.encoding == known) return {};
  }
  return base::Error{.code = base::ErrorCode::kUnsupported,
                     .message = "the encoding of the tag files is not known",
                     .place = {.line = 2}};
}

void append_utf8(std::string& out, std::uint32_t c) {
  const auto tail = [&](int shift) {
    out += static_cast<char>(0x80U | ((c >> static_cast<unsigned>(shift)) & 0x3FU));
  };
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0U | (c >> 6U));
    tail(0);
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0U | (c >> 12U));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0U | (c >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

std::string from_latin1(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) append_utf8(out, static_cast<unsigned char>(c));
  return out;
}

/// Big-endian unless a byte order mark says otherwise (RFC 2781 4.3).
base::Result<std::string> from_utf16(std::string_view bytes) {
  if (bytes.size() % 2 != 0) return parse_error("UTF-16 has an odd number of bytes", 0);
  const bool is_little = bytes.starts_with("\xFF\xFE");
  if (is_little || bytes.starts_with("\xFE\xFF")) bytes.remove_prefix(2);
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<std::uint32_t>(is_little ? second * 256 + first : first * 256 + second);
  };
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    std::uint32_t c = unit(at);
    if (c >= 0xD800 && c < 0xE000) {
      const std::uint32_t low = at + 3 < bytes.size() ? unit(at + 2) : 0;
      if (c >= 0xDC00 || low < 0xDC00 || low >= 0xE000) {
        return parse_error("UTF-16 has a lone surrogate", 0);
      }
      c = 0x10000 + ((c - 0xD800) << 10U) + (low - 0xDC00);
      at += 2;
    }
    append_utf8(out, c);
  }
  return out;
}

struct Escape {
  char character;
  std::string_view code;
};

/// What a name in a manifest cannot have as it is (RFC 8493 2.1.3).
constexpr std::array<Escape, 3> kEscapes{{{'\n', "%0A"}, {'\r', "%0D"}, {'%', "%25"}}};

/// Escapes in either case; all else stays.
std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string code = base::upper_ascii(text.substr(i, 3));
    const auto* const escaped = std::ranges::find(kEscapes, code, &Escape::code);
    const bool is_escape = escaped != kEscapes.end();
    out += is_escape ? escaped->character : text[i];
    if (is_escape) i += 2;
  }
  return out;
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto* const escaped = std::ranges::find(kEscapes, c, &Escape::character);
    out += escaped == kEscapes.end() ? std::string(1, c) : std::string(escaped->code);
  }
  return out;
}

class ManifestReader final {
 public:
  ManifestReader(crypto::DigestName digest, const BagDeclaration& declaration)
      : declaration_(declaration) {
    manifest_.digest = digest;
  }

  base::Result<void> read_line(std::string_view line, std::size_t number) {
    line_ = number;
    const auto blank = line.find_first_of(" \t");
    if (blank == std::string_view::npos) return parse_error("`DIGEST PATH` is expected", number);
    const std::string digest = base::lower_ascii(line.substr(0, blank));
    if (digest.find_first_not_of(kHex) != std::string::npos ||
        digest.size() != 2 * crypto::digest_bytes(manifest_.digest)) {
      return parse_error(
          "this is no " + std::string(digest_name_text(manifest_.digest)) + " digest", number);
    }
    const auto start = line.find_first_not_of(" \t", blank);
    if (start == std::string_view::npos) return parse_error("a path is expected", number);
    return add(digest, path_of(line.substr(start)));
  }

  Manifest take() { return std::move(manifest_); }

 private:
  void warn(std::string text) {
    manifest_.warnings.push_back("line " + std::to_string(line_) + ": " + std::move(text));
  }

  std::string path_of(std::string_view text) {
    if (text.starts_with('*')) {
      warn("`*` before the path, as md5sum writes it");
      text.remove_prefix(1);
    }
    if (text.starts_with("./")) {
      warn("a path that begins with `./`");
      text.remove_prefix(2);
    }
    return declaration_.is_1_0_or_later() ? percent_decoded(text) : std::string(text);
  }

  base::Result<void> add(const std::string& digest, const std::string& path) {
    ROG_CHECKED(check_member_name(path).with_context("reading line " + std::to_string(line_)));
    const auto [at, is_new] = digests_.emplace(path, digest);
    if (!is_new) return twice(at->second == digest, path);
    if (const auto twin = twins_.add(path)) {
      warn("`" + path + "` differs from `" + *twin + "` only in case or Unicode normalisation");
    }
    if (is_system_file(path)) warn("`" + path + "` is a file that operating systems leave behind");
    manifest_.entries.push_back({.digest = digest, .path = path});
    return {};
  }

  base::Result<void> twice(bool is_same, const std::string& path) {
    if (!is_same || declaration_.is_1_0_or_later()) {
      return base::Error{
          .code = base::ErrorCode::kLint,
          .message = "`" + path + "` is listed twice" + (is_same ? "" : " with different digests"),
          .place = {.line = static_cast<int>(line_)}};
    }
    warn("`" + path + "` is listed twice");
    return {};
  }

  const BagDeclaration& declaration_;
  Manifest manifest_;
  std::size_t line_ = 0;
  std::map<std::string, std::string> digests_;
  TwinFinder twins_;
};

}  // namespace

std::string BagDeclaration::version() const {
  return std::to_string(major) + '.' + std::to_string(minor);
}

base::Result<BagDeclaration> parse_bag_declaration(std::string_view bytes) {
  if (bytes.starts_with(kByteOrderMark)) return parse_error("there is a byte order mark", 1);
  ROG_TRY(const auto lines, lines_of(bytes));
  if (lines.size() != 2) return parse_error("two lines are expected", lines.size());
  BagDeclaration out;
  ROG_CHECKED(read_version(lines[0], out));
  ROG_CHECKED(read_encoding(lines[1], out));
  return out;
}

base::Result<std::string> decode_tag_file(std::string_view bytes, std::string_view encoding) {
  std::string text(bytes);
  if (encoding == "UTF-16") {
    ROG_TRY(text, from_utf16(bytes));
  } else if (encoding == "ISO-8859-1") {
    text = from_latin1(bytes);
  }
  if (text.starts_with(kByteOrderMark)) return parse_error("there is a byte order mark", 1);
  if (!base::is_valid_utf8(text)) return parse_error("this is not UTF-8", 0);
  if (text.find('\0') != std::string::npos) return parse_error("there is a NUL", 0);
  return text;
}

base::Result<Manifest> parse_manifest(std::string_view text, crypto::DigestName digest,
                                      const BagDeclaration& declaration) {
  ROG_TRY(const auto lines, lines_of(text));
  ManifestReader reader(digest, declaration);
  for (std::size_t i = 0; i < lines.size(); ++i) ROG_CHECKED(reader.read_line(lines[i], i + 1));
  return reader.take();
}

std::string manifest_text(const std::vector<ManifestEntry>& entries) {
  std::string text;
  for (const ManifestEntry& entry : entries) {
    text += entry.digest + "  " + percent_encoded(entry.path) + '\n';
  }
  return text;
}

base::Result<BagInfo> parse_bag_info(std::string_view text) {
  ROG_TRY(const auto lines, lines_of(text));
  BagInfo info;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = lines[i];
    if (base::trim(line).empty()) continue;
    const bool is_continued = line.front() == ' ' || line.front() == '\t';
    if (is_continued && !info.empty()) {
      info.back().second += ' ' + std::string(base::trim(line));
      continue;
    }
    const auto colon = line.find(':');
    const auto label = base::trim(line.substr(0, colon));
    if (colon == std::string_view::npos || label.empty() || is_continued) {
      return parse_error("`Label: value` is expected", i + 1);
    }
    info.emplace_back(label, base::trim(line.substr(colon + 1)));
  }
  return info;
}

std::string bag_info_text(const BagInfo& info) {
  std::string text;
  for (const auto& [label, value] : info) text += label + ": " + value + '\n';
  return text;
}

std::optional<PayloadOxum> parse_payload_oxum(std::string_view text) {
  PayloadOxum oxum;
  const auto dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto read = [](std::string_view part, std::uint64_t& out) {
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), out);
    return error == std::errc() && end == part.data() + part.size();
  };
  if (!read(text.substr(0, dot), oxum.bytes) || !read(text.substr(dot + 1), oxum.files)) {
    return std::nullopt;
  }
  return oxum;
}

base::Result<std::vector<std::string>> parse_fetch(std::string_view text) {
  ROG_TRY(const auto lines, lines_of(text));
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string_view line = lines[i];
    for (int field = 0; field < 2; ++field) {
      const auto blank = line.find_first_of(" \t");
      const auto next = line.find_first_not_of(" \t", std::min(blank, line.size()));
      if (blank == 0 || next == std::string_view::npos) {
        return parse_error("`URL LENGTH PATH` is expected", i + 1);
      }
      line.remove_prefix(next);
    }
    ROG_CHECKED(check_member_name(line).with_context("reading line " + std::to_string(i + 1)));
    if (!line.starts_with("data/")) {
      return base::Error{.code = base::ErrorCode::kLint,
                         .message = "`" + std::string(line) + "` is not below `data/`",
                         .place = {.line = static_cast<int>(i + 1)}};
    }
    paths.emplace_back(line);
  }
  return paths;
}

}  // namespace rogatory::package
