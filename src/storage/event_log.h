// SPDX-License-Identifier: EUPL-1.2
//
// Events in a database, and the transparency log over them in the same database.
//
// Invariants:
//  - An event is in the record before it has a place in the log, so the log is never ahead.
//  - Places are given in the order of the record, by one integrator under the writer's lock.
//  - Files (tiles, entries, the checkpoint) are an export. They are on the disk before the tree is
//    signed, and so is the record of what is signed.
//  - A tree that is not an extension of the one signed last is never signed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "storage/database.h"
#include "storage/files.h"
#include "tlog/checkpoint.h"
#include "tlog/cosignature.h"
#include "tlog/merkle_proof.h"
#include "tlog/tile.h"
#include "tlog/tlog_proof.h"

namespace rogatory::storage {

/// Leaves that one transaction of the integrator places.
inline constexpr std::int64_t kIntegrateBatch = 4096;

/// An event to be written. Borrowed for the call.
struct NewEvent {
  std::span<const std::byte> stream;
  /// Its number in the stream, from 1: the same number twice is a conflict.
  std::int64_t version = 0;
  std::string_view leaf;
  std::span<const std::byte> sealed;
};

/// An event as it is stored.
struct StoredEvent {
  std::int64_t sequence = 0;
  std::int64_t version = 0;
  std::string leaf;
  /// Nothing once erased.
  std::optional<Bytes> sealed;
  /// Its place in the log, once it has one.
  std::optional<std::uint64_t> leaf_index;
};

/// Where the files of the log are.
struct LogPlaces {
  /// Tiles, entries and checkpoint for others to read.
  std::filesystem::path export_folder;
  /// The tree signed last. Keep it out of backups of the database.
  std::filesystem::path signed_record;
};

/// Leaves that a restored backup did not have.
struct LostRange {
  std::uint64_t from = 0;
  std::uint64_t until = 0;
  bool operator==(const LostRange&) const = default;
};

/// Trees that were signed, as far as files tell.
struct SignedTrees {
  /// Of the record beside the database.
  std::optional<tlog::Checkpoint> record;
  /// Of the exported checkpoint.
  std::optional<tlog::Checkpoint> exported;
};

/// Borrows the database and the files.
class EventLog final {
 public:
  EventLog(Database& database, Files& files, LogPlaces places)
      : database_(database), files_(files), places_(std::move(places)) {}

  /// Appends one event; the caller has the transaction. kConflict when the stream has that version;
  /// kLimit for a leaf above tlog::kMaxEntryBytes; otherwise as Database::run. Returns its
  /// sequence.
  base::Result<std::int64_t> append(const NewEvent& event);

  /// The events of a stream in order.
  base::Result<void> for_each(
      std::span<const std::byte> stream,
      const std::function<base::Result<void>(const StoredEvent&)>& on_event);

  /// Takes away what was committed to in all events of a stream; the leaves stay. The caller has
  /// the transaction.
  base::Result<void> forget(std::span<const std::byte> stream);

  /// Gives every event without a place one, and brings the tree up to date. A crash at any moment
  /// leaves a tree that the next call goes on with. kRefused, with what to do, when the tree before
  /// is not an extension of the one signed last (a backup was restored): nothing gets a place then.
  base::Result<tlog::TreeHead> integrate();

  /// The tree as it is, and its nodes.
  base::Result<std::uint64_t> size();
  base::Result<tlog::TreeHead> head();
  tlog::NodeReader nodes(std::uint64_t size);

  /// The leaf at a place of the log, lost ones too. kNotFound.
  base::Result<std::string> leaf_at(std::uint64_t index);

  /// integrate(), writes the files, and signs the tree unless it is signed already. kRefused as
  /// there.
  base::Result<std::string> publish(std::span<const tlog::NoteSigner> signers,
                                    std::string_view origin, std::uint64_t timestamp);

  /// The last checkpoint, as a note. kNotFound without one.
  base::Result<std::string> checkpoint();
  /// Replaces it by one with the same text and more signatures. kConflict for another text.
  base::Result<void> replace_checkpoint(const tlog::Note& note);

  /// The proof that the leaf at `index` is under the last checkpoint. kNotFound when it is not yet.
  base::Result<tlog::TlogProof> prove(std::uint64_t index);

  /// The tree signed last: of the record beside the database and the exported checkpoint, the
  /// larger one; a tree of no leaves when nothing was ever signed. kRefused, with what to do, when
  /// there is a checkpoint and the record is gone: an older tree could be signed again.
  base::Result<tlog::TreeHead> signed_head();

  /// Founds the record of the tree signed last anew, where it is lost, on a checkpoint that this
  /// log signed (the caller has verified it); exports the files up to there where the log reaches
  /// so far, and leaves it to recover() where it does not. Only as safe as that checkpoint is the
  /// newest one. kConflict when the record is there; kRefused when the database or the folder knows
  /// of a larger signed tree, or when the leaves are others.
  base::Result<void> found_record(const tlog::Checkpoint& last);

  /// After a backup was restored: takes the leaves that are missing up to the tree signed last from
  /// the exported files, having compared its root, so that the log goes on where it was. Events
  /// that the backup had without a place come after them. Nothing when none is missing. kRefused
  /// when the files do not have them, or when the tree is another one. `with_it` writes what
  /// belongs in the same transaction, such as the event that tells of the loss; its error undoes
  /// all.
  base::Result<std::optional<LostRange>> recover(
      const std::function<base::Result<void>(const LostRange&)>& with_it = {});

  /// Grows the tree from the leaves and compares it with the one stored and with what was signed;
  /// compares the exported tiles and entries with the stored ones, and grows their tiles anew. No
  /// signature is checked. kLint with the first place that does not fit; kRefused as publish().
  base::Result<tlog::TreeHead> audit();

 private:
  base::Result<std::int64_t> integrate_batch();
  base::Result<void> refuse_rollback(const tlog::TreeHead& head);
  base::Result<SignedTrees> signed_trees();
  /// The checkpoint in the database, read; nothing when there is none.
  base::Result<std::optional<tlog::Checkpoint>> stored_checkpoint();
  base::Result<void> write_files(std::uint64_t old_size, std::uint64_t size);
  base::Result<std::vector<std::byte>> file_bytes(const tlog::TileId& id);
  base::Result<void> take_back(std::uint64_t from, const tlog::TreeHead& until,
                               const std::function<base::Result<void>(const LostRange&)>& with_it);
  base::Result<std::string> sign(const tlog::TreeHead& head,
                                 std::span<const tlog::NoteSigner> signers, std::string_view origin,
                                 std::uint64_t timestamp);

  Database& database_;
  Files& files_;
  LogPlaces places_;
};

}  // namespace rogatory::storage
