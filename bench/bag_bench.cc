// SPDX-License-Identifier: EUPL-1.2
//
// Validating a bag against bagit.py of the Library of Congress, each with two threads or processes
// and both digests, in pairs within one run. The bag has one file of random bytes.
//
//     rogatory_bag_bench PYTHON [--mib N] [--rounds N] [--folder DIR]
//
// PYTHON is one that has bagit, such as that of script/check-bundle.

#include <fmt/core.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/assert.h"
#include "crypto/bytes.h"
#include "package/bag.h"
#include "paired.h"

namespace {

using namespace rogatory;
using bench::Cost;

struct Options {
  std::string python;
  std::size_t mib = 512;
  int rounds = 7;
  std::string folder = "/dev/shm";
};

Options read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    const bool has_value = i + 1 < argc;
    if (word == "--mib" && has_value) {
      options.mib = std::strtoull(argv[++i], nullptr, 10);
    } else if (word == "--rounds" && has_value) {
      options.rounds = static_cast<int>(std::strtol(argv[++i], nullptr, 10));
    } else if (word == "--folder" && has_value) {
      options.folder = argv[++i];
    } else {
      options.python = word;
    }
  }
  if (options.python.empty() || options.rounds < 1) {
    fmt::print(stderr, "usage: rogatory_bag_bench PYTHON [--mib N] [--rounds N] [--folder DIR]\n");
    std::exit(2);
  }
  return options;
}

void write_bag(const std::filesystem::path& folder, std::size_t mib) {
  auto bag = package::BagWriter::create(folder);
  ROG_ASSERT(bag.ok());
  const auto added =
      bag->add("data/content", [mib](const package::ByteSink& sink) -> base::Result<void> {
        crypto::Bytes block(std::size_t{1} << 20U);
        for (std::size_t i = 0; i < mib; ++i) {
          crypto::random_bytes(block);
          ROG_CHECKED(sink(block));
        }
        return {};
      });
  ROG_ASSERT(added.ok());
  ROG_ASSERT(bag->finish({}).ok());
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = read_options(argc, argv);
  const std::string bag = options.folder + "/rogatory-bag-bench-" + std::to_string(getpid());
  write_bag(bag, options.mib);
  const std::vector<std::string> rival = {options.python, "-m",          "bagit", "--quiet",
                                          "--validate",   "--processes", "2",     bag};
  std::vector<Cost> theirs;
  std::vector<Cost> ours;
  for (int round = 0; round < options.rounds; ++round) {
    theirs.push_back(bench::cost_of(rival));
    ours.push_back(bench::cost_here([&] {
      const auto found = package::check_bag(bag);
      ROG_ASSERT(found.ok() && found->is_valid() && found->payload_digests.size() == 2);
    }));
  }
  const double gigabytes = static_cast<double>(options.mib) * 1048576 / 1e9;
  fmt::print("{} MiB, {} rounds\n", options.mib, options.rounds);
  bench::report("bag with SHA-256 and SHA-512 against bagit.py --processes 2", gigabytes, theirs,
                ours);
  std::filesystem::remove_all(bag);
}
