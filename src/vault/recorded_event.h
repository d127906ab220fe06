// SPDX-License-Identifier: EUPL-1.2
//
// An event as it is written: a leaf that all may read, and the closed members with their salts
// (package/event_leaf.h). Pure but for the salts; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "package/event_leaf.h"
#include "vault/event.h"

namespace rogatory::vault {

/// The bytes of the leaf, and the closed members as JSON: `{"<member>":{"salt":...,"value":...}}`.
struct WrittenEvent {
  std::string leaf;
  std::string closed;
};

/// Salts each member and commits to it. kLimit when the leaf would be too large for the log.
base::Result<WrittenEvent> write_event(const Event& event);

/// An event read back.
struct RecordedEvent {
  /// Nothing when its case was erased: kind and time are all that is left.
  std::optional<Event> event;
  std::string kind;
  std::string at;
  std::string leaf;
  std::vector<package::Opening> openings;
  /// Its place in the log, once it has one.
  std::optional<std::uint64_t> leaf_index;
};

/// Reads a leaf and, where there are any, the closed members, each against its commitment. kParse
/// and kSchema for what write_event did not write; kLint for a member that is not the one committed
/// to.
base::Result<RecordedEvent> read_event(std::string_view leaf,
                                       const std::optional<std::string>& closed);

}  // namespace rogatory::vault
