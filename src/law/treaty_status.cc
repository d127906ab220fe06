// SPDX-License-Identifier: EUPL-1.2
#include "law/treaty_status.h"

#include <algorithm>

namespace rogatory::law {
namespace {

/// How sure the list is as a whole: a State is missing from it no surer than the others are named.
Confidence confidence_of_list(const Instrument& instrument) {
  if (instrument.parties.empty() && instrument.signatories.empty()) return Confidence::kRecalled;
  Confidence out = Confidence::kFound;
  for (const Party& party : instrument.parties) out = weaker(out, party.citation.confidence);
  return out;
}

/// Answers for an instrument that binds nobody on that day.
std::optional<TreatyStatus> not_in_force(const Instrument& instrument, base::Date on) {
  const auto answer = [](BoundReason reason) {
    return TreatyStatus{
        .bound = Bound::kNotBound, .reason = reason, .confidence = Confidence::kFound};
  };
  if (instrument.status == InstrumentStatus::kDraft) return answer(BoundReason::kDraft);
  const bool has_day = instrument.in_force_from.has_value();
  if (has_day && on < *instrument.in_force_from) return answer(BoundReason::kNotInForce);
  if (!has_day && instrument.status == InstrumentStatus::kAdopted) {
    TreatyStatus out = answer(BoundReason::kNotInForce);
    const auto as_of = base::Date::parse(instrument.status_as_of);
    out.is_after_list = as_of.ok() && on > *as_of;
    return out;
  }
  return std::nullopt;
}

/// The answer of one record.
TreatyStatus read_party(const Instrument& instrument, const Party& party, base::Date on) {
  TreatyStatus out{.bound = Bound::kNotBound,
                   .reason = BoundReason::kParty,
                   .party = &party,
                   .confidence = party.citation.confidence};
  if (party.until && on >= *party.until) {
    out.reason = BoundReason::kWithdrawn;
  } else if (party.from && on < *party.from) {
    out.reason = BoundReason::kNotYet;
  } else if (!party.from && (!instrument.parties_as_of || on < *instrument.parties_as_of)) {
    out.bound = Bound::kUnknown;
    out.reason = BoundReason::kSinceUnknown;
  } else {
    out.bound = Bound::kBound;
  }
  return out;
}

/// A State that left and came back has two records: the one that answers best for the day.
std::optional<TreatyStatus> read_parties(const Instrument& instrument, const std::string& iso3,
                                         base::Date on) {
  std::optional<TreatyStatus> best;
  for (const Party& party : instrument.parties) {
    if (party.state != iso3) continue;
    const TreatyStatus one = read_party(instrument, party, on);
    if (!best || one.bound > best->bound) best = one;
  }
  return best;
}

const Signatory* find_signatory(const Instrument& instrument, const std::string& iso3,
                                base::Date on) {
  const auto it = std::ranges::find_if(instrument.signatories, [&](const Signatory& signatory) {
    return signatory.state == iso3 && (!signatory.on || *signatory.on <= on);
  });
  return it == instrument.signatories.end() ? nullptr : &*it;
}

TreatyStatus not_named(const Instrument& instrument, const std::string& iso3, base::Date on) {
  TreatyStatus out;
  out.signatory = find_signatory(instrument, iso3, on);
  if (!instrument.are_parties_complete) return out;
  out.bound = Bound::kNotBound;
  out.reason = out.signatory == nullptr ? BoundReason::kNotListed : BoundReason::kSignedOnly;
  out.confidence = confidence_of_list(instrument);
  const bool is_day_of_list = instrument.parties_as_of && *instrument.parties_as_of == on;
  if (!is_day_of_list) out.confidence = weaker(out.confidence, Confidence::kDerived);
  return out;
}

TreatyStatus of_territory(const Instrument& instrument, const Side& side, base::Date on) {
  TreatyStatus out{.bound = Bound::kUnknown, .reason = BoundReason::kExtensionUnknown};
  for (const TerritorialExtension& extension : instrument.extensions) {
    if (extension.territory != side.iso3) continue;
    out.extension = &extension;
    out.confidence = extension.citation.confidence;
    const bool is_since_known =
        extension.from || (instrument.parties_as_of && on >= *instrument.parties_as_of);
    if (!is_since_known) {
      out.reason = BoundReason::kSinceUnknown;
      continue;
    }
    const bool has_come = !extension.from || on >= *extension.from;
    out.bound = has_come ? Bound::kBound : Bound::kNotBound;
    out.reason = has_come ? BoundReason::kExtended : BoundReason::kNotYet;
    return out;
  }
  return out;
}

std::string day_words(std::string_view before, const std::optional<base::Date>& day) {
  return day ? std::string(before) + day->to_string() : std::string();
}

std::string list_day(const Instrument& instrument) {
  return instrument.parties_as_of ? " on " + instrument.parties_as_of->to_string() : "";
}

std::string since(const TreatyStatus& status) {
  const std::optional<base::Date> day =
      status.extension != nullptr ? status.extension->from
                                  : (status.party != nullptr ? status.party->from : std::nullopt);
  return day ? " since " + day->to_string() : ", since when is unknown";
}

}  // namespace

std::string_view to_text(Bound v) {
  switch (v) {
    case Bound::kNotBound:
      return "not_bound";
    case Bound::kUnknown:
      return "unknown";
    case Bound::kBound:
      return "bound";
  }
  return "unknown";
}

std::string_view to_text(BoundReason v) {
  switch (v) {
    case BoundReason::kParty:
      return "party";
    case BoundReason::kExtended:
      return "extended";
    case BoundReason::kDraft:
      return "draft";
    case BoundReason::kNotInForce:
      return "not_in_force";
    case BoundReason::kNotYet:
      return "not_yet_bound";
    case BoundReason::kWithdrawn:
      return "no_longer_bound";
    case BoundReason::kSignedOnly:
      return "signed_only";
    case BoundReason::kNotListed:
      return "not_party";
    case BoundReason::kListIncomplete:
      return "list_incomplete";
    case BoundReason::kSinceUnknown:
      return "since_unknown";
    case BoundReason::kExtensionUnknown:
      return "extension_unknown";
  }
  return "list_incomplete";
}

TreatyStatus treaty_status(const Instrument& instrument, const Side& side, base::Date on) {
  if (const auto out = not_in_force(instrument, on)) {
    TreatyStatus with_signature = *out;
    with_signature.signatory = find_signatory(instrument, side.iso3, on);
    return with_signature;
  }
  TreatyStatus out = read_parties(instrument, side.iso3, on)
                         .value_or(side.is_territory() ? of_territory(instrument, side, on)
                                                       : not_named(instrument, side.iso3, on));
  out.is_after_list = instrument.parties_as_of && on > *instrument.parties_as_of;
  return out;
}

std::string status_words(const Instrument& instrument, const Side& side,
                         const TreatyStatus& status) {
  const std::string& name = side.name;
  switch (status.reason) {
    case BoundReason::kParty:
      return name + " is bound" + since(status);
    case BoundReason::kExtended:
      return "extended to " + name + since(status);
    case BoundReason::kDraft:
      return "a draft, which binds nobody";
    case BoundReason::kNotInForce:
      return instrument.in_force_from
                 ? "in force only from " + instrument.in_force_from->to_string()
                 : "not in force" +
                       (instrument.status_as_of.empty() ? "" : " as of " + instrument.status_as_of);
    case BoundReason::kNotYet:
      return name + " is bound only" +
             day_words(" from ",
                       status.party != nullptr ? status.party->from : status.extension->from);
    case BoundReason::kWithdrawn:
      return name + " is no longer bound" + day_words(" since ", status.party->until);
    case BoundReason::kSignedOnly:
      return name + " signed" + day_words(" on ", status.signatory->on) + " and is not bound";
    case BoundReason::kNotListed:
      return name + " is not among the Parties, whose list was complete" + list_day(instrument);
    case BoundReason::kListIncomplete:
      return "whether " + name +
             " is bound is unknown: the encoded list of Parties is not complete" +
             (status.signatory == nullptr
                  ? ""
                  : "; it signed" + day_words(" on ", status.signatory->on));
    case BoundReason::kSinceUnknown:
      return name + " was bound" + list_day(instrument) + "; since when is unknown";
    case BoundReason::kExtensionUnknown:
      return "whether it was extended to " + name + " is unknown";
  }
  return name;
}

}  // namespace rogatory::law
