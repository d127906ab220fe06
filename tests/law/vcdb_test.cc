// SPDX-License-Identifier: EUPL-1.2
//
// Seven thousand real incidents under all instruments: an error or a force of nature is no crime of
// intent, and the answer says that it is the intent that fails.

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "law/answer.h"
#include "law_support/corpus.h"
#include "law_support/incidents.h"
#include "support/shared.h"

namespace rogatory::test {
namespace {

constexpr std::string_view kRecords = "data/vcdb_actions_7338.json";
constexpr std::string_view kIntent = "mens.intent";
constexpr std::size_t kRowsWithoutIntent = 2086;

bool needs_intent(const law::LinkedNode& node) {
  const auto asks = [](const law::LinkedNode* child) { return needs_intent(*child); };
  switch (node.kind) {
    case law::NodeKind::kTerm:
      return node.scope.empty() && node.source->term == kIntent;
    case law::NodeKind::kAll:
      return std::ranges::any_of(node.children, asks);
    case law::NodeKind::kAny:
      return !node.children.empty() && std::ranges::all_of(node.children, asks);
    case law::NodeKind::kNone:
    case law::NodeKind::kRefer:
    case law::NodeKind::kThreshold:
    case law::NodeKind::kOpen:
      return false;
  }
  return false;
}

/// The offences of all instruments that cannot be met without intent, on any reading of their text.
std::set<law::ProvisionIndex> offences_of_intent(const law::LawBook& book) {
  std::set<law::ProvisionIndex> out;
  for (const law::Instrument& instrument : book.instruments) {
    for (const law::ProvisionIndex i : book.provisions_of(instrument.id)) {
      if (!book.provisions[i].is_offence()) continue;
      const law::CompiledProvision& compiled = book.compiled(i);
      bool needs = compiled.formula.tree != nullptr && needs_intent(*compiled.formula.tree);
      for (const law::CompiledReading& reading : compiled.readings) {
        needs = needs && needs_intent(*reading.formula.tree);
      }
      if (needs) out.insert(i);
    }
  }
  return out;
}

bool is_without_intent(const base::Json& record) {
  const base::JsonObject& actions = record.at("action").as_object();
  return !actions.empty() && std::ranges::all_of(actions, [](const auto& action) {
    return action.key() == "error" || action.key() == "environmental";
  });
}

/// The same incident, done by hacking.
base::Json as_hacking(const base::Json& record) {
  base::Json out = record;
  out.as_object()["action"] =
      base::JsonObject{{"hacking", base::JsonObject{{"variety", base::JsonArray{"Unknown"}}}}};
  return out;
}

/// Some way to meet the provision fails for want of intent alone or among others.
bool blames_intent(const law::LawBook& book, const law::FactSet& set) {
  return std::ranges::any_of(set.contradicted, [&](const law::FactNeeded& fact) {
    return book.atoms().key(fact.atom) == kIntent && fact.wanted;
  });
}

/// The proof rests on an intent that is known to be absent.
bool rests_on_no_intent(const law::LawBook& book, const law::ProofNode& node) {
  if (!node.is_decisive) return false;
  const bool is_intent =
      node.children.empty() && node.atom != law::kNoAtom && book.atoms().key(node.atom) == kIntent;
  if (is_intent && node.value == law::Truth::kFalse) return true;
  return std::ranges::any_of(
      node.children, [&](const law::ProofNode& child) { return rests_on_no_intent(book, child); });
}

std::string signature(const std::vector<law::Fact>& facts) {
  std::vector<std::string> parts;
  for (const law::Fact& fact : facts) {
    std::string part = law::atom_key(fact.scope, fact.term);
    part += '=';
    part += to_text(fact.value);
    part += to_text(fact.reason);
    if (fact.quantity)
      part +=
          fact.quantity->quantity + std::to_string(fact.quantity->value) + fact.quantity->currency;
    parts.push_back(std::move(part));
  }
  std::ranges::sort(parts);
  std::string out;
  for (const std::string& part : parts) out += part + '\n';
  return out;
}

/// An answer, without its proof: that refers to the facts, which go.
struct Answer {
  law::ProvisionIndex provision = 0;
  law::Verdict verdict = law::Verdict::kUndetermined;
  bool is_every_way_blamed =
      false;  ///< each set of facts that would meet the provision asks for the intent
  bool is_some_way_blamed = false;
  bool is_proof_blamed = false;
};

Answer to_answer(const law::Assessment& a) {
  const auto blames = [](const law::FactSet& set) { return blames_intent(the_law(), set); };
  return {.provision = a.provision,
          .verdict = a.verdict,
          .is_every_way_blamed = !a.needed.empty() && std::ranges::all_of(a.needed, blames),
          .is_some_way_blamed = std::ranges::any_of(a.needed, blames),
          .is_proof_blamed = rests_on_no_intent(the_law(), a.proof)};
}

/// Classifies facts under all instruments. Many rows state the same facts: those are answered once.
class Bench {
 public:
  const std::vector<Answer>& classify(const base::Json& record) {
    static const std::vector<Answer> kNone;
    const auto imported = conduct::import_veris(record, the_mappings());
    if (!imported.ok()) {
      ADD_FAILURE() << imported.error().to_string();
      return kNone;
    }
    EXPECT_EQ(imported->conduct.counts.size(), 1U);
    const std::vector<law::Fact>& facts = imported->conduct.counts.front().facts;
    const auto [at, is_new] = answers_.try_emplace(signature(facts));
    if (is_new) answer(facts, at->second);
    return at->second;
  }

