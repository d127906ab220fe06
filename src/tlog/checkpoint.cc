// SPDX-License-Identifier: EUPL-1.2

#include "tlog/checkpoint.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "crypto/bytes.h"
#include "crypto/hash_tree.h"
#include "tlog/detail/refuse.h"

namespace rogatory::tlog {

using base::Result;
using detail::malformed;

Result<std::uint64_t> parse_decimal(std::string_view text, std::string_view what) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  const bool has_leading_zero = text.size() > 1 && text.front() == '0';
  if (text.empty() || read.ec != std::errc() || read.ptr != end || has_leading_zero ||
      value > kMaxTreeSize) {
    return malformed(std::string(what) +
                     " is not a decimal number up to 2^63 - 1 without leading zeroes");
  }
  return value;
}

Result<Hash> parse_hash(std::string_view text, std::string_view what) {
  const auto bytes = crypto::parse_base64(text);
  Hash hash;
  if (!bytes.ok() || bytes->size() != hash.bytes.size()) {
    return malformed(std::string(what) + " is not 32 bytes in standard base64");
  }
  std::copy(bytes->begin(), bytes->end(), hash.bytes.begin());
  return hash;
}

std::string hash_text(const Hash& hash) {
  return crypto::base64(hash.bytes);
}

Result<Checkpoint> Checkpoint::parse(std::string_view text) {
  if (text.empty() || text.back() != '\n') {
    return malformed("the checkpoint does not end with a newline");
  }
  text.remove_suffix(1);
  const std::vector<std::string_view> lines = base::split(text, '\n');
  if (lines.size() < 3) return malformed("the checkpoint has fewer than three lines");
  if (std::any_of(lines.begin(), lines.end(), [](std::string_view line) { return line.empty(); })) {
    return malformed("the checkpoint has an empty line");
  }
  Checkpoint checkpoint;
  checkpoint.origin = lines[0];
  ROG_TRY(checkpoint.head.size, parse_decimal(lines[1], "the size of the tree"));
  ROG_TRY(checkpoint.head.root, parse_hash(lines[2], "the root of the tree"));
  checkpoint.extensions.assign(lines.begin() + 3, lines.end());
  return checkpoint;
}

Result<void> Checkpoint::check_root() const {
  if (head.size == 0 && head.root != crypto::empty_root()) {
    return detail::refuse("the tree has no leaves and not the empty root");
  }
  return {};
}

std::string Checkpoint::to_text() const {
  std::string text = origin + '\n' + std::to_string(head.size) + '\n' + hash_text(head.root) + '\n';
  for (const std::string& line : extensions) text += line + '\n';
  return text;
}

}  // namespace rogatory::tlog
