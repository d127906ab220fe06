// SPDX-License-Identifier: EUPL-1.2
//
// Every example under every instrument: it is read, it is answered, and what the answer shows holds
// when it is evaluated again.

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "law/answer.h"
#include "law/entail.h"
#include "law_support/corpus.h"
#include "law_support/incidents.h"
#include "support/shared.h"

namespace rogatory::test {
namespace {

using law::ProofNode;
using law::Truth;

/// How a part of a proof counts for the whole, by the words of law/provision.h.
Truth counts_as(const ProofNode& part) {
  if (part.kind != ProofNode::Kind::kException) return part.value;
  if (part.role == law::Role::kDefence && part.value == Truth::kUnknown) return Truth::kTrue;
  return !part.value;
}

/// The value that the parts of a proof give.
Truth value_of_parts(const ProofNode& node) {
  const bool is_all =
      node.kind == ProofNode::Kind::kAll || node.kind == ProofNode::Kind::kException;
  if (node.kind == ProofNode::Kind::kException) return node.children.front().value;
  Truth out = is_all ? Truth::kTrue : Truth::kFalse;
  for (const ProofNode& child : node.children) {
    out = is_all ? and_of(out, counts_as(child)) : or_of(out, counts_as(child));
  }
  return node.kind == ProofNode::Kind::kNone ? !out : out;
}

class Checker {
 public:
  Checker(const law::Valuation& valuation, std::string what,
          std::optional<base::Date> on = std::nullopt)
      : valuation_(valuation), what_(std::move(what)), on_(on) {}

  void check(const law::Assessment& a) {
    const std::string where = what_ + " " + valuation_.book().provisions[a.provision].id;
    check_proof(a.proof, where, /*is_root=*/true);
    if (a.readings.empty()) {
      EXPECT_EQ(verdict_of(a.proof.value), a.verdict) << where;
    }
    for (const law::FactSet& set : a.needed) check_set(a, set, where);
    const bool is_closed = !has_open_reference(valuation_.book(), a.provision);
    if (a.verdict != law::Verdict::kMet && a.readings.empty() && is_closed) {
      EXPECT_TRUE(!a.needed.empty() || !can_be_met(a))
          << where << " says neither what is missing nor what is contradicted";
    }
  }

  std::size_t sets = 0;
  std::size_t leaves = 0;

 private:
  static law::Verdict verdict_of(Truth value) {
    switch (value) {
      case Truth::kFalse:
        return law::Verdict::kNotMet;
      case Truth::kUnknown:
        return law::Verdict::kUndetermined;
      case Truth::kTrue:
        return law::Verdict::kMet;
    }
    return law::Verdict::kUndetermined;
  }

  /// Every inner value follows from its parts and every leaf from the facts; only the whole may be
  /// surer than its parts.
  void check_proof(const ProofNode& node, const std::string& where, bool is_root) {
    if (node.children.empty() && node.atom != law::kNoAtom) {
      ++leaves;
      EXPECT_EQ(node.value, valuation_.value(node.atom)) << where << " " << node.id;
      return;
    }
    const Truth parts = value_of_parts(node);
    const bool is_exact = is_root && parts == Truth::kUnknown;
    if (!is_exact) {
      EXPECT_EQ(node.value, parts) << where << " " << node.id;
    }
    for (const ProofNode& child : node.children) check_proof(child, where, /*is_root=*/false);
  }

  /// What is said to be missing or otherwise, taken as wanted, makes the provision met; none of it
  /// can be left out.
  void check_set(const law::Assessment& a, const law::FactSet& set, const std::string& where) {
    ++sets;
    std::vector<law::Literal> literals;
    for (const auto* facts : {&set.missing, &set.contradicted}) {
      for (const law::FactNeeded& fact : *facts) {
        EXPECT_EQ(fact.now, valuation_.value(fact.atom)) << where;
        literals.push_back(fact.wanted ? law::positive(fact.atom) : law::negative(fact.atom));
      }
    }
    EXPECT_EQ(value_with(a, literals), Truth::kTrue)
        << where << " is not met with the facts it asks for";
    for (std::size_t i = 0; i < literals.size(); ++i) {
      std::vector<law::Literal> fewer = literals;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_NE(value_with(a, fewer), Truth::kTrue)
          << where << " asks for more facts than it needs";
    }
  }

  /// Nothing meets a provision that refers only to what was not in force.
  [[nodiscard]] bool can_be_met(const law::Assessment& a) const {
    const law::FormulaId root = valuation_.book().compiled_on(a.provision, on_).formula.root;
    law::Reasoner reasoner(valuation_.book());
    return reasoner.is_satisfiable(std::vector<law::FormulaId>{root}, {});
  }

