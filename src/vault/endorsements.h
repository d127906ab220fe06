// SPDX-License-Identifier: EUPL-1.2
//
// What others say of the last checkpoint of a vault's log, carried in by files: cosignatures of
// witnesses (C2SP tlog-cosignature) and time stamps of authorities (RFC 3161); and the policy that
// says whose word counts (C2SP tlog-policy). One thread.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/certificate.h"
#include "crypto/timestamp.h"
#include "package/evidence_bundle.h"
#include "storage/event_log.h"
#include "storage/files.h"
#include "tlog/note.h"
#include "tlog/policy.h"

namespace rogatory::vault {

/// Borrows all it is given.
class Endorsements final {
 public:
  Endorsements(storage::Files& files, std::filesystem::path folder, storage::EventLog& log,
               const tlog::VerifierKey& log_key)
      : files_(files), folder_(std::move(folder)), log_(log), log_key_(log_key) {}

  /// The policy as it stands in the vault; it goes into bundles.
  base::Result<std::string> policy();
  /// Another policy from now on. Errors of tlog::Policy::parse; kInvalidArgument for one that does
  /// not name the vault's own log: no bundle would ever hold under it.
  base::Result<void> set_policy(std::string_view text);

  /// Adds signature lines, as a witness answers, to the last checkpoint. Lines that are there
  /// already change nothing. kLint, and nothing changed, when a key of the policy signed wrongly;
  /// kInvalidArgument for a line of a key that the policy does not know; kNotFound without a
  /// checkpoint. Gives the note as it is then.
  base::Result<tlog::Note> add_cosignatures(std::span<const tlog::NoteSignature> lines);

  /// Founds the lost record of the tree signed last on this checkpoint, a note that the vault's log
  /// signed. kLint when it did not; otherwise as EventLog::found_record.
  base::Result<void> found_record(std::string_view note);

  /// Whether the policy accepts the last checkpoint: kLint with the reason when it does not yet.
  base::Result<tlog::VerifiedCheckpoint> check();

  /// A request for a time stamp over the last checkpoint with all its signatures, DER.
  base::Result<std::vector<std::byte>> timestamp_request();
  /// Keeps the token of a reply as `name` (a-z, 0-9, -). kLint with what does not hold: the token
  /// is over another checkpoint, or by nobody whom `trust` knows. kConflict for a name in use.
  base::Result<crypto::TimestampReport> add_timestamp(std::string_view name,
                                                      std::span<const std::byte> reply,
                                                      const crypto::TrustStore& trust);
  /// The tokens over that checkpoint; those over others are not among them.
  base::Result<std::vector<package::BundleToken>> tokens_over(std::string_view checkpoint);

 private:
  storage::Files& files_;
  std::filesystem::path folder_;
  storage::EventLog& log_;
  const tlog::VerifierKey& log_key_;
};

}  // namespace rogatory::vault
