// SPDX-License-Identifier: EUPL-1.2

#include "storage/log_writer.h"

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

/// What one thread waits for.
struct Request {
  Bytes payload;
  std::vector<tlog::Hash> leaves;
  std::uint64_t first = 0;
  std::optional<Error> error;
  bool is_done = false;
  /// This thread is to write for all that wait.
  bool has_turn = false;
  std::condition_variable ready;
};

}  // namespace

class LogWriter::Impl {
 public:
  explicit Impl(std::unique_ptr<detail::LogFolder> log)
      : log_(std::move(log)), acknowledged_(log_->size()) {}

  Result<std::uint64_t> append(Request& request) {
    std::unique_lock lock(mutex_);
    queue_.push_back(&request);
    if (is_busy_) {
      request.ready.wait(lock, [&] { return request.is_done || request.has_turn; });
    }
    if (!request.is_done) {
      is_busy_ = true;
      wait_for_others(lock);
      // Who comes while nobody writes may find others before it that fill a batch.
      while (!request.is_done) write_queue(lock);
      pass_turn();
    }
    if (request.error) return *request.error;
    return request.first;
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
  /// Threads that were answered a moment ago are about to append again: one turn of the processor
  /// for them lets many share this flush. Whoever appends alone does not wait.
  void wait_for_others(std::unique_lock<std::mutex>& lock) {
    if (queue_.size() >= last_batch_) return;
    lock.unlock();
    std::this_thread::yield();
    lock.lock();
  }

  /// Writes and flushes what waits, together. Called and left with the lock held.
  void write_queue(std::unique_lock<std::mutex>& lock) {
    const std::vector<Request*> batch = take_batch();
    last_batch_ = batch.size();
    lock.unlock();
    std::vector<detail::Group> groups;
    groups.reserve(batch.size());
    for (const Request* request : batch) {
      groups.push_back({.payload = request->payload, .leaves = request->leaves});
    }
    const auto written = log_->write(groups);
    lock.lock();
    std::uint64_t next = written.ok() ? *written : 0;
    for (Request* request : batch) {
      request->first = next;
      next += request->leaves.size();
      if (!written.ok()) request->error = written.error();
      request->is_done = true;
      request->ready.notify_one();
    }
    if (written.ok()) acknowledged_ = next;
  }

  /// What waits, in order, up to kMaxBatchBytes.
  std::vector<Request*> take_batch() {
    std::vector<Request*> batch;
    std::size_t bytes = 0;
    while (!queue_.empty()) {
      bytes += queue_.front()->payload.size();
      if (!batch.empty() && bytes > kMaxBatchBytes) break;
      batch.push_back(queue_.front());
      queue_.pop_front();
    }
    return batch;
  }

  /// Those who need the folder alone go first: appending threads come again and again.
  void pass_turn() {
    if (waiting_alone_ == 0 && !queue_.empty()) {
      queue_.front()->has_turn = true;
      queue_.front()->ready.notify_one();
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
  std::deque<Request*> queue_;
  bool is_busy_ = false;
  int waiting_alone_ = 0;
  std::size_t last_batch_ = 0;
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
