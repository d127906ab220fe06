// SPDX-License-Identifier: EUPL-1.2

#include "tlog/witness.h"

#include <utility>

#include "tlog/detail/lines.h"
#include "tlog/detail/refuse.h"

namespace rogatory::tlog {
namespace {

using base::Result;
using detail::malformed;

constexpr std::string_view kOld = "old ";
/// 63 hashes and the size.
constexpr std::size_t kMaxHeadBytes = 4096;

WitnessDecision refusal(int status, std::string body) {
  return {.status = status, .body = std::move(body), .checkpoint = {}};
}

std::vector<VerifierKey> keys_of(std::string_view origin, std::span<const VerifierKey> keys) {
  std::vector<VerifierKey> found;
  for (const VerifierKey& key : keys) {
    if (key.name() == origin) found.push_back(key);
  }
  return found;
}

/// 422 unless the new tree begins with the old one.
std::optional<WitnessDecision> check_growth(const AddCheckpointRequest& request,
                                            const TreeHead& head,
                                            const std::optional<WitnessRecord>& record) {
  if (request.old_size == 0) {
    if (request.proof.empty()) return std::nullopt;
    return refusal(422, "a proof from a tree of no leaves must be empty\n");
  }
  const auto verified = verify_consistency(record->head, head, request.proof);
  if (verified.ok()) return std::nullopt;
  return refusal(422, verified.error().message + '\n');
}

}  // namespace

Result<AddCheckpointRequest> AddCheckpointRequest::parse(std::string_view body) {
  ROG_TRY(const detail::HeadAndNote parts, detail::split_head(body, kMaxHeadBytes));
  const std::string_view first = parts.head[0];
  if (!first.starts_with(kOld)) return malformed("the request has no line `old`");
  AddCheckpointRequest request;
  ROG_TRY(request.old_size, parse_decimal(first.substr(kOld.size()), "the old size"));
  ROG_TRY(request.proof,
          detail::parse_hash_lines(std::span(parts.head).subspan(1), kMaxWitnessProofLines));
  ROG_TRY(request.checkpoint, Note::parse(parts.note));
  ROG_CHECKED(Checkpoint::parse(request.checkpoint.text));
  return request;
}

std::string AddCheckpointRequest::to_text() const {
  std::string text = std::string(kOld) + std::to_string(old_size) + '\n';
  for (const Hash& hash : proof) text += hash_text(hash) + '\n';
  return text + '\n' + checkpoint.to_text();
}

WitnessDecision decide_witness(const AddCheckpointRequest& request,
                               std::span<const VerifierKey> log_keys,
                               const std::optional<WitnessRecord>& record) {
  const auto parsed = Checkpoint::parse(request.checkpoint.text);
  if (!parsed.ok()) return refusal(400, parsed.error().message + '\n');
  const Checkpoint& checkpoint = *parsed;
  const std::vector<VerifierKey> keys = keys_of(checkpoint.origin, log_keys);
  if (keys.empty()) return refusal(404, "the origin is not known here\n");
  const auto verified = verify_note(request.checkpoint, keys);
  if (!verified.ok()) return refusal(403, verified.error().message + '\n');
  if (request.old_size > checkpoint.head.size) {
    return refusal(400, "the old size is larger than the tree\n");
  }
  const std::uint64_t last_size = record ? record->head.size : 0;
  if (request.old_size != last_size) return refusal(409, std::to_string(last_size) + '\n');
  const auto root = checkpoint.check_root();
  if (!root.ok()) return refusal(422, root.error().message + '\n');
  if (auto refused = check_growth(request, checkpoint.head, record)) return *refused;
  return {.status = 200, .body = {}, .checkpoint = checkpoint};
}

}  // namespace rogatory::tlog
