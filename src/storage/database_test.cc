// SPDX-License-Identifier: EUPL-1.2
//
// What any database behind storage/database.h must do. A second back end runs the same tests.
#include "storage/database.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "storage/dialect.h"
#include "storage/migrate.h"

namespace rogatory::storage {
namespace {

using base::ErrorCode;

constexpr std::string_view kPutText = "INSERT INTO things (id, name) VALUES ($1, $2)";

std::string read_whole(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class DatabaseTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "rogatory-db-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    auto opened = Database::open(path(), {});
    ASSERT_TRUE(opened.ok()) << opened.error().to_string();
    database_.emplace(opened.take());
    const std::string sql = in_dialect(
        "CREATE TABLE things (id {integer} NOT NULL UNIQUE, name {text}, content {blob} {strict};",
        kSqlite);
    ASSERT_TRUE(database_->run_script(sql).ok());
  }

  void TearDown() override {
    database_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::filesystem::path path() const { return folder_ / "test.db"; }

  std::int64_t count() {
    auto counted = database_->query_integer("SELECT count(*) FROM things");
    EXPECT_TRUE(counted.ok());
    return counted.value().value_or(-1);
  }

  std::filesystem::path folder_;
  std::optional<Database> database_;
};

TEST_F(DatabaseTest, GivesBackWhatWasBound) {
  const std::string with_zero("a\0b", 3);
  const Bytes content = {std::byte{0}, std::byte{255}, std::byte{0}};
  ASSERT_TRUE(database_
                  ->run("INSERT INTO things (id, name, content) VALUES ($1, $2, $3)",
                        {std::int64_t{1} << 53, std::string_view(with_zero),
                         std::span<const std::byte>(content)})
                  .ok());
  int rows = 0;
  ASSERT_TRUE(database_
                  ->query("SELECT id, name, content FROM things", {},
                          [&](const Row& row) -> base::Result<void> {
                            ++rows;
                            EXPECT_EQ(row.integer(0), std::int64_t{1} << 53);
                            EXPECT_EQ(row.text(1), with_zero);
                            EXPECT_EQ(row.bytes(2), content);
                            return {};
                          })
                  .ok());
  EXPECT_EQ(rows, 1);
}

TEST_F(DatabaseTest, TellsEmptyFromAbsent) {
  ASSERT_TRUE(database_
                  ->run("INSERT INTO things (id, name, content) VALUES ($1, $2, $3)",
                        {std::int64_t{1}, std::string_view(), std::span<const std::byte>()})
                  .ok());
  ASSERT_TRUE(database_
                  ->run("INSERT INTO things (id, name, content) VALUES ($1, $2, $3)",
                        {std::int64_t{2}, kNull, kNull})
                  .ok());
  std::vector<bool> nulls;
  ASSERT_TRUE(database_
                  ->query("SELECT name, content FROM things ORDER BY id", {},
                          [&](const Row& row) -> base::Result<void> {
                            nulls.push_back(row.is_null(0));
                            nulls.push_back(row.is_null(1));
                            return {};
                          })
                  .ok());
  EXPECT_EQ(nulls, (std::vector<bool>{false, false, true, true}));
}

TEST_F(DatabaseTest, FindsParametersByTheirNumber) {
  ASSERT_TRUE(database_
                  ->run("INSERT INTO things (name, id) VALUES ($2, $1)",
                        {std::int64_t{7}, std::string_view("seven")})
                  .ok());
  EXPECT_EQ(database_->query_integer("SELECT id FROM things WHERE name = $1", {"seven"}).value(),
            7);
}

TEST_F(DatabaseTest, RefusesAWrongNumberOfParameters) {
  const auto ran = database_->run(kPutText, {std::int64_t{1}});
  ASSERT_FALSE(ran.ok());
  EXPECT_EQ(ran.error().code, ErrorCode::kInternal);
}

TEST_F(DatabaseTest, NeverReadsAParameterAsSql) {
  const std::string_view evil = "x'); DROP TABLE things; --";
  ASSERT_TRUE(database_->run(kPutText, {std::int64_t{1}, evil}).ok());
  EXPECT_EQ(count(), 1);
}

TEST_F(DatabaseTest, RefusesAValueOfAnotherType) {
  const auto ran = database_->run(kPutText, {std::string_view("no number"), std::string_view("a")});
  ASSERT_FALSE(ran.ok());
  EXPECT_EQ(ran.error().code, ErrorCode::kConflict);
}

TEST_F(DatabaseTest, ReportsABrokenConstraintAsConflict) {
  ASSERT_TRUE(database_->run(kPutText, {std::int64_t{1}, std::string_view("a")}).ok());
  const auto again = database_->run(kPutText, {std::int64_t{1}, std::string_view("b")});
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, ErrorCode::kConflict);
  EXPECT_EQ(count(), 1);
}

TEST_F(DatabaseTest, RollsBackWithoutCommit) {
  {
    auto transaction = database_->begin();
    ASSERT_TRUE(transaction.ok());
    ASSERT_TRUE(database_->run(kPutText, {std::int64_t{1}, std::string_view("a")}).ok());
    EXPECT_EQ(count(), 1);
  }
  EXPECT_EQ(count(), 0);
}

TEST_F(DatabaseTest, RefusesATransactionInsideAnother) {
  auto outer = database_->begin();
  ASSERT_TRUE(outer.ok());
  const auto inner = database_->begin();
  ASSERT_FALSE(inner.ok());
  EXPECT_EQ(inner.error().code, ErrorCode::kConflict);
  EXPECT_TRUE(outer->commit().ok());
}

TEST_F(DatabaseTest, KeepsASecondWriterOut) {
  auto other = Database::open(path(), {.busy_timeout_ms = 1});
  ASSERT_TRUE(other.ok());
  auto transaction = database_->begin();
  ASSERT_TRUE(transaction.ok());
  const auto second = other->begin();
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, ErrorCode::kConflict);
}

