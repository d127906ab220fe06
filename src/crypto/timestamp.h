// SPDX-License-Identifier: EUPL-1.2
//
// Time stamps (RFC 3161, updated by RFC 5816): a request, the reply of an authority, and the token
// checked years later. Pure; any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "crypto/certificate.h"
#include "crypto/message_digest.h"
#include "crypto/revocation.h"
#include "crypto/signature_finding.h"

namespace rogatory::crypto {

/// The largest reply or token read.
inline constexpr std::size_t kMaxTimestampBytes = 256UL * 1024;
/// A nonce has at most this many bytes.
inline constexpr std::size_t kMaxNonceBytes = 32;

/// What is sent to an authority.
struct TimestampRequest {
  MessageDigest digest;
  /// Random bytes, an unsigned number with its most significant byte first; empty for none.
  std::vector<std::byte> nonce;
  /// The object identifier of the policy asked for; empty to leave it to the authority.
  std::string policy;

  /// A request with a fresh random nonce of 16 bytes, asking for the certificate to be in the
  /// token.
  static TimestampRequest make(MessageDigest digest);

  /// TimeStampReq of version 1 with certReq, for a body of type `application/timestamp-query`.
  /// kInvalidArgument for a policy that is no object identifier or a nonce too long.
  [[nodiscard]] base::Result<std::vector<std::byte>> der() const;
};

/// The token of a granted reply (`application/timestamp-reply`). kParse when it is no reply,
/// kConflict with the authority's words when it was refused.
base::Result<std::vector<std::byte>> parse_timestamp_reply(std::span<const std::byte> der);

/// What the verifier knows and wants.
struct TimestampCheck {
  /// What the token has to be over, by the algorithm the token names.
  const KnownDigests& content;
  const TrustStore& trust;
  /// Further certificates that help to build the chain.
  std::span<const Certificate> others;
  /// The nonce sent, when the reply is fresh; empty when the token is older than the memory of it.
  std::span<const std::byte> nonce;
  /// Policies accepted, as dotted object identifiers; empty for any.
  std::span<const std::string> policies;
  /// Judge the chain at this time instead of the token's own: what RFC 4998 asks of every time
  /// stamp that a later one covers.
  std::optional<std::chrono::sys_seconds> at;
};

/// A time with the fraction left out, as far as the structure could be read.
struct TimestampReport {
  std::optional<std::chrono::sys_seconds> gen_time;
  /// The time lies within gen_time plus and minus this; absent when the authority states none.
  std::optional<std::chrono::microseconds> accuracy;
  std::string policy;
  /// Upper-case hexadecimal digits.
  std::string serial;
  std::optional<MessageDigest> imprint;
  std::vector<std::byte> nonce;
  std::optional<Certificate> authority;
  /// To the trust anchor; empty when none holds.
  CertificateChain chain;
  /// Of the certificates of the chain, by the lists given and those inside the token.
  std::vector<RevocationStatus> revocation;
  SignatureFindings findings;

  [[nodiscard]] bool holds() const { return findings.empty(); }
};

/// Checks a token: structure, the one signer, its signature, the attributes that name the
/// certificate (ESSCertID or ESSCertIDv2), the certificate's purpose and validity at the token's
/// own time, imprint, nonce and policy. Other certificates inside the token help to build the chain
/// and count for nothing else. A certificate revoked before the time it is judged at is a finding;
/// that of the authority itself counts as good for what it stamped before, where the reason leaves
/// its key sound (RFC 3161 4 (1)). Never fails: see findings.
TimestampReport verify_timestamp(std::span<const std::byte> token, const TimestampCheck& check);

/// What the token says of itself, unchecked: for listings and for choosing digests. kParse.
base::Result<TimestampReport> describe_timestamp(std::span<const std::byte> token);

/// The token with these lists kept inside (SignedData.crls, RFC 5652 5.1), where no signature
/// covers them, and each once. kParse, kLimit when the token would be larger than is read.
base::Result<std::vector<std::byte>> keep_revocation_lists(std::span<const std::byte> token,
                                                           std::span<const RevocationList> lists);

}  // namespace rogatory::crypto
