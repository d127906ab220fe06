// SPDX-License-Identifier: EUPL-1.2
//
// Third-party vectors that are archives, unpacked into a folder of their own for one test.
// Single-threaded, as tests are.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "support/shared.h"

namespace rogatory::test {

/// A folder under the temporary one that goes with the object.
class TempFolder final {
 public:
  TempFolder();
  TempFolder(TempFolder&& other) noexcept;
  TempFolder& operator=(TempFolder&&) = delete;
  ~TempFolder();

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The archive `relative` ("vectors/age.tar.gz") of shared_path(), unpacked; nothing when it is not
/// there. An archive that does not unpack is a failure of the test.
std::optional<TempFolder> unpack_shared(std::string_view relative);

/// All bytes of a file; a failure of the test when there is none.
std::string read_test_file(const std::filesystem::path& path);

}  // namespace rogatory::test
