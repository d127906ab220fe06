// SPDX-License-Identifier: EUPL-1.2
#include "vault/vault.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "crypto/bytes.h"
#include "crypto/hash_tree.h"
#include "storage/database.h"
#include "support/sample_evidence.h"
#include "support/temp_folder.h"
#include "tlog/checkpoint.h"
#include "tlog/policy.h"
#include "vault/disclosure.h"
#include "vault/vault_folder.h"

namespace rogatory::vault {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::string_view kName = "Operation Harbour against person P7";

Act act_of(const char* officer, const char* role) {
  Act act = sample_act();
  act.officer = officer;
  act.role = role;
  return act;
}

/// Stops the reading after some bytes, as a crash would.
class BrokenSource final : public crypto::ByteSource {
 public:
  BrokenSource(crypto::ByteView bytes, std::size_t good) : bytes_(bytes), good_(good) {}

  Result<std::size_t> read(std::span<std::byte> out) override {
    if (at_ >= good_ && at_ < bytes_.size()) {
      return base::Error{
          .code = ErrorCode::kIo, .message = "the cable is out", .context = {}, .place = {}};
    }
    const std::size_t size = std::min({out.size(), good_ - at_, bytes_.size() - at_});
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at_), size, out.begin());
    at_ += size;
    return size;
  }

 private:
  crypto::ByteView bytes_;
  std::size_t good_;
  std::size_t at_ = 0;
};

/// Every byte of every file below a folder.
std::string everything_in(const std::filesystem::path& folder) {
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    all += entry.path().string();
    if (entry.is_regular_file()) all += test::read_bytes(entry.path());
  }
  return all;
}

/// What of a case is stored sealed: the first column of each row, where it is not NULL.
std::vector<std::string> sealed_of(const std::filesystem::path& database, const CaseId& id,
                                   std::string_view sql) {
  std::vector<std::string> found;
  auto opened = storage::Database::open(database, {.must_exist = true}).take();
  const auto key = crypto::parse_hex(id.view()).take();
  const auto read = opened.query(sql, {std::span<const std::byte>(key)},
                                 [&found](const storage::Row& row) -> Result<void> {
                                   if (row.is_null(0)) return {};
                                   const storage::Bytes bytes = row.bytes(0);
                                   found.emplace_back(crypto::as_text(bytes));
                                   return {};
                                 });
  EXPECT_TRUE(read.ok()) << read.error().to_string();
  return found;
}

class VaultTest : public ::testing::Test {
 protected:
  VaultTest() {
    const auto made = VaultFolder::create(path(), "vault.example/log");
    EXPECT_TRUE(made.ok()) << made.error().to_string();
    open();
    case_ = vault().open_case(kName).take();
  }

  std::filesystem::path path() const { return folder_ / "vault"; }
  Vault& vault() { return opened_->vault(); }

  void open() {
    opened_.reset();
    auto opened = VaultFolder::open(path());
    ASSERT_TRUE(opened.ok()) << opened.error().to_string();
    opened_ = opened.take();
  }

  static Ingest ingest_of(const std::string& name, const Conditions& conditions = {}) {
    return {.item = {},
            .content = {.name = name},
            .source = "police of Manila",
            .received = {},
            .conditions = conditions};
  }

  static IngestRequest request_of(crypto::ByteView bytes, Fact fact) {
    return {
        .open = [bytes]() -> Result<std::unique_ptr<crypto::ByteSource>> {
          return std::unique_ptr<crypto::ByteSource>(std::make_unique<crypto::MemorySource>(bytes));
        },
        .origin = {},
        .fact = std::move(fact),
        .on_bytes = {}};
  }

  ItemId ingest(const std::string& name, std::string_view text, const Conditions& conditions = {}) {
    const auto outcome = vault().ingest(
        case_, request_of(crypto::as_bytes(text), ingest_of(name, conditions)), sample_act());
    if (!outcome.ok()) {
      ADD_FAILURE() << outcome.error().to_string();
      return {};
    }
    return outcome->item;
  }

  Result<std::string> read(const ItemId& item) {
    crypto::MemorySink sink(std::size_t{1} << 26);
    ROG_CHECKED(vault().read(case_, item, sink));
    return std::string(crypto::as_text(sink.bytes()));
  }

  std::filesystem::path blob(const ItemId& item) const {
    return path() / "blobs" / item.str().substr(0, 2) / (item.str() + ".age");
  }

  void erase() {
    ASSERT_TRUE(vault().record(case_, EraseApproval{}, act_of("A", "judge")).ok());
    ASSERT_TRUE(vault().record(case_, EraseApproval{}, act_of("B", "prosecutor")).ok());
    const auto erased = vault().erase(case_, sample_act());
    ASSERT_TRUE(erased.ok()) << erased.error().to_string();
  }

