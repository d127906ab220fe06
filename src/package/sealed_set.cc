// SPDX-License-Identifier: EUPL-1.2

#include "package/sealed_set.h"

#include "crypto/hash_tree.h"
#include "package/member_name.h"
#include "tlog/merkle_proof.h"

namespace rogatory::package {
namespace {

constexpr std::string_view kFormat = "rogatory.item/1";

template <typename Digest>
base::Result<Digest> get_digest(const base::Shape& shape, std::string_view key) {
  ROG_TRY(const base::Shape member, shape.get(key));
  ROG_TRY(const std::string hex, member.text());
  auto digest = Digest::parse_hex(hex);
  if (!digest) return member.error(digest.error().message);
  return digest.take();
}

}  // namespace

ItemRecord ItemRecord::of(std::string name, const crypto::ContentDigests& digests) {
  return {.name = std::move(name),
          .size_bytes = digests.size_bytes,
          .sha256 = digests.sha256,
          .sha512 = digests.sha512,
          .tree_root = digests.tree_root};
}

base::JsonObject ItemRecord::to_json() const {
  return {{"format", kFormat},
          {"name", name},
          {"size_bytes", static_cast<std::int64_t>(size_bytes)},
          {"sha256", sha256.hex()},
          {"sha512", sha512.hex()},
          {"tree_root", tree_root.hex()}};
}

base::Result<ItemRecord> ItemRecord::parse(const base::Shape& shape) {
  ROG_CHECKED(shape.allow_only({"format", "name", "size_bytes", "sha256", "sha512", "tree_root"}));
  ROG_TRY(const std::string format, shape.get_text("format"));
  if (format != kFormat) return shape.error("this is no item of the format known here");
  ItemRecord record;
  ROG_TRY(record.name, shape.get_text("name"));
  ROG_CHECKED(check_member_name(record.name));
  ROG_TRY(const base::Shape size, shape.get("size_bytes"));
  ROG_TRY(const std::int64_t size_bytes, size.integer());
  if (size_bytes < 0) return size.error("a size is not negative");
  record.size_bytes = static_cast<std::uint64_t>(size_bytes);
  ROG_TRY(record.sha256, get_digest<crypto::Sha256Digest>(shape, "sha256"));
  ROG_TRY(record.sha512, get_digest<crypto::Sha512Digest>(shape, "sha512"));
  ROG_TRY(record.tree_root, get_digest<crypto::Sha256Digest>(shape, "tree_root"));
  return record;
}

crypto::Sha256Digest SealedItem::leaf() const {
  return crypto::leaf_hash(commitment_to(salt, record.to_json()).bytes);
}

SetTree::SetTree(std::span<const SealedItem> items) {
  levels_.emplace_back();
  for (const SealedItem& item : items) levels_.back().push_back(item.leaf());
  while (levels_.back().size() > 1) {
    const auto& below = levels_.back();
    std::vector<crypto::Sha256Digest> level;
    for (std::size_t i = 0; i + 1 < below.size(); i += 2) {
      level.push_back(crypto::node_hash(below[i], below[i + 1]));
    }
    levels_.push_back(std::move(level));
  }
}

SetHead SetTree::head() const {
  return {.size = levels_.front().size(), .root = crypto::tree_root(levels_.front())};
}

base::Result<std::vector<crypto::Sha256Digest>> SetTree::path(std::uint64_t index) const {
  return tlog::prove_inclusion(index, levels_.front().size(), [&](const tlog::Node& node) {
    const auto& level = levels_.at(static_cast<std::size_t>(node.level));
    return base::Result<tlog::Hash>(level.at(node.index));
  });
}

SetHead set_head(std::span<const SealedItem> items) {
  return SetTree(items).head();
}

}  // namespace rogatory::package
