// SPDX-License-Identifier: EUPL-1.2

#include <algorithm>

#include "crypto/detail/archive_hash.h"
#include "crypto/evidence_record.h"

namespace rogatory::crypto {

using base::Error;
using base::ErrorCode;

base::Result<ArchiveHashTree> ArchiveHashTree::make(DigestAlgorithm algorithm,
                                                    std::vector<HashList> groups) {
  const auto is_good = [algorithm](const HashList& group) {
    return !group.empty() && std::ranges::all_of(group, [algorithm](const auto& value) {
      return value.size() == digest_size(algorithm);
    });
  };
  if (groups.empty() || !std::ranges::all_of(groups, is_good)) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message = "a hash tree is made of groups of at least one digest by " +
                            std::string(digest_algorithm_name(algorithm))};
  }
  ArchiveHashTree tree;
  tree.algorithm_ = algorithm;
  HashList level;
  for (const HashList& group : groups) level.push_back(detail::list_value(algorithm, group));
  tree.groups_ = std::move(groups);
  while (level.size() > 1) {
    HashList above;
    for (std::size_t i = 0; i + 1 < level.size(); i += 2) {
      above.push_back(detail::list_value(algorithm, {level[i], level[i + 1]}));
    }
    if (level.size() % 2 == 1) above.push_back(level.back());
    tree.levels_.push_back(std::move(level));
    level = std::move(above);
  }
  tree.levels_.push_back(std::move(level));
  return tree;
}

MessageDigest ArchiveHashTree::root() const {
  return {.algorithm = algorithm_, .bytes = levels_.back().front()};
}

ReducedHashTree ArchiveHashTree::reduced(std::size_t group) const {
  ReducedHashTree lists = {groups_.at(group)};
  std::size_t at = group;
  for (std::size_t level = 0; level + 1 < levels_.size(); ++level, at /= 2) {
    const std::size_t sibling = at ^ std::size_t{1};
    // The last of an odd number goes up as it is.
    if (sibling >= levels_[level].size()) continue;
    // A list of one value would be read as a value to be hashed again by some: a single object
    // shares its list with its sibling instead, as in RFC 4998 4.2, step 2.
    if (lists.size() == 1 && lists.front().size() == 1) {
      lists.front().push_back(levels_[level][sibling]);
    } else {
      lists.push_back({levels_[level][sibling]});
    }
  }
  if (lists.size() == 1 && lists.front().size() == 1) return {};
  for (HashList& list : lists) std::ranges::sort(list);
  return lists;
}

}  // namespace rogatory::crypto
