// SPDX-License-Identifier: EUPL-1.2

#include "base/strong.h"

#include <gtest/gtest.h>

#include <map>
#include <type_traits>
#include <unordered_set>
#include <vector>

namespace rogatory::base {
namespace {

struct StateTag;
struct TermTag;
using State = StrongString<StateTag>;
using Term = StrongString<TermTag>;
using TermIndex = StrongIndex<TermTag>;

static_assert(!std::is_convertible_v<std::string, State>);
static_assert(!std::is_convertible_v<const char*, State>);
static_assert(!std::is_convertible_v<State, Term>);
static_assert(!std::is_constructible_v<State, Term>);
static_assert(!std::is_convertible_v<unsigned, TermIndex>);

TEST(StrongString, ComparesAndSortsAsItsText) {
  EXPECT_EQ(State("FRA"), State(std::string("FRA")));
  EXPECT_LT(State("DEU"), State("FRA"));
  const std::map<State, int> sorted = {{State("FRA"), 2}, {State("DEU"), 1}};
  EXPECT_EQ(sorted.begin()->first.str(), "DEU");
  EXPECT_TRUE(State().empty());
}

TEST(StrongString, Hashes) {
  const std::unordered_set<State> states = {State("FRA"), State("FRA"), State("DEU")};
  EXPECT_EQ(states.size(), 2U);
}

TEST(StrongString, PrintsItsText) {
  EXPECT_EQ(testing::PrintToString(State("FRA")), "FRA");
}

TEST(StrongIndex, CountsPositions) {
  const std::vector<int> table = {10, 20, 30};
  constexpr TermIndex kSecond(1);
  EXPECT_EQ(table[kSecond.position()], 20);
  EXPECT_LT(TermIndex(0), kSecond);
  EXPECT_EQ(testing::PrintToString(kSecond), "1");
  EXPECT_EQ((std::unordered_set<TermIndex>{kSecond, TermIndex(1)}).size(), 1U);
}

}  // namespace
}  // namespace rogatory::base
