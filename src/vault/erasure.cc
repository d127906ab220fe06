// SPDX-License-Identifier: EUPL-1.2
//
// What concerns cases as a whole: erasure, scrub, restore.
#include <fmt/format.h>

#include "base/instant.h"
#include "vault/detail/inside.h"

namespace rogatory::vault {
namespace {

using base::ErrorCode;
using base::Result;
using crypto::ByteView;
using detail::failure;
using detail::id_bytes;
using storage::Bytes;
using storage::Row;

constexpr std::string_view kPurgeCase =
    "UPDATE cases SET name_tag = NULL, wrapped_secret = NULL, sealed_name = NULL, erased_on = "
    "coalesce(erased_on, $2) WHERE case_id = $1";
constexpr std::string_view kMarkDue =
    "INSERT INTO vault (name, content) VALUES ('erasure_due', $1) ON CONFLICT (name) DO NOTHING";
constexpr std::string_view kIsDue = "SELECT count(*) FROM vault WHERE name = 'erasure_due'";
constexpr std::string_view kUnmarkDue = "DELETE FROM vault WHERE name = 'erasure_due'";
constexpr std::string_view kErasedCases =
    "SELECT case_id FROM cases WHERE erased_on IS NOT NULL ORDER BY case_id";
constexpr std::string_view kItemsOf =
    "SELECT item_id FROM items WHERE case_id = $1 UNION SELECT item_id FROM unfinished WHERE "
    "case_id = $1";
constexpr std::string_view kPurgeItems = "DELETE FROM items WHERE case_id = $1";
constexpr std::string_view kPurgeUnfinished = "DELETE FROM unfinished WHERE case_id = $1";
constexpr std::string_view kScrubbed =
    "UPDATE items SET scrubbed_at = $2, is_damaged = $3 WHERE item_id = $1";
constexpr std::string_view kWasRead =
    "SELECT count(*) FROM items WHERE item_id = $1 AND scrubbed_at > $2";

/// Whether an error says that what is stored is not what was written.
bool is_damage(ErrorCode code) {
  return code == ErrorCode::kLint || code == ErrorCode::kParse || code == ErrorCode::kSchema;
}

Result<void> remove_if_there(storage::Files& files, const std::filesystem::path& path) {
  auto removed = files.remove(path);
  if (removed.ok() || removed.error().code == ErrorCode::kNotFound) return {};
  return removed;
}

}  // namespace

// Erasure -----------------------------------------------------------------------------------------

Result<void> Vault::erase(const CaseId& id, const Act& act) {
  {
    ROG_TRY(storage::Transaction transaction, inside_->database.begin());
    ROG_TRY(const CaseHistory history, load(id));
    ROG_TRY(const std::vector<Event> events,
            decide(history.state, Erase{.case_id = id.str(), .approvals = {}}, act));
    ROG_TRY(const Secret secret, secret_of(id));
    ROG_CHECKED(write(id, secret, events));
    for (const Event& event : events) ROG_CHECKED(write_own(event.fact, event.act));
    ROG_CHECKED(purge(id, act.day()));
    ROG_CHECKED(transaction.commit());
  }
  return finish_erasures();
}

Result<void> Vault::purge(const CaseId& id, base::Date day) {
  ROG_TRY(const Bytes key, id_bytes(id.view()));
  const std::string text = day.to_string();
  // The rows of the items stay until their files are gone, so that a crash forgets none.
  ROG_CHECKED(inside_->database.run(kPurgeCase, {ByteView(key), std::string_view(text)}));
  ROG_CHECKED(inside_->log.forget(key));
  ROG_CHECKED(inside_->database.run(kMarkDue, {ByteView()}));
  return {};
}

Result<void> Vault::purge_cases_without_key(base::Date day) {
  ROG_TRY(const std::vector<CaseSummary> cases, list_cases());
  {
    ROG_TRY(storage::Transaction transaction, inside_->database.begin());
    for (const CaseSummary& one : cases) {
      ROG_TRY(const bool has_key, inside_->parts.keys.has_case_key(one.id.view()));
      if (!has_key) ROG_CHECKED(purge(one.id, day));
    }
    ROG_CHECKED(transaction.commit());
  }
  return finish_erasures();
}

Result<void> Vault::erase_content(const CaseId& id) {
  ROG_TRY(const Bytes key, id_bytes(id.view()));
  std::vector<ItemId> items;
  ROG_CHECKED(
      inside_->database.query(kItemsOf, {ByteView(key)}, [&items](const Row& row) -> Result<void> {
        items.emplace_back(detail::id_text(row.bytes(0)));
        return {};
      }));
  for (const ItemId& item : items) {
    for (const auto& path : {inside_->blob(item), inside_->chunks(item),
                             inside_->incoming_blob(item), inside_->incoming_chunks(item)}) {
      ROG_CHECKED(remove_if_there(inside_->parts.files, path));
    }
  }
  ROG_TRY(storage::Transaction transaction, inside_->database.begin());
  ROG_CHECKED(inside_->database.run(kPurgeItems, {ByteView(key)}));
  ROG_CHECKED(inside_->database.run(kPurgeUnfinished, {ByteView(key)}));
  return transaction.commit();
}

// Each step can be done twice: a crash at any moment leaves the mark, and the next opening does all
// of them again.
Result<void> Vault::finish_erasures() {
  ROG_TRY(const std::optional<std::int64_t> due, inside_->database.query_integer(kIsDue));
  if (due.value_or(0) == 0) return {};
  std::vector<CaseId> erased;
  ROG_CHECKED(inside_->database.query(kErasedCases, {}, [&erased](const Row& row) -> Result<void> {
    erased.emplace_back(detail::id_text(row.bytes(0)));
    return {};
  }));
  for (const CaseId& id : erased) {
    ROG_TRY(const bool has_key, inside_->parts.keys.has_case_key(id.view()));
    if (has_key) ROG_CHECKED(inside_->parts.keys.destroy_case_key(id.view()));
    ROG_CHECKED(erase_content(id));
  }
  if (inside_->parts.after_destruction) ROG_CHECKED(inside_->parts.after_destruction());
  ROG_CHECKED(inside_->database.purge_log());
  ROG_CHECKED(inside_->database.run(kUnmarkDue));
  return {};
}

// Scrub -------------------------------------------------------------------------------------------

Result<void> Vault::scrub_case(const CaseId& id, const Act& act, const OnBytes& on_bytes,
                               const std::optional<std::string>& read_since,
                               ScrubOutcome& outcome) {
  ROG_TRY(const CaseHistory history, load(id));
  ROG_TRY(const base::Instant at, base::Instant::make(act.at, std::chrono::seconds(0)));
  const std::string when = at.to_string();
  crypto::NoSink nowhere;
  for (const auto& [item, known] : history.state.items) {
    if (read_since) {
      ROG_TRY(const bool was_read, was_read_since(item, *read_since));
      outcome.not_due += was_read ? 1 : 0;
      if (was_read) continue;
    }
    const std::uint64_t before = outcome.bytes;
    const auto read_back = read(id, item, nowhere, [&](std::uint64_t done) {
      outcome.bytes = before + done;
      if (on_bytes) on_bytes(outcome.bytes);
    });
    ++outcome.checked;
    if (!read_back.ok() && read_back.error().code != ErrorCode::kLint) return read_back.error();
    ROG_TRY(const Bytes key, id_bytes(item.view()));
    const bool is_damaged = !read_back.ok();
    ROG_CHECKED(inside_->database.run(
        kScrubbed, {ByteView(key), std::string_view(when), std::int64_t{is_damaged ? 1 : 0}}));
    if (!is_damaged) continue;
    outcome.damaged.push_back({.item = item, .case_id = id, .what = read_back.error().message});
    ROG_CHECKED(record(id,
                       Mismatch{.item = item,
                                .expected = known.content.tree_root,
                                .found = read_back.error().message,
                                .where = "scrub"},
                       act));
  }
  return {};
}

namespace {

/// What was read after this moment is not due; nothing where all is. Times of one form compare as
/// text.
Result<std::optional<std::string>> read_since_of(const Act& act, const ScrubScope& scope) {
  if (scope.due_after_days < 0 || scope.due_after_days > kMaxScrubDays) {
    return failure(ErrorCode::kInvalidArgument,
                   fmt::format("the days between two scrubs are 0 to {}", kMaxScrubDays));
  }
  if (scope.due_after_days == 0) return std::optional<std::string>();
  ROG_TRY(const base::Instant since,
          base::Instant::make(act.at - std::chrono::days(scope.due_after_days),
                              std::chrono::seconds(0)));
  return std::optional(since.to_string());
}

}  // namespace

Result<bool> Vault::was_read_since(const ItemId& item, const std::string& when) {
  ROG_TRY(const Bytes key, id_bytes(item.view()));
  ROG_TRY(const std::optional<std::int64_t> count,
          inside_->database.query_integer(kWasRead, {ByteView(key), std::string_view(when)}));
  return count.value_or(0) > 0;
}

Result<ScrubOutcome> Vault::scrub(const Act& act, const OnBytes& on_bytes,
                                  const ScrubScope& scope) {
  ROG_CHECKED(decide(CaseState{}, Scrub{}, act));
  ROG_TRY(const std::optional<std::string> read_since, read_since_of(act, scope));
  ScrubOutcome outcome;
  ROG_TRY(const std::vector<CaseSummary> cases, list_cases());
  for (const CaseSummary& one : cases) {
    if (one.erased_on) continue;
    auto done = scrub_case(one.id, act, on_bytes, read_since, outcome);
    if (done.ok()) continue;
    // One damaged record does not keep the others from being looked at.
    if (!is_damage(done.error().code)) return done.take_error();
    outcome.damaged.push_back(
        {.item = {},
         .case_id = one.id,
         .what = fmt::format("case {}: {}", one.id.str(), done.error().to_string())});
  }
  if (read_since && outcome.checked == 0 && outcome.damaged.empty()) return outcome;
  Scrub fact{.checked = outcome.checked, .damaged = {}};
  for (const ScrubOutcome::Damage& damage : outcome.damaged) {
    if (!damage.item.empty()) fact.damaged.push_back(damage.item);
  }
  ROG_TRY(storage::Transaction transaction, inside_->database.begin());
  ROG_CHECKED(write_own(fact, act));
  ROG_CHECKED(transaction.commit());
  return outcome;
}

// Restore -----------------------------------------------------------------------------------------

Result<std::optional<storage::LostRange>> Vault::restore(const Act& act) {
  ROG_CHECKED(decide(CaseState{}, Restore{.lost_from = 0, .lost_until = 1}, act));
  // The leaves and what tells of their loss come back together: a crash leaves both or neither.
  ROG_TRY(const std::optional<storage::LostRange> lost,
          inside_->log.recover([&](const storage::LostRange& range) {
            return write_restore({.lost_from = range.from, .lost_until = range.until}, act);
          }));
  ROG_CHECKED(purge_cases_without_key(act.day()));
  return lost;
}

Result<void> Vault::write_restore(const Restore& fact, const Act& act) {
  ROG_CHECKED(write_own(fact, act));
  ROG_TRY(const std::vector<CaseSummary> cases, list_cases());
  for (const CaseSummary& one : cases) {
    if (one.erased_on) continue;
    ROG_TRY(const Secret secret, secret_of(one.id));
    ROG_CHECKED(write(one.id, secret, {Event{.fact = fact, .act = act}}));
  }
  return {};
}

}  // namespace rogatory::vault
