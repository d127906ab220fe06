// SPDX-License-Identifier: EUPL-1.2

#include "package/bag.h"

#include <algorithm>
#include <optional>
#include <set>
#include <system_error>

#include "base/limits.h"
#include "base/text.h"
#include "package/member_name.h"

namespace rogatory::package {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxTagFileBytes = std::size_t{64} << 20;

bool is_payload_path(std::string_view path) {
  return path.starts_with("data/");
}

/// The digest that the name of a manifest gives: `manifest-sha256.txt` with prefix `manifest-`.
std::optional<std::string> named_digest_of(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix) || !path.ends_with(".txt")) return std::nullopt;
  path.remove_prefix(prefix.size());
  path.remove_suffix(4);
  if (path.find('/') != std::string_view::npos) return std::nullopt;
  return std::string(path);
}

class Checker final {
 public:
  Checker(fs::path folder, const BagOptions& options)
      : folder_(std::move(folder)),
        digest_(options.digest),
        compare_payload_(options.compare_payload) {
    if (digest_) return;
    digest_ = [this](const std::string& path, const std::vector<crypto::DigestName>& names) {
      return digest_file(folder_, path, names);
    };
  }

  base::Result<BagReport> run() {
    ROG_CHECKED(list());
    if (read_declaration()) {
      read_info();
      read_manifests("manifest-", payload_);
      read_manifests("tagmanifest-", tags_);
      read_fetch_file();
      check_manifests();
      check_payload();
      check_tags();
      check_oxum();
    }
    report_.files.assign(files_.begin(), files_.end());
    std::stable_sort(report_.problems.begin(), report_.problems.end(),
                     [](const auto& a, const auto& b) { return a.path < b.path; });
    return std::move(report_);
  }

 private:
  void fail(BagProblemKind kind, std::string path, std::string text) {
    report_.problems.push_back({.kind = kind, .path = std::move(path), .text = std::move(text)});
  }

