// SPDX-License-Identifier: EUPL-1.2
//
// Signed notes and the keys that verify them (C2SP signed-note v1.0.0, tlog-cosignature).
// Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rogatory::tlog {

/// The largest note that is read: a checkpoint with 64 signatures of ML-DSA-44 in base64 has less.
inline constexpr std::size_t kMaxNoteBytes = std::size_t{512} * 1024;
/// The most signatures of a note; the specification asks for 16 at least.
inline constexpr std::size_t kMaxNoteSignatures = 64;
/// The longest key name, as the cosigned message of ML-DSA-44 has one byte for it.
inline constexpr std::size_t kMaxKeyNameBytes = 255;

/// How a key signs a note: the identifier byte of the specification. An id, not a code path: other
/// bytes are kept and said to be unsupported.
enum class SignatureType : std::uint8_t {
  kEd25519 = 0x01,
  /// A timestamped cosignature of a checkpoint.
  kEd25519Cosignature = 0x04,
  /// The same with ML-DSA-44; a log may sign with it too.
  kMlDsa44Cosignature = 0x06,
};

/// True for a name that is not empty, not above kMaxKeyNameBytes, valid UTF-8, without blank,
/// control character, `+` or Unicode space.
bool is_key_name(std::string_view name);

/// SHA-256(name || 0x0A || type || public key), the first four bytes.
std::uint32_t make_key_id(std::string_view name, SignatureType type,
                          std::span<const std::byte> public_key);

/// A public key with the name it signs under.
///
///     ROG_TRY(const VerifierKey key, VerifierKey::parse("example.com/foo+530d903a+Aekye..."));
class VerifierKey final {
 public:
  /// kParse for what is no key; kUnsupported for a signature type that is not listed above; kLint
  /// when the id is not the one that the name and the key have.
  static base::Result<VerifierKey> parse(std::string_view text);

  /// kInvalidArgument for a name that is none or a key of another length than its type has.
  static base::Result<VerifierKey> make(std::string name, SignatureType type,
                                        std::vector<std::byte> public_key);

  /// `<name>+<id in hex>+<base64 of type and key>`
  std::string to_text() const;

  const std::string& name() const { return name_; }
  std::uint32_t id() const { return id_; }
  SignatureType type() const { return type_; }
  std::span<const std::byte> public_key() const { return public_key_; }

  bool operator==(const VerifierKey&) const = default;

 private:
  VerifierKey(std::string name, SignatureType type, std::vector<std::byte> public_key);

  std::string name_;
  SignatureType type_;
  std::vector<std::byte> public_key_;
  std::uint32_t id_;
};

/// One signature line. `bytes` is what follows the key id.
struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  std::vector<std::byte> bytes;

  bool operator==(const NoteSignature&) const = default;

  /// `— name base64`, with its newline.
  std::string to_line() const;
};

/// A text and its signatures, not verified: nothing of it may be believed before verify_note.
struct Note {
  /// Ends with a newline.
  std::string text;
  std::vector<NoteSignature> signatures;

  bool operator==(const Note&) const = default;

  /// kParse for what is no note; kLimit beyond kMaxNoteBytes or kMaxNoteSignatures.
  static base::Result<Note> parse(std::string_view bytes);
  std::string to_text() const;
};

/// The text of the note when a reader would take it; otherwise the error of Note::parse, such as
/// kLimit. What is published goes through it: a note that nobody can read closes a log.
base::Result<std::string> write_readable(const Note& note);

/// Signature lines alone, as a witness answers. At least one; kParse, kLimit.
base::Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view lines);

/// A signature that was verified.
struct VerifiedSignature {
  /// Which of the keys given.
  std::size_t key = 0;
  /// The time a cosigner states, in seconds since 1970; absent for plain signatures. 0 is no time.
  std::optional<std::uint64_t> timestamp;

  bool operator==(const VerifiedSignature&) const = default;
};

/// What was found of the signatures of one note.
struct VerifiedNote {
  /// In the order of the note; a key that signed twice is there twice.
  std::vector<VerifiedSignature> signatures;
  /// Keys known and used here, but of a suite that this platform cannot verify.
  std::vector<std::size_t> unavailable_keys;
  /// Lines of keys that are not known, which count for nothing.
  std::size_t unknown_signatures = 0;

  bool is_signed_by(std::size_t key) const;
};

/// Verifies every signature of a known key (name and id match); others are ignored. kLint when one
/// of a known key is wrong (the whole note is refused then) or when none verifies.
base::Result<VerifiedNote> verify_note(const Note& note, std::span<const VerifierKey> keys);

}  // namespace rogatory::tlog
