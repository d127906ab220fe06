// SPDX-License-Identifier: EUPL-1.2
//
// A log that another program wrote (transparency-dev/tessera): its checkpoints 0 to 15.

#include <gtest/gtest.h>

#include "base/file.h"
#include "crypto/bytes.h"
#include "crypto/hash_tree.h"
#include "storage/audit.h"
#include "storage/log_writer.h"
#include "storage/posix_files.h"
#include "storage/tile_folder.h"
#include "support/shared.h"
#include "support/temp_folder.h"
#include "tlog/policy.h"
#include "tlog/signing_key.h"
#include "tlog/tlog_proof.h"

namespace rogatory::storage {
namespace {

/// Published with that program's tests.
constexpr std::string_view kPrivateKey =
    "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg";

class TileLogVectors : public testing::Test {
 protected:
  void SetUp() override {
    const auto archive = test::shared_path("vectors/tlog-tiles.tar.gz");
    if (!archive) GTEST_SKIP() << "no shared data";
    test::unpack(*archive, temp_.path());
  }

  std::string note_text(std::size_t size) const {
    return test::read_bytes(log_ / ("checkpoint." + std::to_string(size)));
  }

  tlog::TreeHead head(std::size_t size) const {
    return policy_.check(*tlog::Note::parse(note_text(size)))->checkpoint.head;
  }

  test::TempFolder temp_;
  std::filesystem::path log_ = temp_ / "tlog-tiles/testdata/log";
  std::unique_ptr<Files> files_ = make_posix_files();
  TileFolder tiles_{*files_, log_};
  tlog::SigningKey key_ = tlog::SigningKey::parse(kPrivateKey).take();
  tlog::Policy policy_ =
      tlog::Policy::parse("log " + key_.key().to_text() + "\nquorum none\n").take();
};

TEST_F(TileLogVectors, EveryCheckpointVerifiesAgainstItsTiles) {
  for (std::size_t size = 0; size <= 15; ++size) {
    const auto note = tlog::Note::parse(note_text(size));
    ASSERT_TRUE(note.ok()) << size;
    EXPECT_EQ(note->to_text(), note_text(size));
    const auto answer = policy_.check(*note);
    ASSERT_TRUE(answer.ok()) << size << " " << answer.error().to_string();
    EXPECT_EQ(answer->checkpoint.head.size, size);
    const auto audit = audit_log(tiles_, answer->checkpoint.head);
    ASSERT_TRUE(audit.ok()) << size << " " << audit.error().to_string();
    EXPECT_EQ(audit->entries, size);
  }
}

TEST_F(TileLogVectors, EveryPairIsConsistentAndEveryEntryIncluded) {
  for (std::size_t size = 1; size <= 15; ++size) {
    const auto nodes = tiles_.nodes(size);
    for (std::size_t old_size = 1; old_size <= size; ++old_size) {
      const auto proof = tlog::prove_consistency(old_size, size, nodes);
      ASSERT_TRUE(tlog::verify_consistency(head(old_size), head(size), *proof).ok());
    }
    for (std::size_t index = 0; index < size; ++index) {
      const tlog::TlogProof proof{.extra = {},
                                  .index = index,
                                  .path = tlog::prove_inclusion(index, size, nodes).take(),
                                  .checkpoint = tlog::Note::parse(note_text(size)).take()};
      const auto leaf = crypto::leaf_hash(*tiles_.read_entry(index, size));
      const auto read = tlog::TlogProof::parse(proof.to_text());
      ASSERT_TRUE(tlog::verify_tlog_proof(*read, leaf, policy_).ok());
    }
  }
}

TEST_F(TileLogVectors, OursWritesTheSameBytes) {
  const auto ours = temp_ / "ours";
  ASSERT_TRUE(LogWriter::init(*files_, ours, "example.com/log/testdata").ok());
  const auto log = LogWriter::open(*files_, ours).take();
  const std::vector<tlog::NoteSigner> signers = {key_.signer()};
  for (std::size_t size = 0; size <= 15; ++size) {
    if (size > 0) {
      const auto entry = tiles_.read_entry(size - 1, 15);
      ASSERT_TRUE(log->append(*entry).ok());
    }
    // Ed25519 is deterministic: the signatures are equal too.
    ASSERT_EQ(*log->publish(signers, 0), note_text(size));
    if (size == 0) continue;
    for (const std::string folder : {"tile/0/000.p/", "tile/entries/000.p/"}) {
      const std::string path = folder + std::to_string(size);
      ASSERT_EQ(test::read_bytes(ours / path), test::read_bytes(log_ / path)) << path;
    }
  }
}

}  // namespace
}  // namespace rogatory::storage
