// SPDX-License-Identifier: EUPL-1.2
#include "vault/recorded_event.h"

#include "base/instant.h"
#include "base/shape.h"

namespace rogatory::vault {
namespace {

using base::Json;
using base::JsonObject;
using base::Result;
using base::Shape;

Result<std::vector<package::Opening>> read_openings(std::string_view closed) {
  ROG_TRY(const Json json, base::parse_json(closed, "closed members of an event"));
  const base::PlaceOf nowhere;
  const Shape shape(json, nowhere);
  ROG_TRY(const JsonObject* const members, shape.object());
  std::vector<package::Opening> openings;
  for (const auto& member : *members) {
    const Shape one = shape.below(member.key(), member.value());
    ROG_CHECKED(one.allow_only({"salt", "value"}));
    ROG_TRY(const std::string salt, one.get_text("salt"));
    package::Opening opening{.member = std::string(member.key()), .salt = {}, .value = {}};
    ROG_TRY(opening.salt, package::parse_salt(salt));
    ROG_TRY(const Shape value, one.get("value"));
    opening.value = value.json();
    openings.push_back(std::move(opening));
  }
  return openings;
}

}  // namespace

Result<WrittenEvent> write_event(const Event& event) {
  ROG_TRY(const base::Instant at, base::Instant::make(event.act.at, std::chrono::seconds(0)));
  package::EventLeaf leaf{.kind = std::string(kind_of(event.fact)),
                          .at = at.to_string(),
                          .open = open_members(event.fact),
                          .closed = {}};
  JsonObject closed;
  for (const auto& member : closed_members(event)) {
    const package::Salt salt = package::random_salt();
    leaf.closed.emplace(std::string(member.key()), package::commitment_to(salt, member.value()));
    closed[member.key()] = JsonObject{{"salt", package::salt_hex(salt)}, {"value", member.value()}};
  }
  WrittenEvent written;
  ROG_TRY(written.leaf, leaf.to_bytes());
  written.closed = base::canonical_json(closed);
  return written;
}

Result<RecordedEvent> read_event(std::string_view leaf, const std::optional<std::string>& closed) {
  ROG_TRY(const package::EventLeaf parsed, package::EventLeaf::parse(leaf));
  RecordedEvent recorded{.event = {},
                         .kind = parsed.kind,
                         .at = parsed.at,
                         .leaf = std::string(leaf),
                         .openings = {},
                         .leaf_index = {}};
  if (!closed) return recorded;
  ROG_TRY(recorded.openings, read_openings(*closed));
  JsonObject members;
  for (const package::Opening& opening : recorded.openings) {
    ROG_CHECKED(package::check_opening(parsed, opening));
    members[opening.member] = opening.value;
  }
  ROG_TRY(const base::Instant at, base::Instant::parse(parsed.at));
  ROG_TRY(recorded.event, parse_event(parsed.kind, at.utc(), members, parsed.open));
  return recorded;
}

}  // namespace rogatory::vault
