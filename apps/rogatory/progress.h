// SPDX-License-Identifier: EUPL-1.2
// A line on standard error for work that takes long: how far it is and how fast it goes.
// Single-threaded.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace rogatory::app {

/// Writes nothing before kQuiet has passed, and clears its line when it goes.
class Progress {
 public:
  /// `is_shown` false: never writes.
  Progress(bool is_shown, std::size_t total, std::string what)
      : is_shown_(is_shown), total_(total), what_(std::move(what)) {}
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// One more is done.
  void advance();

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kQuiet{2000};
  static constexpr std::chrono::milliseconds kBetween{250};

  bool is_shown_;
  bool has_written_ = false;
  std::size_t done_ = 0;
  std::size_t total_;
  std::string what_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_ = start_;
};

/// The same for bytes: how many of all, the rate, and the time left.
class ByteProgress {
 public:
  /// `total` 0: not known.
  ByteProgress(bool is_shown, std::uint64_t total, std::string what)
      : is_shown_(is_shown), total_(total), what_(std::move(what)) {}
  ~ByteProgress();
  ByteProgress(const ByteProgress&) = delete;
  ByteProgress& operator=(const ByteProgress&) = delete;

  /// So many bytes are done in all.
  void show(std::uint64_t done);

  /// `1.5 of 50.0 GiB, 812 MiB/s, 1:02 left`.
  static std::string line(std::uint64_t done, std::uint64_t total, double seconds);

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kQuiet{1000};
  static constexpr std::chrono::milliseconds kBetween{250};

  bool is_shown_;
  bool has_written_ = false;
  std::uint64_t total_;
  std::string what_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_ = start_;
};

/// True when standard error is a terminal.
bool is_watched();

}  // namespace rogatory::app
