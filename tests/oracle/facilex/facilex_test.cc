// SPDX-License-Identifier: EUPL-1.2
//
// Our grounds of refusal for the European arrest warrant against FACILEX in Prolog, on its own
// cases, on enumerated complete sets of facts, and on incomplete ones. The mapping and the
// differences are in README.md. Skipped unless ROGATORY_FACILEX names its folder. Single-threaded.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "facilex.h"
#include "law/grounds.h"
#include "law_support/corpus.h"
#include "support/shared.h"

namespace rogatory::oracle {
namespace {

using law::Fact;
using law::Outcome;
using law::OutcomeSet;
using law::Truth;

constexpr const char* kInstrument = "eu-eaw-2002";

double cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

// What ours says
// ------------------------------------------------------------------------------------------------

/// Our grounds and the articles of theirs.
const std::map<std::string, std::string>& articles_of_ours() {
  static const std::map<std::string, std::string> kArticles = {
      {"g-amnesty", "article3_1"},       {"g-ne-bis-in-idem", "article3_2"},
      {"g-age", "article3_3"},           {"g-dual-criminality", "article4_1"},
      {"g-pending", "article4_2"},       {"g-no-prosecution", "article4_3"},
      {"g-lapse-of-time", "article4_4"}, {"g-third-state", "article4_5"},
      {"g-serve-at-home", "article4_6"}, {"g-place", "article4_7_a"},
      {"g-abroad", "article4_7_b"},      {"g-in-absentia", "article4a_1"},
      {"g-life", "article5_2"},          {"g-return", "article5_3"}};
  return kArticles;
}

/// Values of our terms; those left out are false in a complete set.
using Values = std::map<std::string, Truth>;

Truth truth(bool value) {
  return value ? Truth::kTrue : Truth::kFalse;
}

Values values_of(const Warrant& w) {
  const bool is_prosecution = w.purpose == Purpose::kProsecution;
  const bool is_safe = w.has(Flag::kSummoned) || w.has(Flag::kDefended) ||
                       w.has(Flag::kNotContested) || w.has(Flag::kNoRetrialAsked);
  // By (d) the decision was not served: not beside (c), where it was.
  const bool is_served = w.has(Flag::kNotContested) || w.has(Flag::kNoRetrialAsked);
  return {
      {"req.purpose.prosecution", truth(is_prosecution)},
      {"req.purpose.sentence", truth(!is_prosecution)},
      {"req.list", truth(w.has(Flag::kListed))},
      {"req.list.other", truth(w.has(Flag::kListed))},
      {"req.penalty.three_years_in_requesting", truth(w.has(Flag::kListed))},
      {"req.amnesty.requested", truth(w.has(Flag::kAmnesty))},
      {"req.judgment.eu_any", truth(w.has(Flag::kJudgedInUnion))},
      {"req.judgment.final_in_eu", truth(w.has(Flag::kServedInUnion))},
      {"req.person.below_criminal_age", truth(w.has(Flag::kUnderAge))},
      {"req.person.minor", truth(w.has(Flag::kUnderAge))},
      {"req.offence.no_offence_in_requested", truth(w.has(Flag::kNoOffence))},
      {"req.offence.fiscal_difference", truth(w.has(Flag::kFiscalDifference))},
      {"req.offence.fiscal", truth(w.has(Flag::kFiscalDifference))},
      {"req.proceedings.pending_in_requested", truth(w.has(Flag::kPending))},
      {"req.proceedings.dropped_in_requested", truth(w.has(Flag::kDropped))},
      {"req.time.lapsed_in_requested", truth(w.has(Flag::kLapsed))},
      {"req.jurisdiction_of_requested", truth(w.has(Flag::kJurisdiction))},
      {"req.judgment.final_in_third", truth(w.has(Flag::kJudgedInThird))},
      {"req.person.national_of_requested", truth(w.has(Flag::kNational))},
      {"req.person.resident_of_requested", truth(w.has(Flag::kResident))},
      {"req.home.executes_sentence", truth(w.has(Flag::kExecutesAtHome))},
      {"req.place.in_requested", truth(w.place == Place::kExecuting)},
      {"req.place.outside_requesting", truth(w.place != Place::kIssuing)},
      {"req.place.reverse_reach", truth(!w.has(Flag::kNoReach))},
      {"req.proceedings.in_absentia", truth(w.has(Flag::kAbsent))},
      {"req.proceedings.absentia_safeguards", truth(is_safe)},
      {"req.assurance.retrial", truth(w.has(Flag::kRetrialAssured) && !is_served)},
      {"req.penalty.life", truth(w.has(Flag::kLife))},
      {"req.assurance.life_review", truth(w.has(Flag::kReviewAssured))},
      {"req.assurance.return", truth(w.has(Flag::kReturnAssured))},
  };
}

struct Ours {
  Articles applying;  ///< cured ones left out
  Articles open;
  OutcomeSet outcomes;
};

/// Asks our engine, for a pair of Member States whose own law is not encoded.
class Engine {
 public:
  Engine() : book_(test::the_law()) {
    auto bases = law::find_bases(book_, {.requesting = "PRT",
                                         .requested = "AUT",
                                         .kind = "extradition",
                                         .on = base::Date::parse("2020-01-01").value(),
                                         .facts = {}});
    EXPECT_TRUE(bases.ok()) << bases.error().to_string();
    bases_ = std::move(*bases);
    EXPECT_EQ(bases_.requested.law, nullptr) << "a State without own grounds is needed";
    for (const law::Term& term : book_.vocabulary.terms) {
      if (term.id.starts_with("req.")) terms_.push_back(term.id);
    }
  }

