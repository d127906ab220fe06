// SPDX-License-Identifier: EUPL-1.2
//
// A fact out of the members that were written of it. Pure; any thread.
#pragma once

#include <cstddef>

#include "base/result.h"
#include "base/shape.h"
#include "vault/event.h"

namespace rogatory::vault::detail {

/// The fact of that alternative. kSchema, with the place, when a member is absent or of another
/// type.
base::Result<Fact> read_fact(std::size_t alternative, const base::Shape& closed,
                             const base::Shape& open);

}  // namespace rogatory::vault::detail
