// SPDX-License-Identifier: EUPL-1.2
//
// The Merkle tree of RFC 6962, section 2.1 (the same in RFC 9162). Pure; functions from any thread,
// a hasher from one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "crypto/digest.h"

namespace rogatory::crypto {

/// SHA-256(0x00 || entry).
Sha256Digest leaf_hash(std::span<const std::byte> entry);

/// SHA-256(0x01 || left || right).
Sha256Digest node_hash(const Sha256Digest& left, const Sha256Digest& right);

/// The root of a tree without leaves: SHA-256 of nothing.
Sha256Digest empty_root();

/// Builds the root from leaf hashes in order, holding only the roots of the full subtrees: at most
/// one for each bit of the size.
///
///     TreeHasher tree;
///     for (const auto& entry : entries) tree.push_leaf_hash(leaf_hash(entry));
///     const Sha256Digest root = tree.root();
class TreeHasher final {
 public:
  void push_leaf_hash(const Sha256Digest& leaf);

  /// The number of leaves.
  std::uint64_t size() const { return size_; }

  /// The root over all leaves so far; empty_root() without leaves. Pushing can go on.
  Sha256Digest root() const;

  /// The roots of the full subtrees, from the largest on the left to the smallest.
  std::span<const Sha256Digest> subtrees() const { return subtrees_; }

 private:
  std::uint64_t size_ = 0;
  std::vector<Sha256Digest> subtrees_;
};

/// The root over `leaves` (leaf hashes).
Sha256Digest tree_root(std::span<const Sha256Digest> leaves);

}  // namespace rogatory::crypto