  /// The regular files, by their path in the bag. Everything else that is no folder is refused.
  base::Result<void> list() {
    std::error_code error;
    if (!fs::is_directory(folder_, error)) {
      return base::Error{.code = base::ErrorCode::kNotFound,
                         .message = "there is no such folder",
                         .place = {.file = folder_.string()}};
    }
    auto at = fs::recursive_directory_iterator(folder_, error);
    for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
      if (files_.size() + report_.problems.size() >= base::kMaxListedFiles) {
        return base::Error{.code = base::ErrorCode::kLimit,
                           .message = "the bag has more files than are read",
                           .place = {.file = folder_.string()}};
      }
      std::error_code of_entry;
      const auto status = at->symlink_status(of_entry);
      const std::string path = at->path().lexically_relative(folder_).generic_string();
      if (fs::is_directory(status)) {
        // What a name may have below `data/`.
        if (at.depth() < static_cast<int>(kMaxNameParts)) continue;
        at.disable_recursion_pending();
        fail(BagProblemKind::kRefused, path, "too deep");
        continue;
      }
      list_file(*at, status, path);
    }
    if (error) {
      return base::Error{.code = base::ErrorCode::kIo,
                         .message = error.message(),
                         .place = {.file = folder_.string()}};
    }
    return {};
  }

  void list_file(const fs::directory_entry& entry, fs::file_status status,
                 const std::string& path) {
    if (const auto checked = check_member_name(path); !checked) {
      return fail(BagProblemKind::kRefused, base::is_valid_utf8(path) ? path : "(not UTF-8)",
                  checked.error().message);
    }
    if (!fs::is_regular_file(status)) {
      return fail(BagProblemKind::kRefused, path, "a link or a special file");
    }
    if (const auto twin = twins_.add(path)) {
      report_.warnings.push_back("`" + path + "` differs from `" + *twin +
                                 "` only in case or Unicode normalisation");
    }
    if (is_system_file(path)) {
      report_.warnings.push_back("`" + path + "` is a file that operating systems leave behind");
    }
    std::error_code ignored;
    const auto size = entry.file_size(ignored);
    files_.insert(path);
    if (!is_payload_path(path)) {
      ++report_.tag_files;
      return;
    }
    ++report_.payload_files;
    report_.payload_bytes += ignored ? 0 : size;
  }

  /// The bytes of a tag file; a problem and nothing when it cannot be had.
  std::optional<std::string> read_tag(const std::string& path) {
    auto bytes = read_all(source_of(folder_, path), kMaxTagFileBytes);
    if (bytes) return bytes.take();
    fail(BagProblemKind::kMalformed, path, bytes.error().message);
    return std::nullopt;
  }

  std::optional<std::string> read_tag_text(const std::string& path) {
    const auto bytes = read_tag(path);
    if (!bytes) return std::nullopt;
    auto text = decode_tag_file(*bytes, report_.declaration.encoding);
    if (text) return text.take();
    malformed(path, text.error());
    return std::nullopt;
  }

  void malformed(const std::string& path, base::Error error) {
    error.place.file.clear();
    fail(BagProblemKind::kMalformed, path, error.to_string());
  }

  bool read_declaration() {
    const auto bytes = read_tag("bagit.txt");
    if (!bytes) return false;
    auto declaration = parse_bag_declaration(*bytes);
    if (!declaration) {
      malformed("bagit.txt", declaration.take_error());
      return false;
    }
    report_.declaration = declaration.take();
    std::error_code ignored;
    if (!fs::is_directory(fs::symlink_status(folder_ / "data", ignored))) {
      fail(BagProblemKind::kMissing, "data", "there is no folder of the payload");
    }
    return true;
  }

  void read_info() {
    // Before 0.96 it had another name.
    const bool is_old = report_.declaration.major == 0 && report_.declaration.minor < 96;
    const std::string path = is_old ? "package-info.txt" : "bag-info.txt";
    if (!files_.contains(path)) return;
    const auto text = read_tag_text(path);
    if (!text) return;
    auto info = parse_bag_info(*text);
    if (!info) return malformed(path, info.take_error());
    report_.info = info.take();
  }

  void read_manifests(std::string_view prefix, std::vector<Manifest>& out) {
    std::set<crypto::DigestName> names;
    for (const std::string& path : files_) {
      const auto name = named_digest_of(path, prefix);
      if (!name) continue;
      const auto digest = crypto::find_digest_name(*name);
      if (!digest) {
        report_.not_checked.push_back("`" + path + "`: this digest is not known");
        continue;
      }
      if (!names.insert(*digest).second) {
        fail(BagProblemKind::kMalformed, path, "a second manifest of one digest");
        continue;
      }
      read_manifest(path, *digest, out);
    }
  }

  void read_manifest(const std::string& path, crypto::DigestName digest,
                     std::vector<Manifest>& out) {
    const auto text = read_tag_text(path);
    if (!text) return;
    auto manifest = parse_manifest(*text, digest, report_.declaration);
    if (!manifest) return malformed(path, manifest.take_error());
    for (const std::string& warning : manifest->warnings) {
      report_.warnings.push_back("`" + path + "`: " + warning);
    }
    if (!crypto::is_collision_resistant(digest)) {
      report_.warnings.push_back("`" + path +
                                 "`: this digest does not withstand who wants two contents of one");
    }
    out.push_back(manifest.take());
  }

  void read_fetch_file() {
    if (!files_.contains("fetch.txt")) return;
    const auto text = read_tag_text("fetch.txt");
    if (!text) return;
    auto paths = parse_fetch(*text);
    if (!paths) return malformed("fetch.txt", paths.take_error());
    report_.not_checked.emplace_back("the addresses in `fetch.txt`: nothing is ever fetched");
    for (const std::string& path : *paths) fetched_.insert(path);
  }

  void check_manifests() {
    if (payload_.empty()) {
      fail(BagProblemKind::kMalformed, "", "there is no manifest of the payload that can be read");
    }
    for (const Manifest& manifest : payload_) {
      report_.payload_digests.push_back(manifest.digest);
      collect(manifest, /*is_payload=*/true);
    }
    for (const Manifest& manifest : tags_) {
      report_.tag_digests.push_back(manifest.digest);
      collect(manifest, /*is_payload=*/false);
    }
  }

  void collect(const Manifest& manifest, bool is_payload) {
    for (const ManifestEntry& entry : manifest.entries) {
      const bool is_tag_manifest = entry.path.starts_with("tagmanifest-");
      if (is_payload_path(entry.path) != is_payload || is_tag_manifest) {
        fail(BagProblemKind::kMalformed, entry.path, "listed in a manifest that is not for it");
        continue;
      }
      listed_[entry.path][manifest.digest] = entry.digest;
    }
  }

  void check_payload() {
    if (!compare_payload_) {
      report_.not_checked.emplace_back("the digests of the payload in the manifests");
    }
    for (const auto& [path, digests] : listed_) {
      if (is_payload_path(path)) check_payload_file(path, digests);
    }
    for (const std::string& path : files_) {
      if (is_payload_path(path) && !listed_.contains(path)) {
        fail(BagProblemKind::kUnlisted, path, "no manifest lists this file");
      }
    }
    for (const std::string& path : fetched_) {
      if (!listed_.contains(path)) {
        fail(BagProblemKind::kMalformed, path, "in `fetch.txt`, and no manifest lists it");
      }
    }
  }

  void check_payload_file(const std::string& path, const HexDigests& digests) {
    // RFC 8493 2.1.3: every payload manifest has to list every payload file.
    if (report_.declaration.is_1_0_or_later() && digests.size() != payload_.size()) {
      fail(BagProblemKind::kUnlisted, path, "not every manifest lists this file");
    }
    check_file(path, digests);
  }

  void check_tags() {
    for (const auto& [path, digests] : listed_) {
      if (!is_payload_path(path)) check_file(path, digests);
    }
    if (tags_.empty()) {
      report_.warnings.emplace_back(
          "there is no manifest of the bag's own files: they are not checked");
      return;
    }
    for (const std::string& path : files_) {
      const bool is_tag = !is_payload_path(path) && !named_digest_of(path, "tagmanifest-");
      if (is_tag && !listed_.contains(path)) {
        report_.warnings.push_back("`" + path + "` is in no manifest of the bag's own files");
      }
    }
  }

  void check_file(const std::string& path, const HexDigests& expected) {
    if (!files_.contains(path)) {
      return fail(BagProblemKind::kMissing, path,
                  fetched_.contains(path) ? "listed and not there; `fetch.txt` says where it may be"
                                          : "listed and not there");
    }
    const bool is_compared = compare_payload_ || !is_payload_path(path);
    std::vector<crypto::DigestName> names;
    for (const auto& [name, digest] : expected) {
      if (is_compared) names.push_back(name);
    }
    const auto content = digest_(path, names);
    if (!content) return fail(BagProblemKind::kAltered, path, content.error().message);
    if (!is_compared) return;
    for (const auto& [name, digest] : expected) {
      const auto found = content->digests.find(name);
      if (found != content->digests.end() && found->second == digest) continue;
      fail(BagProblemKind::kAltered, path,
           "its " + std::string(digest_name_text(name)) + " is not the one in the manifest");
    }
  }

  void check_oxum() {
    for (const auto& [label, value] : report_.info) {
      if (base::lower_ascii(label) != "payload-oxum") continue;
      const auto oxum = parse_payload_oxum(value);
      if (!oxum) {
        fail(BagProblemKind::kMalformed, "bag-info.txt", "Payload-Oxum is not BYTES.FILES");
      } else if (oxum->bytes != report_.payload_bytes || oxum->files != report_.payload_files) {
        fail(BagProblemKind::kAltered, "bag-info.txt",
             "Payload-Oxum is `" + value + "`, the payload has " +
                 std::to_string(report_.payload_bytes) + " bytes in " +
                 std::to_string(report_.payload_files) + " files");
      }
    }
  }

  fs::path folder_;
  BagDigester digest_;
  bool compare_payload_;
  BagReport report_;
  std::set<std::string> files_;
  TwinFinder twins_;
  std::vector<Manifest> payload_;
  std::vector<Manifest> tags_;
  std::set<std::string> fetched_;
  std::map<std::string, HexDigests> listed_;
};

}  // namespace

std::string_view bag_problem_name(BagProblemKind kind) {
  switch (kind) {
    case BagProblemKind::kMalformed:
      return "malformed";
    case BagProblemKind::kMissing:
      return "missing";
    case BagProblemKind::kUnlisted:
      return "unlisted";
    case BagProblemKind::kAltered:
      return "altered";
    case BagProblemKind::kRefused:
      return "refused";
  }
  return "";
}

base::Result<BagReport> check_bag(const fs::path& folder, const BagOptions& options) {
  return Checker(folder, options).run();
}

}  // namespace rogatory::package
