// SPDX-License-Identifier: EUPL-1.2
//
// The text files of a bag (RFC 8493; versions 0.93 to 1.0 are read, 1.0 is written). Pure; any
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "crypto/named_digest.h"

namespace rogatory::package {

/// The most lines of one tag file.
inline constexpr std::size_t kMaxTagLines = 1'000'000;

/// What bagit.txt says (RFC 8493 2.1.1).
struct BagDeclaration {
  int major = 1;
  int minor = 0;
  /// In upper case: `UTF-8`, `UTF-16`, `ISO-8859-1`, `US-ASCII`.
  std::string encoding = "UTF-8";

  bool is_1_0_or_later() const { return major >= 1; }
  /// `1.0`
  std::string version() const;
};

/// The bagit.txt of the bags that are written here.
inline constexpr std::string_view kBagDeclaration =
    "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// Reads bagit.txt, which is UTF-8 without a byte order mark: two lines, `BagIt-Version: M.N` and
/// `Tag-File-Character-Encoding: NAME`, with no blank but the one after the colon. kParse with the
/// line; kUnsupported for a version not known or an encoding not listed above.
base::Result<BagDeclaration> parse_bag_declaration(std::string_view bytes);

/// The text of a tag file as UTF-8, without the byte order mark of UTF-16. kParse for what is not
/// in that encoding, for a byte order mark in UTF-8, and for NUL.
base::Result<std::string> decode_tag_file(std::string_view bytes, std::string_view encoding);

/// A line of a manifest.
struct ManifestEntry {
  /// Lower-case hexadecimal.
  std::string digest;
  /// Checked by check_member_name, without a leading `./`.
  std::string path;

  bool operator==(const ManifestEntry&) const = default;
};

struct Manifest {
  crypto::DigestName digest = crypto::DigestName::kSha256;
  std::vector<ManifestEntry> entries;
  /// Sentences on what is allowed and unwise.
  std::vector<std::string> warnings;
};

/// Reads a manifest or tag manifest, already decoded (RFC 8493 2.1.3). Since 1.0 `%0A`, `%0D` and
/// `%25` of a path are decoded, and a path twice is refused; before, a path twice is a warning when
/// its digests are equal. kParse with the line; kLint for a name that check_member_name refuses or
/// digests that contradict each other; kLimit.
base::Result<Manifest> parse_manifest(std::string_view text, crypto::DigestName digest,
                                      const BagDeclaration& declaration);

/// The text of a manifest: `digest`, two spaces, path, newline; `%`, CR and LF of a path encoded.
std::string manifest_text(const std::vector<ManifestEntry>& entries);

/// bag-info.txt: labels and values in order; labels may repeat (RFC 8493 2.2.2).
using BagInfo = std::vector<std::pair<std::string, std::string>>;

/// kParse with the line for what is neither `Label: value` nor a continuation; kLimit.
base::Result<BagInfo> parse_bag_info(std::string_view text);
std::string bag_info_text(const BagInfo& info);

/// `Payload-Oxum`: bytes and files.
struct PayloadOxum {
  std::uint64_t bytes = 0;
  std::uint64_t files = 0;

  bool operator==(const PayloadOxum&) const = default;
};

/// Nothing for what is not `BYTES.FILES`.
std::optional<PayloadOxum> parse_payload_oxum(std::string_view text);

/// The paths that fetch.txt names; its addresses are never followed. kParse with the line; kLint
/// for a name that check_member_name refuses or that is not below `data/`.
base::Result<std::vector<std::string>> parse_fetch(std::string_view text);

}  // namespace rogatory::package
