// SPDX-License-Identifier: EUPL-1.2

#include "storage/journal.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "crypto/digest.h"
#include "tlog/checkpoint.h"

namespace rogatory::storage {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using Bytes = std::vector<std::byte>;
using Span = std::span<const std::byte>;

/// Where a batch starts: `rglogbat`.
constexpr std::array<std::byte, 8> kMagic = {
    std::byte{'r'}, std::byte{'g'}, std::byte{'l'}, std::byte{'o'},
    std::byte{'g'}, std::byte{'b'}, std::byte{'a'}, std::byte{'t'},
};
/// Magic, first (8), count (4), payload size (4), previous (16), check (16).
constexpr std::size_t kCheckAt = 40;
constexpr std::size_t kHeaderBytes = kCheckAt + 16;
constexpr std::size_t kNameDigits = 20;

void put(Bytes& out, std::uint64_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out.push_back(static_cast<std::byte>(value >> (8 * i)));
}

std::uint64_t get(Span bytes) {
  std::uint64_t value = 0;
  for (const std::byte byte : bytes) value = (value << 8) | std::to_integer<std::uint64_t>(byte);
  return value;
}

Check check_of(Span head, Span payload) {
  crypto::Sha256Stream stream;
  stream.update(head);
  stream.update(payload);
  const crypto::Sha256Digest digest = stream.finish();
  Check check;
  std::copy_n(digest.bytes.begin(), check.size(), check.begin());
  return check;
}

Check check_at(Span bytes) {
  Check check;
  std::copy_n(bytes.begin(), check.size(), check.begin());
  return check;
}

struct ReadBatch {
  Batch batch;
  Check check{};
  std::size_t size = 0;
};

bool has_head(Span bytes) {
  return bytes.size() >= kHeaderBytes && std::equal(kMagic.begin(), kMagic.end(), bytes.begin());
}

/// What the head says of the payload.
std::uint64_t stated_payload(Span bytes) {
  return get(bytes.subspan(20, 4));
}

/// Whether the batch at the start of `bytes`, which has a head, is all there and has its check.
bool is_whole(Span bytes) {
  const std::uint64_t payload_bytes = stated_payload(bytes);
  if (bytes.size() - kHeaderBytes < payload_bytes) return false;
  return check_at(bytes.subspan(kCheckAt, 16)) ==
         check_of(bytes.first(kCheckAt), bytes.subspan(kHeaderBytes, payload_bytes));
}

/// The batch at the start of `bytes`, when it is whole.
std::optional<ReadBatch> read_batch(Span bytes) {
  if (!has_head(bytes) || !is_whole(bytes)) return std::nullopt;
  const Span payload = bytes.subspan(kHeaderBytes, stated_payload(bytes));
  return ReadBatch{.batch = {.first = get(bytes.subspan(8, 8)),
                             .count = static_cast<std::uint32_t>(get(bytes.subspan(16, 4))),
                             .payload = Bytes(payload.begin(), payload.end()),
                             .previous = check_at(bytes.subspan(24, 16))},
                   .check = check_at(bytes.subspan(kCheckAt, 16)),
                   .size = kHeaderBytes + payload.size()};
}

/// Where the entries of the batch at the start of `bytes` end, by their lengths; the end of `bytes`
/// when it comes before.
std::size_t end_of_entries(Span bytes) {
  std::size_t at = kHeaderBytes;
  for (std::uint64_t left = get(bytes.subspan(16, 4)); left > 0; --left) {
    if (at > bytes.size() || bytes.size() - at < 2) return bytes.size();
    at += 2 + get(bytes.subspan(at, 2));
  }
  return std::min(at, bytes.size());
}

/// How a batch that was written later can be told from an entry, within the broken one, that looks
/// like a batch.
struct Broken {
  /// The checks it may have had: the one it shows, and the one of its bytes in case the check
  /// itself is what broke. No entry of it can hold them.
  std::vector<Check> checks;
  /// No entry of it is at or beyond this. Its stated size or the lengths in it may be what broke:
  /// the smaller one counts, since closing a log that was only torn is the lesser harm. 0 when its
  /// head is lost.
  std::size_t end = 0;
};

Broken describe_broken(Span bytes) {
  Broken broken;
  if (!has_head(bytes)) return broken;
  broken.checks.push_back(check_at(bytes.subspan(kCheckAt, 16)));
  const std::uint64_t payload_bytes = stated_payload(bytes);
  if (bytes.size() - kHeaderBytes >= payload_bytes) {
    broken.checks.push_back(
        check_of(bytes.first(kCheckAt), bytes.subspan(kHeaderBytes, payload_bytes)));
  }
  broken.end = std::min<std::uint64_t>(kHeaderBytes + payload_bytes, end_of_entries(bytes));
  return broken;
}

/// Whether a whole batch that was written after the broken one at the start of `bytes` is there.
bool has_later_batch(Span bytes) {
  const Broken broken = describe_broken(bytes);
  auto at = bytes.begin();
  while (at != bytes.end()) {
    at = std::search(at + 1, bytes.end(), kMagic.begin(), kMagic.end());
    const auto offset = static_cast<std::size_t>(at - bytes.begin());
    const Span found = bytes.subspan(offset);
    if (!has_head(found)) continue;
    const Check previous = check_at(found.subspan(24, 16));
    const bool is_linked =
        std::find(broken.checks.begin(), broken.checks.end(), previous) != broken.checks.end();
    // Hashed last: entries may be full of what looks like heads.
    if ((is_linked || offset >= broken.end) && is_whole(found)) return true;
  }
  return false;
}

Error damaged(const std::string& what) {
  return {.code = ErrorCode::kLint,
          .message = "the journal is damaged: " + what,
          .context = {},
          .place = {}};
}

}  // namespace

WrittenBatch write_batch(const Batch& batch) {
  WrittenBatch written;
  Bytes& out = written.bytes;
  out.reserve(kHeaderBytes + batch.payload.size());
  out.insert(out.end(), kMagic.begin(), kMagic.end());
  put(out, batch.first, 8);
  put(out, batch.count, 4);
  put(out, batch.payload.size(), 4);
  out.insert(out.end(), batch.previous.begin(), batch.previous.end());
  written.check = check_of(out, batch.payload);
  out.insert(out.end(), written.check.begin(), written.check.end());
  out.insert(out.end(), batch.payload.begin(), batch.payload.end());
  return written;
}

Result<std::vector<Batch>> parse_journal(std::uint64_t first, Span bytes) {
  std::vector<Batch> batches;
  Check previous{};
  while (!bytes.empty()) {
    auto read = read_batch(bytes);
    if (!read) {
      if (has_later_batch(bytes)) return damaged("whole batches follow a broken one");
      return batches;
    }
    if (read->batch.first != first || read->batch.previous != previous) {
      return damaged("a batch is not in its place");
    }
    first += read->batch.count;
    previous = read->check;
    bytes = bytes.subspan(read->size);
    batches.push_back(std::move(read->batch));
  }
  return batches;
}

std::string journal_name(std::uint64_t first) {
  const std::string digits = std::to_string(first);
  return std::string(kNameDigits - digits.size(), '0') + digits;
}

Result<std::uint64_t> parse_journal_name(std::string_view name) {
  const std::size_t start = std::min(name.find_first_not_of('0'), name.size() - 1);
  if (name.size() == kNameDigits) {
    auto first = tlog::parse_decimal(name.substr(start), "the name of a journal");
    if (first.ok()) return first;
  }
  return Error{.code = ErrorCode::kParse,
               .message = "`" + std::string(name) + "` is no journal",
               .context = {},
               .place = {}};
}

}  // namespace rogatory::storage