  /// `values` with every other circumstance false: human rights, interests, other assurances.
  Ours ask(const Values& values) {
    std::vector<Fact> facts;
    for (const std::string& term : terms_) {
      const auto it = values.find(term);
      const Truth value = it == values.end() ? Truth::kFalse : it->second;
      if (value != Truth::kUnknown) {
        facts.push_back({.term = term, .scope = {}, .quantity = {}, .value = value});
      }
    }
    const auto valuation = law::Valuation::make(
        book_, facts, {.state = bases_.requested.iso3, .transposed_from = bases_.requesting.iso3});
    EXPECT_TRUE(valuation.ok()) << valuation.error().to_string();
    const double start = cpu_seconds();
    const auto grounds = law::find_grounds(
        *valuation, bases_,
        {.governing = kInstrument, .dual_criminality = {}, .threshold_reached = {}});
    grounds_seconds += cpu_seconds() - start;
    EXPECT_TRUE(grounds.ok()) << grounds.error().to_string();
    Ours out{.applying = {}, .open = {}, .outcomes = grounds->outcomes};
    for (const law::GroundAnswer& ground : grounds->grounds) {
      const std::string& id = book_.provisions[ground.provision].id;
      const std::size_t colon = id.find(':');
      if (id.substr(0, colon) != kInstrument) continue;
      const auto article = articles_of_ours().find(id.substr(colon + 1));
      if (article == articles_of_ours().end()) continue;
      if (ground.applies == Truth::kUnknown) out.open.insert(article->second);
      if (ground.applies == Truth::kTrue && !ground.is_cured()) {
        out.applying.insert(article->second);
      }
    }
    return out;
  }

  double grounds_seconds = 0;  ///< of processor time in find_grounds, valuation of the facts aside

