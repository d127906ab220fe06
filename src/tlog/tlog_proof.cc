// SPDX-License-Identifier: EUPL-1.2

#include "tlog/tlog_proof.h"

#include <utility>

#include "base/text.h"
#include "crypto/bytes.h"
#include "tlog/detail/lines.h"
#include "tlog/detail/refuse.h"

namespace rogatory::tlog {
namespace {

using base::Result;
using detail::malformed;

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";
/// Base64 makes four characters of three bytes; the head has few other lines.
constexpr std::size_t kMaxHeadBytes = kMaxProofExtraBytes * 4 / 3 + std::size_t{8} * 1024;

Result<std::vector<std::byte>> parse_extra(std::string_view text) {
  auto bytes = crypto::parse_base64(text);
  if (!bytes.ok()) return malformed("the extra data is not standard base64");
  if (bytes->size() > kMaxProofExtraBytes) return detail::too_much("the extra data is too long");
  return bytes;
}

}  // namespace

Result<TlogProof> TlogProof::parse(std::string_view text) {
  ROG_TRY(const detail::HeadAndNote parts, detail::split_head(text, kMaxHeadBytes));
  std::span<const std::string_view> lines = parts.head;
  if (lines[0] != kFirstLine) return malformed("this is no c2sp.org/tlog-proof@v1");
  lines = lines.subspan(1);
  TlogProof proof;
  if (!lines.empty() && lines[0].starts_with(kExtra)) {
    ROG_TRY(proof.extra, parse_extra(lines[0].substr(kExtra.size())));
    lines = lines.subspan(1);
  }
  if (lines.empty() || !lines[0].starts_with(kIndex)) {
    return malformed("the proof has no line `index`");
  }
  ROG_TRY(proof.index, parse_decimal(lines[0].substr(kIndex.size()), "the index"));
  ROG_TRY(proof.path, detail::parse_hash_lines(lines.subspan(1), kMaxProofHashes));
  ROG_TRY(proof.checkpoint, Note::parse(parts.note));
  ROG_CHECKED(Checkpoint::parse(proof.checkpoint.text));
  return proof;
}

std::string TlogProof::to_text() const {
  std::string text = std::string(kFirstLine) + '\n';
  if (extra) text += std::string(kExtra) + crypto::base64(*extra) + '\n';
  text += std::string(kIndex) + std::to_string(index) + '\n';
  for (const Hash& hash : path) text += hash_text(hash) + '\n';
  return text + '\n' + checkpoint.to_text();
}

Result<VerifiedProof> verify_tlog_proof(const TlogProof& proof, const Hash& leaf,
                                        const Policy& policy) {
  ROG_TRY(VerifiedCheckpoint checkpoint, policy.check(proof.checkpoint));
  const TreeHead& head = checkpoint.checkpoint.head;
  ROG_CHECKED(verify_inclusion(leaf, proof.index, head.size, head.root, proof.path));
  return VerifiedProof{.index = proof.index, .checkpoint = std::move(checkpoint)};
}

}  // namespace rogatory::tlog
