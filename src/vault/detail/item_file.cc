// SPDX-License-Identifier: EUPL-1.2
#include "vault/detail/item_file.h"

#include "vault/detail/inside.h"

namespace rogatory::vault::detail {
namespace {

using base::ErrorCode;
using base::Result;
using storage::Bytes;
using storage::FileSink;
using storage::FileSource;

/// The largest header of an item's own file: one stanza for its key.
constexpr std::size_t kMaxItemHeaderBytes = 4096;

/// Key and nonce of a sealed file that was begun.
struct Begun {
  crypto::SecretBytes file_key;
  Bytes nonce;
  std::uint64_t payload_start = 0;
};

/// Nothing when so little of the file is there that it is begun anew.
Result<std::optional<Begun>> read_begun(const std::filesystem::path& path,
                                        const crypto::SecretBytes& item_key) {
  auto source = FileSource::open(path);
  if (!source.ok()) {
    if (source.error().code == ErrorCode::kNotFound) return std::optional<Begun>();
    return source.take_error();
  }
  Bytes bytes(kMaxItemHeaderBytes);
  ROG_TRY(const std::size_t size, crypto::read_fully(*source, bytes));
  bytes.resize(size);
  const auto header = crypto::parse_age_header(bytes);
  if (!header.ok() || header->size_bytes + crypto::kAgeNonceBytes > size) {
    return std::optional<Begun>();
  }
  std::vector<crypto::AgeIdentity> identities;
  identities.emplace_back(item_identity(item_key));
  auto file_key = crypto::unwrap_age_header(*header, identities);
  if (!file_key.ok()) return std::optional<Begun>();
  const auto nonce = bytes.begin() + static_cast<std::ptrdiff_t>(header->size_bytes);
  Begun begun{.file_key = file_key.take(),
              .nonce = Bytes(nonce, nonce + crypto::kAgeNonceBytes),
              .payload_start = header->size_bytes + crypto::kAgeNonceBytes};
  return std::optional<Begun>(std::move(begun));
}

/// A file sealed under the item's key from its beginning.
Result<crypto::AgeWriter> start_sealing(const crypto::SecretBytes& item_key, FileSink& sink) {
  std::vector<crypto::AgeRecipient> recipients;
  recipients.emplace_back(item_recipient(item_key));
  return crypto::AgeWriter::start(recipients, sink);
}

}  // namespace

Result<std::unique_ptr<ItemWriter>> ItemWriter::start(const std::filesystem::path& path,
                                                      const crypto::SecretBytes& item_key) {
  ROG_TRY(std::optional<Begun> begun, read_begun(path, item_key));
  const auto how = begun ? storage::Existing::kCompare : storage::Existing::kReplace;
  ROG_TRY(FileSink sink, FileSink::open(path, how, begun ? begun->payload_start : 0));
  std::unique_ptr<ItemWriter> out(new ItemWriter(std::move(sink)));
  if (begun) {
    out->writer_.emplace(crypto::AgeWriter::restart(begun->file_key, begun->nonce, out->sink_));
    return out;
  }
  ROG_TRY(crypto::AgeWriter writer, start_sealing(item_key, out->sink_));
  out->writer_.emplace(std::move(writer));
  return out;
}

Result<void> ItemWriter::finish() {
  ROG_CHECKED(writer_->finish());
  return sink_.finish();
}

}  // namespace rogatory::vault::detail
