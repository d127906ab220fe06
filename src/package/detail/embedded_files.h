// SPDX-License-Identifier: EUPL-1.2
//
// Files of the source tree that travel in every bundle. Made by src/package/CMakeLists.txt.
#pragma once

#include <string_view>

namespace rogatory::package {

/// docs/formats/evidence-bundle.md
std::string_view format_description();
/// src/package/verify_bundle.py
std::string_view second_verifier();

}  // namespace rogatory::package
