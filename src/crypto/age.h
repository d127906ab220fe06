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

#include "base/result.h"
#include "crypto/age_header.h"
#include "crypto/age_keys.h"
#include "crypto/byte_stream.h"
#include "crypto/bytes.h"

namespace rogatory::crypto {

/// The bytes of a payload chunk before encryption, and what encryption adds to each.
inline constexpr std::size_t kAgeChunkBytes = 65536;
inline constexpr std::size_t kAgeTagBytes = 16;
/// The nonce between header and chunks.
inline constexpr std::size_t kAgeNonceBytes = 16;

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
  /// Goes on with a file whose header and nonce stand already: writes the chunks alone, all from
  /// the first on. Equal content gives equal bytes, which is how an interrupted sealing is found
  /// again; other content must never be written under the same key and nonce.
  static AgeWriter restart(const SecretBytes& file_key, ByteView nonce, ByteSink& sink);
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

/// Opens a sealed file and gives its content in order.
class AgeReader final : public ByteSource {
 public:
  /// Reads the header and the nonce. The source must outlive the reader. Errors as parse_age_header
  /// and unwrap_age_header, and those of the source.
  static base::Result<AgeReader> open(ByteSource& source, std::span<const AgeIdentity> identities);
  /// The same for a file key that is known; kConflict when it is another file's.
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
