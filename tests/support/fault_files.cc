// SPDX-License-Identifier: EUPL-1.2

#include "support/fault_files.h"

#include <algorithm>
#include <utility>

namespace rogatory::test {

using base::Error;
using base::ErrorCode;
using base::Result;
using Bytes = std::vector<std::byte>;
namespace fs = std::filesystem;

namespace {

Error failure(ErrorCode code, const char* message, const fs::path& path) {
  return {.code = code, .message = message, .context = {}, .place = {.file = path.string()}};
}

Error planned_failure(const fs::path& path) {
  return failure(ErrorCode::kIo, "failed on purpose", path);
}

}  // namespace

/// A file or a folder, as it is and as it is on the disk.
struct FaultFiles::Node {
  bool is_folder = false;
  Names names;
  Names durable_names;
  Bytes bytes;
  Bytes durable_bytes;
  /// Bytes from here on will be written by the next sync: what a failed sync dropped is behind it.
  std::size_t dirty_from = 0;
};

class FaultFiles::HeldLock final : public storage::FileLock {
 public:
  HeldLock(FaultFiles& files, std::string path) : files_(&files), path_(std::move(path)) {}
  ~HeldLock() override { files_->locks_.erase(path_); }

 private:
  FaultFiles* files_;
  std::string path_;
};

class FaultFiles::OpenFile final : public storage::AppendFile {
 public:
  OpenFile(FaultFiles& files, NodePtr node, fs::path path)
      : files_(&files), node_(std::move(node)), path_(std::move(path)) {}

  Result<void> append(std::span<const std::byte> bytes) override {
    const Turn turn = files_->next();
    if (turn.is_half) bytes = bytes.first(bytes.size() / 2);
    if (turn.does_work) node_->bytes.insert(node_->bytes.end(), bytes.begin(), bytes.end());
    if (!turn.says_ok) return planned_failure(path_);
    return {};
  }

  Result<void> sync() override {
    const Turn turn = files_->next();
    Bytes& durable = node_->durable_bytes;
    const std::size_t size = node_->bytes.size();
    // A power loss after the call leaves what the call did; an error drops it.
    if (turn.says_ok || (turn.does_work && files_->is_stopped_)) {
      durable.resize(size);
      std::copy(node_->bytes.begin() + static_cast<std::ptrdiff_t>(node_->dirty_from),
                node_->bytes.end(),
                durable.begin() + static_cast<std::ptrdiff_t>(node_->dirty_from));
    }
    if (turn.does_work) node_->dirty_from = size;
    if (!turn.says_ok) return planned_failure(path_);
    return {};
  }

