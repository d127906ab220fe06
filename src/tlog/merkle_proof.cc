// SPDX-License-Identifier: EUPL-1.2

#include "tlog/merkle_proof.h"

#include <algorithm>
#include <bit>
#include <string>

#include "crypto/hash_tree.h"
#include "tlog/detail/refuse.h"

namespace rogatory::tlog {
namespace {

using base::Result;
using detail::misuse;
using detail::refuse;

/// The root of the leaves [start, end), where start is a multiple of the largest power of two in
/// the length, as in every range the proofs of RFC 6962 split a tree into.
Result<Hash> range_root(std::uint64_t start, std::uint64_t end, const NodeReader& read) {
  std::vector<Hash> complete;
  while (start < end) {
    const int level = static_cast<int>(std::bit_width(end - start)) - 1;
    ROG_TRY(const Hash hash, read({.level = level, .index = start >> level}));
    complete.push_back(hash);
    start += std::uint64_t{1} << level;
  }
  Hash root = complete.back();
  for (std::size_t i = complete.size() - 1; i-- > 0;) {
    root = crypto::node_hash(complete[i], root);
  }
  return root;
}

/// The largest power of two below `size`, which is at least 2 (RFC 6962 2.1: k).
std::uint64_t split_of(std::uint64_t size) {
  return std::bit_floor(size - 1);
}

/// What is left to compare after the steps that fold a proof: the old and the new root.
struct FoldedRoots {
  Hash old_root;
  Hash root;
};

/// Step 2 to 5 of draft-ietf-plants-merkle-tree-certs 4.4.3, which are those of RFC 9162 2.1.4.2
/// when the subtree starts at 0.
Result<FoldedRoots> fold_subtree_proof(const LeafRange& range, const Hash& subtree_root,
                                       std::uint64_t size, std::span<const Hash> proof) {
  std::uint64_t fn = range.start;
  std::uint64_t sn = range.end - 1;
  std::uint64_t tn = size - 1;
  const auto shift = [&] {
    fn >>= 1;
    sn >>= 1;
    tn >>= 1;
  };
  const bool ends_with_the_tree = sn == tn;
  while (fn != sn && (ends_with_the_tree || (sn & 1) != 0)) shift();

  Hash fr = subtree_root;
  if (fn != sn) {
    if (proof.empty()) return refuse("the consistency proof is too short");
    fr = proof.front();
    proof = proof.subspan(1);
  }
  Hash sr = fr;
  for (const Hash& hash : proof) {
    if (tn == 0) return refuse("the consistency proof is too long");
    if ((sn & 1) != 0 || sn == tn) {
      if (fn < sn) fr = crypto::node_hash(hash, fr);
      sr = crypto::node_hash(hash, sr);
      while ((sn & 1) == 0) shift();
    } else {
      sr = crypto::node_hash(sr, hash);
    }
    shift();
  }
  if (tn != 0) return refuse("the consistency proof is too short");
  return FoldedRoots{.old_root = fr, .root = sr};
}

Result<void> verify_empty_range(const Hash& subtree_root, std::span<const Hash> proof) {
  if (!proof.empty()) return refuse("the consistency proof of no leaves is not empty");
  if (subtree_root != crypto::empty_root()) {
    return refuse("the root of no leaves is not the empty root");
  }
  return {};
}

}  // namespace

Result<Hash> compute_root(std::uint64_t size, const NodeReader& read) {
  if (size == 0) return crypto::empty_root();
  if (size > kMaxTreeSize) return misuse("the tree is larger than 2^63 - 1");
  return range_root(0, size, read);
}

Result<std::vector<Hash>> prove_inclusion(std::uint64_t index, std::uint64_t size,
                                          const NodeReader& read) {
  if (index >= size || size > kMaxTreeSize) {
    return misuse("there is no leaf " + std::to_string(index) + " in a tree of " +
                  std::to_string(size));
  }
  std::vector<Hash> path;
  std::uint64_t start = 0;
  std::uint64_t end = size;
  while (end - start > 1) {
    const std::uint64_t middle = start + split_of(end - start);
    const bool is_left = index < middle;
    ROG_TRY(const Hash sibling,
            is_left ? range_root(middle, end, read) : range_root(start, middle, read));
    path.push_back(sibling);
    (is_left ? end : start) = middle;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

Result<std::vector<Hash>> prove_consistency(std::uint64_t old_size, std::uint64_t size,
                                            const NodeReader& read) {
  if (old_size == 0 || old_size > size || size > kMaxTreeSize) {
    return misuse("a tree of " + std::to_string(size) +
                  " cannot be proved consistent with one of " + std::to_string(old_size));
  }
  std::vector<Hash> proof;
  std::uint64_t start = 0;
  std::uint64_t end = size;
  while (old_size != end) {
    const std::uint64_t middle = start + split_of(end - start);
    const bool is_left = old_size <= middle;
    ROG_TRY(const Hash sibling,
            is_left ? range_root(middle, end, read) : range_root(start, middle, read));
    proof.push_back(sibling);
    (is_left ? end : start) = middle;
  }
  // The verifier knows the old root itself only when the old tree is one whole left part.
  if (start != 0) {
    ROG_TRY(const Hash last, range_root(start, end, read));
    proof.push_back(last);
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

Result<Hash> root_of_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                               std::span<const Hash> path) {
  if (index >= size) return refuse("the index is outside of the tree");
  std::uint64_t fn = index;
  std::uint64_t sn = size - 1;
  Hash root = leaf;
  for (const Hash& hash : path) {
    if (sn == 0) return refuse("the inclusion proof is too long");
    if ((fn & 1) != 0 || fn == sn) {
      root = crypto::node_hash(hash, root);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      root = crypto::node_hash(root, hash);
    }
    fn >>= 1;
    sn >>= 1;
  }
  if (sn != 0) return refuse("the inclusion proof is too short");
  return root;
}

Result<void> verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                              const Hash& root, std::span<const Hash> path) {
  ROG_TRY(const Hash computed, root_of_inclusion(leaf, index, size, path));
  if (computed != root) return refuse("the inclusion proof leads to another root");
  return {};
}

Result<void> verify_consistency(const TreeHead& old_head, const TreeHead& head,
                                std::span<const Hash> proof) {
  if (old_head.size == 0) return refuse("a tree of no leaves proves nothing");
  return verify_subtree_consistency({.start = 0, .end = old_head.size}, old_head.root, head, proof);
}

bool is_subtree(const LeafRange& range) {
  if (range.start > range.end || range.end > kMaxTreeSize) return false;
  if (range.start == range.end) return true;
  return range.start % std::bit_ceil(range.end - range.start) == 0;
}

Result<void> verify_subtree_inclusion(const Hash& leaf, std::uint64_t index, const LeafRange& range,
                                      const Hash& root, std::span<const Hash> path) {
  if (!is_subtree(range)) return refuse("the range is no subtree");
  if (index < range.start || index >= range.end) {
    return refuse("the index is outside of the subtree");
  }
  return verify_inclusion(leaf, index - range.start, range.end - range.start, root, path);
}

Result<void> verify_subtree_consistency(const LeafRange& range, const Hash& subtree_root,
                                        const TreeHead& head, std::span<const Hash> proof) {
  if (!is_subtree(range)) return refuse("the range is no subtree");
  if (range.end > head.size) return refuse("the old tree is larger than the new one");
  if (range.start == range.end) return verify_empty_range(subtree_root, proof);
  ROG_TRY(const FoldedRoots roots, fold_subtree_proof(range, subtree_root, head.size, proof));
  if (roots.old_root != subtree_root) {
    return refuse("the consistency proof does not lead to the old root");
  }
  if (roots.root != head.root) return refuse("the consistency proof does not lead to the new root");
  return {};
}

}  // namespace rogatory::tlog
