// SPDX-License-Identifier: EUPL-1.2
//
// The conformance suite of the Library of Congress (bagit-conformance-suite): 27 bags that are
// valid, 21 that are not on Linux, 6 more that are not on Windows, 6 that deserve a warning.

#include <gtest/gtest.h>

#include <map>

#include "package/bag.h"
#include "support/shared.h"
#include "support/temp_folder.h"

namespace rogatory::package {
namespace {

class BagSuite : public testing::Test {
 protected:
  void SetUp() override {
    const auto archive = test::shared_path("vectors/bagit.tar.gz");
    if (!archive) GTEST_SKIP() << "no shared data";
    test::unpack(*archive, folder_.path());
    for (const auto& version : std::filesystem::directory_iterator(folder_ / "bagit")) {
      if (!version.is_directory()) continue;
      for (const auto& group : std::filesystem::directory_iterator(version)) {
        for (const auto& bag : std::filesystem::directory_iterator(group)) {
          if (bag.is_directory()) bags_[group.path().filename()].push_back(bag.path());
        }
      }
    }
  }

  static std::string problems_of(const BagReport& report) {
    std::string text;
    for (const auto& problem : report.problems) {
      text += std::string(bag_problem_name(problem.kind)) + ' ' + problem.path + ": " +
              problem.text + '\n';
    }
    return text;
  }

  test::TempFolder folder_;
  std::map<std::string, std::vector<std::filesystem::path>> bags_;
};

TEST_F(BagSuite, ValidBags) {
  EXPECT_EQ(bags_["valid"].size(), 27U);
  for (const auto& bag : bags_["valid"]) {
    const auto report = check_bag(bag);
    ASSERT_TRUE(report.ok()) << bag << report.error().to_string();
    EXPECT_TRUE(report->is_valid()) << bag << '\n' << problems_of(*report);
  }
}

TEST_F(BagSuite, InvalidBags) {
  EXPECT_EQ(bags_["invalid"].size() + bags_["linux-only"].size(), 21U);
  EXPECT_EQ(bags_["windows-only"].size(), 6U);
  for (const char* group : {"invalid", "linux-only", "windows-only"}) {
    for (const auto& bag : bags_[group]) {
      const auto report = check_bag(bag);
      ASSERT_TRUE(report.ok()) << bag << report.error().to_string();
      EXPECT_FALSE(report->is_valid()) << bag;
    }
  }
}

TEST_F(BagSuite, BagsThatDeserveAWarning) {
  const std::map<std::string, std::string> expected = {
      {"duplicate-file-with-different-case", "only in case"},
      {"made-with-md5sum-tools", "as md5sum writes it"},
      {"relative-path", "begins with `./`"},
      {"same-filename-listed-twice-with-different-normalization", "Unicode normalisation"},
      {"same-filename-listed-twice-with-the-same-hash", "listed twice"},
      {"special-system-files", "operating systems leave behind"},
  };
  EXPECT_EQ(bags_["warning"].size(), expected.size());
  for (const auto& bag : bags_["warning"]) {
    const auto report = check_bag(bag);
    ASSERT_TRUE(report.ok()) << bag << report.error().to_string();
    const std::string& words = expected.at(bag.filename());
    EXPECT_TRUE(
        std::any_of(report->warnings.begin(), report->warnings.end(),
                    [&](const std::string& one) { return one.find(words) != std::string::npos; }))
        << bag;
  }
}

}  // namespace
}  // namespace rogatory::package
