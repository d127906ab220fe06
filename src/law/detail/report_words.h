// SPDX-License-Identifier: EUPL-1.2
// Small pieces that the reports on cooperation share; they take all of them by `using namespace
// detail`.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "law/law_book.h"
#include "law/side.h"
#include "law/treaty_status.h"

namespace rogatory::law::detail {

using base::Json;
using base::JsonArray;
using base::JsonObject;

[[nodiscard]] inline Json text_json(std::string_view s) {
  return base::Json(boost::json::string(s));
}
/// Null for an empty text.
[[nodiscard]] inline Json text_or_null(std::string_view s) {
  return s.empty() ? Json(nullptr) : text_json(s);
}
template <class Enum>
[[nodiscard]] Json name_json(Enum v) {
  return text_json(to_text(v));
}
template <class Texts>
[[nodiscard]] JsonArray texts_json(const Texts& texts) {
  JsonArray out;
  for (const auto& one : texts) out.push_back(text_json(one));
  return out;
}
[[nodiscard]] JsonArray ids_json(const LawBook& book,
                                 const std::vector<ProvisionIndex>& provisions);
[[nodiscard]] JsonObject side_json(const Side& side);
[[nodiscard]] JsonObject status_json(const Instrument& instrument, const Side& side,
                                     const TreatyStatus& status);

/// `Art. 24(1) Budapest Convention`, or the act of a State.
[[nodiscard]] std::string cite_words(const LawBook& book, const Provision& provision);
/// `found`, `derived`, or `provisional (recalled)`.
[[nodiscard]] std::string sure_words(Confidence confidence);
[[nodiscard]] std::string instrument_name(const Instrument& instrument);
/// The label of an atom or the text of a term.
[[nodiscard]] std::string term_label(const LawBook& book, std::string_view term);

}  // namespace rogatory::law::detail
