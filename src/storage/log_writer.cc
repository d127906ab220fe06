// SPDX-License-Identifier: EUPL-1.2

#include "storage/log_writer.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "crypto/hash_tree.h"
#include "storage/detail/log_folder.h"
#include "tlog/tile.h"

namespace rogatory::storage {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using Bytes = std::vector<std::byte>;
using Clock = std::chrono::steady_clock;

/// About how long a thread takes from being answered to appending again.
constexpr Clock::duration kTimeToReturn = std::chrono::microseconds(5);
/// A wait for others may take one in so many parts of a flush.
constexpr int kWorthOfFlush = 4;

/// What one thread appends.
struct Request {
  Bytes payload;
  std::vector<tlog::Hash> leaves;
};

/// What is written together. Of the threads that share it the first to come is its leader: it waits
/// for its turn and writes; the others wait for the one word `is_answered`, so that none needs a
/// lock to be told, and whoever writes next need not wait until all are told.
struct SharedFlush {
  std::vector<detail::Group> groups;
  std::size_t bytes = 0;
  std::uint64_t entries = 0;
  bool has_turn = false;
  std::condition_variable turn;

  // Set before is_answered.
  std::uint64_t first = 0;
  std::optional<Error> error;
  std::atomic<std::uint32_t> is_answered = 0;
};

}  // namespace

class LogWriter::Impl {
 public:
  explicit Impl(std::unique_ptr<detail::LogFolder> log)
      : log_(std::move(log)), acknowledged_(log_->size()) {}

  Result<std::uint64_t> append(const Request& request) {
    std::unique_lock lock(mutex_);
    const bool is_leader = opens_batch(request);
    if (is_leader) queue_.push_back(std::make_shared<SharedFlush>());
    // Held: the leader forgets the batch before the last of its threads has read the answer.
    const std::shared_ptr<SharedFlush> batch = queue_.back();
    const std::uint64_t offset = batch->entries;
    batch->groups.push_back({.payload = request.payload, .leaves = request.leaves});
    batch->bytes += request.payload.size();
    batch->entries += request.leaves.size();
    if (is_leader) {
      lead(lock, *batch);
    } else {
      lock.unlock();
      batch->is_answered.wait(0);
    }
    if (batch->error) return *batch->error;
    return batch->first + offset;
  }

  /// Runs `work` on the folder while nobody writes.
  template <typename Work>
  auto alone(Work work) -> decltype(work(std::declval<detail::LogFolder&>())) {
    {
      std::unique_lock lock(mutex_);
      ++waiting_alone_;
      idle_.wait(lock, [&] { return !is_busy_; });
      --waiting_alone_;
      is_busy_ = true;
    }
    auto result = work(*log_);
    const std::unique_lock lock(mutex_);
    pass_turn();
    return result;
  }

  std::uint64_t size() const {
    const std::unique_lock lock(mutex_);
    return acknowledged_;
  }

  const std::string& origin() const { return log_->origin(); }

 private:
  /// Whether it is the first of a new batch.
  bool opens_batch(const Request& request) const {
    return queue_.empty() || queue_.back()->bytes + request.payload.size() > kMaxBatchBytes;
  }

  /// Writes and flushes the batch, the first in the queue when its turn comes, and answers all who
  /// share it. Called with the lock held and left without it.
  void lead(std::unique_lock<std::mutex>& lock, SharedFlush& batch) {
    if (is_busy_ || waiting_alone_ > 0 || queue_.size() > 1) {
      batch.turn.wait(lock, [&] { return batch.has_turn; });
    }
    is_busy_ = true;
    wait_for_others(lock, batch);
    // From here on nobody joins it.
    queue_.pop_front();
    last_entries_ = batch.groups.size();
    lock.unlock();
    const auto start = Clock::now();
    const auto written = log_->write(batch.groups);
    const auto end = Clock::now();
    if (written.ok()) {
      batch.first = *written;
    } else {
      batch.error = written.error();
    }
    lock.lock();
    last_flush_ = end - start;
    if (written.ok()) acknowledged_ = batch.first + batch.entries;
    pass_turn();
    lock.unlock();
    batch.is_answered = 1;
    batch.is_answered.notify_all();
  }

