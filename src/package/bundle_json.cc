// SPDX-License-Identifier: EUPL-1.2

#include "package/bundle_json.h"

#include <algorithm>
#include <set>

#include "base/shape.h"
#include "package/member_name.h"

namespace rogatory::package {
namespace {

using base::JsonArray;
using base::JsonObject;
using base::Shape;

constexpr std::string_view kFormat = "rogatory.bundle/1";

std::int64_t number(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

base::Error inconsistent(std::string message) {
  return base::Error{.code = base::ErrorCode::kLint, .message = std::move(message)};
}

base::Result<std::uint64_t> read_count(const Shape& shape) {
  ROG_TRY(const std::int64_t value, shape.integer());
  if (value < 0) return shape.error("a number that is not negative is expected");
  return static_cast<std::uint64_t>(value);
}

base::Result<std::uint64_t> get_count(const Shape& shape, std::string_view key) {
  ROG_TRY(const Shape member, shape.get(key));
  return read_count(member);
}

base::Result<crypto::Sha256Digest> read_digest(const Shape& shape) {
  ROG_TRY(const std::string hex, shape.text());
  auto digest = crypto::Sha256Digest::parse_hex(hex);
  if (!digest) return shape.error(digest.error().message);
  return digest.take();
}

base::Result<crypto::Sha256Digest> get_digest(const Shape& shape, std::string_view key) {
  ROG_TRY(const Shape member, shape.get(key));
  return read_digest(member);
}

JsonObject item_json(const BundleItem& item) {
  JsonArray path;
  for (const auto& hash : item.set_path) path.emplace_back(hash.hex());
  return {{"record", item.sealed.record.to_json()},
          {"salt", salt_hex(item.sealed.salt)},
          {"set_index", number(item.set_index)},
          {"set_path", path},
          {"exhibit", item.exhibit}};
}

JsonObject leaf_json(const BundleLeaf& leaf) {
  JsonArray openings;
  for (const Opening& opening : leaf.openings) {
    openings.push_back(JsonObject{
        {"member", opening.member}, {"salt", salt_hex(opening.salt)}, {"value", opening.value}});
  }
  JsonArray about;
  for (const std::uint64_t index : leaf.about) about.emplace_back(number(index));
  return {{"index", number(leaf.proof.index)}, {"about", about}, {"openings", openings}};
}

base::Result<BundleItem> read_item(const Shape& shape) {
  ROG_CHECKED(shape.allow_only({"record", "salt", "set_index", "set_path", "exhibit"}));
  BundleItem item;
  ROG_TRY(const Shape record, shape.get("record"));
  ROG_TRY(item.sealed.record, ItemRecord::parse(record));
  ROG_TRY(const crypto::Sha256Digest salt, get_digest(shape, "salt"));
  item.sealed.salt = salt.bytes;
  ROG_TRY(item.set_index, get_count(shape, "set_index"));
  ROG_TRY(const Shape path, shape.get("set_path"));
  ROG_TRY(const std::vector<Shape> hashes, path.items());
  if (hashes.size() > tlog::kMaxProofHashes) return path.error("the path is too long");
  for (const Shape& hash : hashes) {
    ROG_TRY(const crypto::Sha256Digest digest, read_digest(hash));
    item.set_path.push_back(digest);
  }
  ROG_TRY(item.exhibit, shape.get_text("exhibit"));
  return item;
}

base::Result<Opening> read_opening(const Shape& shape) {
  ROG_CHECKED(shape.allow_only({"member", "salt", "value"}));
  Opening opening;
  ROG_TRY(opening.member, shape.get_text("member"));
  ROG_TRY(const crypto::Sha256Digest salt, get_digest(shape, "salt"));
  opening.salt = salt.bytes;
  ROG_TRY(const JsonObject* const object, shape.object());
  const auto* const value = object->if_contains("value");
  if (value == nullptr) return shape.error("`value` is missing");
  opening.value = *value;
  return opening;
}

base::Result<BundleLeaf> read_leaf(const Shape& shape) {
  ROG_CHECKED(shape.allow_only({"index", "about", "openings"}));
  BundleLeaf leaf;
  ROG_TRY(leaf.proof.index, get_count(shape, "index"));
  ROG_TRY(const Shape about, shape.get("about"));
  ROG_TRY(const std::vector<Shape> indices, about.items());
  for (const Shape& index : indices) {
    ROG_TRY(const std::uint64_t value, read_count(index));
    if (!leaf.about.empty() && leaf.about.back() >= value) return about.error("not in order");
    leaf.about.push_back(value);
  }
  ROG_TRY(const Shape openings, shape.get("openings"));
  ROG_TRY(const std::vector<Shape> items, openings.items());
  for (const Shape& item : items) {
    ROG_TRY(Opening opening, read_opening(item));
    leaf.openings.push_back(std::move(opening));
  }
  return leaf;
}

base::Result<void> read_lists(const Shape& shape, BundleContents& out) {
  ROG_TRY(const Shape items, shape.get("items"));
  ROG_TRY(const std::vector<Shape> item_list, items.items());
  if (item_list.size() > kMaxSetItems) return items.error("there are too many");
  for (const Shape& one : item_list) {
    ROG_TRY(BundleItem item, read_item(one));
    out.items.push_back(std::move(item));
  }
  ROG_TRY(const Shape leaves, shape.get("leaves"));
  ROG_TRY(const std::vector<Shape> leaf_list, leaves.items());
  if (leaf_list.size() > kMaxBundleLeaves) return leaves.error("there are too many");
  for (const Shape& one : leaf_list) {
    ROG_TRY(BundleLeaf leaf, read_leaf(one));
    out.leaves.push_back(std::move(leaf));
  }
  ROG_TRY(const Shape tokens, shape.get("tokens"));
  ROG_TRY(const std::vector<Shape> token_list, tokens.items());
  if (token_list.size() > kMaxBundleTokens) return tokens.error("there are too many");
  for (const Shape& one : token_list) {
    ROG_TRY(std::string name, one.text());
    if (!is_token_name(name)) return one.error("this is no name of a token");
    out.tokens.push_back({.name = std::move(name), .der = {}});
  }
  return {};
}

base::Result<void> check_items(const BundleContents& contents) {
  std::set<std::string> names;
  for (std::size_t i = 0; i < contents.items.size(); ++i) {
    const BundleItem& item = contents.items[i];
    if (item.set_index >= contents.set.size ||
        (i > 0 && item.set_index <= contents.items[i - 1].set_index)) {
      return inconsistent("the items are not in the order of the set");
    }
    const std::string& name = item.sealed.record.name;
    ROG_CHECKED(check_member_name(name));
    if (!names.insert(folded_name(name)).second) {
      return inconsistent("the name `" + name + "` cannot be beside another of the items");
    }
  }
  return {};
}

base::Result<void> check_leaves(const BundleContents& contents) {
  const std::string checkpoint =
      contents.leaves.empty() ? "" : contents.leaves.front().proof.checkpoint.to_text();
  std::set<std::uint64_t> items;
  for (const BundleItem& item : contents.items) items.insert(item.set_index);
  std::size_t seals = 0;
  for (std::size_t i = 0; i < contents.leaves.size(); ++i) {
    const BundleLeaf& leaf = contents.leaves[i];
    if (i > 0 && leaf.proof.index <= contents.leaves[i - 1].proof.index) {
      return inconsistent("the leaves are not in the order of the log");
    }
    if (!std::all_of(leaf.about.begin(), leaf.about.end(),
                     [&](std::uint64_t index) { return items.contains(index); })) {
      return inconsistent("a leaf is about an item that the bundle does not have");
    }
    if (leaf.proof.checkpoint.to_text() != checkpoint) {
      return inconsistent("the proofs do not lead to one checkpoint");
    }
    if (leaf.proof.extra) return inconsistent("a proof has extra data, which nobody signed");
    ROG_TRY(const EventLeaf event, EventLeaf::parse(leaf.bytes));
    if (event.kind != "seal") continue;
    ROG_TRY(const SetHead head, seal_head(event));
    seals += head == contents.set ? 1 : 0;
  }
  if (seals != 1) return inconsistent("no seal in the log is of this set");
  return {};
}

}  // namespace

std::string leaf_file(std::uint64_t index) {
  return "custody/leaves/" + std::to_string(index) + ".json";
}
std::string proof_file(std::uint64_t index) {
  return "custody/proofs/" + std::to_string(index) + ".tlog-proof";
}

bool is_token_name(std::string_view name) {
  const auto is_good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), is_good);
}

