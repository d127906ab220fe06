// SPDX-License-Identifier: EUPL-1.2

#include "crypto/age.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/assert.h"
#include "crypto/detail/kdf.h"

namespace rogatory::crypto {
namespace {

constexpr std::size_t kSealedChunkBytes = kAgeChunkBytes + kAgeTagBytes;
/// The sealed chunks gathered before they go to the sink (1 MiB).
constexpr std::size_t kChunksPerWrite = 16;
/// How much is read at a time while the end of the header is looked for.
constexpr std::size_t kHeaderStepBytes = 4096;

SecretBytes payload_key(const SecretBytes& file_key, ByteView nonce) {
  return detail::hkdf_sha256(file_key.view(), nonce, as_bytes("payload"), 32).take();
}

/// The number of a chunk in 11 bytes and the mark of the last one.
class ChunkNonce {
 public:
  std::array<std::byte, kAeadNonceBytes> bytes(bool is_last) const {
    std::array<std::byte, kAeadNonceBytes> nonce{};
    for (std::size_t i = 0; i < 8; ++i) {
      nonce[10 - i] = static_cast<std::byte>(number_ >> (8 * i) & 0xFFU);
    }
    nonce[11] = is_last ? std::byte{1} : std::byte{0};
    return nonce;
  }
  void next() { ++number_; }
  bool is_first() const { return number_ == 0; }

 private:
  /// 2^64 chunks are more than any content has.
  std::uint64_t number_ = 0;
};

base::Error damaged(std::string message) {
  return {.code = base::ErrorCode::kParse, .message = "the sealed content " + std::move(message)};
}

/// A header and what was read behind it.
struct Opening {
  AgeHeader header;
  Bytes rest;
};

/// True when `bytes` hold a line that begins with `---`, searched from `from`.
bool has_header_end(ByteView bytes, std::size_t from) {
  const std::string_view text = as_text(bytes);
  const std::size_t mark = text.find("\n---", from);
  return mark != std::string_view::npos && text.find('\n', mark + 1) != std::string_view::npos;
}

base::Result<Opening> read_opening(ByteSource& source) {
  Bytes bytes;
  std::size_t searched = 0;
  while (bytes.size() <= kMaxAgeHeaderBytes && !has_header_end(bytes, searched)) {
    // The longest part of `\n--- MAC\n` that could be cut by the end of what is there.
    searched = bytes.size() < 64 ? 0 : bytes.size() - 64;
    const std::size_t before = bytes.size();
    bytes.resize(before + kHeaderStepBytes);
    ROG_TRY(const std::size_t size, source.read(std::span(bytes).subspan(before)));
    bytes.resize(before + size);
    if (size == 0) break;
  }
  ROG_TRY(AgeHeader header, parse_age_header(bytes));
  Bytes rest(bytes.begin() + static_cast<std::ptrdiff_t>(header.size_bytes), bytes.end());
  return Opening{.header = std::move(header), .rest = std::move(rest)};
}

}  // namespace

std::uint64_t age_sealed_bytes(std::uint64_t header_bytes, std::uint64_t content_bytes) {
  const std::uint64_t chunks = std::max<std::uint64_t>(
      1, content_bytes / kAgeChunkBytes + (content_bytes % kAgeChunkBytes == 0 ? 0 : 1));
  return header_bytes + kAgeNonceBytes + content_bytes + chunks * kAgeTagBytes;
}

struct AgeWriter::State {
  State(const SecretBytes& file_key, ByteView file_nonce, ByteSink& out)
      : cipher(payload_key(file_key, file_nonce), detail::ChaChaPoly::Direction::kSeal),
        sink(&out) {
    pending.reserve(kAgeChunkBytes);
    sealed.reserve(kChunksPerWrite * kSealedChunkBytes);
  }

  base::Result<void> seal(ByteView chunk, bool is_last) {
    const std::size_t before = sealed.size();
    sealed.resize(before + chunk.size() + kAgeTagBytes);
    cipher.seal(nonce.bytes(is_last), {}, chunk, std::span(sealed).subspan(before));
    nonce.next();
    if (sealed.size() + kSealedChunkBytes <= sealed.capacity()) return {};
    return flush();
  }

  base::Result<void> flush() {
    ROG_CHECKED(sink->write(sealed));
    sealed.clear();
    return {};
  }

