// SPDX-License-Identifier: EUPL-1.2
//
// Hash and seal in one pass over the content.
#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"
#include "crypto/age.h"
#include "crypto/byte_stream.h"
#include "crypto/chunk_digest.h"

namespace rogatory::crypto {

/// Reads all of `source`, seals it for `recipients` into `sink` under `file_key` (for this content
/// only) and gives the digests of the content as it was read. The linear digests are made on a
/// thread beside the caller's; everything else, the ends included, runs on the caller's. Peak
/// memory is that of a ChunkDigester and an AgeWriter: about 6 MiB, whatever the size.
/// Errors as AgeWriter::start, those of the ends and of the sink of leaves.
base::Result<ContentDigests> seal_content(ByteSource& source, const SecretBytes& file_key,
                                          std::span<const AgeRecipient> recipients, ByteSink& sink,
                                          ChunkDigester::Options options);

}  // namespace rogatory::crypto
