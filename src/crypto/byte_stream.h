// SPDX-License-Identifier: EUPL-1.2
//
// Where bytes come from and go to, for work that must not hold all of them. An object belongs to
// one thread at a time.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "base/result.h"
#include "crypto/bytes.h"

namespace rogatory::crypto {

/// A port: implemented by whoever reads files or sockets.
class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;

  /// Reads up to `out.size()` bytes to the front of `out` and gives their number, which may be
  /// smaller; 0 for a non-empty `out` means the end. Errors are the implementation's.
  virtual base::Result<std::size_t> read(std::span<std::byte> out) = 0;
};

/// A port: implemented by whoever writes files or sockets.
class ByteSink {
 public:
  ByteSink() = default;
  ByteSink(const ByteSink&) = delete;
  ByteSink& operator=(const ByteSink&) = delete;
  virtual ~ByteSink() = default;

  /// Takes all of `bytes`, which are borrowed for the call. Errors are the implementation's.
  virtual base::Result<void> write(ByteView bytes) = 0;
};

/// Reads bytes in memory, which must outlive it.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(ByteView bytes) : rest_(bytes) {}
  base::Result<std::size_t> read(std::span<std::byte> out) override;
  /// What was not read.
  ByteView rest() const { return rest_; }

 private:
  ByteView rest_;
};

/// Gathers bytes in memory; kLimit beyond `max_bytes`.
class MemorySink final : public ByteSink {
 public:
  explicit MemorySink(std::size_t max_bytes) : max_bytes_(max_bytes) {}
  base::Result<void> write(ByteView bytes) override;
  const Bytes& bytes() const { return bytes_; }
  Bytes take() { return std::move(bytes_); }

 private:
  std::size_t max_bytes_;
  Bytes bytes_;
};

/// Content that is only looked at on its way.
class NoSink final : public ByteSink {
 public:
  base::Result<void> write(ByteView) override { return {}; }
};

/// Reads until `out` is full or the source ends; gives the number of bytes read.
base::Result<std::size_t> read_fully(ByteSource& source, std::span<std::byte> out);

}  // namespace rogatory::crypto
