// SPDX-License-Identifier: EUPL-1.2
#include "vault/endorsements.h"

#include <fmt/format.h>

#include <algorithm>

#include "crypto/bytes.h"
#include "vault/detail/inside.h"

namespace rogatory::vault {
namespace {

using base::ErrorCode;
using base::Result;
using detail::failure;

/// More than a policy or a token needs.
constexpr std::size_t kMaxSmallFileBytes = std::size_t{1} << 20U;
/// As many digits of the digest of a checkpoint as tell its tokens from those over another.
constexpr std::size_t kCheckpointDigits = 16;
constexpr std::string_view kTokenSuffix = ".tsr";

std::filesystem::path tokens_of(const std::filesystem::path& folder) {
  return folder / "tokens";
}

bool is_over(std::span<const std::byte> token, const crypto::KnownDigests& content) {
  const auto described = crypto::describe_timestamp(token);
  if (!described.ok() || !described->imprint) return false;
  const crypto::MessageDigest* const known = content.find(described->imprint->algorithm);
  return known != nullptr && *known == *described->imprint;
}

std::vector<tlog::VerifierKey> keys_of(const tlog::Policy& policy) {
  std::vector<tlog::VerifierKey> keys;
  for (const tlog::PolicyLog& log : policy.logs()) keys.push_back(log.key);
  for (const tlog::PolicyWitness& witness : policy.witnesses()) keys.push_back(witness.key);
  return keys;
}

}  // namespace

Result<std::string> Endorsements::policy() {
  ROG_TRY(const std::vector<std::byte> bytes, files_.read(folder_ / "policy", kMaxSmallFileBytes));
  return std::string(crypto::as_text(bytes));
}

Result<void> Endorsements::set_policy(std::string_view text) {
  ROG_TRY(const tlog::Policy parsed, tlog::Policy::parse(text));
  const bool has_log = std::any_of(parsed.logs().begin(), parsed.logs().end(),
                                   [&](const auto& log) { return log.key == log_key_; });
  if (!has_log) {
    return failure(
        ErrorCode::kInvalidArgument,
        "the policy does not name this vault's log; its line is `log " + log_key_.to_text() + "`");
  }
  return storage::write_durable(files_, folder_ / "policy", crypto::as_bytes(text));
}

Result<tlog::Note> Endorsements::add_cosignatures(std::span<const tlog::NoteSignature> lines) {
  ROG_TRY(const std::string text, policy());
  ROG_TRY(const tlog::Policy parsed, tlog::Policy::parse(text));
  const std::vector<tlog::VerifierKey> keys = keys_of(parsed);
  ROG_TRY(const std::string last, log_.checkpoint());
  ROG_TRY(tlog::Note note, tlog::Note::parse(last));
  for (const tlog::NoteSignature& line : lines) {
    const bool is_known = std::any_of(keys.begin(), keys.end(), [&line](const auto& key) {
      return key.name() == line.name && key.id() == line.key_id;
    });
    if (!is_known) {
      return failure(ErrorCode::kInvalidArgument,
                     fmt::format("the policy does not know the key of `{}`", line.name));
    }
    const bool is_there =
        std::find(note.signatures.begin(), note.signatures.end(), line) != note.signatures.end();
    if (!is_there) note.signatures.push_back(line);
  }
  ROG_CHECKED(tlog::verify_note(note, keys));
  ROG_CHECKED(log_.replace_checkpoint(note));
  return note;
}

Result<void> Endorsements::found_record(std::string_view note) {
  ROG_TRY(const tlog::Note parsed, tlog::Note::parse(note));
  ROG_CHECKED(tlog::verify_note(parsed, std::span(&log_key_, 1)));
  ROG_TRY(const tlog::Checkpoint last, tlog::Checkpoint::parse(parsed.text));
  if (last.origin != log_key_.name()) {
    return failure(ErrorCode::kLint, fmt::format("the checkpoint is of `{}`, not of this vault's "
                                                 "log `{}`",
                                                 last.origin, log_key_.name()));
  }
  return log_.found_record(last);
}

Result<tlog::VerifiedCheckpoint> Endorsements::check() {
  ROG_TRY(const std::string text, policy());
  ROG_TRY(const tlog::Policy parsed, tlog::Policy::parse(text));
  ROG_TRY(const std::string last, log_.checkpoint());
  ROG_TRY(const tlog::Note note, tlog::Note::parse(last));
  return parsed.check(note);
}

Result<std::vector<std::byte>> Endorsements::timestamp_request() {
  ROG_TRY(const std::string last, log_.checkpoint());
  return crypto::TimestampRequest::make(
             crypto::message_digest(crypto::DigestAlgorithm::kSha512, crypto::as_bytes(last)))
      .der();
}

Result<crypto::TimestampReport> Endorsements::add_timestamp(std::string_view name,
                                                            std::span<const std::byte> reply,
                                                            const crypto::TrustStore& trust) {
  ROG_TRY(const std::string last, log_.checkpoint());
  const std::string which =
      crypto::sha256(crypto::as_bytes(last)).hex().substr(0, kCheckpointDigits);
  const std::string full_name = fmt::format("{}-{}", name, which);
  if (name.empty() || !package::is_token_name(full_name)) {
    return failure(ErrorCode::kInvalidArgument,
                   "the name of a time stamp has 1 to 47 characters of a-z, 0-9 and -");
  }
  ROG_TRY(const std::vector<std::byte> token, crypto::parse_timestamp_reply(reply));
  const crypto::KnownDigests content = crypto::KnownDigests::of(last);
  crypto::TimestampReport report =
      crypto::verify_timestamp(token, {.content = content, .trust = trust});
  if (!report.holds()) {
    return failure(ErrorCode::kLint, "the time stamp does not hold for the last checkpoint: " +
                                         crypto::to_string(report.findings));
  }
  const std::filesystem::path folder = tokens_of(folder_);
  const std::filesystem::path path = folder / (full_name + std::string(kTokenSuffix));
  ROG_CHECKED(storage::make_folders(files_, folder_, folder));
  ROG_TRY(const bool is_there, files_.exists(path));
  if (is_there) {
    return failure(ErrorCode::kConflict,
                   fmt::format("there is a time stamp `{}` over this checkpoint", name));
  }
  ROG_CHECKED(storage::write_durable(files_, path, token));
  return report;
}

Result<std::vector<package::BundleToken>> Endorsements::tokens_over(std::string_view checkpoint) {
  std::vector<package::BundleToken> tokens;
  ROG_TRY(const bool has_any, files_.exists(tokens_of(folder_)));
  if (!has_any) return tokens;
  const crypto::KnownDigests content = crypto::KnownDigests::of(checkpoint);
  ROG_TRY(const std::vector<std::string> names, files_.list(tokens_of(folder_)));
  for (const std::string& name : names) {
    if (!name.ends_with(kTokenSuffix) || tokens.size() == package::kMaxBundleTokens) continue;
    ROG_TRY(const std::vector<std::byte> token,
            files_.read(tokens_of(folder_) / name, crypto::kMaxTimestampBytes));
    if (!is_over(token, content)) continue;
    tokens.push_back({.name = name.substr(0, name.size() - kTokenSuffix.size()),
                      .der = std::string(crypto::as_text(token))});
  }
  return tokens;
}

}  // namespace rogatory::vault
