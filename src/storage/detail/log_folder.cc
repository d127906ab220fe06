// SPDX-License-Identifier: EUPL-1.2

#include "storage/detail/log_folder.h"

#include <algorithm>
#include <utility>

#include "crypto/hash_tree.h"
#include "storage/detail/tree_record.h"
#include "storage/log_writer.h"

namespace rogatory::storage::detail {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using Bytes = std::vector<std::byte>;
using tlog::TileId;
namespace fs = std::filesystem;

constexpr std::string_view kWriterFolder = "writer";

Error make_error(ErrorCode code, std::string message, const fs::path& path) {
  return {
      .code = code, .message = std::move(message), .context = {}, .place = {.file = path.string()}};
}

/// One entry after the other out of a payload; nothing at its end.
std::span<const std::byte> take_entry(std::span<const std::byte>& payload) {
  const auto size =
      std::to_integer<std::size_t>(payload[0]) * 256 + std::to_integer<std::size_t>(payload[1]);
  const auto entry = payload.subspan(2, size);
  payload = payload.subspan(2 + size);
  return entry;
}

/// Whether the note in `bytes` is `text` and has a good signature of each signer.
bool is_signed(const std::string& bytes, const std::string& text,
               std::span<const tlog::NoteSigner> signers) {
  const auto note = tlog::Note::parse(bytes);
  if (!note.ok() || note->text != text) return false;
  std::vector<tlog::VerifierKey> keys;
  for (const tlog::NoteSigner& signer : signers) keys.push_back(signer.key());
  const auto verified = tlog::verify_note(*note, keys);
  if (!verified.ok()) return false;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!verified->is_signed_by(i)) return false;
  }
  return true;
}

}  // namespace

LogFolder::LogFolder(Files& files, fs::path folder, fs::path signed_record)
    : files_(&files),
      folder_(std::move(folder)),
      signed_record_(std::move(signed_record)),
      tiles_(files, folder_) {}

fs::path LogFolder::journal_folder() const {
  return folder_ / kWriterFolder / "journal";
}

tlog::Checkpoint LogFolder::checkpoint() const {
  return {
      .origin = origin_, .head = {.size = edge_.size(), .root = edge_.root()}, .extensions = {}};
}

// init and open ---------------------------------------------------------------------------------

namespace {

/// kConflict when a log, or a part of one, is in the folder: an empty tree must not take its place.
Result<void> refuse_remains(Files& files, const fs::path& folder) {
  const fs::path writer = folder / kWriterFolder;
  ROG_TRY(const bool is_log, files.exists(writer / "state"));
  if (is_log) return make_error(ErrorCode::kConflict, "a log is there already", folder);
  const std::string what =
      "a part of a log is there already; bring back its `writer/state`, or take another folder";
  for (const fs::path& part : {folder / "checkpoint", folder / "tile", writer / "signed"}) {
    ROG_TRY(const bool is_there, files.exists(part));
    if (is_there) return make_error(ErrorCode::kConflict, what, part);
  }
  ROG_TRY(const std::vector<std::string> journals, files.list(writer / "journal"));
  if (journals.empty()) return {};
  return make_error(ErrorCode::kConflict, what, writer / "journal" / journals[0]);
}

}  // namespace

Result<void> LogFolder::init(Files& files, const fs::path& folder, std::string_view origin) {
  if (!tlog::is_key_name(origin)) {
    return make_error(ErrorCode::kInvalidArgument,
                      "`" + std::string(origin) +
                          "` cannot be the origin of a log; write it as example.org/log-2026",
                      {});
  }
  ROG_CHECKED(make_durable_folder(files, folder));
  ROG_CHECKED(make_folders(files, folder, folder / kWriterFolder / "journal"));
  ROG_TRY(const auto lock, files.lock(folder / kWriterFolder / "lock"));
  ROG_CHECKED(refuse_remains(files, folder));
  const fs::path state = folder / kWriterFolder / "state";
  const tlog::Checkpoint empty{.origin = std::string(origin),
                               .head = {.size = 0, .root = crypto::empty_root()},
                               .extensions = {}};
  return write_tree_record(files, state, kStateTitle, empty);
}

Result<std::unique_ptr<LogFolder>> LogFolder::open(Files& files, const fs::path& folder,
                                                   const fs::path& signed_record) {
  const fs::path writer = folder / kWriterFolder;
  ROG_TRY(const bool is_log, files.exists(writer / "state"));
  if (!is_log) {
    return make_error(ErrorCode::kNotFound, "there is no log here; `rogatory log init` makes one",
                      folder);
  }
  std::unique_ptr<LogFolder> log(
      new LogFolder(files, folder, signed_record.empty() ? writer / "signed" : signed_record));
  ROG_TRY(log->lock_, files.lock(writer / "lock"));
  auto recovered = log->recover();
  if (!recovered.ok()) return recovered.take_error().with_context("while opening the log");
  return log;
}

