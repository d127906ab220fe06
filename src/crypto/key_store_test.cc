// SPDX-License-Identifier: EUPL-1.2
//
// The same for every kind of store: files, and a token of SoftHSM.

#include "crypto/key_store.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <functional>

#include "crypto/file_key_store.h"
#include "crypto/key_wrap.h"
#include "crypto/token_key_store.h"
#include "support/authority.h"

namespace rogatory::crypto {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

constexpr std::string_view kSoftHsm = "/usr/lib/softhsm/libsofthsm2.so";
constexpr std::string_view kPin = "4711";

/// Makes a place for a store, and opens it again and again.
class Place {
 public:
  virtual ~Place() = default;
  virtual std::unique_ptr<KeyStore> create() = 0;
  virtual std::unique_ptr<KeyStore> open() = 0;
};

class FilePlace final : public Place {
 public:
  std::unique_ptr<KeyStore> create() override {
    return FileKeyStore::create(folder_ / "store").take();
  }
  std::unique_ptr<KeyStore> open() override { return FileKeyStore::open(folder_ / "store").take(); }

 private:
  test::TempFolder folder_;
};

class TokenPlace final : public Place {
 public:
  TokenPlace() {
    fs::create_directory(folder_ / "tokens");
    test::write_bytes(folder_ / "softhsm2.conf",
                      "directories.tokendir = " + (folder_ / "tokens").string() +
                          "\nobjectstore.backend = file\nlog.level = ERROR\n");
    ::setenv("SOFTHSM2_CONF", (folder_ / "softhsm2.conf").c_str(), /*overwrite=*/1);
    EXPECT_TRUE(test::succeeds(
        "softhsm2-util --init-token --free --label rogatory --pin 4711 --so-pin 1147"));
  }
  std::unique_ptr<KeyStore> create() override { return open(); }
  std::unique_ptr<KeyStore> open() override { return TokenKeyStore::open(options()).take(); }

  static TokenOptions options() {
    return {.module = kSoftHsm, .label = "rogatory", .pin = std::string(kPin)};
  }

 private:
  test::TempFolder folder_;
};

struct Kind {
  std::string name;
  std::function<std::unique_ptr<Place>()> make;
  bool is_here;
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all = {
      {"file", [] { return std::make_unique<FilePlace>(); }, true},
      {"token", [] { return std::make_unique<TokenPlace>(); }, fs::exists(kSoftHsm)},
  };
  return all;
}

class EveryStore : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    if (!GetParam().is_here) GTEST_SKIP() << "the package softhsm2 is not installed";
    place_ = GetParam().make();
    store_ = place_->create();
  }
  /// The store as the next run of the program finds it.
  void reopen() {
    store_.reset();
    store_ = place_->open();
  }

  std::unique_ptr<Place> place_;
  std::unique_ptr<KeyStore> store_;
};

TEST_P(EveryStore, KeepsKeysOfItems) {
  ASSERT_TRUE(store_->create_case_key("worm-2026").ok());
  for (const std::size_t size : {kMinItemKeyBytes, std::size_t{32}, kMaxItemKeyBytes}) {
    const SecretBytes item = SecretBytes::random(size);
    const auto wrapped = store_->wrap_item_key("worm-2026", item.view());
    ASSERT_TRUE(wrapped.ok()) << wrapped.error().to_string();
    EXPECT_EQ(wrapped->size(), size + 8) << "RFC 5649: one block more";
    reopen();
    const auto back = store_->unwrap_item_key("worm-2026", *wrapped);
    ASSERT_TRUE(back.ok()) << back.error().to_string();
    EXPECT_TRUE(is_equal_secret(back->view(), item.view()));
  }
}

