// SPDX-License-Identifier: EUPL-1.2
//
// Random instances through every way of the engine (three-valued, BDD, SAT) and through oracles
// that share no code with it: brute force over completions, Z3, clingo. All answers are equal, or
// the run fails and prints its seed.

#include <gtest/gtest.h>

#include <deque>
#include <iostream>

#include "law/evaluate.h"
#include "oracle/brute_force.h"
#include "oracle/instance.h"
#include "oracle/solvers.h"
#include "support/run_mode.h"

namespace rogatory::oracle {
namespace {

using law::Defences;
using law::Truth;
using law::Valuation;

constexpr std::uint64_t kSeed = 20261124;

/// The two constants alone fit. What two disagreeing completions do not show unknown, which is all
/// that is decided beyond Kleene, is decided by SAT then.
constexpr std::size_t kNoRoomForADiagram = 2;

/// How often each kind of instance occurred: a run that never met one proves nothing about it.
struct Seen {
  int instances = 0;
  int conflicts = 0;
  int decided_by_kleene = 0;
  int decided_beyond_kleene = 0;
  int decided_by_settled_defence = 0;
  int unknown = 0;
};

/// One instance through the engine and through brute force. The first difference is reported, then
/// the run stops.
class Checker {
 public:
  void check(const Instance& instance) {
    ++seen.instances;
    const BruteForce brute(instance);
    const auto valuation = Valuation::make(instance.book, instance.facts);
    ASSERT_EQ(valuation.ok(), !brute.is_conflict())
        << (valuation.ok() ? "a contradiction was not seen" : valuation.error().to_string());
    if (!valuation.ok()) {
      ++seen.conflicts;
      return;
    }
    for (const Defences defences : {Defences::kAsUnknown, Defences::kDoNotBlock}) {
      check(instance, *valuation, brute.answer(defences), defences);
      if (testing::Test::HasFatalFailure()) return;
    }
  }

  Seen seen;

 private:
  void check(const Instance& instance, const Valuation& valuation, Truth expected,
             Defences defences) {
    const law::Compiled& formula = instance.book.compiled(0).formula;
    const Truth kleene =
        evaluate_kleene(instance.book.formulas(), formula.root, valuation.values(), defences);
    ASSERT_EQ(evaluate_exact(valuation, formula.root, defences), expected) << "by BDD";
    ASSERT_EQ(evaluate_exact(valuation, formula.root, defences, kNoRoomForADiagram), expected)
        << "by SAT over the cone, as every diagram overflows";
    ASSERT_EQ(evaluate_sat(valuation, formula.root, defences), expected) << "by SAT";
    ASSERT_EQ(evaluate(valuation, formula, defences), expected)
        << "by the engine, needs_exact " << formula.needs_exact;
    count(kleene, expected, defences);
    if (kleene == Truth::kUnknown || kleene == expected) return;
    // A silent defence that is settled after all: only then may the quick answer differ, and the
    // engine knows it.
    ASSERT_EQ(defences, Defences::kDoNotBlock) << "Kleene contradicts the exact answer";
    ASSERT_TRUE(formula.needs_exact);
    ++seen.decided_by_settled_defence;
  }

  void count(Truth kleene, Truth expected, Defences defences) {
    if (defences != Defences::kAsUnknown) return;
    if (expected == Truth::kUnknown) {
      ++seen.unknown;
    } else if (kleene == expected) {
      ++seen.decided_by_kleene;
    } else {
      ++seen.decided_beyond_kleene;
    }
  }
};

void expect_all_kinds(const Seen& seen) {
  EXPECT_GT(seen.conflicts, 0);
  EXPECT_GT(seen.decided_by_kleene, 0);
  EXPECT_GT(seen.decided_beyond_kleene, 0) << "no instance needed more than three-valued logic";
  // Rare: two in ten thousand.
  if (seen.instances >= 100'000) {
    EXPECT_GT(seen.decided_by_settled_defence, 0);
  }
  EXPECT_GT(seen.unknown, 0);
  std::cout << seen.instances << " instances: " << seen.conflicts << " contradictory, "
            << seen.decided_by_kleene << " decided by Kleene, " << seen.decided_beyond_kleene
            << " by the exact answer only, " << seen.decided_by_settled_defence
            << " by a defence settled exactly, " << seen.unknown << " unknown\n";
}

std::uint64_t announced_seed() {
  const std::uint64_t seed = test::seed_or(kSeed);
  std::cout << "seed: " << seed << " (ROGATORY_SEED)\n";
  return seed;
}

TEST(Differential, EngineAndBruteForceAgree) {
  std::mt19937_64 random(announced_seed());
  const int count = test::is_slow_run() ? 100'000 : 2'000;
  Checker checker;
  for (int i = 0; i < count; ++i) {
    checker.check(make_instance(random));
    ASSERT_FALSE(HasFatalFailure()) << "instance " << i;
  }
  expect_all_kinds(checker.seen);
}

/// Instances in batches, with the answer of the engine for each that is free of contradictions.
class Batches : public testing::Test {
 protected:
  Batches() : random(announced_seed()) {}

  /// Fills `batch` with `count` instances; contradictory ones are left out unless wanted.
  void fill(int count, bool with_conflicts) {
    batch.clear();
    answers.clear();
    while (static_cast<int>(batch.size()) < count) {
      Instance instance = make_instance(random);
      batch.push_back(std::move(instance));
      const auto valuation = Valuation::make(batch.back().book, batch.back().facts);
      if (valuation.ok()) {
        answers.emplace_back(
            evaluate(*valuation, batch.back().book.compiled(0).formula, Defences::kAsUnknown));
      } else if (with_conflicts) {
        answers.emplace_back(std::nullopt);
      } else {
        batch.pop_back();
      }
    }
  }

  [[nodiscard]] std::vector<const Instance*> pointers() const {
    std::vector<const Instance*> out;
    for (const Instance& instance : batch) out.push_back(&instance);
    return out;
  }

  static int total() { return test::is_slow_run() ? 100'000 : 200; }
  /// Clingo proves one optimum over the whole batch, which grows faster than the batch.
  static constexpr int kBatchSize = 200;

  std::mt19937_64 random;
  std::deque<Instance> batch;
  std::vector<std::optional<Truth>> answers;
};

TEST_F(Batches, Z3Agrees) {
  if (!has_program("z3")) GTEST_SKIP() << "the program z3 is not installed";
  for (int done = 0; done < total(); done += kBatchSize) {
    fill(kBatchSize, /*with_conflicts=*/true);
    const auto told = ask_z3(pointers());
    ASSERT_EQ(told.size(), batch.size()) << "z3 did not answer";
    for (std::size_t i = 0; i < told.size(); ++i) {
      ASSERT_EQ(told[i], answers[i]) << "instance " << done + static_cast<int>(i);
    }
  }
}

TEST_F(Batches, ClingoAgrees) {
  if (!has_program("clingo")) GTEST_SKIP() << "the program clingo is not installed";
  for (int done = 0; done < total(); done += kBatchSize) {
    fill(kBatchSize, /*with_conflicts=*/false);
    const auto told = ask_clingo(pointers());
    ASSERT_EQ(told.size(), batch.size()) << "clingo did not answer";
    for (std::size_t i = 0; i < told.size(); ++i) {
      ASSERT_EQ(told[i], answers[i]) << "instance " << done + static_cast<int>(i);
    }
  }
}

}  // namespace
}  // namespace rogatory::oracle
