// SPDX-License-Identifier: EUPL-1.2

#include <algorithm>
#include <array>
#include <set>

#include "package/bundle_json.h"
#include "package/evidence_bundle.h"

namespace rogatory::package {
namespace {

constexpr std::size_t kMaxCustodyBytes = std::size_t{64} << 20;
constexpr std::size_t kMaxTokenBytes = std::size_t{256} << 10;

/// Of an event that is not about single items, what may be shown with some of them.
constexpr std::array<std::string_view, 2> kNeutralMembers = {"role", "authority"};
/// The members that say who got an item.
constexpr std::array<std::string_view, 2> kReceiverMembers = {"recipient", "holder"};

template <std::size_t N>
bool is_among(const std::array<std::string_view, N>& members, const Opening& opening) {
  return std::find(members.begin(), members.end(), opening.member) != members.end();
}

class Reader final {
 public:
  explicit Reader(const std::filesystem::path& folder) : folder_(folder) {}

  base::Result<BundleContents> run() const {
    ROG_TRY(const std::string json, read(kBundleFile, kMaxCustodyBytes));
    ROG_TRY(BundleContents contents, in_file(kBundleFile, parse_bundle_json(json)));
    ROG_TRY(contents.policy, read(kPolicyFile, tlog::kMaxPolicyBytes));
    for (BundleLeaf& leaf : contents.leaves) ROG_CHECKED(read_leaf(leaf));
    for (BundleToken& token : contents.tokens) {
      ROG_TRY(token.der, read(token_file(token.name), kMaxTokenBytes));
    }
    return contents;
  }

 private:
  base::Result<void> read_leaf(BundleLeaf& leaf) const {
    const std::uint64_t index = leaf.proof.index;
    ROG_TRY(leaf.bytes, read(leaf_file(index), kMaxLeafBytes));
    ROG_TRY(const std::string text, read(proof_file(index), kMaxCustodyBytes));
    ROG_TRY(leaf.proof, in_file(proof_file(index), tlog::TlogProof::parse(text)));
    if (leaf.proof.index != index || leaf.proof.to_text() != text) {
      return base::Error{.code = base::ErrorCode::kSchema,
                         .message = "this is not the proof of this leaf as it is written",
                         .place = {.file = proof_file(index)}};
    }
    return {};
  }

  base::Result<std::string> read(std::string_view path, std::size_t max_bytes) const {
    return in_file(path, read_all(source_of(folder_, std::string(path)), max_bytes));
  }

  template <typename T>
  static base::Result<T> in_file(std::string_view path, base::Result<T> result) {
    if (result.ok()) return result;
    base::Error error = result.take_error();
    error.place.file = path;
    return error;
  }

  const std::filesystem::path& folder_;
};

/// That leaf with the openings that may go along, or nothing when it is about another item.
std::optional<BundleLeaf> selected(const BundleLeaf& leaf, const std::set<std::uint64_t>& kept) {
  const bool is_about_kept = std::all_of(leaf.about.begin(), leaf.about.end(),
                                         [&](std::uint64_t index) { return kept.contains(index); });
  if (!is_about_kept) return std::nullopt;
  std::optional<BundleLeaf> out = leaf_for(leaf, /*recipient=*/"");
  // Extra data of a proof is nobody's word, and could be anything.
  if (out) out->proof.extra.reset();
  return out;
}

}  // namespace

std::optional<BundleLeaf> leaf_for(BundleLeaf leaf, std::string_view recipient) {
  const auto is_another = [&](const Opening& opening) {
    const auto* const text = opening.value.if_string();
    const bool is_reader = text != nullptr && std::string_view(*text) == recipient;
    return is_among(kReceiverMembers, opening) && !is_reader;
  };
  if (std::any_of(leaf.openings.begin(), leaf.openings.end(), is_another)) return std::nullopt;
  if (leaf.about.empty()) {
    std::erase_if(leaf.openings,
                  [](const Opening& opening) { return !is_among(kNeutralMembers, opening); });
  }
  return leaf;
}

base::Result<BundleContents> read_bundle(const std::filesystem::path& folder) {
  return Reader(folder).run();
}

base::Result<BundleContents> select_items(const BundleContents& contents,
                                          const std::vector<std::string>& names) {
  const std::set<std::string> wanted(names.begin(), names.end());
  BundleContents out = contents;
  std::erase_if(out.items,
                [&](const BundleItem& item) { return !wanted.contains(item.sealed.record.name); });
  if (out.items.empty() || out.items.size() != wanted.size()) {
    return base::Error{.code = base::ErrorCode::kInvalidArgument,
                       .message = "not every name is that of an item of the bundle"};
  }
  std::set<std::uint64_t> kept;
  for (const BundleItem& item : out.items) kept.insert(item.set_index);
  out.leaves.clear();
  for (const BundleLeaf& leaf : contents.leaves) {
    if (auto one = selected(leaf, kept)) out.leaves.push_back(std::move(*one));
  }
  return out;
}

}  // namespace rogatory::package
