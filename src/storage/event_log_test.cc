// SPDX-License-Identifier: EUPL-1.2
#include "storage/event_log.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>

#include "crypto/bytes.h"
#include "crypto/hash_tree.h"
#include "storage/migrations.h"
#include "storage/posix_files.h"
#include "support/temp_folder.h"
#include "tlog/signing_key.h"

namespace rogatory::storage {
namespace {

using base::ErrorCode;

constexpr std::string_view kOrigin = "vault.example/log";

class EventLogTest : public ::testing::Test {
 protected:
  EventLogTest() : files_(make_posix_files()) {
    std::filesystem::create_directory(folder_ / "log");
    open();
    const std::vector<std::byte> seed(tlog::SigningKey::kSeedBytes, std::byte{7});
    key_.emplace(
        tlog::SigningKey::make(std::string(kOrigin), tlog::SignatureType::kEd25519, seed).take());
  }

  void open() {
    log_.reset();
    database_.reset();
    database_.emplace(Database::open(folder_ / "vault.db", {}).take());
    migrate(*database_, migrations()).value();
    log_.emplace(*database_, *files_,
                 LogPlaces{.export_folder = folder_ / "log", .signed_record = folder_ / "signed"});
  }

  /// Puts the database back to what `backup` holds.
  void restore(const std::filesystem::path& backup) {
    log_.reset();
    database_.reset();
    for (const char* ending : {"", "-wal", "-shm"}) {
      std::filesystem::remove(folder_.path() / ("vault.db" + std::string(ending)));
    }
    std::filesystem::copy_file(backup, folder_ / "vault.db");
    open();
  }

  void append(int count, std::string_view what = "event") {
    auto transaction = database_->begin().take();
    for (int i = 0; i < count; ++i) {
      const std::string leaf = fmt::format("{} {}", what, ++version_);
      const auto appended = log_->append({.stream = stream_,
                                          .version = version_,
                                          .leaf = leaf,
                                          .sealed = crypto::as_bytes("sealed")});
      ASSERT_TRUE(appended.ok()) << appended.error().to_string();
    }
    ASSERT_TRUE(transaction.commit().ok());
  }

  static tlog::Checkpoint checkpoint_of(const std::string& note) {
    return tlog::Checkpoint::parse(tlog::Note::parse(note)->text).take();
  }

  /// Seven leaves are signed, and the database is put back to the first three.
  struct PutBack {
    /// The checkpoint over seven.
    std::string last;
    /// What `signed` held over three.
    std::string old_record;
  };
  PutBack put_back_three_of_seven() {
    append(3);
    EXPECT_TRUE(publish().ok());
    EXPECT_TRUE(database_->back_up_to(folder_ / "backup.db").ok());
    PutBack out{.last = {}, .old_record = test::read_bytes(folder_ / "signed")};
    append(4);
    out.last = publish().value();
    restore(folder_ / "backup.db");
    version_ = 3;
    return out;
  }

  base::Result<std::string> publish() {
    const std::vector<tlog::NoteSigner> signers = {key_->signer()};
    return log_->publish(signers, kOrigin, 1);
  }

  /// Every proof leads from its leaf to the published checkpoint.
  void expect_proofs() {
    const auto size = log_->size().value();
    for (std::uint64_t index = 0; index < size; ++index) {
      const auto proof = log_->prove(index);
      ASSERT_TRUE(proof.ok()) << proof.error().to_string();
      const auto head = tlog::Checkpoint::parse(proof->checkpoint.text)->head;
      const auto leaf = crypto::leaf_hash(crypto::as_bytes(log_->leaf_at(index).value()));
      EXPECT_TRUE(tlog::verify_inclusion(leaf, index, head.size, head.root, proof->path).ok());
    }
  }

