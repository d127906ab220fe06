// SPDX-License-Identifier: EUPL-1.2
//
// The request package: files with detached signatures over a manifest of their digests, as ASiC-E
// with CAdES (ETSI EN 319 162-1) in a ZIP archive (docs/formats/request-package.md). Meant for
// small files that are held in memory; bulk evidence goes in a bundle. Single-threaded.
#pragma once

#include <chrono>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/certificate.h"
#include "crypto/signer.h"
#include "package/verify_report.h"

namespace rogatory::package {

inline constexpr std::size_t kMaxAsicFileBytes = std::size_t{64} << 20;
inline constexpr std::size_t kMaxAsicBytes = std::size_t{256} << 20;
inline constexpr std::size_t kMaxAsicFiles = 1000;
inline constexpr std::size_t kMaxAsicSignatures = 16;

struct AsicFile {
  std::string name;
  /// Such as `application/json`.
  std::string media_type;
  std::string bytes;
};

/// Who signs. All are borrowed for the call.
struct AsicSigner {
  const crypto::PrivateKey& key;
  const crypto::Certificate& certificate;
  std::span<const crypto::Certificate> chain;
  /// The time of signing as the signer claims it.
  std::chrono::sys_seconds claimed_at;
};

/// Writes `mimetype`, the files, and for each signer `META-INF/ASiCManifest<n>.xml` over all of
/// them with `META-INF/signature<n>.p7s` over it. kInvalidArgument without files or signers, and
/// for names in `META-INF`; kLint for names that are refused; kConflict when `path` is there;
/// kLimit; errors of signing; kIo.
base::Result<void> write_asic(const std::filesystem::path& path, std::span<const AsicFile> files,
                              std::span<const AsicSigner> signers);

struct AsicContents {
  /// In the order of the archive, without `mimetype` and `META-INF`.
  std::vector<AsicFile> files;
  VerifyReport report;
};

/// Reads and verifies a package. Chains are judged at `at` and end at `trust`; without any anchor
/// signatures are checked and the report says that nobody vouches for the signers. What is wrong
/// stands in the report; an error means that there is nothing to report on: kNotFound, kIo, and
/// what ZipReader::open says.
base::Result<AsicContents> read_asic(const std::filesystem::path& path,
                                     const crypto::TrustStore& trust, std::chrono::sys_seconds at);
/// The same of bytes.
base::Result<AsicContents> read_asic_bytes(std::string_view bytes, const crypto::TrustStore& trust,
                                           std::chrono::sys_seconds at);

}  // namespace rogatory::package
