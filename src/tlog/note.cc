// SPDX-License-Identifier: EUPL-1.2

#include "tlog/note.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "tlog/detail/refuse.h"
#include "tlog/detail/signature_check.h"

namespace rogatory::tlog {
namespace {

using base::Result;
using detail::malformed;
using detail::misuse;
using detail::refuse;
using detail::too_much;

/// U+2014 and a blank.
constexpr std::string_view kSignaturePrefix = "\xE2\x80\x94 ";
constexpr std::size_t kKeyIdBytes = 4;

/// White space beyond ASCII (Unicode White_Space), in UTF-8.
constexpr std::array<std::string_view, 19> kUnicodeSpaces = {
    "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81",
    "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86",
    "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
    "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80",
};

std::size_t public_key_bytes(SignatureType type) {
  switch (type) {
    case SignatureType::kEd25519:
    case SignatureType::kEd25519Cosignature:
      return 32;
    case SignatureType::kMlDsa44Cosignature:
      return 1312;
  }
  return 0;
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20;
}

std::array<std::byte, kKeyIdBytes> key_id_bytes(std::uint32_t id) {
  return {static_cast<std::byte>(id >> 24), static_cast<std::byte>(id >> 16),
          static_cast<std::byte>(id >> 8), static_cast<std::byte>(id)};
}

std::uint32_t read_key_id(std::span<const std::byte> bytes) {
  std::uint32_t id = 0;
  for (const std::byte byte : bytes.first(kKeyIdBytes)) {
    id = (id << 8) | std::to_integer<std::uint32_t>(byte);
  }
  return id;
}

Result<NoteSignature> parse_signature_line(std::string_view line) {
  if (!line.starts_with(kSignaturePrefix)) {
    return malformed("a signature line does not start with a dash and a blank");
  }
  line.remove_prefix(kSignaturePrefix.size());
  const std::vector<std::string_view> parts = base::split(line, ' ');
  if (parts.size() != 2) return malformed("a signature line has not just a name and a signature");
  if (!is_key_name(parts[0])) return malformed("a signature line has no proper key name");
  const auto bytes = crypto::parse_base64(parts[1]);
  if (!bytes.ok()) return malformed("a signature is not standard base64");
  if (bytes->size() <= kKeyIdBytes) return malformed("a signature is shorter than its key id");
  return NoteSignature{.name = std::string(parts[0]),
                       .key_id = read_key_id(*bytes),
                       .bytes = std::vector<std::byte>(bytes->begin() + kKeyIdBytes, bytes->end())};
}

/// The key of that name and id among `keys`.
Result<std::optional<std::size_t>> find_key(const NoteSignature& signature,
                                            std::span<const VerifierKey> keys) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].name() != signature.name || keys[i].id() != signature.key_id) continue;
    if (found && keys[*found] != keys[i]) {
      return refuse("two different known keys have the name and id of `" + signature.name + "`");
    }
    if (!found) found = i;
  }
  return found;
}

}  // namespace

bool is_key_name(std::string_view name) {
  if (name.empty() || name.size() > kMaxKeyNameBytes || !base::is_valid_utf8(name)) return false;
  const auto is_refused = [](char c) {
    return is_control(c) || c == ' ' || c == '+' || c == '\x7F';
  };
  if (std::any_of(name.begin(), name.end(), is_refused)) return false;
  return std::none_of(kUnicodeSpaces.begin(), kUnicodeSpaces.end(), [&](std::string_view space) {
    return name.find(space) != std::string_view::npos;
  });
}

std::uint32_t make_key_id(std::string_view name, SignatureType type,
                          std::span<const std::byte> public_key) {
  std::vector<std::byte> bytes = crypto::to_bytes(name);
  bytes.push_back(std::byte{'\n'});
  bytes.push_back(static_cast<std::byte>(type));
  bytes.insert(bytes.end(), public_key.begin(), public_key.end());
  return read_key_id(crypto::sha256(bytes).bytes);
}

VerifierKey::VerifierKey(std::string name, SignatureType type, std::vector<std::byte> public_key)
    : name_(std::move(name)),
      type_(type),
      public_key_(std::move(public_key)),
      id_(make_key_id(name_, type_, public_key_)) {}

Result<VerifierKey> VerifierKey::make(std::string name, SignatureType type,
                                      std::vector<std::byte> public_key) {
  if (!is_key_name(name)) return misuse("`" + name + "` is no name for a key");
  if (public_key.size() != public_key_bytes(type)) {
    return misuse("the public key of `" + name + "` has " + std::to_string(public_key.size()) +
                  " bytes, not " + std::to_string(public_key_bytes(type)));
  }
  return VerifierKey(std::move(name), type, std::move(public_key));
}

