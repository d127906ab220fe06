// SPDX-License-Identifier: EUPL-1.2

#include "crypto/detail/openssl.h"

#include <openssl/err.h>

#include <array>
#include <ctime>
#include <utility>

#include "base/assert.h"

namespace rogatory::crypto::detail {

std::string take_reason() {
  const unsigned long code = ERR_peek_error();
  const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
  std::string text = reason == nullptr ? "no reason given" : reason;
  ERR_clear_error();
  return text;
}

base::Error openssl_error(base::ErrorCode code, std::string_view what) {
  return base::Error{.code = code, .message = std::string(what) + ": " + take_reason()};
}

int no_password(char* /*buffer*/, int /*size*/, int /*is_writing*/, void* /*unused*/) {
  return -1;
}

OwnedBio memory_source(std::span<const std::byte> bytes) {
  ROG_ASSERT(std::in_range<int>(bytes.size()));
  OwnedBio bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
  ROG_ASSERT(bio != nullptr);
  return bio;
}

std::string text_of(BIO& sink) {
  const char* data = nullptr;
  const long size = BIO_get_mem_data(&sink, &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::optional<std::chrono::sys_seconds> time_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) {
    ERR_clear_error();
    return std::nullopt;
  }
  const std::chrono::year_month_day day(std::chrono::year(parts.tm_year + 1900),
                                        std::chrono::month(static_cast<unsigned>(parts.tm_mon + 1)),
                                        std::chrono::day(static_cast<unsigned>(parts.tm_mday)));
  if (!day.ok()) return std::nullopt;
  return std::chrono::sys_days(day) + std::chrono::hours(parts.tm_hour) +
         std::chrono::minutes(parts.tm_min) + std::chrono::seconds(parts.tm_sec);
}

std::string name_text(const X509_NAME& name) {
  const OwnedBio sink(BIO_new(BIO_s_mem()));
  ROG_ASSERT(sink != nullptr);
  constexpr unsigned long kFlags =
      XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  X509_NAME_print_ex(sink.get(), &name, /*indent=*/0, kFlags);
  return text_of(*sink);
}

std::string dotted(const ASN1_OBJECT* object) {
  std::array<char, 256> text{};
  const int size = OBJ_obj2txt(text.data(), static_cast<int>(text.size()), object, /*no_name=*/1);
  // A longer one is none of those known here; what is cut still names it for a reader.
  return size > 0 ? std::string(text.data()) : std::string();
}

std::optional<DigestAlgorithm> digest_of(const X509_ALGOR* algorithm) {
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
  const auto found = digest_algorithm_of_oid(dotted(object));
  return found.ok() ? std::optional(*found) : std::nullopt;
}

const EVP_MD* evp_digest(DigestAlgorithm algorithm) {
  switch (algorithm) {
    case DigestAlgorithm::kSha1:
      return EVP_sha1();
    case DigestAlgorithm::kSha224:
      return EVP_sha224();
    case DigestAlgorithm::kSha256:
      return EVP_sha256();
    case DigestAlgorithm::kSha384:
      return EVP_sha384();
    case DigestAlgorithm::kSha512:
      return EVP_sha512();
    case DigestAlgorithm::kSha3_256:
      return EVP_sha3_256();
    case DigestAlgorithm::kSha3_512:
      return EVP_sha3_512();
  }
  ROG_ASSERT(false);
  return nullptr;
}

std::string hex_of(const ASN1_INTEGER& number) {
  const Owned<BIGNUM, BN_free> value(ASN1_INTEGER_to_BN(&number, nullptr));
  ROG_ASSERT(value != nullptr);
  char* digits = BN_bn2hex(value.get());
  ROG_ASSERT(digits != nullptr);
  std::string text = digits;
  OPENSSL_free(digits);
  return text;
}

base::Result<Certificate> adopt(X509* x509) {
  auto handle = std::make_shared<Certificate::Handle>(x509);
  handle->der = encode<i2d_X509>(x509);
  if (handle->der.empty()) {
    return openssl_error(base::ErrorCode::kParse, "a certificate cannot be written as DER");
  }
  return Certificate(std::move(handle));
}

OwnedX509Stack stack_of(std::span<const Certificate> certificates) {
  OwnedX509Stack stack(sk_X509_new_null());
  ROG_ASSERT(stack != nullptr);
  for (const Certificate& certificate : certificates) {
    X509* x509 = certificate.handle().x509;
    ROG_ASSERT(X509_up_ref(x509) == 1);
    ROG_ASSERT(sk_X509_push(stack.get(), x509) > 0);
  }
  return stack;
}

}  // namespace rogatory::crypto::detail
