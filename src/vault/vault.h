// SPDX-License-Identifier: EUPL-1.2
//
// The vault: sealed evidence, what happened to it, and the log that proves it
// (docs/formats/vault.md). One object is used by one thread; a second process that writes waits.
//
// Invariants:
//  - What happens is decided (decide.h), then written in one transaction with its projections, then
//    placed in the log and signed (storage/event_log.h).
//  - Content is in a file of its own, sealed, and was flushed before its event is written.
//  - Nothing personal is in the clear in the database or in the names of files.
//  - After an erasure no key is left here that opens anything of the case, nor in a backup, unless
//    it has the vault's key of that time beside the case's (docs/formats/key-store.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/age_keys.h"
#include "crypto/byte_stream.h"
#include "crypto/chunk_digest.h"
#include "crypto/key_store.h"
#include "storage/event_log.h"
#include "storage/files.h"
#include "vault/decide.h"
#include "vault/recorded_event.h"
#include "vault/state.h"

namespace rogatory::vault {

struct CaseIdTag;
using CaseId = base::StrongString<CaseIdTag>;

/// The longest name of a case, in bytes.
inline constexpr std::size_t kMaxCaseNameBytes = 256;

/// What the vault is given from outside. Borrowed.
struct VaultParts {
  storage::Files& files;
  crypto::KeyStore& keys;
  /// Called after the key of a case was destroyed, to make older copies of the store worthless
  /// (FileKeyStore::rotate_vault_key). May be empty.
  std::function<base::Result<void>()> after_destruction;
};

/// A case with its history.
struct CaseHistory {
  CaseId id;
  /// Empty once erased.
  std::string name;
  CaseState state;
  std::vector<RecordedEvent> events;
};

struct CaseSummary {
  CaseId id;
  std::string name;
  std::int64_t items = 0;
  std::int64_t damaged = 0;
  std::optional<std::string> erased_on;
};

/// Bytes of content that have gone by.
using OnBytes = std::function<void(std::uint64_t done)>;

/// What is to come in.
struct IngestRequest {
  /// Opens the content from its beginning; called again when what came in before is not the same.
  std::function<base::Result<std::unique_ptr<crypto::ByteSource>>()> open;
  /// Says where the content comes from, so that an interrupted ingest is found again: path, size
  /// and time of change. Empty for what cannot be read twice.
  std::string origin;
  /// An Ingest, or a Derive, whose item and content are filled in.
  Fact fact;
  OnBytes on_bytes;
};

struct Ingested {
  ItemId item;
  Content content;
  /// Bytes that an interrupted ingest had written already.
  std::uint64_t resumed_bytes = 0;
  /// A digest that came along differs.
  bool has_mismatch = false;
};

/// Which items a scrub reads.
struct ScrubScope {
  /// Only those that no scrub has read within so many days before the act; 0: all. What was read
  /// before a scrub was cut off is not read again then.
  std::int64_t due_after_days = 0;
};

/// The longest time between two scrubs that can be asked for.
inline constexpr std::int64_t kMaxScrubDays = 3660;

/// What a scrub found.
struct ScrubOutcome {
  std::uint64_t checked = 0;
  /// Read not long ago, so not read now.
  std::uint64_t not_due = 0;
  std::uint64_t bytes = 0;
  struct Damage {
    /// Empty where the record of the case cannot be read: its items were not.
    ItemId item;
    CaseId case_id;
    std::string what;
  };
  std::vector<Damage> damaged;
};

class Vault final {
 public:
  /// Makes a vault in `folder`, which is empty or not there. kConflict when there is one; kIo.
  static base::Result<void> create(const std::filesystem::path& folder, const VaultParts& parts);

  /// Opens it, and completes an erasure that was cut off. kNotFound; kParse; kUnsupported for a
  /// newer format; kIo.
  static base::Result<std::unique_ptr<Vault>> open(const std::filesystem::path& folder,
                                                   const VaultParts& parts);
  ~Vault();
  Vault(const Vault&) = delete;
  Vault& operator=(const Vault&) = delete;

  // Cases -----------------------------------------------------------------------------------------

  /// The case of that name; kNotFound.
  base::Result<CaseId> find_case(std::string_view name);
  /// The same, made where there is none. kInvalidArgument for an empty or long name.
  base::Result<CaseId> open_case(std::string_view name);
  /// The case of an item; kNotFound.
  base::Result<CaseId> case_of(const ItemId& item);
  base::Result<std::vector<CaseSummary>> list_cases();
  /// All that is known of a case, each event compared with its leaf. kNotFound; kLint when what is
  /// stored is not what was committed to.
  base::Result<CaseHistory> load(const CaseId& id);
  /// The events of the vault as a whole: scrubs, restores, erasures.
  base::Result<std::vector<RecordedEvent>> load_own_events();

