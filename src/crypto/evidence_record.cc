// SPDX-License-Identifier: EUPL-1.2

#include "crypto/evidence_record.h"

#include <algorithm>

#include "crypto/detail/archive_hash.h"
#include "crypto/detail/der.h"

namespace rogatory::crypto {
namespace {

using base::Error;
using base::ErrorCode;
using detail::der_context;
using detail::DerElement;
using detail::DerReader;

Error limit_error(std::string_view what) {
  return Error{.code = ErrorCode::kLimit,
               .message = "the evidence record has too many " + std::string(what)};
}

base::Result<HashList> parse_hash_list(const DerElement& sequence) {
  DerReader reader(sequence.content, "PartialHashtree");
  HashList list;
  while (!reader.at_end()) {
    ROG_TRY(const DerElement value, reader.next(detail::kDerOctetString));
    if (list.size() == kMaxHashList) return limit_error("hash values in one list");
    list.emplace_back(value.content.begin(), value.content.end());
  }
  if (list.empty()) {
    return Error{.code = ErrorCode::kParse, .message = "PartialHashtree: there is no hash value"};
  }
  return list;
}

base::Result<ReducedHashTree> parse_tree(const DerElement& sequence) {
  DerReader reader(sequence.content, "reducedHashtree");
  ReducedHashTree tree;
  while (!reader.at_end()) {
    ROG_TRY(const DerElement list, reader.next(detail::kDerSequence));
    if (tree.size() == kMaxHashLists) return limit_error("lists in one hash tree");
    ROG_TRY(HashList values, parse_hash_list(list));
    tree.push_back(std::move(values));
  }
  if (tree.empty()) {
    return Error{.code = ErrorCode::kParse, .message = "reducedHashtree: there is no list"};
  }
  return tree;
}

base::Result<DigestAlgorithm> imprint_algorithm(std::span<const std::byte> token) {
  ROG_TRY(const TimestampReport report, describe_timestamp(token));
  if (!report.imprint) {
    return Error{.code = ErrorCode::kUnsupported,
                 .message = "the digest algorithm of a time stamp is not known"};
  }
  return report.imprint->algorithm;
}

/// The four fields of an ArchiveTimeStamp (IMPLICIT TAGS).
base::Result<ArchiveTimestamp> parse_archive_timestamp(const DerElement& sequence) {
  ArchiveTimestamp out;
  out.der.assign(sequence.whole.begin(), sequence.whole.end());
  DerReader reader(sequence.content, "ArchiveTimeStamp");
  if (reader.next_is(der_context(0))) {
    ROG_TRY(const DerElement algorithm, reader.next(der_context(0)));
    ROG_TRY(const std::string oid, detail::parse_algorithm(algorithm));
    ROG_TRY(out.stated_digest, digest_algorithm_of_oid(oid));
  }
  if (reader.next_is(der_context(1))) {
    ROG_TRY(const DerElement attributes, reader.next(der_context(1)));
    out.attributes.assign(attributes.whole.begin(), attributes.whole.end());
  }
  if (reader.next_is(der_context(2))) {
    ROG_TRY(const DerElement tree, reader.next(der_context(2)));
    ROG_TRY(out.reduced_tree, parse_tree(tree));
  }
  ROG_TRY(const DerElement token, reader.next_any());
  ROG_CHECKED(reader.finish());
  out.token.assign(token.whole.begin(), token.whole.end());
  ROG_TRY(const DigestAlgorithm of_token, imprint_algorithm(out.token));
  out.digest = out.stated_digest.value_or(of_token);
  return out;
}

base::Result<std::vector<ArchiveTimestampChain>> parse_chains(const DerElement& sequence) {
  DerReader chains(sequence.content, "ArchiveTimeStampSequence");
  std::vector<ArchiveTimestampChain> out;
  std::size_t count = 0;
  while (!chains.at_end()) {
    ROG_TRY(const DerElement chain, chains.next(detail::kDerSequence));
    DerReader timestamps(chain.content, "ArchiveTimeStampChain");
    ArchiveTimestampChain& parsed = out.emplace_back();
    while (!timestamps.at_end()) {
      if (++count > kMaxArchiveTimestamps) return limit_error("archive time stamps");
      ROG_TRY(const DerElement element, timestamps.next(detail::kDerSequence));
      ROG_TRY(ArchiveTimestamp timestamp, parse_archive_timestamp(element));
      parsed.push_back(std::move(timestamp));
    }
    if (parsed.empty()) {
      return Error{.code = ErrorCode::kParse,
                   .message = "ArchiveTimeStampChain: there is no archive time stamp"};
    }
  }
  if (out.empty()) {
    return Error{.code = ErrorCode::kParse,
                 .message = "ArchiveTimeStampSequence: there is no chain"};
  }
  return out;
}

std::vector<std::byte> algorithm_der(DigestAlgorithm algorithm) {
  return detail::der_element(detail::kDerSequence,
                             detail::der_oid(digest_algorithm_oid(algorithm)));
}

/// An archive time stamp in our writing: the algorithm is that of the time stamp, so not stated.
base::Result<ArchiveTimestamp> write_archive_timestamp(ReducedHashTree tree,
                                                       std::span<const std::byte> token,
                                                       const HashList& values) {
  ROG_TRY(const TimestampReport report, describe_timestamp(token));
  const bool covers = detail::tree_covers(tree, values);
  if (!report.imprint || !covers ||
      detail::root_of(report.imprint->algorithm, tree, values.front()) != report.imprint->bytes) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message =
                     "the time stamp is not over the root of the hash tree, or the tree "
                     "does not hold the values"};
  }
  std::vector<std::byte> content;
  if (!tree.empty()) {
    std::vector<std::byte> lists;
    for (HashList& list : tree) {
      std::ranges::sort(list);
      std::vector<std::byte> values_der;
      for (const auto& value : list) {
        detail::append(values_der, detail::der_element(detail::kDerOctetString, value));
      }
      detail::append(lists, detail::der_element(detail::kDerSequence, values_der));
    }
    detail::append(content, detail::der_element(der_context(2), lists));
  }
  detail::append(content, token);
  ArchiveTimestamp out;
  out.reduced_tree = std::move(tree);
  out.token.assign(token.begin(), token.end());
  out.digest = report.imprint->algorithm;
  out.der = detail::der_element(detail::kDerSequence, content);
  return out;
}

