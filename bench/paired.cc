// SPDX-License-Identifier: EUPL-1.2

#include "paired.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace rogatory::bench {
namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

double processor_of(const rusage& usage) {
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double wall_now() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

Cost cost_here(const std::function<void()>& work) {
  rusage before{};
  rusage after{};
  getrusage(RUSAGE_SELF, &before);
  const double start = wall_now();
  work();
  const double wall = wall_now() - start;
  getrusage(RUSAGE_SELF, &after);
  return {wall, processor_of(after) - processor_of(before)};
}

Cost cost_of(std::vector<std::string> command) {
  std::vector<char*> arguments;
  for (std::string& word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const double start = wall_now();
  const pid_t child = fork();
  if (child == 0) {
    const int null = open("/dev/null", O_WRONLY);
    if (null < 0 || dup2(null, STDOUT_FILENO) < 0) _exit(127);
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  const pid_t ended = wait4(child, &status, 0, &usage);
  if (ended != child || status != 0) {
    fmt::print(stderr, "{} failed\n", command[0]);
    std::exit(6);
  }
  return {wall_now() - start, processor_of(usage)};
}

void report(const char* what, double gigabytes, const std::vector<Cost>& rivals,
            const std::vector<Cost>& ours) {
  std::vector<double> wall;
  std::vector<double> processor;
  std::vector<double> our_wall;
  std::vector<double> rival_wall;
  std::vector<double> our_processor;
  std::vector<double> rival_processor;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    wall.push_back(rivals[i].wall / ours[i].wall);
    processor.push_back(rivals[i].processor / ours[i].processor);
    our_wall.push_back(gigabytes / ours[i].wall);
    rival_wall.push_back(gigabytes / rivals[i].wall);
    our_processor.push_back(gigabytes / ours[i].processor);
    rival_processor.push_back(gigabytes / rivals[i].processor);
  }
  fmt::print("{}\n", what);
  fmt::print(
      "  wall:      ours {:.2f} GB/s, theirs {:.2f} GB/s; median of ratios {:.2f}"
      " (least {:.2f}, most {:.2f})\n",
      median(our_wall), median(rival_wall), median(wall),
      *std::min_element(wall.begin(), wall.end()), *std::max_element(wall.begin(), wall.end()));
  fmt::print("  processor: ours {:.2f} GB/s, theirs {:.2f} GB/s; median of ratios {:.2f}\n",
             median(our_processor), median(rival_processor), median(processor));
}

}  // namespace rogatory::bench
