// SPDX-License-Identifier: EUPL-1.2
// Instruments, States and provisions as people write them. Whatever a part of the corpus is loaded
// for (corpus::Wanted) is found in it by the same name.
#pragma once

#include <string_view>

#include "base/result.h"
#include "law/law_book.h"

namespace rogatory::app {

/// By its id in any case; null when there is none.
const law::Instrument* find_instrument(const law::LawBook& book, std::string_view id);

/// Error: kNotFound.
base::Result<const law::Instrument*> instrument_of(const law::LawBook& book, std::string_view id);

/// The law of a State by its code or its English name, as law::find_side reads them; null where it
/// is not encoded.
const law::StateLaw* find_state_law(const law::LawBook& book, std::string_view name);

/// Error: kNotFound, which names the States whose law is encoded.
base::Result<const law::StateLaw*> state_law_of(const law::LawBook& book, std::string_view name);

/// By its id in any case, as people write Art. and RA with capitals; null when there is none.
const law::Provision* find_provision(const law::LawBook& book, std::string_view id);

}  // namespace rogatory::app