TEST_F(DatabaseTest, OnRowEndsTheReading) {
  for (std::int64_t id = 0; id < 3; ++id) {
    ASSERT_TRUE(database_->run(kPutText, {id, std::string_view("a")}).ok());
  }
  int rows = 0;
  const auto read = database_->query("SELECT id FROM things", {}, [&](const Row&) {
    ++rows;
    return base::Result<void>(
        base::Error{.code = ErrorCode::kLimit, .message = "enough", .context = {}, .place = {}});
  });
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().message, "enough");
  EXPECT_EQ(rows, 1);
}

TEST_F(DatabaseTest, BatchRunsEachSet) {
  const std::vector<std::vector<Param>> sets = {{std::int64_t{1}, std::string_view("a")},
                                                {std::int64_t{2}, std::string_view("b")}};
  ASSERT_TRUE(database_->run_batch(kPutText, sets).ok());
  EXPECT_EQ(count(), 2);
}

TEST_F(DatabaseTest, WhatWasDeletedIsInNoFile) {
  const std::string secret = "person P7, born in month M";
  ASSERT_TRUE(database_->run(kPutText, {std::int64_t{1}, std::string_view(secret)}).ok());
  ASSERT_TRUE(database_->purge_log().ok());
  EXPECT_NE(read_whole(path()).find(secret), std::string::npos) << "the test must see it first";
  ASSERT_TRUE(database_->run("DELETE FROM things").ok());
  ASSERT_TRUE(database_->purge_log().ok());
  EXPECT_EQ(read_whole(path()).find(secret), std::string::npos);
  EXPECT_EQ(read_whole(path().string() + "-wal").find(secret), std::string::npos);
}

TEST_F(DatabaseTest, BacksUpToANewFileOnly) {
  ASSERT_TRUE(database_->run(kPutText, {std::int64_t{1}, std::string_view("a")}).ok());
  const auto copy = folder_ / "copy.db";
  ASSERT_TRUE(database_->back_up_to(copy).ok());
  auto opened = Database::open(copy, {.must_exist = true});
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(opened->query_integer("SELECT count(*) FROM things").value(), 1);
  EXPECT_EQ(database_->back_up_to(copy).error().code, ErrorCode::kConflict);
}

