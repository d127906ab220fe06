// SPDX-License-Identifier: EUPL-1.2
//
// What the writer of a log signs and publishes, and where it makes no new log.

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <set>
#include <thread>

#include "crypto/bytes.h"
#include "storage/log_writer.h"
#include "storage/tile_folder.h"
#include "support/fault_files.h"
#include "tlog/signing_key.h"

namespace rogatory::storage {
namespace {

using base::ErrorCode;
using test::FaultFiles;
using test::Restart;
using Bytes = std::vector<std::byte>;

tlog::SigningKey make_key(const std::string& name, std::byte seed) {
  return tlog::SigningKey::make(name, tlog::SignatureType::kEd25519, Bytes(32, seed)).take();
}

class LogSigningTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(LogWriter::init(files_, "/log", "log.example").ok());
    log_ = LogWriter::open(files_, "/log").take();
    ASSERT_TRUE(log_->append(crypto::to_bytes("entry")).ok());
  }

  base::Result<std::string> publish(const std::vector<tlog::NoteSigner>& signers) {
    return log_->publish(signers, 0);
  }

  std::string published() const { return TileFolder(files_, "/log").read_checkpoint().take(); }

  mutable FaultFiles files_;
  std::unique_ptr<LogWriter> log_;
  tlog::SigningKey key_ = make_key("log.example", std::byte{1});
};

TEST_F(LogSigningTest, ATreeThatIsSignedKeepsItsCosignatures) {
  auto note = tlog::Note::parse(*publish({key_.signer()})).take();
  note.signatures.push_back(make_key("w.example", std::byte{2}).signer().sign(note.text).take());
  ASSERT_TRUE(log_->replace_checkpoint(note).ok());
  EXPECT_EQ(*publish({key_.signer()}), note.to_text());
  EXPECT_EQ(published(), note.to_text());
  // Another key of the log, and a signature that is none, are reasons to sign.
  const auto other = make_key("log.example", std::byte{3});
  const auto both = tlog::Note::parse(*publish({key_.signer(), other.signer()})).take();
  EXPECT_EQ(both.signatures.size(), 2U);
  auto wrong = both;
  wrong.signatures[1].bytes[0] ^= std::byte{1};
  ASSERT_TRUE(log_->replace_checkpoint(wrong).ok());
  EXPECT_EQ(*publish({key_.signer(), other.signer()}), both.to_text());
  ASSERT_TRUE(log_->append(crypto::to_bytes("more")).ok());
  EXPECT_NE(*publish({key_.signer()}), note.to_text());
}

TEST_F(LogSigningTest, ANoteThatNobodyCanReadIsNotPublished) {
  const std::string good = *publish({key_.signer()});
  auto note = tlog::Note::parse(good).take();
  note.signatures.resize(tlog::kMaxNoteSignatures + 1, note.signatures[0]);
  EXPECT_EQ(log_->replace_checkpoint(note).error().code, ErrorCode::kLimit);
  EXPECT_EQ(published(), good);
  // That was refused before anything was written: the log goes on.
  ASSERT_TRUE(log_->append(crypto::to_bytes("more")).ok());
  const std::vector<tlog::NoteSigner> many(tlog::kMaxNoteSignatures + 1, key_.signer());
  EXPECT_EQ(publish(many).error().code, ErrorCode::kLimit);
  EXPECT_EQ(published(), good);
  log_.reset();
  const auto again = LogWriter::open(files_, "/log");
  ASSERT_TRUE(again.ok()) << again.error().to_string();
  EXPECT_EQ((*again)->size(), 2U);
}

TEST_F(LogSigningTest, InitTakesNoFolderThatHasAPartOfALog) {
  ASSERT_TRUE(publish({key_.signer()}).ok());
  log_.reset();
  ASSERT_TRUE(files_.remove("/log/writer/state").ok());
  // What is found first is taken away, until only an empty journal folder is left.
  for (const char* part : {"/log/checkpoint", "/log/tile", "/log/writer/signed"}) {
    const auto made = LogWriter::init(files_, "/log", "log.example");
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().code, ErrorCode::kConflict);
    EXPECT_EQ(made.error().place.file, part);
    ASSERT_TRUE(files_.rename(part, "/gone").ok());
  }
  const auto made = LogWriter::init(files_, "/log", "log.example");
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, ErrorCode::kConflict);
  ASSERT_TRUE(files_.remove(made.error().place.file).ok());
  EXPECT_TRUE(LogWriter::init(files_, "/log", "log.example").ok());
}

TEST_F(LogSigningTest, AFolderWrittenWithASlashIsDurable) {
  ASSERT_TRUE(LogWriter::init(files_, "/slash/", "log.example").ok());
  ASSERT_TRUE(make_durable_folder(files_, "/state//").ok());
  log_.reset();
  files_.restart(Restart::kDropsAll);
  EXPECT_TRUE(LogWriter::open(files_, "/slash").ok());
  EXPECT_TRUE(*files_.exists("/state"));
}

/// Appends that fill a batch each, small ones that do not fit beside them, and work that goes
/// between: whoever writes for others must not return before its own entry is written.
TEST_F(LogSigningTest, NobodyIsAnsweredBeforeItsEntryIsWritten) {
  constexpr int kRounds = 3;
  constexpr std::size_t kLong = 65'533;
  const std::vector<Bytes> filling(kMaxBatchBytes / (kLong + 2), Bytes(kLong, std::byte{1}));
  std::atomic<int> at_work = 0;
  std::atomic<int> failures = 0;
  std::mutex mutex;
  std::set<std::uint64_t> indices = {0};
  std::uint64_t appended_count = 1;
  const auto note = [&](std::uint64_t first, std::size_t count) {
    const std::lock_guard lock(mutex);
    appended_count += count;
    for (std::size_t i = 0; i < count; ++i) indices.insert(first + i);
  };
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t) {
    ++at_work;
    threads.emplace_back([&] {
      for (int i = 0; i < kRounds; ++i) {
        const auto appended = log_->append_all(filling);
        if (!appended.ok()) ++failures;
        if (appended.ok()) note((*appended)[0].index, appended->size());
      }
      --at_work;
    });
  }
  for (int t = 0; t < 2; ++t) {
    threads.emplace_back([&] {
      const Bytes small(400, std::byte{2});
      while (at_work > 0) {
        const auto appended = log_->append(small);
        if (!appended.ok()) ++failures;
        if (appended.ok()) note(appended->index, 1);
      }
    });
    threads.emplace_back([&] {
      while (at_work > 0) {
        if (!log_->integrate().ok()) ++failures;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(indices.size(), appended_count) << "an index was given twice";
  EXPECT_EQ(log_->size(), appended_count);
}

}  // namespace
}  // namespace rogatory::storage
