// SPDX-License-Identifier: EUPL-1.2
//
// The directory of a ZIP archive and the headers before its data, checked against each other. Pure
// but for what `read_at` does.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "package/zip.h"

namespace rogatory::package::zip {

/// Errors as of ZipReader::open. Folders are checked and left out.
base::Result<std::vector<ZipMember>> read_directory(const ZipReader::ReadAt& read_at,
                                                    std::uint64_t file_bytes,
                                                    const ZipLimits& limits);

}  // namespace rogatory::package::zip
