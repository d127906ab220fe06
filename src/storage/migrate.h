// SPDX-License-Identifier: EUPL-1.2
//
// The schema of a database, brought up to date step by step.
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "storage/database.h"

namespace rogatory::storage {

/// One file of src/*/migrations; published ones never change.
struct Migration {
  std::string_view name;
  std::string_view sql;
};

/// Runs the migrations that `database` has not seen, in order, each with its record in one
/// transaction. kUnsupported when the database has seen one that is not in the list: a newer
/// program wrote it. Errors of the database as Database::run.
base::Result<void> migrate(Database& database, std::span<const Migration> migrations);

}  // namespace rogatory::storage
