// SPDX-License-Identifier: EUPL-1.2

#include "package/detail/zip_directory.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/text.h"
#include "package/detail/zip_format.h"
#include "package/member_name.h"

namespace rogatory::package::zip {
namespace {

base::Error error_of(base::ErrorCode code, std::string message) {
  return base::Error{.code = code, .message = std::move(message)};
}
base::Error malformed(std::string message) {
  return error_of(base::ErrorCode::kParse, std::move(message));
}
base::Error ambiguous(std::string message) {
  return error_of(base::ErrorCode::kLint, std::move(message));
}

/// Where the central directory lies.
struct Extent {
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
  std::uint64_t members = 0;
};

/// A header as one of the two places states it.
struct Header {
  std::uint16_t flags = 0;
  std::uint16_t method = 0;
  std::uint16_t time = 0;
  std::uint16_t date = 0;
  std::uint32_t crc32 = 0;
  std::uint64_t packed_bytes = 0;
  std::uint64_t size_bytes = 0;
  std::uint64_t offset = 0;
  std::string name;
  bool has_extra = false;
  bool has_zip64 = false;
};

class DirectoryReader final {
 public:
  DirectoryReader(const ZipReader::ReadAt& read_at, std::uint64_t file_bytes,
                  const ZipLimits& limits)
      : read_at_(read_at), file_bytes_(file_bytes), limits_(limits) {}

  base::Result<std::vector<ZipMember>> run() {
    ROG_TRY(extent_, find_directory());
    ROG_TRY(std::vector<Header> headers, read_central());
    std::stable_sort(headers.begin(), headers.end(),
                     [](const Header& a, const Header& b) { return a.offset < b.offset; });
    std::vector<ZipMember> members;
    std::uint64_t at = 0;
    for (std::size_t i = 0; i < headers.size(); ++i) {
      const bool is_last = i + 1 == headers.size();
      const std::uint64_t next = is_last ? extent_.offset : headers[i + 1].offset;
      if (headers[i].offset != at) return ambiguous("there is a gap or an overlap before a member");
      ROG_TRY(ZipMember member, read_local(headers[i], next));
      at = next;
      if (!member.name.ends_with('/')) members.push_back(std::move(member));
    }
    if (at != extent_.offset) return ambiguous("there are bytes before the directory");
    return members;
  }

 private:
  base::Result<std::string> bytes_at(std::uint64_t offset, std::uint64_t size) const {
    if (offset > file_bytes_ || size > file_bytes_ - offset) {
      return malformed("the archive ends too early");
    }
    std::string bytes(size, '\0');
    ROG_CHECKED(read_at_(offset, std::as_writable_bytes(std::span(bytes))));
    return bytes;
  }

  /// The end record, which with its comment reaches just to the end of the file.
  base::Result<Extent> find_directory() const {
    const std::uint64_t tail = std::min<std::uint64_t>(file_bytes_, kEndBytes + kMax16);
    ROG_TRY(const std::string bytes, bytes_at(file_bytes_ - tail, tail));
    std::optional<std::size_t> found;
    for (std::size_t at = 0; at + kEndBytes <= bytes.size(); ++at) {
      const bool is_end =
          u32(bytes, at) == kEndSignature && at + kEndBytes + u16(bytes, at + 20) == bytes.size();
      if (is_end && found) return ambiguous("there are two ends of the directory");
      if (is_end) found = at;
    }
    if (!found) return malformed("this is no ZIP archive, or it does not end with its directory");
    return read_end(std::string_view(bytes).substr(*found, kEndBytes), file_bytes_ - tail + *found);
  }

  base::Result<Extent> read_end(std::string_view end, std::uint64_t end_offset) const {
    Extent extent{.offset = u32(end, 16), .bytes = u32(end, 12), .members = u16(end, 10)};
    const bool is_one_disk = u16(end, 4) == 0 && u16(end, 6) == 0 && u16(end, 8) == extent.members;
    if (!is_one_disk) return error_of(base::ErrorCode::kUnsupported, "the archive is split");
    ROG_TRY(const std::uint64_t directory_end, read_end64(extent, end_offset));
    if (extent.bytes > kMaxZipDirectoryBytes || extent.members > limits_.max_members) {
      return error_of(base::ErrorCode::kLimit, "the archive has too many members");
    }
    if (extent.offset > directory_end || extent.bytes != directory_end - extent.offset) {
      return ambiguous("the directory does not lie before its end record");
    }
    return extent;
  }

