// SPDX-License-Identifier: EUPL-1.2
// What the commands of logs, packages and evidence share: keys, certificates, policies, notes and
// proofs from files.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "crypto/certificate.h"
#include "tlog/policy.h"
#include "tlog/signing_key.h"

namespace rogatory::app {

/// A file, or standard input for `-`.
base::Result<std::string> read_text(const std::string& path, std::size_t max_bytes);

/// Writes to `path`, or to standard output when it is empty or `-`.
base::Result<void> write_text(const std::string& path, const std::string& text);

/// A private key in a file that only its owner may read.
base::Result<tlog::SigningKey> read_signing_key(const std::string& path);

/// A fresh key, written to a new file of mode 0600. kConflict when the file is there.
base::Result<tlog::SigningKey> make_signing_key(const std::string& path, const std::string& name,
                                                tlog::SignatureType type);

base::Result<tlog::Policy> read_policy(const std::string& path);

/// All certificates of files, PEM.
base::Result<std::vector<crypto::Certificate>> read_certificates(
    const std::vector<std::string>& paths);

/// All revocation lists of files, DER or PEM.
base::Result<std::vector<crypto::RevocationList>> read_revocation_lists(
    const std::vector<std::string>& paths);

/// Certificates in files, PEM, as anchors, and lists of what was revoked under them.
/// kInvalidArgument for lists alone.
base::Result<crypto::TrustStore> read_trust(const std::vector<std::string>& certificate_files,
                                            const std::vector<std::string>& list_files);

/// `--crl`.
void add_lists_option(CLI::App& command, std::vector<std::string>& files);

/// Seconds since 1970, now.
std::uint64_t seconds_now();

/// A time as a cosigner states it, in RFC 3339.
std::string time_text(std::uint64_t seconds);

}  // namespace rogatory::app
