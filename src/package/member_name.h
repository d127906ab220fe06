// SPDX-License-Identifier: EUPL-1.2
//
// Names of files inside a bag or a container: what could lead outside, or read as another name on
// another system, is refused. Pure; any thread.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace rogatory::package {

inline constexpr std::size_t kMaxNameBytes = 4096;
inline constexpr std::size_t kMaxNameParts = 64;

/// C0 and DEL: none of them stands in a name, nor in a line that a reader is shown.
bool is_control(char c);

/// Success for a relative path with `/` between its parts. kLint, saying why, for: nothing, more
/// than kMaxNameBytes or kMaxNameParts, invalid UTF-8, control characters, a backslash, a leading
/// `/` or `~`, a drive letter, a leading `%NAME%`, and a part that is empty, `.` or `..`.
base::Result<void> check_member_name(std::string_view name);

/// The form under which names that differ only in case or in Unicode normalisation are equal: NFC
/// of the full case folding of NFD (Unicode 3.13 D145), as file systems that fold names have it.
/// `name` must be valid UTF-8.
std::string folded_name(std::string_view name);

/// Finds names that cannot live side by side on every file system.
class TwinFinder final {
 public:
  /// The earlier name that `name` is a twin of, when it is not the same; the name is kept.
  std::optional<std::string> add(std::string_view name);

 private:
  std::map<std::string, std::string> seen_;
};

/// True for files that operating systems leave behind: `Thumbs.db`, `.DS_Store`, `._x` and such.
bool is_system_file(std::string_view name);

}  // namespace rogatory::package