  /// Puts a database in the place of that of the vault, which is closed.
  void put_back(const std::filesystem::path& database) {
    opened_.reset();
    for (const char* ending : {"", "-wal", "-shm"}) {
      std::filesystem::remove(path().string() + "/vault.db" + ending);
    }
    std::filesystem::copy_file(database, path() / "vault.db");
  }

  /// Runs one statement in the database of the vault, which is closed.
  void tamper(std::string_view sql, std::string_view stream) {
    opened_.reset();
    auto database = storage::Database::open(path() / "vault.db", {}).take();
    const auto bytes = crypto::parse_hex(stream).take();
    const auto changed = database.run(sql, {std::span<const std::byte>(bytes)});
    ASSERT_TRUE(changed.ok()) << changed.error().to_string();
    ASSERT_GT(*changed, 0);
  }

  /// The proof of every leaf leads to the published checkpoint.
  void expect_proofs() {
    const auto size = vault().log().size().value();
    ASSERT_GT(size, 0U);
    const auto policy = tlog::Policy::parse(opened_->policy().value());
    ASSERT_TRUE(policy.ok());
    for (std::uint64_t index = 0; index < size; ++index) {
      const auto proof = vault().log().prove(index);
      ASSERT_TRUE(proof.ok()) << proof.error().to_string();
      const std::string leaf = vault().log().leaf_at(index).value();
      const auto verified =
          tlog::verify_tlog_proof(*proof, crypto::leaf_hash(crypto::as_bytes(leaf)), *policy);
      EXPECT_TRUE(verified.ok()) << verified.error().to_string();
    }
  }

  test::TempFolder folder_;
  std::unique_ptr<VaultFolder> opened_;
  CaseId case_;
};

// In and out --------------------------------------------------------------------------------------

TEST_F(VaultTest, ContentComesBack) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{65536},
                                 std::size_t{65537}, std::size_t{3'000'000}}) {
    std::string text(size, 'x');
    for (std::size_t i = 0; i < size; i += 1000) text[i] = static_cast<char>('a' + i % 26);
    const ItemId item = ingest("file", text);
    EXPECT_EQ(read(item).value(), text);
    const Content content = vault().load(case_)->state.items.at(item).content;
    EXPECT_EQ(content.size_bytes, size);
    EXPECT_EQ(content.sha256, crypto::sha256(text).hex());
  }
}

TEST_F(VaultTest, SurvivesReopening) {
  const ItemId item = ingest("note.txt", "midnight at the harbour");
  const CaseState before = vault().load(case_)->state;
  open();
  EXPECT_EQ(vault().find_case(kName).value(), case_);
  EXPECT_EQ(vault().case_of(item).value(), case_);
  EXPECT_EQ(vault().load(case_)->state, before);
  EXPECT_EQ(vault().load(case_)->name, kName);
  EXPECT_EQ(read(item).value(), "midnight at the harbour");
}

TEST_F(VaultTest, NothingPersonalIsInTheClear) {
  ingest("note of P7.txt", "midnight at the harbour");
  ASSERT_TRUE(opened_->publish(sample_act().at).ok());
  opened_.reset();
  const std::string all = everything_in(path());
  ASSERT_FALSE(all.empty());
  for (const std::string_view word :
       {"person P7", "Harbour", "harbour", "note of P7", "officer A7", "Manila", "warrant"}) {
    EXPECT_EQ(all.find(word), std::string::npos) << word;
  }
  EXPECT_EQ(all.find(crypto::sha256("midnight at the harbour").hex()), std::string::npos);
}

TEST_F(VaultTest, WhatTheRulesRefuseIsNotRead) {
  bool is_opened = false;
  IngestRequest request = request_of({}, ingest_of(""));
  request.open = [&]() -> Result<std::unique_ptr<crypto::ByteSource>> {
    is_opened = true;
    return base::Error{};
  };
  EXPECT_EQ(vault().ingest(case_, request, sample_act()).error().code, ErrorCode::kInvalidArgument);
  EXPECT_FALSE(is_opened);
}

TEST_F(VaultTest, AReceivedDigestThatDisagreesIsNoDamage) {
  Ingest fact = ingest_of("a");
  fact.received = {{.algorithm = "sha256", .value = std::string(64, '0')}};
  const auto outcome =
      vault().ingest(case_, request_of(crypto::as_bytes("abc"), fact), sample_act());
  ASSERT_TRUE(outcome.ok());
  EXPECT_TRUE(outcome->has_mismatch);
  EXPECT_TRUE(vault().load(case_)->state.items.at(outcome->item).differs_from_received);
  EXPECT_EQ(vault().list_cases()->front().damaged, 0);
}

