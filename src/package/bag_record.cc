// SPDX-License-Identifier: EUPL-1.2

#include "package/bag_record.h"

#include <algorithm>
#include <utility>

#include "base/file.h"
#include "crypto/bytes.h"
#include "crypto/timestamp.h"

namespace rogatory::package {
namespace {

using base::Error;
using base::ErrorCode;
using crypto::DigestAlgorithm;
using crypto::DigestName;
using crypto::EvidenceRecord;

struct NamedAlgorithm {
  DigestName name;
  DigestAlgorithm algorithm;
};

/// Algorithms that manifests name too, so that one digest serves both.
constexpr std::array kInManifests = {
    NamedAlgorithm{DigestName::kSha1, DigestAlgorithm::kSha1},
    NamedAlgorithm{DigestName::kSha224, DigestAlgorithm::kSha224},
    NamedAlgorithm{DigestName::kSha256, DigestAlgorithm::kSha256},
    NamedAlgorithm{DigestName::kSha384, DigestAlgorithm::kSha384},
    NamedAlgorithm{DigestName::kSha512, DigestAlgorithm::kSha512},
};

std::optional<DigestName> name_in_manifests(DigestAlgorithm algorithm) {
  const auto row = std::ranges::find(kInManifests, algorithm, &NamedAlgorithm::algorithm);
  if (row == kInManifests.end()) return std::nullopt;
  return row->name;
}

/// The digest of that algorithm among those of manifests.
std::optional<crypto::MessageDigest> known_in(const HexDigests& digests,
                                              DigestAlgorithm algorithm) {
  const auto name = name_in_manifests(algorithm);
  const auto found = name ? digests.find(*name) : digests.end();
  if (found == digests.end()) return std::nullopt;
  auto bytes = crypto::parse_hex(found->second);
  if (!bytes) return std::nullopt;
  return crypto::MessageDigest{.algorithm = algorithm, .bytes = bytes.take()};
}

/// The same content pushed into the digests that no manifest names, and counted.
ContentSource watched(ContentSource source, std::vector<crypto::MessageDigestStream>& streams,
                      const RecordDigester::OnBytes& on_bytes) {
  return [source = std::move(source), &streams, &on_bytes](const ByteSink& sink) {
    return source([&](std::span<const std::byte> piece) -> base::Result<void> {
      for (auto& stream : streams) stream.update(piece);
      if (on_bytes) on_bytes(piece.size());
      return sink(piece);
    });
  };
}

/// How many bytes the files of a folder have; what cannot be asked counts for nothing.
std::uint64_t total_bytes(const std::filesystem::path& folder) {
  std::uint64_t total = 0;
  const auto files = base::list_files_recursive(folder);
  if (!files) return 0;
  for (const auto& file : *files) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(file, failed);
    if (!failed) total += size;
  }
  return total;
}

bool is_sha3(DigestAlgorithm algorithm) {
  return algorithm == DigestAlgorithm::kSha3_256 || algorithm == DigestAlgorithm::kSha3_512;
}

/// The tree of a first record, or of a chain that is to be added.
base::Result<crypto::ArchiveHashTree> tree_of(const EvidenceRecord* record,
                                              DigestAlgorithm algorithm,
                                              const RecordedContents& contents) {
  if (record != nullptr) {
    ROG_TRY(crypto::HashList values, record->hash_tree_renewal_values(algorithm, contents));
    return crypto::ArchiveHashTree::make(algorithm, {std::move(values)});
  }
  crypto::HashList values;
  for (const crypto::KnownDigests& content : contents) {
    const crypto::MessageDigest* known = content.find(algorithm);
    if (known == nullptr) {
      return Error{.code = ErrorCode::kInvalidArgument,
                   .message = "a file is not known by " +
                              std::string(crypto::digest_algorithm_name(algorithm))};
    }
    values.push_back(known->bytes);
  }
  return crypto::ArchiveHashTree::make(algorithm, {std::move(values)});
}

base::Result<EvidenceRecord> added(const EvidenceRecord* record, RecordStep step,
                                   DigestAlgorithm algorithm, const RecordedContents& contents,
                                   std::span<const std::byte> token) {
  if (step == RecordStep::kTimestampRenewal) return record->renewed(token);
  ROG_TRY(const crypto::ArchiveHashTree tree, tree_of(record, algorithm, contents));
  if (record == nullptr) return EvidenceRecord::make(tree.reduced(0), token);
  return record->renewed_by_hash_tree(algorithm, contents, tree.reduced(0), token);
}

DigestAlgorithm newest_digest(const EvidenceRecord& record) {
  return record.chains().back().front().digest;
}

}  // namespace

