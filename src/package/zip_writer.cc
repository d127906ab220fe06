// SPDX-License-Identifier: EUPL-1.2

#include <zlib.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "package/detail/zip_format.h"
#include "package/detail/zip_records.h"
#include "package/member_name.h"
#include "package/zip.h"

namespace rogatory::package {

ZipWriter::ZipWriter(std::filesystem::path path, NewFile file)
    : path_(std::move(path)), partial_(partial_name(path_)), file_(std::move(file)) {}

ZipWriter::ZipWriter(ZipWriter&& other) noexcept
    : path_(std::move(other.path_)),
      partial_(std::exchange(other.partial_, {})),
      file_(std::move(other.file_)),
      offset_(other.offset_),
      entries_(std::move(other.entries_)),
      twins_(std::move(other.twins_)),
      always_zip64_(other.always_zip64_) {}

ZipWriter::~ZipWriter() {
  std::error_code ignored;
  if (!partial_.empty()) std::filesystem::remove(partial_, ignored);
}

base::Result<ZipWriter> ZipWriter::create(const std::filesystem::path& path) {
  ROG_CHECKED(check_is_free(path));
  ROG_TRY(NewFile file, NewFile::create(partial_name(path)));
  return ZipWriter(path, std::move(file));
}

base::Result<void> ZipWriter::put(std::string_view bytes) {
  offset_ += bytes.size();
  return file_.write(std::as_bytes(std::span(bytes)));
}

bool ZipWriter::is_zip64(std::uint64_t value) const {
  return always_zip64_ || value >= zip::kMax32;
}

base::Result<void> ZipWriter::add(const std::string& name, std::uint64_t size_bytes,
                                  const ContentSource& source) {
  ROG_CHECKED(check_member_name(name));
  const auto [twin, is_new] = twins_.emplace(folded_name(name), name);
  if (!is_new) {
    return base::Error{.code = base::ErrorCode::kConflict,
                       .message = "`" + name + "` cannot be beside `" + twin->second + "`"};
  }
  zip::WrittenEntry entry{.name = name,
                          .size_bytes = size_bytes,
                          .offset = offset_,
                          .is_large = is_zip64(size_bytes),
                          .is_far = is_zip64(offset_)};
  ROG_CHECKED(put(zip::local_header(entry)));
  uLong sum = 0;
  std::uint64_t size = 0;
  ROG_CHECKED(source([&](std::span<const std::byte> piece) {
    sum = ::crc32_z(sum, reinterpret_cast<const Bytef*>(piece.data()), piece.size());
    size += piece.size();
    return file_.write(piece);
  }));
  offset_ += size;
  if (size != size_bytes) {
    return base::Error{.code = base::ErrorCode::kLint,
                       .message = "`" + name + "` has not the size that was announced"};
  }
  entry.crc32 = static_cast<std::uint32_t>(sum);
  std::string patch;
  zip::put(patch, entry.crc32, 4);
  entries_.push_back(entry);
  return file_.write_at(entry.offset + zip::kLocalSumOffset, std::as_bytes(std::span(patch)));
}

base::Result<void> ZipWriter::add(const std::string& name, std::string_view bytes) {
  return add(name, bytes.size(), source_of(bytes));
}

base::Result<void> ZipWriter::finish() {
  zip::DirectoryExtent extent{.start = offset_, .members = entries_.size()};
  for (const zip::WrittenEntry& entry : entries_) ROG_CHECKED(put(zip::central_record(entry)));
  extent.bytes = offset_ - extent.start;
  extent.is_zip64 =
      is_zip64(extent.start) || is_zip64(extent.bytes) || extent.members >= zip::kMax16;
  ROG_CHECKED(put(zip::end_records(extent)));
  ROG_CHECKED(file_.close());
  ROG_CHECKED(rename_new(partial_, path_));
  partial_.clear();
  return {};
}

}  // namespace rogatory::package