Result<void> LogFolder::recover() {
  const fs::path path = folder_ / kWriterFolder / "state";
  ROG_TRY(const auto state, read_tree_record(*files_, path, kStateTitle));
  if (!state) return make_error(ErrorCode::kNotFound, "the state of the log is gone", path);
  origin_ = state->origin;
  ROG_TRY(edge_, TreeEdge::load(
                     state->head, [this](const TileId& id) { return tiles_.read_tile(id); },
                     [this](TileId& id) { return tiles_.read_bundle(id); }));
  ROG_CHECKED(check_signed());
  ROG_CHECKED(read_journals());
  // What was in the journal may be in the memory of the system alone, after a flush that failed: it
  // is written anew, to tiles.
  ROG_CHECKED(integrate_pending());
  return start_journal();
}

Result<void> LogFolder::read_journals() {
  ROG_TRY(const std::vector<std::string> names, files_->list(journal_folder()));
  for (const std::string& name : names) {
    ROG_TRY(const std::uint64_t first, parse_journal_name(name));
    const fs::path path = journal_folder() / name;
    ROG_TRY(const Bytes bytes, files_->read(path, base::kMaxInputBytes));
    auto batches = parse_journal(first, bytes);
    if (!batches.ok()) return batches.take_error().with_context("while reading " + path.string());
    for (const Batch& batch : *batches) ROG_CHECKED(take_batch(batch));
  }
  return {};
}

Result<void> LogFolder::take_batch(const Batch& batch) {
  if (batch.first + batch.count <= edge_.size()) return {};
  // Tiles are made of whole batches, in order.
  if (batch.first != size()) {
    return make_error(ErrorCode::kLint,
                      "the journal goes on with entry " + std::to_string(batch.first) +
                          " where the log has " + std::to_string(size()),
                      journal_folder());
  }
  const TileId id{.is_entries = true, .level = 0, .index = 0, .width = batch.count};
  ROG_TRY(const auto entries, tlog::parse_bundle(id, batch.payload));
  for (const auto& entry : entries) pending_leaves_.push_back(crypto::leaf_hash(entry));
  pending_.insert(pending_.end(), batch.payload.begin(), batch.payload.end());
  return {};
}

Result<void> LogFolder::start_journal() {
  ROG_TRY(const std::vector<std::string> names, files_->list(journal_folder()));
  const std::string name = journal_name(edge_.size());
  ROG_TRY(journal_, files_->create(journal_folder() / name));
  // The new name first: without it nothing appended would be found.
  ROG_CHECKED(files_->sync_folder(journal_folder()));
  for (const std::string& old : names) {
    if (old == name) continue;
    ROG_CHECKED(files_->remove(journal_folder() / old));
  }
  previous_ = {};
  return {};
}

// what was signed -------------------------------------------------------------------------------

Result<void> LogFolder::check_extends(const tlog::Checkpoint& earlier) const {
  if (earlier.origin != origin_) {
    return make_error(ErrorCode::kLint,
                      "the tree that was signed is of another log, `" + earlier.origin + "`",
                      folder_);
  }
  const std::uint64_t size = edge_.size();
  if (earlier.head.size > size) {
    return make_error(ErrorCode::kLint,
                      "a tree of " + std::to_string(earlier.head.size) +
                          " entries was signed and the log has " + std::to_string(size) +
                          ": the end of it is lost or an old copy was restored; bring back the "
                          "entries, a smaller tree is never signed",
                      folder_);
  }
  ROG_TRY(const tlog::Hash root, tlog::compute_root(earlier.head.size, tiles_.nodes(size)));
  if (root == earlier.head.root) return {};
  return make_error(ErrorCode::kLint,
                    "the first " + std::to_string(earlier.head.size) +
                        " entries are not those of the tree that was signed",
                    folder_);
}

Result<void> LogFolder::check_signed() const {
  ROG_TRY(const auto last, read_tree_record(*files_, signed_record_, kSignedTitle));
  ROG_TRY(const auto published, read_published(tiles_));
  if (last) ROG_CHECKED(check_extends(*last));
  if (!published) return {};
  if (last) return check_extends(*published);
  return make_error(ErrorCode::kLint,
                    "the log has a checkpoint and the record of what was signed is gone; bring it "
                    "back, without it an older tree could be signed again",
                    signed_record_);
}

// writing ---------------------------------------------------------------------------------------

template <typename Work>
auto LogFolder::guarded(Work work) -> decltype(work()) {
  if (broken_) return Error(*broken_).with_context("after an earlier failure; open the log again");
  auto result = work();
  if (!result.ok()) broken_ = result.error();
  return result;
}

Result<std::uint64_t> LogFolder::write(std::span<const Group> groups) {
  return guarded([&] { return write_batch_of(groups); });
}

