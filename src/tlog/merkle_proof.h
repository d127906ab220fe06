// SPDX-License-Identifier: EUPL-1.2
//
// Proofs of a Merkle tree: that a leaf is in it, and that a smaller tree is its beginning (RFC 6962
// 2.1.1 and 2.1.2; verified as RFC 9162 2.1.3 and 2.1.4 have it). Subtrees as in
// draft-ietf-plants-merkle-tree-certs, section 4. Pure; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/result.h"
#include "crypto/digest.h"

namespace rogatory::tlog {

using Hash = crypto::Sha256Digest;

/// The largest tree: sizes are read and computed up to 2^63 - 1.
inline constexpr std::uint64_t kMaxTreeSize = (std::uint64_t{1} << 63) - 1;

/// No proof of a tree up to kMaxTreeSize is longer than the tree is high, plus one for consistency.
inline constexpr std::size_t kMaxProofHashes = 64;

/// A complete subtree: the leaves `[index << level, (index + 1) << level)`.
struct Node {
  int level = 0;
  std::uint64_t index = 0;

  bool operator==(const Node&) const = default;
};

/// Gives the hash of a complete subtree of the tree at hand, or says why it cannot.
using NodeReader = std::function<base::Result<Hash>(const Node&)>;

/// The root of the first `size` leaves; the empty root for 0 (RFC 6962 2.1). Errors of `read`.
base::Result<Hash> compute_root(std::uint64_t size, const NodeReader& read);

/// The path of leaf `index` in the tree of `size` leaves, from the leaf's sibling up (RFC 6962
/// 2.1.1). kInvalidArgument unless index < size <= kMaxTreeSize; errors of `read`.
base::Result<std::vector<Hash>> prove_inclusion(std::uint64_t index, std::uint64_t size,
                                                const NodeReader& read);

/// That the tree of `old_size` leaves is the beginning of that of `size` (RFC 6962 2.1.2); empty
/// when the sizes are equal. kInvalidArgument unless 0 < old_size <= size <= kMaxTreeSize; errors
/// of `read`.
base::Result<std::vector<Hash>> prove_consistency(std::uint64_t old_size, std::uint64_t size,
                                                  const NodeReader& read);

/// The root that `path` leads to from the leaf at `index` of a tree of `size` leaves. kLint when
/// the index is outside of the tree or the path has not the length it must have.
base::Result<Hash> root_of_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                                     std::span<const Hash> path);

/// Success when the leaf is at `index` of the tree of `size` leaves with that `root`; else kLint
/// with what does not fit.
base::Result<void> verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                                    const Hash& root, std::span<const Hash> path);

/// A tree as two parties compare it.
struct TreeHead {
  std::uint64_t size = 0;
  Hash root;

  bool operator==(const TreeHead&) const = default;
};

/// Success when `old_head` is the beginning of `head`; else kLint. An empty old tree is refused:
/// everything begins with nothing, so it would prove nothing.
base::Result<void> verify_consistency(const TreeHead& old_head, const TreeHead& head,
                                      std::span<const Hash> proof);

/// The leaves `[start, end)` of a tree.
struct LeafRange {
  std::uint64_t start = 0;
  std::uint64_t end = 0;

  bool operator==(const LeafRange&) const = default;
};

/// True when the range is a subtree: empty, or starting at a multiple of the smallest power of two
/// that is not below its length.
bool is_subtree(const LeafRange& range);

/// Success when the leaf is at `index` (of the whole tree) in the subtree with that `root`; else
/// kLint.
base::Result<void> verify_subtree_inclusion(const Hash& leaf, std::uint64_t index,
                                            const LeafRange& range, const Hash& root,
                                            std::span<const Hash> path);

/// Success when the subtree `range` with root `subtree_root` is part of the tree `head`; else
/// kLint. An empty range has the empty root and an empty proof, and says nothing of the tree.
base::Result<void> verify_subtree_consistency(const LeafRange& range, const Hash& subtree_root,
                                              const TreeHead& head, std::span<const Hash> proof);

}  // namespace rogatory::tlog
