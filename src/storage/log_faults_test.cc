// SPDX-License-Identifier: EUPL-1.2
//
// Every call of the writer to its files fails once, in every way, and the machine restarts in every
// way: nothing acknowledged is lost, nothing half-written verifies.

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <string>
#include <vector>

#include "crypto/bytes.h"
#include "storage/audit.h"
#include "storage/log_writer.h"
#include "storage/tile_folder.h"
#include "support/fault_files.h"

namespace rogatory::storage {
namespace {

using test::Fault;
using test::FaultFiles;
using test::Restart;
using Bytes = std::vector<std::byte>;

constexpr std::array kFaults = {Fault::kFails, Fault::kFailsAfterwards, Fault::kFailsHalfway,
                                Fault::kStops, Fault::kStopsAfterwards};
constexpr std::array kRestarts = {Restart::kDropsAll, Restart::kKeepsAll, Restart::kKeepsNames,
                                  Restart::kKeepsHalf, Restart::kKeepsData};
const std::filesystem::path kFolder = "/log";
/// So many that the next two cross the border of a tile.
constexpr std::size_t kBatch = 254;

tlog::NoteSigner fake_signer() {
  auto key = tlog::VerifierKey::make("log.example", tlog::SignatureType::kEd25519, Bytes(32));
  return {key.take(), [](std::span<const std::byte>) -> base::Result<Bytes> { return Bytes(64); }};
}

/// What callers were told, kept outside of the disk.
struct Told {
  std::map<std::uint64_t, std::string> entries;
  std::vector<tlog::TreeHead> signed_heads;
};

class Player {
 public:
  explicit Player(FaultFiles& files) : files_(&files) {}

  /// The whole life of a small log; goes on after errors as a careless caller would.
  void play(Told& told, std::size_t batch = kBatch) {
    if (!LogWriter::init(*files_, kFolder, "log.example").ok()) return;
    go_on(told, "a", batch);
  }

  void go_on(Told& told, const std::string& name, std::size_t batch) {
    auto log = LogWriter::open(*files_, kFolder);
    if (!log.ok()) return;
    append(**log, told, {name + "0"});
    std::vector<std::string> many;
    for (std::size_t i = 0; i < batch; ++i) many.push_back(name + "b" + std::to_string(i));
    append(**log, told, many);
    publish(**log, told);
    append(**log, told, {name + "1"});
    append(**log, told, {name + "2", name + "3"});
    publish(**log, told);
    append(**log, told, {name + "4"});
  }

 private:
  static void append(LogWriter& log, Told& told, const std::vector<std::string>& texts) {
    std::vector<Bytes> entries;
    for (const std::string& text : texts) entries.push_back(crypto::to_bytes(text));
    const auto appended = log.append_all(entries);
    if (!appended.ok()) return;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const bool is_new = told.entries.emplace((*appended)[i].index, texts[i]).second;
      EXPECT_TRUE(is_new) << "an index was given twice";
    }
  }

  static void publish(LogWriter& log, Told& told) {
    const std::vector<tlog::NoteSigner> signers = {fake_signer()};
    const auto note = log.publish(signers, 0);
    if (!note.ok()) return;
    told.signed_heads.push_back(tlog::Checkpoint::parse(tlog::Note::parse(*note)->text)->head);
  }

  FaultFiles* files_;
};

class LogFaults : public testing::Test {
 protected:
  /// What is on the disk before anybody repairs it.
  static void check_checkpoint(FaultFiles& files) {
    const TileFolder tiles(files, kFolder);
    const auto text = tiles.read_checkpoint();
    if (!text.ok()) {
      ASSERT_EQ(text.error().code, base::ErrorCode::kNotFound);
      return;
    }
    const auto note = tlog::Note::parse(*text);
    ASSERT_TRUE(note.ok()) << "half a checkpoint";
    const auto checkpoint = tlog::Checkpoint::parse(note->text);
    ASSERT_TRUE(checkpoint.ok());
    const auto audit = audit_log(tiles, checkpoint->head);
    ASSERT_TRUE(audit.ok()) << "a checkpoint that is not on the disk: "
                            << audit.error().to_string();
  }