/// The same with another writing of its time stamp, which is the last element (RFC 4998 4.1).
base::Result<ArchiveTimestamp> with_token(const ArchiveTimestamp& old,
                                          std::span<const std::byte> token) {
  DerReader reader(old.der, "ArchiveTimeStamp");
  ROG_TRY(const DerElement whole, reader.next(detail::kDerSequence));
  const std::span<const std::byte> before =
      whole.content.first(whole.content.size() - old.token.size());
  std::vector<std::byte> content(before.begin(), before.end());
  detail::append(content, token);
  ArchiveTimestamp out = old;
  out.token.assign(token.begin(), token.end());
  out.der = detail::der_element(detail::kDerSequence, content);
  return out;
}

}  // namespace

base::Result<EvidenceRecord> EvidenceRecord::parse(std::span<const std::byte> der) {
  if (der.size() > kMaxEvidenceRecordBytes) {
    return Error{.code = ErrorCode::kLimit, .message = "an evidence record has at most 64 MiB"};
  }
  DerReader top(der, "EvidenceRecord");
  ROG_TRY(const DerElement sequence, top.next(detail::kDerSequence));
  ROG_CHECKED(top.finish());
  DerReader reader(sequence.content, "EvidenceRecord");
  ROG_TRY(const DerElement version, reader.next(detail::kDerInteger));
  if (version.content.size() != 1 || version.content.front() != std::byte{1}) {
    return Error{.code = ErrorCode::kUnsupported,
                 .message = "the evidence record is of another version than 1"};
  }
  EvidenceRecord record;
  ROG_TRY(const DerElement algorithms, reader.next(detail::kDerSequence));
  DerReader list(algorithms.content, "digestAlgorithms");
  while (!list.at_end()) {
    ROG_TRY(const DerElement algorithm, list.next(detail::kDerSequence));
    record.algorithms_.emplace_back(algorithm.whole.begin(), algorithm.whole.end());
  }
  if (reader.next_is(der_context(0))) {
    ROG_TRY(const DerElement infos, reader.next(der_context(0)));
    record.crypto_infos_.assign(infos.whole.begin(), infos.whole.end());
  }
  if (reader.next_is(der_context(1))) {
    return Error{.code = ErrorCode::kUnsupported,
                 .message = "the evidence record is about encrypted objects (RFC 4998 6)"};
  }
  ROG_TRY(const DerElement chains, reader.next(detail::kDerSequence));
  ROG_CHECKED(reader.finish());
  ROG_TRY(record.chains_, parse_chains(chains));
  return record;
}

