// SPDX-License-Identifier: EUPL-1.2
//
// The records of a ZIP archive as bytes (APPNOTE 4.3). Pure.
#pragma once

#include <cstdint>
#include <string>

namespace rogatory::package::zip {

/// Where the check sum stands in a local header.
inline constexpr std::uint64_t kLocalSumOffset = 14;

struct WrittenEntry {
  std::string name;
  std::uint32_t crc32 = 0;
  std::uint64_t size_bytes = 0;
  std::uint64_t offset = 0;
  /// The size, and the offset, need 64 bits.
  bool is_large = false;
  bool is_far = false;
};

/// Without the check sum, which is known after the data only.
std::string local_header(const WrittenEntry& entry);
std::string central_record(const WrittenEntry& entry);

struct DirectoryExtent {
  std::uint64_t start = 0;
  std::uint64_t bytes = 0;
  std::uint64_t members = 0;
  bool is_zip64 = false;
};

std::string end_records(const DirectoryExtent& extent);

}  // namespace rogatory::package::zip
