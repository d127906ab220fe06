// SPDX-License-Identifier: EUPL-1.2
//
// An authority of a test's own: keys, certificates and a time stamp authority that is the program
// `openssl`, so that what is verified was made by others. Aborts when a step fails.
// Single-threaded.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/certificate.h"
#include "crypto/signer.h"
#include "support/temp_folder.h"

namespace rogatory::test {

struct Identity {
  crypto::PrivateKey key;
  crypto::Certificate certificate;
};

inline constexpr std::chrono::sys_seconds kDayOne =
    std::chrono::sys_days(std::chrono::year(2020) / 1 / 1);
inline constexpr std::chrono::sys_seconds kLastDay =
    std::chrono::sys_days(std::chrono::year(2060) / 1 / 1);

/// A certificate of `role` valid from kDayOne to kLastDay unless stated otherwise.
struct Wanted {
  std::string name;
  crypto::CertificateProfile::Role role = crypto::CertificateProfile::Role::kSigner;
  std::chrono::sys_seconds not_before = kDayOne;
  std::chrono::sys_seconds not_after = kLastDay;
};

Identity make_root(std::string_view name);
Identity make_identity(const Identity& issuer, const Wanted& wanted);

/// Runs a command of the shell with its output thrown away; whether it ended with 0.
bool succeeds(const std::string& command);

/// What a verifier knows as trusted.
crypto::TrustStore trust_in(const Identity& root);

/// A time stamp authority under a root of its own.
class TimestampAuthority final {
 public:
  explicit TimestampAuthority(const Wanted& wanted = {
                                  .name = "Time",
                                  .role = crypto::CertificateProfile::Role::kTimeStamper});

  const Identity& root() const { return root_; }
  const Identity& stamper() const { return stamper_; }
  crypto::TrustStore trust() const { return trust_in(root_); }

  /// The reply of `openssl ts -reply` to a request; `options` are further ones of that command.
  std::string reply(std::span<const std::byte> request, std::string_view options = {}) const;
  /// The token over `digest`, by way of a request.
  std::vector<std::byte> stamp(const crypto::MessageDigest& digest,
                               std::string_view options = {}) const;

  const std::filesystem::path& folder() const { return folder_.path(); }

 private:
  Identity root_;
  Identity stamper_;
  TempFolder folder_;
};

/// A token of `stamper` over `digest` with the time `at`, made inside this program: for times that
/// are not now. Certificates of the issuer and above are not inside.
std::vector<std::byte> stamp_at(const Identity& stamper, const crypto::MessageDigest& digest,
                                std::chrono::sys_seconds at);

/// A certificate as a list names it.
struct Revoked {
  crypto::Certificate certificate;
  std::chrono::sys_seconds at;
  /// RFC 5280 5.3.1; absent when it states none.
  std::optional<int> reason;
};

/// An extension of a list by OpenSSL's name of it, such as `issuingDistributionPoint`, in the
/// language of its configuration.
struct ListExtension {
  std::string name;
  std::string value;
};

/// The DER of a list that `issuer` signs at `this_update`, to be issued anew a year later.
std::vector<std::byte> revocation_list_der(const Identity& issuer,
                                           std::chrono::sys_seconds this_update,
                                           const std::vector<Revoked>& revoked = {},
                                           const std::vector<ListExtension>& extensions = {},
                                           std::string_view digest = "SHA384");
crypto::RevocationList revocation_list(const Identity& issuer, std::chrono::sys_seconds this_update,
                                       const std::vector<Revoked>& revoked = {});

std::vector<std::byte> bytes_of(std::string_view text);

}  // namespace rogatory::test