TEST_P(EveryStore, DestructionErasesTheCaseAndNoOther) {
  ASSERT_TRUE(store_->create_case_key("a").ok());
  ASSERT_TRUE(store_->create_case_key("b").ok());
  const SecretBytes item = SecretBytes::random(32);
  const Bytes under_a = store_->wrap_item_key("a", item.view()).take();
  const Bytes under_b = store_->wrap_item_key("b", item.view()).take();
  EXPECT_NE(under_a, under_b);
  EXPECT_EQ(store_->case_names().value(), (std::vector<std::string>{"a", "b"}));
  ASSERT_TRUE(store_->destroy_case_key("a").ok());
  for (int run = 0; run < 2; ++run) {
    EXPECT_FALSE(store_->has_case_key("a").value());
    EXPECT_EQ(store_->unwrap_item_key("a", under_a).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(store_->unwrap_item_key("b", under_a).error().code, ErrorCode::kParse);
    EXPECT_TRUE(store_->unwrap_item_key("b", under_b).ok());
    EXPECT_EQ(store_->case_names().value(), std::vector<std::string>{"b"});
    reopen();
  }
  // A new key of the same name is another key.
  ASSERT_TRUE(store_->create_case_key("a").ok());
  EXPECT_EQ(store_->unwrap_item_key("a", under_a).error().code, ErrorCode::kParse);
}

TEST_P(EveryStore, EveryFlippedBitIsFound) {
  ASSERT_TRUE(store_->create_case_key("a").ok());
  const Bytes wrapped = store_->wrap_item_key("a", SecretBytes::random(32).view()).take();
  for (std::size_t bit = 0; bit < 8 * wrapped.size(); ++bit) {
    Bytes changed = wrapped;
    changed[bit / 8] ^= std::byte{1} << (bit % 8);
    const auto back = store_->unwrap_item_key("a", changed);
    ASSERT_FALSE(back.ok()) << bit;
    EXPECT_EQ(back.error().code, ErrorCode::kParse);
  }
  for (std::size_t size = 0; size < wrapped.size(); ++size) {
    EXPECT_FALSE(store_->unwrap_item_key("a", std::span(wrapped).first(size)).ok()) << size;
  }
}

TEST_P(EveryStore, SaysWhatIsWrong) {
  EXPECT_EQ(store_->wrap_item_key("none", Bytes(32)).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(store_->destroy_case_key("none").error().code, ErrorCode::kNotFound);
  ASSERT_TRUE(store_->create_case_key("a").ok());
  EXPECT_EQ(store_->create_case_key("a").error().code, ErrorCode::kConflict);
  for (const std::string& name :
       {std::string(), std::string("../a"), std::string("A"), std::string(65, 'a')}) {
    EXPECT_EQ(store_->create_case_key(name).error().code, ErrorCode::kInvalidArgument) << name;
    EXPECT_EQ(store_->destroy_case_key(name).error().code, ErrorCode::kInvalidArgument) << name;
    EXPECT_EQ(store_->has_case_key(name).error().code, ErrorCode::kInvalidArgument) << name;
  }
  for (const std::size_t size : {kMinItemKeyBytes - 1, kMaxItemKeyBytes + 1}) {
    EXPECT_EQ(store_->wrap_item_key("a", Bytes(size)).error().code, ErrorCode::kInvalidArgument);
  }
}

INSTANTIATE_TEST_SUITE_P(KeyStore, EveryStore, testing::ValuesIn(kinds()),
                         [](const auto& kind) { return kind.param.name; });

class FileStore : public testing::Test {
 protected:
  static std::string everything_in(const fs::path& folder) {
    std::string all;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) all += test::read_bytes(entry.path());
    }
    return all;
  }

  test::TempFolder folder_;
  fs::path path_ = folder_ / "store";
};

TEST_F(FileStore, RotationKeepsCasesAndKillsOldCopies) {
  auto store = FileKeyStore::create(path_).take();
  ASSERT_TRUE(store->create_case_key("kept").ok());
  ASSERT_TRUE(store->create_case_key("erased").ok());
  const SecretBytes item = SecretBytes::random(32);
  const Bytes kept = store->wrap_item_key("kept", item.view()).take();
  const Bytes erased = store->wrap_item_key("erased", item.view()).take();
  // A backup of the wrapped keys, without that of the vault.
  fs::copy(path_ / "keys-1" / "case-erased.key", folder_ / "backup.key");
  ASSERT_TRUE(store->destroy_case_key("erased").ok());
  ASSERT_TRUE(store->rotate_vault_key().ok());
  store.reset();
  EXPECT_FALSE(fs::exists(path_ / "keys-1"));
  fs::copy(folder_ / "backup.key", path_ / "keys-2" / "case-erased.key");
  store = FileKeyStore::open(path_).take();
  EXPECT_TRUE(store->unwrap_item_key("kept", kept).ok());
  EXPECT_EQ(store->unwrap_item_key("erased", erased).error().code, ErrorCode::kParse);
}

