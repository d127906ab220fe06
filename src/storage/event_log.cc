// SPDX-License-Identifier: EUPL-1.2
#include "storage/event_log.h"

#include <fmt/format.h>

#include "crypto/bytes.h"
#include "crypto/hash_tree.h"
#include "storage/audit.h"
#include "storage/detail/tile_rows.h"
#include "storage/detail/tree_record.h"
#include "storage/tile_folder.h"
#include "tlog/tile.h"

namespace rogatory::storage {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using tlog::Hash;
using tlog::TreeHead;

constexpr std::string_view kInsertEvent =
    "INSERT INTO events (stream, version, leaf, sealed) VALUES ($1, $2, $3, $4)";
constexpr std::string_view kSequence =
    "SELECT sequence FROM events WHERE stream = $1 AND version = $2";
constexpr std::string_view kEventsOf =
    "SELECT events.sequence, version, leaf, sealed, leaf_index FROM events LEFT JOIN leaves ON "
    "leaves.sequence = events.sequence WHERE stream = $1 ORDER BY version";
constexpr std::string_view kForget = "UPDATE events SET sealed = NULL WHERE stream = $1";
constexpr std::string_view kSize = "SELECT max(leaf_index) + 1 FROM leaves";
constexpr std::string_view kUnplaced =
    "SELECT events.sequence, leaf FROM events LEFT JOIN leaves ON leaves.sequence = "
    "events.sequence WHERE leaf_index IS NULL ORDER BY events.sequence LIMIT $1";
constexpr std::string_view kPlace = "INSERT INTO leaves (leaf_index, sequence) VALUES ($1, $2)";
constexpr std::string_view kPlaceLost =
    "INSERT INTO leaves (leaf_index, lost_leaf) VALUES ($1, $2)";
constexpr std::string_view kLeaves =
    "SELECT leaf_index, leaf, lost_leaf FROM leaves LEFT JOIN events ON events.sequence = "
    "leaves.sequence WHERE leaf_index >= $1 AND leaf_index < $2 ORDER BY leaf_index";
constexpr std::string_view kInsertCheckpoint =
    "INSERT INTO checkpoints (size, note) VALUES ($1, $2) ON CONFLICT (size) DO UPDATE SET note = "
    "excluded.note";
constexpr std::string_view kLastCheckpoint =
    "SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1";

Error failure(ErrorCode code, std::string message) {
  return {.code = code, .message = std::move(message), .context = {}, .place = {}};
}

Hash hash_of(std::string_view leaf) {
  return crypto::leaf_hash(crypto::as_bytes(leaf));
}

std::int64_t number(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

struct Unplaced {
  std::int64_t sequence = 0;
  Hash hash;
};

}  // namespace

// The record --------------------------------------------------------------------------------------

Result<std::int64_t> EventLog::append(const NewEvent& event) {
  if (event.leaf.size() > tlog::kMaxEntryBytes) {
    return failure(ErrorCode::kLimit, "the leaf of an event is too large for the log");
  }
  ROG_CHECKED(database_.run(kInsertEvent, {event.stream, event.version, event.leaf, event.sealed}));
  ROG_TRY(const std::optional<std::int64_t> sequence,
          database_.query_integer(kSequence, {event.stream, event.version}));
  return sequence.value_or(0);
}

Result<void> EventLog::for_each(std::span<const std::byte> stream,
                                const std::function<Result<void>(const StoredEvent&)>& on_event) {
  return database_.query(kEventsOf, {stream}, [&on_event](const Row& row) -> Result<void> {
    StoredEvent event{.sequence = row.integer(0), .version = row.integer(1), .leaf = row.text(2)};
    if (!row.is_null(3)) event.sealed = row.bytes(3);
    if (!row.is_null(4)) event.leaf_index = static_cast<std::uint64_t>(row.integer(4));
    return on_event(event);
  });
}

Result<void> EventLog::forget(std::span<const std::byte> stream) {
  ROG_CHECKED(database_.run(kForget, {stream}));
  return {};
}

// The tree ----------------------------------------------------------------------------------------

Result<std::uint64_t> EventLog::size() {
  ROG_TRY(const std::optional<std::int64_t> size, database_.query_integer(kSize));
  return static_cast<std::uint64_t>(size.value_or(0));
}

tlog::NodeReader EventLog::nodes(std::uint64_t size) {
  return tlog::make_node_reader(size, detail::make_tile_reader(database_));
}

Result<TreeHead> EventLog::head() {
  ROG_TRY(const std::uint64_t leaves, size());
  ROG_TRY(const Hash root, tlog::compute_root(leaves, nodes(leaves)));
  return TreeHead{.size = leaves, .root = root};
}

Result<std::int64_t> EventLog::integrate_batch() {
  ROG_TRY(Transaction transaction, database_.begin());
  std::vector<Unplaced> batch;
  ROG_CHECKED(database_.query(kUnplaced, {kIntegrateBatch}, [&batch](const Row& row) {
    batch.push_back({.sequence = row.integer(0), .hash = hash_of(row.text(1))});
    return Result<void>();
  }));
  if (batch.empty()) return std::int64_t{0};
  ROG_TRY(const std::uint64_t old_size, size());
  detail::TileRows rows(database_, old_size);
  for (const Unplaced& event : batch) {
    ROG_CHECKED(database_.run(kPlace, {number(rows.size()), event.sequence}));
    ROG_CHECKED(rows.push(event.hash));
  }
  ROG_CHECKED(rows.save());
  ROG_CHECKED(transaction.commit());
  return static_cast<std::int64_t>(batch.size());
}

Result<TreeHead> EventLog::integrate() {
  // A place given in a tree that lacks signed leaves would be one of theirs.
  ROG_TRY(const TreeHead before, head());
  ROG_CHECKED(refuse_rollback(before));
  for (;;) {
    ROG_TRY(const std::int64_t placed, integrate_batch());
    if (placed < kIntegrateBatch) return head();
  }
}

Result<std::string> EventLog::leaf_at(std::uint64_t index) {
  std::optional<std::string> leaf;
  ROG_CHECKED(database_.query(kLeaves, {number(index), number(index) + 1},
                              [&leaf](const Row& row) -> Result<void> {
                                leaf = row.is_null(1) ? row.text(2) : row.text(1);
                                return {};
                              }));
  if (leaf) return *leaf;
  return failure(ErrorCode::kNotFound, fmt::format("the log has no leaf {}", index));
}

// Signing -----------------------------------------------------------------------------------------

Result<std::optional<tlog::Checkpoint>> EventLog::stored_checkpoint() {
  const auto text = checkpoint();
  // One that cannot be read is not one that was never signed.
  if (!text.ok() && text.error().code != ErrorCode::kNotFound) return text.error();
  if (!text.ok()) return std::optional<tlog::Checkpoint>();
  ROG_TRY(const tlog::Note note, tlog::Note::parse(*text));
  ROG_TRY(tlog::Checkpoint parsed, tlog::Checkpoint::parse(note.text));
  return std::optional(std::move(parsed));
}

Result<SignedTrees> EventLog::signed_trees() {
  SignedTrees trees;
  ROG_TRY(trees.record,
          detail::read_tree_record(files_, places_.signed_record, detail::kSignedTitle));
  ROG_TRY(trees.exported, detail::read_published(TileFolder(files_, places_.export_folder)));
  if (trees.record) return trees;
  ROG_TRY(const auto stored, stored_checkpoint());
  if (!stored && !trees.exported) return trees;
  Error error =
      failure(ErrorCode::kRefused,
              "the log has a checkpoint and the record of what was signed is gone; "
              "nothing is signed. Bring the record back, or found it on the newest "
              "checkpoint that others hold (`evidence restore --last-signed`): without it "
              "an older tree could be signed again");
  error.place.file = places_.signed_record.string();
  return error;
}

Result<TreeHead> EventLog::signed_head() {
  ROG_TRY(const SignedTrees trees, signed_trees());
  TreeHead last{.size = 0, .root = crypto::empty_root()};
  if (trees.record) last = trees.record->head;
  if (trees.exported && trees.exported->head.size > last.size) last = trees.exported->head;
  return last;
}

Result<void> EventLog::refuse_rollback(const TreeHead& head) {
  ROG_TRY(const SignedTrees trees, signed_trees());
  const auto refuse = [](const std::string& what) {
    return failure(ErrorCode::kRefused,
                   what + "; nothing is signed. If a backup was restored, run `evidence restore`");
  };
  for (const auto& last : {trees.record, trees.exported}) {
    if (!last) continue;
    if (head.size < last->head.size) {
      return refuse(
          fmt::format("the log has {} leaves, and {} were signed", head.size, last->head.size));
    }
    ROG_TRY(const Hash root, tlog::compute_root(last->head.size, nodes(head.size)));
    if (root == last->head.root) continue;
    return refuse(
        fmt::format("the first {} leaves are not those that were signed", last->head.size));
  }
  return {};
}

Result<std::vector<std::byte>> EventLog::file_bytes(const tlog::TileId& id) {
  if (!id.is_entries) {
    ROG_TRY(std::vector<Hash> hashes, detail::make_tile_reader(database_)(id));
    hashes.resize(id.width);
    return tlog::write_tile(hashes);
  }
  const std::uint64_t first = id.index * tlog::kTileWidth;
  std::vector<std::byte> bundle;
  ROG_CHECKED(database_.query(kLeaves, {number(first), number(first + id.width)},
                              [&bundle](const Row& row) {
                                const std::string leaf = row.text(row.is_null(1) ? 2 : 1);
                                return tlog::append_to_bundle(crypto::as_bytes(leaf), bundle);
                              }));
  return bundle;
}

Result<void> EventLog::write_files(std::uint64_t old_size, std::uint64_t size) {
  DurableBatch batch(files_, places_.export_folder);
  for (const tlog::TileId& id : tlog::new_tiles(old_size, size)) {
    ROG_TRY(const std::vector<std::byte> bytes, file_bytes(id));
    ROG_CHECKED(batch.add(places_.export_folder / id.path(), bytes));
  }
  return batch.finish();
}

Result<std::string> EventLog::sign(const TreeHead& head, std::span<const tlog::NoteSigner> signers,
                                   std::string_view origin, std::uint64_t timestamp) {
  const tlog::Checkpoint checkpoint{.origin = std::string(origin), .head = head, .extensions = {}};
  // On the disk before the signature exists: whoever restores later knows what may be out there.
  ROG_CHECKED(
      detail::write_tree_record(files_, places_.signed_record, detail::kSignedTitle, checkpoint));
  tlog::Note note{.text = checkpoint.to_text(), .signatures = {}};
  for (const tlog::NoteSigner& signer : signers) {
    ROG_TRY(tlog::NoteSignature signature, signer.sign(note.text, timestamp));
    note.signatures.push_back(std::move(signature));
  }
  return tlog::write_readable(note);
}

Result<std::string> EventLog::publish(std::span<const tlog::NoteSigner> signers,
                                      std::string_view origin, std::uint64_t timestamp) {
  ROG_TRY(const TreeHead tree, integrate());
  if (auto last = checkpoint(); last.ok()) {
    ROG_TRY(const tlog::Note note, tlog::Note::parse(*last));
    ROG_TRY(const tlog::Checkpoint published, tlog::Checkpoint::parse(note.text));
    // Signed already; the file is written again in case a crash came between.
    if (published.head == tree) {
      ROG_CHECKED(
          write_durable(files_, places_.export_folder / "checkpoint", crypto::as_bytes(*last)));
      return last.take();
    }
  }
  ROG_TRY(const TreeHead last_signed, signed_head());
  ROG_CHECKED(write_files(last_signed.size, tree.size));
  ROG_TRY(std::string note, sign(tree, signers, origin, timestamp));
  ROG_CHECKED(database_.run(kInsertCheckpoint, {number(tree.size), std::string_view(note)}));
  ROG_CHECKED(write_durable(files_, places_.export_folder / "checkpoint", crypto::as_bytes(note)));
  return note;
}

Result<std::string> EventLog::checkpoint() {
  std::optional<std::string> note;
  ROG_CHECKED(database_.query(kLastCheckpoint, {}, [&note](const Row& row) -> Result<void> {
    note = row.text(0);
    return {};
  }));
  if (note) return *note;
  return failure(ErrorCode::kNotFound, "nothing is signed yet");
}

Result<void> EventLog::replace_checkpoint(const tlog::Note& note) {
  ROG_TRY(const std::string last, checkpoint());
  ROG_TRY(const tlog::Note old, tlog::Note::parse(last));
  if (old.text != note.text) {
    return failure(ErrorCode::kConflict, "the note is not about the last checkpoint");
  }
  ROG_TRY(const tlog::Checkpoint parsed, tlog::Checkpoint::parse(note.text));
  ROG_TRY(const std::string text, tlog::write_readable(note));
  ROG_CHECKED(database_.run(kInsertCheckpoint, {number(parsed.head.size), std::string_view(text)}));
  return write_durable(files_, places_.export_folder / "checkpoint", crypto::as_bytes(text));
}

Result<tlog::TlogProof> EventLog::prove(std::uint64_t index) {
  ROG_TRY(const std::string text, checkpoint());
  ROG_TRY(tlog::Note note, tlog::Note::parse(text));
  ROG_TRY(const tlog::Checkpoint published, tlog::Checkpoint::parse(note.text));
  if (index >= published.head.size) {
    return failure(ErrorCode::kNotFound, fmt::format("leaf {} is under no checkpoint yet", index));
  }
  ROG_TRY(std::vector<Hash> path,
          tlog::prove_inclusion(index, published.head.size, nodes(published.head.size)));
  return tlog::TlogProof{
      .extra = {}, .index = index, .path = std::move(path), .checkpoint = std::move(note)};
}

Result<void> EventLog::found_record(const tlog::Checkpoint& last) {
  ROG_TRY(const auto record,
          detail::read_tree_record(files_, places_.signed_record, detail::kSignedTitle));
  if (record) {
    return failure(ErrorCode::kConflict,
                   "the record of what was signed is there; nothing is to be founded anew");
  }
  ROG_TRY(const auto exported, detail::read_published(TileFolder(files_, places_.export_folder)));
  ROG_TRY(const auto stored, stored_checkpoint());
  const std::uint64_t known =
      std::max(exported ? exported->head.size : 0, stored ? stored->head.size : 0);
  if (known > last.head.size) {
    return failure(
        ErrorCode::kRefused,
        fmt::format("the checkpoint given is over {} leaves and this log signed one over "
                    "{}: give the newest one that anybody holds",
                    last.head.size, known));
  }
  ROG_TRY(const std::uint64_t leaves, size());
  if (leaves >= last.head.size) {
    ROG_TRY(const Hash root, tlog::compute_root(last.head.size, nodes(leaves)));
    if (root != last.head.root) {
      return failure(
          ErrorCode::kRefused,
          fmt::format("the first {} leaves are not those of the checkpoint given", last.head.size));
    }
    ROG_CHECKED(make_durable_folder(files_, places_.export_folder));
    ROG_CHECKED(write_files(0, last.head.size));
  }
  return detail::write_tree_record(files_, places_.signed_record, detail::kSignedTitle, last);
}

// After a restore ---------------------------------------------------------------------------------

Result<void> EventLog::take_back(std::uint64_t from, const TreeHead& until,
                                 const std::function<Result<void>(const LostRange&)>& with_it) {
  const TileFolder folder(files_, places_.export_folder);
  ROG_TRY(Transaction transaction, database_.begin());
  detail::TileRows rows(database_, from);
  for (std::uint64_t index = from; index < until.size; ++index) {
    ROG_TRY(const std::vector<std::byte> entry, folder.read_entry(index, until.size));
    ROG_CHECKED(database_.run(kPlaceLost, {number(index), crypto::as_text(entry)}));
    ROG_CHECKED(rows.push(crypto::leaf_hash(entry)));
  }
  ROG_CHECKED(rows.save());
  ROG_TRY(const Hash root, tlog::compute_root(until.size, nodes(until.size)));
  if (root != until.root) {
    return failure(ErrorCode::kRefused, "the exported log is not the one that was signed last");
  }
  // The smaller of the two trees that were signed must be a part of it, too.
  ROG_CHECKED(refuse_rollback(until));
  if (with_it) ROG_CHECKED(with_it({.from = from, .until = until.size}));
  return transaction.commit();
}

Result<std::optional<LostRange>> EventLog::recover(
    const std::function<Result<void>(const LostRange&)>& with_it) {
  ROG_TRY(const TreeHead last, signed_head());
  ROG_TRY(const std::uint64_t here, size());
  if (here >= last.size) {
    ROG_TRY(const TreeHead tree, head());
    ROG_CHECKED(refuse_rollback(tree));
    return std::optional<LostRange>();
  }
  auto taken = take_back(here, last, with_it);
  if (!taken.ok()) {
    Error error = taken.take_error();
    if (error.code != ErrorCode::kNotFound && error.code != ErrorCode::kParse) return error;
    return failure(ErrorCode::kRefused,
                   fmt::format("leaves {} to {} are not in the exported files; copy the folder of "
                               "the log back, or start a new log ({})",
                               here, last.size - 1, error.message));
  }
  return std::optional(LostRange{.from = here, .until = last.size});
}

// Audit -------------------------------------------------------------------------------------------

Result<TreeHead> EventLog::audit() {
  crypto::TreeHasher tree;
  ROG_TRY(const std::uint64_t leaves, size());
  ROG_CHECKED(database_.query(
      kLeaves, {std::int64_t{0}, number(leaves)}, [&tree](const Row& row) -> Result<void> {
        if (static_cast<std::uint64_t>(row.integer(0)) != tree.size()) {
          return failure(ErrorCode::kLint, fmt::format("leaf {} is missing", tree.size()));
        }
        tree.push_leaf_hash(hash_of(row.text(row.is_null(1) ? 2 : 1)));
        return {};
      }));
  ROG_TRY(const TreeHead stored, head());
  if (stored.root != tree.root()) {
    return failure(ErrorCode::kLint, "the leaves are not those that the tiles were made of");
  }
  ROG_CHECKED(refuse_rollback(stored));
  const TileFolder folder(files_, places_.export_folder);
  ROG_TRY(const TreeHead last, signed_head());
  for (const tlog::TileId& id : tlog::new_tiles(0, last.size)) {
    ROG_TRY(const std::vector<std::byte> expected, file_bytes(id));
    ROG_TRY(const std::vector<std::byte> found,
            files_.read(places_.export_folder / id.path(), tlog::kMaxBundleBytes));
    if (found == expected) continue;
    return failure(ErrorCode::kLint, "the exported file " + id.path() + " was changed");
  }
  // Tiles that agree with each other can still be wrong together: these grow from the entries anew.
  ROG_CHECKED(audit_log(folder, last));
  return stored;
}

}  // namespace rogatory::storage
