// SPDX-License-Identifier: EUPL-1.2
//
// Database on the C interface of SQLite.
#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <limits>
#include <unordered_map>

#include "storage/database.h"
#include "storage/dialect.h"

namespace rogatory::storage {
namespace {

using base::Error;
using base::ErrorCode;

ErrorCode code_of(int result) {
  switch (result & 0xff) {
    case SQLITE_CONSTRAINT:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorCode::kConflict;
    case SQLITE_FULL:
    case SQLITE_TOOBIG:
    case SQLITE_NOMEM:
      return ErrorCode::kLimit;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return ErrorCode::kIo;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::kParse;
    default:
      return ErrorCode::kInternal;
  }
}

/// What the system said when the database or its log could last not be read; 0 for nothing.
int last_errno(sqlite3& handle) {
  int number = 0;
  sqlite3_file_control(&handle, "main", SQLITE_FCNTL_LAST_ERRNO, &number);
  sqlite3_file* log = nullptr;
  sqlite3_file_control(&handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, static_cast<void*>(&log));
  // Journals in memory have no such function.
  const bool is_file =
      log != nullptr && log->pMethods != nullptr && log->pMethods->xFileControl != nullptr;
  if (number == 0 && is_file) {
    log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &number);
  }
  return number;
}

/// SQLite calls it a malformed image too when the disk failed (SQLITE_IOERR_CORRUPTFS).
bool is_disk_failure(int code, sqlite3* handle) {
  if ((code & 0xff) != SQLITE_CORRUPT || handle == nullptr) return false;
  const int number = last_errno(*handle);
  return number == EIO || number == ENXIO;
}

struct Bind {
  sqlite3_stmt& statement;
  int index;

  int operator()(std::monostate) const { return sqlite3_bind_null(&statement, index); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(&statement, index, value); }
  // The caller keeps the bytes until the statement has run, hence SQLITE_STATIC. An empty value
  // must not become NULL, which a null pointer would.
  int operator()(std::string_view value) const {
    return sqlite3_bind_text64(&statement, index, value.empty() ? "" : value.data(), value.size(),
                               SQLITE_STATIC, SQLITE_UTF8);
  }
  int operator()(std::span<const std::byte> value) const {
    return value.empty()
               ? sqlite3_bind_zeroblob(&statement, index, 0)
               : sqlite3_bind_blob64(&statement, index, value.data(), value.size(), SQLITE_STATIC);
  }
};

/// Ends the use of a cached statement, so that it holds no lock and borrows nothing.
struct Reset {
  sqlite3_stmt* statement;
  ~Reset() {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
  }
};

}  // namespace

struct Database::Inside {
  std::string path;
  sqlite3* handle = nullptr;
  std::unordered_map<std::string, sqlite3_stmt*> statements;

  Inside() = default;
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;
  ~Inside() {
    for (const auto& [sql, statement] : statements) sqlite3_finalize(statement);
    sqlite3_close_v2(handle);
  }
};

// Row ---------------------------------------------------------------------------------------------

std::int64_t Row::integer(int column) const {
  return sqlite3_column_int64(&statement_, column);
}

std::string Row::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(&statement_, column));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(&statement_, column))};
}

Bytes Row::bytes(int column) const {
  const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(&statement_, column));
  if (data == nullptr) return {};
  return {data, data + sqlite3_column_bytes(&statement_, column)};
}

bool Row::is_null(int column) const {
  return sqlite3_column_type(&statement_, column) == SQLITE_NULL;
}

// Database ----------------------------------------------------------------------------------------

