// SPDX-License-Identifier: EUPL-1.2
//
// The files of src/storage/migrations, inside the program.
#pragma once

#include <span>

#include "storage/migrate.h"

namespace rogatory::storage {

/// In the order in which they run.
std::span<const Migration> migrations();

}  // namespace rogatory::storage
