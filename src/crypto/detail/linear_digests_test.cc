// SPDX-License-Identifier: EUPL-1.2
//
// The common loop against OpenSSL, on every length around its blocks and on parts cut anywhere.

#include "crypto/detail/linear_digests.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <random>
#include <vector>

#include "support/run_mode.h"

namespace rogatory::crypto::detail {
namespace {

Bytes random_content(std::size_t size) {
  std::mt19937_64 random(test::seed_or(11));
  Bytes bytes(size);
  for (std::byte& byte : bytes) byte = static_cast<std::byte>(random() & 0xFFU);
  return bytes;
}

class Linear : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (GetParam() && !has_common_loop()) GTEST_SKIP() << "not on this processor";
  }
};

TEST_P(Linear, EveryLengthUpToFiveBlocks) {
  const Bytes content = random_content(std::size_t{5} * 128);
  for (std::size_t size = 0; size <= content.size(); ++size) {
    const ByteView bytes = ByteView(content).first(size);
    LinearDigests digests(GetParam());
    digests.update(bytes);
    ASSERT_EQ(digests.finish256(), sha256(bytes)) << size;
    ASSERT_EQ(digests.finish512(), sha512(bytes)) << size;
  }
}

TEST_P(Linear, PartsCutAnywhere) {
  const Bytes content = random_content(20'000);
  EXPECT_TRUE(rc::check("parts", [&](const std::vector<std::uint16_t>& cuts) {
    LinearDigests digests(GetParam());
    ByteView rest(content);
    for (const std::uint16_t cut : cuts) {
      const std::size_t size = std::min<std::size_t>(rest.size(), cut % 700);
      digests.update(rest.first(size));
      rest = rest.subspan(size);
    }
    const ByteView read = ByteView(content).first(content.size() - rest.size());
    RC_ASSERT(digests.finish256() == sha256(read));
    RC_ASSERT(digests.finish512() == sha512(read));
  }));
}

/// 2^32 bits and more are counted in two halves.
TEST_P(Linear, MoreThanHalfAGibibyte) {
  const Bytes content = random_content(std::size_t{1} << 20U);
  LinearDigests digests(GetParam());
  Sha256Stream stream256;
  Sha512Stream stream512;
  for (int i = 0; i < 513; ++i) {
    digests.update(content);
    stream256.update(content);
    stream512.update(content);
  }
  EXPECT_EQ(digests.finish256(), stream256.finish());
  EXPECT_EQ(digests.finish512(), stream512.finish());
}

INSTANTIATE_TEST_SUITE_P(BothWays, Linear, testing::Bool(),
                         [](const auto& way) { return way.param ? "common_loop" : "each_apart"; });

}  // namespace
}  // namespace rogatory::crypto::detail
