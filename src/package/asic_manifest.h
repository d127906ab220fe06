// SPDX-License-Identifier: EUPL-1.2
//
// ASiCManifest (ETSI EN 319 162-1, annex A.4): one signature and the digests it covers. libxml2
// stays inside; it is given no network, no document type, no entities. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rogatory::package {

inline constexpr std::size_t kMaxManifestXmlBytes = std::size_t{1} << 20;

struct AsicReference {
  std::string uri;
  std::string media_type;
  /// `sha256` or `sha512`.
  std::string digest_name;
  /// Lower-case hexadecimal.
  std::string digest;

  bool operator==(const AsicReference&) const = default;
};

struct AsicManifest {
  std::string signature_uri;
  std::vector<AsicReference> references;

  bool operator==(const AsicManifest&) const = default;
};

std::string write_asic_manifest(const AsicManifest& manifest);

/// kParse for what is no XML, for a document type and for processing instructions; kSchema for
/// another shape, elements or attributes that are not expected, names twice; kUnsupported for other
/// digests; kLint for a name that is refused; kLimit.
base::Result<AsicManifest> parse_asic_manifest(std::string_view xml);

}  // namespace rogatory::package