 private:
  const law::LawBook& book_;
  law::BasisAnswer bases_;
  std::vector<std::string> terms_;
};

// What theirs says
// ------------------------------------------------------------------------------------------------

/// Where FACILEX departs from the text of the Framework Decision: what it says too much.
Articles expected_surplus(const Warrant& w) {
  Articles out;
  const bool is_at_home = w.has(Flag::kNational) || w.has(Flag::kResident);
  if (w.has(Flag::kNoOffence) && !w.has(Flag::kListed) && w.has(Flag::kFiscalDifference)) {
    out.insert("article4_1");
  }
  if (w.has(Flag::kLapsed) && !w.has(Flag::kJurisdiction)) out.insert("article4_4");
  if (w.purpose != Purpose::kProsecution && is_at_home && !w.has(Flag::kExecutesAtHome)) {
    out.insert("article4_6");
  }
  return out;
}

Outcome outcome_of(const Articles& articles) {
  Outcome out = Outcome::kGrant;
  for (const std::string& article : articles) {
    out = std::max(out,
                   article.starts_with("article3_") ? Outcome::kMustRefuse : Outcome::kMayRefuse);
  }
  return out;
}

/// Whether an assurance stands where without it there would be a ground: ours then grants on a
/// condition, theirs grants.
bool is_granted(Outcome outcome) {
  return outcome == Outcome::kGrant || outcome == Outcome::kGrantOnCondition;
}

bool holds(const OutcomeSet& outcomes, Outcome theirs) {
  if (outcomes.contains(theirs)) return true;
  return theirs == Outcome::kGrant && outcomes.contains(Outcome::kGrantOnCondition);
}

std::string text_of(const Articles& articles) {
  std::string out;
  for (const std::string& article : articles) out += article + " ";
  return out;
}

std::string text_of(const OutcomeSet& outcomes) {
  std::string out;
  for (const Outcome one : law::kOutcomes) {
    if (outcomes.contains(one)) out += std::string(to_text(one)) + " ";
  }
  return out;
}

std::vector<std::string> texts_of(const std::vector<Warrant>& warrants) {
  std::vector<std::string> out;
  for (const Warrant& warrant : warrants) out.push_back(facts_of(warrant));
  return out;
}

// Sets of facts
// ------------------------------------------------------------------------------------------------

constexpr std::array kPurposes = {Purpose::kProsecution, Purpose::kSentence, Purpose::kDetention};
constexpr std::array kPlaces = {Place::kIssuing, Place::kExecuting, Place::kThird};

/// No fact, each fact alone, and every two together, for each purpose and place.
void add_pairs(std::vector<Warrant>& out) {
  for (const Purpose purpose : kPurposes) {
    for (const Place place : kPlaces) {
      for (std::size_t a = 0; a < kFlags; ++a) {
        for (std::size_t b = a; b < kFlags; ++b) {
          Warrant warrant{.purpose = purpose, .place = place};
          warrant.set(static_cast<Flag>(a));
          warrant.set(static_cast<Flag>(b));
          make_consistent(warrant);
          out.push_back(warrant);
        }
      }
      out.push_back({.purpose = purpose, .place = place});
    }
  }
}

/// All sets over facts that meet in one article, for each purpose.
void add_all_of(const std::vector<Flag>& flags, std::vector<Warrant>& out) {
  for (const Purpose purpose : kPurposes) {
    for (std::size_t bits = 0; bits < (std::size_t{1} << flags.size()); ++bits) {
      Warrant warrant{.purpose = purpose};
      for (std::size_t i = 0; i < flags.size(); ++i) {
        warrant.set(flags[i], ((bits >> i) & 1U) != 0);
      }
      make_consistent(warrant);
      out.push_back(warrant);
    }
  }
}

Warrant random_warrant(std::mt19937& random) {
  Warrant out{.purpose = kPurposes.at(random() % kPurposes.size()),
              .place = kPlaces.at(random() % kPlaces.size())};
  for (std::size_t i = 0; i < kFlags; ++i) out.is[i] = random() % 3 == 0;
  make_consistent(out);
  return out;
}

std::vector<Warrant> enumerated() {
  std::vector<Warrant> out;
  add_pairs(out);
  add_all_of({Flag::kListed, Flag::kNoOffence, Flag::kFiscalDifference, Flag::kLapsed,
              Flag::kJurisdiction, Flag::kJudgedInUnion, Flag::kServedInUnion, Flag::kDropped},
             out);
  add_all_of({Flag::kNational, Flag::kResident, Flag::kExecutesAtHome, Flag::kReturnAssured,
              Flag::kLife, Flag::kReviewAssured},
             out);
  add_all_of({Flag::kAbsent, Flag::kSummoned, Flag::kDefended, Flag::kNotContested,
              Flag::kNoRetrialAsked, Flag::kRetrialAssured},
             out);
  std::mt19937 random(20260101);
  for (int i = 0; i < 2000; ++i) out.push_back(random_warrant(random));
  return out;
}

class Facilex : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto folder = test::folder_of_variable("ROGATORY_FACILEX");
    if (!folder) GTEST_SKIP() << "ROGATORY_FACILEX is not set";
    folder_ = *folder;
    ASSERT_EQ(std::system("swipl --version > /dev/null 2>&1"), 0) << "run script/setup facilex";
  }

  std::filesystem::path folder_;
};

