// SPDX-License-Identifier: EUPL-1.2

#include "tlog/detail/lines.h"

#include <string>

#include "base/text.h"
#include "tlog/checkpoint.h"
#include "tlog/detail/refuse.h"

namespace rogatory::tlog::detail {

base::Result<HeadAndNote> split_head(std::string_view text, std::size_t max_head_bytes) {
  const std::size_t end = text.substr(0, max_head_bytes).find("\n\n");
  if (end == std::string_view::npos) {
    if (text.size() > max_head_bytes)
      return too_much("the lines before the checkpoint are too many");
    return malformed("no empty line before the checkpoint");
  }
  return HeadAndNote{.head = base::split(text.substr(0, end), '\n'), .note = text.substr(end + 2)};
}

base::Result<std::vector<Hash>> parse_hash_lines(std::span<const std::string_view> lines,
                                                 std::size_t max_count) {
  if (lines.size() > max_count) {
    return too_much("a proof has more than " + std::to_string(max_count) + " hashes");
  }
  std::vector<Hash> hashes;
  for (const std::string_view line : lines) {
    ROG_TRY(const Hash hash, parse_hash(line, "a hash of the proof"));
    hashes.push_back(hash);
  }
  return hashes;
}

}  // namespace rogatory::tlog::detail
