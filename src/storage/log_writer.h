// SPDX-License-Identifier: EUPL-1.2
//
// The one writer of a tiled log in a folder (docs/formats/log.md).
//
// Invariants:
//  - An entry is acknowledged only after it is on the disk: its bytes by fdatasync of the journal,
//    the journal's name by fsync of its folder.
//  - A tree is published, hence signed, only after all its tiles are on the disk.
//  - The size and root to be signed are on the disk before they are signed, and no other tree that
//    is not an extension of them is ever signed afterwards.
//  - After an error of writing nothing more is acknowledged; open the log again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "storage/files.h"
#include "tlog/cosignature.h"
#include "tlog/merkle_proof.h"

namespace rogatory::storage {

/// Entries in the journal that are not in tiles yet: beyond it append() makes tiles first.
inline constexpr std::uint64_t kMaxPendingEntries = 65'536;
/// The same in bytes.
inline constexpr std::uint64_t kMaxPendingBytes = std::uint64_t{32} * 1024 * 1024;

/// What is flushed together at most.
inline constexpr std::size_t kMaxBatchBytes = std::size_t{16} * 1024 * 1024;

/// What is known of an entry once it is on the disk.
struct Appended {
  std::uint64_t index = 0;
  tlog::Hash leaf;
};

/// Many threads may append at once: what waits is written together and flushed once.
///
///     ROG_TRY(const auto writer, LogWriter::open(*files, "log"));
///     ROG_TRY(const Appended entry, writer->append(bytes));   // on the disk
///     ROG_TRY(const std::string note, writer->publish(signers, now));
class LogWriter final {
 public:
  /// Makes an empty log in `folder`, which may be there and empty. kConflict when a log is there;
  /// kInvalidArgument for an origin that a checkpoint cannot have.
  static base::Result<void> init(Files& files, const std::filesystem::path& folder,
                                 std::string_view origin);

  /// Opens the log and takes its lock: kConflict when another writer has it. Recovers what a crash
  /// left; kLint when the folder holds less than, or other than, was recorded or signed (a restored
  /// backup, a cut tail). Borrows `files`. `signed_record` is the file that remembers the last tree
  /// signed: keep it apart from the folder where backups of the folder could be restored; empty: in
  /// the folder.
  static base::Result<std::unique_ptr<LogWriter>> open(
      Files& files, const std::filesystem::path& folder,
      const std::filesystem::path& signed_record = {});

  ~LogWriter();
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  /// Appends one entry and returns when it is on the disk. kLimit beyond tlog::kMaxEntryBytes; kIo
  /// when it could not be made durable: it may or may not be in the log then. Any thread.
  base::Result<Appended> append(std::span<const std::byte> entry);

  /// Appends all of them, in order and without others between, with one flush: after a crash all of
  /// them are there or none. kLimit beyond kMaxBatchBytes. Any thread.
  base::Result<std::vector<Appended>> append_all(std::span<const std::vector<std::byte>> entries);

  /// Brings all acknowledged entries into tiles on the disk and returns the tree. Any thread.
  base::Result<tlog::TreeHead> integrate();

  /// integrate(), then signs the tree with each signer and replaces the folder's checkpoint;
  /// returns the note. kLint when the tree is not an extension of the one last signed: nothing is
  /// signed then. `timestamp` is for signers that state a time. Any thread.
  base::Result<std::string> publish(std::span<const tlog::NoteSigner> signers,
                                    std::uint64_t timestamp);

  /// Replaces the folder's checkpoint by one with the same text and more signatures, such as
  /// cosignatures. kConflict when the text is not that of the checkpoint in the folder.
  base::Result<void> replace_checkpoint(const tlog::Note& note);

  const std::string& origin() const;
  /// Entries acknowledged, those not yet in tiles included. Any thread.
  std::uint64_t size() const;

 private:
  class Impl;
  explicit LogWriter(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace rogatory::storage
