// SPDX-License-Identifier: EUPL-1.2

#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>

#include "base/assert.h"
#include "crypto/certificate.h"
#include "crypto/detail/openssl.h"

namespace rogatory::crypto {
namespace {

using base::Error;
using base::ErrorCode;
using detail::openssl_error;
using detail::OwnedX509;
using Role = CertificateProfile::Role;

// GeneralizedTime has four digits for the year; UTCTime begins with 1950 (RFC 5280 4.1.2.5).
constexpr std::chrono::sys_seconds kFirstTime =
    std::chrono::sys_days(std::chrono::year(1950) / 1 / 1);
constexpr std::chrono::sys_seconds kEndOfTime =
    std::chrono::sys_days(std::chrono::year(10000) / 1 / 1);

base::Result<void> check_profile(const CertificateProfile& profile) {
  if (profile.common_name.empty()) {
    return Error{.code = ErrorCode::kInvalidArgument, .message = "a certificate needs a name"};
  }
  if (profile.not_before < kFirstTime || profile.not_after >= kEndOfTime ||
      profile.not_before >= profile.not_after) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message =
                     "the validity of a certificate lies in the years 1950 to 9999 and "
                     "begins before it ends"};
  }
  return {};
}

/// Adds one part of a name; nothing when it is empty.
base::Result<void> add_name_part(X509_NAME& name, int nid, const std::string& text) {
  if (text.empty()) return {};
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  if (X509_NAME_add_entry_by_NID(&name, nid, MBSTRING_UTF8, bytes, static_cast<int>(text.size()),
                                 /*loc=*/-1, /*set=*/0) != 1) {
    return openssl_error(ErrorCode::kInvalidArgument,
                         "`" + text + "` does not fit into a name of X.520");
  }
  return {};
}

base::Result<void> set_subject(X509& x509, const CertificateProfile& profile) {
  X509_NAME* name = X509_get_subject_name(&x509);
  ROG_CHECKED(add_name_part(*name, NID_countryName, profile.country));
  ROG_CHECKED(add_name_part(*name, NID_organizationName, profile.organisation));
  return add_name_part(*name, NID_commonName, profile.common_name);
}

void set_serial(X509& x509) {
  // RFC 5280 4.1.2.2: positive, at most 20 bytes.
  std::array<unsigned char, 16> bytes{};
  const int filled = RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
  ROG_ASSERT(filled == 1);
  bytes.front() = static_cast<unsigned char>((bytes.front() & 0x7F) | 0x40);
  const detail::Owned<BIGNUM, BN_free> number(
      BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
  ROG_ASSERT(number != nullptr);
  const ASN1_INTEGER* done = BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&x509));
  ROG_ASSERT(done != nullptr);
}

void set_validity(X509& x509, const CertificateProfile& profile) {
  const auto set = [](ASN1_TIME* time, std::chrono::sys_seconds at) {
    const ASN1_TIME* done =
        ASN1_TIME_set(time, static_cast<std::time_t>(at.time_since_epoch().count()));
    ROG_ASSERT(done != nullptr);
  };
  set(X509_getm_notBefore(&x509), profile.not_before);
  set(X509_getm_notAfter(&x509), profile.not_after);
}

void add_extension(X509& x509, X509V3_CTX& context, int nid, const char* value) {
  const detail::Owned<X509_EXTENSION, X509_EXTENSION_free> extension(
      X509V3_EXT_conf_nid(nullptr, &context, nid, value));
  ROG_ASSERT(extension != nullptr);
  const int added = X509_add_ext(&x509, extension.get(), /*loc=*/-1);
  ROG_ASSERT(added == 1);
}

void add_extensions(X509& x509, X509& issuer, Role role) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, &issuer, &x509, nullptr, nullptr, /*flags=*/0);
  add_extension(x509, context, NID_subject_key_identifier, "hash");
  add_extension(x509, context, NID_authority_key_identifier, "keyid");
  switch (role) {
    case Role::kAuthority:
      add_extension(x509, context, NID_basic_constraints, "critical,CA:TRUE");
      add_extension(x509, context, NID_key_usage, "critical,keyCertSign,cRLSign");
      return;
    case Role::kSigner:
      add_extension(x509, context, NID_basic_constraints, "critical,CA:FALSE");
      add_extension(x509, context, NID_key_usage, "critical,digitalSignature,nonRepudiation");
      return;
    case Role::kTimeStamper:
      add_extension(x509, context, NID_basic_constraints, "critical,CA:FALSE");
      add_extension(x509, context, NID_key_usage, "critical,digitalSignature");
      add_extension(x509, context, NID_ext_key_usage, "critical,timeStamping");
      return;
  }
}

/// `issuer` is absent for a certificate that signs itself.
base::Result<Certificate> issue(const Certificate* issuer, const PrivateKey& issuer_key,
                                const PublicKey& subject_key, const CertificateProfile& profile) {
  ROG_CHECKED(check_profile(profile));
  OwnedX509 x509(X509_new());
  ROG_ASSERT(x509 != nullptr);
  constexpr long kVersion3 = 2;
  X509_set_version(x509.get(), kVersion3);
  set_serial(*x509);
  ROG_CHECKED(set_subject(*x509, profile));
  set_validity(*x509, profile);
  X509* issued_by = issuer == nullptr ? x509.get() : issuer->handle().x509;
  const bool prepared = X509_set_issuer_name(x509.get(), X509_get_subject_name(issued_by)) == 1 &&
                        X509_set_pubkey(x509.get(), subject_key.handle().key) == 1;
  if (!prepared) return openssl_error(ErrorCode::kInternal, "the certificate cannot be prepared");
  add_extensions(*x509, *issued_by, profile.role);
  const EVP_MD* digest = issuer_key.suite() == SignatureSuite::kEcdsaP384 ? EVP_sha384() : nullptr;
  if (X509_sign(x509.get(), issuer_key.handle().key, digest) <= 0) {
    return openssl_error(ErrorCode::kInternal, "the certificate cannot be signed");
  }
  // Read again, so that what is given out is what others will read.
  return Certificate::parse(detail::encode<i2d_X509>(x509.get()));
}

}  // namespace

base::Result<Certificate> make_self_signed(const PrivateKey& key,
                                           const CertificateProfile& profile) {
  return issue(nullptr, key, key.public_key(), profile);
}

base::Result<Certificate> issue_certificate(const Certificate& issuer, const PrivateKey& issuer_key,
                                            const PublicKey& subject_key,
                                            const CertificateProfile& profile) {
  if (!issuer.is_ca()) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message = "`" + issuer.subject() + "` is no authority"};
  }
  ROG_TRY(const PublicKey issuer_public, issuer.public_key());
  if (issuer_public.spki() != issuer_key.public_key().spki()) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message = "the key is not that of `" + issuer.subject() + "`"};
  }
  return issue(&issuer, issuer_key, subject_key, profile);
}

}  // namespace rogatory::crypto