Result<VerifierKey> VerifierKey::parse(std::string_view text) {
  // The base64 of the key may have a plus: only the first two part the text.
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) return malformed("a key is `name+id+key`");
  const std::string_view name = text.substr(0, first);
  if (!is_key_name(name)) return malformed("a key has no proper name");
  const auto id = crypto::parse_hex(text.substr(first + 1, second - first - 1));
  if (!id.ok() || id->size() != kKeyIdBytes) {
    return malformed("the id of a key has 8 lower-case hexadecimal digits");
  }
  auto bytes = crypto::parse_base64(text.substr(second + 1));
  if (!bytes.ok() || bytes->empty()) return malformed("a key is not standard base64");
  const auto type = static_cast<SignatureType>((*bytes)[0]);
  const std::size_t size = public_key_bytes(type);
  if (size == 0) {
    return detail::fail(base::ErrorCode::kUnsupported,
                        "the key of `" + std::string(name) + "` has signature type " +
                            std::to_string(std::to_integer<int>((*bytes)[0])));
  }
  if (bytes->size() != size + 1) return malformed("a key has not the length of its type");
  VerifierKey key(std::string(name), type,
                  std::vector<std::byte>(bytes->begin() + 1, bytes->end()));
  if (key.id() != read_key_id(*id)) {
    return refuse("the id of the key of `" + key.name() + "` is not that of its name and key");
  }
  return key;
}

std::string VerifierKey::to_text() const {
  std::vector<std::byte> bytes = {static_cast<std::byte>(type_)};
  bytes.insert(bytes.end(), public_key_.begin(), public_key_.end());
  return name_ + '+' + crypto::hex(key_id_bytes(id_)) + '+' + crypto::base64(bytes);
}

std::string NoteSignature::to_line() const {
  const auto id = key_id_bytes(key_id);
  std::vector<std::byte> all(id.begin(), id.end());
  all.insert(all.end(), bytes.begin(), bytes.end());
  return std::string(kSignaturePrefix) + name + ' ' + crypto::base64(all) + '\n';
}

Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view lines) {
  if (lines.size() > kMaxNoteBytes) return too_much("the signatures have too many bytes");
  if (lines.empty() || lines.back() != '\n') {
    return malformed("the signatures do not end with a newline");
  }
  lines.remove_suffix(1);
  std::vector<NoteSignature> signatures;
  for (const std::string_view line : base::split(lines, '\n')) {
    if (signatures.size() == kMaxNoteSignatures) {
      return too_much("there are more than " + std::to_string(kMaxNoteSignatures) + " signatures");
    }
    ROG_TRY(NoteSignature signature, parse_signature_line(line));
    signatures.push_back(std::move(signature));
  }
  return signatures;
}

Result<Note> Note::parse(std::string_view bytes) {
  if (bytes.size() > kMaxNoteBytes) return too_much("the note has too many bytes");
  if (!base::is_valid_utf8(bytes)) return malformed("the note is not UTF-8");
  const auto is_refused = [](char c) { return is_control(c) && c != '\n'; };
  if (std::any_of(bytes.begin(), bytes.end(), is_refused)) {
    return malformed("the note has a control character");
  }
  const std::size_t end = bytes.rfind("\n\n");
  if (end == std::string_view::npos) return malformed("the note has no empty line");
  ROG_TRY(auto signatures, parse_signature_lines(bytes.substr(end + 2)));
  return Note{.text = std::string(bytes.substr(0, end + 1)), .signatures = std::move(signatures)};
}

std::string Note::to_text() const {
  std::string out = text + '\n';
  for (const NoteSignature& signature : signatures) out += signature.to_line();
  return out;
}

Result<std::string> write_readable(const Note& note) {
  std::string text = note.to_text();
  ROG_TRY(const Note read, Note::parse(text));
  if (read != note) return malformed("the note would be read as another one");
  return text;
}

bool VerifiedNote::is_signed_by(std::size_t key) const {
  return std::any_of(signatures.begin(), signatures.end(),
                     [key](const VerifiedSignature& one) { return one.key == key; });
}

Result<VerifiedNote> verify_note(const Note& note, std::span<const VerifierKey> keys) {
  VerifiedNote verified;
  for (const NoteSignature& signature : note.signatures) {
    ROG_TRY(const std::optional<std::size_t> key, find_key(signature, keys));
    if (!key) {
      ++verified.unknown_signatures;
      continue;
    }
    ROG_TRY(const detail::SignatureFinding finding,
            detail::check_signature(keys[*key], note.text, signature.bytes));
    if (!finding.is_available) {
      verified.unavailable_keys.push_back(*key);
      continue;
    }
    verified.signatures.push_back({.key = *key, .timestamp = finding.timestamp});
  }
  if (verified.signatures.empty()) return refuse("no signature of a known key");
  return verified;
}

}  // namespace rogatory::tlog
