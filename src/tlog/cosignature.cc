// SPDX-License-Identifier: EUPL-1.2

#include "tlog/cosignature.h"

#include "crypto/bytes.h"
#include "tlog/detail/refuse.h"

namespace rogatory::tlog {
namespace {

using base::Result;
using detail::misuse;
using Bytes = std::vector<std::byte>;

constexpr std::string_view kSubtreeLabel("subtree/v1\n\0", 12);

void put_uint64(Bytes& out, std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8)
    out.push_back(static_cast<std::byte>(value >> shift));
}

void put_text(Bytes& out, std::string_view text) {
  const Bytes bytes = crypto::to_bytes(text);
  out.insert(out.end(), bytes.begin(), bytes.end());
}

/// opaque text<1..2^8-1> (RFC 8446 3.4).
Result<void> put_short_text(Bytes& out, std::string_view text) {
  if (text.empty() || text.size() > 255) {
    return misuse("the name of a cosigner and the origin of a log have 1 to 255 bytes");
  }
  out.push_back(static_cast<std::byte>(text.size()));
  put_text(out, text);
  return {};
}

/// What the key signs of a checkpoint at that time.
Result<Bytes> cosigned_message(const VerifierKey& key, std::string_view text,
                               std::uint64_t timestamp) {
  ROG_TRY(const Checkpoint checkpoint, Checkpoint::parse(text));
  if (key.type() == SignatureType::kMlDsa44Cosignature) {
    return ml_dsa44_cosigned_message(key.name(), timestamp, checkpoint);
  }
  return crypto::to_bytes(ed25519_cosigned_message(timestamp, text));
}

}  // namespace

std::string ed25519_cosigned_message(std::uint64_t timestamp, std::string_view checkpoint_text) {
  return "cosignature/v1\ntime " + std::to_string(timestamp) + '\n' + std::string(checkpoint_text);
}

Result<Bytes> ml_dsa44_cosigned_message(std::string_view cosigner_name, std::uint64_t timestamp,
                                        const Checkpoint& checkpoint) {
  Bytes out;
  put_text(out, kSubtreeLabel);
  ROG_CHECKED(put_short_text(out, cosigner_name));
  put_uint64(out, timestamp);
  ROG_CHECKED(put_short_text(out, checkpoint.origin));
  put_uint64(out, 0);
  put_uint64(out, checkpoint.head.size);
  out.insert(out.end(), checkpoint.head.root.bytes.begin(), checkpoint.head.root.bytes.end());
  return out;
}

Result<NoteSignature> NoteSigner::sign(std::string_view text, std::uint64_t timestamp) const {
  if (text.empty() || text.back() != '\n') return misuse("a note's text ends with a newline");
  NoteSignature signature{.name = key_.name(), .key_id = key_.id(), .bytes = {}};
  if (key_.type() == SignatureType::kEd25519) {
    ROG_TRY(signature.bytes, sign_(crypto::to_bytes(text)));
    return signature;
  }
  if (timestamp == 0 || timestamp > kMaxTreeSize) {
    return misuse("a cosignature states a time from 1 to 2^63 - 1");
  }
  ROG_TRY(const Bytes message, cosigned_message(key_, text, timestamp));
  put_uint64(signature.bytes, timestamp);
  ROG_TRY(const Bytes signed_bytes, sign_(message));
  signature.bytes.insert(signature.bytes.end(), signed_bytes.begin(), signed_bytes.end());
  return signature;
}

}  // namespace rogatory::tlog
