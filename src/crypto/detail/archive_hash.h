// SPDX-License-Identifier: EUPL-1.2
//
// The arithmetic of archive time stamps (RFC 4998 4.2, 4.3 and 5). Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "crypto/evidence_record.h"
#include "crypto/message_digest.h"

namespace rogatory::crypto::detail {

/// The value of a list: its values joined in binary ascending order and hashed; the value itself
/// where there is only one.
std::vector<std::byte> list_value(DigestAlgorithm algorithm, HashList list);

/// The root that a reduced hash tree leads to; `alone` where there are no lists.
std::vector<std::byte> root_of(DigestAlgorithm algorithm, const ReducedHashTree& tree,
                               std::span<const std::byte> alone);

/// Whether the lists lead from `values` to a root: the first list holds them all, and nothing else
/// when they are several (RFC 4998 4.3); without lists there is one value.
bool tree_covers(const ReducedHashTree& tree, const HashList& values);

/// DER of an ArchiveTimeStampSequence of these chains.
std::vector<std::byte> sequence_der(std::span<const ArchiveTimestampChain> chains);

/// The values that a chain has to cover: digests of the objects for the first one; for a later one
/// each joined with the digest of all `older` chains and hashed again (RFC 4998 5.2). Nothing when
/// an object is not known by `algorithm`.
std::optional<HashList> values_to_cover(DigestAlgorithm algorithm,
                                        std::span<const KnownDigests> objects,
                                        std::span<const ArchiveTimestampChain> older);

}  // namespace rogatory::crypto::detail
