// SPDX-License-Identifier: EUPL-1.2
//
// States, territories, authorities, languages and holidays; subjects of grounds; ranking. Pure.
#pragma once

#include "corpus/detail/cursor.h"
#include "law/provision.h"

namespace rogatory::corpus::detail {

/// Adds what the file says to `world`; the States stay sorted by code once sort_world was called.
void read_world(const Cursor& root, law::World& world);
void read_ground_subjects(const Cursor& root, law::World& world);

/// A second ranking is a fault.
void read_ranking(const Cursor& root, law::World& world);

/// Call once after the last file.
void sort_world(law::World& world);

}  // namespace rogatory::corpus::detail