  /// Threads that were answered a moment ago are about to append again. Waiting for them lets more
  /// share a flush, which pays where a flush takes long; where it is short, or where they are many,
  /// the disk would only idle. Whoever appends alone does not wait.
  void wait_for_others(std::unique_lock<std::mutex>& lock, const SharedFlush& batch) {
    if (batch.groups.size() >= last_entries_) return;
    const auto expected = kTimeToReturn * (last_entries_ - batch.groups.size());
    if (expected > last_flush_ / kWorthOfFlush) return;
    const auto start = Clock::now();
    do {
      lock.unlock();
      std::this_thread::yield();
      lock.lock();
    } while (batch.groups.size() < last_entries_ && Clock::now() - start < expected);
  }

  /// Those who need the folder alone go first: appending threads come again and again.
  void pass_turn() {
    if (waiting_alone_ == 0 && !queue_.empty()) {
      queue_.front()->has_turn = true;
      queue_.front()->turn.notify_one();
      return;
    }
    is_busy_ = false;
    idle_.notify_one();
  }

  // Used only by the thread whose turn it is.
  std::unique_ptr<detail::LogFolder> log_;

  mutable std::mutex mutex_;
  // Guarded by mutex_.
  std::condition_variable idle_;
  std::deque<std::shared_ptr<SharedFlush>> queue_;
  bool is_busy_ = false;
  int waiting_alone_ = 0;
  std::size_t last_entries_ = 0;
  Clock::duration last_flush_ = {};
  std::uint64_t acknowledged_;
};

namespace {

/// Hashing is done by the thread that appends, before it waits.
Result<void> add_entry(Request& request, std::span<const std::byte> entry) {
  ROG_CHECKED(tlog::append_to_bundle(entry, request.payload));
  if (request.payload.size() > kMaxBatchBytes) {
    return Error{.code = ErrorCode::kLimit,
                 .message = "more than " + std::to_string(kMaxBatchBytes) +
                            " bytes cannot be appended at once",
                 .context = {},
                 .place = {}};
  }
  request.leaves.push_back(crypto::leaf_hash(entry));
  return {};
}

}  // namespace

LogWriter::LogWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LogWriter::~LogWriter() = default;

Result<void> LogWriter::init(Files& files, const std::filesystem::path& folder,
                             std::string_view origin) {
  return detail::LogFolder::init(files, folder, origin);
}

Result<std::unique_ptr<LogWriter>> LogWriter::open(Files& files,
                                                   const std::filesystem::path& folder,
                                                   const std::filesystem::path& signed_record) {
  ROG_TRY(auto log, detail::LogFolder::open(files, folder, signed_record));
  return std::unique_ptr<LogWriter>(new LogWriter(std::make_unique<Impl>(std::move(log))));
}

Result<Appended> LogWriter::append(std::span<const std::byte> entry) {
  Request request;
  ROG_CHECKED(add_entry(request, entry));
  ROG_TRY(const std::uint64_t index, impl_->append(request));
  return Appended{.index = index, .leaf = request.leaves[0]};
}

Result<std::vector<Appended>> LogWriter::append_all(std::span<const Bytes> entries) {
  Request request;
  for (const Bytes& entry : entries) ROG_CHECKED(add_entry(request, entry));
  std::vector<Appended> appended;
  if (entries.empty()) return appended;
  ROG_TRY(const std::uint64_t first, impl_->append(request));
  for (std::size_t i = 0; i < entries.size(); ++i) {
    appended.push_back({.index = first + i, .leaf = request.leaves[i]});
  }
  return appended;
}

Result<tlog::TreeHead> LogWriter::integrate() {
  return impl_->alone([](detail::LogFolder& log) { return log.integrate(); });
}

Result<std::string> LogWriter::publish(std::span<const tlog::NoteSigner> signers,
                                       std::uint64_t timestamp) {
  return impl_->alone([&](detail::LogFolder& log) { return log.publish(signers, timestamp); });
}

Result<void> LogWriter::replace_checkpoint(const tlog::Note& note) {
  return impl_->alone([&](detail::LogFolder& log) { return log.replace_checkpoint(note); });
}

const std::string& LogWriter::origin() const {
  return impl_->origin();
}

std::uint64_t LogWriter::size() const {
  return impl_->size();
}

}  // namespace rogatory::storage
