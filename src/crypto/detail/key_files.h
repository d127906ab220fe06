// SPDX-License-Identifier: EUPL-1.2
//
// Small files that hold keys. POSIX; one thread at a time.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>

#include "base/result.h"
#include "crypto/bytes.h"

namespace rogatory::crypto::detail {

/// The largest file of a key store.
inline constexpr std::size_t kMaxKeyFileBytes = 4096;

/// A file descriptor that is closed at the end.
class Descriptor final {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();

  [[nodiscard]] int get() const { return number_; }

 private:
  int number_;
};

/// Writes a new file of mode 0600 and puts it in place whole, on the disk before this returns.
/// Replaces what is there. kIo.
base::Result<void> write_key_file(const std::filesystem::path& path, std::string_view head,
                                  ByteView key);

/// What stands behind `head`. kNotFound; kInvalidArgument when others than the owner may read it;
/// kParse when it begins otherwise; kIo.
base::Result<SecretBytes> read_key_file(const std::filesystem::path& path, std::string_view head);

/// Overwrites a file with random bytes, flushes it and removes it. kNotFound, kIo.
base::Result<void> shred_file(const std::filesystem::path& path);

/// A folder of mode 0700, on the disk before this returns. kConflict when it exists, kIo.
base::Result<void> make_key_folder(const std::filesystem::path& path);

/// The lock of a store, held as long as the descriptor lives. kConflict when another process, or
/// another store of this one, holds it; kIo.
base::Result<Descriptor> lock_file(const std::filesystem::path& path);

/// Flushes the names in a folder. kIo.
base::Result<void> sync_folder(const std::filesystem::path& folder);

}  // namespace rogatory::crypto::detail
