// SPDX-License-Identifier: EUPL-1.2

#include "support/unpacked.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

namespace rogatory::test {

TempFolder::TempFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "rogatory-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) ADD_FAILURE() << "no folder `" << name << "`";
  path_ = name;
}

TempFolder::TempFolder(TempFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

TempFolder::~TempFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

std::optional<TempFolder> unpack_shared(std::string_view relative) {
  const auto archive = shared_path(relative);
  if (!archive) return std::nullopt;
  TempFolder folder;
  const std::string command =
      "tar xzf '" + archive->string() + "' -C '" + folder.path().string() + "'";
  EXPECT_EQ(std::system(command.c_str()), 0) << command;
  return folder;
}

std::string read_test_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in.good()) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace rogatory::test
