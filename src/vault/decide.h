// SPDX-License-Identifier: EUPL-1.2
//
// The rules of the vault. Nothing is written that these do not allow. Pure; any thread.
//
// - An erased case takes no more facts.
// - Every act names its officer, role, authority and reason; blanks alone are no name.
// - Each use of an item is held against its conditions; a use they do not allow needs a consent.
// - A derived item bears the conditions of all it was made from.
// - Only items of a sealed set are disclosed from it.
// - Erasure needs two approvals, by two officers in two roles, given after the last item, the last
//   hold and the last restore; names that differ in case or blanks alone are one. A hold or a
//   retention that still runs stands in its way.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "vault/event.h"
#include "vault/state.h"

namespace rogatory::vault {

/// The events that follow when `asked` is to be recorded: the fact itself, a derived item with the
/// conditions it inherits, an ingest with a mismatch where a digest that came along disagrees.
///
///     ROG_TRY(const std::vector<Event> events, decide(state, Hold{id}, act));
///     for (const Event& event : events) evolve(state, event);
///
/// kInvalidArgument for a fact that lacks something or has text that is not UTF-8, kNotFound for
/// what the case does not have, kConflict for what it has already, kRefused, with the rule and who
/// set it, for what a rule forbids.
base::Result<std::vector<Event>> decide(const CaseState& state, const Fact& asked,
                                        const Act& given);

/// What a digest that came along says of what was measured.
enum class Agreement {
  kAgrees,
  kDiffers,
  /// An algorithm that is not measured here, or a value that is no such digest in hexadecimal.
  kNotCompared,
};
Agreement compare_received(const Content& content, const ReceivedDigest& received);

/// Whether a recipient's root is that of the set, as a digest: the case of its digits says nothing.
bool is_same_root(const SealedSet& set, std::string_view root);

/// Why a use of an item is not allowed on that day; none when it is. A consent allows a purpose
/// that is not listed and use after the day of return; nothing allows use after the day of
/// deletion.
std::vector<std::string> check_use(const Item& item, const Use& use, base::Date day);

/// The union of two sets of conditions: purposes that both allow, the earliest day of return and
/// deletion, the latest of retention.
Conditions merge(const Conditions& a, const Conditions& b);

/// What stands in the way of an erasure besides missing approvals; empty when nothing does.
std::vector<std::string> list_bars(const CaseState& state, base::Date day);

}  // namespace rogatory::vault
