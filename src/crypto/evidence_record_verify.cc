// SPDX-License-Identifier: EUPL-1.2

#include <algorithm>
#include <string>

#include "crypto/detail/archive_hash.h"
#include "crypto/evidence_record.h"

namespace rogatory::crypto {
namespace {

/// `archive time stamp 2 of chain 1`, counted from 1.
std::string place(std::size_t chain, std::size_t index) {
  return "archive time stamp " + std::to_string(index + 1) + " of chain " +
         std::to_string(chain + 1);
}

class Verifier final {
 public:
  Verifier(const EvidenceRecord& record, std::span<const KnownDigests> objects,
           const TrustStore& trust, std::chrono::sys_seconds at,
           std::span<const Certificate> others)
      : record_(record), objects_(objects), trust_(trust), at_(at), others_(others) {}

  EvidenceReport run() {
    read_times();
    for (std::size_t c = 0; c < record_.chains().size(); ++c) check_chain(c);
    check_order();
    if (!report_.timestamps.empty()) report_.exists_since = report_.timestamps.front().gen_time;
    return std::move(report_);
  }

 private:
  void add(SignatureFault fault, std::string message) {
    report_.findings.push_back({fault, std::move(message)});
  }

  void read_times() {
    for (const ArchiveTimestampChain& chain : record_.chains()) {
      for (const ArchiveTimestamp& timestamp : chain) {
        const auto described = describe_timestamp(timestamp.token);
        times_.push_back(described.ok() ? described->gen_time : std::nullopt);
      }
    }
  }

  void check_chain(std::size_t c) {
    const ArchiveTimestampChain& chain = record_.chains()[c];
    const DigestAlgorithm algorithm = chain.front().digest;
    const auto older = std::span(record_.chains()).first(c);
    const auto values = detail::values_to_cover(algorithm, objects_, older);
    if (!values) {
      add(SignatureFault::kContentUnknown,
          "chain " + std::to_string(c + 1) + ": a data object's digest by " +
              std::string(digest_algorithm_name(algorithm)) + " is not known");
    }
    for (std::size_t k = 0; k < chain.size(); ++k) {
      if (chain[k].digest != algorithm) {
        add(SignatureFault::kUnexpected,
            place(c, k) + " is by another digest algorithm than its chain (RFC 4998 5.3)");
      }
      if (k > 0) {
        const auto before = message_digest(algorithm, chain[k - 1].token).bytes;
        check_timestamp(c, k, {before}, "the time stamp before it");
      } else {
        check_timestamp(c, k, values.value_or(HashList()),
                        c == 0 ? "the data" : "the data and the older chains");
      }
    }
  }

  void check_timestamp(std::size_t c, std::size_t k, const HashList& values,
                       std::string_view what) {
    const ArchiveTimestamp& timestamp = record_.chains()[c][k];
    const bool right_size = std::ranges::all_of(timestamp.reduced_tree, [&](const HashList& list) {
      return std::ranges::all_of(
          list, [&](const auto& value) { return value.size() == digest_size(timestamp.digest); });
    });
    if (!right_size) {
      add(SignatureFault::kMalformed,
          place(c, k) + " has hash values of another size than its algorithm");
    }
    if (!values.empty() && !detail::tree_covers(timestamp.reduced_tree, values)) {
      add(SignatureFault::kNotCovered,
          place(c, k) + " does not cover " + std::string(what) +
              (values.size() > 1 ? ", all of it and nothing else" : ""));
    }
    const auto alone = values.empty() ? std::span<const std::byte>() : std::span(values.front());
    const KnownDigests root(
        {{.algorithm = timestamp.digest,
          .bytes = detail::root_of(timestamp.digest, timestamp.reduced_tree, alone)}});
    const std::size_t index = report_.timestamps.size();
    // RFC 4998 5.3: each was valid at the time of the next, the last one is valid now.
    const bool is_last = index + 1 == times_.size();
    report_.timestamps.push_back(
        verify_timestamp(timestamp.token, {.content = root,
                                           .trust = trust_,
                                           .others = others_,
                                           .at = is_last ? at_ : times_[index + 1]}));
  }

  void check_order() {
    for (std::size_t i = 1; i < times_.size(); ++i) {
      if (times_[i] && times_[i - 1] && *times_[i] < *times_[i - 1]) {
        add(SignatureFault::kTimeOrder,
            "time stamp " + std::to_string(i + 1) + " is older than the one it has to cover");
      }
    }
    if (!times_.empty() && times_.back() && *times_.back() > at_) {
      add(SignatureFault::kTimeOrder, "the last time stamp is from after the time of this check");
    }
  }

  const EvidenceRecord& record_;
  std::span<const KnownDigests> objects_;
  const TrustStore& trust_;
  std::chrono::sys_seconds at_;
  std::span<const Certificate> others_;
  /// Of every archive time stamp, oldest first.
  std::vector<std::optional<std::chrono::sys_seconds>> times_;
  EvidenceReport report_;
};

}  // namespace

bool EvidenceReport::holds() const {
  return findings.empty() && !timestamps.empty() &&
         std::ranges::all_of(timestamps, &TimestampReport::holds);
}

SignatureFindings EvidenceReport::all_findings() const {
  SignatureFindings all = findings;
  for (const TimestampReport& timestamp : timestamps) {
    all.insert(all.end(), timestamp.findings.begin(), timestamp.findings.end());
  }
  return all;
}

EvidenceReport verify_evidence_record(const EvidenceRecord& record,
                                      std::span<const KnownDigests> objects,
                                      const TrustStore& trust, std::chrono::sys_seconds at,
                                      std::span<const Certificate> others) {
  if (objects.empty()) {
    EvidenceReport report;
    report.findings.push_back({SignatureFault::kContentUnknown, "there is no data object"});
    return report;
  }
  return Verifier(record, objects, trust, at, others).run();
}

}  // namespace rogatory::crypto
