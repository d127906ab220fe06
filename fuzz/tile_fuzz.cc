// SPDX-License-Identifier: EUPL-1.2
//
// Paths of tiles, tiles, bundles and journals: what is read is written back byte for byte.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/assert.h"
#include "storage/journal.h"
#include "tlog/tile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory::tlog;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto id = TileId::parse_path(text);
  if (id.ok()) ROG_ASSERT(id->path() == text);
  const auto bytes = std::as_bytes(std::span(data, size));
  (void)rogatory::storage::parse_journal(0, bytes).ok();
  if (size == 0) return 0;
  const TileId wanted{.is_entries = true, .level = 0, .index = 0, .width = data[0]};
  const auto rest = bytes.subspan(1);
  const auto hashes = parse_tile(wanted, rest);
  if (hashes.ok()) ROG_ASSERT(std::ranges::equal(write_tile(*hashes), rest));
  const auto entries = parse_bundle(wanted, rest);
  if (!entries.ok()) return 0;
  std::vector<std::byte> again;
  for (const auto& entry : *entries) ROG_ASSERT(append_to_bundle(entry, again).ok());
  ROG_ASSERT(std::ranges::equal(again, rest));
  return 0;
}
