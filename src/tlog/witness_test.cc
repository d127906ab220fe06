// SPDX-License-Identifier: EUPL-1.2

#include "tlog/witness.h"

#include <gtest/gtest.h>

#include "crypto/bytes.h"
#include "crypto/hash_tree.h"
#include "tlog/signing_key.h"

namespace rogatory::tlog {
namespace {

class WitnessTest : public testing::Test {
 protected:
  WitnessTest() {
    for (int i = 0; i < 20; ++i) {
      leaves_.push_back(crypto::leaf_hash(crypto::to_bytes(std::to_string(i))));
    }
  }

  Hash root(std::size_t size) const { return crypto::tree_root(std::span(leaves_).first(size)); }

  NodeReader nodes() const {
    return [this](const Node& node) -> base::Result<Hash> {
      const std::size_t width = std::size_t{1} << node.level;
      return crypto::tree_root(std::span(leaves_).subspan(node.index * width, width));
    };
  }

  AddCheckpointRequest request(std::uint64_t old_size, std::uint64_t size) const {
    const Checkpoint checkpoint{
        .origin = "log.example", .head = {.size = size, .root = root(size)}, .extensions = {}};
    AddCheckpointRequest made{.old_size = old_size, .proof = {}, .checkpoint = {}};
    if (old_size > 0 && old_size <= size) {
      made.proof = prove_consistency(old_size, size, nodes()).take();
    }
    sign(made, checkpoint.to_text());
    return made;
  }

  void sign(AddCheckpointRequest& made, std::string text) const {
    made.checkpoint.signatures = {log_.signer().sign(text).take()};
    made.checkpoint.text = std::move(text);
  }

  int status(const AddCheckpointRequest& made, std::optional<std::size_t> last_size) const {
    return decide(made, last_size).status;
  }

  WitnessDecision decide(const AddCheckpointRequest& made,
                         std::optional<std::size_t> last_size) const {
    std::optional<WitnessRecord> record;
    if (last_size) record = WitnessRecord{{.size = *last_size, .root = root(*last_size)}};
    return decide_witness(made, std::vector{log_.key()}, record);
  }

  std::vector<Hash> leaves_;
  SigningKey log_ = SigningKey::make("log.example", SignatureType::kEd25519,
                                     std::vector<std::byte>(32, std::byte{1}))
                        .take();
};

TEST_F(WitnessTest, CosignsWhatGrows) {
  EXPECT_EQ(status(request(0, 5), std::nullopt), 200);
  EXPECT_EQ(status(request(5, 17), 5), 200);
  EXPECT_EQ(status(request(17, 17), 17), 200);
  EXPECT_EQ(status(request(0, 0), std::nullopt), 200);
  EXPECT_EQ(status(request(0, 3), 0), 200);
  EXPECT_EQ(decide(request(5, 17), 5).checkpoint->head.size, 17U);
}

TEST_F(WitnessTest, RequestsReadBack) {
  const AddCheckpointRequest made = request(5, 17);
  const auto read = AddCheckpointRequest::parse(made.to_text());
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, made);
}

TEST_F(WitnessTest, AnotherSizeThanTheLastIsAConflictThatNamesIt) {
  const WitnessDecision decision = decide(request(5, 17), 9);
  EXPECT_EQ(decision.status, 409);
  EXPECT_EQ(decision.body, "9\n");
  EXPECT_EQ(decide(request(5, 17), std::nullopt).body, "0\n");
  EXPECT_EQ(status(request(0, 17), 9), 409);
}

TEST_F(WitnessTest, ASmallerTreeIsRefused) {
  EXPECT_EQ(status(request(9, 5), 9), 400);
}

TEST_F(WitnessTest, AnotherPastIsRefused) {
  AddCheckpointRequest made = request(5, 17);
  made.proof[0].bytes[0] ^= std::byte{1};
  EXPECT_EQ(status(made, 5), 422);
  made = request(5, 17);
  made.proof.clear();
  EXPECT_EQ(status(made, 5), 422);
  // The same size with another root, signed by the log: a split view.
  const Checkpoint other{
      .origin = "log.example", .head = {.size = 9, .root = root(8)}, .extensions = {}};
  made = request(9, 9);
  sign(made, other.to_text());
  EXPECT_EQ(status(made, 9), 422);
}

TEST_F(WitnessTest, AProofFromNothingMustBeEmpty) {
  AddCheckpointRequest made = request(0, 5);
  made.proof.push_back(root(1));
  EXPECT_EQ(status(made, std::nullopt), 422);
}

TEST_F(WitnessTest, AnEmptyTreeHasTheEmptyRoot) {
  AddCheckpointRequest made = request(0, 0);
  sign(made, Checkpoint{"log.example", {.size = 0, .root = root(1)}, {}}.to_text());
  EXPECT_EQ(status(made, std::nullopt), 422);
}

TEST_F(WitnessTest, UnknownLogsAndWrongSignaturesAreRefused) {
  AddCheckpointRequest made = request(0, 5);
  made.checkpoint.signatures[0].bytes[0] ^= std::byte{1};
  EXPECT_EQ(status(made, std::nullopt), 403);
  made.checkpoint.signatures[0].name = "stranger.example";
  EXPECT_EQ(status(made, std::nullopt), 403);
  made = request(0, 5);
  sign(made, Checkpoint{"other.example", {.size = 5, .root = root(5)}, {}}.to_text());
  EXPECT_EQ(status(made, std::nullopt), 404);
  made = request(0, 5);
  sign(made, "no checkpoint\n");
  EXPECT_EQ(status(made, std::nullopt), 400);
}

TEST_F(WitnessTest, WhatIsNoRequestIsRefused) {
  const std::string good = request(5, 17).to_text();
  for (const std::string& text :
       {std::string(), "new 5" + good.substr(5), "old 05" + good.substr(5),
        "old x" + good.substr(5), "old  5" + good.substr(5), "old 5\n\n" + good.substr(6),
        "old 5\nAAAA\n" + good.substr(6), good.substr(0, good.size() - 1)}) {
    EXPECT_FALSE(AddCheckpointRequest::parse(text).ok()) << text;
  }
  std::string many = "old 5\n";
  for (int i = 0; i < 64; ++i) many += hash_text(root(1)) + "\n";
  many += "\n" + request(0, 5).checkpoint.to_text();
  EXPECT_EQ(AddCheckpointRequest::parse(many).error().code, base::ErrorCode::kLimit);
}

}  // namespace
}  // namespace rogatory::tlog
