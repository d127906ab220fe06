// SPDX-License-Identifier: EUPL-1.2
#include "storage/migrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "storage/dialect.h"

namespace rogatory::storage {
namespace {

constexpr std::string_view kCreateTable =
    "CREATE TABLE IF NOT EXISTS migrations (name {text} NOT NULL PRIMARY KEY {strict}";
constexpr std::string_view kListDone = "SELECT name FROM migrations ORDER BY name";
constexpr std::string_view kRecord = "INSERT INTO migrations (name) VALUES ($1)";

base::Result<std::set<std::string>> list_done(Database& database) {
  std::set<std::string> done;
  ROG_CHECKED(database.query(kListDone, {}, [&done](const Row& row) -> base::Result<void> {
    done.insert(row.text(0));
    return {};
  }));
  return done;
}

base::Result<void> refuse_unknown(const std::set<std::string>& done,
                                  std::span<const Migration> migrations) {
  for (const std::string& name : done) {
    const bool is_known = std::any_of(migrations.begin(), migrations.end(),
                                      [&name](const Migration& m) { return m.name == name; });
    if (is_known) continue;
    return base::Error{
        .code = base::ErrorCode::kUnsupported,
        .message = fmt::format("a newer program changed this database (`{}`); use that one", name),
        .context = {},
        .place = {}};
  }
  return {};
}

}  // namespace

base::Result<void> migrate(Database& database, std::span<const Migration> migrations) {
  ROG_TRY(Transaction transaction, database.begin());
  ROG_CHECKED(database.run_script(in_dialect(kCreateTable, kSqlite)));
  ROG_TRY(const std::set<std::string> done, list_done(database));
  ROG_CHECKED(refuse_unknown(done, migrations));
  for (const Migration& migration : migrations) {
    if (done.contains(std::string(migration.name))) continue;
    auto ran = database.run_script(in_dialect(migration.sql, kSqlite));
    if (!ran.ok()) {
      return ran.take_error().with_context(fmt::format("while running `{}`", migration.name));
    }
    ROG_CHECKED(database.run(kRecord, {migration.name}));
  }
  return transaction.commit();
}

}  // namespace rogatory::storage