base::Result<EvidenceRecord> EvidenceRecord::make(ReducedHashTree reduced_tree,
                                                  std::span<const std::byte> token) {
  ROG_TRY(const TimestampReport report, describe_timestamp(token));
  if (!report.imprint) {
    return Error{.code = ErrorCode::kUnsupported,
                 .message = "the digest algorithm of the time stamp is not known"};
  }
  const HashList values =
      reduced_tree.empty() ? HashList{report.imprint->bytes} : HashList{reduced_tree.front()};
  ROG_TRY(ArchiveTimestamp timestamp,
          write_archive_timestamp(std::move(reduced_tree), token, values));
  EvidenceRecord record;
  record.algorithms_ = {algorithm_der(timestamp.digest)};
  record.chains_ = {{std::move(timestamp)}};
  return record;
}

std::vector<std::byte> EvidenceRecord::der() const {
  const std::byte version{1};
  std::vector<std::byte> algorithms;
  for (const auto& algorithm : algorithms_) detail::append(algorithms, algorithm);
  std::vector<std::byte> content = detail::der_element(detail::kDerInteger, {&version, 1});
  detail::append(content, detail::der_element(detail::kDerSequence, algorithms));
  detail::append(content, crypto_infos_);
  detail::append(content, detail::sequence_der(chains_));
  return detail::der_element(detail::kDerSequence, content);
}

std::vector<DigestAlgorithm> EvidenceRecord::digests_needed() const {
  std::vector<DigestAlgorithm> needed;
  for (const ArchiveTimestampChain& chain : chains_) {
    const DigestAlgorithm algorithm = chain.front().digest;
    if (std::ranges::find(needed, algorithm) == needed.end()) needed.push_back(algorithm);
  }
  return needed;
}

MessageDigest EvidenceRecord::renewal_digest() const {
  const ArchiveTimestampChain& chain = chains_.back();
  return message_digest(chain.front().digest, chain.back().token);
}

base::Result<EvidenceRecord> EvidenceRecord::renewed(std::span<const std::byte> token) const {
  const MessageDigest digest = renewal_digest();
  ROG_TRY(ArchiveTimestamp timestamp, write_archive_timestamp({}, token, {digest.bytes}));
  // One algorithm per chain: a newer one begins a new chain (RFC 4998 5.2).
  if (timestamp.digest != digest.algorithm) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message = "a time stamp of another digest algorithm begins a new chain"};
  }
  EvidenceRecord record = *this;
  record.chains_.back().push_back(std::move(timestamp));
  return record;
}

base::Result<EvidenceRecord> EvidenceRecord::with_revocation_lists(
    std::span<const RevocationList> lists) const {
  const ArchiveTimestamp& newest = chains_.back().back();
  ROG_TRY(const auto token, keep_revocation_lists(newest.token, lists));
  EvidenceRecord record = *this;
  ROG_TRY(record.chains_.back().back(), with_token(newest, token));
  return record;
}

base::Result<HashList> EvidenceRecord::hash_tree_renewal_values(
    DigestAlgorithm algorithm, std::span<const KnownDigests> objects) const {
  auto values = detail::values_to_cover(algorithm, objects, chains_);
  if (!values || values->empty()) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message = "there is no data object, or one is not known by " +
                            std::string(digest_algorithm_name(algorithm))};
  }
  return *std::move(values);
}

base::Result<EvidenceRecord> EvidenceRecord::renewed_by_hash_tree(
    DigestAlgorithm algorithm, std::span<const KnownDigests> objects, ReducedHashTree reduced_tree,
    std::span<const std::byte> token) const {
  ROG_TRY(const HashList values, hash_tree_renewal_values(algorithm, objects));
  ROG_TRY(ArchiveTimestamp timestamp,
          write_archive_timestamp(std::move(reduced_tree), token, values));
  if (timestamp.digest != algorithm) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message = "the time stamp is by another digest algorithm"};
  }
  EvidenceRecord record = *this;
  const std::vector<std::byte> stated = algorithm_der(algorithm);
  if (std::ranges::find(record.algorithms_, stated) == record.algorithms_.end()) {
    record.algorithms_.push_back(stated);
  }
  record.chains_.push_back({std::move(timestamp)});
  return record;
}

}  // namespace rogatory::crypto
