// SPDX-License-Identifier: EUPL-1.2
//
// The writer of a log on the disk of this machine. What it does when the disk fails is in
// log_faults_test.cc.

#include "storage/log_writer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "crypto/bytes.h"
#include "crypto/hash_tree.h"
#include "storage/audit.h"
#include "storage/posix_files.h"
#include "storage/tile_folder.h"
#include "support/temp_folder.h"
#include "tlog/policy.h"
#include "tlog/signing_key.h"

namespace rogatory::storage {
namespace {

using base::ErrorCode;
using Bytes = std::vector<std::byte>;

class LogWriterTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(LogWriter::init(*files_, folder_, "log.example").ok()); }

  std::unique_ptr<LogWriter> open() { return LogWriter::open(*files_, folder_).take(); }

  static std::vector<Bytes> entries(std::size_t count, const std::string& prefix = "entry ") {
    std::vector<Bytes> made;
    for (std::size_t i = 0; i < count; ++i) {
      made.push_back(crypto::to_bytes(prefix + std::to_string(i)));
    }
    return made;
  }

  tlog::Checkpoint publish(LogWriter& log) {
    const std::vector<tlog::NoteSigner> signers = {key_.signer()};
    const std::string note = log.publish(signers, 0).take();
    const auto policy = tlog::Policy::parse("log " + key_.key().to_text() + "\nquorum none\n");
    return policy->check(*tlog::Note::parse(note))->checkpoint;
  }

  test::TempFolder temp_;
  std::filesystem::path folder_ = temp_ / "log";
  std::unique_ptr<Files> files_ = make_posix_files();
  TileFolder tiles_{*files_, folder_};
  tlog::SigningKey key_ =
      tlog::SigningKey::make("log.example", tlog::SignatureType::kEd25519, Bytes(32, std::byte{1}))
          .take();
};

TEST_F(LogWriterTest, WhatWasAppendedIsThereAfterOpeningAgain) {
  const auto all = entries(600);
  {
    const auto log = open();
    for (std::size_t i = 0; i < 3; ++i) {
      const auto appended = log->append(all[i]);
      ASSERT_TRUE(appended.ok());
      EXPECT_EQ(appended->index, i);
      EXPECT_EQ(appended->leaf, crypto::leaf_hash(all[i]));
    }
    ASSERT_TRUE(log->append_all(std::span(all).subspan(3)).ok());
    EXPECT_EQ(log->size(), 600U);
  }
  const auto log = open();
  EXPECT_EQ(log->size(), 600U);
  const tlog::Checkpoint checkpoint = publish(*log);
  EXPECT_EQ(checkpoint.origin, "log.example");
  ASSERT_EQ(checkpoint.head.size, 600U);
  for (std::size_t i = 0; i < all.size(); ++i) ASSERT_EQ(*tiles_.read_entry(i, 600), all[i]);
  const auto audit = audit_log(tiles_, checkpoint.head);
  ASSERT_TRUE(audit.ok()) << audit.error().to_string();
  EXPECT_EQ(audit->entries, 600U);
}

TEST_F(LogWriterTest, FilesAreThoseOfTheSpecification) {
  const auto log = open();
  ASSERT_TRUE(log->append_all(entries(3)).ok());
  publish(*log);
  for (const char* path : {"checkpoint", "tile/0/000.p/3", "tile/entries/000.p/3"}) {
    EXPECT_TRUE(std::filesystem::exists(folder_ / path)) << path;
  }
  ASSERT_TRUE(log->append_all(entries(253)).ok());
  publish(*log);
  for (const char* path : {"tile/0/000", "tile/entries/000", "tile/1/000.p/1"}) {
    EXPECT_TRUE(std::filesystem::exists(folder_ / path)) << path;
  }
  // The partial ones went with the full one.
  EXPECT_FALSE(std::filesystem::exists(folder_ / "tile/0/000.p"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "tile/entries/000.p"));
}

TEST_F(LogWriterTest, EveryCheckpointKeepsItsProofs) {
  const auto log = open();
  std::vector<tlog::TreeHead> heads;
  for (const std::size_t count : {1U, 2U, 250U, 3U, 1U, 300U}) {
    ASSERT_TRUE(log->append_all(entries(count)).ok());
    heads.push_back(publish(*log).head);
  }
  const tlog::TreeHead& last = heads.back();
  for (const tlog::TreeHead& older : heads) {
    // As a reader that has the older checkpoint does it, from the files as they are now.
    EXPECT_EQ(*tlog::compute_root(older.size, tiles_.nodes(older.size)), older.root);
    const auto proof = tlog::prove_consistency(older.size, last.size, tiles_.nodes(last.size));
    ASSERT_TRUE(proof.ok());
    EXPECT_TRUE(tlog::verify_consistency(older, last, *proof).ok());
  }
}

TEST_F(LogWriterTest, OneWriterAtATime) {
  const auto log = open();
  const auto second = LogWriter::open(*files_, folder_);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, ErrorCode::kConflict);
}

