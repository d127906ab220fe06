// SPDX-License-Identifier: EUPL-1.2
#include "law/side.h"

#include <algorithm>

#include "base/text.h"

namespace rogatory::law {
namespace {

/// The most codes that an error suggests.
constexpr int kMaxSuggestions = 5;

bool is_code_of(const std::string& wanted, std::string_view iso3, std::string_view alpha2,
                std::string_view name) {
  return wanted == base::lower_ascii(iso3) || wanted == base::lower_ascii(alpha2) ||
         (!name.empty() && wanted == base::lower_ascii(name));
}

Side side_of(const LawBook& book, const WorldState& state) {
  return {.iso3 = state.iso3,
          .name = state.names.en.empty() ? state.iso3 : state.names.en,
          .state = &state,
          .territory = nullptr,
          .law = book.find_state(state.iso3)};
}

Side side_of(const LawBook& book, const Territory& territory) {
  return {.iso3 = territory.iso3,
          .name = territory.names.en.empty() ? territory.iso3 : territory.names.en,
          .state = nullptr,
          .territory = &territory,
          .law = book.find_state(territory.iso3)};
}

bool is_named_as_party(const LawBook& book, const std::string& wanted) {
  return std::ranges::any_of(book.instruments, [&](const Instrument& instrument) {
    return std::ranges::any_of(instrument.parties, [&](const Party& party) {
      return base::lower_ascii(party.state) == wanted;
    });
  });
}

std::string suggestions(const LawBook& book, const std::string& wanted) {
  std::string out;
  int count = 0;
  const auto consider = [&](const std::string& iso3, const std::string& name) {
    const bool is_near = base::starts_with_ci(name, wanted) ||
                         (wanted.size() >= 2 && base::starts_with_ci(iso3, wanted.substr(0, 2)));
    if (!is_near || count == kMaxSuggestions) return;
    out += (count++ == 0 ? "; near to it are " : ", ") + iso3 +
           (name.empty() ? "" : " (" + name + ")");
  };
  for (const WorldState& state : book.world.states) consider(state.iso3, state.names.en);
  for (const Territory& territory : book.world.territories) {
    consider(territory.iso3, territory.names.en);
  }
  return out;
}

}  // namespace

base::Result<Side> find_side(const LawBook& book, std::string_view code) {
  const std::string wanted = base::lower_ascii(code);
  for (const WorldState& state : book.world.states) {
    if (is_code_of(wanted, state.iso3, state.alpha2, state.names.en)) return side_of(book, state);
  }
  for (const Territory& territory : book.world.territories) {
    if (is_code_of(wanted, territory.iso3, territory.alpha2, territory.names.en)) {
      return side_of(book, territory);
    }
  }
  if (const StateLaw* law = book.find_state(code)) {
    return Side{
        .iso3 = law->iso3, .name = law->name, .state = nullptr, .territory = nullptr, .law = law};
  }
  if (is_named_as_party(book, wanted)) {
    std::string iso3 = wanted;
    for (char& c : iso3) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return Side{.iso3 = iso3, .name = iso3, .state = nullptr, .territory = nullptr, .law = nullptr};
  }
  return base::Error{.code = base::ErrorCode::kNotFound,
                     .message = "`" + std::string(code) +
                                "` is no State or territory of this corpus; write the code of ISO "
                                "3166-1 in two or three letters" +
                                suggestions(book, wanted),
                     .context = {},
                     .place = {}};
}

}  // namespace rogatory::law