  /// Where the directory has to end; takes the larger numbers where there are any.
  base::Result<std::uint64_t> read_end64(Extent& extent, std::uint64_t end_offset) const {
    const bool is_needed =
        extent.offset == kMax32 || extent.bytes == kMax32 || extent.members == kMax16;
    if (end_offset < kLocator64Bytes) {
      return is_needed ? base::Result<std::uint64_t>(malformed("the zip64 locator is missing"))
                       : end_offset;
    }
    ROG_TRY(const std::string locator, bytes_at(end_offset - kLocator64Bytes, kLocator64Bytes));
    if (u32(locator, 0) != kLocator64Signature) {
      if (is_needed) return malformed("the zip64 locator is missing");
      return end_offset;
    }
    if (end_offset < kLocator64Bytes + kEnd64Bytes) return malformed("the zip64 end is missing");
    const std::uint64_t offset = end_offset - kLocator64Bytes - kEnd64Bytes;
    ROG_TRY(const std::string end, bytes_at(offset, kEnd64Bytes));
    const bool is_good = u64(locator, 8) == offset && u32(locator, 4) == 0 &&
                         u32(locator, 16) <= 1 && u32(end, 0) == kEnd64Signature &&
                         u64(end, 4) == kEnd64Bytes - 12 && u32(end, 16) == 0 && u32(end, 20) == 0;
    if (!is_good) return ambiguous("the zip64 end does not lie before its locator");
    const Extent large{.offset = u64(end, 48), .bytes = u64(end, 40), .members = u64(end, 32)};
    if (!is_same(extent, large) || u64(end, 24) != large.members) {
      return ambiguous("the two ends of the directory contradict each other");
    }
    extent = large;
    return offset;
  }

  static bool is_same(const Extent& small, const Extent& large) {
    return (small.offset == kMax32 || small.offset == large.offset) &&
           (small.bytes == kMax32 || small.bytes == large.bytes) &&
           (small.members == kMax16 || small.members == large.members);
  }

  base::Result<std::vector<Header>> read_central() {
    ROG_TRY(const std::string bytes, bytes_at(extent_.offset, extent_.bytes));
    std::vector<Header> headers;
    std::string_view rest = bytes;
    while (!rest.empty()) {
      if (headers.size() == extent_.members) return ambiguous("the directory has more members");
      ROG_TRY(Header header, read_entry(rest));
      headers.push_back(std::move(header));
    }
    if (headers.size() != extent_.members) return ambiguous("the directory has fewer members");
    return headers;
  }

  base::Result<Header> read_entry(std::string_view& rest) {
    if (rest.size() < kCentralBytes || u32(rest, 0) != kCentralSignature) {
      return malformed("an entry of the directory is not one");
    }
    Header header{.flags = u16(rest, 8),
                  .method = u16(rest, 10),
                  .time = u16(rest, 12),
                  .date = u16(rest, 14),
                  .crc32 = u32(rest, 16),
                  .packed_bytes = u32(rest, 20),
                  .size_bytes = u32(rest, 24),
                  .offset = u32(rest, 42)};
    const std::size_t name_bytes = u16(rest, 28);
    const std::size_t extra_bytes = u16(rest, 30);
    const std::size_t all = kCentralBytes + name_bytes + extra_bytes + u16(rest, 32);
    if (all > rest.size()) return malformed("an entry of the directory is cut off");
    if (u16(rest, 34) != 0) return error_of(base::ErrorCode::kUnsupported, "the archive is split");
    header.name = rest.substr(kCentralBytes, name_bytes);
    ROG_CHECKED(read_extra(rest.substr(kCentralBytes + name_bytes, extra_bytes), header,
                           /*has_offset=*/true));
    ROG_CHECKED(check_header(header, /*unix_mode=*/u16(rest, 40)));
    rest.remove_prefix(all);
    return header;
  }

