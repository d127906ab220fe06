// SPDX-License-Identifier: EUPL-1.2
//
// Whether the certificates of a chain were revoked, by the lists at hand. Pure; any thread.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/certificate.h"
#include "crypto/revocation_list.h"

namespace rogatory::crypto {

/// How it stands with one certificate.
struct RevocationStatus {
  /// No list: none of its issuer's, or only lists from after the end of the certificate, which no
  /// longer have to name it (RFC 5280 5).
  enum class Kind { kUnknown, kNotRevoked, kRevoked };

  Kind kind = Kind::kUnknown;
  std::string subject;
  /// When the newest list that speaks of it was issued.
  std::optional<std::chrono::sys_seconds> as_of;
  /// From when on it counts as revoked: the invalidity date where the list states an earlier one.
  std::optional<std::chrono::sys_seconds> revoked_at;
  /// `keyCompromise` and so on (RFC 5280 5.3.1); empty where the list states none.
  std::string reason;
  /// For a reason that leaves the key sound, so that what was signed before stays good: of time
  /// stamps RFC 3161 4 (1) says so for unspecified, affiliationChanged, superseded and
  /// cessationOfOperation, where they are stated.
  bool is_key_sound = false;

  /// Whatever the reason.
  [[nodiscard]] bool is_revoked_at(std::chrono::sys_seconds at) const {
    return kind == Kind::kRevoked && revoked_at && *revoked_at <= at;
  }
};

/// `unknown`, `not_revoked`, `revoked`.
std::string_view revocation_name(RevocationStatus::Kind kind);

/// For every certificate of the chain but the anchor, in order, what lists signed by the issuer
/// next in the chain say. A list that another key signed says nothing. A certificate named by an
/// older list and not by a newer one stays revoked, unless it was on hold.
std::vector<RevocationStatus> revocation_of(const CertificateChain& chain,
                                            std::span<const RevocationList> lists);

/// Those among `lists` that say something of a certificate of the chain.
std::vector<RevocationList> lists_about(const CertificateChain& chain,
                                        std::span<const RevocationList> lists);

/// `the certificate of X was revoked on 2026-01-02T03:04:05Z (keyCompromise), by the list of ...`.
std::string to_string(const RevocationStatus& status);

}  // namespace rogatory::crypto
