// SPDX-License-Identifier: EUPL-1.2
//
// A sealed set: items fixed together by one root, of which any part can be shown later without the
// rest. Pure; any thread.
//
// Item i is the leaf SHA-256(0x00 || commitment to its record) of an RFC 6962 tree; the root and
// the number of items stand in the `seal` leaf of the log. The salt of an item blinds its leaf: the
// leaves of the others, which an inclusion proof shows, tell nothing about them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/shape.h"
#include "crypto/chunk_digest.h"
#include "crypto/digest.h"
#include "package/event_leaf.h"

namespace rogatory::package {

/// The most items of a set.
inline constexpr std::size_t kMaxSetItems = 100'000;

/// What is fixed of an item.
struct ItemRecord {
  /// Its path below `data/` of a bundle; check_member_name has to pass.
  std::string name;
  std::uint64_t size_bytes = 0;
  crypto::Sha256Digest sha256;
  crypto::Sha512Digest sha512;
  /// RFC 6962 over chunks of 64 KiB.
  crypto::Sha256Digest tree_root;

  bool operator==(const ItemRecord&) const = default;

  static ItemRecord of(std::string name, const crypto::ContentDigests& digests);

  /// `{"format":"rogatory.item/1","name":...,"sha256":...,"sha512":...,"size_bytes":...,
  /// "tree_root":...}`: what is committed to.
  base::JsonObject to_json() const;
  /// kSchema with the place for anything else; kLint for a name that is refused.
  static base::Result<ItemRecord> parse(const base::Shape& shape);
};

/// An item with its salt.
struct SealedItem {
  ItemRecord record;
  Salt salt{};

  crypto::Sha256Digest leaf() const;
};

/// What the `seal` leaf says.
struct SetHead {
  std::uint64_t size = 0;
  crypto::Sha256Digest root;

  bool operator==(const SetHead&) const = default;
};

/// The tree of a set, held whole: 64 bytes for each item.
class SetTree final {
 public:
  explicit SetTree(std::span<const SealedItem> items);

  SetHead head() const;
  /// The inclusion proof of item `index`. kInvalidArgument for an index outside.
  base::Result<std::vector<crypto::Sha256Digest>> path(std::uint64_t index) const;

 private:
  /// Level by level, the complete subtrees only.
  std::vector<std::vector<crypto::Sha256Digest>> levels_;
};

/// The head of all items in order.
SetHead set_head(std::span<const SealedItem> items);

}  // namespace rogatory::package
