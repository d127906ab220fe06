// SPDX-License-Identifier: EUPL-1.2
//
// Signatures of documents: CMS SignedData (RFC 5652), detached, as CAdES-B-B (ETSI EN 319 122-1
// 6.3, the former CAdES-BES of RFC 5126) with the signed attributes content-type, message-digest,
// signing-certificate-v2 and a signing time that is a claim only. Content is given by its digests,
// so its size does not matter. Any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "crypto/certificate.h"
#include "crypto/message_digest.h"
#include "crypto/revocation.h"
#include "crypto/signature_finding.h"
#include "crypto/signer.h"

namespace rogatory::crypto {

/// The largest signature read.
inline constexpr std::size_t kMaxSignatureBytes = 1024UL * 1024;
/// The most signers of one signature.
inline constexpr std::size_t kMaxSigners = 16;

struct CadesOptions {
  /// The digest of the content that is signed; it has to be among those known.
  DigestAlgorithm digest = DigestAlgorithm::kSha512;
  /// The time of signing as the signer claims it: no evidence of time.
  std::chrono::sys_seconds claimed_at;
};

/// A detached signature over the content, DER. `certificate` goes in with every one of `chain`.
/// kInvalidArgument when the key is not that of the certificate or not ECDSA P-384, or the digest
/// is not known.
///
///     ROG_TRY(const auto der, sign_cades(KnownDigests::of(manifest), key, certificate, chain,
///                                        {.claimed_at = now}));
base::Result<std::vector<std::byte>> sign_cades(const KnownDigests& content, const PrivateKey& key,
                                                const Certificate& certificate,
                                                std::span<const Certificate> chain,
                                                const CadesOptions& options);

/// What was found about one signer.
struct CadesSigner {
  /// Absent when the certificate was not found.
  std::optional<Certificate> certificate;
  /// To the trust anchor; empty when none holds.
  CertificateChain chain;
  /// Of the certificates of the chain.
  std::vector<RevocationStatus> revocation;
  /// The time of signing as the signer claims it: no evidence of time.
  std::optional<std::chrono::sys_seconds> claimed_at;
  std::optional<DigestAlgorithm> digest;
  /// The value of the signature: what a time stamp over the signature covers (CAdES-T).
  std::vector<std::byte> signature_value;
  SignatureFindings findings;

  [[nodiscard]] bool holds() const { return findings.empty(); }
};

struct CadesReport {
  std::vector<CadesSigner> signers;
  /// What concerns the whole.
  SignatureFindings findings;

  /// There is a signer, and all of them hold.
  [[nodiscard]] bool holds() const;
  /// The findings of the whole and of every signer.
  [[nodiscard]] SignatureFindings all_findings() const;
};

/// Checks every signer of a detached signature over the content, with chains judged at `at`. Never
/// fails: bytes that are no signature are a finding. Certificates inside the signature help to
/// build chains and are never trusted. A certificate of the chain revoked at `at`, by the
/// lists of `trust` and those inside, is a finding. A signature that carries its
/// content inside is malformed here.
CadesReport verify_cades(std::span<const std::byte> der, const KnownDigests& content,
                         const TrustStore& trust, std::chrono::sys_seconds at);

/// The digests of the content that a verification will need. kParse, kLimit, kUnsupported.
base::Result<std::vector<DigestAlgorithm>> cades_digests(std::span<const std::byte> der);

}  // namespace rogatory::crypto