TEST_F(DatabaseTest, OpensOnlyDatabases) {
  const auto absent = Database::open(folder_ / "absent.db", {.must_exist = true});
  ASSERT_FALSE(absent.ok());
  EXPECT_EQ(absent.error().code, ErrorCode::kNotFound);
  std::ofstream(folder_ / "text.db") << std::string(8192, 'x');
  const auto text = Database::open(folder_ / "text.db", {.must_exist = true});
  ASSERT_FALSE(text.ok());
  EXPECT_EQ(text.error().code, ErrorCode::kParse);
}

TEST_F(DatabaseTest, KeepsWhatWasCommittedWhenKilled) {
  const pid_t child = fork();
  ASSERT_NE(child, -1);
  if (child == 0) {
    auto mine = Database::open(path(), {});
    if (!mine.ok() || !mine->run(kPutText, {std::int64_t{1}, std::string_view("kept")}).ok()) {
      _exit(1);
    }
    auto transaction = mine->begin();
    if (!mine->run(kPutText, {std::int64_t{2}, std::string_view("lost")}).ok()) _exit(1);
    kill(getpid(), SIGKILL);
  }
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << status;
  EXPECT_EQ(count(), 1);
}

TEST(Migrate, RunsEachOnceAndRefusesNewer) {
  std::string name = (std::filesystem::temp_directory_path() / "rogatory-db-XXXXXX").string();
  ASSERT_NE(mkdtemp(name.data()), nullptr);
  {
    auto database = Database::open(std::filesystem::path(name) / "m.db", {});
    ASSERT_TRUE(database.ok());
    const std::vector<Migration> both = {
        {"0001-a", "CREATE TABLE a (x {integer} NOT NULL {strict};"},
        {"0002-b", "ALTER TABLE a ADD COLUMN y {text};"}};
    ASSERT_TRUE(migrate(*database, std::span(both).first(1)).ok());
    ASSERT_TRUE(migrate(*database, both).ok());
    ASSERT_TRUE(migrate(*database, both).ok());
    EXPECT_TRUE(database->run("INSERT INTO a (x, y) VALUES (1, 'b')").ok());
    const auto older = migrate(*database, std::span(both).first(1));
    ASSERT_FALSE(older.ok());
    EXPECT_EQ(older.error().code, ErrorCode::kUnsupported);
  }
  std::filesystem::remove_all(name);
}

TEST(Migrate, AFailureLeavesNothing) {
  std::string name = (std::filesystem::temp_directory_path() / "rogatory-db-XXXXXX").string();
  ASSERT_NE(mkdtemp(name.data()), nullptr);
  {
    auto database = Database::open(std::filesystem::path(name) / "m.db", {});
    ASSERT_TRUE(database.ok());
    const std::vector<Migration> bad = {{"0001-a", "CREATE TABLE a (x {integer} {strict}; NO SQL"}};
    ASSERT_FALSE(migrate(*database, bad).ok());
    EXPECT_EQ(database->query_integer("SELECT count(*) FROM sqlite_schema").value(), 0);
  }
  std::filesystem::remove_all(name);
}

TEST(Dialect, HasWordsForBothDatabases) {
  const std::string_view sql = "CREATE TABLE t (s {key}, a {blob}, b {integer}, c {text} {strict};";
  EXPECT_EQ(in_dialect(sql, kSqlite),
            "CREATE TABLE t (s INTEGER PRIMARY KEY AUTOINCREMENT, a BLOB, b INTEGER, c TEXT ) "
            "STRICT;");
  EXPECT_EQ(in_dialect(sql, kPostgres),
            "CREATE TABLE t (s BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, a BYTEA, b "
            "BIGINT, c TEXT );");
}

}  // namespace
}  // namespace rogatory::storage
