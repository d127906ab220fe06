// SPDX-License-Identifier: EUPL-1.2
#include "vault/vault.h"

#include <fmt/format.h>

#include "base/text.h"
#include "crypto/digest.h"
#include "storage/migrations.h"
#include "vault/detail/inside.h"
#include "vault/migrations.h"

namespace rogatory::vault {
namespace {

using base::ErrorCode;
using base::Result;
using detail::failure;
using detail::id_bytes;
using storage::Bytes;
using storage::Row;
using ByteView = std::span<const std::byte>;

constexpr std::string_view kPutOwn = "INSERT INTO vault (name, content) VALUES ($1, $2)";
constexpr std::string_view kGetOwn = "SELECT content FROM vault WHERE name = $1";
constexpr std::string_view kInsertCase =
    "INSERT INTO cases (case_id, name_tag, wrapped_secret, sealed_name) VALUES ($1, $2, $3, $4)";
constexpr std::string_view kCaseByTag = "SELECT case_id FROM cases WHERE name_tag = $1";
constexpr std::string_view kCaseOfItem = "SELECT case_id FROM items WHERE item_id = $1";
constexpr std::string_view kCase =
    "SELECT wrapped_secret, sealed_name, erased_on FROM cases WHERE case_id = $1";
constexpr std::string_view kCases =
    "SELECT cases.case_id, erased_on, count(item_id), coalesce(sum(is_damaged), 0) FROM cases LEFT "
    "JOIN items ON items.case_id = cases.case_id GROUP BY cases.case_id, erased_on ORDER BY "
    "cases.case_id";
constexpr std::string_view kLastVersion = "SELECT max(version) FROM events WHERE stream = $1";
constexpr std::string_view kMarkDamaged = "UPDATE items SET is_damaged = 1 WHERE item_id = $1";

constexpr std::string_view kIndexKey = "index_key";
constexpr std::string_view kOwnSecret = "own_secret";
constexpr std::string_view kFormat = "format";
constexpr std::string_view kFormatText = "rogatory.vault/1";

/// The stream of the vault's own events: an id that is never drawn.
CaseId own_stream() {
  return CaseId(std::string(32, '0'));
}

std::vector<storage::Migration> all_migrations() {
  std::vector<storage::Migration> all(storage::migrations().begin(), storage::migrations().end());
  all.insert(all.end(), migrations().begin(), migrations().end());
  return all;
}

/// Finds a case by its name without telling the name to who has the database alone.
Bytes name_tag(const crypto::SecretBytes& index_key, std::string_view name) {
  crypto::Bytes text = crypto::to_bytes("rogatory.case-name/1");
  text.push_back(std::byte{0});
  text.insert(text.end(), index_key.view().begin(), index_key.view().end());
  const ByteView name_bytes = crypto::as_bytes(name);
  text.insert(text.end(), name_bytes.begin(), name_bytes.end());
  const crypto::Sha256Digest digest = crypto::sha256(std::span<const std::byte>(text));
  return {digest.bytes.begin(), digest.bytes.end()};
}

std::string event_purpose(std::string_view stream, std::int64_t version) {
  return fmt::format("rogatory.event/1 {} {}", stream, version);
}

/// An event that lost its number or its members could be the hold that somebody wants gone.
Result<void> check_whole(const storage::StoredEvent& stored, std::int64_t before, bool is_live) {
  if (stored.version != before + 1) {
    return failure(ErrorCode::kLint, fmt::format("event {} is missing", before + 1));
  }
  if (!is_live || stored.sealed) return {};
  return failure(ErrorCode::kLint,
                 fmt::format("event {} has lost its members, and was not erased", stored.version));
}

/// What is to be committed reads back as the event that was meant: a history with one event that
/// does not would be closed for good.
Result<void> check_reads_back(const Event& event, const WrittenEvent& written,
                              const std::string& opened) {
  const auto read = read_event(written.leaf, opened);
  if (read.ok() && read->event && *read->event == event) return {};
  return failure(ErrorCode::kInternal,
                 fmt::format("an event of kind `{}` does not read back; nothing was written",
                             kind_of(event.fact)));
}

Result<void> put_wrapped(storage::Database& database, crypto::KeyStore& keys,
                         std::string_view name) {
  const crypto::SecretBytes secret = crypto::SecretBytes::random(crypto::kAeadKeyBytes);
  ROG_TRY(const Bytes wrapped, keys.wrap_item_key(kOwnCase, secret.view()));
  ROG_CHECKED(database.run(kPutOwn, {name, ByteView(wrapped)}));
  return {};
}

Result<crypto::SecretBytes> get_wrapped(storage::Database& database, crypto::KeyStore& keys,
                                        std::string_view name) {
  ROG_TRY(const std::optional<Bytes> wrapped, database.query_bytes(kGetOwn, {name}));
  if (!wrapped) return failure(ErrorCode::kParse, "the database is not that of a vault");
  return keys.unwrap_item_key(kOwnCase, *wrapped);
}

}  // namespace

// Making and opening ------------------------------------------------------------------------------

Result<void> Vault::create(const std::filesystem::path& folder, const VaultParts& parts) {
  ROG_TRY(const bool is_there, parts.files.exists(folder / "vault.db"));
  if (is_there) return failure(ErrorCode::kConflict, "there is a vault already");
  for (const char* name : {"", "blobs", "incoming", "log"}) {
    ROG_CHECKED(parts.files.make_folder(folder / name));
  }
  ROG_CHECKED(parts.keys.create_case_key(kOwnCase));
  // Under another name until it is whole: a database without its keys would be no vault.
  const std::filesystem::path unfinished = folder / "vault.db.new";
  {
    ROG_TRY(storage::Database database, storage::Database::open(unfinished, {}));
    ROG_CHECKED(storage::migrate(database, all_migrations()));
    ROG_CHECKED(database.run(kPutOwn, {kFormat, crypto::as_bytes(kFormatText)}));
    ROG_CHECKED(put_wrapped(database, parts.keys, kIndexKey));
    ROG_CHECKED(put_wrapped(database, parts.keys, kOwnSecret));
    ROG_CHECKED(database.purge_log());
  }
  ROG_CHECKED(parts.files.rename(unfinished, folder / "vault.db"));
  return parts.files.sync_folder(folder);
}

Result<std::unique_ptr<Vault>> Vault::open(const std::filesystem::path& folder,
                                           const VaultParts& parts) {
  ROG_TRY(storage::Database database,
          storage::Database::open(folder / "vault.db", {.must_exist = true}));
  ROG_CHECKED(storage::migrate(database, all_migrations()));
  ROG_TRY(const std::optional<Bytes> format, database.query_bytes(kGetOwn, {kFormat}));
  if (!format || crypto::as_text(*format) != kFormatText) {
    return failure(ErrorCode::kUnsupported, "the format of this vault is not known");
  }
  auto inside = std::make_unique<Inside>(folder, parts, std::move(database));
  ROG_TRY(inside->index_key, get_wrapped(inside->database, parts.keys, kIndexKey));
  std::unique_ptr<Vault> vault(new Vault(std::move(inside)));
  ROG_CHECKED(vault->finish_erasures());
  return vault;
}

Vault::Vault(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Vault::~Vault() = default;

storage::EventLog& Vault::log() {
  return inside_->log;
}

Result<void> Vault::back_up_to(const std::filesystem::path& path) {
  return inside_->database.back_up_to(path);
}

// Cases -------------------------------------------------------------------------------------------

Result<CaseId> Vault::find_case(std::string_view name) {
  const Bytes tag = name_tag(inside_->index_key, name);
  ROG_TRY(const std::optional<Bytes> id,
          inside_->database.query_bytes(kCaseByTag, {ByteView(tag)}));
  if (id) return CaseId(detail::id_text(*id));
  return failure(ErrorCode::kNotFound, fmt::format("the vault has no case `{}`", name));
}

Result<CaseId> Vault::create_case(std::string_view name) {
  const std::string id = random_id();
  ROG_TRY(const Bytes key, id_bytes(id));
  ROG_CHECKED(inside_->parts.keys.create_case_key(id));
  const Secret secret{.key = crypto::SecretBytes::random(crypto::kAeadKeyBytes)};
  ROG_TRY(const Bytes wrapped, inside_->parts.keys.wrap_item_key(id, secret.key.view()));
  ROG_TRY(const Bytes sealed_name, secret.seal("rogatory.case-name/1 " + id, name));
  const Bytes tag = name_tag(inside_->index_key, name);
  ROG_CHECKED(inside_->database.run(
      kInsertCase, {ByteView(key), ByteView(tag), ByteView(wrapped), ByteView(sealed_name)}));
  return CaseId(id);
}

Result<CaseId> Vault::open_case(std::string_view name) {
  if (name.empty() || name.size() > kMaxCaseNameBytes || !base::is_valid_utf8(name)) {
    return failure(ErrorCode::kInvalidArgument,
                   fmt::format("a case has a name of 1 to {} bytes", kMaxCaseNameBytes));
  }
  auto found = find_case(name);
  if (found.ok() || found.error().code != ErrorCode::kNotFound) return found;
  return create_case(name);
}

Result<CaseId> Vault::case_of(const ItemId& item) {
  ROG_TRY(const Bytes key, id_bytes(item.view()));
  ROG_TRY(const std::optional<Bytes> id,
          inside_->database.query_bytes(kCaseOfItem, {ByteView(key)}));
  if (id) return CaseId(detail::id_text(*id));
  return failure(ErrorCode::kNotFound, fmt::format("the vault has no item `{}`", item.str()));
}

Result<Vault::Secret> Vault::secret_of(const CaseId& id) {
  if (id == own_stream()) {
    ROG_TRY(crypto::SecretBytes own,
            get_wrapped(inside_->database, inside_->parts.keys, kOwnSecret));
    return Secret{.key = std::move(own)};
  }
  ROG_TRY(const Bytes key, id_bytes(id.view()));
  ROG_TRY(const std::optional<Bytes> wrapped,
          inside_->database.query_bytes(kCase, {ByteView(key)}));
  if (!wrapped) return failure(ErrorCode::kRefused, "the case was erased, or never was");
  ROG_TRY(crypto::SecretBytes key_of_case,
          inside_->parts.keys.unwrap_item_key(id.view(), *wrapped));
  return Secret{.key = std::move(key_of_case)};
}

Result<std::vector<CaseSummary>> Vault::list_cases() {
  std::vector<CaseSummary> cases;
  ROG_CHECKED(inside_->database.query(kCases, {}, [&cases](const Row& row) -> Result<void> {
    CaseSummary one{.id = CaseId(detail::id_text(row.bytes(0))),
                    .name = {},
                    .items = row.integer(2),
                    .damaged = row.integer(3),
                    .erased_on = {}};
    if (!row.is_null(1)) one.erased_on = row.text(1);
    cases.push_back(std::move(one));
    return {};
  }));
  for (CaseSummary& one : cases) {
    if (one.erased_on) continue;
    ROG_TRY(const bool has_key, inside_->parts.keys.has_case_key(one.id.view()));
    if (!has_key) {
      // A backup from before its erasure was put back; restore() purges it.
      one.erased_on = "before this backup";
      continue;
    }
    ROG_TRY(const Secret secret, secret_of(one.id));
    ROG_TRY(const Bytes key, id_bytes(one.id.view()));
    Bytes sealed;
    ROG_CHECKED(
        inside_->database.query(kCase, {ByteView(key)}, [&sealed](const Row& row) -> Result<void> {
          sealed = row.bytes(1);
          return {};
        }));
    ROG_TRY(one.name, secret.open("rogatory.case-name/1 " + one.id.str(), sealed));
  }
  return cases;
}

// Events ------------------------------------------------------------------------------------------

Result<std::vector<RecordedEvent>> Vault::load_events(const CaseId& id, const Secret* secret) {
  ROG_TRY(const Bytes stream, id_bytes(id.view()));
  std::vector<RecordedEvent> events;
  std::int64_t before = 0;
  ROG_CHECKED(
      inside_->log.for_each(stream, [&](const storage::StoredEvent& stored) -> Result<void> {
        auto whole = check_whole(stored, before, secret != nullptr);
        if (!whole.ok()) return whole.take_error();
        before = stored.version;
        std::optional<std::string> closed;
        if (secret != nullptr && stored.sealed) {
          ROG_TRY(closed, secret->open(event_purpose(id.view(), stored.version), *stored.sealed));
        }
        auto event = read_event(stored.leaf, closed);
        if (!event.ok()) {
          return event.take_error().with_context(
              fmt::format("while reading event {} of a case", stored.version));
        }
        event->leaf_index = stored.leaf_index;
        events.push_back(event.take());
        return {};
      }));
  return events;
}

Result<CaseHistory> Vault::load(const CaseId& id) {
  ROG_TRY(const Bytes key, id_bytes(id.view()));
  CaseHistory history{.id = id, .name = {}, .state = {}, .events = {}};
  bool is_there = false;
  std::string erased_on;
  Bytes sealed_name;
  ROG_CHECKED(inside_->database.query(kCase, {ByteView(key)}, [&](const Row& row) -> Result<void> {
    is_there = true;
    sealed_name = row.bytes(1);
    erased_on = row.text(2);
    return {};
  }));
  if (!is_there) return failure(ErrorCode::kNotFound, "the vault has no such case");
  ROG_TRY(const bool has_key, inside_->parts.keys.has_case_key(id.view()));
  if (erased_on.empty() && !has_key) {
    return failure(ErrorCode::kNotFound, "the key of this case was destroyed");
  }
  if (!erased_on.empty()) {
    ROG_TRY(history.state.erased_on, base::Date::parse(erased_on));
    ROG_TRY(history.events, load_events(id, nullptr));
    return history;
  }
  ROG_TRY(const Secret secret, secret_of(id));
  ROG_TRY(history.name, secret.open("rogatory.case-name/1 " + id.str(), sealed_name));
  ROG_TRY(history.events, load_events(id, &secret));
  for (const RecordedEvent& event : history.events) {
    if (event.event) evolve(history.state, *event.event);
  }
  return history;
}

Result<std::vector<RecordedEvent>> Vault::load_own_events() {
  ROG_TRY(const Secret secret, secret_of(own_stream()));
  return load_events(own_stream(), &secret);
}

Result<void> Vault::project(const Event& event) {
  const auto* mismatch = std::get_if<Mismatch>(&event.fact);
  if (mismatch == nullptr || !mismatch->is_about_stored_content()) return {};
  ROG_TRY(const Bytes key, id_bytes(mismatch->item.view()));
  ROG_CHECKED(inside_->database.run(kMarkDamaged, {ByteView(key)}));
  return {};
}

Result<void> Vault::write(const CaseId& id, const Secret& secret,
                          const std::vector<Event>& events) {
  ROG_TRY(const Bytes stream, id_bytes(id.view()));
  ROG_TRY(const std::optional<std::int64_t> last,
          inside_->database.query_integer(kLastVersion, {ByteView(stream)}));
  std::int64_t version = last.value_or(0);
  for (const Event& event : events) {
    ++version;
    ROG_TRY(const WrittenEvent written, write_event(event));
    ROG_TRY(const Bytes sealed, secret.seal(event_purpose(id.view(), version), written.closed));
    ROG_TRY(const std::string opened, secret.open(event_purpose(id.view(), version), sealed));
    ROG_CHECKED(check_reads_back(event, written, opened));
    ROG_CHECKED(inside_->log.append(
        {.stream = stream, .version = version, .leaf = written.leaf, .sealed = sealed}));
    ROG_CHECKED(project(event));
  }
  return {};
}

Result<std::vector<Event>> Vault::record(const CaseId& id, const Fact& fact, const Act& act) {
  const bool has_own_function = std::holds_alternative<Ingest>(fact) ||
                                std::holds_alternative<Derive>(fact) ||
                                std::holds_alternative<Erase>(fact);
  if (has_own_function) return failure(ErrorCode::kInternal, "this fact is not recorded alone");
  ROG_TRY(storage::Transaction transaction, inside_->database.begin());
  ROG_TRY(const CaseHistory history, load(id));
  ROG_TRY(std::vector<Event> events, decide(history.state, fact, act));
  ROG_TRY(const Secret secret, secret_of(id));
  ROG_CHECKED(write(id, secret, events));
  ROG_CHECKED(transaction.commit());
  return events;
}

Result<void> Vault::write_own(const Fact& fact, const Act& act) {
  ROG_TRY(const Secret secret, secret_of(own_stream()));
  return write(own_stream(), secret, {Event{.fact = fact, .act = act}});
}

}  // namespace rogatory::vault