  [[nodiscard]] Truth value_with(const law::Assessment& a,
                                 const std::vector<law::Literal>& literals) const {
    const auto changed = valuation_.overriding(literals);
    if (!changed) return Truth::kUnknown;  // facts that cannot be together make nothing hold
    return law::evaluate(*changed, valuation_.book().compiled_on(a.provision, on_).formula);
  }

  const law::Valuation& valuation_;
  std::string what_;
  std::optional<base::Date> on_;
};

TEST(Examples, ImportAndClassifyUnderAllInstruments) {
  const law::LawBook& book = the_law();
  std::size_t counts = 0;
  std::size_t sets = 0;
  std::size_t leaves = 0;
  for (const auto& path : example_files()) {
    const auto records = read_incidents(path);
    ASSERT_TRUE(records.ok()) << path << ": " << records.error().to_string();
    EXPECT_FALSE(records->empty()) << path;
    for (const conduct::Imported& record : *records) {
      for (const conduct::Count& count : record.conduct.counts) {
        ++counts;
        EXPECT_FALSE(count.facts.empty()) << path << " " << count.id;
        const auto valuation = law::Valuation::make(book, count.facts);
        ASSERT_TRUE(valuation.ok())
            << path << " " << count.id << ": " << valuation.error().to_string();
        Checker checker(*valuation, path.filename().string() + " " + count.id);
        for (const law::Instrument& instrument : book.instruments) {
          const auto answer = law::classify_under_instrument(book, instrument, count.facts);
          ASSERT_TRUE(answer.ok()) << path << ": " << answer.error().to_string();
          const bool has_offences = std::ranges::any_of(
              book.provisions_of(instrument.id),
              [&](law::ProvisionIndex i) { return book.provisions[i].is_offence(); });
          EXPECT_EQ(answer->assessments.empty(), !has_offences) << instrument.id;
          for (const law::Assessment& a : answer->assessments) checker.check(a);
        }
        sets += checker.sets;
        leaves += checker.leaves;
      }
    }
  }
  std::cout << counts << " counts; " << sets << " sets of facts and " << leaves
            << " leaves of proofs evaluated again\n";
  EXPECT_GT(sets, 0U);
  EXPECT_GT(leaves, 0U);
}

TEST(Examples, ImportAndClassifyUnderAllStates) {
  const law::LawBook& book = the_law();
  for (const auto& path : example_files()) {
    const auto records = read_incidents(path);
    ASSERT_TRUE(records.ok()) << path << ": " << records.error().to_string();
    for (const conduct::Imported& record : *records) {
      for (const conduct::Count& count : record.conduct.counts) {
        for (const law::StateLaw& state : book.states) {
          const law::Perspective perspective{.state = state.iso3, .transposed_from = {}};
          const auto valuation = law::Valuation::make(book, count.facts, perspective);
          ASSERT_TRUE(valuation.ok()) << path << ": " << valuation.error().to_string();
          const auto answer =
              law::classify_under_state(book, state, count.facts, count.dates.from, perspective);
          ASSERT_TRUE(answer.ok()) << path << ": " << answer.error().to_string();
          if (answer->verdict == law::Verdict::kNotMet) {
            EXPECT_NE(answer->closure, nullptr)
                << path << ": a no of " << state.iso3 << " without closure";
          }
          Checker checker(*valuation, path.filename().string() + " " + count.id, count.dates.from);
          for (const law::Assessment& a : answer->assessments) checker.check(a);
        }
      }
    }
  }
}

/// A verdict that an officer should find for a count of an example, and what it turns on: for a yes
/// an element that holds, for a no or an open one the first fact of the best way to meet it.
struct Pin {
  std::string_view file;
  std::string_view count;
  std::string_view provision;
  law::Verdict verdict;
  std::string_view because;
  law::UnknownReason reason = law::UnknownReason::kNotStated;
};

constexpr auto kMet = law::Verdict::kMet;
constexpr auto kNotMet = law::Verdict::kNotMet;
constexpr auto kUndetermined = law::Verdict::kUndetermined;

const std::vector<Pin> kPins{
    {"deepfake-call-2024.yaml", "call", "un-ict-2021:art-18", kMet, "harm"},
    {"deepfake-call-2024.yaml", "call", "budapest-2001:art-8", kMet, "loss"},
    {"deepfake-call-2024.yaml", "call", "budapest-2001:art-2", kNotMet, "act.access"},
    {"deepfake-call-2024.yaml", "call", "un-ict-2021:art-9", kNotMet, "act.disrupt"},
    {"deepfake-call-2024.yaml", "call", "budapest-2001:art-7", kUndetermined,
     "mens.authentic_legal_use", law::UnknownReason::kNeedsEvaluation},
    {"mirai-2016.yaml", "botnet", "un-ict-2021:art-10-2", kMet, "botnet"},
    {"mirai-2016.yaml", "botnet", "un-ict-2021:art-10-1", kMet, "for-blocking"},
    {"mirai-2016.yaml", "botnet", "budapest-2001:art-2", kMet, "without-right"},
    {"mirai-2016.yaml", "botnet", "un-ict-2021:art-9", kUndetermined, "obj.network"},
    {"mirai-2016.yaml", "university", "budapest-2001:art-5", kMet, "hinder"},
    {"mirai-2016.yaml", "university", "un-ict-2021:art-12", kNotMet, "obj.data.personal"},
    {"estonia-party-2007.yaml", "website", "budapest-2001:art-5", kMet, "hinder"},
    {"estonia-party-2007.yaml", "website", "budapest-2001:art-8", kNotMet, "mens.gain"},
    {"estonia-party-2007.yaml", "website", "budapest-2001:art-2", kUndetermined, "act.access"},
    {"payroll-insider-2014.yaml", "copying", "un-ict-2021:art-8", kMet, "copy"},
    {"payroll-insider-2014.yaml", "copying", "un-ict-2021:art-12", kMet, "to-copy"},
    {"payroll-insider-2014.yaml", "copying", "budapest-2001:art-3", kNotMet, "act.intercept"},
    {"payroll-insider-2014.yaml", "copying", "budapest-2001:art-4", kUndetermined,
     "act.data.delete"},
    {"invoice-fraud-2013.yaml", "deceit", "budapest-2001:art-8", kMet, "gain"},
    {"invoice-fraud-2013.yaml", "deceit", "un-ict-2021:art-18", kUndetermined, "res.serious_harm",
     law::UnknownReason::kNeedsEvaluation},
    {"hse-2021.yaml", "ransomware", "budapest-2001:art-4", kMet, "alter"},
};

/// True when an element of that name holds and the answer rests on it.
bool rests_on(const ProofNode& node, std::string_view id) {
  if (node.id == id) return node.is_decisive && node.value == Truth::kTrue;
  return std::ranges::any_of(node.children, [&](const ProofNode& n) { return rests_on(n, id); });
}

void check_reason(const Pin& pin, const law::Assessment& a, const std::string& where) {
  if (pin.verdict == kMet) {
    EXPECT_TRUE(rests_on(a.proof, pin.because)) << where << " does not rest on " << pin.because;
    return;
  }
  ASSERT_FALSE(a.needed.empty()) << where;
  const auto& facts =
      pin.verdict == kNotMet ? a.needed.front().contradicted : a.needed.front().missing;
  const auto it = std::ranges::find_if(facts, [&](const law::FactNeeded& fact) {
    return the_law().atoms().key(fact.atom) == pin.because;
  });
  ASSERT_NE(it, facts.end()) << where << " does not turn on " << pin.because;
  if (pin.verdict == kUndetermined) {
    EXPECT_EQ(it->reason, pin.reason) << where;
  }
}

TEST(Examples, ShowVerdictsOfEachKindWithTheirReason) {
  const law::LawBook& book = the_law();
  std::set<std::string_view> with_all_kinds;
  for (const Pin& pin : kPins) {
    const std::string where =
        std::string(pin.file) + " " + std::string(pin.count) + " " + std::string(pin.provision);
    const auto records = read_incidents(source_dir() / "examples" / pin.file);
    ASSERT_TRUE(records.ok()) << where << ": " << records.error().to_string();
    const auto& counts = records->front().conduct.counts;
    const auto count =
        std::ranges::find_if(counts, [&](const auto& c) { return c.id == pin.count; });
    ASSERT_NE(count, counts.end()) << where;
    const auto valuation = law::Valuation::make(book, count->facts);
    ASSERT_TRUE(valuation.ok()) << where;
    const auto index = book.find_provision_index(pin.provision);
    ASSERT_TRUE(index.has_value()) << where;
    const law::Assessment a = law::assess(*valuation, *index, law::Detail::kFull);
    EXPECT_EQ(a.verdict, pin.verdict) << where;
    if (a.verdict == pin.verdict) check_reason(pin, a, where);
  }
  for (const Pin& pin : kPins) {
    const auto shows = [&](law::Verdict verdict) {
      return std::ranges::any_of(
          kPins, [&](const Pin& p) { return p.file == pin.file && p.verdict == verdict; });
    };
    if (shows(kMet) && shows(kNotMet) && shows(kUndetermined)) with_all_kinds.insert(pin.file);
  }
  EXPECT_GE(with_all_kinds.size(), 4U);
}

}  // namespace
}  // namespace rogatory::test
