// SPDX-License-Identifier: EUPL-1.2
//
// Every example under every instrument: it is read, it is answered, and what the answer shows holds
// when it is evaluated again.

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <set>
#include <string>
#include <vector>

#include "law/answer.h"
#include "law_support/corpus.h"
#include "law_support/incidents.h"

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
  explicit Checker(const law::Valuation& valuation, std::string what)
      : valuation_(valuation), what_(std::move(what)) {}

  void check(const law::Assessment& a) {
    const std::string where = what_ + " " + valuation_.book().provisions[a.provision].id;
    check_proof(a.proof, where, /*is_root=*/true);
    if (a.readings.empty()) {
      EXPECT_EQ(verdict_of(a.proof.value), a.verdict) << where;
    }
    for (const law::FactSet& set : a.needed) check_set(a, set, where);
    const bool can_be_met = !has_open_reference(valuation_.book(), a.provision);
    if (a.verdict != law::Verdict::kMet && a.readings.empty() && can_be_met) {
      EXPECT_FALSE(a.needed.empty())
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

  [[nodiscard]] Truth value_with(const law::Assessment& a,
                                 const std::vector<law::Literal>& literals) const {
    const auto changed = valuation_.overriding(literals);
    if (!changed) return Truth::kUnknown;  // facts that cannot be together make nothing hold
    return law::evaluate(*changed, valuation_.book().compiled(a.provision).formula);
  }

  const law::Valuation& valuation_;
  std::string what_;
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
          EXPECT_FALSE(answer->assessments.empty()) << instrument.id;
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
          Checker checker(*valuation, path.filename().string() + " " + count.id);
          for (const law::Assessment& a : answer->assessments) checker.check(a);
        }
      }
    }
  }
}

}  // namespace
}  // namespace rogatory::test
