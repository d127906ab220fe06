// SPDX-License-Identifier: EUPL-1.2

#include "tlog/tlog_proof.h"

#include <gtest/gtest.h>

#include "crypto/bytes.h"
#include "crypto/hash_tree.h"
#include "tlog/signing_key.h"

namespace rogatory::tlog {
namespace {

using base::ErrorCode;

class TlogProofTest : public testing::Test {
 protected:
  TlogProofTest() {
    for (int i = 0; i < 11; ++i) {
      leaves_.push_back(crypto::leaf_hash(crypto::to_bytes(std::to_string(i))));
    }
    const NodeReader nodes = [this](const Node& node) -> base::Result<Hash> {
      const std::size_t width = std::size_t{1} << node.level;
      return crypto::tree_root(std::span(leaves_).subspan(node.index * width, width));
    };
    const Checkpoint checkpoint{
        .origin = "log.example",
        .head = {.size = leaves_.size(), .root = crypto::tree_root(leaves_)},
        .extensions = {}};
    proof_.index = 6;
    proof_.path = prove_inclusion(6, leaves_.size(), nodes).take();
    proof_.checkpoint.text = checkpoint.to_text();
    proof_.checkpoint.signatures = {
        log_.signer().sign(proof_.checkpoint.text).take(),
        witness_.signer().sign(proof_.checkpoint.text, 1764036000).take()};
  }

  std::vector<Hash> leaves_;
  SigningKey log_ = SigningKey::make("log.example", SignatureType::kEd25519,
                                     std::vector<std::byte>(32, std::byte{1}))
                        .take();
  SigningKey witness_ = SigningKey::make("w.example", SignatureType::kEd25519Cosignature,
                                         std::vector<std::byte>(32, std::byte{2}))
                            .take();
  Policy policy_ = Policy::parse("log " + log_.key().to_text() + "\nwitness W " +
                                 witness_.key().to_text() + "\nquorum W\n")
                       .take();
  TlogProof proof_;
};

TEST_F(TlogProofTest, StandsAlone) {
  const auto read = TlogProof::parse(proof_.to_text());
  ASSERT_TRUE(read.ok()) << read.error().to_string();
  EXPECT_EQ(*read, proof_);
  const auto verified = verify_tlog_proof(*read, leaves_[6], policy_);
  ASSERT_TRUE(verified.ok());
  EXPECT_EQ(verified->index, 6U);
  EXPECT_EQ(verified->checkpoint.witnesses[0].timestamp, 1764036000U);
}

TEST_F(TlogProofTest, ExtraDataIsCarriedAndNotTrusted) {
  proof_.extra = crypto::to_bytes("anything");
  const auto read = TlogProof::parse(proof_.to_text());
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->extra, proof_.extra);
  EXPECT_TRUE(verify_tlog_proof(*read, leaves_[6], policy_).ok());
  proof_.extra = std::vector<std::byte>();
  EXPECT_EQ(TlogProof::parse(proof_.to_text())->extra, proof_.extra);
}

TEST_F(TlogProofTest, OfAnotherEntryItProvesNothing) {
  EXPECT_EQ(verify_tlog_proof(proof_, leaves_[5], policy_).error().code, ErrorCode::kLint);
  for (std::uint64_t index = 0; index < 13; ++index) {
    proof_.index = index;
    EXPECT_EQ(verify_tlog_proof(proof_, leaves_[6], policy_).ok(), index == 6);
  }
}

TEST_F(TlogProofTest, EveryByteCounts) {
  // Nothing that was signed or hashed can change: what still parses does not verify. What may
  // differ is the order of signatures alone, and no single byte makes that.
  const std::string text = proof_.to_text();
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const int mask : {1, 32}) {
      std::string changed = text;
      changed[i] = static_cast<char>(changed[i] ^ mask);
      const auto read = TlogProof::parse(changed);
      if (!read.ok()) continue;
      EXPECT_FALSE(verify_tlog_proof(*read, leaves_[6], policy_).ok()) << i;
    }
  }
}

TEST_F(TlogProofTest, WhatIsNoProofIsRefused) {
  const std::string text = proof_.to_text();
  const std::size_t index = text.find("index 6\n");
  const auto with_index = [&](const std::string& line) {
    return text.substr(0, index) + line + text.substr(index + 8);
  };
  for (const std::string& wrong :
       {std::string(), text.substr(1), with_index(""), with_index("index 06\n"),
        with_index("index -1\n"), with_index("index 9223372036854775808\n"),
        with_index("index 6\nindex 6\n"), with_index("extra AA\nindex 6\n"),
        with_index("index 6\nextra AAAA\n"), with_index("index 6\n\n"),
        with_index("index 6\nAAAA\n"), text.substr(0, text.find("\n\n") + 1)}) {
    EXPECT_FALSE(TlogProof::parse(wrong).ok()) << wrong;
  }
  std::string many = "index 6\n";
  for (int i = 0; i < 70; ++i) many += hash_text(leaves_[0]) + "\n";
  EXPECT_EQ(TlogProof::parse(with_index(many)).error().code, ErrorCode::kLimit);
}

}  // namespace
}  // namespace rogatory::tlog
