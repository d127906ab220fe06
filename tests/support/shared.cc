// SPDX-License-Identifier: EUPL-1.2

#include "support/shared.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string_view>
#include <system_error>

namespace rogatory::test {
namespace {

std::filesystem::path shared_dir() {
  const char* const named = std::getenv("ROGATORY_SHARED");
  if (named != nullptr && *named != '\0') return named;
  return source_dir().parent_path() / "shared";
}

bool is_shared_required() {
  const char* const required = std::getenv("ROGATORY_REQUIRE_SHARED");
  return required != nullptr && std::string_view(required) == "1";
}

}  // namespace

std::filesystem::path source_dir() {
  return ROGATORY_SOURCE_DIR;
}

std::optional<std::filesystem::path> shared_path(std::string_view relative) {
  std::filesystem::path path = shared_dir() / relative;
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) return path;
  if (is_shared_required()) {
    ADD_FAILURE() << "`" << path.string() << "` is absent and ROGATORY_REQUIRE_SHARED is set";
  }
  return std::nullopt;
}

std::optional<std::filesystem::path> folder_of_variable(const char* variable) {
  const char* folder = std::getenv(variable);
  if (folder == nullptr || *folder == '\0') return std::nullopt;
  return std::filesystem::path(folder);
}

}  // namespace rogatory::test
