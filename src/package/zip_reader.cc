// SPDX-License-Identifier: EUPL-1.2

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "package/detail/zip_directory.h"
#include "package/detail/zip_format.h"
#include "package/zip.h"

namespace rogatory::package {
namespace {

constexpr std::size_t kInflateBytes = std::size_t{256} << 10;

base::Error bad_data(const ZipMember& member) {
  return base::Error{.code = base::ErrorCode::kParse,
                     .message = "the data of `" + member.name + "` cannot be unpacked"};
}

/// Counts and sums what goes by, and never lets more pass than was announced.
class Checked final {
 public:
  Checked(const ZipMember& member, const ByteSink& sink) : member_(member), sink_(sink) {}

  base::Result<void> push(std::span<const std::byte> bytes) {
    if (bytes.size() > member_.size_bytes - size_) return bad_data(member_);
    size_ += bytes.size();
    sum_ = ::crc32_z(sum_, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
    return sink_(bytes);
  }

  base::Result<void> finish() const {
    if (size_ != member_.size_bytes) return bad_data(member_);
    if (sum_ == member_.crc32) return {};
    return base::Error{.code = base::ErrorCode::kLint,
                       .message = "the check sum of `" + member_.name + "` is wrong"};
  }

 private:
  const ZipMember& member_;
  const ByteSink& sink_;
  std::uint64_t size_ = 0;
  uLong sum_ = 0;
};

class Inflater final {
 public:
  Inflater() { is_ready_ = ::inflateInit2(&stream_, /*raw deflate=*/-MAX_WBITS) == Z_OK; }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() {
    if (is_ready_) ::inflateEnd(&stream_);
  }

  /// Unpacks a piece of the stream. kParse once it is wrong, or goes on after its end.
  base::Result<void> push(std::span<const std::byte> packed, Checked& out,
                          const ZipMember& member) {
    stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(packed.size());
    do {
      if (!is_ready_ || is_done_) return bad_data(member);
      stream_.next_out = reinterpret_cast<Bytef*>(buffer_.get());
      stream_.avail_out = kInflateBytes;
      const int status = ::inflate(&stream_, Z_NO_FLUSH);
      if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
        return bad_data(member);
      }
      is_done_ = status == Z_STREAM_END;
      const std::size_t made = kInflateBytes - stream_.avail_out;
      if (made > 0) ROG_CHECKED(out.push({buffer_.get(), made}));
      if (is_done_ && stream_.avail_in == 0) return {};
    } while (stream_.avail_in > 0 || stream_.avail_out == 0);
    return {};
  }

  bool is_done() const { return is_done_; }

 private:
  z_stream stream_{};
  bool is_ready_ = false;
  bool is_done_ = false;
  std::unique_ptr<std::byte[]> buffer_ = std::make_unique_for_overwrite<std::byte[]>(kInflateBytes);
};

base::Result<void> read_descriptor(int file, std::uint64_t offset, std::span<std::byte> out) {
  while (!out.empty()) {
    const ssize_t got = ::pread(file, out.data(), out.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) {
      return base::Error{.code = base::ErrorCode::kIo,
                         .message = got < 0 ? std::strerror(errno) : "the file became shorter"};
    }
    out = out.subspan(static_cast<std::size_t>(got));
    offset += static_cast<std::uint64_t>(got);
  }
  return {};
}

}  // namespace

base::Result<ZipReader> ZipReader::open(const std::filesystem::path& path,
                                        const ZipLimits& limits) {
  const int number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (number < 0) {
    const auto code = errno == ENOENT ? base::ErrorCode::kNotFound : base::ErrorCode::kIo;
    return base::Error{
        .code = code, .message = std::strerror(errno), .place = {.file = path.string()}};
  }
  // Shared by the reader and its copies of the function that reads.
  const std::shared_ptr<const int> file(new int(number), [](const int* one) {
    ::close(*one);
    delete one;
  });
  struct stat status{};
  if (::fstat(number, &status) != 0 || !S_ISREG(status.st_mode)) {
    return base::Error{.code = base::ErrorCode::kIo,
                       .message = "this is no regular file",
                       .place = {.file = path.string()}};
  }
  ReadAt read_at = [file](std::uint64_t offset, std::span<std::byte> out) {
    return read_descriptor(*file, offset, out);
  };
  auto members = zip::read_directory(read_at, static_cast<std::uint64_t>(status.st_size), limits);
  if (!members) {
    base::Error error = members.take_error();
    error.place.file = path.string();
    return error;
  }
  return ZipReader(std::move(read_at), members.take());
}

base::Result<ZipReader> ZipReader::over(std::string_view bytes, const ZipLimits& limits) {
  ReadAt read_at = [bytes](std::uint64_t offset, std::span<std::byte> out) -> base::Result<void> {
    if (offset > bytes.size() || out.size() > bytes.size() - offset) {
      return base::Error{.code = base::ErrorCode::kParse, .message = "the archive ends too early"};
    }
    std::memcpy(out.data(), bytes.data() + offset, out.size());
    return {};
  };
  ROG_TRY(auto members, zip::read_directory(read_at, bytes.size(), limits));
  return ZipReader(std::move(read_at), std::move(members));
}

const ZipMember* ZipReader::find(std::string_view name) const {
  const auto at = std::find_if(members_.begin(), members_.end(),
                               [&](const ZipMember& one) { return one.name == name; });
  return at == members_.end() ? nullptr : &*at;
}

base::Result<void> ZipReader::read(const ZipMember& member, const ByteSink& sink) const {
  Checked out(member, sink);
  const auto piece = std::make_unique_for_overwrite<std::byte[]>(kPieceBytes);
  std::optional<Inflater> inflater;
  if (member.method == zip::kDeflated) inflater.emplace();
  for (std::uint64_t done = 0; done < member.packed_bytes;) {
    const auto size = std::min<std::uint64_t>(kPieceBytes, member.packed_bytes - done);
    const std::span<std::byte> bytes(piece.get(), size);
    ROG_CHECKED(read_at_(member.data_offset + done, bytes));
    ROG_CHECKED(inflater ? inflater->push(bytes, out, member) : out.push(bytes));
    done += size;
  }
  if (inflater && !inflater->is_done()) return bad_data(member);
  return out.finish();
}

base::Result<std::string> ZipReader::read_all(const ZipMember& member,
                                              std::size_t max_bytes) const {
  const ContentSource source = [&](const ByteSink& sink) { return read(member, sink); };
  return package::read_all(source, max_bytes);
}

}  // namespace rogatory::package
