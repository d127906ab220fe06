// SPDX-License-Identifier: EUPL-1.2

#include "corpus/message_pattern.h"

#include <gtest/gtest.h>

#include <vector>

namespace rogatory::corpus {
namespace {

std::string names(std::string_view pattern) {
  const auto found = argument_names(pattern);
  if (!found) return "fault";
  std::string out;
  for (const std::string& name : *found) out += name + ' ';
  return out;
}

TEST(MessagePattern, NamesArguments) {
  EXPECT_EQ(names(""), "");
  EXPECT_EQ(names("no argument"), "");
  EXPECT_EQ(names("{a} and { b }"), "a b ");
  EXPECT_EQ(names("{a, number}{b, date, long}"), "a b ");
}

TEST(MessagePattern, LooksIntoForms) {
  EXPECT_EQ(names("{n, plural, offset:1 =0 {none} one {# of {what}} other {# of {what}}}"),
            "n what ");
  EXPECT_EQ(names("{who, select, f {{x}} other {{y, selectordinal, other {{z}}}}}"), "who x y z ");
}

TEST(MessagePattern, TakesQuotedTextLiterally) {
  EXPECT_EQ(names("l'acte {a}"), "a ");
  EXPECT_EQ(names("'{a}' {b}"), "b ");
  EXPECT_EQ(names("''{a}''"), "a ");
  EXPECT_EQ(names("it is '{"), "");
}

TEST(MessagePattern, TellsOfBracesThatDoNotMatch) {
  for (const std::string_view text : {"{", "}", "{a", "a}", "{}", "{a, plural, one}",
                                      "{a, plural, one {x}", "{{a}}", "{a, plural, one {}}}"}) {
    EXPECT_EQ(names(text), "fault") << text;
  }
}

TEST(MessagePattern, RefusesDeepNesting) {
  std::string deep;
  for (int i = 0; i < 40; ++i) deep += "{a, select, other {";
  EXPECT_EQ(names(deep), "fault");
}

}  // namespace
}  // namespace rogatory::corpus
