// SPDX-License-Identifier: EUPL-1.2
#include "law/competing.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>

#include "law/detail/penalties.h"

namespace rogatory::law {
namespace {

constexpr std::array<std::string_view, 3> kPlace = {
    "req.place.outside_requesting", "req.place.in_requested", "req.jurisdiction_of_requested"};
constexpr std::array<std::string_view, 2> kNationality = {"req.person.national_of_requesting",
                                                          "req.person.national_of_requested"};
constexpr std::array<std::string_view, 1> kResidence = {"req.person.resident_of_requested"};

base::Error invalid(std::string message) {
  return {.code = base::ErrorCode::kInvalidArgument,
          .message = std::move(message),
          .context = {},
          .place = {}};
}

std::vector<CriterionFact> read(const Valuation& valuation,
                                std::span<const std::string_view> terms) {
  std::vector<CriterionFact> out;
  for (const std::string_view term : terms) {
    const AtomId atom = valuation.book().atoms().find_term({}, term);
    out.push_back({.term = std::string(term),
                   .value = atom == kNoAtom ? Truth::kUnknown : valuation.value(atom)});
  }
  return out;
}

/// Longest last; life and death stand above any number.
int length_of(const Penalty& penalty) {
  if (penalty.max == "death") return std::numeric_limits<int>::max();
  if (penalty.max == "life") return std::numeric_limits<int>::max() - 1;
  return penalty.max_months.value_or(penalty.max == "fine_only" ? 0 : -1);
}

const Penalty* gravest_of(const Valuation& valuation, const Provision& provision) {
  const Penalty* out = nullptr;
  for (const Penalty& penalty : provision.penalties) {
    const bool applies = penalty.when.empty() ||
                         detail::evaluate_tree(valuation, penalty.when.front()) == Truth::kTrue;
    if (!applies) continue;
    if (out == nullptr || length_of(penalty) > length_of(*out)) out = &penalty;
  }
  return out;
}

/// Over the provisions met on the first day of the conduct, or those the request names.
base::Result<GravestPenalty> find_gravity(const LawBook& book, const Valuation& valuation,
                                          const Side& side, const CompetingRequest& request) {
  GravestPenalty out;
  if (side.law == nullptr) {
    out.unknown = "the law of " + side.name + " is not encoded";
    return out;
  }
  ROG_TRY(const StateAnswer answer,
          classify_under_state(book, *side.law, request.facts, request.dates.from,
                               {.state = side.iso3, .transposed_from = {}}));
  for (const Assessment& a : answer.assessments) {
    const Provision& provision = book.provisions[a.provision];
    const bool is_named =
        request.offences.empty() ||
        std::ranges::find(request.offences, provision.id) != request.offences.end();
    if (!is_named || a.verdict == Verdict::kNotMet) continue;
    if (a.verdict == Verdict::kUndetermined) {
      out.is_open = true;
      continue;
    }
    const Penalty* penalty = gravest_of(valuation, provision);
    if (penalty == nullptr) continue;
    if (out.penalty != nullptr && length_of(*penalty) <= length_of(*out.penalty)) continue;
    out.penalty = penalty;
    out.provision = a.provision;
  }
  if (out.penalty != nullptr) return out;
  out.unknown = answer.on ? "no provision of " + side.name + " that is met has an encoded penalty"
                          : "the day of the conduct is not stated";
  return out;
}

base::Result<std::vector<OnwardExtradition>> find_onward(const LawBook& book, std::size_t from,
                                                         const CompetingQuestion& question,
                                                         const CompetingAnswer& answer) {
  std::vector<OnwardExtradition> out;
  for (std::size_t i = 0; i < question.requests.size(); ++i) {
    if (i == from) continue;
    ROG_TRY(const BasisAnswer bases,
            find_bases(book, {.requesting = answer.requests[i].requesting.iso3,
                              .requested = answer.requests[from].requesting.iso3,
                              .kind = "extradition",
                              .on = question.requests[from].received,
                              .facts = question.requests[i].facts}));
    OnwardExtradition one{.to = answer.requests[i].requesting.iso3,
                          .has_basis = !bases.bases.empty(),
                          .unknown = bases.none_known};
    if (one.has_basis) one.instrument = book.provisions[bases.bases.front().provision].owner;
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

base::Result<CompetingAnswer> compare_requests(const LawBook& book,
                                               const CompetingQuestion& question) {
  if (question.requests.size() < 2) return invalid("requests compete from two on");
  CompetingAnswer out;
  ROG_TRY(out.requested, find_side(book, question.requested));
  for (const CompetingRequest& request : question.requests) {
    ROG_TRY(const Side side, find_side(book, request.requesting));
    for (const CompetingCriteria& other : out.requests) {
      if (other.requesting.iso3 == side.iso3) return invalid("two requests are of " + side.name);
    }
    ROG_TRY(ExtraditionAnswer extradition, extraditable(book, {.requesting = side.iso3,
                                                               .requested = out.requested.iso3,
                                                               .on = request.received,
                                                               .warrant_date = std::nullopt,
                                                               .facts = request.facts,
                                                               .dates = request.dates,
                                                               .offences = request.offences}));
    ROG_TRY(const Valuation valuation,
            Valuation::make(book, request.facts, {.state = side.iso3, .transposed_from = {}}));
    ROG_TRY(GravestPenalty gravity, find_gravity(book, valuation, side, request));
    out.requests.push_back({.requesting = side,
                            .received = request.received,
                            .extradition = std::move(extradition),
                            .gravity = std::move(gravity),
                            .place = read(valuation, kPlace),
                            .nationality = read(valuation, kNationality),
                            .residence = read(valuation, kResidence),
                            .onward = {}});
  }
  for (std::size_t i = 0; i < out.requests.size(); ++i) {
    ROG_TRY(out.requests[i].onward, find_onward(book, i, question, out));
  }
  out.notes = {
      "The criteria are set side by side; which request goes first is for the requested State.",
      "Penalties are those of the encoded provisions that are met, on the day of the conduct."};
  return out;
}

}  // namespace rogatory::law