TEST_F(FileStore, WithoutRotationABackupOfTheCaseStillOpens) {
  // What the documentation warns of, so that nobody believes otherwise.
  auto store = FileKeyStore::create(path_).take();
  ASSERT_TRUE(store->create_case_key("a").ok());
  const Bytes wrapped = store->wrap_item_key("a", SecretBytes::random(32).view()).take();
  fs::copy(path_ / "keys-1" / "case-a.key", folder_ / "backup.key");
  ASSERT_TRUE(store->destroy_case_key("a").ok());
  fs::copy(folder_ / "backup.key", path_ / "keys-1" / "case-a.key");
  EXPECT_TRUE(store->unwrap_item_key("a", wrapped).ok());
}

TEST_F(FileStore, AnInterruptedRotationLeavesTheOldOrTheNew) {
  auto store = FileKeyStore::create(path_).take();
  ASSERT_TRUE(store->create_case_key("a").ok());
  const Bytes wrapped = store->wrap_item_key("a", SecretBytes::random(32).view()).take();
  store.reset();
  // Before the switch: a second folder, half filled.
  fs::create_directory(path_ / "keys-2");
  test::write_bytes(path_ / "keys-2" / "vault.key", "rogatory-vault-key/1\nhalf");
  store = FileKeyStore::open(path_).take();
  EXPECT_FALSE(fs::exists(path_ / "keys-2"));
  EXPECT_TRUE(store->unwrap_item_key("a", wrapped).ok());
  // After the switch: the first folder is still there.
  fs::copy(path_ / "keys-1", folder_ / "keys-1", fs::copy_options::recursive);
  ASSERT_TRUE(store->rotate_vault_key().ok());
  store.reset();
  fs::copy(folder_ / "keys-1", path_ / "keys-1", fs::copy_options::recursive);
  store = FileKeyStore::open(path_).take();
  EXPECT_FALSE(fs::exists(path_ / "keys-1"));
  EXPECT_TRUE(store->unwrap_item_key("a", wrapped).ok());
}

