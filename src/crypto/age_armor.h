// SPDX-License-Identifier: EUPL-1.2
//
// A sealed file as text (C2SP age v1.1.0, "ASCII armor": strict PEM of RFC 7468, section 3).
// Objects belong to one thread at a time.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "crypto/byte_stream.h"

namespace rogatory::crypto {

/// The blank bytes accepted before the first line and after the last one.
inline constexpr std::size_t kMaxArmorBlankBytes = 1024;

/// Gives the bytes inside an armor. Lines end with LF or CRLF and have 64 characters but the last;
/// blanks are accepted outside only. Anything else is kParse, at the line where it stands, as soon
/// as it is met; an error stays.
class ArmorReader final : public ByteSource {
 public:
  /// The source must outlive the reader.
  explicit ArmorReader(ByteSource& source) : source_(&source) {}
  base::Result<std::size_t> read(std::span<std::byte> out) override;

 private:
  enum class State { kBefore, kInside, kEnded };

  base::Result<bool> next_line(std::string& line);
  base::Result<int> next_byte();
  base::Result<void> read_begin();
  base::Result<void> read_body_line();
  base::Result<void> read_end();
  base::Result<void> fill();
  base::Error error_here(std::string message) const;

  ByteSource* source_;
  State state_ = State::kBefore;
  Bytes raw_;
  std::size_t raw_at_ = 0;
  Bytes decoded_;
  std::size_t decoded_at_ = 0;
  bool is_last_line_seen_ = false;
  int line_ = 0;
  std::optional<base::Error> failure_;
};

/// Writes bytes as an armor.
class ArmorWriter final : public ByteSink {
 public:
  /// The sink must outlive the writer.
  explicit ArmorWriter(ByteSink& sink) : sink_(&sink) {}
  base::Result<void> write(ByteView bytes) override;
  /// Writes the last lines. Nothing may follow.
  base::Result<void> finish();

 private:
  base::Result<void> begin();

  ByteSink* sink_;
  bool is_begun_ = false;
  Bytes pending_;
};

}  // namespace rogatory::crypto
