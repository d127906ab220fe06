// SPDX-License-Identifier: EUPL-1.2
//
// Sealing to recipients in the age format, version 1 (C2SP age v1.1.0, https://c2sp.org/age), so
// that a foreign authority opens a seal with a tool it gets elsewhere.
//
// - A random file key of 16 bytes encrypts the payload: chunks of 64 KiB with ChaCha20-Poly1305,
//   each with its number and a mark of the last one, so that no chunk can be moved or cut off.
// - The header wraps the file key for each recipient and ends with a MAC made with the file key.
// - A reader gives out a chunk only after it was verified.
//
// Objects belong to one thread at a time; functions are free of state.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/age_keys.h"
#include "crypto/byte_stream.h"
#include "crypto/bytes.h"

namespace rogatory::crypto {

/// The bytes of a payload chunk before encryption, and what encryption adds to each.
inline constexpr std::size_t kAgeChunkBytes = 65536;
inline constexpr std::size_t kAgeTagBytes = 16;
/// The nonce between header and chunks.
inline constexpr std::size_t kAgeNonceBytes = 16;
/// The largest header read: some 150 hybrid recipients, or 2,000 of X25519.
inline constexpr std::size_t kMaxAgeHeaderBytes = std::size_t{256} * 1024;
/// The most stanzas in a header, each of which a reader may have to try.
inline constexpr std::size_t kMaxAgeStanzas = 2048;

/// One recipient's part of a header. The arguments begin with the type.
struct AgeStanza {
  std::vector<std::string> arguments;
  Bytes body;

  bool operator==(const AgeStanza&) const = default;
};

/// A header as it was read: well-formed, its MAC not yet verified.
struct AgeHeader {
  std::vector<AgeStanza> stanzas;
  Bytes mac;
  /// The bytes the MAC covers: all up to and including `---`.
  Bytes covered;
  /// The bytes of the whole header, which is where the payload begins.
  std::size_t size_bytes = 0;
};

/// Reads the header at the front of `bytes`, which may go on. kParse when it is not well-formed,
/// kUnsupported for another version, kLimit when it is too large. Stanzas of unknown type are kept.
base::Result<AgeHeader> parse_age_header(ByteView bytes);

/// The header that wraps `file_key` for `recipients`. kInvalidArgument without recipients, when a
/// passphrase is not alone, or when a recipient that a quantum computer breaks stands beside one
/// that it does not (age: the file would be as weak as the former); kUnsupported when this OpenSSL
/// has not what a recipient needs.
base::Result<Bytes> make_age_header(const SecretBytes& file_key,
                                    std::span<const AgeRecipient> recipients);

/// The file key that one of `identities` unwraps, once the MAC of the header verified under it.
/// kNotFound when no stanza is for any of them; kParse for a malformed stanza of a known type, a
/// passphrase stanza that is not alone and a wrong MAC; kLimit for a work factor beyond the
/// identity's.
base::Result<SecretBytes> unwrap_age_header(const AgeHeader& header,
                                            std::span<const AgeIdentity> identities);

/// A header of its own for `recipients` in place of `header`, for the same payload. Only the header
/// depends on the recipients: the payload's key comes from the file key and the payload's nonce,
/// and the header's MAC from the file key, so that whoever holds the file key can write a header
/// anew and none of the payload changes. kConflict when `file_key` is not the one of `header`;
/// otherwise as make_age_header. Those who could open the old header still know the file key.
base::Result<Bytes> rewrap_header(const AgeHeader& header, const SecretBytes& file_key,
                                  std::span<const AgeRecipient> recipients);

/// Copies a sealed file to `sink` with a new header for `recipients`, its payload unchanged and not
/// read. Errors as parse_age_header, unwrap_age_header and make_age_header, and those of the ends.
base::Result<void> rewrap_file(ByteSource& source, std::span<const AgeIdentity> identities,
                               std::span<const AgeRecipient> recipients, ByteSink& sink);

/// The size of a sealed file with a header of `header_bytes` and a content of `content_bytes`.
std::uint64_t age_sealed_bytes(std::uint64_t header_bytes, std::uint64_t content_bytes);

/// Seals bytes that come in parts.
///
///     ROG_TRY(AgeWriter writer, AgeWriter::start(recipients, sink));
///     ROG_CHECKED(writer.write(part));
///     ROG_CHECKED(writer.finish());
class AgeWriter final {
 public:
  /// Writes header and nonce under a new file key. The sink must outlive the writer. Errors as
  /// make_age_header, and those of the sink.
  static base::Result<AgeWriter> start(std::span<const AgeRecipient> recipients, ByteSink& sink);
  /// The same with a file key that the caller keeps, to write other headers later. A file key is
  /// for one content only.
  static base::Result<AgeWriter> start_with_key(const SecretBytes& file_key,
                                                std::span<const AgeRecipient> recipients,
                                                ByteSink& sink);
  AgeWriter(AgeWriter&&) noexcept;
  AgeWriter& operator=(AgeWriter&&) noexcept;
  ~AgeWriter();

  /// Seals whole chunks as they fill. Errors are the sink's.
  base::Result<void> write(ByteView bytes);
  /// Writes the last chunk. Without it the file does not open to its end.
  base::Result<void> finish();

 private:
  struct State;
  explicit AgeWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// A new file key.
SecretBytes make_age_file_key();

/// Opens a sealed file and gives its content in order.
class AgeReader final : public ByteSource {
 public:
  /// Reads the header and the nonce. The source must outlive the reader. Errors as parse_age_header
  /// and unwrap_age_header, and those of the source.
  static base::Result<AgeReader> open(ByteSource& source, std::span<const AgeIdentity> identities);
  /// The same for a file key that is known.
  static base::Result<AgeReader> open_with_key(ByteSource& source, const SecretBytes& file_key);
  AgeReader(AgeReader&&) noexcept;
  AgeReader& operator=(AgeReader&&) noexcept;
  ~AgeReader() override;

  /// As ByteSource::read. Bytes are given out once their chunk verified; kParse when a chunk does
  /// not, when the file ends before its last chunk, and when something follows it. An error stays.
  base::Result<std::size_t> read(std::span<std::byte> out) override;

 private:
  struct State;
  explicit AgeReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace rogatory::crypto
