// SPDX-License-Identifier: EUPL-1.2

#include "storage/witness_folder.h"

#include <optional>

#include "crypto/digest.h"
#include "storage/detail/tree_record.h"

namespace rogatory::storage {

using base::Result;

Result<WitnessAnswer> cosign(Files& files, const std::filesystem::path& folder,
                             const tlog::AddCheckpointRequest& request,
                             std::span<const tlog::VerifierKey> log_keys,
                             const tlog::NoteSigner& signer, std::uint64_t timestamp) {
  ROG_TRY(const auto lock, files.lock(folder / "lock"));
  // The origin is not trusted yet, but it only chooses the file: its digest is a safe name.
  const std::string origin = request.checkpoint.text.substr(0, request.checkpoint.text.find('\n'));
  const std::filesystem::path path = folder / crypto::sha256(origin).hex();
  ROG_TRY(const auto last, detail::read_tree_record(files, path, detail::kCosignedTitle));
  std::optional<tlog::WitnessRecord> record;
  if (last) record = tlog::WitnessRecord{.head = last->head};

  const tlog::WitnessDecision decision = tlog::decide_witness(request, log_keys, record);
  if (!decision.is_accepted()) {
    return WitnessAnswer{.status = decision.status, .body = decision.body};
  }
  ROG_CHECKED(detail::write_tree_record(files, path, detail::kCosignedTitle, *decision.checkpoint));
  ROG_TRY(const tlog::NoteSignature signature, signer.sign(request.checkpoint.text, timestamp));
  return WitnessAnswer{.status = 200, .body = signature.to_line()};
}

}  // namespace rogatory::storage