TEST_F(LogWriterTest, InitKeepsALogThatIsThere) {
  const auto again = LogWriter::init(*files_, folder_, "log.example");
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, ErrorCode::kConflict);
  for (const char* origin : {"", "a b", "a\nb", "a+b"}) {
    EXPECT_EQ(LogWriter::init(*files_, temp_ / "other", origin).error().code,
              ErrorCode::kInvalidArgument);
  }
  EXPECT_EQ(LogWriter::open(*files_, temp_ / "nothing").error().code, ErrorCode::kNotFound);
}

TEST_F(LogWriterTest, EntriesHaveUpTo65535Bytes) {
  const auto log = open();
  const Bytes longest(tlog::kMaxEntryBytes, std::byte{7});
  EXPECT_TRUE(log->append(longest).ok());
  EXPECT_TRUE(log->append(Bytes()).ok());
  EXPECT_EQ(log->append(Bytes(tlog::kMaxEntryBytes + 1)).error().code, ErrorCode::kLimit);
  EXPECT_EQ(log->append_all(std::vector<Bytes>(300, longest)).error().code, ErrorCode::kLimit);
  // That was refused before anything was written: the log goes on.
  EXPECT_TRUE(log->append(longest).ok());
  EXPECT_EQ(log->size(), 3U);
}

TEST_F(LogWriterTest, ManyThreadsAppendAtOnce) {
  constexpr int kThreads = 8;
  constexpr int kEach = 40;
  std::set<std::uint64_t> indices;
  std::mutex mutex;
  std::atomic<int> failures = 0;
  {
    const auto log = open();
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < kEach; ++i) {
          const Bytes entry = crypto::to_bytes(std::to_string(t) + "/" + std::to_string(i));
          const auto appended = log->append(entry);
          if (i % 16 == 15 && !log->integrate().ok()) ++failures;
          if (!appended.ok()) ++failures;
          const std::lock_guard lock(mutex);
          if (appended.ok()) indices.insert(appended->index);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(indices.size(), std::size_t{kThreads} * kEach);
  const auto log = open();
  ASSERT_TRUE(audit_log(tiles_, publish(*log).head).ok());
  std::set<std::string> found;
  for (int i = 0; i < kThreads * kEach; ++i) {
    const Bytes entry =
        tiles_.read_entry(static_cast<std::uint64_t>(i), std::uint64_t{kThreads} * kEach).take();
    found.emplace(crypto::as_text(entry));
  }
  EXPECT_EQ(found.size(), std::size_t{kThreads} * kEach);
}

TEST_F(LogWriterTest, ALostTailIsNeverSigned) {
  {
    const auto log = open();
    ASSERT_TRUE(log->append_all(entries(4)).ok());
    publish(*log);
  }
  const auto backup = temp_ / "backup";
  std::filesystem::copy(folder_, backup, std::filesystem::copy_options::recursive);
  {
    const auto log = open();
    ASSERT_TRUE(log->append_all(entries(3)).ok());
    publish(*log);
  }
  // The folder is restored from the backup; what was signed is remembered elsewhere.
  const auto record = temp_ / "signed";
  std::filesystem::copy(folder_ / "writer" / "signed", record);
  const auto opened = LogWriter::open(*files_, backup, record);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, ErrorCode::kLint);
  EXPECT_NE(opened.error().message.find("7 entries was signed and the log has 4"),
            std::string::npos);
  // Also when only the checkpoint shows it.
  std::filesystem::copy_file(folder_ / "checkpoint", backup / "checkpoint",
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(LogWriter::open(*files_, backup).error().code, ErrorCode::kLint);
}

TEST_F(LogWriterTest, AnotherPastIsNeverSigned) {
  const auto other = temp_ / "other";
  ASSERT_TRUE(LogWriter::init(*files_, other, "log.example").ok());
  {
    const auto log = open();
    ASSERT_TRUE(log->append_all(entries(4)).ok());
    publish(*log);
    const auto other_log = LogWriter::open(*files_, other).take();
    ASSERT_TRUE(other_log->append_all(entries(9, "other ")).ok());
    ASSERT_TRUE(other_log->integrate().ok());
  }
  const auto opened = LogWriter::open(*files_, other, folder_ / "writer" / "signed");
  ASSERT_FALSE(opened.ok());
  EXPECT_NE(opened.error().message.find("are not those of the tree that was signed"),
            std::string::npos);
}

TEST_F(LogWriterTest, TheRecordOfWhatWasSignedMustBeThere) {
  {
    const auto log = open();
    ASSERT_TRUE(log->append_all(entries(4)).ok());
    publish(*log);
  }
  std::filesystem::remove(folder_ / "writer" / "signed");
  EXPECT_EQ(LogWriter::open(*files_, folder_).error().code, ErrorCode::kLint);
}

TEST_F(LogWriterTest, EveryFlippedBitOfTheEdgeIsFound) {
  {
    const auto log = open();
    ASSERT_TRUE(log->append_all(entries(3)).ok());
    publish(*log);
  }
  for (const char* path :
       {"tile/0/000.p/3", "tile/entries/000.p/3", "writer/state", "writer/signed", "checkpoint"}) {
    const std::string good = test::read_bytes(folder_ / path);
    const std::size_t end =
        std::string_view(path) == "checkpoint" ? good.find("\n\n") : good.size();
    for (std::size_t i = 0; i < end; ++i) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ 4);
      test::write_bytes(folder_ / path, bad);
      ASSERT_FALSE(LogWriter::open(*files_, folder_).ok()) << path << " " << i;
    }
    test::write_bytes(folder_ / path, good);
  }
  EXPECT_TRUE(LogWriter::open(*files_, folder_).ok());
}

