// SPDX-License-Identifier: EUPL-1.2
//
// Rivals and ours in pairs within one run: what else the machine does then hurts both alike.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace rogatory::bench {

/// Seconds.
struct Cost {
  double wall = 0;
  double processor = 0;
  Cost operator+(const Cost& other) const {
    return {wall + other.wall, processor + other.processor};
  }
};

/// The cost of work in this process, its threads included.
Cost cost_here(const std::function<void()>& work);

/// The cost of a program; its output is dropped. Ends this one when the program fails.
Cost cost_of(std::vector<std::string> command);

/// Prints medians: rates, and the ratios of each pair.
void report(const char* what, double gigabytes, const std::vector<Cost>& rivals,
            const std::vector<Cost>& ours);

}  // namespace rogatory::bench
