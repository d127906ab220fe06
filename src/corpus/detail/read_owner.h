// SPDX-License-Identifier: EUPL-1.2
//
// Instruments and States, without their provisions. Pure.
#pragma once

#include <vector>

#include "corpus/detail/cursor.h"
#include "law/provision.h"

namespace rogatory::corpus::detail {

/// Adds the `sources` of a file; one that is there already in the same words is not repeated.
void read_sources(const Cursor& root, std::vector<law::Source>& sources);

/// Fills `instrument` from its `instrument.yaml`; id and sources are left alone.
void read_instrument(const Cursor& root, const law::Citation& defaults,
                     law::Instrument& instrument);

/// Fills `state` from its `state.yaml`; code and sources are left alone.
void read_state(const Cursor& root, const law::Citation& defaults, law::StateLaw& state);

}  // namespace rogatory::corpus::detail
