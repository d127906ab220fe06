// SPDX-License-Identifier: EUPL-1.2
//
// The digests of a content in one pass: SHA-256 and SHA-512 of all bytes, which every tool of a
// court prints, and the RFC 6962 tree over chunks of 64 KiB, which says where damage is, proves a
// part, and is verified more than twice as fast where the machine has AVX-512.
//
// The tree: leaf i is SHA-256(0x00 || chunk i); only the last chunk may be shorter than 64 KiB, and
// it is never empty. No bytes give no chunk and the root of an empty tree.
//
// An object belongs to one thread at a time; it may use threads of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "base/result.h"
#include "crypto/byte_stream.h"
#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "crypto/hash_tree.h"

namespace rogatory::crypto {

/// The size of a chunk, as of an age chunk: a part that is disclosed is the same for both.
inline constexpr std::size_t kChunkBytes = 65536;

/// The chunks hashed at once, one in each lane of the widest vectors.
inline constexpr std::size_t kChunksPerBatch = 16;
inline constexpr std::size_t kBatchBytes = kChunkBytes * kChunksPerBatch;

/// The batches a digester holds, so that reading goes on while an earlier one is hashed. Peak
/// memory of a digester is this times kBatchBytes (4 MiB).
inline constexpr std::size_t kBatchesInFlight = 4;

/// What is known of a content once all of it was read.
struct ContentDigests {
  std::uint64_t size_bytes = 0;
  Sha256Digest sha256;
  Sha512Digest sha512;
  Sha256Digest tree_root;
  std::uint64_t chunks = 0;

  bool operator==(const ContentDigests&) const = default;
};

/// Takes leaf hashes in order, a few at a time, on the thread that feeds the hasher. An error ends
/// the work.
using LeafSink = std::function<base::Result<void>(std::span<const Sha256Digest> leaves)>;

/// The chunk tree alone: the fast way to verify a content whose root is known.
class ChunkTreeHasher final {
 public:
  /// Without a sink the leaves are not kept.
  explicit ChunkTreeHasher(LeafSink sink = nullptr);

  /// Fails only when the sink does.
  base::Result<void> update(ByteView bytes);
  /// Hashes the last chunk. Nothing may follow.
  base::Result<void> finish();

  std::uint64_t size_bytes() const { return size_bytes_; }
  /// After finish(): the number of chunks and the root.
  std::uint64_t chunks() const { return tree_.size(); }
  Sha256Digest root() const { return tree_.root(); }

 private:
  base::Result<void> hash_whole_chunks(ByteView bytes);
  base::Result<void> push(std::span<const Sha256Digest> leaves);

  LeafSink sink_;
  TreeHasher tree_;
  Bytes pending_;
  std::uint64_t size_bytes_ = 0;
};

/// Feeds `hasher` all that `source` gives, through one buffer of kBatchBytes, and finishes it.
base::Result<void> hash_tree_of(ByteSource& source, ChunkTreeHasher& hasher);

/// All digests in one pass.
///
///     ChunkDigester digester;
///     for (;;) {
///       const std::span<std::byte> buffer = digester.next_buffer();
///       ROG_TRY(const std::size_t size, read_fully(source, buffer));
///       ROG_CHECKED(digester.push(size));
///       if (size < buffer.size()) break;
///     }
///     ROG_TRY(const ContentDigests digests, digester.finish());
class ChunkDigester final {
 public:
  struct Options {
    /// Hash the linear digests on a thread beside the caller's, where the machine has two.
    bool use_thread = true;
    LeafSink leaves;
    /// False: the linear digests alone, with no leaves, no chunks and no tree_root.
    bool use_tree = true;
  };

  ChunkDigester();
  explicit ChunkDigester(Options options);
  ChunkDigester(ChunkDigester&&) noexcept;
  ChunkDigester& operator=(ChunkDigester&&) noexcept;
  ~ChunkDigester();

  /// A buffer of kBatchBytes that the caller fills from its beginning. It waits while all buffers
  /// are being hashed. The buffer stays the digester's and readable until next_buffer() was called
  /// kBatchesInFlight - 1 more times.
  std::span<std::byte> next_buffer();

  /// The first `size` bytes of the buffer given last are content, after all before them. Fails only
  /// when the sink of leaves does.
  base::Result<void> push(std::size_t size);

  /// Copies `bytes` through the buffers: for callers whose bytes are elsewhere already. A digester
  /// is fed by this or by next_buffer() and push(), not by both.
  base::Result<void> update(ByteView bytes);

  /// The digests of all that was pushed. Nothing may follow.
  base::Result<ContentDigests> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// All digests of what `source` gives.
base::Result<ContentDigests> digest_content(ByteSource& source, ChunkDigester::Options options);

}  // namespace rogatory::crypto
