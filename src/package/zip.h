// SPDX-License-Identifier: EUPL-1.2
//
// ZIP archives (PKWARE APPNOTE 6.3), read strictly and written simply. Single-threaded.
//
// What the reader holds to, so that all readers see one content:
//   - local headers, data and central directory fill the file from its first byte to its last, in
//     order, without gaps and without overlap;
//   - each local header says the same as its entry of the central directory;
//   - names are UTF-8, pass check_member_name, and have no twins;
//   - stored or deflated only; not encrypted, not split, no links.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "package/content.h"
#include "package/detail/new_file.h"
#include "package/detail/zip_records.h"

namespace rogatory::package {

/// What is refused as too much before a byte is unpacked.
struct ZipLimits {
  std::size_t max_members = 10'000;
  std::uint64_t max_member_bytes = std::uint64_t{1} << 40;
  std::uint64_t max_total_bytes = std::uint64_t{1} << 41;
  /// Unpacked to packed, beyond the first MiB of a member. Deflate can reach 1032.
  std::uint64_t max_ratio = 250;
};

/// The largest central directory that is read.
inline constexpr std::uint64_t kMaxZipDirectoryBytes = std::uint64_t{16} << 20;

struct ZipMember {
  std::string name;
  /// 0 stored, 8 deflated.
  std::uint16_t method = 0;
  std::uint32_t crc32 = 0;
  std::uint64_t packed_bytes = 0;
  std::uint64_t size_bytes = 0;
  std::uint64_t header_offset = 0;
  std::uint64_t data_offset = 0;
  /// The local header has an extra field, which ASiC forbids for its `mimetype`.
  bool has_extra = false;
};

class ZipReader final {
 public:
  /// Reads the directory of an archive and checks all headers. kParse for what is no such archive;
  /// kLint for one that two readers could read differently, and for names; kUnsupported for other
  /// methods, encryption and parts; kLimit; kNotFound; kIo.
  static base::Result<ZipReader> open(const std::filesystem::path& path,
                                      const ZipLimits& limits = {});
  /// The same of bytes, which must outlive the reader.
  static base::Result<ZipReader> over(std::string_view bytes, const ZipLimits& limits = {});

  /// In the order of the file, folders left out.
  const std::vector<ZipMember>& members() const { return members_; }
  const ZipMember* find(std::string_view name) const;

  /// Unpacks a member into the sink. kParse when the data are no deflate stream or of another
  /// length; kLint when the check sum is wrong, which is known at the end only. Errors of the sink.
  base::Result<void> read(const ZipMember& member, const ByteSink& sink) const;
  /// kLimit beyond `max_bytes`, besides.
  base::Result<std::string> read_all(const ZipMember& member, std::size_t max_bytes) const;

  using ReadAt = std::function<base::Result<void>(std::uint64_t offset, std::span<std::byte> out)>;

 private:
  ZipReader(ReadAt read_at, std::vector<ZipMember> members)
      : read_at_(std::move(read_at)), members_(std::move(members)) {}

  ReadAt read_at_;
  std::vector<ZipMember> members_;
};

/// Writes an archive whose members are stored, with zip64 where a size or an offset needs it. Equal
/// input gives equal bytes: the time of a member is the first that the format knows.
class ZipWriter final {
 public:
  /// kConflict when there is something of that name; kIo.
  static base::Result<ZipWriter> create(const std::filesystem::path& path);

  ZipWriter(ZipWriter&& other) noexcept;
  ZipWriter& operator=(ZipWriter&&) = delete;
  /// An archive that was not finished is removed.
  ~ZipWriter();

  /// kLint for a name that is refused or a source of another size; kConflict for a name that is
  /// there or has a twin; errors of the source; kIo.
  base::Result<void> add(const std::string& name, std::uint64_t size_bytes,
                         const ContentSource& source);
  base::Result<void> add(const std::string& name, std::string_view bytes);

  /// Writes the directory, flushes, and gives the file its name. Once only. kConflict; kIo.
  base::Result<void> finish();

  /// Writes zip64 fields even where none is needed, for tests of readers.
  void always_zip64() { always_zip64_ = true; }

 private:
  ZipWriter(std::filesystem::path path, NewFile file);
  base::Result<void> put(std::string_view bytes);
  bool is_zip64(std::uint64_t value) const;

  std::filesystem::path path_;
  std::filesystem::path partial_;
  NewFile file_;
  std::uint64_t offset_ = 0;
  std::vector<zip::WrittenEntry> entries_;
  std::map<std::string, std::string> twins_;
  bool always_zip64_ = false;
};

}  // namespace rogatory::package
