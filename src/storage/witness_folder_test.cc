// SPDX-License-Identifier: EUPL-1.2

#include "storage/witness_folder.h"

#include <gtest/gtest.h>

#include "crypto/bytes.h"
#include "storage/log_writer.h"
#include "storage/tile_folder.h"
#include "support/fault_files.h"
#include "tlog/policy.h"
#include "tlog/signing_key.h"

namespace rogatory::storage {
namespace {

using test::Fault;
using test::FaultFiles;
using test::Restart;
using Bytes = std::vector<std::byte>;

constexpr std::uint64_t kNow = 1764036000;

class WitnessFolderTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(files_.make_folder("/witness").ok());
    ASSERT_TRUE(files_.sync_folder("/").ok());
    ASSERT_TRUE(LogWriter::init(log_files_, "/log", "log.example").ok());
  }

  /// A request for the log grown by one entry.
  tlog::AddCheckpointRequest grown(std::uint64_t old_size) {
    const auto log = LogWriter::open(log_files_, "/log").take();
    EXPECT_TRUE(log->append(crypto::to_bytes("entry")).ok());
    const std::vector<tlog::NoteSigner> signers = {key_.signer()};
    tlog::AddCheckpointRequest request{
        .old_size = old_size,
        .proof = {},
        .checkpoint = tlog::Note::parse(*log->publish(signers, 0)).take()};
    const TileFolder tiles(log_files_, "/log");
    if (old_size > 0) {
      request.proof =
          tlog::prove_consistency(old_size, log->size(), tiles.nodes(log->size())).take();
    }
    return request;
  }

  base::Result<WitnessAnswer> ask(const tlog::AddCheckpointRequest& request) {
    return cosign(files_, "/witness", request, std::vector{key_.key()}, witness_.signer(), kNow);
  }

  FaultFiles files_;
  FaultFiles log_files_;
  tlog::SigningKey key_ =
      tlog::SigningKey::make("log.example", tlog::SignatureType::kEd25519, Bytes(32, std::byte{1}))
          .take();
  tlog::SigningKey witness_ =
      tlog::SigningKey::make("w.example", tlog::SignatureType::kEd25519Cosignature,
                             Bytes(32, std::byte{2}))
          .take();
};

TEST_F(WitnessFolderTest, CosignaturesMakeAPolicyHold) {
  tlog::AddCheckpointRequest request = grown(0);
  const auto answer = ask(request);
  ASSERT_TRUE(answer.ok());
  ASSERT_EQ(answer->status, 200) << answer->body;
  const auto lines = tlog::parse_signature_lines(answer->body);
  ASSERT_TRUE(lines.ok());
  request.checkpoint.signatures.push_back((*lines)[0]);
  const auto policy = tlog::Policy::parse("log " + key_.key().to_text() + "\nwitness W " +
                                          witness_.key().to_text() + "\nquorum W\n");
  const auto checked = policy->check(request.checkpoint);
  ASSERT_TRUE(checked.ok()) << checked.error().to_string();
  EXPECT_EQ(checked->witnesses[0].timestamp, kNow);
}

TEST_F(WitnessFolderTest, RemembersWhatItSaw) {
  const auto first = grown(0);
  ASSERT_EQ(ask(first)->status, 200);
  const auto second = grown(1);
  ASSERT_EQ(ask(second)->status, 200);
  const auto again = ask(first);
  EXPECT_EQ(again->status, 409);
  EXPECT_EQ(again->body, "2\n");
}

TEST_F(WitnessFolderTest, ACutTailIsFoundByWhatWasCosigned) {
  grown(0);
  const auto cut = log_files_.copy();
  auto request = grown(0);
  ASSERT_EQ(ask(request)->status, 200);
  // Somebody takes the log back to one entry, its own memory included, and grows it otherwise. The
  // log itself cannot tell; the witness can, and so can whoever holds the cosigned checkpoint.
  const auto log = LogWriter::open(*cut, "/log").take();
  ASSERT_TRUE(log->append(crypto::to_bytes("other")).ok());
  ASSERT_TRUE(log->append(crypto::to_bytes("and more")).ok());
  const std::vector<tlog::NoteSigner> signers = {key_.signer()};
  const auto other = tlog::Note::parse(*log->publish(signers, 0)).take();
  const TileFolder tiles(*cut, "/log");
  const auto proof = tlog::prove_consistency(2, 3, tiles.nodes(3)).take();
  const auto answer = ask({.old_size = 2, .proof = proof, .checkpoint = other});
  EXPECT_EQ(answer->status, 422);
  const auto cosigned = tlog::Checkpoint::parse(request.checkpoint.text)->head;
  const auto cut_head = tlog::Checkpoint::parse(other.text)->head;
  EXPECT_FALSE(tlog::verify_consistency(cosigned, cut_head, proof).ok());
}

TEST_F(WitnessFolderTest, WhatWasCosignedOutlivesALossOfPower) {
  const auto first = grown(0);
  ASSERT_EQ(ask(first)->status, 200);
  files_.restart(Restart::kDropsAll);
  EXPECT_EQ(ask(first)->status, 409);
}

TEST_F(WitnessFolderTest, NothingIsSignedBeforeItIsRemembered) {
  const auto first = grown(0);
  int signatures = 0;
  // The power goes while the key signs: what is on the disk by then has to refuse the same tree.
  const tlog::NoteSigner late(
      witness_.key(), [&](std::span<const std::byte>) -> base::Result<std::vector<std::byte>> {
        ++signatures;
        const auto disk = files_.copy();
        disk->restart(Restart::kDropsAll);
        const auto again =
            cosign(*disk, "/witness", first, std::vector{key_.key()}, witness_.signer(), kNow);
        EXPECT_TRUE(again.ok() && again->status == 409);
        return base::Error{.code = base::ErrorCode::kIo, .message = "no power"};
      });
  EXPECT_FALSE(cosign(files_, "/witness", first, std::vector{key_.key()}, late, kNow).ok());
  EXPECT_EQ(signatures, 1);
}

TEST_F(WitnessFolderTest, NoCosignatureLeavesBeforeItsTreeIsOnTheDisk) {
  const auto first = grown(0);
  const auto fresh = files_.copy();
  for (std::size_t call = 0;; ++call) {
    for (const Fault fault : {Fault::kFails, Fault::kFailsAfterwards, Fault::kFailsHalfway,
                              Fault::kStops, Fault::kStopsAfterwards}) {
      for (const Restart how :
           {Restart::kDropsAll, Restart::kKeepsAll, Restart::kKeepsNames, Restart::kKeepsHalf}) {
        const auto disk = fresh->copy();
        disk->plan(call, fault);
        const auto answer =
            cosign(*disk, "/witness", first, std::vector{key_.key()}, witness_.signer(), kNow);
        if (!disk->has_failed()) return;
        disk->restart(how);
        const auto again =
            cosign(*disk, "/witness", first, std::vector{key_.key()}, witness_.signer(), kNow);
        ASSERT_TRUE(again.ok()) << again.error().to_string();
        // If the first answer left, the tree is remembered.
        if (answer.ok() && answer->status == 200) {
          EXPECT_EQ(again->status, 409);
        }
      }
    }
  }
}

}  // namespace
}  // namespace rogatory::storage