TEST_F(LogWriterTest, DamageWithinAcknowledgedEntriesOfTheJournalIsNotATornEnd) {
  {
    const auto log = open();
    for (const Bytes& entry : entries(3)) ASSERT_TRUE(log->append(entry).ok());
  }
  const auto journal = folder_ / "writer" / "journal" / std::string(20, '0');
  const std::string good = test::read_bytes(journal);
  const std::size_t batch = good.size() / 3;
  for (std::size_t i = 0; i < good.size(); i += 3) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    const auto copy = temp_ / "copy";
    std::filesystem::remove_all(copy);
    std::filesystem::copy(folder_, copy, std::filesystem::copy_options::recursive);
    test::write_bytes(copy / "writer" / "journal" / std::string(20, '0'), bad);
    const auto opened = LogWriter::open(*files_, copy);
    // In the last batch it looks like what a crash leaves of a batch nobody was told of.
    if (i >= 2 * batch) {
      ASSERT_TRUE(opened.ok());
      EXPECT_EQ((*opened)->size(), 2U);
    } else {
      ASSERT_FALSE(opened.ok()) << i;
      EXPECT_EQ(opened.error().code, ErrorCode::kLint);
    }
  }
}

TEST_F(LogWriterTest, ATornEndIsDropped) {
  {
    const auto log = open();
    for (const Bytes& entry : entries(2)) ASSERT_TRUE(log->append(entry).ok());
  }
  const auto journal = folder_ / "writer" / "journal" / std::string(20, '0');
  const std::string good = test::read_bytes(journal);
  for (std::size_t size = good.size() / 2; size < good.size(); size += 5) {
    const auto copy = temp_ / "copy";
    std::filesystem::remove_all(copy);
    std::filesystem::copy(folder_, copy, std::filesystem::copy_options::recursive);
    test::write_bytes(copy / "writer" / "journal" / std::string(20, '0'), good.substr(0, size));
    const auto log = LogWriter::open(*files_, copy);
    ASSERT_TRUE(log.ok()) << size;
    EXPECT_EQ((*log)->size(), 1U);
  }
}

TEST_F(LogWriterTest, CosignaturesJoinTheCheckpointTheyAreOf) {
  const auto log = open();
  ASSERT_TRUE(log->append_all(entries(1)).ok());
  publish(*log);
  tlog::Note note = tlog::Note::parse(*tiles_.read_checkpoint()).take();
  note.signatures.push_back(note.signatures[0]);
  EXPECT_TRUE(log->replace_checkpoint(note).ok());
  EXPECT_EQ(tlog::Note::parse(*tiles_.read_checkpoint())->signatures.size(), 2U);
  ASSERT_TRUE(log->append_all(entries(1)).ok());
  publish(*log);
  EXPECT_EQ(log->replace_checkpoint(note).error().code, ErrorCode::kConflict);
}

TEST_F(LogWriterTest, MuchIsBroughtIntoTilesAlongTheWay) {
  const auto log = open();
  const Bytes entry(60'000, std::byte{3});
  const std::vector<Bytes> batch(200, entry);
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(log->append_all(batch).ok());
  EXPECT_TRUE(std::filesystem::exists(folder_ / "tile/entries/000"));
  EXPECT_TRUE(audit_log(tiles_, publish(*log).head).ok());
}

TEST(Audit, FindsAChangedFile) {
  const test::TempFolder temp;
  const auto files = make_posix_files();
  const auto folder = temp / "log";
  ASSERT_TRUE(LogWriter::init(*files, folder, "log.example").ok());
  const auto log = LogWriter::open(*files, folder).take();
  std::vector<Bytes> all(300, crypto::to_bytes("entry"));
  ASSERT_TRUE(log->append_all(all).ok());
  const tlog::TreeHead head = log->integrate().take();
  const TileFolder tiles(*files, folder);
  ASSERT_TRUE(audit_log(tiles, head).ok());
  for (const char* path : {"tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000",
                           "tile/entries/001.p/44"}) {
    const std::string good = test::read_bytes(folder / path);
    for (std::size_t i = 0; i < good.size(); i += 61) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ 0x10);
      test::write_bytes(folder / path, bad);
      ASSERT_FALSE(audit_log(tiles, head).ok()) << path << " " << i;
    }
    test::write_bytes(folder / path, good);
  }
}

}  // namespace
}  // namespace rogatory::storage
