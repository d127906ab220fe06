// SPDX-License-Identifier: EUPL-1.2
//
// One test per file cases/*.case.yaml, named after the file.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "case_run.h"
#include "support/shared.h"

namespace rogatory::test {
namespace {

constexpr std::string_view kSuffix = ".case.yaml";

class LawCase : public testing::Test {
 public:
  explicit LawCase(std::filesystem::path path) : path_(std::move(path)) {}
  void TestBody() override { run_case(path_); }

 private:
  std::filesystem::path path_;
};

std::vector<std::filesystem::path> case_files() {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(source_dir() / "tests/law/cases")) {
    if (entry.path().string().ends_with(kSuffix)) out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

/// `love-bug-2000` as LoveBug2000: the framework wants identifiers.
std::string test_name(const std::filesystem::path& path) {
  const std::string file = path.filename().string();
  std::string out;
  bool is_start = true;
  for (const char c : file.substr(0, file.size() - kSuffix.size())) {
    if (c == '-') {
      is_start = true;
      continue;
    }
    const bool is_raised = is_start && c >= 'a' && c <= 'z';
    out += is_raised ? static_cast<char>(c - 'a' + 'A') : c;
    is_start = false;
  }
  return out;
}

void register_cases() {
  for (const std::filesystem::path& path : case_files()) {
    testing::RegisterTest("LawCase", test_name(path).c_str(), nullptr, nullptr, path.c_str(), 1,
                          [path]() -> testing::Test* { return new LawCase(path); });
  }
}

}  // namespace
}  // namespace rogatory::test

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  rogatory::test::register_cases();
  return RUN_ALL_TESTS();
}