  /// All that was told is there, and all trees that were signed.
  static void check_told(FaultFiles& files, const Told& told, const tlog::TreeHead& head) {
    const TileFolder tiles(files, kFolder);
    for (const auto& [index, text] : told.entries) {
      const auto entry = tiles.read_entry(index, head.size);
      ASSERT_TRUE(entry.ok()) << "lost: " << text << " " << entry.error().to_string();
      ASSERT_EQ(crypto::as_text(*entry), text);
    }
    for (const tlog::TreeHead& earlier : told.signed_heads) {
      ASSERT_LE(earlier.size, head.size);
      ASSERT_EQ(*tlog::compute_root(earlier.size, tiles.nodes(head.size)), earlier.root);
    }
  }

  /// The disk after a restart opens, holds what was told and can be gone on with.
  static void check_recovers(FaultFiles& files, Told& told) {
    ASSERT_NO_FATAL_FAILURE(check_checkpoint(files));
    const auto initialised = LogWriter::init(files, kFolder, "log.example");
    ASSERT_TRUE(!initialised.ok() || told.entries.empty());
    {
      auto log = LogWriter::open(files, kFolder);
      ASSERT_TRUE(log.ok()) << log.error().to_string();
      const auto head = (*log)->integrate();
      ASSERT_TRUE(head.ok());
      ASSERT_NO_FATAL_FAILURE(check_told(files, told, *head));
      ASSERT_NO_FATAL_FAILURE(check_whole_entries(files, head->size));
    }
    const std::size_t before = told.entries.size();
    Player(files).go_on(told, "z", 2);
    ASSERT_EQ(told.entries.size(), before + 7);
    files.restart(Restart::kDropsAll);
    ASSERT_NO_FATAL_FAILURE(check_checkpoint(files));
    auto log = LogWriter::open(files, kFolder);
    ASSERT_TRUE(log.ok()) << log.error().to_string();
    ASSERT_NO_FATAL_FAILURE(check_told(files, told, *(*log)->integrate()));
  }

  /// Nothing but what somebody appended, whole.
  static void check_whole_entries(FaultFiles& files, std::uint64_t size) {
    const TileFolder tiles(files, kFolder);
    for (std::uint64_t i = 0; i < size; i += (i > 2 && i + 8 < size ? 50 : 1)) {
      const Bytes entry = tiles.read_entry(i, size).take();
      const std::string_view text = crypto::as_text(entry);
      ASSERT_FALSE(text.empty());
      ASSERT_TRUE(text[0] == 'a' || text[0] == 'z' || text[0] == 'r') << text;
      ASSERT_EQ(text.find('\0'), std::string_view::npos);
    }
  }

