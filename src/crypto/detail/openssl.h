// SPDX-License-Identifier: EUPL-1.2
//
// OpenSSL's objects of certificates and signatures, and its bytes as ours. Any thread.
#pragma once

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/certificate.h"
#include "crypto/detail/owned.h"
#include "crypto/signer.h"

namespace rogatory::crypto {

struct PublicKey::Handle {
  explicit Handle(EVP_PKEY* owned) : key(owned) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { EVP_PKEY_free(key); }
  EVP_PKEY* key;
};

struct PrivateKey::Handle {
  explicit Handle(EVP_PKEY* owned) : key(owned) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { EVP_PKEY_free(key); }
  EVP_PKEY* key;
};

struct Certificate::Handle {
  explicit Handle(X509* owned) : x509(owned) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { X509_free(x509); }
  X509* x509;
  std::vector<std::byte> der;
};

namespace detail {

using OwnedCrl = Owned<X509_CRL, X509_CRL_free>;
using OwnedCrlScope = Owned<ISSUING_DIST_POINT, ISSUING_DIST_POINT_free>;

}  // namespace detail

struct RevocationList::Handle {
  detail::OwnedCrl crl;
  /// Absent for a list about all certificates of its issuer.
  detail::OwnedCrlScope scope;
  std::vector<std::byte> der;
};

namespace detail {

struct CrlStackFreer {
  void operator()(STACK_OF(X509_CRL) * stack) const { sk_X509_CRL_pop_free(stack, X509_CRL_free); }
};

using OwnedCrlStack = std::unique_ptr<STACK_OF(X509_CRL), CrlStackFreer>;

struct X509StackFreer {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};

using OwnedBio = Owned<BIO, BIO_free_all>;
using OwnedCms = Owned<CMS_ContentInfo, CMS_ContentInfo_free>;
using OwnedKey = Owned<EVP_PKEY, EVP_PKEY_free>;
using OwnedKeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using OwnedX509 = Owned<X509, X509_free>;
using OwnedX509Stack = std::unique_ptr<STACK_OF(X509), X509StackFreer>;

inline std::vector<std::byte> to_vector(const unsigned char* data, std::size_t size) {
  const auto* first = reinterpret_cast<const std::byte*>(data);
  return size == 0 ? std::vector<std::byte>() : std::vector<std::byte>(first, first + size);
}

inline std::vector<std::byte> to_vector(const ASN1_STRING& text) {
  return to_vector(ASN1_STRING_get0_data(&text),
                   static_cast<std::size_t>(ASN1_STRING_length(&text)));
}

/// The bytes of an object by one of OpenSSL's i2d functions; empty when it cannot be written.
template <auto kEncode, typename T>
std::vector<std::byte> encode(T* object) {
  const int size = kEncode(object, nullptr);
  if (size <= 0) return {};
  std::vector<std::byte> out(static_cast<std::size_t>(size));
  auto* at = reinterpret_cast<unsigned char*>(out.data());
  if (kEncode(object, &at) != size) return {};
  return out;
}

/// The first reason in this thread's queue of OpenSSL, which is emptied: a few words, or
/// `no reason given`.
std::string take_reason();

/// kInvalidArgument and so on, with OpenSSL's reason behind a colon.
base::Error openssl_error(base::ErrorCode code, std::string_view what);

/// For readers of PEM: no password is ever asked for at the terminal.
int no_password(char* buffer, int size, int is_writing, void* unused);

/// A source of bytes in memory; the bytes have to outlive it.
OwnedBio memory_source(std::span<const std::byte> bytes);

/// What was written to a memory sink.
std::string text_of(BIO& sink);

/// Nothing when the time is no date of the calendar.
std::optional<std::chrono::sys_seconds> time_of(const ASN1_TIME* time);

/// As RFC 2253 writes it, in UTF-8.
std::string name_text(const X509_NAME& name);

/// The dotted form of an object identifier.
std::string dotted(const ASN1_OBJECT* object);

/// Nothing for algorithms that message_digest.h does not know.
std::optional<DigestAlgorithm> digest_of(const X509_ALGOR* algorithm);

const EVP_MD* evp_digest(DigestAlgorithm algorithm);

/// The digits of a number, upper case, with a minus before a negative one.
std::string hex_of(const ASN1_INTEGER& number);

/// Takes over `x509`. kParse when its DER cannot be written.
base::Result<Certificate> adopt(X509* x509);

/// Copies of references to all of them, in order.
OwnedX509Stack stack_of(std::span<const Certificate> certificates);

}  // namespace detail
}  // namespace rogatory::crypto
