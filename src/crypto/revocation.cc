// SPDX-License-Identifier: EUPL-1.2

#include "crypto/revocation.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/instant.h"
#include "crypto/detail/openssl.h"

namespace rogatory::crypto {
namespace {

using OwnedDistributionPoints = detail::Owned<CRL_DIST_POINTS, CRL_DIST_POINTS_free>;
using OwnedReason = detail::Owned<ASN1_ENUMERATED, ASN1_ENUMERATED_free>;
using OwnedTime = detail::Owned<ASN1_GENERALIZEDTIME, ASN1_GENERALIZEDTIME_free>;

/// RFC 5280 5.3.1, by number; 7 is not used.
constexpr std::array<std::string_view, 11> kReasons = {
    "unspecified",   "keyCompromise",        "cACompromise",    "affiliationChanged",
    "superseded",    "cessationOfOperation", "certificateHold", "",
    "removeFromCRL", "privilegeWithdrawn",   "aACompromise"};
constexpr std::string_view kHold = "certificateHold";
constexpr std::array<std::string_view, 4> kReasonsOfSoundKeys = {
    "unspecified", "affiliationChanged", "superseded", "cessationOfOperation"};
/// expiredCertsOnCRL (X.509, 9.5.2.8): the list goes on naming certificates that have ended.
constexpr const char* kKeepsExpired = "2.5.29.60";

bool has_name_of(const CRL_DIST_POINTS& points, const GENERAL_NAMES& names) {
  constexpr int kFullName = 0;
  for (int i = 0; i < sk_DIST_POINT_num(&points); ++i) {
    const DIST_POINT_NAME* const point = sk_DIST_POINT_value(&points, i)->distpoint;
    if (point == nullptr || point->type != kFullName) continue;
    for (int j = 0; j < sk_GENERAL_NAME_num(point->name.fullname); ++j) {
      for (int k = 0; k < sk_GENERAL_NAME_num(&names); ++k) {
        if (GENERAL_NAME_cmp(sk_GENERAL_NAME_value(point->name.fullname, j),
                             sk_GENERAL_NAME_value(&names, k)) == 0) {
          return true;
        }
      }
    }
  }
  return false;
}

/// RFC 5280 5.2.5: a list may be of some kinds of certificates, or of those that name its place.
bool is_in_scope(const Certificate& certificate, const RevocationList& list) {
  const ISSUING_DIST_POINT* const scope = list.handle().scope.get();
  if (scope == nullptr) return true;
  if (scope->onlyuser > 0 && certificate.is_ca()) return false;
  if (scope->onlyCA > 0 && !certificate.is_ca()) return false;
  if (scope->distpoint == nullptr) return true;
  const OwnedDistributionPoints points(static_cast<CRL_DIST_POINTS*>(
      X509_get_ext_d2i(certificate.handle().x509, NID_crl_distribution_points, nullptr, nullptr)));
  ERR_clear_error();
  return points != nullptr && has_name_of(*points, *scope->distpoint->name.fullname);
}

bool is_by_weak_digest(const X509_CRL& crl) {
  int digest = NID_undef;
  OBJ_find_sigid_algs(X509_CRL_get_signature_nid(&crl), &digest, nullptr);
  ERR_clear_error();
  return digest == NID_sha1 || digest == NID_md5;
}

/// Whether the list is the word of this issuer on this certificate.
bool speaks_of(const RevocationList& list, const Certificate& certificate,
               const Certificate& issuer) {
  X509_CRL* const crl = list.handle().crl.get();
  const X509_NAME* const name = X509_get_issuer_name(certificate.handle().x509);
  if (X509_NAME_cmp(X509_CRL_get_issuer(crl), name) != 0) return false;
  // All bits where the certificate does not restrict its use.
  if ((X509_get_key_usage(issuer.handle().x509) & KU_CRL_SIGN) == 0) return false;
  EVP_PKEY* const key = X509_get0_pubkey(issuer.handle().x509);
  const bool is_signed = key != nullptr && X509_CRL_verify(crl, key) == 1;
  ERR_clear_error();
  return is_signed && !is_by_weak_digest(*crl) && is_in_scope(certificate, list);
}

bool keeps_expired(const X509_CRL& crl) {
  const detail::Owned<ASN1_OBJECT, ASN1_OBJECT_free> name(OBJ_txt2obj(kKeepsExpired, 1));
  return name != nullptr && X509_CRL_get_ext_by_OBJ(&crl, name.get(), -1) >= 0;
}

void read_entry(const X509_REVOKED& entry, RevocationStatus& status) {
  const OwnedReason reason(static_cast<ASN1_ENUMERATED*>(
      X509_REVOKED_get_ext_d2i(&entry, NID_crl_reason, nullptr, nullptr)));
  const long number = reason == nullptr ? -1 : ASN1_ENUMERATED_get(reason.get());
  const bool is_known = number >= 0 && number < static_cast<long>(kReasons.size());
  status.reason = is_known ? kReasons.at(static_cast<std::size_t>(number)) : std::string_view();
  status.is_key_sound =
      std::ranges::find(kReasonsOfSoundKeys, status.reason) != kReasonsOfSoundKeys.end();
  // A time that is none counts as the earliest: nothing is good by an error of the list.
  auto since = detail::time_of(X509_REVOKED_get0_revocationDate(&entry))
                   .value_or(std::chrono::sys_seconds::min());
  const OwnedTime invalid(static_cast<ASN1_GENERALIZEDTIME*>(
      X509_REVOKED_get_ext_d2i(&entry, NID_invalidity_date, nullptr, nullptr)));
  if (const auto earlier = detail::time_of(invalid.get())) since = std::min(since, *earlier);
  ERR_clear_error();
  status.kind = RevocationStatus::Kind::kRevoked;
  status.revoked_at = since;
}

void read_list(const RevocationList& list, const Certificate& certificate,
               RevocationStatus& status) {
  using Kind = RevocationStatus::Kind;
  X509_CRL* const crl = list.handle().crl.get();
  X509_REVOKED* entry = nullptr;
  constexpr int kNamed = 1;
  if (X509_CRL_get0_by_cert(crl, &entry, certificate.handle().x509) == kNamed) {
    const bool was_revoked = status.kind == Kind::kRevoked && status.reason != kHold;
    if (!was_revoked) read_entry(*entry, status);
    status.as_of = list.this_update();
    return;
  }
  if (status.kind == Kind::kRevoked && status.reason != kHold) return;
  const bool must_name = list.this_update() <= certificate.not_after() || keeps_expired(*crl);
  if (!must_name) return;
  status = {.kind = Kind::kNotRevoked,
            .subject = status.subject,
            .as_of = list.this_update(),
            .revoked_at = {},
            .reason = {}};
}

std::string utc(const std::optional<std::chrono::sys_seconds>& at) {
  const auto instant =
      base::Instant::make(at.value_or(std::chrono::sys_seconds::min()), std::chrono::seconds(0));
  return instant ? instant->to_string() : "a time that is none";
}

}  // namespace

std::string_view revocation_name(RevocationStatus::Kind kind) {
  switch (kind) {
    case RevocationStatus::Kind::kUnknown:
      return "unknown";
    case RevocationStatus::Kind::kNotRevoked:
      return "not_revoked";
    case RevocationStatus::Kind::kRevoked:
      return "revoked";
  }
  return {};
}

std::vector<RevocationStatus> revocation_of(const CertificateChain& chain,
                                            std::span<const RevocationList> lists) {
  std::vector<RevocationList> oldest_first(lists.begin(), lists.end());
  std::ranges::stable_sort(oldest_first, {}, &RevocationList::this_update);
  std::vector<RevocationStatus> all;
  for (std::size_t i = 0; i + 1 < chain.size(); ++i) {
    RevocationStatus status{.subject = chain[i].subject()};
    for (const RevocationList& list : oldest_first) {
      if (speaks_of(list, chain[i], chain[i + 1])) read_list(list, chain[i], status);
    }
    all.push_back(std::move(status));
  }
  return all;
}

std::vector<RevocationList> lists_about(const CertificateChain& chain,
                                        std::span<const RevocationList> lists) {
  std::vector<RevocationList> about;
  for (const RevocationList& list : lists) {
    for (std::size_t i = 0; i + 1 < chain.size(); ++i) {
      if (!speaks_of(list, chain[i], chain[i + 1])) continue;
      about.push_back(list);
      break;
    }
  }
  return about;
}

std::string to_string(const RevocationStatus& status) {
  const std::string who = "the certificate of `" + status.subject + "`";
  switch (status.kind) {
    case RevocationStatus::Kind::kUnknown:
      return "whether " + who + " was revoked is not known";
    case RevocationStatus::Kind::kNotRevoked:
      return who + " was not revoked, by the list of " + utc(status.as_of);
    case RevocationStatus::Kind::kRevoked:
      break;
  }
  return who + " was revoked at " + utc(status.revoked_at) + " (" +
         (status.reason.empty() ? "no reason stated" : status.reason) + "), by the list of " +
         utc(status.as_of);
}

}  // namespace rogatory::crypto
