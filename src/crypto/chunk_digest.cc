// SPDX-License-Identifier: EUPL-1.2

#include "crypto/chunk_digest.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "crypto/detail/linear_digests.h"
#include "crypto/detail/sha256_lanes.h"

namespace rogatory::crypto {

ChunkTreeHasher::ChunkTreeHasher(LeafSink sink) : sink_(std::move(sink)) {}

base::Result<void> ChunkTreeHasher::push(std::span<const Sha256Digest> leaves) {
  for (const Sha256Digest& leaf : leaves) tree_.push_leaf_hash(leaf);
  if (!sink_ || leaves.empty()) return {};
  return sink_(leaves);
}

base::Result<void> ChunkTreeHasher::hash_whole_chunks(ByteView bytes) {
  const std::size_t count = bytes.size() / kChunkBytes;
  ROG_ASSERT(count <= kChunksPerBatch);
  std::array<Sha256Digest, kChunksPerBatch> leaves;
  detail::leaf_hashes(detail::best_lane_kind(), bytes.data(), kChunkBytes, count, leaves.data());
  return push(std::span(leaves).first(count));
}

base::Result<void> ChunkTreeHasher::update(ByteView bytes) {
  size_bytes_ += bytes.size();
  if (!pending_.empty()) {
    const std::size_t more = std::min(bytes.size(), kBatchBytes - pending_.size());
    pending_.insert(pending_.end(), bytes.begin(),
                    bytes.begin() + static_cast<std::ptrdiff_t>(more));
    bytes = bytes.subspan(more);
    if (pending_.size() < kBatchBytes) return {};
    ROG_CHECKED(hash_whole_chunks(pending_));
    pending_.clear();
  }
  while (bytes.size() >= kBatchBytes) {
    ROG_CHECKED(hash_whole_chunks(bytes.first(kBatchBytes)));
    bytes = bytes.subspan(kBatchBytes);
  }
  pending_.assign(bytes.begin(), bytes.end());
  return {};
}

base::Result<void> ChunkTreeHasher::finish() {
  const ByteView rest(pending_);
  const std::size_t whole = rest.size() / kChunkBytes * kChunkBytes;
  ROG_CHECKED(hash_whole_chunks(rest.first(whole)));
  if (whole < rest.size()) {
    const Sha256Digest leaf = leaf_hash(rest.subspan(whole));
    ROG_CHECKED(push(std::span(&leaf, 1)));
  }
  pending_.clear();
  return {};
}

base::Result<void> hash_tree_of(ByteSource& source, ChunkTreeHasher& hasher) {
  Bytes buffer(kBatchBytes);
  for (;;) {
    ROG_TRY(const std::size_t size, read_fully(source, buffer));
    ROG_CHECKED(hasher.update(ByteView(buffer).first(size)));
    if (size < buffer.size()) return hasher.finish();
  }
}

namespace {

/// The buffers between one thread that fills them and workers that each read all of them in order.
/// The content of a buffer belongs to the filling thread until push(), and again once every worker
/// is done with it.
class BufferRing final {
 public:
  explicit BufferRing(std::size_t workers) : done_(workers, 0) {
    for (Bytes& buffer : buffers_) buffer.resize(kBatchBytes);
  }

  /// The buffer to fill next, once it is free.
  std::span<std::byte> wait_for_free() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] {
      return std::all_of(done_.begin(), done_.end(),
                         [&](std::uint64_t done) { return pushed_ < done + kBatchesInFlight; });
    });
    return buffers_[pushed_ % kBatchesInFlight];
  }

  /// Hands over the first `size` bytes of that buffer.
  void push(std::size_t size) {
    {
      const std::scoped_lock lock(mutex_);
      sizes_[pushed_ % kBatchesInFlight] = size;
      ++pushed_;
    }
    changed_.notify_all();
  }

  void close() {
    {
      const std::scoped_lock lock(mutex_);
      is_closed_ = true;
    }
    changed_.notify_all();
  }

  /// What `worker` reads next; nothing once all is read and the ring is closed.
  std::optional<ByteView> wait_for_full(std::size_t worker) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return done_[worker] < pushed_ || is_closed_; });
    if (done_[worker] == pushed_) return std::nullopt;
    const std::size_t at = done_[worker] % kBatchesInFlight;
    return ByteView(buffers_[at]).first(sizes_[at]);
  }

  void release(std::size_t worker) {
    {
      const std::scoped_lock lock(mutex_);
      ++done_[worker];
    }
    changed_.notify_all();
  }

 private:
  std::array<Bytes, kBatchesInFlight> buffers_;
  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  std::array<std::size_t, kBatchesInFlight> sizes_{};
  std::uint64_t pushed_ = 0;
  std::vector<std::uint64_t> done_;
  bool is_closed_ = false;
};

}  // namespace

