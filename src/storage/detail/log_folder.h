// SPDX-License-Identifier: EUPL-1.2
//
// The folder of a log as its one writer changes it, step by step (docs/formats/log.md). Not for two
// threads at once. After an error of writing every further call returns that error: what is on the
// disk is not known then, and opening the log again finds out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "storage/detail/journal.h"
#include "storage/detail/tree_edge.h"
#include "storage/files.h"
#include "storage/tile_folder.h"
#include "tlog/cosignature.h"

namespace rogatory::storage::detail {

/// Entries of one caller, as in an entry bundle, with their hashes. Borrowed.
struct Group {
  std::span<const std::byte> payload;
  std::span<const tlog::Hash> leaves;
};

class LogFolder final {
 public:
  static base::Result<void> init(Files& files, const std::filesystem::path& folder,
                                 std::string_view origin);
  static base::Result<std::unique_ptr<LogFolder>> open(Files& files,
                                                       const std::filesystem::path& folder,
                                                       const std::filesystem::path& signed_record);

  /// Writes the groups to the journal as one batch and flushes it; the index of the first entry.
  base::Result<std::uint64_t> write(std::span<const Group> groups);
  base::Result<tlog::TreeHead> integrate();
  base::Result<std::string> publish(std::span<const tlog::NoteSigner> signers,
                                    std::uint64_t timestamp);
  base::Result<void> replace_checkpoint(const tlog::Note& note);

  const std::string& origin() const { return origin_; }
  /// Entries in tiles and in the journal.
  std::uint64_t size() const { return edge_.size() + pending_leaves_.size(); }

 private:
  LogFolder(Files& files, std::filesystem::path folder, std::filesystem::path signed_record);

  base::Result<void> recover();
  base::Result<void> read_journals();
  base::Result<void> take_batch(const Batch& batch);
  base::Result<void> check_signed() const;
  base::Result<void> check_extends(const tlog::Checkpoint& earlier) const;
  base::Result<void> start_journal();

  base::Result<std::uint64_t> write_batch_of(std::span<const Group> groups);
  base::Result<void> integrate_pending();
  base::Result<void> remove_old_partials(std::uint64_t old_size);
  base::Result<std::string> sign_tree(std::span<const tlog::NoteSigner> signers,
                                      std::uint64_t timestamp);
  tlog::Checkpoint checkpoint() const;

  /// Runs `work` unless something failed before; remembers a failure.
  template <typename Work>
  auto guarded(Work work) -> decltype(work());

  std::filesystem::path journal_folder() const;

  // Constant after opening.
  Files* files_;
  std::filesystem::path folder_;
  std::filesystem::path signed_record_;
  TileFolder tiles_;
  std::string origin_;
  std::unique_ptr<FileLock> lock_;

  TreeEdge edge_;
  std::unique_ptr<AppendFile> journal_;
  Check previous_{};
  /// What is in the journal and not in tiles.
  std::vector<std::byte> pending_;
  std::vector<tlog::Hash> pending_leaves_;
  std::optional<base::Error> broken_;
};

}  // namespace rogatory::storage::detail
