// SPDX-License-Identifier: EUPL-1.2

#include "package/event_leaf.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "package/sealed_set.h"
#include "tlog/merkle_proof.h"

namespace rogatory::package {
namespace {

using base::ErrorCode;

EventLeaf sample() {
  EventLeaf leaf{.kind = "seal", .at = "2026-11-24T10:00:00Z"};
  leaf.open = {{"size", 3}};
  leaf.closed["role"] = commitment_to(Salt{}, "custodian");
  return leaf;
}

TEST(EventLeaf, TheCommitmentIsAsDescribed) {
  Salt salt{};
  salt[31] = std::byte{7};
  std::string bytes = "rogatory.commitment/1";
  bytes += std::string(32, '\0') + "\x07" + R"({"a":1,"b":"x"})";
  EXPECT_EQ(commitment_to(salt, base::JsonObject{{"b", "x"}, {"a", 1}}), crypto::sha256(bytes));
  EXPECT_EQ(parse_salt(salt_hex(salt)).take(), salt);
  EXPECT_FALSE(parse_salt("00").ok());
  EXPECT_NE(random_salt(), random_salt());
}

TEST(EventLeaf, RoundTrip) {
  const std::string bytes = sample().to_bytes().take();
  EXPECT_TRUE(bytes.starts_with(R"({"at":"2026-11-24T10:00:00Z","closed":{"role":")"));
  const auto read = EventLeaf::parse(bytes);
  ASSERT_TRUE(read.ok()) << read.error().to_string();
  EXPECT_EQ(read->to_bytes().take(), bytes);
  EXPECT_EQ(read->closed, sample().closed);
}

TEST(EventLeaf, IsStrict) {
  const std::string bytes = sample().to_bytes().take();
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string changed = bytes;
    changed.replace(changed.find(from), from.size(), to);
    const auto read = EventLeaf::parse(changed);
    return read.ok() ? std::string("accepted") : read.error().message;
  };
  EXPECT_EQ(with("{", "{ "), "the bytes are not canonical");
  EXPECT_NE(with("rogatory.event/1", "rogatory.event/2").find("no event"), std::string::npos);
  EXPECT_NE(with("\"seal\"", "\"Seal\"").find("no kind"), std::string::npos);
  EXPECT_NE(with("10:00:00Z", "10:00:00+01:00").find("no time in UTC"), std::string::npos);
  EXPECT_NE(with("\"open\"", "\"opem\""), "accepted");
  EXPECT_EQ(with("\"open\":{", "\"open\":{\"a\":[{\"x\":0.5}],"), "a number is not whole");
  EXPECT_EQ(with("\"open\":{", "\"open\":{\"a\":[{\"x\":5}],"), "accepted");
  EventLeaf large = sample();
  large.open["x"] = std::string(kMaxLeafBytes, 'x');
  EXPECT_EQ(large.to_bytes().error().code, ErrorCode::kLimit);
  EXPECT_EQ(EventLeaf::parse(std::string(kMaxLeafBytes + 1, ' ')).error().code, ErrorCode::kLimit);
}

TEST(EventLeaf, Openings) {
  const EventLeaf leaf = sample();
  EXPECT_TRUE(check_opening(leaf, {.member = "role", .value = "custodian"}).ok());
  EXPECT_EQ(check_opening(leaf, {.member = "role", .value = "other"}).error().code,
            ErrorCode::kLint);
  EXPECT_EQ(check_opening(leaf, {.member = "size", .value = 3}).error().code, ErrorCode::kLint);
}

RC_GTEST_PROP(SealedSet, EveryPathLeadsToTheHead, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(1, 40);
  std::vector<SealedItem> items;
  for (std::size_t i = 0; i < count; ++i) {
    items.push_back({.record = {.name = "n" + std::to_string(i)}, .salt = random_salt()});
  }
  const SetTree tree(items);
  RC_ASSERT(tree.head() == set_head(items));
  for (std::size_t i = 0; i < count; ++i) {
    const auto path = tree.path(i).take();
    RC_ASSERT(tlog::verify_inclusion(items[i].leaf(), i, count, tree.head().root, path).ok());
    SealedItem other = items[i];
    other.record.size_bytes = 1;
    RC_ASSERT(!tlog::verify_inclusion(other.leaf(), i, count, tree.head().root, path).ok());
  }
  RC_ASSERT(!tree.path(count).ok());
}

}  // namespace
}  // namespace rogatory::package
