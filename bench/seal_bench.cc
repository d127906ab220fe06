// SPDX-License-Identifier: EUPL-1.2
//
// Hashing and sealing against the programs that do the same one after the other, in pairs within
// one run: `openssl dgst -sha256`, `openssl dgst -sha512` and `age` in series against seal_content;
// and `openssl dgst -sha256` against the chunk tree alone, on one thread. All read one file of
// random bytes; what is sealed goes to the same kind of place.
//
//     rogatory_seal_bench [--mib N] [--rounds N] [--folder DIR] [--keep-output]

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "base/assert.h"
#include "crypto/seal.h"
#include "paired.h"

namespace {

using namespace rogatory;
using bench::Cost;
using bench::cost_here;
using bench::cost_of;
using bench::report;
using crypto::ByteView;

class Fd {
 public:
  Fd(const std::string& path, int flags) : fd_(open(path.c_str(), flags | O_CLOEXEC, 0600)) {
    if (fd_ >= 0) return;
    fmt::print(stderr, "{} cannot be opened\n", path);
    std::exit(6);
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd() { close(fd_); }
  int get() const { return fd_; }

 private:
  int fd_;
};

base::Error io_error() {
  return {.code = base::ErrorCode::kIo, .message = std::strerror(errno)};
}

class FileSource final : public crypto::ByteSource {
 public:
  explicit FileSource(const std::string& path) : fd_(path, O_RDONLY) {}
  base::Result<std::size_t> read(std::span<std::byte> out) override {
    const ssize_t size = ::read(fd_.get(), out.data(), out.size());
    if (size < 0) return io_error();
    return static_cast<std::size_t>(size);
  }

 private:
  Fd fd_;
};

class FileSink final : public crypto::ByteSink {
 public:
  explicit FileSink(const std::string& path) : fd_(path, O_WRONLY | O_CREAT | O_TRUNC) {}
  base::Result<void> write(ByteView bytes) override {
    while (!bytes.empty()) {
      const ssize_t size = ::write(fd_.get(), bytes.data(), bytes.size());
      if (size <= 0) return io_error();
      bytes = bytes.subspan(static_cast<std::size_t>(size));
    }
    return {};
  }

 private:
  Fd fd_;
};

struct Options {
  std::size_t mib = 512;
  int rounds = 7;
  std::string folder = "/dev/shm";
  bool keep_output = false;
};

Options read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    const bool has_value = i + 1 < argc;
    if (word == "--keep-output") {
      options.keep_output = true;
    } else if (word == "--mib" && has_value) {
      options.mib = std::strtoull(argv[++i], nullptr, 10);
    } else if (word == "--rounds" && has_value) {
      options.rounds = static_cast<int>(std::strtol(argv[++i], nullptr, 10));
    } else if (word == "--folder" && has_value) {
      options.folder = argv[++i];
    } else {
      options.rounds = 0;
    }
    if (options.rounds < 1 || options.mib < 1) {
      fmt::print(stderr,
                 "usage: rogatory_seal_bench [--mib N] [--rounds N] [--folder DIR] "
                 "[--keep-output]\n");
      std::exit(2);
    }
  }
  return options;
}

void write_content(const std::string& path, std::size_t mib) {
  FileSink sink(path);
  crypto::Bytes block(std::size_t{1} << 20U);
  for (std::size_t i = 0; i < mib; ++i) {
    crypto::random_bytes(block);
    ROG_ASSERT(sink.write(block).ok());
  }
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = read_options(argc, argv);
  const std::string content = options.folder + "/rogatory-seal-bench-" + std::to_string(getpid());
  const std::string output = options.keep_output ? content + ".age" : "/dev/null";
  write_content(content, options.mib);
  const auto identity = crypto::X25519Identity::generate();
  std::vector<crypto::AgeRecipient> recipients;
  recipients.emplace_back(identity.recipient());
  std::vector<Cost> series;
  std::vector<Cost> seals;
  std::vector<Cost> sha256;
  std::vector<Cost> trees;
  std::vector<Cost> digests;
  for (int round = 0; round < options.rounds; ++round) {
    const Cost first = cost_of({"openssl", "dgst", "-sha256", content});
    sha256.push_back(first);
    trees.push_back(cost_here([&] {
      FileSource source(content);
      crypto::ChunkTreeHasher tree;
      ROG_ASSERT(crypto::hash_tree_of(source, tree).ok());
    }));
    const Cost second = cost_of({"openssl", "dgst", "-sha512", content});
    const Cost third =
        cost_of({"age", "-r", identity.recipient().to_text(), "-o", output, content});
    series.push_back(first + second + third);
    seals.push_back(cost_here([&] {
      FileSource source(content);
      FileSink sink(output);
      const auto sealed =
          crypto::seal_content(source, crypto::make_age_file_key(), recipients, sink, {});
      ROG_ASSERT(sealed.ok());
    }));
    digests.push_back(cost_here([&] {
      FileSource source(content);
      ROG_ASSERT(crypto::digest_content(source, {}).ok());
    }));
  }
  const double gigabytes = static_cast<double>(options.mib) * 1048576 / 1e9;
  fmt::print("{} MiB, {} rounds\n", options.mib, options.rounds);
  report("hash and seal against openssl -sha256, openssl -sha512, age in series", gigabytes, series,
         seals);
  report("verify by the tree against openssl -sha256, one thread each", gigabytes, sha256, trees);
  report("all digests, without sealing, against openssl -sha256", gigabytes, sha256, digests);
  std::filesystem::remove(content);
  if (options.keep_output) std::filesystem::remove(output);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("peak memory of this program: {} KiB\n", usage.ru_maxrss);
}
