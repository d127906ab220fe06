// SPDX-License-Identifier: EUPL-1.2

#include "storage/detail/journal.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "crypto/digest.h"
#include "tlog/checkpoint.h"

namespace rogatory::storage::detail {
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

/// The batch at the start of `bytes`, when it is whole.
std::optional<ReadBatch> read_batch(Span bytes) {
  if (bytes.size() < kHeaderBytes) return std::nullopt;
  if (!std::equal(kMagic.begin(), kMagic.end(), bytes.begin())) return std::nullopt;
  const std::uint64_t payload_bytes = get(bytes.subspan(20, 4));
  if (bytes.size() - kHeaderBytes < payload_bytes) return std::nullopt;
  const Span payload = bytes.subspan(kHeaderBytes, payload_bytes);
  const Check check = check_at(bytes.subspan(kCheckAt, 16));
  if (check != check_of(bytes.first(kCheckAt), payload)) return std::nullopt;
  return ReadBatch{.batch = {.first = get(bytes.subspan(8, 8)),
                             .count = static_cast<std::uint32_t>(get(bytes.subspan(16, 4))),
                             .payload = Bytes(payload.begin(), payload.end()),
                             .previous = check_at(bytes.subspan(24, 16))},
                   .check = check,
                   .size = kHeaderBytes + payload_bytes};
}

/// The checks that the batch broken at the start of `bytes` may have had: the one it shows, and the
/// one of its bytes in case the check itself is what broke. None when its head is lost.
std::vector<Check> checks_of_broken(Span bytes) {
  std::vector<Check> checks;
  if (bytes.size() < kHeaderBytes) return checks;
  if (!std::equal(kMagic.begin(), kMagic.end(), bytes.begin())) return checks;
  checks.push_back(check_at(bytes.subspan(kCheckAt, 16)));
  const std::uint64_t payload_bytes = get(bytes.subspan(20, 4));
  if (bytes.size() - kHeaderBytes >= payload_bytes) {
    checks.push_back(check_of(bytes.first(kCheckAt), bytes.subspan(kHeaderBytes, payload_bytes)));
  }
  return checks;
}

/// Whether a whole batch that was written later is anywhere in `bytes`. An entry may look like one,
/// but cannot hold the check of the batch it is in.
bool has_later_batch(Span bytes) {
  const std::vector<Check> checks = checks_of_broken(bytes);
  auto at = bytes.begin();
  while (at != bytes.end()) {
    at = std::search(at + 1, bytes.end(), kMagic.begin(), kMagic.end());
    const auto found = read_batch(bytes.subspan(static_cast<std::size_t>(at - bytes.begin())));
    if (!found) continue;
    const Check& previous = found->batch.previous;
    if (checks.empty() || std::find(checks.begin(), checks.end(), previous) != checks.end()) {
      return true;
    }
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

}  // namespace rogatory::storage::detail