  test::TempFolder folder_;
  std::unique_ptr<Files> files_;
  std::optional<Database> database_;
  std::optional<EventLog> log_;
  std::optional<tlog::SigningKey> key_;
  Bytes stream_ = crypto::to_bytes("case");
  std::int64_t version_ = 0;
};

TEST_F(EventLogTest, AnEventHasAPlaceOnlyAfterIntegration) {
  append(3);
  EXPECT_EQ(log_->size().value(), 0U);
  EXPECT_EQ(log_->integrate().value().size, 3U);
  std::vector<std::optional<std::uint64_t>> places;
  ASSERT_TRUE(log_->for_each(stream_,
                             [&](const StoredEvent& event) {
                               places.push_back(event.leaf_index);
                               return base::Result<void>();
                             })
                  .ok());
  EXPECT_EQ(places, (std::vector<std::optional<std::uint64_t>>{0, 1, 2}));
}

TEST_F(EventLogTest, TheTreeIsThatOfTheLeavesAtEverySize) {
  crypto::TreeHasher expected;
  for (int i = 0; i < 600; ++i) {
    append(1);
    expected.push_leaf_hash(crypto::leaf_hash(crypto::as_bytes(fmt::format("event {}", version_))));
    if (i % 50 != 0 && i < 590) continue;
    EXPECT_EQ(log_->integrate().value().root, expected.root()) << i;
  }
  ASSERT_TRUE(publish().ok());
  expect_proofs();
  EXPECT_TRUE(log_->audit().ok());
}

TEST_F(EventLogTest, AnEmptyLogHasTheEmptyRoot) {
  EXPECT_EQ(log_->integrate().value().root, crypto::empty_root());
}

TEST_F(EventLogTest, AVersionIsWrittenOnce) {
  append(1);
  const auto again = log_->append(
      {.stream = stream_, .version = 1, .leaf = "other", .sealed = crypto::as_bytes("x")});
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, ErrorCode::kConflict);
}

TEST_F(EventLogTest, PublishesOnceForOneTree) {
  append(2);
  const std::string note = publish().value();
  EXPECT_EQ(publish().value(), note);
  EXPECT_EQ(test::read_bytes(folder_ / "log/checkpoint"), note);
  append(1);
  EXPECT_NE(publish().value(), note);
}

TEST_F(EventLogTest, ForgettingLeavesTheProof) {
  append(2);
  ASSERT_TRUE(publish().ok());
  {
    auto transaction = database_->begin().take();
    ASSERT_TRUE(log_->forget(stream_).ok());
    ASSERT_TRUE(transaction.commit().ok());
  }
  ASSERT_TRUE(log_->for_each(stream_,
                             [&](const StoredEvent& event) {
                               EXPECT_FALSE(event.sealed);
                               EXPECT_FALSE(event.leaf.empty());
                               return base::Result<void>();
                             })
                  .ok());
  expect_proofs();
  EXPECT_TRUE(log_->audit().ok());
}

TEST_F(EventLogTest, ARestoredBackupIsNotSigned) {
  const std::string last = put_back_three_of_seven().last;
  const auto refused = publish();
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kRefused);
  EXPECT_NE(refused.error().message.find("the log has 3 leaves, and 7 were signed"),
            std::string::npos);
  append(9, "other");
  const auto forked = publish();
  ASSERT_FALSE(forked.ok());
  EXPECT_EQ(forked.error().code, ErrorCode::kRefused);
  EXPECT_EQ(test::read_bytes(folder_ / "log/checkpoint"), last);
}

TEST_F(EventLogTest, RecoveryTakesBackWhatWasSignedAndGoesOn) {
  append(300);
  ASSERT_TRUE(publish().ok());
  ASSERT_TRUE(database_->back_up_to(folder_ / "backup.db").ok());
  append(400);
  ASSERT_TRUE(publish().ok());
  const tlog::TreeHead before = log_->head().value();
  restore(folder_ / "backup.db");
  version_ = 300;
  const auto lost = log_->recover();
  ASSERT_TRUE(lost.ok()) << lost.error().to_string();
  EXPECT_EQ(*lost, (LostRange{.from = 300, .until = 700}));
  EXPECT_EQ(log_->head().value(), before);
  append(1, "after the restore");
  ASSERT_TRUE(publish().ok());
  const tlog::TreeHead after = log_->head().value();
  EXPECT_EQ(after.size, 701U);
  const auto proof = tlog::prove_consistency(before.size, after.size, log_->nodes(after.size));
  EXPECT_TRUE(tlog::verify_consistency(before, after, *proof).ok());
  expect_proofs();
  EXPECT_TRUE(log_->audit().ok());
  EXPECT_EQ(log_->recover().value(), std::nullopt);
}

