// SPDX-License-Identifier: EUPL-1.2

#include "facilex.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

namespace rogatory::oracle {
namespace {

/// Asks every set of facts of a file `facts/2` and prints one line each. Facts are added in a
/// snapshot, so that none is left for the next set. What is not stated is false.
constexpr std::string_view kDriver = R"(
:- use_module(library(lists)).
:- style_check(-singleton).
answer(Articles) :-
    findall(A, (mandatory_refusal(A, _, europeanArrestWarrant)
               ; optional_refusal(A, _, europeanArrestWarrant)), Found),
    sort(Found, Articles).
ask(Facts, Articles) :-
    snapshot((forall(member(F, Facts), assertz(F)), answer(Articles))).
run(File) :-
    setup_call_cleanup(open(File, read, In), read_all(In, Sets), close(In)),
    statistics(cputime, Start),
    forall(member(Facts, Sets), (ask(Facts, Articles), print_line(Articles))),
    statistics(cputime, End),
    Seconds is End - Start,
    format("seconds ~w~n", [Seconds]).
read_all(In, Sets) :-
    read(In, Term),
    (   Term == end_of_file -> Sets = [] ; Sets = [Term|Rest], read_all(In, Rest) ).
print_line(Articles) :- atomic_list_concat(Articles, ' ', Line), format("articles ~w~n", [Line]).
)";

/// Predicates its facts use: declared dynamic, because a set may have none of them.
constexpr std::string_view kDynamic =
    ":- dynamic sentence_served/1, sentence_being_served/1, sentence_execution_impossible/1, "
    "person_status/3, prosecution_not_allowed/2, person_residence/2, "
    "punishable_by_life_sentence/2, "
    "guarantee/2, issuing_proceeding_status/3, issuing_proceeding_event/3, "
    "sentence_served_being_served_or_execution_impossible/1, offence_committed_in/1.\n";

std::string place_word(Place place) {
  switch (place) {
    case Place::kIssuing:
      return "issuing";
    case Place::kExecuting:
      return "executing";
    case Place::kThird:
      return "third";
  }
  return "third";
}

std::string purpose_word(Purpose purpose) {
  switch (purpose) {
    case Purpose::kProsecution:
      return "criminal_prosecution";
    case Purpose::kSentence:
      return "execution_custodial_sentence";
    case Purpose::kDetention:
      return "execution_detention_order";
  }
  return "criminal_prosecution";
}

struct FlagFacts {
  Flag flag;
  const char* facts;  ///< ended by `. ` each
};

constexpr FlagFacts kFacts[] = {
    {Flag::kListed, "art2_2applies(o)."},
    {Flag::kAmnesty, "amnesty(o,executing)."},
    {Flag::kJudgedInUnion, "person_event(p,finally_judged,o)."},
    {Flag::kServedInUnion, "sentence_being_served(p)."},
    {Flag::kUnderAge, "person_status(p,under_age,executing)."},
    {Flag::kNoOffence, "national_law_not_offence(o,executing)."},
    {Flag::kPending, "person_event(p,under_prosecution,o)."},
    {Flag::kDropped,
     "executing_proceeding_status(o,executing,non_prosecution_or_halted_proceeding)."},
    {Flag::kLapsed, "executing_proceeding_status(o,executing,statute_barred)."},
    {Flag::kJudgedInThird,
     "person_event(p,irrevocably_convicted_in_third_state,o)."
     "sentence_served_being_served_or_execution_impossible(p)."},
    {Flag::kNational, "person_nationality(p,executing)."},
    {Flag::kResident, "person_residence(p,executing)."},
    {Flag::kNoReach, "prosecution_not_allowed(o,executing)."},
    {Flag::kAbsent, "issuing_proceeding_status(o,issuing,trial_in_absentia)."},
    {Flag::kSummoned,
     "issuing_proceeding_event(p,o,aware_trial)."
     "issuing_proceeding_event(p,o,informed_of_potential_decision)."},
    {Flag::kDefended, "issuing_proceeding_event(p,o,mandated_legal_defence)."},
    {Flag::kNotContested,
     "issuing_proceeding_event(p,o,informed_of_right_retrial_appeal)."
     "issuing_proceeding_event(p,o,does_not_contest_decision)."},
    {Flag::kNoRetrialAsked,
     "issuing_proceeding_event(p,o,informed_of_right_retrial_appeal)."
     "issuing_proceeding_event(p,o,does_not_request_retrial_appeal)."},
    {Flag::kRetrialAssured,
     "issuing_proceeding_event(p,o,will_informed_of_right_retrial_appeal)."
     "issuing_proceeding_event(p,o,will_informed_of_timeframe_retrial_appeal)."},
    {Flag::kLife, "punishable_by_life_sentence(o,issuing)."},
    {Flag::kReviewAssured, "guarantee(issuing,review_clemency_right)."},
    {Flag::kReturnAssured, "guarantee(p,o,return_to_executing_state)."},
};

/// `a(b). c(d).` as a Prolog list.
std::string as_list(const std::string& facts) {
  std::string out;
  std::string term;
  int depth = 0;
  for (const char c : facts) {
    if (c == '(') ++depth;
    if (c == ')') --depth;
    if (c == '.' && depth == 0) {
      out += (out.empty() ? "" : ",") + term;
      term.clear();
    } else if (c != '\n' && c != ' ') {
      term += c;
    }
  }
  return "[" + out + "].\n";
}

FacilexAnswers parse(std::istream& in) {
  FacilexAnswers out;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string word;
    words >> word;
    if (word == "seconds") words >> out.seconds;
    if (word != "articles") continue;
    out.articles.emplace_back(std::istream_iterator<std::string>(words),
                              std::istream_iterator<std::string>());
  }
  return out;
}

}  // namespace

void make_consistent(Warrant& warrant) {
  if (warrant.has(Flag::kServedInUnion)) warrant.set(Flag::kJudgedInUnion);
}

std::string facts_of(const Warrant& warrant) {
  std::string out =
      "offence_type(o).issuing_member_state(issuing).executing_member_state(executing)."
      "person_role(p,subject_eaw).";
  out += "executing_proceeding_purpose(p," + purpose_word(warrant.purpose) + ").";
  out += "offence_committed_in(" + place_word(warrant.place) + ").";
  for (const FlagFacts& one : kFacts) {
    if (warrant.has(one.flag)) out += one.facts;
  }
  return out;
}

FacilexAnswers ask_facilex(const std::filesystem::path& folder,
                           std::span<const std::string> facts) {
  const auto base =
      std::filesystem::temp_directory_path() / ("facilex-" + std::to_string(getpid()));
  const std::string driver = base.string() + ".pl";
  const std::string sets = base.string() + ".facts";
  const std::string output = base.string() + ".out";
  const auto source = folder / "sources" / "EAW" / "Decision_2002_584_v3.pl";
  std::ofstream(driver) << ":- ['" << source.string() << "'].\n" << kDynamic << kDriver;
  {
    std::ofstream out(sets);
    for (const std::string& one : facts) out << as_list(one);
  }
  const std::string command = "swipl -q -g \"run('" + sets + "')\" -t halt " + driver + " > " +
                              output + " 2> " + output + ".err";
  [[maybe_unused]] const int status = std::system(command.c_str());
  std::ifstream in(output);
  FacilexAnswers out = parse(in);
  for (const std::string& file : {driver, sets, output, output + ".err"}) {
    std::filesystem::remove(file);
  }
  return out;
}

}  // namespace rogatory::oracle
