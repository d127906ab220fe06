// SPDX-License-Identifier: EUPL-1.2

#include "storage/files.h"

namespace rogatory::storage {

using base::Result;
namespace fs = std::filesystem;

namespace {

/// What a file is called until it is whole.
fs::path unfinished(const fs::path& path) {
  fs::path name = path;
  name += ".new";
  return name;
}

Result<void> write_unfinished(Files& files, const fs::path& path,
                              std::span<const std::byte> bytes) {
  ROG_TRY(const auto file, files.create(unfinished(path)));
  ROG_CHECKED(file->append(bytes));
  return file->sync();
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

}  // namespace

Result<void> make_folders(Files& files, const fs::path& top, const fs::path& folder) {
  fs::path at = top;
  for (const fs::path& part : folder.lexically_relative(top)) {
    if (part == ".") continue;
    const fs::path above = at;
    at /= part;
    ROG_TRY(const bool is_there, files.exists(at));
    if (!is_there) {
      ROG_CHECKED(files.make_folder(at));
    }
    // Also where it is there: whoever made it may have been stopped before this.
    ROG_CHECKED(files.sync_folder(above));
  }
  return {};
}

Result<void> make_durable_folder(Files& files, const fs::path& folder) {
  fs::path path = folder;
  while (!path.has_filename() && path.has_relative_path()) path = path.parent_path();
  ROG_CHECKED(files.make_folder(path));
  return files.sync_folder(folder_of(path));
}

Result<void> DurableBatch::add(const fs::path& path, std::span<const std::byte> bytes) {
  const fs::path folder = path.parent_path();
  if (!folders_.contains(folder)) {
    ROG_CHECKED(make_folders(*files_, top_, folder));
    folders_.insert(folder);
  }
  ROG_CHECKED(write_unfinished(*files_, path, bytes));
  paths_.push_back(path);
  return {};
}

Result<void> DurableBatch::finish() {
  for (const fs::path& path : paths_) ROG_CHECKED(files_->rename(unfinished(path), path));
  for (const fs::path& folder : folders_) ROG_CHECKED(files_->sync_folder(folder));
  paths_.clear();
  return {};
}

Result<void> write_durable(Files& files, const fs::path& path, std::span<const std::byte> bytes) {
  ROG_CHECKED(write_unfinished(files, path, bytes));
  ROG_CHECKED(files.rename(unfinished(path), path));
  return files.sync_folder(folder_of(path));
}

}  // namespace rogatory::storage