  [[nodiscard]] std::size_t distinct() const { return answers_.size(); }

 private:
  static void answer(const std::vector<law::Fact>& facts, std::vector<Answer>& out) {
    const law::LawBook& book = the_law();
    const auto valuation = law::Valuation::make(book, facts);
    ASSERT_TRUE(valuation.ok()) << valuation.error().to_string();
    for (const law::Instrument& instrument : book.instruments) {
      for (const law::ProvisionIndex i : book.provisions_of(instrument.id)) {
        if (!book.provisions[i].is_offence()) continue;
        out.push_back(to_answer(law::assess(*valuation, i)));
      }
    }
  }

  std::map<std::string, std::vector<Answer>> answers_;
};

class Vcdb : public testing::Test {
 protected:
  void SetUp() override {
    const auto path = shared_path(kRecords);
    if (!path) GTEST_SKIP() << "no shared data";
    auto records = read_records(*path);
    ASSERT_TRUE(records.ok()) << records.error().to_string();
    records_ = records.take();
  }

  [[nodiscard]] std::string name(const Answer& a) const {
    return the_law().provisions[a.provision].id;
  }

  base::JsonArray records_;
  Bench bench_;
};

TEST_F(Vcdb, AllRowsAreAnswered) {
  std::map<std::string, std::size_t> verdicts;
  for (const base::Json& record : records_) {
    for (const Answer& a : bench_.classify(record)) {
      ++verdicts[std::string(to_text(a.verdict))];
    }
  }
  EXPECT_EQ(records_.size(), 7338U);
  std::cout << records_.size() << " incidents with " << bench_.distinct()
            << " different sets of facts\n";
  for (const auto& [verdict, count] : verdicts) std::cout << verdict << ": " << count << "\n";
}

TEST_F(Vcdb, AnErrorFailsForLackOfIntent) {
  const std::set<law::ProvisionIndex> of_intent = offences_of_intent(the_law());
  std::size_t rows = 0;
  std::map<std::string, std::size_t> not_blamed;
  for (const base::Json& record : records_) {
    if (!is_without_intent(record)) continue;
    ++rows;
    for (const Answer& a : bench_.classify(record)) {
      if (!of_intent.contains(a.provision)) continue;
      // Where a reference is open no facts meet the provision, so that only the proof can say what
      // fails.
      const bool is_blamed =
          has_open_reference(the_law(), a.provision) ? a.is_proof_blamed : a.is_every_way_blamed;
      if (a.verdict != law::Verdict::kNotMet || !is_blamed) {
        ++not_blamed[name(a) + " " + std::string(to_text(a.verdict))];
      }
    }
  }
  EXPECT_EQ(rows, kRowsWithoutIntent);
  EXPECT_FALSE(of_intent.empty());
  for (const auto& [what, count] : not_blamed) ADD_FAILURE() << what << " in " << count << " rows";
  std::cout << rows << " rows under " << of_intent.size() << " offences that need intent\n";
  for (const law::Instrument& instrument : the_law().instruments) {
    for (const law::ProvisionIndex i : the_law().provisions_of(instrument.id)) {
      if (the_law().provisions[i].is_offence() && !of_intent.contains(i)) {
        std::cout << "does not need intent on every reading: " << the_law().provisions[i].id
                  << "\n";
      }
    }
  }
}

TEST_F(Vcdb, TheSameRowsDoneByHackingDoNotFailForLackOfIntent) {
  std::size_t rows = 0;
  for (const base::Json& record : records_) {
    if (!is_without_intent(record)) continue;
    ++rows;
    for (const Answer& a : bench_.classify(as_hacking(record))) {
      EXPECT_FALSE(a.is_some_way_blamed || a.is_proof_blamed)
          << name(a) << " fails for lack of intent although it was hacking";
    }
  }
  EXPECT_EQ(rows, kRowsWithoutIntent);
}

}  // namespace
}  // namespace rogatory::test