  detail::ChaChaPoly cipher;
  ChunkNonce nonce;
  ByteSink* sink;
  /// What may become the last chunk: sealed when more comes, or at the end.
  Bytes pending;
  Bytes sealed;
};

AgeWriter::AgeWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
AgeWriter::AgeWriter(AgeWriter&&) noexcept = default;
AgeWriter& AgeWriter::operator=(AgeWriter&&) noexcept = default;
AgeWriter::~AgeWriter() = default;

base::Result<AgeWriter> AgeWriter::start(std::span<const AgeRecipient> recipients, ByteSink& sink) {
  return start_with_key(make_age_file_key(), recipients, sink);
}

base::Result<AgeWriter> AgeWriter::start_with_key(const SecretBytes& file_key,
                                                  std::span<const AgeRecipient> recipients,
                                                  ByteSink& sink) {
  ROG_TRY(Bytes opening, make_age_header(file_key, recipients));
  std::array<std::byte, kAgeNonceBytes> nonce;
  random_bytes(nonce);
  opening.insert(opening.end(), nonce.begin(), nonce.end());
  ROG_CHECKED(sink.write(opening));
  return AgeWriter(std::make_unique<State>(file_key, nonce, sink));
}

AgeWriter AgeWriter::restart(const SecretBytes& file_key, ByteView nonce, ByteSink& sink) {
  return AgeWriter(std::make_unique<State>(file_key, nonce, sink));
}

base::Result<void> AgeWriter::write(ByteView bytes) {
  State& state = *state_;
  while (!bytes.empty()) {
    if (state.pending.size() == kAgeChunkBytes) {
      ROG_CHECKED(state.seal(state.pending, /*is_last=*/false));
      state.pending.clear();
    }
    if (state.pending.empty() && bytes.size() > kAgeChunkBytes) {
      ROG_CHECKED(state.seal(bytes.first(kAgeChunkBytes), /*is_last=*/false));
      bytes = bytes.subspan(kAgeChunkBytes);
      continue;
    }
    const std::size_t size = std::min(bytes.size(), kAgeChunkBytes - state.pending.size());
    const ByteView part = bytes.first(size);
    state.pending.insert(state.pending.end(), part.begin(), part.end());
    bytes = bytes.subspan(size);
  }
  return {};
}

base::Result<void> AgeWriter::finish() {
  ROG_CHECKED(state_->seal(state_->pending, /*is_last=*/true));
  state_->pending.clear();
  return state_->flush();
}

struct AgeReader::State {
  State(const SecretBytes& file_key, ByteView file_nonce, ByteSource& in, Bytes read_ahead)
      : cipher(payload_key(file_key, file_nonce), detail::ChaChaPoly::Direction::kOpen),
        source(&in),
        ahead(std::move(read_ahead)),
        sealed(kSealedChunkBytes),
        plain(kAgeChunkBytes) {}

  /// As read_fully, from what was read with the header first.
  base::Result<std::size_t> read_sealed(std::span<std::byte> out) {
    const std::size_t have = std::min(out.size(), ahead.size() - ahead_at);
    std::copy_n(ahead.begin() + static_cast<std::ptrdiff_t>(ahead_at), have, out.begin());
    ahead_at += have;
    ROG_TRY(const std::size_t more, read_fully(*source, out.subspan(have)));
    return have + more;
  }

  bool open(ByteView chunk, bool is_last) {
    size = chunk.size() - kAgeTagBytes;
    return cipher.open(nonce.bytes(is_last), {}, chunk, std::span(plain).first(size));
  }

  /// Puts the next verified chunk into `plain`; after the last one, makes sure that nothing
  /// follows.
  base::Result<void> next_chunk() {
    at = 0;
    size = 0;
    if (is_last_seen) return check_end();
    ROG_TRY(const std::size_t read, read_sealed(sealed));
    const ByteView chunk = ByteView(sealed).first(read);
    if (read < kAgeTagBytes) return damaged("ends before its last chunk");
    const bool is_whole = read == kSealedChunkBytes;
    // A whole chunk is the last one only where its tag says so.
    if (!is_whole || !open(chunk, /*is_last=*/false)) {
      is_last_seen = open(chunk, /*is_last=*/true);
      if (!is_last_seen) return refuse("is damaged, or ends before its last chunk");
    }
    if (size == 0 && !nonce.is_first()) return refuse("has an empty chunk at its end");
    nonce.next();
    return {};
  }

