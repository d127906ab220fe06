// SPDX-License-Identifier: EUPL-1.2

#include "crypto/named_digest.h"

#include <gtest/gtest.h>

#include <array>

#include "crypto/digest.h"

namespace rogatory::crypto {
namespace {

std::string digest_of(DigestName name, std::string_view text) {
  NamedDigest digest(name);
  digest.update(std::as_bytes(std::span(text.substr(0, text.size() / 2))));
  digest.update(std::as_bytes(std::span(text.substr(text.size() / 2))));
  return digest.finish_hex();
}

TEST(NamedDigest, KnownAnswers) {
  // RFC 1321 A.5, RFC 3174 7.3, FIPS 180-4 examples.
  EXPECT_EQ(digest_of(DigestName::kMd5, "abc"), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(digest_of(DigestName::kSha1, "abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(digest_of(DigestName::kSha224, "abc"),
            "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7");
  EXPECT_EQ(digest_of(DigestName::kSha256, "abc"), sha256("abc").hex());
  EXPECT_EQ(digest_of(DigestName::kSha384, "abc"),
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
            "8086072ba1e7cc2358baeca134c825a7");
  EXPECT_EQ(digest_of(DigestName::kSha512, "abc"),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

TEST(NamedDigest, NamesAndLengths) {
  EXPECT_EQ(find_digest_name("SHA-512"), DigestName::kSha512);
  EXPECT_EQ(find_digest_name("md5"), DigestName::kMd5);
  EXPECT_EQ(find_digest_name("blake3"), std::nullopt);
  EXPECT_FALSE(is_collision_resistant(DigestName::kSha1));
  for (const DigestName name : {DigestName::kMd5, DigestName::kSha1, DigestName::kSha224,
                                DigestName::kSha256, DigestName::kSha384, DigestName::kSha512}) {
    EXPECT_EQ(find_digest_name(digest_name_text(name)), name);
    EXPECT_EQ(digest_of(name, "x").size(), 2 * digest_bytes(name));
  }
}

}  // namespace
}  // namespace rogatory::crypto
