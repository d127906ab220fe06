// SPDX-License-Identifier: EUPL-1.2
//
// X.509 certificates of authorities (RFC 5280): reading, issuing, and chains judged at a time that
// the caller names. Nothing here reads a clock, a network or the trust of the machine. Any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/digest.h"
#include "crypto/message_digest.h"
#include "crypto/revocation_list.h"
#include "crypto/signer.h"

namespace rogatory::crypto {

/// The largest certificate read.
inline constexpr std::size_t kMaxCertificateBytes = 64UL * 1024;
/// The most certificates read from one PEM file or taken from one signature.
inline constexpr std::size_t kMaxCertificates = 64;
/// The longest chain followed, trust anchor included.
inline constexpr int kMaxChainLength = 8;

/// One certificate. Equal when the DER is equal.
class Certificate final {
 public:
  /// From DER, or from PEM with exactly one certificate. kParse, kLimit.
  static base::Result<Certificate> parse(std::span<const std::byte> der_or_pem);
  static base::Result<Certificate> parse(std::string_view der_or_pem);

  /// Every certificate of a PEM text, in order; text between them is ignored. kParse when there is
  /// none or one cannot be read, kLimit.
  static base::Result<std::vector<Certificate>> parse_all(std::string_view pem);

  [[nodiscard]] std::span<const std::byte> der() const;
  [[nodiscard]] std::string pem() const;

  /// The names as RFC 2253 writes them, in UTF-8.
  [[nodiscard]] std::string subject() const;
  [[nodiscard]] std::string issuer() const;
  /// Upper-case hexadecimal digits.
  [[nodiscard]] std::string serial() const;
  [[nodiscard]] std::chrono::sys_seconds not_before() const;
  [[nodiscard]] std::chrono::sys_seconds not_after() const;
  /// Basic constraints say so.
  [[nodiscard]] bool is_ca() const;
  [[nodiscard]] bool is_self_issued() const;
  /// SHA-256 of the DER: what people compare.
  [[nodiscard]] Sha256Digest fingerprint() const;
  /// kUnsupported for a key that is of none of our suites, such as RSA; signatures inside CMS
  /// still verify with it.
  [[nodiscard]] base::Result<PublicKey> public_key() const;

  friend bool operator==(const Certificate& a, const Certificate& b);

  struct Handle;
  explicit Certificate(std::shared_ptr<const Handle> handle) : handle_(std::move(handle)) {}
  [[nodiscard]] const Handle& handle() const { return *handle_; }

 private:
  // Shared among copies of one certificate; never changed after construction.
  std::shared_ptr<const Handle> handle_;
};

/// The certificates at which a chain may end, and the revocation lists at hand. Whoever fills it
/// decides whom to trust; a list needs no trust, since its issuer signed it.
class TrustStore final {
 public:
  TrustStore() = default;
  explicit TrustStore(std::vector<Certificate> anchors) : anchors_(std::move(anchors)) {}

  void add(Certificate anchor) { anchors_.push_back(std::move(anchor)); }
  void add(RevocationList list) { lists_.push_back(std::move(list)); }
  [[nodiscard]] const std::vector<Certificate>& anchors() const { return anchors_; }
  [[nodiscard]] const std::vector<RevocationList>& revocation_lists() const { return lists_; }

 private:
  std::vector<Certificate> anchors_;
  std::vector<RevocationList> lists_;
};

/// What the last certificate of a chain has to be fit for.
enum class CertificatePurpose {
  /// Documents: key usage digitalSignature or nonRepudiation, where it is stated.
  kSigning,
  /// Time stamps: extended key usage timeStamping alone, critical (RFC 3161 2.3).
  kTimeStamping,
};

/// A chain that holds, from the certificate asked about to the trust anchor.
using CertificateChain = std::vector<Certificate>;

/// Builds a chain from `leaf` over any of `others` to an anchor of `trust`, and judges it at `at`:
/// signatures, validity, basic constraints, path length, key usage, purpose, critical extensions,
/// keys of 112 bits of security or more, no SHA-1. The very second of not_after counts as after it.
/// An anchor need not be self-signed. Revocation is NOT checked: see revocation.h. kLint
/// with the reason and the name of the certificate when no chain holds.
base::Result<CertificateChain> verify_chain(const Certificate& leaf,
                                            std::span<const Certificate> others,
                                            const TrustStore& trust, std::chrono::sys_seconds at,
                                            CertificatePurpose purpose);

/// What a new certificate says.
struct CertificateProfile {
  enum class Role { kAuthority, kSigner, kTimeStamper };

  /// Such as `UN`'s member State in two letters; left out when empty.
  std::string country;
  std::string organisation;
  std::string common_name;
  Role role = Role::kSigner;
  std::chrono::sys_seconds not_before;
  std::chrono::sys_seconds not_after;
};

/// A certificate of `key` signed by itself. kInvalidArgument for a profile without a name, a name
/// that does not fit X.520, or a validity that is empty or outside years 1950 to 9999. Serial
/// numbers are random, 127 bits.
base::Result<Certificate> make_self_signed(const PrivateKey& key,
                                           const CertificateProfile& profile);

/// A certificate of `subject_key` signed by the authority. kInvalidArgument as above, when `issuer`
/// is no authority, and when `issuer_key` is not its key.
base::Result<Certificate> issue_certificate(const Certificate& issuer, const PrivateKey& issuer_key,
                                            const PublicKey& subject_key,
                                            const CertificateProfile& profile);

}  // namespace rogatory::crypto
