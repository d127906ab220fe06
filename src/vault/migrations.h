// SPDX-License-Identifier: EUPL-1.2
//
// The files of src/vault/migrations, inside the program.
#pragma once

#include <span>

#include "storage/migrate.h"

namespace rogatory::vault {

/// In the order in which they run, after those of storage.
std::span<const storage::Migration> migrations();

}  // namespace rogatory::vault