TEST_F(EventLogTest, ALostRecordIsNoTreeOfNoLeaves) {
  const std::string last = put_back_three_of_seven().last;
  const std::string record = test::read_bytes(folder_ / "signed");
  std::filesystem::remove(folder_.path() / "signed");
  append(1, "other");
  const auto refused = [](const auto& result) {
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code, ErrorCode::kRefused);
    EXPECT_NE(result.error().message.find("Bring the record back"), std::string::npos);
  };
  refused(publish());
  refused(log_->recover());
  refused(log_->audit());
  EXPECT_EQ(test::read_bytes(folder_ / "log/checkpoint"), last);
  // The checkpoints of the database tell it as well as the exported one.
  std::filesystem::remove(folder_.path() / "log/checkpoint");
  refused(publish());
  refused(log_->recover());
  test::write_bytes(folder_ / "signed", record);
  EXPECT_EQ(log_->recover().value(), (LostRange{.from = 3, .until = 7}));
  EXPECT_TRUE(publish().ok());
}

TEST_F(EventLogTest, ALostRecordIsFoundedOnACheckpointThatOthersHold) {
  append(3);
  const auto older = checkpoint_of(publish().value());
  append(4);
  const auto last = checkpoint_of(publish().value());
  EXPECT_EQ(log_->found_record(last).error().code, ErrorCode::kConflict);
  // The disk with the record and the exported files is lost.
  std::filesystem::remove(folder_.path() / "signed");
  std::filesystem::remove_all(folder_.path() / "log");
  append(2);
  EXPECT_EQ(publish().error().code, ErrorCode::kRefused);
  const auto refused = log_->found_record(older);
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().message.find("signed one over 7"), std::string::npos);
  auto other = last;
  other.head.root.bytes[0] ^= std::byte{1};
  EXPECT_EQ(log_->found_record(other).error().code, ErrorCode::kRefused);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "signed"));
  ASSERT_TRUE(log_->found_record(last).ok());
  EXPECT_EQ(log_->recover().value(), std::nullopt);
  EXPECT_EQ(checkpoint_of(publish().value()).head.size, 9U);
  expect_proofs();
  EXPECT_TRUE(log_->audit().ok()) << "every file is exported anew";
}

TEST_F(EventLogTest, ACheckpointThatCannotBeReadIsNotTakenForNone) {
  append(3);
  const auto older = checkpoint_of(publish().value());
  append(4);
  ASSERT_TRUE(publish().ok());
  std::filesystem::remove(folder_.path() / "signed");
  std::filesystem::remove_all(folder_.path() / "log");
  ASSERT_TRUE(database_->run("DROP TABLE checkpoints").ok());
  EXPECT_FALSE(log_->found_record(older).ok());
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "signed"));
}

TEST_F(EventLogTest, AFoundedRecordNeverLetsASmallerTreeBeSigned) {
  const auto last = checkpoint_of(put_back_three_of_seven().last);
  std::filesystem::remove(folder_.path() / "signed");
  append(1, "other");
  ASSERT_TRUE(log_->found_record(last).ok());
  EXPECT_EQ(publish().error().code, ErrorCode::kRefused);
  EXPECT_EQ(log_->recover().value(), (LostRange{.from = 3, .until = 7}));
  EXPECT_EQ(checkpoint_of(publish().value()).head.size, 8U);
}

TEST_F(EventLogTest, AnOlderRecordDoesNotHideTheExportedTree) {
  const PutBack was = put_back_three_of_seven();
  test::write_bytes(folder_ / "signed", was.old_record);
  append(9, "other");
  EXPECT_EQ(publish().error().code, ErrorCode::kRefused);
  EXPECT_EQ(test::read_bytes(folder_ / "log/checkpoint"), was.last);
  EXPECT_EQ(log_->recover().value(), (LostRange{.from = 3, .until = 7}));
  EXPECT_TRUE(publish().ok());
  expect_proofs();
}