  /// Decides and writes. Errors of decide(), and of the database. For facts that need no content:
  /// all but Ingest, Derive and Erase, which have their own functions below.
  base::Result<std::vector<Event>> record(const CaseId& id, const Fact& fact, const Act& act);

  // Content ---------------------------------------------------------------------------------------

  /// Takes content in: digests and seals it in one pass, goes on where an interrupted ingest of the
  /// same origin ended, and writes the event. What the rules refuse is refused before anything is
  /// read.
  base::Result<Ingested> ingest(const CaseId& id, const IngestRequest& request, const Act& act);

  /// Gives the content of an item to `sink`, each chunk after it was verified, and compares it with
  /// what came in. kLint, naming the first damaged chunk, when it is not the same. No event is
  /// written and no rule asked: record() the use first.
  base::Result<void> read(const CaseId& id, const ItemId& item, crypto::ByteSink& sink,
                          const OnBytes& on_bytes = {});
  /// The item sealed for somebody else: the header is new, the payload goes as it is. The item's
  /// key becomes known to them.
  base::Result<void> export_sealed(const CaseId& id, const ItemId& item,
                                   std::span<const crypto::AgeRecipient> recipients,
                                   crypto::ByteSink& sink);

  /// Fixes a set of items: salts, tree, event. All items of the case when none is named.
  base::Result<SetId> seal(const CaseId& id, std::vector<ItemId> items, const Act& act);

  // The whole -------------------------------------------------------------------------------------

  /// Destroys the key of a case that has its two approvals, then its projections and contents.
  base::Result<void> erase(const CaseId& id, const Act& act);

  /// Reads the items of every case and compares; writes what was found, unless nothing was due.
  /// kInvalidArgument for a time outside of 0 to kMaxScrubDays.
  base::Result<ScrubOutcome> scrub(const Act& act, const OnBytes& on_bytes = {},
                                   const ScrubScope& scope = {});

  /// After a backup was restored: takes back the signed leaves that it lacks and writes which, also
  /// into each case, whose approvals are void then; and purges the cases that were erased since the
  /// backup was made. Nothing when none is missing.
  base::Result<std::optional<storage::LostRange>> restore(const Act& act);

  /// A copy of the database that opens as a vault's. kConflict when `path` is there.
  base::Result<void> back_up_to(const std::filesystem::path& path);

  storage::EventLog& log();

 private:
  struct Inside;
  struct Secret;
  explicit Vault(std::unique_ptr<Inside> inside);

  base::Result<Secret> secret_of(const CaseId& id);
  base::Result<CaseId> create_case(std::string_view name);
  base::Result<void> write(const CaseId& id, const Secret& secret,
                           const std::vector<Event>& events);
  base::Result<void> project(const Event& event);
  base::Result<void> write_own(const Fact& fact, const Act& act);
  /// In the vault's own stream and in each case that lives: what was approved or forbidden in the
  /// lost range is not known, so approvals from before it are void.
  base::Result<void> write_restore(const Restore& fact, const Act& act);
  base::Result<std::vector<RecordedEvent>> load_events(const CaseId& id, const Secret* secret);
  base::Result<crypto::SecretBytes> item_key(const CaseId& id, const ItemId& item);
  base::Result<void> finish_erasures();
  base::Result<void> purge(const CaseId& id, base::Date day);
  base::Result<void> purge_cases_without_key(base::Date day);
  base::Result<void> erase_content(const CaseId& id);
  base::Result<bool> was_read_since(const ItemId& item, const std::string& when);
  base::Result<void> scrub_case(const CaseId& id, const Act& act, const OnBytes& on_bytes,
                                const std::optional<std::string>& read_since,
                                ScrubOutcome& outcome);

  struct Unfinished;
  base::Result<std::optional<Unfinished>> find_unfinished(const CaseId& id, const Secret& secret,
                                                          const std::string& origin);
  base::Result<Unfinished> begin_ingest(const CaseId& id, const Secret& secret,
                                        const std::string& origin);
  base::Result<void> drop_unfinished(const ItemId& item);
  base::Result<Ingested> take_in(const Unfinished& place, const IngestRequest& request);

  std::unique_ptr<Inside> inside_;
};

/// A fresh id.
std::string random_id();

}  // namespace rogatory::vault
