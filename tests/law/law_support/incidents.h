// SPDX-License-Identifier: EUPL-1.2
//
// Incidents for tests: the examples of this tree and lists of records from elsewhere.
// Single-threaded, as tests are.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "conduct/import.h"

namespace rogatory::test {

/// Reads a conduct file or an incident of any format, as the program does. Errors as the readers.
base::Result<std::vector<conduct::Imported>> read_incidents(const std::filesystem::path& path);

/// A conduct file given as text. Errors as the readers.
base::Result<conduct::Conduct> read_conduct(std::string_view text, std::string_view file);

/// The files in `examples/`, sorted; without its README.
std::vector<std::filesystem::path> example_files();

/// A JSON list of records; larger files than the program takes are allowed.
base::Result<base::JsonArray> read_records(const std::filesystem::path& path);

}  // namespace rogatory::test