TEST_F(VaultTest, DamageIsLocatedToItsChunk) {
  const ItemId item = ingest("file", std::string(std::size_t{65536} * 20, 'x'));
  const std::string bytes = test::read_bytes(blob(item));
  const std::size_t header_bytes = bytes.find("\n---") + 4;
  for (const std::size_t chunk : {std::size_t{0}, std::size_t{7}, std::size_t{19}}) {
    std::string changed = bytes;
    const std::size_t at = header_bytes + 100 + chunk * (65536 + 16) + 1000;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    test::write_bytes(blob(item), changed);
    const auto damaged = read(item);
    ASSERT_FALSE(damaged.ok());
    EXPECT_EQ(damaged.error().code, ErrorCode::kLint);
    EXPECT_NE(damaged.error().message.find("in chunk " + std::to_string(chunk) + " "),
              std::string::npos)
        << damaged.error().message;
  }
}

// Interrupted ingest ------------------------------------------------------------------------------

class ResumeTest : public VaultTest {
 protected:
  /// Brings `text_` in from a source that breaks after `good` bytes.
  Result<Ingested> ingest_until(std::size_t good) {
    IngestRequest request = request_of({}, ingest_of("disk.E01"));
    request.origin = "/mnt/disk.E01 5 0";
    request.open = [this, good]() -> Result<std::unique_ptr<crypto::ByteSource>> {
      return std::unique_ptr<crypto::ByteSource>(
          std::make_unique<BrokenSource>(crypto::as_bytes(text_), good));
    };
    return vault().ingest(case_, request, sample_act());
  }

  std::string text_ = std::string(5'000'000, 'x');
};

TEST_F(ResumeTest, GoesOnOverTheSameFile) {
  ASSERT_EQ(ingest_until(4'500'000).error().message, "the cable is out");
  EXPECT_TRUE(vault().load(case_)->state.items.empty());
  open();
  const auto outcome = ingest_until(text_.size());
  ASSERT_TRUE(outcome.ok()) << outcome.error().to_string();
  EXPECT_GT(outcome->resumed_bytes, 3'000'000U);
  EXPECT_EQ(read(outcome->item).value(), text_);
  EXPECT_EQ(outcome->content.sha256, crypto::sha256(text_).hex());
  EXPECT_TRUE(std::filesystem::is_empty(path() / "incoming"));
}

TEST_F(ResumeTest, OtherBytesAreNeverSealedUnderTheSameKey) {
  ASSERT_FALSE(ingest_until(4'500'000).ok());
  text_[10] = 'y';
  const auto outcome = ingest_until(text_.size());
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->resumed_bytes, 0U);
  EXPECT_EQ(read(outcome->item).value(), text_);
  EXPECT_TRUE(std::filesystem::is_empty(path() / "incoming"));
}