TEST_F(EventLogTest, ANoteThatNobodyCanReadIsNotPublished) {
  append(1);
  const std::string good = publish().value();
  auto note = tlog::Note::parse(good).take();
  note.signatures.resize(tlog::kMaxNoteSignatures + 1, note.signatures[0]);
  EXPECT_EQ(log_->replace_checkpoint(note).error().code, ErrorCode::kLimit);
  EXPECT_EQ(log_->checkpoint().value(), good);
  EXPECT_EQ(test::read_bytes(folder_ / "log/checkpoint"), good);
}

TEST_F(EventLogTest, WorkBeforeTheRecoveryComesAfterWhatWasSigned) {
  append(3);
  ASSERT_TRUE(publish().ok());
  ASSERT_TRUE(database_->back_up_to(folder_ / "backup.db").ok());
  append(2);
  ASSERT_TRUE(publish().ok());
  restore(folder_ / "backup.db");
  version_ = 3;
  append(4, "too early");
  EXPECT_EQ(publish().error().code, ErrorCode::kRefused);
  EXPECT_EQ(log_->integrate().error().code, ErrorCode::kRefused);
  EXPECT_EQ(log_->size().value(), 3U);
  EXPECT_EQ(log_->recover().value(), (LostRange{.from = 3, .until = 5}));
  ASSERT_TRUE(publish().ok());
  EXPECT_EQ(log_->leaf_at(4).value(), "event 5");
  EXPECT_EQ(log_->leaf_at(5).value(), "too early 4");
  expect_proofs();
}

TEST_F(EventLogTest, RecoveryNeedsTheFilesThatWereSigned) {
  append(1);
  ASSERT_TRUE(publish().ok());
  ASSERT_TRUE(database_->back_up_to(folder_ / "backup.db").ok());
  append(2);
  ASSERT_TRUE(publish().ok());
  restore(folder_ / "backup.db");
  const auto entries = folder_.path() / "log/tile/entries/000.p/3";
  std::string bytes = test::read_bytes(entries);
  bytes.back() = 'x';
  test::write_bytes(entries, bytes);
  EXPECT_EQ(log_->recover().error().code, ErrorCode::kRefused);
  std::filesystem::remove(entries);
  const auto gone = log_->recover();
  ASSERT_FALSE(gone.ok());
  EXPECT_EQ(gone.error().code, ErrorCode::kRefused);
  EXPECT_NE(gone.error().message.find("leaves 1 to 2"), std::string::npos);
  EXPECT_EQ(log_->size().value(), 1U) << "a failed recovery leaves nothing behind";
}

TEST_F(EventLogTest, AnAuditFindsEveryChange) {
  append(5);
  ASSERT_TRUE(publish().ok());
  ASSERT_TRUE(log_->audit().ok());
  ASSERT_TRUE(database_->run("UPDATE events SET leaf = 'x' WHERE version = 2").ok());
  EXPECT_EQ(log_->audit().error().code, ErrorCode::kLint);
  ASSERT_TRUE(database_->run("UPDATE events SET leaf = 'event 2' WHERE version = 2").ok());
  ASSERT_TRUE(log_->audit().ok());
  const auto tile = folder_.path() / "log/tile/0/000.p/5";
  std::string bytes = test::read_bytes(tile);
  bytes.front() = static_cast<char>(bytes.front() ^ 1);
  test::write_bytes(tile, bytes);
  EXPECT_NE(log_->audit().error().message.find("tile/0/000.p/5"), std::string::npos);
}

TEST_F(EventLogTest, MoreSignaturesOnTheSameText) {
  append(1);
  auto note = tlog::Note::parse(publish().value()).take();
  note.signatures.push_back(key_->signer().sign(note.text).take());
  ASSERT_TRUE(log_->replace_checkpoint(note).ok());
  EXPECT_EQ(log_->checkpoint().value(), note.to_text());
  append(1);
  ASSERT_TRUE(publish().ok());
  EXPECT_EQ(log_->replace_checkpoint(note).error().code, ErrorCode::kConflict);
}

}  // namespace
}  // namespace rogatory::storage
