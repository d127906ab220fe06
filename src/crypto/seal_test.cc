// SPDX-License-Identifier: EUPL-1.2

#include "crypto/seal.h"

#include <gtest/gtest.h>

#include <vector>

namespace rogatory::crypto {
namespace {

constexpr std::size_t kMemory = std::size_t{1} << 24U;

std::vector<AgeRecipient> recipients_of(const X25519Identity& identity) {
  std::vector<AgeRecipient> recipients;
  recipients.emplace_back(identity.recipient());
  return recipients;
}

TEST(Seal, DigestsAreThoseOfTheContentAndTheSealOpensToIt) {
  const auto recipients = recipients_of(X25519Identity::generate());
  for (const std::size_t size :
       std::vector<std::size_t>{0, 1, kChunkBytes, kBatchBytes, 6 * kBatchBytes + 3}) {
    const Bytes content(size, std::byte{0x3C});
    const SecretBytes file_key = make_age_file_key();
    MemorySource source(content);
    MemorySink sink(kMemory);
    const auto digests = seal_content(source, file_key, recipients, sink, {});
    ASSERT_TRUE(digests.ok());
    EXPECT_EQ(digests->size_bytes, size);
    EXPECT_EQ(digests->sha256, sha256(content));
    EXPECT_EQ(digests->sha512, sha512(content));
    MemorySource sealed(sink.bytes());
    auto reader = AgeReader::open_with_key(sealed, file_key);
    ASSERT_TRUE(reader.ok());
    const auto opened = digest_content(*reader, {.use_thread = false});
    EXPECT_EQ(opened.value(), digests.value()) << size;
  }
}

TEST(Seal, AFullSinkIsAnError) {
  const Bytes content(4 * kBatchBytes);
  MemorySource source(content);
  MemorySink sink(2 * kBatchBytes);
  const auto refused = seal_content(source, make_age_file_key(),
                                    recipients_of(X25519Identity::generate()), sink, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::ErrorCode::kLimit);
}

}  // namespace
}  // namespace rogatory::crypto