TEST_F(ResumeTest, AnyTornFileIsMended) {
  text_.resize(200'000);
  for (const std::uintmax_t left :
       {std::uintmax_t{0}, std::uintmax_t{10}, std::uintmax_t{150}, std::uintmax_t{170},
        std::uintmax_t{300}, std::uintmax_t{70'000}}) {
    // The whole content went by, and the event was not written.
    ASSERT_FALSE(ingest_until(199'999).ok());
    for (const auto& entry : std::filesystem::directory_iterator(path() / "incoming")) {
      std::error_code ignored;
      std::filesystem::resize_file(entry.path(), left, ignored);
    }
    const auto outcome = ingest_until(text_.size());
    ASSERT_TRUE(outcome.ok()) << left << ": " << outcome.error().to_string();
    EXPECT_EQ(read(outcome->item).value(), text_) << left;
  }
}

// Sealed sets and disclosure ----------------------------------------------------------------------

TEST_F(VaultTest, ASealedSetKeepsNamesApart) {
  const ItemId a = ingest("note.txt", "one");
  const ItemId b = ingest("NOTE.TXT", "two");
  const ItemId c = ingest("../escape", "three");
  const ItemId d = ingest("note.txt", "four");
  const auto set = vault().seal(case_, {a, b, c, d}, sample_act());
  ASSERT_TRUE(set.ok()) << set.error().to_string();
  const std::vector<std::string> names = vault().load(case_)->state.sets.at(*set).names;
  EXPECT_EQ(names, (std::vector<std::string>{"note.txt", b.str(), c.str(), d.str()}));

  const DisclosureRequest request{.set = *set,
                                  .items = {},
                                  .recipient = "the defence",
                                  .use = {.purpose = "case 7", .consent = {}},
                                  .case_reference = {},
                                  .policy = opened_->policy().take(),
                                  .folder = folder_ / "bundle",
                                  .publish = [this] { return opened_->publish(sample_act().at); },
                                  .progress = {}};
  const auto done = disclose(vault(), case_, request, sample_act());
  ASSERT_TRUE(done.ok()) << done.error().to_string();
  const auto report = package::verify_bundle(
      folder_ / "bundle", {.policy = opened_->policy().take(), .time_stamp_authorities = {}});
  ASSERT_TRUE(report.ok()) << report.error().to_string();
  EXPECT_EQ(report->verdict(), package::Verdict::kHolds) << report->to_text();
  EXPECT_EQ(report->warnings.size(), 3U) << "the names at ingest are told";
}

TEST_F(VaultTest, ADisclosureTellsNothingOfTheRest) {
  const ItemId shown = ingest("invoice.pdf", "the invoice");
  const ItemId hidden = ingest("diary of P7.txt", "the diary");
  const SetId set = vault().seal(case_, {}, sample_act()).take();
  const Use use{.purpose = "case 7", .consent = {}};
  ASSERT_TRUE(vault().record(case_, Open{.item = hidden, .use = use}, sample_act()).ok());
  const DisclosureRequest request{.set = set,
                                  .items = {shown},
                                  .recipient = "the defence",
                                  .use = use,
                                  .case_reference = "HC 7/2026",
                                  .policy = opened_->policy().take(),
                                  .folder = folder_ / "bundle",
                                  .publish = [this] { return opened_->publish(sample_act().at); },
                                  .progress = {}};
  const auto done = disclose(vault(), case_, request, sample_act());
  ASSERT_TRUE(done.ok()) << done.error().to_string();
  EXPECT_EQ(test::read_bytes(folder_ / "bundle/data/invoice.pdf"), "the invoice");
  const std::string all = everything_in(folder_ / "bundle");
  for (const std::string& word : {std::string("diary"), std::string("officer A7"), hidden.str(),
                                  crypto::sha256("the diary").hex(), std::string("person P7")}) {
    EXPECT_EQ(all.find(word), std::string::npos) << word;
  }
  const auto report = package::verify_bundle(
      folder_ / "bundle", {.policy = opened_->policy().take(), .time_stamp_authorities = {}});
  ASSERT_TRUE(report.ok()) << report.error().to_string();
  EXPECT_EQ(report->verdict(), package::Verdict::kHolds) << report->to_text();
}

TEST(VaultFolder, AVaultIsNeverMadeOverAnother) {
  const test::TempFolder folder;
  const auto path = folder / "vault";
  ASSERT_TRUE(VaultFolder::create(path, "log.example/vault").ok());
  for (const auto& token :
       {std::optional<TokenPlace>(),
        std::optional(TokenPlace{.module = "m.so", .label = "t", .store = {}})}) {
    EXPECT_EQ(VaultFolder::create(path, "log.example/vault", token, "1").error().code,
              ErrorCode::kConflict);
    EXPECT_FALSE(std::filesystem::exists(path / "keys" / "token"));
    EXPECT_TRUE(VaultFolder::open(path).ok());
  }
}

TEST(VaultFolder, AnInitThatWasCutOffSaysWhatToDo) {
  const test::TempFolder folder;
  std::filesystem::create_directories(folder / "vault" / "keys");
  const auto made = VaultFolder::create(folder / "vault", "log.example/vault");
  ASSERT_EQ(made.error().code, ErrorCode::kConflict);
  EXPECT_NE(made.error().message.find("cut off"), std::string::npos);
}

TEST_F(VaultTest, ADisclosureTellsNothingOfReasonsAndOtherRecipients) {
  const auto act_with_reason = [](std::string reason) {
    Act act = sample_act();
    act.reason = std::move(reason);
    return act;
  };
  const ItemId shown = ingest("invoice.pdf", "the invoice");
  const ItemId hidden = ingest("diary of P7.txt", "the diary");
  const SetId set =
      vault().seal(case_, {}, act_with_reason("the invoice, and what informant K wrote")).take();
  const Use use{.purpose = "case 7", .consent = {}};
  const Use other_use{.purpose = "operation Lantern", .consent = {}};
  const Act other_act = act_with_reason("letter of the other State");
  ASSERT_TRUE(vault()
                  .record(case_,
                          Copy{.copy = ItemId(random_id()),
                               .item = shown,
                               .holder = "laboratory Z",
                               .use = other_use},
                          other_act)
                  .ok());
  ASSERT_TRUE(vault()
                  .record(case_, Open{.item = shown, .use = {.purpose = "case 8", .consent = {}}},
                          act_with_reason("compared with exhibit 99"))
                  .ok());
  ASSERT_TRUE(vault()
                  .record(case_, Mismatch{.item = shown, .expected = "", .found = "", .where = ""},
                          other_act)
                  .ok());
  DisclosureRequest request{.set = set,
                            .items = {shown},
                            .recipient = "the other State",
                            .use = other_use,
                            .case_reference = {},
                            .policy = opened_->policy().take(),
                            .folder = folder_ / "first",
                            .publish = [this] { return opened_->publish(sample_act().at); },
                            .progress = {}};
  ASSERT_TRUE(disclose(vault(), case_, request, other_act).ok());
  request.recipient = "the defence";
  request.use = use;
  request.folder = folder_ / "bundle";
  ASSERT_TRUE(disclose(vault(), case_, request, act_with_reason("right of access")).ok());
  const std::string first = everything_in(folder_ / "first");
  for (const char* word : {"the other State", "operation Lantern"}) {
    EXPECT_NE(first.find(word), std::string::npos) << word << ": the search itself works";
  }
  EXPECT_EQ(first.find("laboratory Z"), std::string::npos);
  const std::string all = everything_in(folder_ / "bundle");
  EXPECT_NE(all.find("right of access"), std::string::npos) << "what is the reader's is opened";
  for (const std::string& word : {std::string("informant K"), std::string("the other State"),
                                  std::string("Lantern"), std::string("laboratory Z"),
                                  std::string("case 8"), std::string("exhibit 99"), hidden.str()}) {
    EXPECT_EQ(all.find(word), std::string::npos) << word;
  }
  const auto report = package::verify_bundle(
      folder_ / "bundle", {.policy = opened_->policy().take(), .time_stamp_authorities = {}});
  EXPECT_EQ(report->verdict(), package::Verdict::kHolds) << report->to_text();
  request.folder = folder_ / "told";
  request.is_recorded = true;
  request.is_use_told = true;
  ASSERT_TRUE(disclose(vault(), case_, request, act_with_reason("right of access")).ok());
  const std::string told = everything_in(folder_ / "told");
  for (const char* word : {"case 8", "exhibit 99"}) {
    EXPECT_NE(told.find(word), std::string::npos) << word;
  }
  EXPECT_EQ(told.find("Lantern"), std::string::npos) << "what was for others stays closed";
}

// Erasure -----------------------------------------------------------------------------------------

TEST_F(VaultTest, ErasureLeavesTheProofAndNothingElse) {
  const ItemId item = ingest("note of P7.txt", "midnight at the harbour");
  // Vaults of before have a second file beside each item's.
  test::write_bytes(blob(item).replace_extension(".chunks.age"), "hashes of before");
  ASSERT_TRUE(opened_->publish(sample_act().at).ok());
  // What somebody kept before: the database and the files, and the keys as they were.
  ASSERT_TRUE(vault().back_up_to(folder_ / "backup.db").ok());
  std::filesystem::copy(path() / "blobs", folder_ / "backup-blobs",
                        std::filesystem::copy_options::recursive);
  // What is sealed is there and opens before, or its absence afterwards would say nothing.
  const std::vector<std::string_view> columns = {
      "SELECT sealed FROM events WHERE stream = $1",
      "SELECT wrapped_secret FROM cases WHERE case_id = $1",
      "SELECT sealed_name FROM cases WHERE case_id = $1",
      "SELECT name_tag FROM cases WHERE case_id = $1",
      "SELECT wrapped_key FROM items WHERE case_id = $1"};
  std::vector<std::string> sealed;
  for (const std::string_view column : columns) {
    const auto values = sealed_of(path() / "vault.db", case_, column);
    ASSERT_EQ(values.size(), 1U) << column;
    sealed.push_back(values.front());
  }
  const CaseHistory readable = vault().load(case_).take();
  EXPECT_EQ(readable.name, kName);
  EXPECT_EQ(readable.events.front().event->act.officer, "officer A7");
  ASSERT_TRUE(vault().list_cases().ok());
  const std::string stored = everything_in(path());
  for (const std::string& one : sealed) EXPECT_NE(stored.find(one), std::string::npos);
  const auto before = vault().log().head().value();
  erase();
  ASSERT_TRUE(opened_->publish(sample_act().at).ok());

  EXPECT_EQ(vault().find_case(kName).error().code, ErrorCode::kNotFound);
  const CaseHistory history = vault().load(case_).take();
  EXPECT_EQ(history.state.erased_on, sample_day("2026-11-24"));
  EXPECT_EQ(history.events.front().kind, "ingest");
  EXPECT_FALSE(history.events.front().event);
  EXPECT_EQ(vault().record(case_, Hold{HoldId(random_id())}, sample_act()).error().code,
            ErrorCode::kRefused);
  EXPECT_TRUE(std::filesystem::is_empty(path() / "incoming"));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path() / "blobs")) {
    EXPECT_FALSE(entry.is_regular_file()) << entry.path();
  }
  // The vault keeps who approved the erasure of which case.
  const auto own = vault().load_own_events().take();
  ASSERT_EQ(own.size(), 1U);
  EXPECT_EQ(std::get<Erase>(own[0].event->fact).case_id, case_.str());
  expect_proofs();
  EXPECT_EQ(vault().log().head()->size, before.size + 4);

  // The backup, with the keys that are left, opens nothing.
  opened_.reset();
  for (const std::string_view column : columns) {
    EXPECT_TRUE(sealed_of(path() / "vault.db", case_, column).empty()) << column;
  }
  const std::string left = everything_in(path());
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    EXPECT_EQ(left.find(sealed[i]), std::string::npos) << columns[i];
  }
  const std::string kept = everything_in(folder_.path());
  for (const std::string_view word : {"person P7", "note of P7", "midnight", "Manila"}) {
    EXPECT_EQ(kept.find(word), std::string::npos) << word;
  }
  for (const char* ending : {"", "-wal", "-shm"}) {
    std::filesystem::remove(path().string() + "/vault.db" + ending);
  }
  std::filesystem::copy_file(folder_ / "backup.db", path() / "vault.db");
  std::filesystem::copy(
      folder_ / "backup-blobs", path() / "blobs",
      std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
  open();
  const auto reopened = vault().load(case_);
  ASSERT_FALSE(reopened.ok());
  EXPECT_EQ(reopened.error().code, ErrorCode::kNotFound) << reopened.error().to_string();
  EXPECT_TRUE(vault().list_cases()->front().erased_on);
  ASSERT_TRUE(vault().restore(sample_act()).ok());
  EXPECT_EQ(vault().load(case_)->state.erased_on, sample_day("2026-11-24"));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path() / "blobs")) {
    EXPECT_FALSE(entry.is_regular_file()) << entry.path();
  }
}

TEST_F(VaultTest, ACopyOfVaultKeyAndCaseKeysStillOpensAnErasedCase) {
  // What init, backup and erase warn of, so that nobody believes otherwise.
  const ItemId item = ingest("note of P7.txt", "midnight at the harbour");
  const auto copy = [](const std::filesystem::path& from, const std::filesystem::path& to) {
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
  };
  copy(path() / "keys", folder_ / "keys-before");
  copy(path() / "blobs", folder_ / "blobs-before");
  ASSERT_TRUE(vault().back_up_to(folder_ / "backup.db").ok());
  erase();
  put_back(folder_ / "backup.db");
  std::filesystem::remove_all(path() / "blobs");
  copy(folder_ / "blobs-before", path() / "blobs");

  // The case's key alone is worthless beside the new vault key.
  const std::filesystem::path now = path() / "keys" / "keys-2";
  ASSERT_TRUE(std::filesystem::exists(now / "vault.key"));
  const std::string file = "case-" + case_.str() + ".key";
  std::filesystem::copy_file(folder_ / "keys-before" / "keys-1" / file, now / file);
  {
    auto opened = VaultFolder::open(path());
    ASSERT_TRUE(opened.ok()) << opened.error().to_string();
    EXPECT_FALSE((*opened)->vault().load(case_).ok());
  }
  // With the old vault key it opens.
  std::filesystem::remove_all(path() / "keys");
  copy(folder_ / "keys-before", path() / "keys");
  open();
  EXPECT_EQ(vault().load(case_)->name, kName);
  EXPECT_EQ(read(item).value(), "midnight at the harbour");
}

TEST_F(VaultTest, NoDisclosureIsRecordedThatCannotGoOut) {
  ingest("a", "one");
  const SetId set = vault().seal(case_, {}, sample_act()).take();
  DisclosureRequest request{.set = set,
                            .items = {},
                            .recipient = "the defence",
                            .use = {.purpose = "case 7", .consent = {}},
                            .case_reference = {},
                            .policy = opened_->policy().take(),
                            .folder = folder_ / "there",
                            .publish = [this] { return opened_->publish(sample_act().at); },
                            .progress = {}};
  std::filesystem::create_directory(request.folder);
  EXPECT_EQ(disclose(vault(), case_, request, sample_act()).error().code, ErrorCode::kConflict);
  request.folder = folder_ / "nowhere" / "bundle";
  EXPECT_EQ(disclose(vault(), case_, request, sample_act()).error().code, ErrorCode::kIo);
  EXPECT_EQ(vault().load(case_)->events.back().kind, "seal");
}

TEST_F(VaultTest, AHoldStopsTheErasure) {
  ingest("a", "b");
  const HoldId hold(random_id());
  ASSERT_TRUE(vault().record(case_, Hold{hold}, sample_act()).ok());
  EXPECT_EQ(vault().record(case_, EraseApproval{}, act_of("A", "judge")).error().code,
            ErrorCode::kRefused);
  EXPECT_EQ(vault().erase(case_, sample_act()).error().code, ErrorCode::kRefused);
  ASSERT_TRUE(vault().record(case_, HoldRelease{hold}, sample_act()).ok());
  erase();
}

TEST_F(VaultTest, AnErasureThatWasCutOffIsCompletedOnOpening) {
  const ItemId item = ingest("a", "b");
  const std::string content = test::read_bytes(blob(item));
  const std::string key = case_.str() + ".key";
  ASSERT_NE(everything_in(path() / "keys").find(key), std::string::npos);
  erase();
  EXPECT_EQ(everything_in(path() / "keys").find(key), std::string::npos);
  // As if the crash had come right after the commit: the mark stands, the file is still there.
  opened_.reset();
  {
    auto database = storage::Database::open(path() / "vault.db", {}).take();
    ASSERT_TRUE(database.run("INSERT INTO vault (name, content) VALUES ('erasure_due', x'')").ok());
    const auto case_bytes = crypto::parse_hex(case_.view()).take();
    const auto item_bytes = crypto::parse_hex(item.view()).take();
    ASSERT_TRUE(
        database
            .run("INSERT INTO items (item_id, case_id, wrapped_key, is_damaged) VALUES "
                 "($1, $2, $1, 0)",
                 {std::span<const std::byte>(item_bytes), std::span<const std::byte>(case_bytes)})
            .ok());
  }
  test::write_bytes(blob(item), content);
  open();
  EXPECT_FALSE(std::filesystem::exists(blob(item)));
  EXPECT_EQ(vault().case_of(item).error().code, ErrorCode::kNotFound);
}

// Scrub and restore -------------------------------------------------------------------------------

TEST_F(VaultTest, AScrubFindsDamageAndWritesIt) {
  const ItemId good = ingest("good", "one");
  const ItemId bad = ingest("bad", "two");
  const ItemId gone = ingest("gone", "three");
  std::string bytes = test::read_bytes(blob(bad));
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  test::write_bytes(blob(bad), bytes);
  std::filesystem::remove(blob(gone));
  const auto outcome = vault().scrub(sample_act());
  ASSERT_TRUE(outcome.ok()) << outcome.error().to_string();
  EXPECT_EQ(outcome->checked, 3U);
  std::set<ItemId> damaged;
  for (const auto& damage : outcome->damaged) damaged.insert(damage.item);
  EXPECT_EQ(damaged, (std::set<ItemId>{bad, gone}));
  const CaseState state = vault().load(case_)->state;
  EXPECT_FALSE(state.items.at(good).is_damaged);
  EXPECT_TRUE(state.items.at(bad).is_damaged);
  const auto own = vault().load_own_events().take();
  ASSERT_EQ(own.size(), 1U);
  EXPECT_EQ(own[0].kind, "scrub");
  EXPECT_NE(own[0].leaf.find("\"damaged_count\":2"), std::string::npos) << own[0].leaf;
}

TEST_F(VaultTest, ARestoreNamesTheLostRangeInTheLog) {
  ingest("a", "one");
  ASSERT_TRUE(opened_->publish(sample_act().at).ok());
  ASSERT_TRUE(vault().back_up_to(folder_ / "backup.db").ok());
  const ItemId lost = ingest("b", "two");
  ASSERT_TRUE(opened_->publish(sample_act().at).ok());
  opened_.reset();
  for (const char* ending : {"", "-wal", "-shm"}) {
    std::filesystem::remove(path().string() + "/vault.db" + ending);
  }
  std::filesystem::copy_file(folder_ / "backup.db", path() / "vault.db");
  open();
  EXPECT_EQ(opened_->publish(sample_act().at).error().code, ErrorCode::kRefused);
  const auto range = vault().restore(sample_act());
  ASSERT_TRUE(range.ok()) << range.error().to_string();
  EXPECT_EQ(*range, (storage::LostRange{.from = 1, .until = 2}));
  ASSERT_TRUE(opened_->publish(sample_act().at).ok());
  // One leaf in the vault's stream, and one in that of the case.
  EXPECT_EQ(vault().log().size().value(), 4U);
  EXPECT_NE(vault().log().leaf_at(2)->find("\"lost_from\":1,\"lost_until\":2"), std::string::npos);
  EXPECT_EQ(vault().case_of(lost).error().code, ErrorCode::kNotFound);
  expect_proofs();
  EXPECT_TRUE(vault().log().audit().ok());
}

TEST_F(VaultTest, ARestoreVoidsApprovalsThatTheLostRangeMayHaveVoided) {
  ingest("a", "one");
  ASSERT_TRUE(vault().record(case_, EraseApproval{}, act_of("A", "judge")).ok());
  ASSERT_TRUE(vault().record(case_, EraseApproval{}, act_of("B", "prosecutor")).ok());
  ASSERT_TRUE(opened_->publish(sample_act().at).ok());
  ASSERT_TRUE(vault().back_up_to(folder_ / "backup.db").ok());
  ASSERT_TRUE(vault().record(case_, Hold{HoldId(random_id())}, sample_act()).ok());
  ASSERT_TRUE(opened_->publish(sample_act().at).ok());
  put_back(folder_ / "backup.db");
  open();
  ASSERT_TRUE(vault().restore(sample_act()).ok());
  EXPECT_EQ(vault().load(case_)->state.approvals.size(), 0U);
  EXPECT_EQ(vault().load(case_)->events.back().kind, "restore");
  EXPECT_EQ(vault().erase(case_, sample_act()).error().code, ErrorCode::kRefused);
}

TEST_F(VaultTest, ARestoreThatCannotSayWhatItLostTakesNothingBack) {
  ingest("a", "one");
  ASSERT_TRUE(opened_->publish(sample_act().at).ok());
  ASSERT_TRUE(vault().back_up_to(folder_ / "backup.db").ok());
  ingest("b", "two");
  ASSERT_TRUE(opened_->publish(sample_act().at).ok());
  put_back(folder_ / "backup.db");
  open();
  {
    auto other = storage::Database::open(path() / "vault.db", {}).take();
    ASSERT_TRUE(other
                    .run("CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, "
                         "'the disk is full'); END")
                    .ok());
  }
  ASSERT_FALSE(vault().restore(sample_act()).ok());
  {
    auto other = storage::Database::open(path() / "vault.db", {}).take();
    ASSERT_TRUE(other.run("DROP TRIGGER full").ok());
  }
  open();
  EXPECT_EQ(vault().log().size().value(), 1U) << "the leaves wait for what tells of their loss";
  const auto range = vault().restore(sample_act());
  ASSERT_TRUE(range.ok()) << range.error().to_string();
  EXPECT_EQ(*range, (storage::LostRange{.from = 1, .until = 2}));
  EXPECT_EQ(vault().load_own_events()->back().kind, "restore");
}

// Tampering ---------------------------------------------------------------------------------------

TEST_F(VaultTest, AHoldCannotBeTakenOutOfTheRecord) {
  ingest("a", "one");
  ASSERT_TRUE(vault().record(case_, Hold{HoldId(random_id())}, sample_act()).ok());
  const CaseId other = vault().open_case("another case").take();
  ASSERT_TRUE(
      vault().ingest(other, request_of(crypto::as_bytes("b"), ingest_of("b")), sample_act()).ok());
  tamper("UPDATE events SET sealed = NULL WHERE version = 2 AND stream = $1", case_.view());
  open();
  const auto scrubbed = vault().scrub(sample_act());
  ASSERT_TRUE(scrubbed.ok()) << "the other case is looked at: " << scrubbed.error().to_string();
  EXPECT_EQ(scrubbed->checked, 1U);
  ASSERT_EQ(scrubbed->damaged.size(), 1U);
  EXPECT_EQ(scrubbed->damaged.front().case_id, case_);
  EXPECT_EQ(vault().load(case_).error().code, ErrorCode::kLint);
  EXPECT_EQ(vault().record(case_, EraseApproval{}, act_of("A", "judge")).error().code,
            ErrorCode::kLint);
}

TEST_F(VaultTest, AGapInTheHistoryIsFound) {
  ingest("a", "one");
  ASSERT_TRUE(vault().record(case_, Hold{HoldId(random_id())}, sample_act()).ok());
  ASSERT_TRUE(vault().record(case_, Hold{HoldId(random_id())}, sample_act()).ok());
  tamper("DELETE FROM events WHERE version = 2 AND stream = $1", case_.view());
  open();
  EXPECT_EQ(vault().load(case_).error().code, ErrorCode::kLint);
}

TEST_F(VaultTest, TheVaultsOwnEventsAreHeldToTheSame) {
  ASSERT_TRUE(vault().scrub(sample_act()).ok());
  ASSERT_TRUE(vault().load_own_events().ok());
  tamper("UPDATE events SET sealed = NULL WHERE stream = $1", std::string(32, '0'));
  open();
  EXPECT_EQ(vault().load_own_events().error().code, ErrorCode::kLint);
}

TEST_F(VaultTest, ANameThatIsNotTextHarmsNothing) {
  const auto refused = vault().ingest(
      case_, request_of(crypto::as_bytes("abc"), ingest_of("caf\xe9.txt")), sample_act());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kInvalidArgument);
  EXPECT_TRUE(std::filesystem::is_empty(path() / "incoming")) << "nothing was read";
  EXPECT_EQ(
      vault().record(case_, Hold{HoldId(random_id())}, act_of("Ren\xe9", "judge")).error().code,
      ErrorCode::kInvalidArgument);
  ingest("caf\xc3\xa9.txt", "abc");
  const auto history = vault().load(case_);
  ASSERT_TRUE(history.ok()) << history.error().to_string();
  EXPECT_EQ(history->events.size(), 1U);
  EXPECT_TRUE(vault().scrub(sample_act()).ok());
}

}  // namespace
}  // namespace rogatory::vault