Database::Database(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Error Database::error(int code, std::string_view what) const {
  const std::string message =
      inside_->handle != nullptr ? sqlite3_errmsg(inside_->handle) : sqlite3_errstr(code);
  if (is_disk_failure(code, inside_->handle)) {
    return {.code = ErrorCode::kIo,
            .message = fmt::format("the database refused to {}: its disk cannot be read", what),
            .place = {.file = inside_->path}};
  }
  return {.code = code_of(code),
          .message = fmt::format("the database refused to {}: {}", what, message),
          .context = {},
          .place = {.file = inside_->path}};
}

base::Result<Database> Database::open(const std::filesystem::path& path,
                                      const DatabaseOptions& options) {
  if (options.must_exist && !std::filesystem::exists(path)) {
    return Error{.code = ErrorCode::kNotFound,
                 .message = "there is no database here",
                 .context = {},
                 .place = {.file = path.string()}};
  }
  Database database(std::make_unique<Inside>());
  database.inside_->path = path.string();
  const int how =
      options.is_read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int code = sqlite3_open_v2(path.c_str(), &database.inside_->handle,
                                   how | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  if (code != SQLITE_OK) return database.error(code, "open");
  sqlite3_busy_timeout(database.inside_->handle, options.busy_timeout_ms);
  // A file from elsewhere may hold a schema that calls functions: refuse what is not ours.
  sqlite3_db_config(database.inside_->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  ROG_CHECKED(database.run_script(options.is_read_only ? kSqliteReadPragmas : kSqlitePragmas));
  return database;
}

base::Result<sqlite3_stmt*> Database::prepare(std::string_view sql) {
  auto& statements = inside_->statements;
  std::string key(sql);
  if (const auto found = statements.find(key); found != statements.end()) return found->second;
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(inside_->handle, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, /*pzTail=*/nullptr);
  if (code != SQLITE_OK) return error(code, fmt::format("understand `{}`", sql));
  statements.emplace(std::move(key), statement);
  return statement;
}

base::Result<void> Database::bind(sqlite3_stmt& statement, std::span<const Param> params) {
  if (sqlite3_bind_parameter_count(&statement) != static_cast<int>(params.size())) {
    return error(SQLITE_RANGE, "take this number of parameters");
  }
  int number = 0;
  for (const Param& param : params) {
    // `$3` is a name to SQLite, numbered by its first use: find it by its name.
    const std::string name = fmt::format("${}", ++number);
    const int index = sqlite3_bind_parameter_index(&statement, name.c_str());
    if (index == 0) return error(SQLITE_RANGE, fmt::format("find parameter `{}`", name));
    const int code = std::visit(Bind{statement, index}, param);
    if (code != SQLITE_OK) return error(code, fmt::format("take parameter `{}`", name));
  }
  return {};
}

base::Result<std::int64_t> Database::run(std::string_view sql,
                                         std::initializer_list<Param> params) {
  return run(sql, std::span<const Param>(params.begin(), params.size()));
}

base::Result<std::int64_t> Database::run(std::string_view sql, std::span<const Param> params) {
  ROG_TRY(sqlite3_stmt* const statement, prepare(sql));
  const Reset reset{statement};
  ROG_CHECKED(bind(*statement, params));
  const int code = sqlite3_step(statement);
  if (code != SQLITE_DONE && code != SQLITE_ROW) return error(code, "run a statement");
  return std::int64_t{sqlite3_changes64(inside_->handle)};
}

base::Result<void> Database::run_batch(std::string_view sql,
                                       std::span<const std::vector<Param>> sets) {
  for (const std::vector<Param>& set : sets) ROG_CHECKED(run(sql, std::span<const Param>(set)));
  return {};
}

base::Result<void> Database::query(std::string_view sql, std::initializer_list<Param> params,
                                   const OnRow& on_row) {
  ROG_TRY(sqlite3_stmt* const statement, prepare(sql));
  // A query inside the rows of the same query would share the statement.
  if (sqlite3_stmt_busy(statement) != 0) return error(SQLITE_MISUSE, "run a statement twice");
  const Reset reset{statement};
  ROG_CHECKED(bind(*statement, std::span<const Param>(params.begin(), params.size())));
  for (;;) {
    const int code = sqlite3_step(statement);
    if (code == SQLITE_DONE) return {};
    if (code != SQLITE_ROW) return error(code, "read");
    ROG_CHECKED(on_row(Row(*statement)));
  }
}

base::Result<std::optional<std::int64_t>> Database::query_integer(
    std::string_view sql, std::initializer_list<Param> params) {
  std::optional<std::int64_t> found;
  ROG_CHECKED(query(sql, params, [&found](const Row& row) -> base::Result<void> {
    if (!found && !row.is_null(0)) found = row.integer(0);
    return {};
  }));
  return found;
}

base::Result<std::optional<Bytes>> Database::query_bytes(std::string_view sql,
                                                         std::initializer_list<Param> params) {
  std::optional<Bytes> found;
  ROG_CHECKED(query(sql, params, [&found](const Row& row) -> base::Result<void> {
    if (!found && !row.is_null(0)) found = row.bytes(0);
    return {};
  }));
  return found;
}

base::Result<void> Database::run_script(std::string_view sql) {
  const int code =
      sqlite3_exec(inside_->handle, std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error(code, "run a script");
  return {};
}

base::Result<void> Database::purge_log() {
  const int code = sqlite3_wal_checkpoint_v2(inside_->handle, nullptr, SQLITE_CHECKPOINT_TRUNCATE,
                                             nullptr, nullptr);
  if (code != SQLITE_OK) return error(code, "empty its write-ahead log");
  return {};
}

base::Result<void> Database::back_up_to(const std::filesystem::path& path) {
  if (std::filesystem::exists(path)) {
    return Error{.code = ErrorCode::kConflict,
                 .message = "a backup never replaces what is there",
                 .context = {},
                 .place = {.file = path.string()}};
  }
  const std::string name = path.string();
  ROG_CHECKED(run("VACUUM INTO $1", {std::string_view(name)}));
  return {};
}

// Transaction -------------------------------------------------------------------------------------

base::Result<Transaction> Database::begin() {
  if (sqlite3_get_autocommit(inside_->handle) == 0) {
    return Error{.code = ErrorCode::kConflict,
                 .message = "a transaction is open already",
                 .context = {},
                 .place = {.file = inside_->path}};
  }
  ROG_CHECKED(run_script(kSqliteBegin));
  return Transaction(*this);
}

Transaction::Transaction(Transaction&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  if (database_ == nullptr) return;
  // An error of the rollback leaves nothing to do: the disk holds the state before.
  const auto rolled_back = database_->run_script("ROLLBACK");
  (void)rolled_back.ok();
}

base::Result<void> Transaction::commit() {
  ROG_ASSERT(database_ != nullptr);
  ROG_CHECKED(database_->run_script("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace rogatory::storage