TEST_F(FileStore, KeysAreForTheOwnerAlone) {
  FileKeyStore::create(path_).take()->create_case_key("a").value();
  struct stat status{};
  for (const char* name : {"keys-1/vault.key", "keys-1/case-a.key"}) {
    ASSERT_EQ(::stat((path_ / name).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << name;
  }
  ASSERT_EQ(::chmod((path_ / "keys-1/vault.key").c_str(), 0644), 0);
  EXPECT_EQ(FileKeyStore::open(path_).error().code, ErrorCode::kInvalidArgument);
}

TEST_F(FileStore, NoKeyStandsInTheClear) {
  const auto store = FileKeyStore::create(path_).take();
  store->create_case_key("a").value();
  const SecretBytes item = SecretBytes::random(32);
  const Bytes wrapped = store->wrap_item_key("a", item.view()).take();
  // The vault's key opens the case's file, and what is in it opens the item's key: by hand, as
  // docs/formats/key-store.md says.
  const std::string vault = test::read_bytes(path_ / "keys-1" / "vault.key");
  const std::string of_case = test::read_bytes(path_ / "keys-1" / "case-a.key");
  const SecretBytes vault_key(
      as_bytes(vault).subspan(std::string_view("rogatory-vault-key/1\n").size()));
  const auto case_key = unwrap_key(
      vault_key, as_bytes(of_case).subspan(std::string_view("rogatory-case-key/1\n").size()));
  ASSERT_TRUE(case_key.ok());
  EXPECT_TRUE(is_equal_secret(unwrap_key(*case_key, wrapped).value().view(), item.view()));
  const std::string all = everything_in(path_);
  EXPECT_EQ(all.find(as_text(case_key->view())), std::string::npos);
  EXPECT_EQ(all.find(as_text(item.view())), std::string::npos);
}

TEST_F(FileStore, OneAtATime) {
  const auto store = FileKeyStore::create(path_).take();
  EXPECT_EQ(FileKeyStore::open(path_).error().code, ErrorCode::kConflict);
  EXPECT_EQ(FileKeyStore::create(path_).error().code, ErrorCode::kConflict);
}

TEST_F(FileStore, SaysWhatIsNoStore) {
  EXPECT_EQ(FileKeyStore::open(path_).error().code, ErrorCode::kNotFound);
  FileKeyStore::create(path_).take().reset();
  EXPECT_EQ(FileKeyStore::create(path_).error().code, ErrorCode::kConflict);
  test::write_bytes(path_ / "current", "../elsewhere\n");
  EXPECT_EQ(FileKeyStore::open(path_).error().code, ErrorCode::kParse);
  test::write_bytes(path_ / "current", "keys-1\n");
  test::write_bytes(path_ / "keys-1" / "vault.key", "another kind of file");
  EXPECT_EQ(FileKeyStore::open(path_).error().code, ErrorCode::kParse);
}

TEST_F(FileStore, KeysWithoutCurrentAreNotWrittenOver) {
  for (const int rotations : {0, 2}) {
    const fs::path path = folder_ / std::to_string(rotations);
    auto store = FileKeyStore::create(path).take();
    ASSERT_TRUE(store->create_case_key("a").ok());
    const Bytes wrapped = store->wrap_item_key("a", SecretBytes::random(32).view()).take();
    for (int i = 0; i < rotations; ++i) ASSERT_TRUE(store->rotate_vault_key().ok());
    store.reset();
    const std::string current = test::read_bytes(path / "current");
    fs::remove(path / "current");
    EXPECT_EQ(FileKeyStore::create(path).error().code, ErrorCode::kConflict);
    test::write_bytes(path / "current", current);
    EXPECT_TRUE(FileKeyStore::open(path).value()->unwrap_item_key("a", wrapped).ok());
  }
}

TEST_F(FileStore, ADamagedCaseStandsInNoOthersWay) {
  auto store = FileKeyStore::create(path_).take();
  for (const char* name : {"kept", "damaged", "erased"}) {
    ASSERT_TRUE(store->create_case_key(name).ok());
  }
  const Bytes kept = store->wrap_item_key("kept", SecretBytes::random(32).view()).take();
  const Bytes lost = store->wrap_item_key("damaged", SecretBytes::random(32).view()).take();
  test::write_bytes(path_ / "keys-1" / "case-damaged.key", "noise");
  ASSERT_TRUE(store->destroy_case_key("erased").ok());
  ASSERT_TRUE(store->rotate_vault_key().ok());
  EXPECT_TRUE(store->unwrap_item_key("kept", kept).ok());
  EXPECT_EQ(store->unwrap_item_key("damaged", lost).error().code, ErrorCode::kParse);
  EXPECT_EQ(test::read_bytes(path_ / "keys-2" / "case-damaged.key"), "noise");
  EXPECT_EQ(store->case_names().value(), (std::vector<std::string>{"damaged", "kept"}));
}

class TokenStore : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(kSoftHsm)) GTEST_SKIP() << "the package softhsm2 is not installed";
  }
};

TEST_F(TokenStore, SaysWhyItDoesNotOpen) {
  const TokenPlace place;
  const auto code = [](const std::function<void(TokenOptions&)>& change) {
    TokenOptions options = TokenPlace::options();
    change(options);
    return TokenKeyStore::open(options).error().code;
  };
  EXPECT_EQ(code([](auto& o) { o.label = "other"; }), ErrorCode::kNotFound);
  EXPECT_EQ(code([](auto& o) { o.module = "/nowhere.so"; }), ErrorCode::kNotFound);
  EXPECT_EQ(code([](auto& o) { o.pin = "wrong"; }), ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace rogatory::crypto
