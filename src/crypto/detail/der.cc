// SPDX-License-Identifier: EUPL-1.2

#include "crypto/detail/der.h"

#include <array>
#include <memory>

#include "base/assert.h"
#include "crypto/detail/openssl.h"

namespace rogatory::crypto::detail {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::uint8_t kLongTag = 0x1F;
constexpr std::uint8_t kConstructed = 0x20;
constexpr std::uint8_t kLongLength = 0x80;
constexpr int kMaxDepth = 32;
/// 2^32 - 1 bytes are beyond every limit of this room.
constexpr std::size_t kMaxLengthBytes = 4;

std::uint8_t octet(std::span<const std::byte> bytes, std::size_t at) {
  return std::to_integer<std::uint8_t>(bytes[at]);
}

struct Head {
  std::uint8_t tag = 0;
  std::size_t head_bytes = 0;
  std::size_t content_bytes = 0;
  bool is_indefinite = false;
};

/// Nothing for what is cut off, for tags of 31 and more and for lengths that could be shorter.
std::optional<Head> read_head(std::span<const std::byte> bytes) {
  if (bytes.size() < 2 || (octet(bytes, 0) & kLongTag) == kLongTag) return std::nullopt;
  Head head{.tag = octet(bytes, 0), .head_bytes = 2};
  const std::uint8_t first = octet(bytes, 1);
  if (first == kLongLength) {
    head.is_indefinite = true;
    return (head.tag & kConstructed) != 0 ? std::optional(head) : std::nullopt;
  }
  head.content_bytes = first;
  if (first > kLongLength) {
    const std::size_t count = first - kLongLength;
    if (count > kMaxLengthBytes || bytes.size() < 2 + count) return std::nullopt;
    head.content_bytes = 0;
    for (std::size_t i = 0; i < count; ++i) {
      head.content_bytes = head.content_bytes * 256 + octet(bytes, 2 + i);
    }
    head.head_bytes += count;
    const bool is_shortest = head.content_bytes >= kLongLength && octet(bytes, 2) != 0;
    if (!is_shortest) return std::nullopt;
  }
  if (bytes.size() - head.head_bytes < head.content_bytes) return std::nullopt;
  return head;
}

}  // namespace

base::Error DerReader::error(std::string_view what) const {
  return Error{.code = ErrorCode::kParse, .message = where_ + ": " + std::string(what)};
}

bool DerReader::next_is(std::uint8_t tag) const {
  return !rest_.empty() && octet(rest_, 0) == tag;
}

base::Result<DerElement> DerReader::next(std::uint8_t tag) {
  if (!next_is(tag)) return error("another element is expected, or there is none");
  const auto head = read_head(rest_);
  if (!head || head->is_indefinite) return error("an element is cut off or not in DER");
  const std::size_t size = head->head_bytes + head->content_bytes;
  const DerElement element{.tag = head->tag,
                           .content = rest_.subspan(head->head_bytes, head->content_bytes),
                           .whole = rest_.first(size)};
  rest_ = rest_.subspan(size);
  return element;
}

base::Result<DerElement> DerReader::next_any() {
  if (rest_.empty()) return error("an element is missing");
  ROG_TRY(const std::size_t size, skip(rest_, 0));
  const auto head = read_head(rest_);
  ROG_ASSERT(head.has_value());
  const DerElement element{.tag = head->tag,
                           .content = rest_.subspan(head->head_bytes, head->content_bytes),
                           .whole = rest_.first(size)};
  rest_ = rest_.subspan(size);
  return element;
}

base::Result<std::size_t> DerReader::skip(std::span<const std::byte> bytes, int depth) const {
  const auto head = read_head(bytes);
  if (!head) return error("an element is cut off or not in DER");
  if (depth > kMaxDepth) return error("elements are nested more than 32 deep");
  if (!head->is_indefinite) return head->head_bytes + head->content_bytes;
  std::size_t at = head->head_bytes;
  while (true) {
    // X.690 8.1.5: two zero octets end it.
    if (bytes.size() - at < 2) return error("an element of indefinite length has no end");
    if (octet(bytes, at) == 0 && octet(bytes, at + 1) == 0) return at + 2;
    ROG_TRY(const std::size_t size, skip(bytes.subspan(at), depth + 1));
    at += size;
  }
}

base::Result<void> DerReader::finish() const {
  if (!at_end()) return error("there are bytes after the last element");
  return {};
}

void append(std::vector<std::byte>& to, std::span<const std::byte> bytes) {
  to.insert(to.end(), bytes.begin(), bytes.end());
}

std::vector<std::byte> der_element(std::uint8_t tag, std::span<const std::byte> content) {
  std::vector<std::byte> out = {std::byte{tag}};
  const std::size_t size = content.size();
  if (size < kLongLength) {
    out.push_back(static_cast<std::byte>(size));
  } else {
    std::size_t count = 1;
    while (count < sizeof(size) && (size >> (8 * count)) != 0) ++count;
    ROG_ASSERT(count <= kMaxLengthBytes);
    out.push_back(static_cast<std::byte>(kLongLength + count));
    for (std::size_t i = count; i > 0; --i) {
      out.push_back(static_cast<std::byte>((size >> (8 * (i - 1))) & 0xFF));
    }
  }
  append(out, content);
  return out;
}

base::Result<std::string> parse_algorithm(const DerElement& sequence) {
  DerReader reader(sequence.content, "AlgorithmIdentifier");
  ROG_TRY(const DerElement oid, reader.next(kDerOid));
  if (reader.next_is(kDerNull)) {
    ROG_TRY(const DerElement parameters, reader.next(kDerNull));
    if (!parameters.content.empty()) {
      return Error{.code = ErrorCode::kParse, .message = "AlgorithmIdentifier: NULL has content"};
    }
  }
  ROG_CHECKED(reader.finish());
  const unsigned char* at = data_of(oid.whole);
  const Owned<ASN1_OBJECT, ASN1_OBJECT_free> object(
      d2i_ASN1_OBJECT(nullptr, &at, static_cast<long>(oid.whole.size())));
  if (object == nullptr) {
    return openssl_error(ErrorCode::kParse, "AlgorithmIdentifier: no object identifier");
  }
  return dotted(object.get());
}

std::vector<std::byte> der_oid(std::string_view dotted) {
  const Owned<ASN1_OBJECT, ASN1_OBJECT_free> object(
      OBJ_txt2obj(std::string(dotted).c_str(), /*no_name=*/1));
  ROG_ASSERT(object != nullptr);
  return encode<i2d_ASN1_OBJECT>(object.get());
}

}  // namespace rogatory::crypto::detail
