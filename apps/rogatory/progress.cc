// SPDX-License-Identifier: EUPL-1.2
#include "rogatory/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace rogatory::app {

Progress::~Progress() {
  if (has_written_) fmt::print(stderr, "\r\033[K");
}

void Progress::advance() {
  ++done_;
  if (!is_shown_) return;
  const auto now = Clock::now();
  if (now - start_ < kQuiet || now - last_ < kBetween) return;
  last_ = now;
  has_written_ = true;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  fmt::print(stderr, "\r\033[K{} of {} {}, {:.0f} a second", done_, total_, what_,
             static_cast<double>(done_) / seconds);
  std::fflush(stderr);
}

ByteProgress::~ByteProgress() {
  if (has_written_) fmt::print(stderr, "\r\033[K");
}

std::string ByteProgress::line(std::uint64_t done, std::uint64_t total, double seconds) {
  constexpr double kMiB = 1024.0 * 1024.0;
  const double rate = static_cast<double>(done) / std::max(seconds, 0.001);
  const double done_mib = static_cast<double>(done) / kMiB;
  if (total == 0) return fmt::format("{:.0f} MiB, {:.0f} MiB/s", done_mib, rate / kMiB);
  const double total_mib = static_cast<double>(total) / kMiB;
  const std::uint64_t rest = total > done ? total - done : 0;
  const auto left = static_cast<std::uint64_t>(static_cast<double>(rest) / std::max(rate, 1.0));
  const std::string amount =
      total_mib < 1024 ? fmt::format("{:.0f} of {:.0f} MiB", done_mib, total_mib)
                       : fmt::format("{:.1f} of {:.1f} GiB", done_mib / 1024, total_mib / 1024);
  return fmt::format("{}, {:.0f} MiB/s, {}:{:02} left", amount, rate / kMiB, left / 60, left % 60);
}

void ByteProgress::show(std::uint64_t done) {
  if (!is_shown_) return;
  const auto now = Clock::now();
  if (now - start_ < kQuiet || now - last_ < kBetween) return;
  last_ = now;
  has_written_ = true;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  fmt::print(stderr, "\r\033[K{}: {}", what_, line(done, total_, seconds));
  std::fflush(stderr);
}

bool is_watched() {
  return isatty(STDERR_FILENO) == 1;
}

}  // namespace rogatory::app