  base::Error refuse(const char* message) {
    size = 0;
    return damaged(message);
  }

  base::Result<void> check_end() {
    is_ended = true;
    std::array<std::byte, 1> one;
    ROG_TRY(const std::size_t more, read_sealed(one));
    if (more > 0) return damaged("is followed by other bytes");
    return {};
  }

  detail::ChaChaPoly cipher;
  ChunkNonce nonce;
  ByteSource* source;
  Bytes ahead;
  std::size_t ahead_at = 0;
  Bytes sealed;
  Bytes plain;
  /// What of `plain` is verified and not yet given out.
  std::size_t at = 0;
  std::size_t size = 0;
  bool is_last_seen = false;
  bool is_ended = false;
  std::optional<base::Error> failure;
};

AgeReader::AgeReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
AgeReader::AgeReader(AgeReader&& other) noexcept : state_(std::move(other.state_)) {}
AgeReader& AgeReader::operator=(AgeReader&& other) noexcept {
  state_ = std::move(other.state_);
  return *this;
}
AgeReader::~AgeReader() = default;

namespace {

/// What stands between header and chunks.
base::Result<std::array<std::byte, kAgeNonceBytes>> read_nonce(ByteSource& source, Bytes& ahead) {
  std::array<std::byte, kAgeNonceBytes> nonce;
  const std::size_t have = std::min(ahead.size(), nonce.size());
  std::copy_n(ahead.begin(), have, nonce.begin());
  ahead.erase(ahead.begin(), ahead.begin() + static_cast<std::ptrdiff_t>(have));
  ROG_TRY(const std::size_t more, read_fully(source, std::span(nonce).subspan(have)));
  if (have + more < nonce.size()) return damaged("ends before its nonce");
  return nonce;
}

}  // namespace

base::Result<AgeReader> AgeReader::open(ByteSource& source,
                                        std::span<const AgeIdentity> identities) {
  ROG_TRY(Opening opening, read_opening(source));
  ROG_TRY(const SecretBytes file_key, unwrap_age_header(opening.header, identities));
  ROG_TRY(const auto nonce, read_nonce(source, opening.rest));
  return AgeReader(std::make_unique<State>(file_key, nonce, source, std::move(opening.rest)));
}

base::Result<AgeReader> AgeReader::open_with_key(ByteSource& source, const SecretBytes& file_key) {
  ROG_TRY(Opening opening, read_opening(source));
  ROG_CHECKED(check_file_key(opening.header, file_key));
  ROG_TRY(const auto nonce, read_nonce(source, opening.rest));
  return AgeReader(std::make_unique<State>(file_key, nonce, source, std::move(opening.rest)));
}

base::Result<std::size_t> AgeReader::read(std::span<std::byte> out) {
  State& state = *state_;
  if (out.empty()) return std::size_t{0};
  if (state.failure) return *state.failure;
  while (state.at == state.size && !state.is_ended) {
    const auto next = state.next_chunk();
    if (next.ok()) continue;
    state.failure = next.error();
    return *state.failure;
  }
  const std::size_t size = std::min(out.size(), state.size - state.at);
  std::copy_n(state.plain.begin() + static_cast<std::ptrdiff_t>(state.at), size, out.begin());
  state.at += size;
  return size;
}

base::Result<void> rewrap_file(ByteSource& source, std::span<const AgeIdentity> identities,
                               std::span<const AgeRecipient> recipients, ByteSink& sink) {
  ROG_TRY(const Opening opening, read_opening(source));
  ROG_TRY(const SecretBytes file_key, unwrap_age_header(opening.header, identities));
  ROG_TRY(const Bytes header, rewrap_header(opening.header, file_key, recipients));
  ROG_CHECKED(sink.write(header));
  ROG_CHECKED(sink.write(opening.rest));
  Bytes buffer(kChunksPerWrite * kAgeChunkBytes);
  for (;;) {
    ROG_TRY(const std::size_t size, source.read(buffer));
    if (size == 0) return {};
    ROG_CHECKED(sink.write(ByteView(buffer).first(size)));
  }
}

}  // namespace rogatory::crypto
