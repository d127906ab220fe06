// SPDX-License-Identifier: EUPL-1.2

#include "package/member_name.h"

#include <gtest/gtest.h>

namespace rogatory::package {
namespace {

TEST(MemberName, OrdinaryNamesPass) {
  for (const char* name : {"a", "data/a b.txt", "data/%7Edir/x", "data/x~",
                           ("N\xC3\xBA\xC3\xB1"
                            "ez"),
                           "data/..a", "data/a..", "data/%test2.txt"}) {
    EXPECT_TRUE(check_member_name(name).ok()) << name;
  }
}

TEST(MemberName, NamesThatLeadElsewhereAreRefused) {
  const std::pair<std::string, const char*> cases[] = {
      {"", "empty"},
      {"/etc/passwd", "absolute"},
      {"../x", "leads elsewhere"},
      {"data/../../x", "leads elsewhere"},
      {"./data", "leads elsewhere"},
      {"data//x", "empty part"},
      {"data/", "empty part"},
      {"~/x", "home folder"},
      {"~root/x", "home folder"},
      {"C:/x", "drive letter"},
      {"c:x", "drive letter"},
      {"\\\\server\\x", "backslash"},
      {"data\\x", "backslash"},
      {"%HomeDrive%/x", "variable"},
      {"data/a\nb", "control"},
      {std::string("data/a\0b", 8), "control"},
      {"data/\xFF", "not UTF-8"},
      {"data/\xC0\xAE\xC0\xAE/x", "not UTF-8"},
      {std::string(kMaxNameBytes + 1, 'a'), "too long"},
  };
  for (const auto& [name, why] : cases) {
    const auto checked = check_member_name(name);
    ASSERT_FALSE(checked.ok()) << name;
    EXPECT_EQ(checked.error().code, base::ErrorCode::kLint);
    EXPECT_NE(checked.error().message.find(why), std::string::npos) << checked.error().message;
  }
  std::string deep = "a";
  for (std::size_t i = 0; i < kMaxNameParts; ++i) deep += "/a";
  EXPECT_FALSE(check_member_name(deep).ok());
}

TEST(MemberName, TwinsByCaseAndNormalisation) {
  TwinFinder twins;
  EXPECT_EQ(twins.add("data/a.txt"), std::nullopt);
  EXPECT_EQ(twins.add("data/a.txt"), std::nullopt) << "the same name is no twin";
  EXPECT_EQ(twins.add("DATA/A.TXT"), "data/a.txt");
  EXPECT_EQ(twins.add("N\xC3\xBA\xC3\xB1"
                      "ez"),
            std::nullopt);
  EXPECT_EQ(twins.add("Nu\xCC\x81n\xCC\x83"
                      "ez"),
            "N\xC3\xBA\xC3\xB1"
            "ez");
  EXPECT_EQ(twins.add("Stra\xC3\x9F"
                      "e"),
            std::nullopt);
  EXPECT_EQ(twins.add("STRASSE"),
            "Stra\xC3\x9F"
            "e");
  EXPECT_EQ(twins.add("other"), std::nullopt);
}

TEST(MemberName, SystemFiles) {
  EXPECT_TRUE(is_system_file("data/Thumbs.db"));
  EXPECT_TRUE(is_system_file("data/x/._photo.jpg"));
  EXPECT_FALSE(is_system_file("data/Thumbs.db/photo.jpg"));
}

}  // namespace
}  // namespace rogatory::package
