// SPDX-License-Identifier: EUPL-1.2
//
// Content in and out of the vault.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "crypto/age.h"
#include "package/member_name.h"
#include "package/sealed_set.h"
#include "storage/byte_files.h"
#include "vault/detail/inside.h"
#include "vault/detail/item_file.h"
#include "vault/disclosure.h"
#include "vault/media.h"

namespace rogatory::vault {
namespace {

using base::ErrorCode;
using base::Result;
using crypto::ByteView;
using detail::failure;
using detail::id_bytes;
using storage::Bytes;
using storage::FileSource;
using storage::Row;

constexpr std::string_view kInsertUnfinished =
    "INSERT INTO unfinished (item_id, case_id, wrapped_key, sealed_origin) VALUES ($1, $2, $3, $4)";
constexpr std::string_view kUnfinishedOf =
    "SELECT item_id, wrapped_key, sealed_origin FROM unfinished WHERE case_id = $1";
constexpr std::string_view kDropUnfinished = "DELETE FROM unfinished WHERE item_id = $1";
constexpr std::string_view kInsertItem =
    "INSERT INTO items (item_id, case_id, wrapped_key, is_damaged) VALUES ($1, $2, $3, 0)";
constexpr std::string_view kItemKey = "SELECT wrapped_key FROM items WHERE item_id = $1";

std::string origin_purpose(std::string_view item) {
  return fmt::format("rogatory.origin/1 {}", item);
}

struct ItemSlot {
  ItemId* item = nullptr;
  Content* content = nullptr;
};

/// Where the id and the measured content go in a fact that brings an item.
ItemSlot slot_of(Fact& fact) {
  if (auto* ingest = std::get_if<Ingest>(&fact)) return {&ingest->item, &ingest->content};
  if (auto* derive = std::get_if<Derive>(&fact)) return {&derive->item, &derive->content};
  return {};
}

Content content_of(const crypto::ContentDigests& digests, std::string name,
                   std::string_view media) {
  return {.name = std::move(name),
          .media = std::string(media),
          .size_bytes = digests.size_bytes,
          .sha256 = digests.sha256.hex(),
          .sha512 = digests.sha512.hex(),
          .tree_root = digests.tree_root.hex()};
}

/// Moves a file that is whole to its place, durably.
Result<void> move_durably(storage::Files& files, const std::filesystem::path& top,
                          const std::filesystem::path& from, const std::filesystem::path& to) {
  ROG_CHECKED(storage::make_folders(files, top, to.parent_path()));
  ROG_CHECKED(files.rename(from, to));
  ROG_CHECKED(files.sync_folder(to.parent_path()));
  return files.sync_folder(from.parent_path());
}

}  // namespace

// Ingest ------------------------------------------------------------------------------------------

Result<std::optional<Vault::Unfinished>> Vault::find_unfinished(const CaseId& id,
                                                                const Secret& secret,
                                                                const std::string& origin) {
  if (origin.empty()) return std::optional<Unfinished>();
  ROG_TRY(const Bytes key, id_bytes(id.view()));
  ItemId item;
  Bytes wrapped;
  ROG_CHECKED(
      inside_->database.query(kUnfinishedOf, {ByteView(key)}, [&](const Row& row) -> Result<void> {
        const std::string one = detail::id_text(row.bytes(0));
        ROG_TRY(const std::string its_origin, secret.open(origin_purpose(one), row.bytes(2)));
        if (its_origin != origin) return {};
        item = ItemId(one);
        wrapped = row.bytes(1);
        return {};
      }));
  if (item.empty()) return std::optional<Unfinished>();
  ROG_TRY(crypto::SecretBytes key_of_item, inside_->parts.keys.unwrap_item_key(id.view(), wrapped));
  return std::optional<Unfinished>(Unfinished{
      .case_id = id, .item = item, .key = std::move(key_of_item), .wrapped_key = wrapped});
}

Result<Vault::Unfinished> Vault::begin_ingest(const CaseId& id, const Secret& secret,
                                              const std::string& origin) {
  Unfinished place{.case_id = id,
                   .item = ItemId(random_id()),
                   .key = crypto::SecretBytes::random(crypto::kAeadKeyBytes),
                   .wrapped_key = {}};
  ROG_TRY(place.wrapped_key, inside_->parts.keys.wrap_item_key(id.view(), place.key.view()));
  ROG_TRY(const Bytes case_key, id_bytes(id.view()));
  ROG_TRY(const Bytes item_key, id_bytes(place.item.view()));
  ROG_TRY(const Bytes sealed, secret.seal(origin_purpose(place.item.view()), origin));
  ROG_CHECKED(inside_->database.run(
      kInsertUnfinished,
      {ByteView(item_key), ByteView(case_key), ByteView(place.wrapped_key), ByteView(sealed)}));
  return place;
}

Result<void> Vault::drop_unfinished(const ItemId& item) {
  ROG_TRY(const Bytes key, id_bytes(item.view()));
  ROG_CHECKED(inside_->database.run(kDropUnfinished, {ByteView(key)}));
  for (const auto& path : {inside_->incoming_blob(item), inside_->incoming_chunks(item)}) {
    auto removed = inside_->parts.files.remove(path);
    if (!removed.ok() && removed.error().code != ErrorCode::kNotFound) return removed;
  }
  return {};
}

Result<Ingested> Vault::take_in(const Unfinished& place, const IngestRequest& request) {
  storage::Files& files = inside_->parts.files;
  // A crash between the move and the event: begin with the file where it is being written.
  ROG_TRY(const bool is_moved, files.exists(inside_->blob(place.item)));
  if (is_moved) {
    ROG_CHECKED(files.rename(inside_->blob(place.item), inside_->incoming_blob(place.item)));
  }
  ROG_TRY(const std::unique_ptr<crypto::ByteSource> source, request.open());
  ROG_TRY(const auto writer,
          detail::ItemWriter::start(inside_->incoming_blob(place.item), place.key));
  crypto::ChunkDigester digester;
  std::string_view media = "empty";
  std::uint64_t done = 0;
  for (;;) {
    const std::span<std::byte> buffer = digester.next_buffer();
    ROG_TRY(const std::size_t size, crypto::read_fully(*source, buffer));
    ROG_CHECKED(digester.push(size));
    if (done == 0) media = recognise_media(ByteView(buffer).first(size));
    ROG_CHECKED(writer->write(ByteView(buffer).first(size)));
    done += size;
    if (request.on_bytes) request.on_bytes(done);
    if (size < buffer.size()) break;
  }
  ROG_TRY(const crypto::ContentDigests digests, digester.finish());
  ROG_CHECKED(writer->finish());
  ROG_CHECKED(move_durably(files, inside_->folder, inside_->incoming_blob(place.item),
                           inside_->blob(place.item)));
  Fact fact = request.fact;
  return Ingested{.item = place.item,
                  .content = content_of(digests, slot_of(fact).content->name, media),
                  .resumed_bytes = writer->compared_bytes(),
                  .has_mismatch = false};
}

Result<Ingested> Vault::ingest(const CaseId& id, const IngestRequest& request, const Act& act) {
  Fact fact = request.fact;
  const ItemSlot slot = slot_of(fact);
  if (slot.item == nullptr) return failure(ErrorCode::kInternal, "this fact brings no content");
  // Asked before anything is read, and again, with what was measured, before it is written.
  *slot.item = ItemId(random_id());
  ROG_TRY(const CaseHistory before, load(id));
  ROG_CHECKED(decide(before.state, fact, act));

  ROG_TRY(const Secret secret, secret_of(id));
  ROG_TRY(std::optional<Unfinished> place, find_unfinished(id, secret, request.origin));
  std::optional<Ingested> outcome;
  if (place) {
    auto resumed = take_in(*place, request);
    if (resumed.ok()) {
      outcome = resumed.take();
    } else if (resumed.error().code == ErrorCode::kLint) {
      // Other bytes than before, or a torn file: never under the same key twice.
      ROG_CHECKED(drop_unfinished(place->item));
      place.reset();
    } else {
      return resumed.take_error();
    }
  }
  if (!place) {
    ROG_TRY(Unfinished begun, begin_ingest(id, secret, request.origin));
    place.emplace(std::move(begun));
    ROG_TRY(Ingested fresh, take_in(*place, request));
    outcome.emplace(std::move(fresh));
  }

  *slot.item = outcome->item;
  *slot.content = outcome->content;
  ROG_TRY(storage::Transaction transaction, inside_->database.begin());
  ROG_TRY(const CaseHistory history, load(id));
  ROG_TRY(const std::vector<Event> events, decide(history.state, fact, act));
  ROG_TRY(const Bytes case_key, id_bytes(id.view()));
  ROG_TRY(const Bytes item_key, id_bytes(outcome->item.view()));
  ROG_CHECKED(inside_->database.run(
      kInsertItem, {ByteView(item_key), ByteView(case_key), ByteView(place->wrapped_key)}));
  ROG_CHECKED(inside_->database.run(kDropUnfinished, {ByteView(item_key)}));
  ROG_CHECKED(write(id, secret, events));
  ROG_CHECKED(transaction.commit());
  outcome->has_mismatch = events.size() > 1;
  return *outcome;
}

// Reading -----------------------------------------------------------------------------------------

Result<crypto::SecretBytes> Vault::item_key(const CaseId& id, const ItemId& item) {
  ROG_TRY(const Bytes key, id_bytes(item.view()));
  ROG_TRY(const std::optional<Bytes> wrapped,
          inside_->database.query_bytes(kItemKey, {ByteView(key)}));
  if (!wrapped) {
    return failure(ErrorCode::kNotFound, fmt::format("the vault has no item `{}`", item.str()));
  }
  return inside_->parts.keys.unwrap_item_key(id.view(), *wrapped);
}

Result<void> Vault::read(const CaseId& id, const ItemId& item, crypto::ByteSink& sink,
                         const OnBytes& on_bytes) {
  ROG_TRY(const CaseHistory history, load(id));
  const auto known = history.state.items.find(item);
  if (known == history.state.items.end()) {
    return failure(ErrorCode::kNotFound, fmt::format("the case has no item `{}`", item.str()));
  }
  ROG_TRY(const crypto::SecretBytes key, item_key(id, item));
  std::vector<crypto::AgeIdentity> identities;
  identities.emplace_back(detail::item_identity(key));
  const auto damaged = [&item](std::string_view what) {
    return failure(ErrorCode::kLint, fmt::format("item `{}` {}", item.str(), what));
  };
  auto source = FileSource::open(inside_->blob(item));
  if (!source.ok() && source.error().code == ErrorCode::kNotFound) {
    return damaged("has lost its file");
  }
  if (!source.ok()) return source.take_error();
  auto reader = crypto::AgeReader::open(*source, identities);
  // A disk that fails says nothing of the content.
  if (!reader.ok() && reader.error().code == ErrorCode::kIo) return reader.take_error();
  if (!reader.ok()) return damaged("has a damaged header: " + reader.error().message);

  crypto::ChunkTreeHasher tree;
  Bytes buffer(crypto::kBatchBytes);
  for (;;) {
    std::size_t have = 0;
    bool is_end = false;
    while (have < buffer.size() && !is_end) {
      const auto size = reader->read(std::span(buffer).subspan(have));
      if (!size.ok() && size.error().code != ErrorCode::kParse) return size.error();
      if (!size.ok()) {
        const std::uint64_t good = tree.size_bytes() + have;
        return damaged(fmt::format("is damaged in chunk {} (after byte {}): {}",
                                   good / crypto::kChunkBytes, good, size.error().message));
      }
      is_end = *size == 0;
      have += *size;
    }
    const ByteView part = ByteView(buffer).first(have);
    ROG_CHECKED(tree.update(part));
    ROG_CHECKED(sink.write(part));
    if (on_bytes) on_bytes(tree.size_bytes());
    if (is_end) break;
  }
  ROG_CHECKED(tree.finish());
  if (tree.root().hex() == known->second.content.tree_root) return {};
  return damaged("is not the content that came in");
}

Result<void> Vault::export_sealed(const CaseId& id, const ItemId& item,
                                  std::span<const crypto::AgeRecipient> recipients,
                                  crypto::ByteSink& sink) {
  ROG_TRY(const crypto::SecretBytes key, item_key(id, item));
  std::vector<crypto::AgeIdentity> identities;
  identities.emplace_back(detail::item_identity(key));
  ROG_TRY(FileSource source, FileSource::open(inside_->blob(item)));
  return crypto::rewrap_file(source, identities, recipients, sink);
}

// Sealing -----------------------------------------------------------------------------------------

Result<SetId> Vault::seal(const CaseId& id, std::vector<ItemId> items, const Act& act) {
  ROG_TRY(const CaseHistory history, load(id));
  if (items.empty()) {
    for (const auto& [item, unused] : history.state.items) items.push_back(item);
  }
  Seal seal{.set = SetId(random_id()), .items = items, .salts = {}, .names = {}, .root = {}};
  SealedSet set{.items = items, .salts = {}, .names = {}, .root = {}, .recipients = {}};
  std::set<std::string> names;
  for (const ItemId& item : items) {
    const auto known = history.state.items.find(item);
    if (known == history.state.items.end()) {
      return failure(ErrorCode::kNotFound, fmt::format("the case has no item `{}`", item.str()));
    }
    // Names are people's; where two would be one file, or none, the id keeps them apart.
    std::string name = known->second.content.name;
    const bool is_good = package::check_member_name(name).ok();
    if (!is_good || !names.insert(package::folded_name(name)).second) name = item.str();
    set.names.push_back(name);
    set.salts.push_back(package::salt_hex(package::random_salt()));
  }
  ROG_TRY(const std::vector<package::SealedItem> sealed, sealed_items(history.state, set));
  seal.salts = set.salts;
  seal.names = set.names;
  seal.root = package::set_head(sealed).root.hex();
  ROG_CHECKED(record(id, seal, act));
  return seal.set;
}

}  // namespace rogatory::vault