/// The linear digests have threads, for they take longest and cannot be divided: one where a common
/// loop makes both, or else one each. The tree is made on the caller's; where none is wanted the
/// caller makes the SHA-256 instead, so that nothing but the SHA-512 is on the other thread.
struct ChunkDigester::State {
  using Worker = std::function<void(ByteView)>;

  explicit State(Options options)
      : tree(std::move(options.leaves)),
        has_tree(options.use_tree),
        has_threads(options.use_thread && std::thread::hardware_concurrency() > 1),
        is_shared(has_threads && !has_tree),
        is_together(!is_shared && (!has_threads || detail::has_common_loop())),
        workers(make_workers()),
        ring(has_threads ? workers.size() : 0) {
    if (!has_threads) return;
    for (std::size_t i = 0; i < workers.size(); ++i) {
      threads.emplace_back([this, i] { work(i); });
    }
  }

  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { stop(); }

  std::vector<Worker> make_workers() {
    if (is_together) return {[this](ByteView bytes) { together.update(bytes); }};
    if (is_shared) return {[this](ByteView bytes) { sha512.update(bytes); }};
    return {[this](ByteView bytes) { sha256.update(bytes); },
            [this](ByteView bytes) { sha512.update(bytes); }};
  }

  void work(std::size_t worker) {
    while (const auto bytes = ring.wait_for_full(worker)) {
      workers[worker](*bytes);
      ring.release(worker);
    }
  }

  void stop() {
    ring.close();
    for (std::thread& thread : threads) thread.join();
    threads.clear();
  }

  base::Result<void> push(std::size_t size) {
    ROG_ASSERT(size <= buffer.size());
    const ByteView bytes = ByteView(buffer).first(size);
    buffer = {};
    copied = 0;
    if (size == 0) return {};
    if (!has_threads) workers[0](bytes);
    // Before the caller's own part, so that both go on at once; the bytes stay until the next
    // buffers.
    ring.push(size);
    size_bytes += size;
    if (is_shared) sha256.update(bytes);
    return has_tree ? tree.update(bytes) : base::Result<void>();
  }

  ChunkTreeHasher tree;
  const bool has_tree;
  std::uint64_t size_bytes = 0;
  const bool has_threads;
  /// The caller makes the SHA-256, a thread the SHA-512.
  const bool is_shared;
  /// One loop makes both linear digests.
  const bool is_together;
  detail::LinearDigests together;
  Sha256Stream sha256;
  Sha512Stream sha512;
  const std::vector<Worker> workers;
  BufferRing ring;
  /// The buffer given out, and how much of it update() filled.
  std::span<std::byte> buffer;
  std::size_t copied = 0;
  std::vector<std::thread> threads;
};

ChunkDigester::ChunkDigester() : ChunkDigester(Options{}) {}
ChunkDigester::ChunkDigester(Options options)
    : state_(std::make_unique<State>(std::move(options))) {}
ChunkDigester::ChunkDigester(ChunkDigester&&) noexcept = default;
ChunkDigester& ChunkDigester::operator=(ChunkDigester&&) noexcept = default;
ChunkDigester::~ChunkDigester() = default;

std::span<std::byte> ChunkDigester::next_buffer() {
  ROG_ASSERT(state_->copied == 0);
  state_->buffer = state_->ring.wait_for_free();
  return state_->buffer;
}

base::Result<void> ChunkDigester::push(std::size_t size) {
  return state_->push(size);
}

base::Result<void> ChunkDigester::update(ByteView bytes) {
  while (!bytes.empty()) {
    if (state_->copied == 0) next_buffer();
    const auto free = state_->buffer.subspan(state_->copied);
    const std::size_t size = std::min(free.size(), bytes.size());
    std::copy_n(bytes.begin(), size, free.begin());
    bytes = bytes.subspan(size);
    state_->copied += size;
    if (size == free.size()) ROG_CHECKED(push(state_->buffer.size()));
  }
  return {};
}

base::Result<ContentDigests> ChunkDigester::finish() {
  if (state_->copied > 0) ROG_CHECKED(push(state_->copied));
  state_->stop();
  ROG_CHECKED(state_->tree.finish());
  State& state = *state_;
  return ContentDigests{
      .size_bytes = state.size_bytes,
      .sha256 = state.is_together ? state.together.finish256() : state.sha256.finish(),
      .sha512 = state.is_together ? state.together.finish512() : state.sha512.finish(),
      .tree_root = state.has_tree ? state.tree.root() : Sha256Digest{},
      .chunks = state.tree.chunks()};
}

base::Result<ContentDigests> digest_content(ByteSource& source, ChunkDigester::Options options) {
  ChunkDigester digester(std::move(options));
  for (;;) {
    const std::span<std::byte> buffer = digester.next_buffer();
    ROG_TRY(const std::size_t size, read_fully(source, buffer));
    ROG_CHECKED(digester.push(size));
    if (size < buffer.size()) return digester.finish();
  }
}

}  // namespace rogatory::crypto