Result<std::uint64_t> LogFolder::write_batch_of(std::span<const Group> groups) {
  if (pending_leaves_.size() >= kMaxPendingEntries || pending_.size() >= kMaxPendingBytes) {
    ROG_CHECKED(integrate_pending());
    ROG_CHECKED(start_journal());
  }
  Batch batch{.first = size(), .count = 0, .payload = {}, .previous = previous_};
  for (const Group& group : groups) {
    batch.payload.insert(batch.payload.end(), group.payload.begin(), group.payload.end());
    batch.count += static_cast<std::uint32_t>(group.leaves.size());
  }
  const WrittenBatch written = storage::write_batch(batch);
  ROG_CHECKED(journal_->append(written.bytes));
  ROG_CHECKED(journal_->sync());
  previous_ = written.check;
  pending_.insert(pending_.end(), batch.payload.begin(), batch.payload.end());
  for (const Group& group : groups) {
    pending_leaves_.insert(pending_leaves_.end(), group.leaves.begin(), group.leaves.end());
  }
  return batch.first;
}

Result<void> LogFolder::integrate_pending() {
  if (pending_leaves_.empty()) return {};
  const std::uint64_t old_size = edge_.size();
  DurableBatch files(*files_, folder_);
  const TileSink sink = [&](const TileId& id, std::span<const std::byte> bytes) {
    return files.add(folder_ / id.path(), bytes);
  };
  std::span<const std::byte> payload = pending_;
  for (const tlog::Hash& leaf : pending_leaves_) {
    ROG_CHECKED(edge_.append(take_entry(payload), leaf, sink));
  }
  ROG_CHECKED(edge_.write_partials(old_size, sink));
  ROG_CHECKED(files.finish());
  ROG_CHECKED(
      write_tree_record(*files_, folder_ / kWriterFolder / "state", kStateTitle, checkpoint()));
  pending_.clear();
  pending_leaves_.clear();
  return remove_old_partials(old_size);
}

/// A partial file may go once the full one is there (C2SP tlog-tiles, Partial Tiles).
Result<void> LogFolder::remove_old_partials(std::uint64_t old_size) {
  for (TileId id : tlog::new_tiles(old_size, edge_.size())) {
    const int shift = id.level * tlog::kTileHeight;
    const bool was_partial = id.is_full() && id.index == (old_size >> shift) / tlog::kTileWidth;
    if (!was_partial) continue;
    id.width = 1;
    const fs::path partials = (folder_ / id.path()).parent_path();
    ROG_TRY(const bool is_there, files_->exists(partials));
    if (!is_there) continue;
    ROG_TRY(const std::vector<std::string> names, files_->list(partials));
    for (const std::string& name : names) ROG_CHECKED(files_->remove(partials / name));
    ROG_CHECKED(files_->remove(partials));
  }
  return {};
}

Result<tlog::TreeHead> LogFolder::integrate() {
  return guarded([&]() -> Result<tlog::TreeHead> {
    if (!pending_leaves_.empty()) {
      ROG_CHECKED(integrate_pending());
      ROG_CHECKED(start_journal());
    }
    return checkpoint().head;
  });
}

Result<std::string> LogFolder::publish(std::span<const tlog::NoteSigner> signers,
                                       std::uint64_t timestamp) {
  ROG_CHECKED(integrate());
  return guarded([&] { return sign_tree(signers, timestamp); });
}

Result<std::string> LogFolder::sign_tree(std::span<const tlog::NoteSigner> signers,
                                         std::uint64_t timestamp) {
  ROG_CHECKED(check_signed());
  ROG_CHECKED(write_tree_record(*files_, signed_record_, kSignedTitle, checkpoint()));
  tlog::Note note{.text = checkpoint().to_text(), .signatures = {}};
  // Signed already: cosignatures on it are not to be had again.
  if (auto there = tiles_.read_checkpoint(); there.ok() && is_signed(*there, note.text, signers)) {
    return there;
  }
  for (const tlog::NoteSigner& signer : signers) {
    ROG_TRY(tlog::NoteSignature signature, signer.sign(note.text, timestamp));
    note.signatures.push_back(std::move(signature));
  }
  ROG_TRY(std::string text, tlog::write_readable(note));
  ROG_CHECKED(write_durable(*files_, folder_ / "checkpoint", std::as_bytes(std::span(text))));
  return text;
}

Result<void> LogFolder::replace_checkpoint(const tlog::Note& note) {
  ROG_TRY(const std::string text, tlog::write_readable(note));
  return guarded([&]() -> Result<void> {
    ROG_TRY(const std::string there, tiles_.read_checkpoint());
    ROG_TRY(const tlog::Note old, tlog::Note::parse(there));
    if (old.text != note.text) {
      return make_error(ErrorCode::kConflict, "the checkpoint of the log is another one by now",
                        folder_ / "checkpoint");
    }
    return write_durable(*files_, folder_ / "checkpoint", std::as_bytes(std::span(text)));
  });
}

}  // namespace rogatory::storage::detail
