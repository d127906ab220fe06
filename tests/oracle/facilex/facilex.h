// SPDX-License-Identifier: EUPL-1.2
//
// FACILEX, an encoding of the European arrest warrant in Prolog that is not in this tree, asked
// as a program: many sets of facts in one process. The mapping is in README.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace rogatory::oracle {

enum class Purpose : std::uint8_t { kProsecution, kSentence, kDetention };
enum class Place : std::uint8_t { kIssuing, kExecuting, kThird };

/// The facts of one warrant that are true or false, by position in `Warrant::is`.
enum class Flag : std::uint8_t {
  kListed,
  kAmnesty,
  kJudgedInUnion,  ///< finally judged in a Member State
  kServedInUnion,  ///< and served, being served or past execution; implies the former
  kUnderAge,
  kNoOffence,
  kFiscalDifference,
  kPending,
  kDropped,
  kLapsed,
  kJurisdiction,
  kJudgedInThird,  ///< with the sentence served, being served or past execution
  kNational,
  kResident,
  kExecutesAtHome,
  kNoReach,  ///< the executing State would not prosecute such acts abroad
  kAbsent,
  kSummoned,        ///< Art. 4a(1)(a)
  kDefended,        ///< Art. 4a(1)(b)
  kNotContested,    ///< Art. 4a(1)(c)(i)
  kNoRetrialAsked,  ///< Art. 4a(1)(c)(ii)
  kRetrialAssured,  ///< Art. 4a(1)(d)
  kLife,
  kReviewAssured,
  kReturnAssured,
};
inline constexpr std::size_t kFlags = static_cast<std::size_t>(Flag::kReturnAssured) + 1;

/// One set of facts, complete.
struct Warrant {
  Purpose purpose = Purpose::kProsecution;
  Place place = Place::kIssuing;
  std::vector<bool> is = std::vector<bool>(kFlags);

  [[nodiscard]] bool has(Flag flag) const { return is[static_cast<std::size_t>(flag)]; }
  void set(Flag flag, bool value = true) { is[static_cast<std::size_t>(flag)] = value; }
  bool operator==(const Warrant&) const = default;
};

/// Facts that cannot be together are put right: what was served was judged.
void make_consistent(Warrant& warrant);

/// Facts in its terms, one term a line, each with a final stop.
[[nodiscard]] std::string facts_of(const Warrant& warrant);

/// Articles that refuse, as FACILEX names them (`article4_7_a`).
using Articles = std::set<std::string>;

struct FacilexAnswers {
  std::vector<Articles> articles;  ///< one for each set of facts; empty when the program failed
  double seconds = 0;              ///< of processor time, start and loading aside
};

/// Each text holds facts in its terms. One process.
[[nodiscard]] FacilexAnswers ask_facilex(const std::filesystem::path& folder,
                                         std::span<const std::string> facts);

}  // namespace rogatory::oracle
