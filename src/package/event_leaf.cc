// SPDX-License-Identifier: EUPL-1.2

#include "package/event_leaf.h"

#include <algorithm>

#include "base/instant.h"
#include "base/shape.h"
#include "crypto/bytes.h"

namespace rogatory::package {
namespace {

constexpr std::string_view kFormat = "rogatory.event/1";
constexpr std::string_view kDomain = "rogatory.commitment/1";

base::Error too_large() {
  return base::Error{.code = base::ErrorCode::kLimit,
                     .message = "a leaf has at most " + std::to_string(kMaxLeafBytes) + " bytes"};
}

bool is_kind(std::string_view text) {
  const auto is_good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), is_good);
}

base::Result<void> read_closed(const base::Shape& shape, EventLeaf& leaf) {
  ROG_TRY(const base::JsonObject* const members, shape.object());
  for (const auto& [name, value] : *members) {
    ROG_TRY(const std::string hex, shape.below(name, value).text());
    auto digest = crypto::Sha256Digest::parse_hex(hex);
    if (!digest) return shape.below(name, value).error(digest.error().message);
    leaf.closed.emplace(name, digest.take());
  }
  return {};
}

}  // namespace

Salt random_salt() {
  Salt salt{};
  crypto::random_bytes(salt);
  return salt;
}

std::string salt_hex(const Salt& salt) {
  return crypto::hex(salt);
}

base::Result<Salt> parse_salt(std::string_view hex) {
  ROG_TRY(const crypto::Sha256Digest digest, crypto::Sha256Digest::parse_hex(hex));
  return digest.bytes;
}

bool has_only_whole_numbers(const base::Json& value) {
  if (const auto* const list = value.if_array()) {
    return std::all_of(list->begin(), list->end(), has_only_whole_numbers);
  }
  if (const auto* const members = value.if_object()) {
    return std::all_of(members->begin(), members->end(),
                       [](const auto& member) { return has_only_whole_numbers(member.value()); });
  }
  return !value.is_double();
}

crypto::Sha256Digest commitment_to(const Salt& salt, const base::Json& value) {
  std::string bytes(kDomain);
  bytes += '\0';
  bytes += crypto::as_text(salt);
  bytes += base::canonical_json(value);
  return crypto::sha256(bytes);
}

base::Result<std::string> EventLeaf::to_bytes() const {
  base::JsonObject closed_members;
  for (const auto& [name, digest] : closed) closed_members[name] = digest.hex();
  std::string bytes = base::canonical_json(base::JsonObject{
      {"format", kFormat}, {"kind", kind}, {"at", at}, {"open", open}, {"closed", closed_members}});
  if (bytes.size() > kMaxLeafBytes) return too_large();
  return bytes;
}

base::Result<EventLeaf> EventLeaf::parse(std::string_view bytes) {
  if (bytes.size() > kMaxLeafBytes) return too_large();
  ROG_TRY(const base::Json json, base::parse_json(bytes, ""));
  const base::PlaceOf place_of;
  const base::Shape shape(json, place_of);
  ROG_CHECKED(shape.allow_only({"format", "kind", "at", "open", "closed"}));
  ROG_TRY(const std::string format, shape.get_text("format"));
  if (format != kFormat) return shape.error("this is no event of the format known here");
  if (base::canonical_json(json) != bytes) return shape.error("the bytes are not canonical");
  if (!has_only_whole_numbers(json)) return shape.error("a number is not whole");
  EventLeaf leaf;
  ROG_TRY(leaf.kind, shape.get_text("kind"));
  ROG_TRY(leaf.at, shape.get_text("at"));
  if (!is_kind(leaf.kind)) return shape.error("this is no kind of event");
  if (!leaf.at.ends_with('Z') || !base::Instant::parse(leaf.at)) {
    return shape.error("`at` is no time in UTC");
  }
  ROG_TRY(const base::Shape open, shape.get("open"));
  ROG_TRY(const base::JsonObject* const members, open.object());
  leaf.open = *members;
  ROG_TRY(const base::Shape closed, shape.get("closed"));
  ROG_CHECKED(read_closed(closed, leaf));
  return leaf;
}

base::Result<void> check_opening(const EventLeaf& leaf, const Opening& opening) {
  const auto member = leaf.closed.find(opening.member);
  if (member == leaf.closed.end()) {
    return base::Error{.code = base::ErrorCode::kLint,
                       .message = "the leaf has no closed member `" + opening.member + "`"};
  }
  if (commitment_to(opening.salt, opening.value) == member->second) return {};
  return base::Error{.code = base::ErrorCode::kLint,
                     .message = "`" + opening.member + "` is not what was committed to"};
}

}  // namespace rogatory::package
