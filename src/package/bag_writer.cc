// SPDX-License-Identifier: EUPL-1.2

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "package/bag.h"
#include "package/detail/new_file.h"
#include "package/member_name.h"

namespace rogatory::package {
namespace {

namespace fs = std::filesystem;

constexpr std::array kWrittenDigests = {crypto::DigestName::kSha256, crypto::DigestName::kSha512};

std::string digest_text(const crypto::ContentDigests& content, crypto::DigestName name) {
  return name == crypto::DigestName::kSha256 ? content.sha256.hex() : content.sha512.hex();
}

}  // namespace

BagWriter::BagWriter(fs::path folder)
    : folder_(std::move(folder)), partial_(partial_name(folder_)) {}

BagWriter::BagWriter(BagWriter&& other) noexcept
    : folder_(std::move(other.folder_)),
      partial_(std::exchange(other.partial_, {})),
      written_(std::move(other.written_)),
      twins_(std::move(other.twins_)) {}

BagWriter::~BagWriter() {
  std::error_code ignored;
  if (!partial_.empty()) fs::remove_all(partial_, ignored);
}

base::Result<BagWriter> BagWriter::create(const fs::path& folder) {
  ROG_CHECKED(check_is_free(folder));
  BagWriter writer(folder);
  if (::mkdir(writer.partial_.c_str(), 0755) != 0 ||
      ::mkdir((writer.partial_ / "data").c_str(), 0755) != 0) {
    return io_error(writer.partial_, errno);
  }
  return writer;
}

base::Result<fs::path> BagWriter::claim(const std::string& path) {
  ROG_CHECKED(check_member_name(path));
  const auto [twin, is_new] = twins_.emplace(folded_name(path), path);
  if (!is_new) {
    return base::Error{.code = base::ErrorCode::kConflict,
                       .message = "`" + path + "` cannot be beside `" + twin->second + "`"};
  }
  fs::path at = partial_ / path;
  std::error_code error;
  fs::create_directories(at.parent_path(), error);
  if (error) return io_error(at, error.value());
  return at;
}

struct BagWriter::Piecewise::State {
  std::string path;
  NewFile file;
  /// Nothing but the linear digests, on this thread.
  crypto::ChunkDigester digester{{.use_thread = false, .use_tree = false}};
};

BagWriter::Piecewise::Piecewise(std::unique_ptr<State> state) : state_(std::move(state)) {}
BagWriter::Piecewise::Piecewise(Piecewise&&) noexcept = default;
BagWriter::Piecewise::~Piecewise() = default;

base::Result<void> BagWriter::Piecewise::write(std::span<const std::byte> piece) {
  ROG_CHECKED(state_->file.write(piece));
  return state_->digester.update(piece);
}

base::Result<BagWriter::Piecewise> BagWriter::begin(const std::string& path) {
  ROG_TRY(const fs::path at, claim(path));
  ROG_TRY(NewFile file, NewFile::create(at));
  return Piecewise(
      std::make_unique<Piecewise::State>(Piecewise::State{.path = path, .file = std::move(file)}));
}

base::Result<void> BagWriter::end(Piecewise file) {
  ROG_TRY(const crypto::ContentDigests content, file.state_->digester.finish());
  ROG_CHECKED(file.state_->file.close());
  written_.push_back({.path = file.state_->path, .content = content});
  return {};
}

base::Result<crypto::ContentDigests> BagWriter::add(const std::string& path,
                                                    const ContentSource& source,
                                                    crypto::LeafSink leaves) {
  ROG_TRY(const fs::path at, claim(path));
  ROG_TRY(NewFile file, NewFile::create(at));
  const ContentSource copied = [&](const ByteSink& sink) {
    return source([&](std::span<const std::byte> piece) -> base::Result<void> {
      ROG_CHECKED(file.write(piece));
      return sink(piece);
    });
  };
  ROG_TRY(const crypto::ContentDigests content,
          digest_chunks(copied,
                        {.use_thread = path.starts_with("data/"), .leaves = std::move(leaves)}));
  ROG_CHECKED(file.close());
  written_.push_back({.path = path, .content = content});
  return content;
}

base::Result<void> BagWriter::add_manifests(std::string_view prefix, bool is_payload) {
  std::sort(written_.begin(), written_.end(),
            [](const Written& a, const Written& b) { return a.path < b.path; });
  // Taken before, so that a manifest of the bag's own files does not list its sister.
  const std::vector<Written> listed = written_;
  for (const crypto::DigestName name : kWrittenDigests) {
    std::vector<ManifestEntry> entries;
    for (const Written& one : listed) {
      if (one.path.starts_with("data/") != is_payload) continue;
      entries.push_back({.digest = digest_text(one.content, name), .path = one.path});
    }
    const std::string text = manifest_text(entries);
    const std::string path = std::string(prefix) + std::string(digest_name_text(name)) + ".txt";
    ROG_CHECKED(add(path, source_of(std::string_view(text))));
  }
  return {};
}

base::Result<void> BagWriter::finish(BagInfo info) {
  PayloadOxum oxum;
  for (const Written& one : written_) {
    if (!one.path.starts_with("data/")) continue;
    oxum.bytes += one.content.size_bytes;
    ++oxum.files;
  }
  info.emplace_back("Payload-Oxum", std::to_string(oxum.bytes) + '.' + std::to_string(oxum.files));
  const std::string info_text = bag_info_text(info);
  ROG_CHECKED(add("bagit.txt", source_of(kBagDeclaration)));
  ROG_CHECKED(add("bag-info.txt", source_of(std::string_view(info_text))));
  ROG_CHECKED(add_manifests("manifest-", /*is_payload=*/true));
  ROG_CHECKED(add_manifests("tagmanifest-", /*is_payload=*/false));
  std::error_code error;
  for (auto at = fs::recursive_directory_iterator(partial_, error);
       !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (at->is_directory()) ROG_CHECKED(sync_folder(at->path()));
  }
  ROG_CHECKED(sync_folder(partial_));
  ROG_CHECKED(rename_new(partial_, folder_));
  partial_.clear();
  return {};
}

}  // namespace rogatory::package
