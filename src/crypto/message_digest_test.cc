// SPDX-License-Identifier: EUPL-1.2
//
// Vectors: NIST, examples of FIPS 180-4 and FIPS 202 for `abc`.

#include "crypto/message_digest.h"

#include <gtest/gtest.h>
#include <openssl/objects.h>

#include <map>
#include <set>

#include "crypto/bytes.h"
#include "crypto/detail/openssl.h"

namespace rogatory::crypto {
namespace {

TEST(MessageDigest, PublishedVectors) {
  const std::map<DigestAlgorithm, std::string> wanted = {
      {DigestAlgorithm::kSha1, "a9993e364706816aba3e25717850c26c9cd0d89d"},
      {DigestAlgorithm::kSha224, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"},
      {DigestAlgorithm::kSha256,
       "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {DigestAlgorithm::kSha384,
       "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
       "8086072ba1e7cc2358baeca134c825a7"},
      {DigestAlgorithm::kSha512,
       "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
       "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"},
      {DigestAlgorithm::kSha3_256,
       "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"},
      {DigestAlgorithm::kSha3_512,
       "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e"
       "10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0"},
  };
  ASSERT_EQ(wanted.size(), kDigestAlgorithms.size());
  for (const auto& [algorithm, hex] : wanted) {
    EXPECT_EQ(message_digest(algorithm, as_bytes("abc")).hex(), hex)
        << digest_algorithm_name(algorithm);
    EXPECT_EQ(digest_size(algorithm), hex.size() / 2);
  }
}

TEST(MessageDigest, IdentifiersAreThoseOfTheLibrary) {
  std::set<std::string_view> names;
  for (const DigestAlgorithm algorithm : kDigestAlgorithms) {
    const ASN1_OBJECT* object = OBJ_nid2obj(EVP_MD_get_type(detail::evp_digest(algorithm)));
    EXPECT_EQ(detail::dotted(object), digest_algorithm_oid(algorithm));
    EXPECT_EQ(digest_algorithm_of_oid(digest_algorithm_oid(algorithm)).value(), algorithm);
    names.insert(digest_algorithm_name(algorithm));
    EXPECT_EQ(is_acceptable(algorithm), algorithm != DigestAlgorithm::kSha1);
  }
  EXPECT_EQ(names.size(), kDigestAlgorithms.size());
  EXPECT_EQ(digest_algorithm_of_oid("1.2.3").error().code, base::ErrorCode::kUnsupported);
}

TEST(MessageDigest, PiecesMakeTheWhole) {
  MessageDigestStream stream(DigestAlgorithm::kSha384);
  for (const std::string_view piece : {"a", "", "bc"}) stream.update(as_bytes(piece));
  EXPECT_EQ(stream.finish(), message_digest(DigestAlgorithm::kSha384, as_bytes("abc")));
}

TEST(MessageDigest, OursAreTaken) {
  EXPECT_EQ(MessageDigest::of(sha256("abc")),
            message_digest(DigestAlgorithm::kSha256, as_bytes("abc")));
  EXPECT_EQ(MessageDigest::of(sha512("abc")),
            message_digest(DigestAlgorithm::kSha512, as_bytes("abc")));
  const KnownDigests some({MessageDigest::of(sha256("abc"))});
  EXPECT_NE(some.find(DigestAlgorithm::kSha256), nullptr);
  EXPECT_EQ(some.find(DigestAlgorithm::kSha512), nullptr);
}

}  // namespace
}  // namespace rogatory::crypto
