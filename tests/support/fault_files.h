// SPDX-License-Identifier: EUPL-1.2
//
// Files in memory that fail on purpose and forget what was not flushed. Not for two threads at
// once, except that locks, appends and syncs of LogWriter come one at a time anyway.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "storage/files.h"

namespace rogatory::test {

/// What happens at the chosen call.
enum class Fault {
  /// The call says that it failed and did nothing; later calls work.
  kFails,
  /// The call does its work and says that it failed; later calls work. A sync that fails so drops
  /// its data for good while the file still shows it, as systems do.
  kFailsAfterwards,
  /// Half of what is appended is there, and the call says that it failed.
  kFailsHalfway,
  /// The power goes before the call: it and all later calls do nothing and fail.
  kStops,
  /// The power goes after the call.
  kStopsAfterwards,
};

/// What a restart finds of data and names that were not flushed.
enum class Restart {
  /// Nothing of them.
  kDropsAll,
  /// All: the program was killed, the system lives on.
  kKeepsAll,
  /// The names, not the data: files are short.
  kKeepsNames,
  /// The names, and of the data the first half, then zeroes.
  kKeepsHalf,
  /// The data in files that are known by durable names, not the new names.
  kKeepsData,
};

class FaultFiles final : public storage::Files {
 public:
  FaultFiles();
  ~FaultFiles() override;

  /// The fault at call `call`, counted from 0 over all calls from now on.
  void plan(std::size_t call, Fault fault);
  void plan_nothing();
  /// Calls since plan().
  std::size_t calls() const { return calls_; }
  bool has_failed() const { return has_failed_; }

  /// The machine starts again: locks are gone, what was not flushed is treated as said. Open files
  /// of before must be gone.
  void restart(Restart how);

  /// A second disk with the same contents.
  std::unique_ptr<FaultFiles> copy() const;

  base::Result<std::unique_ptr<storage::AppendFile>> create(
      const std::filesystem::path& path) override;
  base::Result<std::vector<std::byte>> read(const std::filesystem::path& path,
                                            std::size_t max_bytes) override;
  base::Result<void> rename(const std::filesystem::path& from,
                            const std::filesystem::path& to) override;
  base::Result<void> remove(const std::filesystem::path& path) override;
  base::Result<void> make_folder(const std::filesystem::path& path) override;
  base::Result<void> sync_folder(const std::filesystem::path& path) override;
  base::Result<std::vector<std::string>> list(const std::filesystem::path& path) override;
  base::Result<bool> exists(const std::filesystem::path& path) override;
  base::Result<std::unique_ptr<storage::FileLock>> lock(const std::filesystem::path& path) override;

 private:
  struct Node;
  class OpenFile;
  class HeldLock;
  using NodePtr = std::shared_ptr<Node>;
  using Names = std::map<std::string, NodePtr>;

  /// Counts a call; what is to be done about it.
  struct Turn {
    bool does_work = true;
    bool says_ok = true;
    bool is_half = false;
  };
  Turn next();
  NodePtr find(const std::filesystem::path& path) const;
  static NodePtr copy_of(const Node& node, std::map<const Node*, NodePtr>& copies);
  static void restart_node(Node& node, Restart how, std::set<const Node*>& seen);

  NodePtr top_;
  std::set<std::string> locks_;
  std::optional<std::size_t> planned_;
  Fault fault_ = Fault::kFails;
  std::size_t calls_ = 0;
  bool is_stopped_ = false;
  bool has_failed_ = false;
};

}  // namespace rogatory::test
