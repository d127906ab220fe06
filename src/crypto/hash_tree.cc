// SPDX-License-Identifier: EUPL-1.2

#include "crypto/hash_tree.h"

#include <algorithm>
#include <array>

namespace rogatory::crypto {
namespace {

// RFC 6962 2.1: the prefixes keep a leaf from being taken for a node.
constexpr std::byte kLeafPrefix{0x00};
constexpr std::byte kNodePrefix{0x01};

}  // namespace

Sha256Digest leaf_hash(std::span<const std::byte> entry) {
  Sha256Stream stream;
  stream.update(std::span(&kLeafPrefix, 1));
  stream.update(entry);
  return stream.finish();
}

Sha256Digest node_hash(const Sha256Digest& left, const Sha256Digest& right) {
  std::array<std::byte, 65> message;
  message[0] = kNodePrefix;
  std::copy(left.bytes.begin(), left.bytes.end(), message.begin() + 1);
  std::copy(right.bytes.begin(), right.bytes.end(), message.begin() + 33);
  return sha256(message);
}

Sha256Digest empty_root() {
  return sha256(std::span<const std::byte>());
}

void TreeHasher::push_leaf_hash(const Sha256Digest& leaf) {
  subtrees_.push_back(leaf);
  // As in binary counting: each 1 at the low end of the old size is a subtree that is now doubled.
  for (std::uint64_t carry = size_; (carry & 1U) != 0; carry >>= 1U) {
    const Sha256Digest right = subtrees_.back();
    subtrees_.pop_back();
    subtrees_.back() = node_hash(subtrees_.back(), right);
  }
  ++size_;
}

Sha256Digest TreeHasher::root() const {
  if (subtrees_.empty()) return empty_root();
  Sha256Digest root = subtrees_.back();
  for (auto left = subtrees_.rbegin() + 1; left != subtrees_.rend(); ++left) {
    root = node_hash(*left, root);
  }
  return root;
}

Sha256Digest tree_root(std::span<const Sha256Digest> leaves) {
  TreeHasher tree;
  for (const Sha256Digest& leaf : leaves) tree.push_leaf_hash(leaf);
  return tree.root();
}

}  // namespace rogatory::crypto