base::Result<DigestAlgorithm> parse_record_digest(std::string_view name) {
  std::string names;
  for (const DigestAlgorithm algorithm : kRecordDigests) {
    const std::string_view known = crypto::digest_algorithm_name(algorithm);
    if (known == name) return algorithm;
    names += (names.empty() ? "`" : ", `") + std::string(known) + '`';
  }
  return Error{
      .code = ErrorCode::kInvalidArgument,
      .message = "`" + std::string(name) + "` is none of the digests for records: " + names};
}

RecordDigester::RecordDigester(std::filesystem::path folder,
                               std::vector<DigestAlgorithm> algorithms, OnBytes on_bytes)
    : folder_(std::move(folder)),
      algorithms_(std::move(algorithms)),
      on_bytes_(std::move(on_bytes)) {}

base::Result<DigestedContent> RecordDigester::digest(const std::string& path,
                                                     const std::vector<DigestName>& names) {
  if (algorithms_.empty() && !on_bytes_) return digest_file(folder_, path, names);
  return read(path, names);
}

base::Result<DigestedContent> RecordDigester::read(const std::string& path,
                                                   const std::vector<DigestName>& names) {
  std::set<DigestName> wanted(names.begin(), names.end());
  std::vector<DigestAlgorithm> apart;
  for (const DigestAlgorithm algorithm : algorithms_) {
    const auto name = name_in_manifests(algorithm);
    if (name) {
      wanted.insert(*name);
    } else {
      apart.push_back(algorithm);
    }
  }
  std::vector<crypto::MessageDigestStream> streams(apart.begin(), apart.end());
  ROG_TRY(DigestedContent content,
          digest_content(watched(source_of(folder_, path), streams, on_bytes_),
                         {wanted.begin(), wanted.end()}));
  std::vector<crypto::MessageDigest> digests;
  digests.reserve(algorithms_.size());
  for (auto& stream : streams) digests.push_back(stream.finish());
  for (const DigestAlgorithm algorithm : algorithms_) {
    auto known = known_in(content.digests, algorithm);
    if (known) digests.push_back(*std::move(known));
  }
  known_[path] = crypto::KnownDigests(std::move(digests));
  return content;
}

void RecordDigester::note(const std::string& path, const HexDigests& digests) {
  std::vector<crypto::MessageDigest> all;
  for (const DigestAlgorithm algorithm : algorithms_) {
    auto known = known_in(digests, algorithm);
    if (!known) return;
    all.push_back(*std::move(known));
  }
  known_[path] = crypto::KnownDigests(std::move(all));
}

base::Result<RecordedContents> RecordDigester::finish(const std::vector<std::string>& paths) {
  std::set<std::vector<std::byte>> seen;
  RecordedContents contents;
  for (const std::string& path : paths) {
    if (!known_.contains(path)) ROG_CHECKED(read(path, {}));
    const crypto::KnownDigests& known = known_.at(path);
    std::vector<std::byte> all;
    for (const DigestAlgorithm algorithm : algorithms_) {
      const auto& bytes = known.find(algorithm)->bytes;
      all.insert(all.end(), bytes.begin(), bytes.end());
    }
    if (seen.insert(std::move(all)).second) contents.push_back(known);
  }
  return contents;
}

