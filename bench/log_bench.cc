// SPDX-License-Identifier: EUPL-1.2
//
// The log against what the disk and the hash allow, in one run and in turns, so that a busy machine
// slows both sides: durable appends against bare fdatasync of the same bytes, proofs against bare
// SHA-256. Usage: log_bench [FOLDER], which should be on the disk to be measured.

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/hash_tree.h"
#include "crypto/timestamp.h"
#include "storage/log_writer.h"
#include "storage/posix_files.h"
#include "support/authority.h"
#include "tlog/signing_key.h"
#include "tlog/tile.h"
#include "tlog/tlog_proof.h"

namespace {

using namespace rogatory;
using Bytes = std::vector<std::byte>;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kEntryBytes = 300;
constexpr int kRounds = 15;

double seconds(const std::function<void()>& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// Rates of ours and of the bare side, round by round, and the median of the ratios of each round.
class Pair {
 public:
  void add(double ours, double bare) {
    ours_.push_back(ours);
    bare_.push_back(bare);
    ratios_.push_back(ours / bare);
  }

  void print(const char* what, const char* unit, double bar) const {
    fmt::print("{:<46} {:>11.0f} {} of {:>11.0f}: {:.2f} (bar {:.2f})\n", what, median(ours_), unit,
               median(bare_), median(ratios_), bar);
  }

 private:
  std::vector<double> ours_;
  std::vector<double> bare_;
  std::vector<double> ratios_;
};

/// Appends and flushes `bytes` that often.
double bare_rate(storage::AppendFile& file, std::size_t bytes, int count) {
  const Bytes block(bytes, std::byte{1});
  return count / seconds([&] {
           for (int i = 0; i < count; ++i) {
             file.append(block).take();
             file.sync().take();
           }
         });
}

void single_writer(storage::LogWriter& log, storage::AppendFile& file) {
  constexpr int kCount = 100;
  const Bytes entry(kEntryBytes, std::byte{2});
  Pair pair;
  for (int round = 0; round < kRounds; ++round) {
    const double ours = kCount / seconds([&] {
                          for (int i = 0; i < kCount; ++i) log.append(entry).take();
                        });
    pair.add(ours, bare_rate(file, kEntryBytes, kCount));
  }
  pair.print("one writer, 300 bytes, each on the disk", "/s", 0.8);
}

/// Threads append one entry at a time; how many share a flush shows, and is what the bare side
/// writes at once.
void group_commit(storage::LogWriter& log, storage::AppendFile& file,
                  const std::atomic<std::uint64_t>& flushes, int threads) {
  constexpr int kEach = 60;
  const Bytes entry(kEntryBytes, std::byte{2});
  Pair pair;
  std::vector<double> shares;
  for (int round = 0; round < kRounds; ++round) {
    const std::uint64_t before = flushes;
    const double time = seconds([&] {
      std::vector<std::thread> workers;
      for (int t = 0; t < threads; ++t) {
        workers.emplace_back([&] {
          for (int i = 0; i < kEach; ++i) log.append(entry).take();
        });
      }
      for (std::thread& worker : workers) worker.join();
    });
    const int count = threads * kEach;
    const auto used = static_cast<double>(flushes - before);
    const double batch = count / used;
    shares.push_back(batch);
    const auto bytes = static_cast<std::size_t>(batch * kEntryBytes);
    pair.add(count / time, batch * bare_rate(file, bytes, std::max(20, static_cast<int>(used))));
  }
  pair.print(
      fmt::format("{} threads, {:.0f} entries share a flush", threads, median(shares)).c_str(),
      "/s", 0.5);
}

void batches(storage::LogWriter& log, storage::AppendFile& file) {
  constexpr int kCount = 40;
  const std::vector<Bytes> many(tlog::kTileWidth, Bytes(kEntryBytes, std::byte{2}));
  Pair pair;
  for (int round = 0; round < kRounds; ++round) {
    const double ours = kCount * tlog::kTileWidth / seconds([&] {
                          for (int i = 0; i < kCount; ++i) log.append_all(many).take();
                        });
    pair.add(ours, tlog::kTileWidth * bare_rate(file, tlog::kTileWidth * kEntryBytes, kCount));
  }
  pair.print("256 entries at once by one thread", "/s", 0.5);
}

/// Passes on and counts flushes of files.
class CountingFiles final : public storage::Files {
 public:
  explicit CountingFiles(storage::Files& files) : files_(&files) {}
  std::atomic<std::uint64_t> flushes = 0;

  base::Result<std::unique_ptr<storage::AppendFile>> create(
      const std::filesystem::path& path) override {
    ROG_TRY(auto file, files_->create(path));
    return std::unique_ptr<storage::AppendFile>(
        std::make_unique<Counting>(std::move(file), flushes));
  }
  base::Result<Bytes> read(const std::filesystem::path& path, std::size_t max) override {
    return files_->read(path, max);
  }
  base::Result<void> rename(const std::filesystem::path& from,
                            const std::filesystem::path& to) override {
    return files_->rename(from, to);
  }
  base::Result<void> remove(const std::filesystem::path& path) override {
    return files_->remove(path);
  }
  base::Result<void> make_folder(const std::filesystem::path& path) override {
    return files_->make_folder(path);
  }
  base::Result<void> sync_folder(const std::filesystem::path& path) override {
    return files_->sync_folder(path);
  }
  base::Result<std::vector<std::string>> list(const std::filesystem::path& path) override {
    return files_->list(path);
  }
  base::Result<bool> exists(const std::filesystem::path& path) override {
    return files_->exists(path);
  }
  base::Result<std::unique_ptr<storage::FileLock>> lock(
      const std::filesystem::path& path) override {
    return files_->lock(path);
  }

 private:
  class Counting final : public storage::AppendFile {
   public:
    Counting(std::unique_ptr<storage::AppendFile> file, std::atomic<std::uint64_t>& flushes)
        : file_(std::move(file)), flushes_(&flushes) {}
    base::Result<void> append(std::span<const std::byte> bytes) override {
      return file_->append(bytes);
    }
    base::Result<void> sync() override {
      ++*flushes_;
      return file_->sync();
    }

   private:
    std::unique_ptr<storage::AppendFile> file_;
    std::atomic<std::uint64_t>* flushes_;
  };

  storage::Files* files_;
};

/// All levels of a tree of 2^20 leaves in memory.
class Tree {
 public:
  Tree() {
    levels_.emplace_back();
    for (std::uint64_t i = 0; i < kLeaves; ++i) {
      levels_[0].push_back(crypto::leaf_hash(crypto::to_bytes(std::to_string(i))));
    }
    while (levels_.back().size() > 1) {
      const auto& below = levels_.back();
      std::vector<tlog::Hash> level;
      for (std::size_t i = 0; i < below.size(); i += 2) {
        level.push_back(crypto::node_hash(below[i], below[i + 1]));
      }
      levels_.push_back(std::move(level));
    }
  }

  static constexpr std::uint64_t kLeaves = std::uint64_t{1} << 20;

  tlog::Hash leaf(std::uint64_t index) const { return levels_[0][index]; }
  tlog::Hash root() const { return levels_.back()[0]; }
  std::vector<tlog::Hash> path(std::uint64_t index) const {
    return tlog::prove_inclusion(index, kLeaves,
                                 [this](const tlog::Node& node) {
                                   return base::Result<tlog::Hash>(
                                       levels_[static_cast<std::size_t>(node.level)][node.index]);
                                 })
        .take();
  }

 private:
  std::vector<std::vector<tlog::Hash>> levels_;
};

void proofs(const Tree& tree) {
  constexpr std::size_t kCount = 20'000;
  std::vector<std::uint64_t> indices;
  std::vector<std::vector<tlog::Hash>> paths;
  for (std::size_t i = 0; i < kCount; ++i) {
    indices.push_back(i * 7919 % Tree::kLeaves);
    paths.push_back(tree.path(indices.back()));
  }
  Pair pair;
  std::size_t good = 0;
  Bytes node(65, std::byte{1});
  for (int round = 0; round < kRounds; ++round) {
    const double ours = seconds([&] {
      for (std::size_t i = 0; i < kCount; ++i) {
        good += tlog::verify_inclusion(tree.leaf(indices[i]), indices[i], Tree::kLeaves,
                                       tree.root(), paths[i])
                    .ok();
      }
    });
    const double bare = seconds([&] {
      for (std::size_t i = 0; i < kCount * 20; ++i) node[1] = crypto::sha256(node).bytes[0];
    });
    pair.add(kCount / ours, kCount / bare);
  }
  if (good != kRounds * kCount) fmt::print("a proof did not verify\n");
  pair.print("inclusion proofs, 2^20 leaves, against 20 SHA-256", "/s", 0.75);
}

/// The same proof with a time stamp of `openssl ts` over its checkpoint, its chain judged too.
void with_time_stamp(const std::string& proof, const std::string& policy, const Tree& tree) {
  const test::TimestampAuthority authority;
  const crypto::TrustStore trust = authority.trust();
  const std::string checkpoint = tlog::TlogProof::parse(proof)->checkpoint.to_text();
  const Bytes token = authority.stamp(crypto::MessageDigest::of(crypto::sha256(checkpoint)));
  std::vector<double> times;
  bool holds = true;
  for (int i = 0; i < 200; ++i) {
    times.push_back(seconds([&] {
      const auto rule = tlog::Policy::parse(policy);
      const auto read = tlog::TlogProof::parse(proof);
      tlog::verify_tlog_proof(*read, tree.leaf(5), *rule).take();
      const crypto::KnownDigests content = crypto::KnownDigests::of(read->checkpoint.to_text());
      holds =
          holds && crypto::verify_timestamp(token, {.content = content, .trust = trust}).holds();
    }));
  }
  fmt::print("{:<46} {:>11.2f} ms (bar 3 ms){}\n", "the same with a time stamp",
             1000 * median(times), holds ? "" : ": it does not hold");
}

void self_contained(const Tree& tree) {
  const auto log =
      tlog::SigningKey::make("log.example", tlog::SignatureType::kEd25519, Bytes(32)).take();
  tlog::TlogProof proof{.extra = {}, .index = 5, .path = tree.path(5), .checkpoint = {}};
  proof.checkpoint.text = tlog::Checkpoint{
      .origin = "log.example",
      .head = {.size = Tree::kLeaves, .root = tree.root()},
      .extensions = {}}.to_text();
  proof.checkpoint.signatures.push_back(log.signer().sign(proof.checkpoint.text).take());
  std::string policy = "log " + log.key().to_text() + "\n";
  std::string group = "group g 2";
  for (int i = 0; i < 3; ++i) {
    const std::string name = "w" + std::to_string(i);
    const auto key = tlog::SigningKey::make(name, tlog::SignatureType::kEd25519Cosignature,
                                            Bytes(32, static_cast<std::byte>(i + 1)))
                         .take();
    proof.checkpoint.signatures.push_back(key.signer().sign(proof.checkpoint.text, 1).take());
    policy += "witness " + name + " " + key.key().to_text() + "\n";
    group += " " + name;
  }
  policy += group + "\nquorum g\n";
  const std::string text = proof.to_text();
  std::vector<double> times;
  for (int i = 0; i < 200; ++i) {
    times.push_back(seconds([&] {
      const auto rule = tlog::Policy::parse(policy);
      const auto read = tlog::TlogProof::parse(text);
      tlog::verify_tlog_proof(*read, tree.leaf(5), *rule).take();
    }));
  }
  fmt::print("{:<46} {:>11.2f} ms (bar about 1 ms)\n",
             "one proof with policy, log and 3 cosignatures", 1000 * median(times));
  with_time_stamp(text, policy, tree);
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path folder =
      std::filesystem::path(argc > 1 ? argv[1] : ".") / "log-bench-folder";
  std::filesystem::remove_all(folder);
  const auto posix = storage::make_posix_files();
  CountingFiles files(*posix);
  storage::LogWriter::init(files, folder, "log.example").take();
  {
    const auto log = storage::LogWriter::open(files, folder).take();
    const auto file = posix->create(folder / "bare").take();
    single_writer(*log, *file);
    for (const int threads : {8, 64, 256}) group_commit(*log, *file, files.flushes, threads);
    batches(*log, *file);
  }
  std::filesystem::remove_all(folder);
  const Tree tree;
  proofs(tree);
  self_contained(tree);
  return 0;
}