std::string token_file(std::string_view name) {
  return "custody/tokens/" + std::string(name) + ".tsr";
}
std::string chunks_file(std::uint64_t set_index) {
  return "custody/chunks/" + std::to_string(set_index);
}
std::string item_file(std::string_view name) {
  return "data/" + std::string(name);
}

std::string bundle_json(const BundleContents& contents) {
  JsonArray items;
  for (const BundleItem& item : contents.items) items.push_back(item_json(item));
  JsonArray leaves;
  for (const BundleLeaf& leaf : contents.leaves) leaves.push_back(leaf_json(leaf));
  JsonArray tokens;
  for (const BundleToken& token : contents.tokens) tokens.emplace_back(token.name);
  return base::canonical_json(JsonObject{
      {"format", kFormat},
      {"case_reference", contents.case_reference},
      {"set", JsonObject{{"size", number(contents.set.size)}, {"root", contents.set.root.hex()}}},
      {"items", items},
      {"leaves", leaves},
      {"tokens", tokens}});
}

std::string bundle_info_rest(const BundleContents& contents) {
  std::uint64_t bytes = 0;
  for (const BundleItem& item : contents.items) bytes += item.sealed.record.size_bytes;
  BagInfo info = reference_info(contents);
  info.emplace_back("Payload-Oxum",
                    std::to_string(bytes) + '.' + std::to_string(contents.items.size()));
  return bag_info_text(info);
}