  base::Result<void> check_header(const Header& header, std::uint16_t unix_mode) {
    constexpr std::uint16_t kKnown = kFlagLevel | kFlagDescriptor | kFlagUtf8;
    if ((header.flags & kFlagEncrypted) != 0) {
      return error_of(base::ErrorCode::kUnsupported, "a member is encrypted");
    }
    if ((header.flags & ~kKnown) != 0 || (header.method != kStored && header.method != kDeflated)) {
      return error_of(base::ErrorCode::kUnsupported,
                      "a member is packed in a way that is not read");
    }
    constexpr std::uint16_t kModeType = 0xF000;
    constexpr std::uint16_t kModeFile = 0x8000;
    constexpr std::uint16_t kModeFolder = 0x4000;
    const std::uint16_t type = unix_mode & kModeType;
    if (type != 0 && type != kModeFile && type != kModeFolder) {
      return ambiguous("a member is a link or a special file");
    }
    ROG_CHECKED(check_name(header));
    return check_sizes(header);
  }

  base::Result<void> check_name(const Header& header) {
    const bool is_folder = header.name.ends_with('/');
    const std::string_view plain =
        std::string_view(header.name).substr(0, header.name.size() - (is_folder ? 1 : 0));
    ROG_CHECKED(check_member_name(plain));
    const bool is_ascii =
        std::all_of(plain.begin(), plain.end(), [](unsigned char c) { return c < 0x80; });
    // Without the flag it is a code page of old, or whatever the writer had (APPNOTE appendix D).
    if (!is_ascii && (header.flags & kFlagUtf8) == 0) {
      return ambiguous("the name `" + header.name + "` does not say that it is UTF-8");
    }
    const auto [at, is_new] = names_.emplace(folded_name(plain), plain);
    if (!is_new) {
      return ambiguous("the names `" + at->second + "` and `" + std::string(plain) +
                       "` cannot be beside each other");
    }
    if (is_folder && header.size_bytes != 0) return ambiguous("a folder has a content");
    return {};
  }

  base::Result<void> check_sizes(const Header& header) {
    constexpr std::uint64_t kFree = std::uint64_t{1} << 20;
    if (header.method == kStored && header.packed_bytes != header.size_bytes) {
      return ambiguous("a stored member has two sizes");
    }
    const bool is_bomb = header.size_bytes > kFree &&
                         (header.size_bytes - kFree) / limits_.max_ratio > header.packed_bytes;
    if (is_bomb || header.size_bytes > limits_.max_member_bytes ||
        header.size_bytes > limits_.max_total_bytes - total_) {
      return error_of(base::ErrorCode::kLimit, "a member would unpack to too much");
    }
    total_ += header.size_bytes;
    return {};
  }

  /// Walks the extra fields; takes sizes of 64 bits where the short ones say so (APPNOTE 4.5.3).
  static base::Result<void> read_extra(std::string_view extra, Header& header, bool has_offset) {
    header.has_extra = !extra.empty();
    while (!extra.empty()) {
      if (extra.size() < 4 || u16(extra, 2) > extra.size() - 4) {
        return malformed("an extra field is cut off");
      }
      const std::uint16_t id = u16(extra, 0);
      if (id == kExtraUnicodePath) return ambiguous("a member has a second name");
      if (id == kExtraZip64) {
        if (header.has_zip64) return ambiguous("a member has two zip64 fields");
        ROG_CHECKED(read_zip64(extra.substr(4, u16(extra, 2)), header, has_offset));
      }
      extra.remove_prefix(4U + u16(extra, 2));
    }
    const bool is_needed = header.size_bytes == kMax32 || header.packed_bytes == kMax32 ||
                           (has_offset && header.offset == kMax32);
    if (is_needed && !header.has_zip64) return malformed("a zip64 field is missing");
    return {};
  }

  static base::Result<void> read_zip64(std::string_view field, Header& header, bool has_offset) {
    header.has_zip64 = true;
    const auto take = [&](std::uint64_t& value) {
      if (value != kMax32) return true;
      if (field.size() < 8) return false;
      value = u64(field, 0);
      field.remove_prefix(8);
      return true;
    };
    // A local header with a descriptor has zeroes, and both sizes all the same.
    if (!take(header.size_bytes) || !take(header.packed_bytes) ||
        (has_offset && !take(header.offset))) {
      return malformed("a zip64 field is too short");
    }
    const bool is_rest_known = field.empty() || !has_offset || field.size() == 4;
    return is_rest_known ? base::Result<void>() : ambiguous("a zip64 field is too long");
  }

