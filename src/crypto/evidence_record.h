// SPDX-License-Identifier: EUPL-1.2
//
// Evidence records (RFC 4998): time stamps over time stamps, so that a proof of existence outlives
// keys and digest algorithms. Pure; any thread.
//
// One record is about one group of data objects, mostly a group of one. Its archive time stamps
// form chains; within a chain each covers the one before (time stamp renewal), and each chain
// covers the data and all chains before it by a newer digest algorithm (hash-tree renewal).
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "crypto/message_digest.h"
#include "crypto/signature_finding.h"
#include "crypto/timestamp.h"

namespace rogatory::crypto {

/// The largest record read: nine chains over as many values of 64 bytes as one list may have.
inline constexpr std::size_t kMaxEvidenceRecordBytes = 64UL * 1024 * 1024;
/// The most archive time stamps of a record: a renewal each year for a thousand years.
inline constexpr std::size_t kMaxArchiveTimestamps = 1000;
/// The most hash values in one list and the most lists of one reduced hash tree.
inline constexpr std::size_t kMaxHashList = 100'000;
inline constexpr std::size_t kMaxHashLists = 64;

/// Hash values that belong together; in binary order when written.
using HashList = std::vector<std::vector<std::byte>>;
/// From the leaves to the root: each list is joined by the value of the one before it.
using ReducedHashTree = std::vector<HashList>;

/// RFC 4998 4.1. The lists run from the leaves to the root; none when the time stamp is over the
/// value itself.
struct ArchiveTimestamp {
  /// Absent when it is that of the time stamp.
  std::optional<DigestAlgorithm> stated_digest;
  /// DER of the attributes [1], kept and not interpreted; empty when absent.
  std::vector<std::byte> attributes;
  ReducedHashTree reduced_tree;
  /// The DER of the token.
  std::vector<std::byte> token;
  /// The algorithm of the tree and of the token's imprint.
  DigestAlgorithm digest = DigestAlgorithm::kSha256;
  /// The DER of the whole, as read or written.
  std::vector<std::byte> der;

  bool operator==(const ArchiveTimestamp&) const = default;
};

using ArchiveTimestampChain = std::vector<ArchiveTimestamp>;

/// One record. Records that were read keep their bytes.
class EvidenceRecord final {
 public:
  /// kParse with the place in the structure, kLimit, kUnsupported for another version, for
  /// encrypted objects (RFC 4998 6) and for algorithms not known here.
  static base::Result<EvidenceRecord> parse(std::span<const std::byte> der);

  /// A first record: one chain with one archive time stamp. kInvalidArgument when the token is not
  /// over the root of `tree`.
  static base::Result<EvidenceRecord> make(ReducedHashTree reduced_tree,
                                           std::span<const std::byte> token);

  [[nodiscard]] std::vector<std::byte> der() const;
  [[nodiscard]] const std::vector<ArchiveTimestampChain>& chains() const { return chains_; }
  /// The algorithms by which the data has to be known to check every chain.
  [[nodiscard]] std::vector<DigestAlgorithm> digests_needed() const;

  /// Time stamp renewal (RFC 4998 5.2): the digest of the newest token, to be sent to an authority,
  /// by the algorithm of the newest chain.
  [[nodiscard]] MessageDigest renewal_digest() const;
  /// The record with `token` over renewal_digest() added. kInvalidArgument when it is over another
  /// value.
  [[nodiscard]] base::Result<EvidenceRecord> renewed(std::span<const std::byte> token) const;

  /// The record with these lists kept inside its newest time stamp, so that the next renewal covers
  /// them; a renewal asked for before has to be asked for anew. kLimit, see
  /// keep_revocation_lists().
  [[nodiscard]] base::Result<EvidenceRecord> with_revocation_lists(
      std::span<const RevocationList> lists) const;

  /// Hash-tree renewal (RFC 4998 5.2): the values, one for each data object, that the first list of
  /// the new chain has to hold, by a newer algorithm. kInvalidArgument when an object is not known
  /// by it.
  [[nodiscard]] base::Result<HashList> hash_tree_renewal_values(
      DigestAlgorithm algorithm, std::span<const KnownDigests> objects) const;
  /// The record with a new chain. kInvalidArgument when the first list does not hold the values, or
  /// the token is not over the root.
  [[nodiscard]] base::Result<EvidenceRecord> renewed_by_hash_tree(
      DigestAlgorithm algorithm, std::span<const KnownDigests> objects,
      ReducedHashTree reduced_tree, std::span<const std::byte> token) const;

 private:
  EvidenceRecord() = default;

  /// AlgorithmIdentifiers of digestAlgorithms, DER, as read or written.
  std::vector<std::vector<std::byte>> algorithms_;
  std::vector<ArchiveTimestampChain> chains_;
  /// DER of cryptoInfos [0], kept and not interpreted.
  std::vector<std::byte> crypto_infos_;
};

/// A hash tree over many groups of data objects, so that one time stamp serves them all (RFC 4998
/// 4.2). Binary, groups in the order given.
class ArchiveHashTree final {
 public:
  /// `groups`: for each group the digests of its objects by `algorithm`. kInvalidArgument for none,
  /// for an empty group, and for digests of another size.
  static base::Result<ArchiveHashTree> make(DigestAlgorithm algorithm,
                                            std::vector<HashList> groups);

  /// What the authority has to stamp.
  [[nodiscard]] MessageDigest root() const;
  /// The reduced hash tree of one group; empty for a single group of one object.
  [[nodiscard]] ReducedHashTree reduced(std::size_t group) const;

 private:
  DigestAlgorithm algorithm_ = DigestAlgorithm::kSha256;
  std::vector<HashList> groups_;
  /// From the values of the groups to the root.
  std::vector<HashList> levels_;
};

struct EvidenceReport {
  /// Of every archive time stamp, oldest first.
  std::vector<TimestampReport> timestamps;
  /// The time of the first token: the data existed then.
  std::optional<std::chrono::sys_seconds> exists_since;
  /// What concerns the record; those of the tokens are with them.
  SignatureFindings findings;

  /// There is no finding in the record nor in a token.
  [[nodiscard]] bool holds() const;
  [[nodiscard]] SignatureFindings all_findings() const;
};

/// Checks a record over the group `objects`, all of them and nothing else (RFC 4998 5.3): the first
/// archive time stamp covers the data, each later one its predecessor, each chain the data and all
/// chains before; every token holds, times rise, and each was good at the time of the next, the
/// last one at `at`. Never fails: see findings.
EvidenceReport verify_evidence_record(const EvidenceRecord& record,
                                      std::span<const KnownDigests> objects,
                                      const TrustStore& trust, std::chrono::sys_seconds at,
                                      std::span<const Certificate> others = {});

}  // namespace rogatory::crypto
