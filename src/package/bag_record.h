// SPDX-License-Identifier: EUPL-1.2
//
// Evidence records (RFC 4998) over all files of a bag (docs/formats/evidence-record.md): kept
// beside it, begun and renewed by anyone who holds it. Single-threaded.
//
// The data object group of a record is the contents of all files, manifests of manifests too, so
// that after a hash-tree renewal nothing rests on the digests that the manifests state.
#pragma once

#include <array>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/evidence_record.h"
#include "package/bag.h"
#include "package/content.h"
#include "package/verify_report.h"

namespace rogatory::package {

/// What a record begins with unless another algorithm is asked for.
inline constexpr crypto::DigestAlgorithm kFirstRecordDigest = crypto::DigestAlgorithm::kSha512;
/// The algorithms that a record is begun or renewed by here.
inline constexpr std::array kRecordDigests = {
    crypto::DigestAlgorithm::kSha512,   crypto::DigestAlgorithm::kSha3_512,
    crypto::DigestAlgorithm::kSha384,   crypto::DigestAlgorithm::kSha256,
    crypto::DigestAlgorithm::kSha3_256,
};

/// One of kRecordDigests by its published name; kInvalidArgument with the names for another.
base::Result<crypto::DigestAlgorithm> parse_record_digest(std::string_view name);

/// The contents of files, each different one once, known by the algorithms that were asked for.
using RecordedContents = std::vector<crypto::KnownDigests>;

/// Digests the files of a bag for a record while they are read for another purpose.
class RecordDigester final {
 public:
  /// Called with the size of each piece that was read.
  using OnBytes = std::function<void(std::size_t size_bytes)>;

  /// Without algorithms nothing is digested beyond what each call asks for.
  RecordDigester(std::filesystem::path folder, std::vector<crypto::DigestAlgorithm> algorithms,
                 OnBytes on_bytes = {});

  /// One pass over a file, for the caller and for the record. Errors as of digest_file().
  base::Result<DigestedContent> digest(const std::string& path,
                                       const std::vector<crypto::DigestName>& names);
  /// Takes over what somebody else made of the file, as far as it is enough.
  void note(const std::string& path, const HexDigests& digests);
  /// The contents of all these files; those not seen yet are read now. Errors as of digest_file().
  base::Result<RecordedContents> finish(const std::vector<std::string>& paths);

 private:
  base::Result<DigestedContent> read(const std::string& path,
                                     const std::vector<crypto::DigestName>& names);

  std::filesystem::path folder_;
  std::vector<crypto::DigestAlgorithm> algorithms_;
  OnBytes on_bytes_;
  std::map<std::string, crypto::KnownDigests> known_;
};

/// A bag as it was checked, and the contents of its files.
struct DigestedBag {
  BagReport bag;
  RecordedContents contents;
};

/// Called as files go by: bytes read and in all.
using RecordProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// Checks the bag and digests all its files, each read once; memory is bounded by the number of
/// files. What is wrong with the bag stands in its report. Errors as of check_bag(), and of files
/// that cannot be read.
base::Result<DigestedBag> digest_bag(const std::filesystem::path& folder,
                                     std::vector<crypto::DigestAlgorithm> algorithms,
                                     const RecordProgress& progress = {});

/// What a time stamp adds to a record.
enum class RecordStep {
  /// It begins it.
  kFirst,
  /// Time stamp renewal (RFC 4998 5.2): over the newest time stamp; for when its authority ends.
  kTimestampRenewal,
  /// Hash-tree renewal (RFC 4998 5.2): over all files and time stamps; for when a digest ends.
  kHashTreeRenewal,
  /// Nothing: it is the newest one already.
  kAlready,
};

/// `first`, `time_stamp_renewal`, `hash_tree_renewal`, `already`.
std::string_view record_step_name(RecordStep step);

/// The step that asking for this algorithm means. `record` is absent before the first. A time stamp
/// renewal keeps the algorithm of the newest chain; kInvalidArgument for another one of the same
/// family that is shorter.
base::Result<RecordStep> step_by(const crypto::EvidenceRecord* record,
                                 crypto::DigestAlgorithm algorithm);

/// The digests of the contents that this step needs: those of every chain and of the new one.
std::vector<crypto::DigestAlgorithm> digests_for(const crypto::EvidenceRecord* record,
                                                 crypto::DigestAlgorithm algorithm);

/// What an authority has to stamp for the step by `algorithm`; the contents count for all but a
/// time stamp renewal. kInvalidArgument as of step_by(), and when a content is not known by it.
base::Result<crypto::MessageDigest> digest_to_stamp(const crypto::EvidenceRecord* record,
                                                    crypto::DigestAlgorithm algorithm,
                                                    const RecordedContents& contents);

struct GrownRecord {
  crypto::EvidenceRecord record;
  RecordStep step = RecordStep::kFirst;
};

/// The record with one more time stamp; which step that is follows from what it is over.
/// kConflict when it fits none: it is over other files, or the record has grown since it was asked
/// for. kLimit when it would be too large to be read again. kParse, kUnsupported of the token.
base::Result<GrownRecord> grow_record(const crypto::EvidenceRecord* record,
                                      const RecordedContents& contents,
                                      std::span<const std::byte> token);

/// A record, and whom and when to judge it by.
struct RecordTrust {
  const crypto::TrustStore& authorities;
  std::chrono::sys_seconds at;
};

/// Holds the record against the contents and writes what was found into the report: problems of
/// code `record`, since when the files existed by whose word, what was not checked, and until when
/// to renew it. The time of the first time stamp, when the record holds.
std::optional<std::chrono::sys_seconds> check_record(const crypto::EvidenceRecord& record,
                                                     const RecordedContents& contents,
                                                     const RecordTrust& trust,
                                                     VerifyReport& report);

/// Verifies a bag and the record over it; no log, no seal and no item: that is verify_bundle().
/// What is wrong stands in the report. Errors as of digest_bag(), and of EvidenceRecord::parse().
base::Result<VerifyReport> verify_bag_record(const std::filesystem::path& folder,
                                             std::span<const std::byte> record_der,
                                             const RecordTrust& trust,
                                             const RecordProgress& progress = {});

}  // namespace rogatory::package
