// SPDX-License-Identifier: EUPL-1.2
#include "vault/event.h"

#include <gtest/gtest.h>

#include <set>

#include "support/sample_evidence.h"

namespace rogatory::vault {
namespace {

TEST(Event, EachKindComesBackAsItWasWritten) {
  std::set<std::string_view> kinds;
  for (const Fact& fact : sample_facts()) {
    const Event event{.fact = fact, .act = sample_act()};
    const auto read =
        parse_event(kind_of(fact), event.act.at, closed_members(event), open_members(fact));
    ASSERT_TRUE(read.ok()) << kind_of(fact) << ": " << read.error().to_string();
    EXPECT_EQ(*read, event) << kind_of(fact);
    kinds.insert(kind_of(fact));
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<Fact>) << "a kind has no sample";
}

TEST(Event, ALackingMemberIsNamed) {
  for (const Fact& fact : sample_facts()) {
    const Event event{.fact = fact, .act = sample_act()};
    const base::JsonObject whole = closed_members(event);
    for (const auto& member : whole) {
      const std::string name(member.key());
      if (name == "consent" || name == "received") continue;
      base::JsonObject less = whole;
      less.erase(name);
      const auto read = parse_event(kind_of(fact), event.act.at, less, open_members(fact));
      ASSERT_FALSE(read.ok()) << kind_of(fact) << " without " << name;
      EXPECT_EQ(read.error().code, base::ErrorCode::kSchema);
    }
  }
}

TEST(Event, NothingPersonalIsOpen) {
  const std::set<std::string> allowed = {"root",          "size",      "checked",
                                         "damaged_count", "lost_from", "lost_until"};
  for (const Fact& fact : sample_facts()) {
    for (const auto& member : open_members(fact)) {
      EXPECT_TRUE(allowed.contains(std::string(member.key()))) << member.key();
    }
  }
}

TEST(Event, AnUnknownKindIsRefused) {
  const auto read = parse_event("loan", {}, {}, {});
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().message, "`loan` is no kind of event");
}

}  // namespace
}  // namespace rogatory::vault
