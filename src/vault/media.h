// SPDX-License-Identifier: EUPL-1.2
//
// What a content is by its first bytes: forensic containers and common files. It is a label for
// people; nothing is decided by it. Pure; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace rogatory::vault {

/// As many bytes as recognise_media looks at.
inline constexpr std::size_t kMediaBytes = 4096;

/// `ewf` (E01), `ewf2` (Ex01), `aff4`, `zip`, `qcow`, `vmdk`, `vhdx`, `pcap`, `pcapng`, `sqlite`,
/// `elf`, `pe`, `pdf`, `png`, `jpeg`, `gzip`, `xz`, `zstd`, `7z`, `mbr` (a raw disk), `text` (valid
/// UTF-8 without control characters), `empty` or `unknown`.
std::string_view recognise_media(std::span<const std::byte> first_bytes);

}  // namespace rogatory::vault