 private:
  FaultFiles* files_;
  NodePtr node_;
  fs::path path_;
};

FaultFiles::FaultFiles() : top_(std::make_shared<Node>()) {
  top_->is_folder = true;
}

FaultFiles::~FaultFiles() = default;

void FaultFiles::plan(std::size_t call, Fault fault) {
  plan_nothing();
  planned_ = call;
  fault_ = fault;
}

void FaultFiles::plan_nothing() {
  planned_.reset();
  calls_ = 0;
  has_failed_ = false;
}

FaultFiles::Turn FaultFiles::next() {
  const bool is_now = planned_ && *planned_ == calls_;
  ++calls_;
  if (is_stopped_) return {.does_work = false, .says_ok = false};
  if (!is_now) return {};
  has_failed_ = true;
  switch (fault_) {
    case Fault::kFails:
      return {.does_work = false, .says_ok = false};
    case Fault::kFailsAfterwards:
      return {.does_work = true, .says_ok = false};
    case Fault::kFailsHalfway:
      return {.does_work = true, .says_ok = false, .is_half = true};
    case Fault::kStops:
      is_stopped_ = true;
      return {.does_work = false, .says_ok = false};
    case Fault::kStopsAfterwards:
      is_stopped_ = true;
      return {.does_work = true, .says_ok = false};
  }
  return {};
}

FaultFiles::NodePtr FaultFiles::find(const fs::path& path) const {
  NodePtr at = top_;
  for (const fs::path& part : path.relative_path()) {
    if (part.empty() || part == ".") continue;
    const auto found = at->names.find(part.string());
    if (found == at->names.end()) return nullptr;
    at = found->second;
  }
  return at;
}

Result<std::unique_ptr<storage::AppendFile>> FaultFiles::create(const fs::path& path) {
  const Turn turn = next();
  const NodePtr folder = find(path.parent_path());
  if (!folder) return failure(ErrorCode::kNotFound, "no such folder", path);
  NodePtr node = find(path);
  if (turn.does_work) {
    if (!node) node = folder->names[path.filename().string()] = std::make_shared<Node>();
    node->bytes.clear();
    node->dirty_from = 0;
  }
  if (!turn.says_ok) return planned_failure(path);
  return std::unique_ptr<storage::AppendFile>(std::make_unique<OpenFile>(*this, node, path));
}

Result<Bytes> FaultFiles::read(const fs::path& path, std::size_t max_bytes) {
  const Turn turn = next();
  if (!turn.says_ok) return planned_failure(path);
  const NodePtr node = find(path);
  if (!node || node->is_folder) return failure(ErrorCode::kNotFound, "no such file", path);
  if (node->bytes.size() > max_bytes) return failure(ErrorCode::kLimit, "too large", path);
  return node->bytes;
}

Result<void> FaultFiles::rename(const fs::path& from, const fs::path& to) {
  const Turn turn = next();
  const NodePtr node = find(from);
  if (!node) return failure(ErrorCode::kNotFound, "no such file", from);
  if (turn.does_work) {
    find(from.parent_path())->names.erase(from.filename().string());
    find(to.parent_path())->names[to.filename().string()] = node;
  }
  if (!turn.says_ok) return planned_failure(from);
  return {};
}

Result<void> FaultFiles::remove(const fs::path& path) {
  const Turn turn = next();
  const NodePtr node = find(path);
  if (!node) return failure(ErrorCode::kNotFound, "no such file", path);
  if (!node->names.empty()) return failure(ErrorCode::kIo, "the folder is not empty", path);
  if (turn.does_work) find(path.parent_path())->names.erase(path.filename().string());
  if (!turn.says_ok) return planned_failure(path);
  return {};
}

Result<void> FaultFiles::make_folder(const fs::path& path) {
  const Turn turn = next();
  const NodePtr above = find(path.parent_path());
  if (!above) return failure(ErrorCode::kNotFound, "no such folder", path);
  if (turn.does_work && !find(path)) {
    auto node = std::make_shared<Node>();
    node->is_folder = true;
    above->names[path.filename().string()] = std::move(node);
  }
  if (!turn.says_ok) return planned_failure(path);
  return {};
}

Result<void> FaultFiles::sync_folder(const fs::path& path) {
  const Turn turn = next();
  const NodePtr node = find(path);
  if (!node) return failure(ErrorCode::kNotFound, "no such folder", path);
  if (turn.says_ok || (turn.does_work && is_stopped_)) node->durable_names = node->names;
  if (!turn.says_ok) return planned_failure(path);
  return {};
}

Result<std::vector<std::string>> FaultFiles::list(const fs::path& path) {
  const Turn turn = next();
  if (!turn.says_ok) return planned_failure(path);
  const NodePtr node = find(path);
  if (!node || !node->is_folder) return failure(ErrorCode::kNotFound, "no such folder", path);
  std::vector<std::string> names;
  for (const auto& [name, child] : node->names) names.push_back(name);
  return names;
}

Result<bool> FaultFiles::exists(const fs::path& path) {
  const Turn turn = next();
  if (!turn.says_ok) return planned_failure(path);
  return find(path) != nullptr;
}

Result<std::unique_ptr<storage::FileLock>> FaultFiles::lock(const fs::path& path) {
  const Turn turn = next();
  if (!turn.says_ok) return planned_failure(path);
  const NodePtr folder = find(path.parent_path());
  if (!folder) return failure(ErrorCode::kNotFound, "no such folder", path);
  if (!find(path)) folder->names[path.filename().string()] = std::make_shared<Node>();
  if (!locks_.insert(path.string()).second) {
    return failure(ErrorCode::kConflict, "another program is writing here", path);
  }
  return std::unique_ptr<storage::FileLock>(std::make_unique<HeldLock>(*this, path.string()));
}

void FaultFiles::restart_node(Node& node, Restart how, std::set<const Node*>& seen) {
  if (!seen.insert(&node).second) return;
  const bool drops_names = how == Restart::kDropsAll || how == Restart::kKeepsData;
  if (drops_names) node.names = node.durable_names;
  switch (how) {
    case Restart::kDropsAll:
    case Restart::kKeepsNames:
      node.bytes = node.durable_bytes;
      break;
    case Restart::kKeepsHalf: {
      const std::size_t size = node.bytes.size();
      const std::size_t durable = std::min(size, node.durable_bytes.size());
      Bytes found(node.durable_bytes.begin(),
                  node.durable_bytes.begin() + static_cast<std::ptrdiff_t>(durable));
      const std::size_t half = durable + (size - durable) / 2;
      found.insert(found.end(), node.bytes.begin() + static_cast<std::ptrdiff_t>(durable),
                   node.bytes.begin() + static_cast<std::ptrdiff_t>(half));
      found.resize(size);
      node.bytes = std::move(found);
      break;
    }
    case Restart::kKeepsAll:
    case Restart::kKeepsData:
      break;
  }
  // When the system lives on, what a failed flush dropped is still shown, and still not written.
  if (how != Restart::kKeepsAll) {
    node.durable_names = node.names;
    node.durable_bytes = node.bytes;
    node.dirty_from = node.bytes.size();
  }
  for (const auto& [name, child] : node.names) restart_node(*child, how, seen);
}

void FaultFiles::restart(Restart how) {
  is_stopped_ = false;
  plan_nothing();
  locks_.clear();
  std::set<const Node*> seen;
  restart_node(*top_, how, seen);
}

FaultFiles::NodePtr FaultFiles::copy_of(const Node& node, std::map<const Node*, NodePtr>& copies) {
  NodePtr& made = copies[&node];
  if (made) return made;
  made = std::make_shared<Node>(node);
  const NodePtr result = made;
  for (auto& [name, child] : result->names) child = copy_of(*child, copies);
  for (auto& [name, child] : result->durable_names) child = copy_of(*child, copies);
  return result;
}

std::unique_ptr<FaultFiles> FaultFiles::copy() const {
  auto other = std::make_unique<FaultFiles>();
  std::map<const Node*, NodePtr> copies;
  other->top_ = copy_of(*top_, copies);
  return other;
}

}  // namespace rogatory::test
