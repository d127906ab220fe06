// SPDX-License-Identifier: EUPL-1.2
//
// Files of the operating system (POSIX.1-2017). Any thread.
#pragma once

#include <memory>

#include "storage/files.h"

namespace rogatory::storage {

/// Files of mode 0644 and folders of 0755, less the umask. Calls that a signal interrupts are
/// repeated, except a failed sync, which never is.
std::unique_ptr<Files> make_posix_files();

}  // namespace rogatory::storage
