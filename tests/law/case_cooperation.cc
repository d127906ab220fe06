// SPDX-License-Identifier: EUPL-1.2

#include "case_cooperation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "case_expect.h"
#include "law/answer.h"
#include "law/extradition.h"
#include "law/grounds.h"

namespace rogatory::test {
namespace {

using law::LawBook;
using law::Truth;
using law::Verdict;

conduct::Count count_or_none(const std::optional<conduct::Count>& count) {
  return count ? *count : conduct::Count();
}

/// The instrument of a basis, or the provision of the requested State's law.
std::string name_of(const LawBook& book, const law::Basis& basis) {
  return basis.instrument != nullptr ? basis.instrument->id : book.provisions[basis.provision].id;
}

base::Result<law::BasisAnswer> bases_of(const LawBook& book, const Entry& pair,
                                        const std::vector<law::Fact>& facts) {
  const auto on = pair.date("on");
  return law::find_bases(book, {.requesting = pair.text("requesting"),
                                .requested = pair.text("requested"),
                                .kind = pair.has("kind") ? pair.text("kind") : "extradition",
                                .on = on.value_or(base::Date::earliest()),
                                .facts = facts});
}

// basis
// ------------------------------------------------------------------------------------------------

void ask_basis(const LawBook& book, const conduct::Count& count, const Entry& question) {
  question.allow_only({"basis", "first", "bases", "holds", "not_available", "none_known"});
  const Entry pair = question.at("basis");
  pair.allow_only({"requesting", "requested", "kind", "on"});
  const auto answer = bases_of(book, pair, count.facts);
  ASSERT_TRUE(answer.ok()) << pair.place() << ": " << answer.error().to_string();
  std::set<std::string> found;
  for (const law::Basis& basis : answer->bases) found.insert(name_of(book, basis));
  expect_exactly(question.at("bases"), found);
  expect_holds(question.at("holds"), found);
  std::set<std::string> others;
  for (const law::NotAvailable& one : answer->not_available) {
    if (one.instrument != nullptr) others.insert(one.instrument->id);
  }
  expect_holds(question.at("not_available"), others);
  if (question.has("first")) {
    ASSERT_FALSE(answer->bases.empty()) << question.place() << ": " << answer->none_known;
    expect_text(question.at("first"), name_of(book, answer->bases.front()));
  }
  if (!question.has("none_known")) return;
  EXPECT_TRUE(answer->bases.empty()) << question.place() << ": found are " << joined(found);
  EXPECT_NE(answer->none_known.find(question.text("none_known")), std::string::npos)
      << question.place() << ": the reason is: " << answer->none_known;
}

// grounds
// ------------------------------------------------------------------------------------------------

std::string_view truth_word(Truth value) {
  switch (value) {
    case Truth::kTrue:
      return "true";
    case Truth::kFalse:
      return "false";
    case Truth::kUnknown:
      return "unknown";
  }
  return "unknown";
}

/// Whether dual criminality is there, as `law::find_grounds` wants to be told; nothing without a
/// conduct or where one law is not encoded.
base::Result<std::optional<Truth>> dual_of(const LawBook& book, const law::BasisAnswer& bases,
                                           const conduct::Count& count,
                                           std::optional<base::Date> decision) {
  const bool is_asked =
      bases.requesting.law != nullptr && bases.requested.law != nullptr && count.dates.from;
  if (!is_asked) return std::optional<Truth>();
  ROG_TRY(const auto dual, law::dual_criminality(book, {.requesting = bases.requesting.law,
                                                        .requested = bases.requested.law,
                                                        .facts = count.facts,
                                                        .dates = count.dates,
                                                        .request_date = bases.on,
                                                        .warrant_date = std::nullopt,
                                                        .decision_date = decision}));
  if (dual.verdict == Verdict::kUndetermined) return std::optional(Truth::kUnknown);
  return std::optional(dual.verdict == Verdict::kMet ? Truth::kTrue : Truth::kFalse);
}

void ask_grounds(const LawBook& book, const conduct::Count& count, const Entry& question) {
  question.allow_only({"grounds", "outcomes", "applies", "overriding", "absent", "differs"});
  const Entry pair = question.at("grounds");
  pair.allow_only({"requesting", "requested", "kind", "on", "decision_date", "governing"});
  const auto bases = bases_of(book, pair, count.facts);
  ASSERT_TRUE(bases.ok()) << pair.place() << ": " << bases.error().to_string();
  const auto valuation = law::Valuation::make(
      book, count.facts,
      {.state = bases->requested.iso3, .transposed_from = bases->requesting.iso3});
  ASSERT_TRUE(valuation.ok()) << pair.place() << ": " << valuation.error().to_string();
  const auto dual = dual_of(book, *bases, count, pair.date("decision_date"));
  ASSERT_TRUE(dual.ok()) << pair.place() << ": " << dual.error().to_string();
  const auto answer =
      law::find_grounds(*valuation, *bases,
                        {.governing = pair.has("governing") ? pair.text("governing") : "",
                         .dual_criminality = *dual,
                         .threshold_reached = {}});
  ASSERT_TRUE(answer.ok()) << pair.place() << ": " << answer.error().to_string();
  std::set<std::string> outcomes;
  for (const law::Outcome one : law::kOutcomes) {
    if (answer->outcomes.contains(one)) outcomes.emplace(to_text(one));
  }
  expect_exactly(question.at("outcomes"), outcomes);
  expect_difference(question, joined(outcomes));
  std::map<std::string, const law::GroundAnswer*> by_id;
  std::set<std::string> overriding;
  for (const law::GroundAnswer& ground : answer->grounds) {
    const std::string& id = book.provisions[ground.provision].id;
    by_id.emplace(id, &ground);
    if (ground.source == law::GroundSource::kOverriding) overriding.insert(id);
  }
  for (const auto& [id, wanted] : question.at("applies").members()) {
    ASSERT_TRUE(by_id.contains(id)) << wanted.place() << ": no such ground here";
    expect_text(wanted, truth_word(by_id.at(id)->applies));
  }
  expect_holds(question.at("overriding"), overriding);
  for (const std::string& id : question.at("absent").texts()) {
    EXPECT_FALSE(by_id.contains(id)) << question.at("absent").place() << ": " << id;
  }
}

// extraditable
// ------------------------------------------------------------------------------------------------

std::string text_of(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

void expect_mention(const Entry& wanted, const std::vector<std::string>& lines) {
  for (const Entry& one : wanted.items()) {
    const std::string all = text_of(lines);
    EXPECT_NE(all.find(one.text()), std::string::npos) << one.place() << ": said is: " << all;
  }
}

void check_under(const Entry& wanted, const law::ExtraditionUnder& under) {
  wanted.allow_only({"verdict", "dual_criminality", "list", "reasons", "subject_to", "unknown"});
  expect_text(wanted.at("verdict"), law::extradition_word(under.verdict));
  for (const law::ExtraditionSlice& slice : under.slices) {
    expect_name(wanted.at("dual_criminality"), slice.dual_criminality);
    expect_name(wanted.at("list"), slice.list);
  }
  expect_mention(wanted.at("reasons"), under.reasons);
  expect_mention(wanted.at("subject_to"), under.subject_to);
  expect_mention(wanted.at("unknown"), under.unknown);
}

void ask_extraditable(const LawBook& book, const conduct::Count& count, const Entry& question) {
  question.allow_only({"extraditable", "verdict", "never", "under", "unknown", "differs"});
  const Entry pair = question.at("extraditable");
  pair.allow_only({"requesting", "requested", "on", "warrant_date", "decision_date", "offences"});
  const auto on = pair.date("on");
  ASSERT_TRUE(on.has_value()) << pair.place();
  const auto answer = law::extraditable(book, {.requesting = pair.text("requesting"),
                                               .requested = pair.text("requested"),
                                               .on = *on,
                                               .warrant_date = pair.date("warrant_date"),
                                               .facts = count.facts,
                                               .dates = count.dates,
                                               .offences = pair.at("offences").texts(),
                                               .decision_date = pair.date("decision_date")});
  ASSERT_TRUE(answer.ok()) << pair.place() << ": " << answer.error().to_string();
  const std::string_view verdict = law::extradition_word(answer->verdict);
  expect_text(question.at("verdict"), verdict);
  expect_difference(question, verdict);
  if (question.has("never")) {
    EXPECT_NE(verdict, question.text("never")) << question.place();
  }
  expect_mention(question.at("unknown"), answer->unknown);
  for (const auto& [id, wanted] : question.at("under").members()) {
    const auto name = [&](const law::ExtraditionUnder& one) {
      return name_of(book, answer->bases.bases[one.basis]);
    };
    const auto it = std::ranges::find(answer->under, id, name);
    ASSERT_NE(it, answer->under.end()) << wanted.place() << ": no such basis here";
    check_under(wanted, *it);
  }
}

}  // namespace

bool ask_cooperation(const LawBook& book, const std::optional<conduct::Count>& count,
                     const Entry& question) {
  const conduct::Count facts = count_or_none(count);
  if (question.has("basis")) {
    ask_basis(book, facts, question);
  } else if (question.has("grounds")) {
    ask_grounds(book, facts, question);
  } else if (question.has("extraditable")) {
    ask_extraditable(book, facts, question);
  } else {
    return false;
  }
  return true;
}

}  // namespace rogatory::test