TEST_F(Facilex, AgreesOnCompleteFacts) {
  const std::vector<Warrant> warrants = enumerated();
  const FacilexAnswers theirs = ask_facilex(folder_, texts_of(warrants));
  ASSERT_EQ(theirs.articles.size(), warrants.size()) << "FACILEX did not answer";
  Engine engine;
  std::map<std::string, int> surplus;
  std::set<std::string> seen;
  std::size_t equal = 0;
  double seconds = 0;
  for (std::size_t i = 0; i < warrants.size(); ++i) {
    const double start = cpu_seconds();
    const Ours ours = engine.ask(values_of(warrants[i]));
    seconds += cpu_seconds() - start;
    ASSERT_TRUE(ours.open.empty()) << facts_of(warrants[i]) << " leaves " << text_of(ours.open);
    Articles wanted = ours.applying;
    for (const std::string& one : expected_surplus(warrants[i])) {
      EXPECT_FALSE(ours.applying.contains(one)) << facts_of(warrants[i]);
      wanted.insert(one);
      ++surplus[one];
    }
    ASSERT_EQ(text_of(theirs.articles[i]), text_of(wanted)) << facts_of(warrants[i]);
    ASSERT_TRUE(ours.outcomes.is_settled()) << text_of(ours.outcomes) << facts_of(warrants[i]);
    const Outcome outcome = outcome_of(ours.applying);
    ASSERT_TRUE(holds(ours.outcomes, outcome)) << text_of(ours.outcomes);
    if (theirs.articles[i] == ours.applying) ++equal;
    seen.insert(theirs.articles[i].begin(), theirs.articles[i].end());
  }
  EXPECT_EQ(seen.size(), articles_of_ours().size()) << "every article was reached";
  EXPECT_EQ(surplus.size(), 3U) << "every difference was reached";
  std::printf("[ %zu sets of facts, equal %zu; FACILEX says more by", warrants.size(), equal);
  for (const auto& [article, count] : surplus) std::printf(" %s %d", article.c_str(), count);
  const auto count = static_cast<double>(warrants.size());
  std::printf(
      "\n[ a decision: FACILEX %.1f us, ours %.1f us of processor time, of which %.1f us after the "
      "facts were valued\n",
      theirs.seconds / count * 1e6, seconds / count * 1e6, engine.grounds_seconds / count * 1e6);
}

/// Facts of `cases` are those of FACILEX itself: its test file, and its cases for the web form in
/// the terms its program turns them into, with the Framework Decision alone.
TEST_F(Facilex, AgreesOnItsOwnCases) {
  struct Own {
    std::string what;
    std::string theirs;
    Warrant ours;
  };
  std::vector<Own> cases(4);
  cases[0] = {.what = "sources/EAW/facts_test.pl",
              .theirs =
                  "offence_type(theft).art2_2applies(theft).issuing_member_state(italy)."
                  "executing_member_state(france)."
                  "executing_proceeding_purpose(marco,execution_detention_order)."
                  "person_role(marco,subject_eaw).offence_committed_in(italy)."
                  "amnesty(theft,france).person_event(marco,finally_judged,theft)."
                  "sentence_served(marco).",
              .ours = {.purpose = Purpose::kDetention}};
  for (const Flag flag :
       {Flag::kListed, Flag::kAmnesty, Flag::kJudgedInUnion, Flag::kServedInUnion}) {
    cases[0].ours.set(flag);
  }
  const auto of_form = [](const std::string& what, const std::string& issuing,
                          const std::string& executing, const std::string& offence) {
    return Own{.what = what,
               .theirs = "issuing_member_state(" + issuing + ").executing_member_state(" +
                         executing +
                         ").executing_proceeding_purpose(p,criminal_prosecution)."
                         "person_role(p,subject_eaw).person_nationality(p," +
                         issuing + ").offence_type(" + offence + ").offence_committed_in(" +
                         issuing + ").",
               .ours = {}};
  };
  // The ages of these cases decide under national law, which this file of FACILEX does not hold.
  cases[1] = of_form("api_text/case1.json", "france", "italy", "theft");
  cases[2] = of_form("api_text/case1b.json", "france", "italy", "driving_without_license");
  cases[3] = of_form("api_text/case_france.json", "italy", "france", "theft");
  std::vector<std::string> facts;
  for (const Own& one : cases) facts.push_back(one.theirs);
  const FacilexAnswers theirs = ask_facilex(folder_, facts);
  ASSERT_EQ(theirs.articles.size(), cases.size());
  Engine engine;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Ours ours = engine.ask(values_of(cases[i].ours));
    EXPECT_EQ(text_of(theirs.articles[i]), text_of(ours.applying)) << cases[i].what;
    std::printf("[ %s: %s\n", cases[i].what.c_str(),
                ours.applying.empty() ? "no ground" : text_of(ours.applying).c_str());
  }
  EXPECT_EQ(text_of(theirs.articles[0]), "article3_1 article3_2 article4_3 ");
}

/// Facts of ours that are left unknown, by the flags that decide them. Only those in which both
/// encodings agree, so that FACILEX can be asked about every completion.
struct Open {
  Flag flag;
  std::vector<const char*> terms;
};

