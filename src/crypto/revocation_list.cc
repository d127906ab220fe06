// SPDX-License-Identifier: EUPL-1.2

#include "crypto/revocation_list.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>

#include "base/assert.h"
#include "crypto/bytes.h"
#include "crypto/detail/openssl.h"

namespace rogatory::crypto {
namespace {

using base::Error;
using base::ErrorCode;
using detail::openssl_error;
using detail::OwnedCrl;

Error unsupported(const std::string& issuer, std::string_view why) {
  return Error{.code = ErrorCode::kUnsupported,
               .message = "the revocation list of `" + issuer + "` " + std::string(why)};
}

/// RFC 5280 5.2: a list with a critical extension that is not understood says nothing.
base::Result<void> check_extensions(const X509_CRL& crl, const std::string& issuer) {
  for (int i = 0; i < X509_CRL_get_ext_count(&crl); ++i) {
    X509_EXTENSION* const extension = X509_CRL_get_ext(&crl, i);
    if (X509_EXTENSION_get_critical(extension) == 0) continue;
    const ASN1_OBJECT* const name = X509_EXTENSION_get_object(extension);
    if (OBJ_obj2nid(name) == NID_delta_crl) {
      return unsupported(issuer, "has only what changed since another one (delta)");
    }
    if (OBJ_obj2nid(name) == NID_issuing_distribution_point) continue;
    return unsupported(issuer,
                       "has a critical extension that is not known: " + detail::dotted(name));
  }
  return {};
}

base::Result<void> check_scope(const ISSUING_DIST_POINT& scope, const std::string& issuer) {
  if (scope.indirectCRL > 0) return unsupported(issuer, "is also about certificates of others");
  if (scope.onlysomereasons != nullptr) return unsupported(issuer, "has some reasons only");
  if (scope.onlyattr > 0) return unsupported(issuer, "is about attribute certificates");
  constexpr int kFullName = 0;
  if (scope.distpoint != nullptr && scope.distpoint->type != kFullName) {
    return unsupported(issuer, "names its place relative to its issuer");
  }
  return {};
}

}  // namespace

base::Result<RevocationList> RevocationList::parse(std::span<const std::byte> der) {
  if (der.size() > kMaxRevocationListBytes) {
    return Error{.code = ErrorCode::kLimit, .message = "a revocation list has at most 32 MiB"};
  }
  const unsigned char* at = detail::data_of(der);
  OwnedCrl crl(d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size())));
  if (crl == nullptr || at != detail::data_of(der) + der.size()) {
    return openssl_error(ErrorCode::kParse, "the bytes are no certificate revocation list");
  }
  std::vector<std::byte> written = detail::encode<i2d_X509_CRL>(crl.get());
  if (!std::ranges::equal(written, der)) {
    return Error{.code = ErrorCode::kParse, .message = "the revocation list is not in DER"};
  }
  if (!detail::time_of(X509_CRL_get0_lastUpdate(crl.get()))) {
    return Error{.code = ErrorCode::kParse,
                 .message = "the time at which the revocation list was issued is no time"};
  }
  const std::string issuer = detail::name_text(*X509_CRL_get_issuer(crl.get()));
  ROG_CHECKED(check_extensions(*crl, issuer));
  detail::OwnedCrlScope scope(static_cast<ISSUING_DIST_POINT*>(
      X509_CRL_get_ext_d2i(crl.get(), NID_issuing_distribution_point, nullptr, nullptr)));
  const bool has_scope =
      X509_CRL_get_ext_by_NID(crl.get(), NID_issuing_distribution_point, -1) >= 0;
  if (has_scope && scope == nullptr) {
    return openssl_error(ErrorCode::kParse, "the scope of the revocation list cannot be read");
  }
  if (scope != nullptr) ROG_CHECKED(check_scope(*scope, issuer));
  ERR_clear_error();
  return RevocationList(std::make_shared<const Handle>(
      Handle{.crl = std::move(crl), .scope = std::move(scope), .der = std::move(written)}));
}

base::Result<std::vector<RevocationList>> RevocationList::parse_all(std::string_view der_or_pem) {
  const auto bytes = as_bytes(der_or_pem);
  if (bytes.size() > kMaxRevocationListBytes) {
    return Error{.code = ErrorCode::kLimit,
                 .message = "a file of revocation lists has at most 32 MiB"};
  }
  std::vector<RevocationList> all;
  // DER of a SEQUENCE; PEM begins with a letter or a dash.
  constexpr std::byte kSequence{0x30};
  if (!bytes.empty() && bytes.front() == kSequence) {
    ROG_TRY(RevocationList list, parse(bytes));
    all.push_back(std::move(list));
    return all;
  }
  const detail::OwnedBio source = detail::memory_source(bytes);
  while (true) {
    const OwnedCrl crl(PEM_read_bio_X509_CRL(source.get(), nullptr, detail::no_password, nullptr));
    if (crl == nullptr) break;
    if (all.size() == kMaxRevocationLists) {
      return Error{.code = ErrorCode::kLimit, .message = "there are more than 64 revocation lists"};
    }
    ROG_TRY(RevocationList list, parse(detail::encode<i2d_X509_CRL>(crl.get())));
    all.push_back(std::move(list));
  }
  const bool is_at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  if (!is_at_end)
    return openssl_error(ErrorCode::kParse, "a revocation list in PEM cannot be read");
  ERR_clear_error();
  if (all.empty()) {
    return Error{.code = ErrorCode::kParse, .message = "there is no revocation list in the text"};
  }
  return all;
}

std::span<const std::byte> RevocationList::der() const {
  return handle_->der;
}

std::string RevocationList::issuer() const {
  return detail::name_text(*X509_CRL_get_issuer(handle_->crl.get()));
}

std::chrono::sys_seconds RevocationList::this_update() const {
  return detail::time_of(X509_CRL_get0_lastUpdate(handle_->crl.get()))
      .value_or(std::chrono::sys_seconds{});
}

std::optional<std::chrono::sys_seconds> RevocationList::next_update() const {
  return detail::time_of(X509_CRL_get0_nextUpdate(handle_->crl.get()));
}

bool operator==(const RevocationList& a, const RevocationList& b) {
  return a.handle_->der == b.handle_->der;
}

}  // namespace rogatory::crypto
