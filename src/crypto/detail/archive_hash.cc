// SPDX-License-Identifier: EUPL-1.2

#include "crypto/detail/archive_hash.h"

#include <algorithm>

#include "crypto/detail/der.h"

namespace rogatory::crypto::detail {

std::vector<std::byte> list_value(DigestAlgorithm algorithm, HashList list) {
  if (list.size() == 1) return std::move(list.front());
  std::ranges::sort(list);
  MessageDigestStream stream(algorithm);
  for (const auto& value : list) stream.update(value);
  return stream.finish().bytes;
}

std::vector<std::byte> root_of(DigestAlgorithm algorithm, const ReducedHashTree& tree,
                               std::span<const std::byte> alone) {
  std::vector<std::byte> value(alone.begin(), alone.end());
  bool is_first = true;
  for (HashList list : tree) {
    if (!is_first) list.push_back(std::move(value));
    is_first = false;
    value = list_value(algorithm, std::move(list));
  }
  return value;
}

bool tree_covers(const ReducedHashTree& tree, const HashList& values) {
  if (tree.empty()) return values.size() == 1;
  // In order, so that a list of as many values as are read is compared in one go.
  HashList first = tree.front();
  HashList wanted = values;
  for (HashList* list : {&first, &wanted}) {
    std::ranges::sort(*list);
    const auto rest = std::ranges::unique(*list);
    list->erase(rest.begin(), rest.end());
  }
  return values.size() == 1 ? std::ranges::includes(first, wanted) : first == wanted;
}

std::vector<std::byte> sequence_der(std::span<const ArchiveTimestampChain> chains) {
  std::vector<std::byte> sequence;
  for (const ArchiveTimestampChain& chain : chains) {
    std::vector<std::byte> content;
    for (const ArchiveTimestamp& timestamp : chain) append(content, timestamp.der);
    append(sequence, der_element(kDerSequence, content));
  }
  return der_element(kDerSequence, sequence);
}

std::optional<HashList> values_to_cover(DigestAlgorithm algorithm,
                                        std::span<const KnownDigests> objects,
                                        std::span<const ArchiveTimestampChain> older) {
  HashList values;
  const std::vector<std::byte> sequence =
      older.empty() ? std::vector<std::byte>()
                    : message_digest(algorithm, sequence_der(older)).bytes;
  for (const KnownDigests& object : objects) {
    const MessageDigest* known = object.find(algorithm);
    if (known == nullptr) return std::nullopt;
    if (older.empty()) {
      values.push_back(known->bytes);
      continue;
    }
    // The data first, then the older chains (RFC 4998 5.2, step 4).
    std::vector<std::byte> joined = known->bytes;
    append(joined, sequence);
    values.push_back(message_digest(algorithm, joined).bytes);
  }
  return values;
}

}  // namespace rogatory::crypto::detail
