// SPDX-License-Identifier: EUPL-1.2

#include "package/detail/zip_records.h"

#include <algorithm>

#include "package/detail/zip_format.h"

namespace rogatory::package::zip {
namespace {

constexpr std::uint16_t kVersionPlain = 20;
constexpr std::uint16_t kVersionZip64 = 45;
/// Made on Unix, so that the mode counts.
constexpr std::uint16_t kMadeBy = 3U << 8U | kVersionZip64;
constexpr std::uint32_t kMode = 0100644U << 16U;

std::uint16_t flags_of(const std::string& name) {
  const bool is_ascii =
      std::all_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x80; });
  return is_ascii ? std::uint16_t{0} : kFlagUtf8;
}

/// What both headers of a member have in the middle: from the flags to the sizes.
void put_common(std::string& out, const WrittenEntry& entry, std::uint32_t crc32) {
  put(out, flags_of(entry.name), 2);
  put(out, kStored, 2);
  put(out, 0, 2);
  put(out, kFirstDate, 2);
  put(out, crc32, 4);
  put(out, entry.is_large ? kMax32 : entry.size_bytes, 4);
  put(out, entry.is_large ? kMax32 : entry.size_bytes, 4);
  put(out, entry.name.size(), 2);
}

std::string zip64_field(const WrittenEntry& entry, bool with_offset) {
  std::string values;
  if (entry.is_large) put(values, entry.size_bytes, 8);
  if (entry.is_large) put(values, entry.size_bytes, 8);
  if (with_offset && entry.is_far) put(values, entry.offset, 8);
  if (values.empty()) return values;
  std::string field;
  put(field, kExtraZip64, 2);
  put(field, values.size(), 2);
  return field + values;
}

void put_end64(std::string& out, const DirectoryExtent& extent) {
  put(out, kEnd64Signature, 4);
  put(out, kEnd64Bytes - 12, 8);
  put(out, kMadeBy, 2);
  put(out, kVersionZip64, 2);
  put(out, 0, 8);
  put(out, extent.members, 8);
  put(out, extent.members, 8);
  put(out, extent.bytes, 8);
  put(out, extent.start, 8);
  put(out, kLocator64Signature, 4);
  put(out, 0, 4);
  put(out, extent.start + extent.bytes, 8);
  put(out, 1, 4);
}

}  // namespace

std::string local_header(const WrittenEntry& entry) {
  const std::string extra = zip64_field(entry, /*with_offset=*/false);
  std::string out;
  put(out, kLocalSignature, 4);
  put(out, extra.empty() ? kVersionPlain : kVersionZip64, 2);
  put_common(out, entry, /*crc32=*/0);
  put(out, extra.size(), 2);
  return out + entry.name + extra;
}

std::string central_record(const WrittenEntry& entry) {
  const std::string extra = zip64_field(entry, /*with_offset=*/true);
  std::string out;
  put(out, kCentralSignature, 4);
  put(out, kMadeBy, 2);
  put(out, extra.empty() ? kVersionPlain : kVersionZip64, 2);
  put_common(out, entry, entry.crc32);
  put(out, extra.size(), 2);
  put(out, 0, 6);
  put(out, kMode, 4);
  put(out, entry.is_far ? kMax32 : entry.offset, 4);
  return out + entry.name + extra;
}

std::string end_records(const DirectoryExtent& extent) {
  std::string out;
  if (extent.is_zip64) put_end64(out, extent);
  const std::uint64_t members = extent.is_zip64 ? kMax16 : extent.members;
  put(out, kEndSignature, 4);
  put(out, 0, 4);
  put(out, members, 2);
  put(out, members, 2);
  put(out, extent.is_zip64 ? kMax32 : extent.bytes, 4);
  put(out, extent.is_zip64 ? kMax32 : extent.start, 4);
  put(out, 0, 2);
  return out;
}

}  // namespace rogatory::package::zip
