// SPDX-License-Identifier: EUPL-1.2

#include "package/detail/item_check.h"

#include <algorithm>
#include <optional>

#include "crypto/hash_tree.h"
#include "package/bundle_json.h"

namespace rogatory::package {
namespace {

/// The leaves that the bundle brings along, read in step with those that are found.
class StatedLeaves final {
 public:
  StatedLeaves(const std::filesystem::path& folder, std::uint64_t set_index)
      : file_(FileReader::open(folder, chunks_file(set_index))) {}

  /// The next leaf; nothing at the end, or when the file cannot be read.
  std::optional<crypto::Sha256Digest> next() {
    crypto::Sha256Digest leaf;
    if (!file_.ok()) return std::nullopt;
    for (std::size_t have = 0; have < leaf.bytes.size();) {
      if (at_ == buffer_.size() && !fill()) return std::nullopt;
      const auto size = std::min(leaf.bytes.size() - have, buffer_.size() - at_);
      std::copy_n(buffer_.begin() + static_cast<std::ptrdiff_t>(at_), size,
                  leaf.bytes.begin() + static_cast<std::ptrdiff_t>(have));
      have += size;
      at_ += size;
    }
    tree_.push_leaf_hash(leaf);
    return leaf;
  }

  /// Reads the rest, and says whether all of it makes that root.
  bool is_tree_of(const crypto::Sha256Digest& root) {
    while (next()) {
    }
    return file_.ok() && file_->size_bytes() == tree_.size() * root.bytes.size() &&
           tree_.root() == root;
  }

 private:
  bool fill() {
    buffer_.resize(kPieceBytes / 16);
    const auto got = file_->read(buffer_);
    buffer_.resize(got.ok() ? *got : 0);
    at_ = 0;
    return !buffer_.empty();
  }

  base::Result<FileReader> file_;
  std::vector<std::byte> buffer_;
  std::size_t at_ = 0;
  crypto::TreeHasher tree_;
};

/// Compares leaves as they are found and keeps the ranges that differ.
class Comparison final {
 public:
  explicit Comparison(StatedLeaves& stated) : stated_(stated) {}

  base::Result<void> push(std::span<const crypto::Sha256Digest> leaves) {
    for (const auto& leaf : leaves) {
      if (stated_.next() != leaf) add(count_);
      ++count_;
    }
    return {};
  }

  std::vector<ChunkRange> take() { return std::move(damaged_); }

 private:
  void add(std::uint64_t chunk) {
    if (!damaged_.empty() && damaged_.back().last + 1 == chunk) {
      damaged_.back().last = chunk;
    } else if (damaged_.size() < kMaxDamagedRanges) {
      damaged_.push_back({.first = chunk, .last = chunk});
    }
  }

  StatedLeaves& stated_;
  std::uint64_t count_ = 0;
  std::vector<ChunkRange> damaged_;
};

base::Result<crypto::ContentDigests> hash_tree_only(const ContentSource& source,
                                                    crypto::LeafSink leaves) {
  crypto::ChunkTreeHasher tree(std::move(leaves));
  ROG_CHECKED(source([&](std::span<const std::byte> piece) { return tree.update(piece); }));
  ROG_CHECKED(tree.finish());
  return crypto::ContentDigests{
      .size_bytes = tree.size_bytes(), .tree_root = tree.root(), .chunks = tree.chunks()};
}

}  // namespace

base::Result<ItemCheck> check_item(const std::filesystem::path& folder, const BundleItem& item,
                                   bool only_tree,
                                   const std::function<void(std::size_t)>& progress) {
  StatedLeaves stated(folder, item.set_index);
  Comparison comparison(stated);
  const ContentSource content = source_of(folder, item_file(item.sealed.record.name));
  const ContentSource counted = [&](const ByteSink& sink) {
    return content([&](std::span<const std::byte> piece) {
      if (progress) progress(piece.size());
      return sink(piece);
    });
  };
  crypto::LeafSink leaves = [&](std::span<const crypto::Sha256Digest> batch) {
    return comparison.push(batch);
  };
  ItemCheck check;
  if (only_tree) {
    ROG_TRY(check.found, hash_tree_only(counted, std::move(leaves)));
  } else {
    ROG_TRY(check.found, digest_chunks(counted, {.use_thread = true, .leaves = std::move(leaves)}));
  }
  check.is_located = stated.is_tree_of(item.sealed.record.tree_root);
  check.damaged = comparison.take();
  return check;
}

std::string range_text(const ChunkRange& range) {
  const std::uint64_t start = range.first * crypto::kChunkBytes;
  const std::uint64_t end = (range.last + 1) * crypto::kChunkBytes - 1;
  const std::string chunks = range.first == range.last ? "chunk " + std::to_string(range.first)
                                                       : "chunks " + std::to_string(range.first) +
                                                             " to " + std::to_string(range.last);
  return chunks + " (within bytes " + std::to_string(start) + " to " + std::to_string(end) +
         ") not as sealed";
}

}  // namespace rogatory::package
