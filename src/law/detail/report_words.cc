// SPDX-License-Identifier: EUPL-1.2
#include "law/detail/report_words.h"

#include "law/entail.h"

namespace rogatory::law::detail {

base::JsonArray ids_json(const LawBook& book, const std::vector<ProvisionIndex>& provisions) {
  base::JsonArray out;
  for (const ProvisionIndex i : provisions) out.push_back(text_json(book.provisions[i].id));
  return out;
}

base::JsonObject side_json(const Side& side) {
  base::JsonObject out{{"code", side.iso3},
                       {"name", side.name},
                       {"territory", side.is_territory()},
                       {"law_encoded", side.law != nullptr}};
  if (side.is_territory()) out["of"] = text_or_null(side.territory->of);
  return out;
}

base::JsonObject status_json(const Instrument& instrument, const Side& side,
                             const TreatyStatus& status) {
  base::JsonObject out{{"state", side.iso3},
                       {"bound", name_json(status.bound)},
                       {"reason", name_json(status.reason)},
                       {"says", status_words(instrument, side, status)},
                       {"confidence", name_json(status.confidence)},
                       {"later_than_list", status.is_after_list}};
  const Citation* citation = nullptr;
  if (status.party != nullptr) citation = &status.party->citation;
  if (status.extension != nullptr) citation = &status.extension->citation;
  if (citation != nullptr && !citation->source.empty()) out["source"] = citation->source;
  if (status.signatory != nullptr) {
    out["signed_on"] =
        status.signatory->on ? base::Json(status.signatory->on->to_string()) : base::Json(nullptr);
  }
  return out;
}

std::string instrument_name(const Instrument& instrument) {
  return instrument.short_title.empty() ? instrument.title : instrument.short_title;
}

std::string cite_words(const LawBook& book, const Provision& provision) {
  const std::string& cite =
      provision.citation.cite.empty() ? provision.article : provision.citation.cite;
  if (const Instrument* instrument = book.find_instrument(provision.owner)) {
    return cite + ", " + instrument_name(*instrument);
  }
  const StateLaw* state = book.find_state(provision.owner);
  return cite + (provision.act_title.empty() ? "" : ", " + provision.act_title) + " (" +
         (state == nullptr ? provision.owner : state->name) + ")";
}

std::string sure_words(Confidence confidence) {
  return confidence == Confidence::kRecalled ? "provisional (recalled)"
                                             : std::string(to_text(confidence));
}

std::string term_label(const LawBook& book, std::string_view term) {
  const AtomId atom = book.atoms().find(term);
  return atom == kNoAtom ? std::string(term) : atom_text(book, atom);
}

}  // namespace rogatory::law::detail
