// SPDX-License-Identifier: EUPL-1.2
//
// A relational database under one thin typed layer: statements with bound parameters, transactions,
// batches. SQLite today; the text of a statement is one that PostgreSQL understands too (`$1`
// parameters, no vendor function), and what differs is in dialect.h.
//
// Durability: a commit that returned success is on the disk (write-ahead log, flushed at each
// commit). Deleted content is overwritten (secure_delete). One Database is used by one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace rogatory::storage {

using Bytes = std::vector<std::byte>;

/// A value bound to `$n`: NULL, a whole number, text (UTF-8) or bytes. Borrowed for the call.
using Param =
    std::variant<std::monostate, std::int64_t, std::string_view, std::span<const std::byte>>;
/// NULL.
inline constexpr std::monostate kNull{};

/// One row of an answer; its views live until the next row.
class Row final {
 public:
  explicit Row(sqlite3_stmt& statement) : statement_(statement) {}

  /// The column counted from 0. NULL is 0, an empty text or no bytes.
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] Bytes bytes(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  sqlite3_stmt& statement_;
};

class Database;

/// Everything between its making and commit() happens or nothing does. Without a commit it is
/// rolled back when it goes.
class Transaction final {
 public:
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  /// kIo, kLimit or kConflict as Database::run; nothing has happened then.
  base::Result<void> commit();

 private:
  friend class Database;
  explicit Transaction(Database& database) : database_(&database) {}

  Database* database_;
};

/// How a database is opened.
struct DatabaseOptions {
  bool must_exist = false;
  bool is_read_only = false;
  /// How long to wait for another process that writes.
  int busy_timeout_ms = 10'000;
};

/// An open database.
///
///     ROG_TRY(Database database, Database::open(folder / "vault.db", {}));
///     ROG_TRY(Transaction transaction, database.begin());
///     ROG_CHECKED(database.run("INSERT INTO meta (name, value) VALUES ($1, $2)", {"a", bytes}));
///     ROG_CHECKED(transaction.commit());
class Database final {
 public:
  using OnRow = std::function<base::Result<void>(const Row&)>;

  /// kNotFound when it must exist and does not; kIo when it cannot be opened; kParse when the file
  /// is no database; kConflict when another process keeps it.
  static base::Result<Database> open(const std::filesystem::path& path,
                                     const DatabaseOptions& options);

  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  /// Runs one statement that gives no rows; the answer is the number of rows changed. kConflict
  /// when a constraint forbids it or another process writes, kLimit when the disk is full, kIo when
  /// it cannot be written, kParse when the file is damaged, kInternal for a wrong statement.
  base::Result<std::int64_t> run(std::string_view sql, std::initializer_list<Param> params = {});
  base::Result<std::int64_t> run(std::string_view sql, std::span<const Param> params);

  /// Runs one statement once for each set of parameters; errors as run(). A batch of its own is
  /// no transaction.
  base::Result<void> run_batch(std::string_view sql, std::span<const std::vector<Param>> sets);

  /// Calls `on_row` for each row in order; its first error ends the reading and is returned.
  base::Result<void> query(std::string_view sql, std::initializer_list<Param> params,
                           const OnRow& on_row);

  /// The whole number, or the bytes, in the first column of the first row; nothing without a row.
  base::Result<std::optional<std::int64_t>> query_integer(std::string_view sql,
                                                          std::initializer_list<Param> params = {});
  base::Result<std::optional<Bytes>> query_bytes(std::string_view sql,
                                                 std::initializer_list<Param> params = {});

  /// Several statements without parameters, as in a migration.
  base::Result<void> run_script(std::string_view sql);

  /// Begins a transaction that may write; waits for another writer. kConflict within a transaction
  /// and when the other writer does not end in time.
  base::Result<Transaction> begin();

  /// Moves all that is committed out of the write-ahead log and empties it, so that what was
  /// deleted is in no file. kConflict while another process reads.
  base::Result<void> purge_log();

  /// A whole copy that others can read, made while this one stays open. kConflict when `path` is
  /// there already, kIo when it cannot be written.
  base::Result<void> back_up_to(const std::filesystem::path& path);

 private:
  friend class Transaction;
  struct Inside;
  explicit Database(std::unique_ptr<Inside> inside);

  base::Result<sqlite3_stmt*> prepare(std::string_view sql);
  base::Result<void> bind(sqlite3_stmt& statement, std::span<const Param> params);
  base::Error error(int code, std::string_view what) const;

  std::unique_ptr<Inside> inside_;
};

}  // namespace rogatory::storage