BagInfo reference_info(const BundleContents& contents) {
  if (contents.case_reference.empty()) return {};
  std::string reference = contents.case_reference;
  // A line of its own is not the sender's to add.
  std::replace_if(reference.begin(), reference.end(), is_control, ' ');
  return {{"External-Identifier", std::move(reference)}};
}

base::Result<BundleContents> parse_bundle_json(std::string_view bytes) {
  ROG_TRY(const base::Json json, base::parse_json(bytes, kBundleFile));
  const base::PlaceOf place_of;
  const Shape shape(json, place_of);
  ROG_CHECKED(shape.allow_only({"format", "case_reference", "set", "items", "leaves", "tokens"}));
  ROG_TRY(const std::string format, shape.get_text("format"));
  if (format != kFormat) return shape.error("this is no bundle of the format known here");
  if (base::canonical_json(json) != bytes) return shape.error("the bytes are not canonical");
  if (!has_only_whole_numbers(json)) return shape.error("a number is not whole");
  BundleContents out;
  ROG_TRY(out.case_reference, shape.get_text("case_reference"));
  ROG_TRY(const Shape set, shape.get("set"));
  ROG_CHECKED(set.allow_only({"size", "root"}));
  ROG_TRY(out.set.size, get_count(set, "size"));
  ROG_TRY(out.set.root, get_digest(set, "root"));
  ROG_CHECKED(read_lists(shape, out));
  return out;
}

base::Result<void> check_contents(const BundleContents& contents) {
  ROG_CHECKED(check_items(contents));
  return check_leaves(contents);
}

base::Result<SetHead> seal_head(const EventLeaf& leaf) {
  const base::Json json = leaf.open;
  const base::PlaceOf place_of;
  const Shape open(json, place_of);
  ROG_CHECKED(open.allow_only({"root", "size"}));
  SetHead head;
  ROG_TRY(head.root, get_digest(open, "root"));
  ROG_TRY(head.size, get_count(open, "size"));
  return head;
}

}  // namespace rogatory::package
