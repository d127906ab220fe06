// SPDX-License-Identifier: EUPL-1.2
#include "rogatory/law_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/text.h"
#include "law/side.h"
#include "rogatory/context.h"

namespace rogatory::app {

const law::Instrument* find_instrument(const law::LawBook& book, std::string_view id) {
  const std::string wanted = base::lower_ascii(id);
  const auto it = std::ranges::find_if(book.instruments, [&](const law::Instrument& instrument) {
    return base::lower_ascii(instrument.id) == wanted;
  });
  return it == book.instruments.end() ? nullptr : &*it;
}

base::Result<const law::Instrument*> instrument_of(const law::LawBook& book, std::string_view id) {
  const law::Instrument* instrument = find_instrument(book, id);
  if (instrument != nullptr) return instrument;
  return not_found(fmt::format("no instrument `{}`; `law list` names them", id));
}

const law::StateLaw* find_state_law(const law::LawBook& book, std::string_view name) {
  const auto side = law::find_side(book, name);
  return side.ok() ? side->law : nullptr;
}

base::Result<const law::StateLaw*> state_law_of(const law::LawBook& book, std::string_view name) {
  const law::StateLaw* state = find_state_law(book, name);
  if (state != nullptr) return state;
  std::string known;
  for (const law::StateLaw& s : book.states) known += (known.empty() ? "" : ", ") + s.iso3;
  return not_found(fmt::format(
      "the law of `{}` is not encoded, which does not mean that it has none; encoded are {}", name,
      known));
}

const law::Provision* find_provision(const law::LawBook& book, std::string_view id) {
  if (const law::Provision* exact = book.find_provision(id)) return exact;
  const std::string wanted = base::lower_ascii(id);
  const auto it = std::ranges::find_if(book.provisions, [&](const law::Provision& provision) {
    return base::lower_ascii(provision.id) == wanted;
  });
  return it == book.provisions.end() ? nullptr : &*it;
}

}  // namespace rogatory::app
