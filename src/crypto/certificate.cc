// SPDX-License-Identifier: EUPL-1.2

#include "crypto/certificate.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>

#include "base/assert.h"
#include "crypto/detail/openssl.h"

namespace rogatory::crypto {
namespace {

using base::Error;
using base::ErrorCode;
using detail::openssl_error;
using detail::OwnedX509;

/// 112 bits of security: RSA of 2,048 bits, P-224; no SHA-1 (OpenSSL,
/// X509_VERIFY_PARAM_set_auth_level).
constexpr int kSecurityLevel = 2;
constexpr std::size_t kMaxPemBytes = kMaxCertificates * kMaxCertificateBytes;

using OwnedStore = detail::Owned<X509_STORE, X509_STORE_free>;
using OwnedStoreContext = detail::Owned<X509_STORE_CTX, X509_STORE_CTX_free>;

base::Result<Certificate> parse_der(std::span<const std::byte> der) {
  const unsigned char* at = detail::data_of(der);
  OwnedX509 x509(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  if (x509 == nullptr || at != detail::data_of(der) + der.size()) {
    return openssl_error(ErrorCode::kParse, "the bytes are no X.509 certificate");
  }
  ROG_TRY(Certificate certificate, detail::adopt(x509.release()));
  if (!detail::time_of(X509_get0_notBefore(certificate.handle().x509)) ||
      !detail::time_of(X509_get0_notAfter(certificate.handle().x509))) {
    return Error{.code = ErrorCode::kParse,
                 .message = "the validity of the certificate is no time"};
  }
  // Otherwise two texts would be one certificate, and digests over either disagree.
  if (!std::ranges::equal(certificate.der(), der)) {
    return Error{.code = ErrorCode::kParse, .message = "the certificate is not in DER"};
  }
  return certificate;
}

/// RFC 5280 4.2.1.12: a certificate that names extended uses is for these only.
bool has_use_for_documents(X509* x509) {
  constexpr std::array<std::string_view, 3> kUses = {
      "1.3.6.1.5.5.7.3.4",   // emailProtection
      "1.3.6.1.5.5.7.3.36",  // documentSigning, RFC 9336
      "2.5.29.37.0"};        // any
  int is_critical = 0;
  const detail::Owned<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free> uses(
      static_cast<EXTENDED_KEY_USAGE*>(
          X509_get_ext_d2i(x509, NID_ext_key_usage, &is_critical, nullptr)));
  constexpr int kAbsent = -1;
  if (uses == nullptr) return is_critical == kAbsent;
  for (int i = 0; i < sk_ASN1_OBJECT_num(uses.get()); ++i) {
    const std::string use = detail::dotted(sk_ASN1_OBJECT_value(uses.get(), i));
    if (std::ranges::find(kUses, use) != kUses.end()) return true;
  }
  return false;
}

bool may_sign_documents(X509* x509) {
  // 0xFFFFFFFF where the certificate does not restrict its use.
  const bool has_key_usage =
      (X509_get_key_usage(x509) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
  return has_key_usage && has_use_for_documents(x509);
}

OwnedStore store_of(const TrustStore& trust) {
  OwnedStore store(X509_STORE_new());
  ROG_ASSERT(store != nullptr);
  for (const Certificate& anchor : trust.anchors()) {
    X509_STORE_add_cert(store.get(), anchor.handle().x509);
  }
  return store;
}

void set_parameters(X509_VERIFY_PARAM& parameters, std::chrono::sys_seconds at,
                    CertificatePurpose purpose) {
  X509_VERIFY_PARAM_set_time(&parameters, static_cast<std::time_t>(at.time_since_epoch().count()));
  X509_VERIFY_PARAM_set_flags(&parameters, X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_auth_level(&parameters, kSecurityLevel);
  // OpenSSL counts what stands between the certificate and its anchor.
  X509_VERIFY_PARAM_set_depth(&parameters, kMaxChainLength - 2);
  if (purpose == CertificatePurpose::kTimeStamping) {
    X509_VERIFY_PARAM_set_purpose(&parameters, X509_PURPOSE_TIMESTAMP_SIGN);
  }
}

Error chain_error(X509_STORE_CTX& context) {
  const int reason = X509_STORE_CTX_get_error(&context);
  X509* at = X509_STORE_CTX_get_current_cert(&context);
  std::string message =
      std::string("no chain to a trust anchor holds: ") + X509_verify_cert_error_string(reason);
  if (at != nullptr) message += " at `" + detail::name_text(*X509_get_subject_name(at)) + "`";
  ERR_clear_error();
  return Error{.code = ErrorCode::kLint, .message = std::move(message)};
}

}  // namespace

base::Result<Certificate> Certificate::parse(std::span<const std::byte> der_or_pem) {
  if (der_or_pem.size() > kMaxCertificateBytes) {
    return Error{.code = ErrorCode::kLimit, .message = "a certificate has at most 64 KiB"};
  }
  // DER of a SEQUENCE; PEM begins with a letter or a dash.
  constexpr std::byte kSequence{0x30};
  if (!der_or_pem.empty() && der_or_pem.front() == kSequence) return parse_der(der_or_pem);
  ROG_TRY(std::vector<Certificate> all, parse_all(as_text(der_or_pem)));
  if (all.size() == 1) return std::move(all.front());
  return Error{.code = ErrorCode::kParse,
               .message = "one certificate is wanted and there are " + std::to_string(all.size())};
}

base::Result<Certificate> Certificate::parse(std::string_view der_or_pem) {
  return parse(std::as_bytes(std::span(der_or_pem)));
}

base::Result<std::vector<Certificate>> Certificate::parse_all(std::string_view pem) {
  if (pem.size() > kMaxPemBytes) {
    return Error{.code = ErrorCode::kLimit, .message = "a file of certificates has at most 4 MiB"};
  }
  const detail::OwnedBio source = detail::memory_source(std::as_bytes(std::span(pem)));
  std::vector<Certificate> all;
  while (true) {
    const OwnedX509 x509(PEM_read_bio_X509(source.get(), nullptr, detail::no_password, nullptr));
    if (x509 == nullptr) break;
    if (all.size() == kMaxCertificates) {
      return Error{.code = ErrorCode::kLimit, .message = "there are more than 64 certificates"};
    }
    ROG_TRY(Certificate certificate, parse_der(detail::encode<i2d_X509>(x509.get())));
    all.push_back(std::move(certificate));
  }
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  if (!at_end) return openssl_error(ErrorCode::kParse, "a certificate in PEM cannot be read");
  ERR_clear_error();
  if (all.empty()) {
    return Error{.code = ErrorCode::kParse, .message = "there is no certificate in the text"};
  }
  return all;
}

std::span<const std::byte> Certificate::der() const {
  return handle_->der;
}

std::string Certificate::pem() const {
  const detail::OwnedBio sink(BIO_new(BIO_s_mem()));
  ROG_ASSERT(sink != nullptr);
  const int done = PEM_write_bio_X509(sink.get(), handle_->x509);
  ROG_ASSERT(done == 1);
  return detail::text_of(*sink);
}

std::string Certificate::subject() const {
  return detail::name_text(*X509_get_subject_name(handle_->x509));
}

std::string Certificate::issuer() const {
  return detail::name_text(*X509_get_issuer_name(handle_->x509));
}

std::string Certificate::serial() const {
  return detail::hex_of(*X509_get0_serialNumber(handle_->x509));
}

std::chrono::sys_seconds Certificate::not_before() const {
  return detail::time_of(X509_get0_notBefore(handle_->x509)).value_or(std::chrono::sys_seconds{});
}

std::chrono::sys_seconds Certificate::not_after() const {
  return detail::time_of(X509_get0_notAfter(handle_->x509)).value_or(std::chrono::sys_seconds{});
}

bool Certificate::is_ca() const {
  // 1: version 3 with basic constraints CA; other values are habits of old certificates.
  return X509_check_ca(handle_->x509) == 1;
}

bool Certificate::is_self_issued() const {
  return X509_NAME_cmp(X509_get_subject_name(handle_->x509), X509_get_issuer_name(handle_->x509)) ==
         0;
}

Sha256Digest Certificate::fingerprint() const {
  return sha256(handle_->der);
}

base::Result<PublicKey> Certificate::public_key() const {
  EVP_PKEY* key = X509_get0_pubkey(handle_->x509);
  if (key == nullptr) return openssl_error(ErrorCode::kUnsupported, "the key cannot be read");
  return PublicKey::parse_spki(detail::encode<i2d_PUBKEY>(key));
}

bool operator==(const Certificate& a, const Certificate& b) {
  return a.handle_->der == b.handle_->der;
}

base::Result<CertificateChain> verify_chain(const Certificate& leaf,
                                            std::span<const Certificate> others,
                                            const TrustStore& trust, std::chrono::sys_seconds at,
                                            CertificatePurpose purpose) {
  if (purpose == CertificatePurpose::kSigning && !may_sign_documents(leaf.handle().x509)) {
    return Error{.code = ErrorCode::kLint,
                 .message = "the key usage of `" + leaf.subject() + "` does not allow signatures"};
  }
  const OwnedStore store = store_of(trust);
  const detail::OwnedX509Stack untrusted = detail::stack_of(others);
  const OwnedStoreContext context(X509_STORE_CTX_new());
  ROG_ASSERT(context != nullptr);
  const int ready =
      X509_STORE_CTX_init(context.get(), store.get(), leaf.handle().x509, untrusted.get());
  ROG_ASSERT(ready == 1);
  set_parameters(*X509_STORE_CTX_get0_param(context.get()), at, purpose);
  if (X509_verify_cert(context.get()) != 1) return chain_error(*context);

  CertificateChain chain;
  const STACK_OF(X509)* found = X509_STORE_CTX_get0_chain(context.get());
  for (int i = 0; i < sk_X509_num(found); ++i) {
    X509* x509 = sk_X509_value(found, i);
    X509_up_ref(x509);
    ROG_TRY(Certificate certificate, detail::adopt(x509));
    chain.push_back(std::move(certificate));
  }
  return chain;
}

}  // namespace rogatory::crypto
