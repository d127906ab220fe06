// SPDX-License-Identifier: EUPL-1.2

#include "storage/journal.h"

#include <gtest/gtest.h>

#include "crypto/bytes.h"
#include "tlog/tile.h"

namespace rogatory::storage {
namespace {

using base::ErrorCode;
using Bytes = std::vector<std::byte>;

constexpr std::size_t kHeadBytes = 56;
constexpr std::size_t kSizeAt = 20;
constexpr std::size_t kCheckAt = 40;

/// A journal, and where its batches start.
struct Made {
  Bytes bytes;
  std::vector<std::size_t> starts;
  Check check{};

  void add(const std::vector<Bytes>& entries) {
    Batch batch{.first = count, .count = 0, .payload = {}, .previous = check};
    for (const Bytes& entry : entries) {
      EXPECT_TRUE(tlog::append_to_bundle(entry, batch.payload).ok());
      ++batch.count;
    }
    count += batch.count;
    const WrittenBatch written = write_batch(batch);
    check = written.check;
    starts.push_back(bytes.size());
    bytes.insert(bytes.end(), written.bytes.begin(), written.bytes.end());
  }

  std::uint64_t count = 0;
};

/// Six batches of 87 bytes.
Made six() {
  Made made;
  for (int i = 0; i < 6; ++i) made.add({Bytes(29, std::byte{'e'})});
  return made;
}

Bytes with_zeroes(Bytes bytes, std::size_t from, std::size_t until) {
  std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(from),
            bytes.begin() + static_cast<std::ptrdiff_t>(until), std::byte{0});
  return bytes;
}

void expect_damaged(const Bytes& bytes, const std::string& what) {
  const auto parsed = parse_journal(0, bytes);
  ASSERT_FALSE(parsed.ok()) << what;
  EXPECT_EQ(parsed.error().code, ErrorCode::kLint);
}

TEST(Journal, ReadsWhatWasWritten) {
  const Made made = six();
  ASSERT_EQ(made.bytes.size(), 6 * 87U);
  const auto parsed = parse_journal(0, made.bytes);
  ASSERT_TRUE(parsed.ok());
  ASSERT_EQ(parsed->size(), 6U);
  EXPECT_EQ((*parsed)[5].first, 5U);
}

TEST(Journal, TwoBrokenBatchesDoNotHideThoseAfterThem) {
  const Made made = six();
  expect_damaged(with_zeroes(made.bytes, 147, 234), "as a lost sector");
  // Any hole that leaves the last batch.
  for (std::size_t from = 0; from < made.starts[5]; from += 5) {
    for (std::size_t until = from + 1; until <= made.starts[5]; until += 7) {
      // The only zeroes that change nothing are those that were zeroes before.
      const Bytes bad = with_zeroes(made.bytes, from, until);
      if (bad != made.bytes)
        expect_damaged(bad, std::to_string(from) + "-" + std::to_string(until));
    }
  }
}

TEST(Journal, ALostSizeDoesNotHideThoseAfterIt) {
  const Made made = six();
  Bytes bad = with_zeroes(made.bytes, made.starts[2], made.starts[3]);
  // The first broken one reaches beyond all others, by its stated size.
  bad[made.starts[1] + kSizeAt] = std::byte{0x7f};
  bad[made.starts[1] + kCheckAt] ^= std::byte{1};
  expect_damaged(bad, "size");
}

TEST(Journal, AnEntryThatLooksLikeABatchIsDroppedWithItsTornBatch) {
  const Bytes look_alike = [] {
    Made inner;
    inner.add({crypto::to_bytes("within")});
    inner.add({crypto::to_bytes("within")});
    return inner.bytes;
  }();
  Made made;
  made.add({crypto::to_bytes("before")});
  made.add({crypto::to_bytes("a"), look_alike, Bytes(300, std::byte{'c'})});
  const std::size_t start = made.starts[1];
  for (std::size_t size = start; size < made.bytes.size(); ++size) {
    // What a crash leaves: fewer bytes, or zeroes at their end.
    Bytes cut = made.bytes;
    cut.resize(size);
    ASSERT_EQ(parse_journal(0, cut)->size(), 1U) << size;
    const Bytes zeroed = with_zeroes(made.bytes, size, made.bytes.size());
    const auto parsed = parse_journal(0, zeroed);
    ASSERT_TRUE(parsed.ok()) << size;
    ASSERT_EQ(parsed->size(), 1U) << size;
  }
  // With a lost head nobody can tell: closed.
  expect_damaged(with_zeroes(made.bytes, start, start + kHeadBytes), "head");
}

TEST(Journal, DamageOfTheLastBatchLooksLikeACrash) {
  const Made made = six();
  for (std::size_t at = made.starts[5]; at < made.bytes.size(); ++at) {
    Bytes bad = made.bytes;
    bad[at] ^= std::byte{1};
    EXPECT_EQ(parse_journal(0, bad)->size(), 5U);
  }
}

}  // namespace
}  // namespace rogatory::storage