const std::vector<Open>& open_facts() {
  static const std::vector<Open> kOpen = {
      {Flag::kAmnesty, {"req.amnesty.requested"}},
      {Flag::kUnderAge, {"req.person.below_criminal_age", "req.person.minor"}},
      {Flag::kNoOffence, {"req.offence.no_offence_in_requested"}},
      {Flag::kPending, {"req.proceedings.pending_in_requested"}},
      {Flag::kDropped, {"req.proceedings.dropped_in_requested"}},
      {Flag::kLapsed, {"req.time.lapsed_in_requested"}},
      {Flag::kJudgedInThird, {"req.judgment.final_in_third"}},
      {Flag::kNational, {"req.person.national_of_requested"}},
      {Flag::kResident, {"req.person.resident_of_requested"}},
      {Flag::kNoReach, {"req.place.reverse_reach"}},
      {Flag::kAbsent, {"req.proceedings.in_absentia"}},
      {Flag::kLife, {"req.penalty.life"}},
      {Flag::kReviewAssured, {"req.assurance.life_review"}},
      {Flag::kReturnAssured, {"req.assurance.return"}}};
  return kOpen;
}

/// Some facts unknown: which, and the stated rest with those false.
struct Incomplete {
  Warrant closed;  ///< as a closed world reads it
  std::vector<std::size_t> open;
};

Incomplete random_incomplete(std::mt19937& random) {
  Incomplete out{.closed = random_warrant(random), .open = {}};
  out.closed.set(Flag::kFiscalDifference, false);
  out.closed.set(Flag::kJurisdiction);
  out.closed.set(Flag::kExecutesAtHome);
  // A mandatory ground that is certain would settle the outcome: leave it out often.
  if (random() % 4 != 0) {
    for (const Flag flag : {Flag::kAmnesty, Flag::kServedInUnion, Flag::kUnderAge}) {
      out.closed.set(flag, false);
    }
  }
  while (out.open.size() < 1 + random() % 5) {
    const std::size_t one = random() % open_facts().size();
    if (std::ranges::find(out.open, one) != out.open.end()) continue;
    out.open.push_back(one);
    out.closed.set(open_facts()[one].flag, false);
  }
  return out;
}

TEST_F(Facilex, OutcomesThatRemainAreThoseOfItsCompletions) {
  std::mt19937 random(20260102);
  std::vector<Incomplete> sets;
  std::vector<Warrant> completions;
  for (int i = 0; i < 1000; ++i) {
    sets.push_back(random_incomplete(random));
    const Incomplete& set = sets.back();
    for (std::size_t bits = 0; bits < (std::size_t{1} << set.open.size()); ++bits) {
      Warrant warrant = set.closed;
      for (std::size_t k = 0; k < set.open.size(); ++k) {
        warrant.set(open_facts()[set.open[k]].flag, ((bits >> k) & 1U) != 0);
      }
      completions.push_back(warrant);
    }
  }
  const FacilexAnswers theirs = ask_facilex(folder_, texts_of(completions));
  ASSERT_EQ(theirs.articles.size(), completions.size()) << "FACILEX did not answer";
  Engine engine;
  std::size_t next = 0;
  std::size_t undecided = 0;
  for (const Incomplete& set : sets) {
    Values values = values_of(set.closed);
    for (const std::size_t one : set.open) {
      for (const char* term : open_facts()[one].terms) values[term] = Truth::kUnknown;
    }
    const Ours ours = engine.ask(values);
    const Outcome closed_world = outcome_of(theirs.articles[next]);
    ASSERT_TRUE(holds(ours.outcomes, closed_world)) << facts_of(set.closed);
    std::set<Outcome> remaining;
    for (std::size_t bits = 0; bits < (std::size_t{1} << set.open.size()); ++bits, ++next) {
      remaining.insert(outcome_of(theirs.articles[next]));
    }
    // Granting with and without a condition is one outcome to FACILEX.
    std::set<Outcome> named;
    for (const Outcome one : law::kOutcomes) {
      if (ours.outcomes.contains(one)) named.insert(is_granted(one) ? Outcome::kGrant : one);
    }
    ASSERT_EQ(named, remaining) << facts_of(set.closed) << text_of(ours.outcomes);
    if (remaining.size() > 1) ++undecided;
  }
  EXPECT_GT(undecided, 100U);
  std::printf(
      "[ %zu incomplete sets, %zu completions: in %zu more than one outcome remains, of which a "
      "closed world names one\n",
      sets.size(), completions.size(), undecided);
}

}  // namespace
}  // namespace rogatory::oracle
