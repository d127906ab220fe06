// SPDX-License-Identifier: EUPL-1.2

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "law/entail.h"
#include "law/report.h"
#include "law/valuation.h"
#include "request/check.h"

namespace rogatory::request {
namespace {

using base::Result;
using law::LawBook;
using law::Verdict;

void ask_contents(const CheckResult& check, AskResult& out) {
  for (const ContentCheck& item : check.contents) {
    if (!item.is_missing()) continue;
    const Content& content = *item.use->content;
    out.questions.push_back(
        {.about = "content",
         .id = content.id,
         .asks = content.ask,
         .why = content.why,
         .cite = item.asked_by.empty() ? std::string() : item.asked_by.front()->cite,
         .count = {}});
  }
}

void ask_conditions(const LawBook& book, const CheckResult& check, AskResult& out) {
  for (const law::ConditionAnswer& condition : check.open_conditions) {
    const auto term = book.vocabulary.find_term(condition.term);
    out.questions.push_back({.about = "condition",
                             .id = condition.id,
                             .asks = term ? book.vocabulary.terms[*term].question : condition.says,
                             .why = "a condition of the basis that is open",
                             .cite = condition.cite,
                             .count = {}});
  }
}

/// The smallest set of open facts that would make one provision met.
struct Least {
  law::ProvisionIndex provision = 0;
  const law::FactSet* set = nullptr;
};

std::optional<Least> find_least(const law::StateAnswer& answer) {
  std::optional<Least> least;
  for (const law::Assessment& assessment : answer.assessments) {
    if (assessment.verdict != Verdict::kUndetermined) continue;
    for (const law::FactSet& set : assessment.needed) {
      if (!set.contradicted.empty() || set.missing.empty()) continue;
      if (!least || set.missing.size() < least->set->missing.size()) {
        least = Least{.provision = assessment.provision, .set = &set};
      }
    }
  }
  return least;
}

void ask_facts(const LawBook& book, const Least& least, const std::string& count, AskResult& out) {
  const law::Provision& provision = book.provisions[least.provision];
  for (const law::FactNeeded& fact : least.set->missing) {
    out.questions.push_back(
        {.about = "conduct",
         .id = std::string(book.atoms().key(fact.atom)),
         .asks = law::atom_question(book, fact.atom),
         .why = "an element of " + law::provision_name(book, provision) + " of the requested State",
         .cite = provision.citation.cite,
         .count = count});
  }
}

/// The days whose law the requested State applies, as far as its rule and the case tell: the first
/// day of each part of the conduct under one law, where its rule is that of the conduct or not
/// encoded, as law::dual_criminality takes it; nothing for a day that is not known.
std::vector<std::optional<base::Date>> test_days(const LawBook& book,
                                                 const law::StateLaw& requested,
                                                 const conduct::Count& count, base::Date on) {
  const bool is_of_conduct = requested.test_date == law::TestDateRule::kConductDate ||
                             requested.test_date == law::TestDateRule::kUnknown;
  if (!is_of_conduct) return {on};
  const std::vector<const law::StateLaw*> concerned{&requested};
  std::vector<std::optional<base::Date>> days;
  for (const base::DateRange& part : law::slices(book, concerned, count.dates)) {
    days.emplace_back(part.from);
  }
  if (days.empty()) days.emplace_back(std::nullopt);
  return days;
}

std::string joined_days(const std::vector<std::optional<base::Date>>& days) {
  std::string text;
  for (const std::optional<base::Date>& day : days) {
    if (day) text += (text.empty() ? "" : ", ") + day->to_string();
  }
  return text;
}

Result<void> ask_count(const LawBook& book, const Draft& draft, const conduct::Count& count,
                       base::Date on, AskResult& out) {
  const law::StateLaw& requested = *book.find_state(draft.case_file.requested.state);
  std::vector<law::StateAnswer> open;
  std::vector<std::optional<base::Date>> days_not_met;
  std::vector<std::optional<base::Date>> days_met;
  for (const std::optional<base::Date>& day : test_days(book, requested, count, on)) {
    ROG_TRY(law::StateAnswer answer,
            law::classify_under_state(
                book, requested, count.facts, day,
                {.state = requested.iso3, .transposed_from = draft.case_file.requesting.state}));
    const bool is_met = answer.verdict == Verdict::kMet;
    (is_met ? days_met : days_not_met).push_back(day);
    if (!is_met) open.push_back(std::move(answer));
  }
  if (open.empty()) return {};
  std::optional<Least> least;
  for (const law::StateAnswer& answer : open) {
    const auto of_part = find_least(answer);
    if (of_part && (!least || of_part->set->missing.size() < least->set->missing.size())) {
      least = of_part;
    }
  }
  if (!days_met.empty()) {
    out.notes.push_back("count `" + count.id + "`: an offence of " + requested.name +
                        " is met by the conduct from " + joined_days(days_met) + " on; that from " +
                        joined_days(days_not_met) +
                        " on is not shown to meet one: each part is tested by the law of its day");
  }
  if (least) {
    ask_facts(book, *least, count.id, out);
  } else if (days_met.empty()) {
    out.notes.push_back("count `" + count.id + "`: no encoded offence of " + requested.name +
                        " can be met by further facts alone");
  }
  return {};
}

Result<void> ask_conduct(const LawBook& book, const Draft& draft, base::Date on, AskResult& out) {
  if (book.find_state(draft.case_file.requested.state) == nullptr) {
    out.notes.push_back("the law of " + draft.case_file.requested.state +
                        " is not encoded: what it will ask about the conduct is not known");
    return {};
  }
  for (const conduct::Count& count : draft.case_file.conduct.counts)
    ROG_CHECKED(ask_count(book, draft, count, on, out));
  return {};
}

}  // namespace

base::Result<AskResult> ask_back(const LawBook& book, const KindBook& kinds, const Draft& draft,
                                 base::Date on) {
  ROG_TRY(const CheckResult check, check_request(book, kinds, draft, on));
  AskResult out;
  ask_contents(check, out);
  ask_conditions(book, check, out);
  const bool concerns_conduct =
      !check.dual.empty() || draft.kind == "extradition" || draft.kind == "provisional_arrest";
  if (concerns_conduct) {
    ROG_CHECKED(ask_conduct(book, draft, on, out));
  } else {
    out.notes.emplace_back(
        "the basis does not ask for dual criminality: nothing is asked about the conduct");
  }
  return out;
}

}  // namespace rogatory::request
