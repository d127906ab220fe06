// SPDX-License-Identifier: EUPL-1.2
//
// A witness without a network: what it cosigned last, one file per log, in a folder. One process at
// a time; a lock sees to it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "base/result.h"
#include "storage/files.h"
#include "tlog/cosignature.h"
#include "tlog/witness.h"

namespace rogatory::storage {

/// What a witness answers: the status of the protocol, and with 200 its cosignature lines.
struct WitnessAnswer {
  int status = 200;
  std::string body;
};

/// Decides on a request and, when it is accepted, stores the new tree durably before it signs, so
/// that no crash lets two trees be cosigned that do not fit. `folder` is there. kConflict when
/// another process has the folder; kIo; errors of the signer.
base::Result<WitnessAnswer> cosign(Files& files, const std::filesystem::path& folder,
                                   const tlog::AddCheckpointRequest& request,
                                   std::span<const tlog::VerifierKey> log_keys,
                                   const tlog::NoteSigner& signer, std::uint64_t timestamp);

}  // namespace rogatory::storage
