// SPDX-License-Identifier: EUPL-1.2

#include "base/deceptive.h"

#include <gtest/gtest.h>

namespace rogatory::base {
namespace {

TEST(Deceptive, FindsWhatIsNotSeen) {
  // NOLINTBEGIN(misc-misleading-bidirectional): this is what is looked for.
  EXPECT_EQ(find_deceptive("pay \u202E001"), "U+202E");
  EXPECT_EQ(find_deceptive("\u2066x"), "U+2066");
  EXPECT_EQ(find_deceptive("x\u2069"), "U+2069");
  EXPECT_EQ(find_deceptive("a\tb"), "U+0009");
  EXPECT_EQ(find_deceptive("a\u0085b"), "U+0085");
  EXPECT_EQ(find_deceptive(std::string_view("a\0b", 3)), "U+0000");
  EXPECT_EQ(find_deceptive("a\x7F"), "U+007F");
  // NOLINTEND(misc-misleading-bidirectional)
}

TEST(Deceptive, LetsEveryScriptStand) {
  EXPECT_EQ(find_deceptive("one\ntwo"), std::nullopt);
  EXPECT_EQ(find_deceptive("\u0637\u0644\u0628 \u200F(1)\u061C \u200E"), std::nullopt);
  EXPECT_EQ(find_deceptive("\u4FDD\u5168 \u0417\u0430\u043F\u0440\u043E\u0441 \u00E9 \U0001F512"),
            std::nullopt);
  // The neighbours of what is refused.
  EXPECT_EQ(find_deceptive("\u2029\u202F\u2065\u206A\u00A0"), std::nullopt);
  EXPECT_EQ(find_deceptive(""), std::nullopt);
}

TEST(Deceptive, IsMaskedForATerminal) {
  EXPECT_EQ(mask_deceptive("a\x1b[2J\u202Etxt\nb"), "a\uFFFD[2J\uFFFDtxt\nb");
  EXPECT_EQ(mask_deceptive("caf\xE9!"), "caf\uFFFD!");
  EXPECT_EQ(mask_deceptive("\xE9"), "\uFFFD");
  EXPECT_EQ(mask_deceptive("\u0637 \u4FDD \U0001F512 caf\u00E9"),
            "\u0637 \u4FDD \U0001F512 caf\u00E9");
  EXPECT_EQ(mask_deceptive(""), "");
}

}  // namespace
}  // namespace rogatory::base
