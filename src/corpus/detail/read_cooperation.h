// SPDX-License-Identifier: EUPL-1.2
//
// Bases, grounds and clocks, and who is bound by an instrument. Pure.
#pragma once

#include <string>
#include <vector>

#include "corpus/detail/cursor.h"
#include "law/provision.h"

namespace rogatory::corpus::detail {

/// The kinds of request under `for`, groups resolved. A name that is neither kind nor group is a
/// fault.
std::vector<std::string> read_for_kinds(const Cursor& at);

/// The parts `for`, `basis`, `ground` and `clock` of the provision at `at`.
void read_cooperation(const Cursor& at, law::Provision& provision);

/// Adds what a file says of who is bound by `instrument`: Parties, signatories, extensions,
/// statements. A second list of Parties must be of the same day.
void read_bound(const Cursor& root, const law::Citation& defaults, law::Instrument& instrument);

}  // namespace rogatory::corpus::detail