  static std::size_t count_calls(std::size_t batch = kBatch) {
    FaultFiles files;
    files.plan_nothing();
    Told told;
    Player(files).play(told, batch);
    EXPECT_EQ(told.entries.size(), batch + 5);
    EXPECT_EQ(told.signed_heads.size(), 2U);
    return files.calls();
  }
};

class EveryFault : public LogFaults, public testing::WithParamInterface<Fault> {};

TEST_P(EveryFault, AtEveryCallAndWithEveryRestart) {
  const std::size_t calls = count_calls();
  ASSERT_GT(calls, 80U);
  std::size_t runs = 0;
  for (std::size_t call = 0; call < calls; ++call) {
    FaultFiles disk;
    Told told;
    disk.plan(call, GetParam());
    Player(disk).play(told);
    ASSERT_TRUE(disk.has_failed());
    for (const Restart how : kRestarts) {
      SCOPED_TRACE(testing::Message() << "call " << call << " restart " << static_cast<int>(how));
      const auto copy = disk.copy();
      copy->restart(how);
      Told told_here = told;
      ASSERT_NO_FATAL_FAILURE(check_recovers(*copy, told_here));
      ++runs;
    }
  }
  EXPECT_EQ(runs, calls * kRestarts.size());
}

INSTANTIATE_TEST_SUITE_P(LogFaults, EveryFault, testing::ValuesIn(kFaults));

class EveryRecovery : public LogFaults, public testing::WithParamInterface<Restart> {
 protected:
  /// The power goes at `call` and, while the log is opened and used again, once more at every third
  /// call; which third depends on `call`, so that neighbours cover all.
  static void stop_twice(std::size_t call) {
    FaultFiles disk;
    Told told;
    disk.plan(call, Fault::kStopsAfterwards);
    Player(disk).play(told, /*batch=*/2);
    disk.restart(GetParam());
    for (std::size_t second = call % 3;; second += 3) {
      SCOPED_TRACE(testing::Message() << "call " << call << " then " << second);
      const auto copy = disk.copy();
      Told told_here = told;
      copy->plan(second, Fault::kStops);
      const bool is_new = LogWriter::init(*copy, kFolder, "log.example").ok();
      ASSERT_TRUE(!is_new || told.entries.empty());
      Player(*copy).go_on(told_here, "r", 1);
      if (!copy->has_failed()) return;
      copy->restart(second % 2 == 0 ? Restart::kDropsAll : Restart::kKeepsNames);
      ASSERT_NO_FATAL_FAILURE(check_recovers(*copy, told_here));
    }
  }
};

TEST_P(EveryRecovery, StopsAtEveryCallToo) {
  const std::size_t calls = count_calls(2);
  for (std::size_t call = 0; call < calls; ++call) {
    ASSERT_NO_FATAL_FAILURE(stop_twice(call));
  }
}

INSTANTIATE_TEST_SUITE_P(LogFaults, EveryRecovery, testing::ValuesIn(kRestarts));

TEST_F(LogFaults, AfterAFailedFlushNothingMoreIsAcknowledged) {
  FaultFiles files;
  ASSERT_TRUE(LogWriter::init(files, kFolder, "log.example").ok());
  const auto log = LogWriter::open(files, kFolder).take();
  ASSERT_TRUE(log->append(crypto::to_bytes("a")).ok());
  files.plan(1, Fault::kFails);
  EXPECT_FALSE(log->append(crypto::to_bytes("b")).ok());
  files.plan_nothing();
  const auto next = log->append(crypto::to_bytes("c"));
  ASSERT_FALSE(next.ok());
  EXPECT_EQ(next.error().context.back(), "after an earlier failure; open the log again");
  EXPECT_FALSE(log->integrate().ok());
  EXPECT_EQ(log->size(), 1U);
}

TEST_F(LogFaults, ADiskThatForgetsLosesWhatWasNotFlushed) {
  // Otherwise all of the above would prove nothing.
  FaultFiles files;
  const auto file = files.create("/a").take();
  ASSERT_TRUE(file->append(crypto::to_bytes("flushed")).ok());
  ASSERT_TRUE(file->sync().ok());
  ASSERT_TRUE(file->append(crypto::to_bytes(" and not")).ok());
  const auto without_name = files.copy();
  without_name->restart(Restart::kDropsAll);
  EXPECT_FALSE(*without_name->exists("/a"));
  ASSERT_TRUE(files.sync_folder("/").ok());
  const auto with_name = files.copy();
  with_name->restart(Restart::kDropsAll);
  EXPECT_EQ(crypto::as_text(*with_name->read("/a", 100)), "flushed");
  const auto torn = files.copy();
  torn->restart(Restart::kKeepsHalf);
  EXPECT_EQ(crypto::as_text(*torn->read("/a", 100)), std::string("flushed and\0\0\0\0", 15));
  // What a failed flush dropped does not come back with the next one.
  files.plan(0, Fault::kFails);
  EXPECT_FALSE(file->sync().ok());
  files.plan(0, Fault::kFailsAfterwards);
  EXPECT_FALSE(file->sync().ok());
  files.plan_nothing();
  ASSERT_TRUE(file->append(crypto::to_bytes("!")).ok());
  ASSERT_TRUE(file->sync().ok());
  files.restart(Restart::kDropsAll);
  EXPECT_EQ(crypto::as_text(*files.read("/a", 100)), std::string("flushed\0\0\0\0\0\0\0\0!", 16));
}

}  // namespace
}  // namespace rogatory::storage
