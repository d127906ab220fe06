// SPDX-License-Identifier: EUPL-1.2
#include "vault/media.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace rogatory::vault {
namespace {

using namespace std::string_view_literals;

struct Magic {
  std::string_view name;
  std::string_view bytes;
};

constexpr std::array<Magic, 21> kMagics = {{
    {"ewf", "EVF\x09\x0d\x0a\xff\x00"sv},
    {"ewf", "LVF\x09\x0d\x0a\xff\x00"sv},
    {"ewf2", "EVF2\x0d\x0a\x81\x00"sv},
    {"ewf2", "LEF2\x0d\x0a\x81\x00"sv},
    {"qcow", "QFI\xfb"sv},
    {"vmdk", "KDMV"sv},
    {"vhdx", "vhdxfile"sv},
    {"pcapng", "\x0a\x0d\x0d\x0a"sv},
    {"pcap", "\xd4\xc3\xb2\xa1"sv},
    {"pcap", "\xa1\xb2\xc3\xd4"sv},
    {"sqlite", "SQLite format 3\x00"sv},
    {"elf",
     "\x7f"
     "ELF"sv},
    {"pe", "MZ"sv},
    {"pdf", "%PDF-"sv},
    {"png", "\x89PNG\x0d\x0a\x1a\x0a"sv},
    {"jpeg", "\xff\xd8\xff"sv},
    {"gzip", "\x1f\x8b"sv},
    {"xz",
     "\xfd"
     "7zXZ\x00"sv},
    {"zstd", "\x28\xb5\x2f\xfd"sv},
    {"7z", "7z\xbc\xaf\x27\x1c"sv},
    {"zip", "PK\x03\x04"sv},
}};

constexpr std::size_t kBootSectorBytes = 512;

/// AFF4 volumes are ZIP files with a description beside the streams.
bool is_aff4(std::string_view bytes) {
  return bytes.find("container.description") != std::string_view::npos ||
         bytes.find("aff4%3A%2F%2F") != std::string_view::npos;
}

bool is_text(std::string_view bytes) {
  // The end of what was read may cut a character in two: its first byte begins with 11.
  const auto invalid = base::find_invalid_utf8(bytes);
  const auto is_lead = [](char c) {
    return static_cast<unsigned char>(c) >= 0xc2 && static_cast<unsigned char>(c) <= 0xf4;
  };
  if (invalid && (*invalid + 4 <= bytes.size() || !is_lead(bytes[*invalid]))) return false;
  return std::none_of(bytes.begin(), bytes.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
  });
}

}  // namespace

std::string_view recognise_media(std::span<const std::byte> first_bytes) {
  const std::string_view bytes(reinterpret_cast<const char*>(first_bytes.data()),
                               std::min(first_bytes.size(), kMediaBytes));
  if (bytes.empty()) return "empty";
  for (const Magic& magic : kMagics) {
    if (!bytes.starts_with(magic.bytes)) continue;
    return magic.name == "zip" && is_aff4(bytes) ? "aff4" : magic.name;
  }
  if (bytes.size() >= kBootSectorBytes && bytes.substr(510, 2) == "\x55\xaa"sv) return "mbr";
  return is_text(bytes) ? "text" : "unknown";
}

}  // namespace rogatory::vault
