// SPDX-License-Identifier: EUPL-1.2
//
// What a text case expects, against what was found. Each failure begins with the place of the
// expectation. Single-threaded, as tests are.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "case_file.h"

namespace rogatory::test {

inline std::string joined(const std::set<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return "[" + out + "]";
}

inline std::set<std::string> set_of(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

/// Every part of `wanted` is in `found`.
inline void expect_holds(const Entry& wanted, const std::set<std::string>& found) {
  for (const Entry& one : wanted.items()) {
    EXPECT_TRUE(found.contains(one.text()))
        << one.place() << ": `" << one.text() << "` is expected, found are " << joined(found);
  }
}

/// `found` is `wanted`, neither more nor less.
inline void expect_exactly(const Entry& wanted, const std::set<std::string>& found,
                           const std::string& why = {}) {
  if (!wanted.exists()) return;
  EXPECT_EQ(joined(found), joined(set_of(wanted.texts()))) << wanted.place() << why;
}

inline void expect_text(const Entry& wanted, std::string_view found) {
  if (!wanted.exists()) return;
  EXPECT_EQ(found, wanted.text()) << wanted.place();
}

template <class Value>
void expect_name(const Entry& wanted, Value found) {
  if (wanted.exists()) expect_text(wanted, to_text(found));
}

/// A question may say what the court ruled where our answer is another one: `differs: {court,
/// why}`. Once the answers agree the mark has to go.
inline void expect_difference(const Entry& question, std::string_view found) {
  const Entry differs = question.at("differs");
  if (!differs.exists()) return;
  differs.allow_only({"right", "why"});
  EXPECT_FALSE(differs.text("why").empty()) << differs.place();
  EXPECT_NE(found, differs.text("right"))
      << differs.place() << ": our answer is now the right one; take the mark away";
}

}  // namespace rogatory::test
