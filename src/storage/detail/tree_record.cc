// SPDX-License-Identifier: EUPL-1.2

#include "storage/detail/tree_record.h"

#include <string>
#include <utility>

#include "tlog/note.h"

namespace rogatory::storage::detail {

using base::Result;

Result<std::optional<tlog::Checkpoint>> read_tree_record(Files& files,
                                                         const std::filesystem::path& path,
                                                         std::string_view title) {
  auto bytes = files.read(path, tlog::kMaxNoteBytes);
  if (!bytes.ok() && bytes.error().code == base::ErrorCode::kNotFound) {
    return std::optional<tlog::Checkpoint>();
  }
  if (!bytes.ok()) return bytes.take_error();
  std::string_view text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  const std::string first = std::string(title) + '\n';
  if (!text.starts_with(first)) {
    return base::Error{.code = base::ErrorCode::kParse,
                       .message = "the file does not start with `" + std::string(title) + "`",
                       .context = {},
                       .place = {.file = path.string()}};
  }
  text.remove_prefix(first.size());
  auto checkpoint = tlog::Checkpoint::parse(text);
  if (!checkpoint.ok())
    return checkpoint.take_error().with_context("while reading " + path.string());
  return std::optional(checkpoint.take());
}

Result<std::optional<tlog::Checkpoint>> read_published(const TileFolder& folder) {
  const auto text = folder.read_checkpoint();
  if (!text.ok() && text.error().code == base::ErrorCode::kNotFound) {
    return std::optional<tlog::Checkpoint>();
  }
  if (!text.ok()) return text.error();
  const std::string where = "while reading " + (folder.folder() / "checkpoint").string();
  auto note = tlog::Note::parse(*text);
  if (!note.ok()) return note.take_error().with_context(where);
  auto checkpoint = tlog::Checkpoint::parse(note->text);
  if (!checkpoint.ok()) return checkpoint.take_error().with_context(where);
  return std::optional(checkpoint.take());
}

Result<void> write_tree_record(Files& files, const std::filesystem::path& path,
                               std::string_view title, const tlog::Checkpoint& checkpoint) {
  const std::string text = std::string(title) + '\n' + checkpoint.to_text();
  return write_durable(files, path, std::as_bytes(std::span(text)));
}

}  // namespace rogatory::storage::detail
