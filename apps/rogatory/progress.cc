// SPDX-License-Identifier: EUPL-1.2
#include "rogatory/progress.h"

#include <fmt/format.h>
#include <unistd.h>

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

bool is_watched() {
  return isatty(STDERR_FILENO) == 1;
}

}  // namespace rogatory::app