base::Result<DigestedBag> digest_bag(const std::filesystem::path& folder,
                                     std::vector<DigestAlgorithm> algorithms,
                                     const RecordProgress& progress) {
  RecordDigester::OnBytes on_bytes;
  std::uint64_t done = 0;
  const std::uint64_t total = progress ? total_bytes(folder) : 0;
  if (progress) {
    on_bytes = [&](std::size_t size_bytes) { progress(done += size_bytes, total); };
  }
  RecordDigester digester(folder, std::move(algorithms), std::move(on_bytes));
  const BagOptions options{
      .digest = [&](const std::string& path, const std::vector<DigestName>& names) {
        return digester.digest(path, names);
      }};
  DigestedBag out;
  ROG_TRY(out.bag, check_bag(folder, options));
  ROG_TRY(out.contents, digester.finish(out.bag.files));
  return out;
}

std::string_view record_step_name(RecordStep step) {
  switch (step) {
    case RecordStep::kFirst:
      return "first";
    case RecordStep::kTimestampRenewal:
      return "time_stamp_renewal";
    case RecordStep::kHashTreeRenewal:
      return "hash_tree_renewal";
    case RecordStep::kAlready:
      return "already";
  }
  return "";
}

base::Result<RecordStep> step_by(const EvidenceRecord* record, DigestAlgorithm algorithm) {
  if (record == nullptr) return RecordStep::kFirst;
  const DigestAlgorithm newest = newest_digest(*record);
  if (algorithm == newest) return RecordStep::kTimestampRenewal;
  if (is_sha3(algorithm) == is_sha3(newest) &&
      crypto::digest_size(algorithm) < crypto::digest_size(newest)) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message = std::string(crypto::digest_algorithm_name(algorithm)) +
                            " is weaker than " +
                            std::string(crypto::digest_algorithm_name(newest)) +
                            ", by which the newest chain of the record is"};
  }
  return RecordStep::kHashTreeRenewal;
}

std::vector<DigestAlgorithm> digests_for(const EvidenceRecord* record, DigestAlgorithm algorithm) {
  std::vector<DigestAlgorithm> needed;
  if (record != nullptr) needed = record->digests_needed();
  if (std::ranges::find(needed, algorithm) == needed.end()) needed.push_back(algorithm);
  return needed;
}

base::Result<crypto::MessageDigest> digest_to_stamp(const EvidenceRecord* record,
                                                    DigestAlgorithm algorithm,
                                                    const RecordedContents& contents) {
  ROG_TRY(const RecordStep step, step_by(record, algorithm));
  if (step == RecordStep::kTimestampRenewal) return record->renewal_digest();
  ROG_TRY(const crypto::ArchiveHashTree tree, tree_of(record, algorithm, contents));
  return tree.root();
}

base::Result<GrownRecord> grow_record(const EvidenceRecord* record,
                                      const RecordedContents& contents,
                                      std::span<const std::byte> token) {
  if (record != nullptr && std::ranges::equal(record->chains().back().back().token, token)) {
    return GrownRecord{.record = *record, .step = RecordStep::kAlready};
  }
  ROG_TRY(const crypto::TimestampReport stamped, crypto::describe_timestamp(token));
  if (!stamped.imprint) {
    return Error{.code = ErrorCode::kUnsupported,
                 .message = "the digest algorithm of the time stamp is not known"};
  }
  const DigestAlgorithm algorithm = stamped.imprint->algorithm;
  ROG_TRY(const RecordStep step, step_by(record, algorithm));
  ROG_TRY(const crypto::MessageDigest wanted, digest_to_stamp(record, algorithm, contents));
  if (wanted != *stamped.imprint) {
    return Error{.code = ErrorCode::kConflict,
                 .message = record == nullptr
                                ? "the time stamp is not over the files of this bag"
                                : "the time stamp is neither over the newest one of the record nor "
                                  "over the files of this bag with the record as it is"};
  }
  ROG_TRY(EvidenceRecord grown, added(record, step, algorithm, contents, token));
  if (grown.der().size() > crypto::kMaxEvidenceRecordBytes) {
    return Error{
        .code = ErrorCode::kLimit,
        .message = "the record would be larger than is read: begin a second one beside it"};
  }
  return GrownRecord{.record = std::move(grown), .step = step};
}

}  // namespace rogatory::package
