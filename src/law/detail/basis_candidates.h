// SPDX-License-Identifier: EUPL-1.2
// What find_bases and the table of all pairs share: the provisions that can serve, what facts make
// of their conditions, and their order.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "law/basis.h"
#include "law/valuation.h"

namespace rogatory::law::detail {

/// A set of instrument classes.
using ClassSet = std::uint32_t;
[[nodiscard]] constexpr ClassSet class_bit(InstrumentClass c) {
  return ClassSet{1} << static_cast<unsigned>(c);
}

/// A provision that can be a basis for a kind, whoever asks whom.
struct Candidate {
  ProvisionIndex provision = 0;
  const Instrument* instrument = nullptr;  ///< null: State law
  InstrumentClass rank_class = InstrumentClass::kUnspecified;
  std::size_t rank = 0;    ///< of its class
  ClassSet yields_to = 0;  ///< classes
};

/// All candidates of the book for `kind` on `on` in the order of rank, yielding aside: of
/// instruments, and of the laws of States where they may act without a treaty.
[[nodiscard]] std::vector<Candidate> find_candidates(const LawBook& book, std::string_view kind,
                                                     base::Date on);

/// Those that yield while another one serves go last; the order is kept otherwise. `yields`, where
/// given, receives for each of the result whether it yields.
[[nodiscard]] std::vector<const Candidate*> order(std::span<const Candidate* const> serving);
[[nodiscard]] bool yields(const Candidate& candidate, std::span<const Candidate* const> serving);

/// The conditions of a basis under the facts.
[[nodiscard]] std::vector<ConditionAnswer> judge_conditions(const Valuation& valuation,
                                                            ProvisionIndex provision);
[[nodiscard]] bool has_failed(std::span<const ConditionAnswer> conditions);

/// What the law of a State says of acting without a treaty, for a kind on a day.
struct OwnLaw {
  Reciprocity reciprocity = Reciprocity::kNotEncoded;
  std::vector<ProvisionIndex> provisions;
};
[[nodiscard]] OwnLaw own_law(const LawBook& book, const std::string& iso3, std::string_view kind,
                             base::Date on);

/// The two halves of BasisAnswer::none_known: of instruments whose status is unknown (possibly
/// none), and of the law of the requested State.
[[nodiscard]] std::string why_no_instrument(std::span<const Instrument* const> possible);
[[nodiscard]] std::string why_not_own_law(Reciprocity reciprocity, const Side& requested);

/// May a bilateral treaty that is not encoded go before a basis of this class?
[[nodiscard]] bool is_rank_open(const LawBook& book, InstrumentClass rank_class,
                                Bilateral bilateral);

/// The position of a class in the ranking: those it does not name stand before national law.
[[nodiscard]] std::size_t class_rank(const LawBook& book, InstrumentClass c);

[[nodiscard]] bool is_for(const Provision& provision, std::string_view kind);

}  // namespace rogatory::law::detail
