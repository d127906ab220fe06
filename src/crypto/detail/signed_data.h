// SPDX-License-Identifier: EUPL-1.2
//
// What documents and time stamps have in common: CMS SignedData with signed attributes that name
// the signer's certificate. Pure; any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "crypto/certificate.h"
#include "crypto/detail/openssl.h"
#include "crypto/message_digest.h"
#include "crypto/revocation.h"
#include "crypto/signature_finding.h"

namespace rogatory::crypto::detail {

struct SignedData {
  OwnedCms cms;
  /// Those inside, in order; none of them is trusted.
  std::vector<Certificate> certificates;
  /// Those inside that can be read and are understood, in order.
  std::vector<RevocationList> revocation_lists;
  /// Dotted.
  std::string content_type;
  /// Absent when the content is detached.
  std::optional<std::vector<std::byte>> content;
  /// Borrowed from `cms`.
  std::vector<CMS_SignerInfo*> signers;
};

/// kParse when the bytes are no SignedData, or there are bytes after it; kLimit beyond kMaxSigners
/// or kMaxCertificates.
base::Result<SignedData> parse_signed_data(std::span<const std::byte> der);

/// Of the certificates of the chain, by the lists inside and those at hand.
std::vector<RevocationStatus> revocation_of(const SignedData& data, const CertificateChain& chain,
                                            const TrustStore& trust);

/// The digest algorithm of a signer; nothing when it is not known.
std::optional<DigestAlgorithm> signer_digest(CMS_SignerInfo& signer);

/// The claimed time of signing, where it is stated once.
std::optional<std::chrono::sys_seconds> claimed_time(const CMS_SignerInfo& signer);

/// A signer and everything about it but trust.
struct CheckedSigner {
  /// Absent when no certificate of that name was found.
  std::optional<Certificate> certificate;
  SignatureFindings findings;
};

/// Looks for the certificate that the signer's identifier names, among those inside and `others`;
/// of several with that name, the one with which all holds. Checks the digest algorithm, the
/// attributes (content-type of `data`, message-digest of `content`, ESS signing-certificate), and
/// the value of the signature. `needs_v2`: signing-certificate-v2 itself, the older form is not
/// enough.
CheckedSigner check_signer(const SignedData& data, CMS_SignerInfo& signer,
                           std::span<const Certificate> others, const KnownDigests& content,
                           bool needs_v2);

}  // namespace rogatory::crypto::detail
