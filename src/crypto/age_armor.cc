// SPDX-License-Identifier: EUPL-1.2

#include "crypto/age_armor.h"

#include <algorithm>
#include <utility>

namespace rogatory::crypto {
namespace {

constexpr std::string_view kBegin = "-----BEGIN AGE ENCRYPTED FILE-----";
constexpr std::string_view kEnd = "-----END AGE ENCRYPTED FILE-----";
constexpr std::size_t kColumns = 64;
constexpr std::size_t kLineBytes = 48;
/// No line of an armor has more but the blank ones outside.
constexpr std::size_t kMaxLine = kColumns + 1;
constexpr std::size_t kReadBytes = 65536;
/// The lines turned into bytes at a time.
constexpr std::size_t kDecodedBytes = 49152;

constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

}  // namespace

base::Error ArmorReader::error_here(std::string message) const {
  return {.code = base::ErrorCode::kParse,
          .message = "this is no armor of an age file: " + std::move(message),
          .place = {.line = line_}};
}

base::Result<int> ArmorReader::next_byte() {
  if (raw_at_ == raw_.size()) {
    raw_.resize(kReadBytes);
    ROG_TRY(const std::size_t size, source_->read(raw_));
    raw_.resize(size);
    raw_at_ = 0;
    if (size == 0) return -1;
  }
  return std::to_integer<int>(raw_[raw_at_++]);
}

/// The next line without its end; false where nothing is left.
base::Result<bool> ArmorReader::next_line(std::string& line) {
  line.clear();
  ++line_;
  for (;;) {
    ROG_TRY(const int byte, next_byte());
    if (byte == '\n') break;
    if (byte < 0) {
      if (line.empty()) return false;
      break;
    }
    if (line.size() > kMaxLine) return error_here("a line is too long");
    line += static_cast<char>(byte);
  }
  if (line.ends_with('\r')) line.pop_back();
  return true;
}

/// Blanks, then the first line.
base::Result<void> ArmorReader::read_begin() {
  std::size_t blank = 0;
  for (;;) {
    ROG_TRY(const int byte, next_byte());
    if (byte < 0) return error_here("there is nothing in it");
    if (!is_blank(static_cast<char>(byte))) break;
    if (byte == '\n') ++line_;
    if (++blank > kMaxArmorBlankBytes) return error_here("too much blank space before it");
  }
  --raw_at_;
  std::string line;
  ROG_CHECKED(next_line(line));
  if (line != kBegin) return error_here("it begins with another line");
  state_ = State::kInside;
  return {};
}

base::Result<void> ArmorReader::read_body_line() {
  std::string line;
  ROG_TRY(const bool has_line, next_line(line));
  if (!has_line) return error_here("its last line is missing");
  if (line == kEnd) return read_end();
  if (is_last_line_seen_) return error_here("a line before the last one is short");
  if (line.empty() || line.size() > kColumns) return error_here("a line has not 64 characters");
  auto bytes = parse_base64(line);
  if (!bytes.ok()) return error_here("a line is not valid base64");
  is_last_line_seen_ = bytes->size() < kLineBytes;
  decoded_.insert(decoded_.end(), bytes->begin(), bytes->end());
  return {};
}

/// After the last line only blanks may follow.
base::Result<void> ArmorReader::read_end() {
  for (std::size_t blank = 0;; ++blank) {
    ROG_TRY(const int byte, next_byte());
    if (byte < 0) break;
    if (!is_blank(static_cast<char>(byte))) return error_here("something follows it");
    if (blank >= kMaxArmorBlankBytes) return error_here("too much blank space after it");
  }
  state_ = State::kEnded;
  return {};
}

base::Result<void> ArmorReader::fill() {
  decoded_.clear();
  decoded_at_ = 0;
  if (state_ == State::kBefore) ROG_CHECKED(read_begin());
  while (state_ == State::kInside && decoded_.size() < kDecodedBytes) {
    ROG_CHECKED(read_body_line());
  }
  return {};
}

base::Result<std::size_t> ArmorReader::read(std::span<std::byte> out) {
  if (failure_) return *failure_;
  if (decoded_at_ == decoded_.size() && state_ != State::kEnded) {
    const auto filled = fill();
    if (!filled.ok()) {
      failure_ = filled.error();
      return *failure_;
    }
  }
  const std::size_t size = std::min(out.size(), decoded_.size() - decoded_at_);
  std::copy_n(decoded_.begin() + static_cast<std::ptrdiff_t>(decoded_at_), size, out.begin());
  decoded_at_ += size;
  return size;
}

base::Result<void> ArmorWriter::begin() {
  if (is_begun_) return {};
  is_begun_ = true;
  return sink_->write(as_bytes(std::string(kBegin) + '\n'));
}

base::Result<void> ArmorWriter::write(ByteView bytes) {
  ROG_CHECKED(begin());
  pending_.insert(pending_.end(), bytes.begin(), bytes.end());
  const std::size_t whole = pending_.size() / kLineBytes * kLineBytes;
  std::string text;
  text.reserve(whole / kLineBytes * (kColumns + 1));
  for (std::size_t at = 0; at < whole; at += kLineBytes) {
    text += base64(ByteView(pending_).subspan(at, kLineBytes));
    text += '\n';
  }
  pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(whole));
  return sink_->write(as_bytes(text));
}

base::Result<void> ArmorWriter::finish() {
  ROG_CHECKED(begin());
  std::string text = base64(pending_);
  if (!text.empty()) text += '\n';
  text += kEnd;
  text += '\n';
  pending_.clear();
  return sink_->write(as_bytes(text));
}

}  // namespace rogatory::crypto