  base::Result<ZipMember> read_local(const Header& central, std::uint64_t next) const {
    ROG_TRY(const std::string fixed, bytes_at(central.offset, kLocalBytes));
    if (u32(fixed, 0) != kLocalSignature) return malformed("a local header is not one");
    Header local{.flags = u16(fixed, 6),
                 .method = u16(fixed, 8),
                 .time = u16(fixed, 10),
                 .date = u16(fixed, 12),
                 .crc32 = u32(fixed, 14),
                 .packed_bytes = u32(fixed, 18),
                 .size_bytes = u32(fixed, 22)};
    const std::size_t name_bytes = u16(fixed, 26);
    const std::size_t extra_bytes = u16(fixed, 28);
    ROG_TRY(const std::string rest,
            bytes_at(central.offset + kLocalBytes, name_bytes + extra_bytes));
    local.name = rest.substr(0, name_bytes);
    ROG_CHECKED(read_extra(std::string_view(rest).substr(name_bytes), local, /*has_offset=*/false));
    ROG_CHECKED(compare(central, local));
    ZipMember member{.name = central.name,
                     .method = central.method,
                     .crc32 = central.crc32,
                     .packed_bytes = central.packed_bytes,
                     .size_bytes = central.size_bytes,
                     .header_offset = central.offset,
                     .data_offset = central.offset + kLocalBytes + name_bytes + extra_bytes,
                     .has_extra = local.has_extra};
    if (member.data_offset > next || member.packed_bytes > next - member.data_offset) {
      return ambiguous("two members overlap");
    }
    ROG_CHECKED(check_descriptor(central, member.data_offset + member.packed_bytes, next));
    return member;
  }

  static base::Result<void> compare(const Header& central, const Header& local) {
    const bool has_descriptor = (central.flags & kFlagDescriptor) != 0;
    const auto fits = [&](std::uint64_t in_central, std::uint64_t in_local) {
      return in_central == in_local || (has_descriptor && in_local == 0);
    };
    if (central.name != local.name || central.flags != local.flags ||
        central.method != local.method || central.time != local.time ||
        central.date != local.date || !fits(central.crc32, local.crc32) ||
        !fits(central.packed_bytes, local.packed_bytes) ||
        !fits(central.size_bytes, local.size_bytes)) {
      return ambiguous("the directory and the header of `" + central.name +
                       "` contradict each other");
    }
    return {};
  }

  /// What follows the data of a member up to the next: nothing, or a descriptor (APPNOTE 4.3.9).
  base::Result<void> check_descriptor(const Header& header, std::uint64_t at,
                                      std::uint64_t next) const {
    const std::uint64_t gap = next - at;
    if ((header.flags & kFlagDescriptor) == 0) {
      return gap == 0 ? base::Result<void>() : ambiguous("there are bytes after a member");
    }
    if (gap != 12 && gap != 16 && gap != 20 && gap != 24) {
      return ambiguous("there are bytes after a member");
    }
    ROG_TRY(const std::string bytes, bytes_at(at, gap));
    const bool is_signed = gap == 16 || gap == 24;
    const std::size_t width = gap >= 20 ? 8 : 4;
    const std::size_t start = is_signed ? 4 : 0;
    if ((is_signed && u32(bytes, 0) != kDescriptorSignature) || u32(bytes, start) != header.crc32 ||
        number_at(bytes, start + 4, width) != header.packed_bytes ||
        number_at(bytes, start + 4 + width, width) != header.size_bytes) {
      return ambiguous("the directory and the descriptor of `" + header.name +
                       "` contradict each other");
    }
    return {};
  }

  const ZipReader::ReadAt& read_at_;
  std::uint64_t file_bytes_;
  const ZipLimits& limits_;
  Extent extent_;
  std::map<std::string, std::string> names_;
  std::uint64_t total_ = 0;
};

}  // namespace

base::Result<std::vector<ZipMember>> read_directory(const ZipReader::ReadAt& read_at,
                                                    std::uint64_t file_bytes,
                                                    const ZipLimits& limits) {
  return DirectoryReader(read_at, file_bytes, limits).run();
}

}  // namespace rogatory::package::zip
