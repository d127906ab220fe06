// SPDX-License-Identifier: EUPL-1.2

#include "law/assess.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <optional>
#include <set>

#include "support/law_builder.h"

namespace rogatory::law {
namespace {

using test::all;
using test::any;
using test::is;
using test::LawBuilder;
using test::no;
using test::none;
using test::sure;
using test::unless;
using test::with_id;
using test::yes;

/// One provision, facts, and the assessment of the one under the others.
class AssessTest : public testing::Test {
 protected:
  AssessTest() {
    law.term("act.top");
    law.term("act.a", {"act.top"});
    law.term("act.b", {"act.top"});
    law.terms({"circ.p", "circ.q", "circ.r", "mens.intent"});
  }

  Provision& provision(Node elements) { return law.offence("i:x", std::move(elements)); }

  const Assessment& assess(std::vector<Fact> stated) {
    if (!book) book.emplace(law.link());
    facts = std::move(stated);
    auto made = Valuation::make(*book, facts);
    EXPECT_TRUE(made.ok()) << made.error().to_string();
    valuation.emplace(made.take());
    assessment = law::assess(*valuation, 0);
    return assessment;
  }

  /// `act.a` wanted, `not act.b` unwanted: one set as text, sorted.
  [[nodiscard]] std::set<std::string> names(const std::vector<FactNeeded>& needed) const {
    std::set<std::string> out;
    for (const FactNeeded& fact : needed) {
      out.insert((fact.wanted ? "" : "not ") + book->atoms().key(fact.atom));
    }
    return out;
  }

  [[nodiscard]] std::vector<std::set<std::string>> missing() const {
    std::vector<std::set<std::string>> out;
    for (const FactSet& set : assessment.needed) out.push_back(names(set.missing));
    return out;
  }

  [[nodiscard]] std::vector<std::string> subject_to() const {
    std::vector<std::string> out;
    for (const LinkedException* one : assessment.subject_to) out.push_back(one->id);
    return out;
  }

  LawBuilder law;
  std::optional<LawBook> book;
  std::vector<Fact> facts;
  std::optional<Valuation> valuation;
  Assessment assessment;
};

using Names = std::set<std::string>;

TEST_F(AssessTest, WithoutElementsTheLawIsNotEncoded) {
  provision(is("act.a")).elements.clear();
  const Assessment& out = assess({yes("act.a")});
  EXPECT_EQ(out.verdict, Verdict::kUndetermined);
  EXPECT_EQ(out.unknown_reasons, std::vector{UnknownReason::kLawNotEncoded});
}

TEST_F(AssessTest, AnUnstatedDefenceDoesNotBlock) {
  provision(unless(is("act.a"), Role::kDefence, "interest", is("circ.p")));
  EXPECT_EQ(assess({yes("act.a")}).verdict, Verdict::kMet);
  EXPECT_EQ(subject_to(), std::vector<std::string>{"interest"});
}

TEST_F(AssessTest, ASettledDefenceIsNotListed) {
  provision(unless(is("act.a"), Role::kDefence, "interest", is("circ.p")));
  EXPECT_EQ(assess({yes("act.a"), no("circ.p")}).verdict, Verdict::kMet);
  EXPECT_TRUE(subject_to().empty());
  EXPECT_EQ(assess({yes("act.a"), yes("circ.p")}).verdict, Verdict::kNotMet);
  EXPECT_TRUE(subject_to().empty());
}

TEST_F(AssessTest, AContestedDefenceIsListed) {
  provision(unless(is("act.a"), Role::kDefence, "interest", is("circ.p")));
  assess({yes("act.a"), test::unknown("circ.p", UnknownReason::kContested)});
  EXPECT_EQ(subject_to(), std::vector<std::string>{"interest"});
}

TEST_F(AssessTest, DefencesOfOtherAlternativesAreNotListed) {
  provision(any({unless(is("act.a"), Role::kDefence, "d1", is("circ.p")),
                 unless(is("act.b"), Role::kDefence, "d2", is("circ.q")), is("circ.r")}));
  EXPECT_EQ(assess({yes("act.a"), no("act.b")}).verdict, Verdict::kMet);
  EXPECT_EQ(subject_to(), std::vector<std::string>{"d1"});
  // Either alternative carries the answer: both defences would have to hold.
  assess({yes("act.a"), yes("act.b")});
  EXPECT_EQ(subject_to(), (std::vector<std::string>{"d1", "d2"}));
  // An alternative without a defence makes both pointless.
  assess({yes("act.a"), yes("act.b"), yes("circ.r")});
  EXPECT_TRUE(subject_to().empty());
}

TEST_F(AssessTest, ExclusionsAndElementsStayOpen) {
  provision(unless(unless(is("act.a"), Role::kExclusion, "ex", is("circ.p")), Role::kElement, "el",
                   is("circ.q")));
  const Assessment& out = assess({yes("act.a")});
  EXPECT_EQ(out.verdict, Verdict::kUndetermined);
  EXPECT_EQ(out.unknown_reasons, std::vector{UnknownReason::kNotStated});
  EXPECT_EQ(missing(), (std::vector<Names>{{"not circ.p", "not circ.q"}}));
}

TEST_F(AssessTest, SeveralExceptionsThatApplyAreAllShown) {
  provision(unless(unless(is("act.a"), Role::kExclusion, "e1", is("circ.p")), Role::kExclusion,
                   "e2", is("circ.q")));
  const Assessment& out = assess({yes("act.a"), yes("circ.p"), yes("circ.q")});
  EXPECT_EQ(out.verdict, Verdict::kNotMet);
  ASSERT_EQ(out.proof.children.size(), 3U);
  EXPECT_EQ(out.proof.children[1].value, Truth::kTrue);
  EXPECT_EQ(out.proof.children[2].value, Truth::kTrue);
}

TEST_F(AssessTest, ExceptionsOfExceptionsStayVisible) {
  provision(unless(is("act.a"), Role::kExclusion, "outer",
                   unless(is("circ.p"), Role::kExclusion, "inner", is("circ.q"))));
  const Assessment& out = assess({yes("act.a"), yes("circ.p"), yes("circ.q")});
  EXPECT_EQ(out.verdict, Verdict::kMet);
  const ProofNode& outer = out.proof.children[1];
  EXPECT_EQ(outer.id, "outer");
  EXPECT_EQ(outer.kind, ProofNode::Kind::kException);
  EXPECT_EQ(outer.value, Truth::kFalse);
  const ProofNode& inner = outer.children.front().children[1];
  EXPECT_EQ(inner.id, "inner");
  EXPECT_EQ(inner.value, Truth::kTrue);
}

TEST_F(AssessTest, ReasonsOfOpenElements) {
  provision(all({is("act.a"), is("circ.p"), is("circ.q"), test::open("see the treaty")}));
  law.term("circ.serious").is_open_texture = true;
  law.book().provisions.front().elements.front().children.push_back(is("circ.serious"));
  const Assessment& out =
      assess({yes("act.a"), test::unknown("circ.p", UnknownReason::kContested)});
  EXPECT_EQ(out.unknown_reasons,
            (std::vector{UnknownReason::kContested, UnknownReason::kNotStated,
                         UnknownReason::kOpenReference, UnknownReason::kNeedsEvaluation}));
}

TEST_F(AssessTest, AnEvaluativeElementNeedsEvaluation) {
  Node node = is("circ.p");
  node.is_evaluative = true;
  provision(node);
  EXPECT_EQ(assess({}).unknown_reasons, std::vector{UnknownReason::kNeedsEvaluation});
}

Reading reading(std::string_view id, std::string_view element, Node node) {
  Reading out;
  out.id = std::string(id);
  out.replace.emplace_back(std::string(element), std::move(node));
  return out;
}

TEST_F(AssessTest, ReadingsThatDifferLeaveItOpen) {
  provision(all({is("act.a"), is("mens.intent")})).readings = {
      reading("strict", "mens.intent", all({is("mens.intent"), is("circ.p")}))};
  const Assessment& out = assess({yes("act.a"), yes("mens.intent"), no("circ.p")});
  EXPECT_EQ(out.verdict, Verdict::kUndetermined);
  EXPECT_EQ(out.unknown_reasons, std::vector{UnknownReason::kReadingsDiffer});
  ASSERT_EQ(out.readings.size(), 1U);
  EXPECT_EQ(out.readings.front().verdict, Verdict::kNotMet);
  EXPECT_TRUE(out.needed.empty());
}

TEST_F(AssessTest, ReadingsThatAgreeAreReported) {
  provision(all({is("act.a"), is("mens.intent")})).readings = {
      reading("strict", "mens.intent", all({is("mens.intent"), is("circ.p")}))};
  EXPECT_EQ(assess({yes("act.a"), yes("mens.intent"), yes("circ.p")}).verdict, Verdict::kMet);
  EXPECT_EQ(assessment.readings.size(), 1U);
  EXPECT_EQ(assess({no("act.a")}).verdict, Verdict::kNotMet);
  EXPECT_TRUE(assessment.unknown_reasons.empty());
}

TEST_F(AssessTest, MissingFactsAreMinimalAndSmallestFirst) {
  provision(all({is("act.a"), any({all({is("circ.p"), is("circ.q")}), is("circ.r")})}));
  EXPECT_EQ(assess({yes("act.a")}).verdict, Verdict::kUndetermined);
  EXPECT_EQ(missing(), (std::vector<Names>{{"circ.r"}, {"circ.p", "circ.q"}}));
}

TEST_F(AssessTest, MissingFactsDoNotNameWhatFollows) {
  provision(all({is("act.top"), is("act.a")}));
  assess({});
  EXPECT_EQ(missing(), (std::vector<Names>{{"act.a"}}));
}

TEST_F(AssessTest, ContradictedFactsAreMinimal) {
  provision(all({is("act.a"), is("circ.p"), is("circ.q")}));
  const Assessment& out = assess({yes("act.a"), no("circ.p")});
  EXPECT_EQ(out.verdict, Verdict::kNotMet);
  ASSERT_EQ(out.needed.size(), 1U);
  EXPECT_EQ(names(out.needed.front().contradicted), (Names{"circ.p"}));
  EXPECT_EQ(names(out.needed.front().missing), (Names{"circ.q"}));
  EXPECT_EQ(out.needed.front().contradicted.front().now, Truth::kFalse);
}

TEST_F(AssessTest, NoSetAsksForFactsThatCannotBeTogether) {
  law.exclusive("g", {"circ.p", "circ.q"});
  provision(all({is("circ.p"), is("circ.q")}));
  assess({no("circ.p"), no("circ.q")});
  EXPECT_TRUE(assessment.needed.empty());
}

TEST_F(AssessTest, ADefenceBelowANegationIsListed) {
  // The exclusion fails only because nobody raised the defence inside it.
  provision(unless(is("act.a"), Role::kExclusion, "ex",
                   none({unless(is("circ.p"), Role::kDefence, "consent", is("circ.q"))})));
  assess({yes("act.a"), yes("circ.p")});
  EXPECT_EQ(assessment.verdict, Verdict::kMet);
  ASSERT_EQ(assessment.subject_to.size(), 1U);
  EXPECT_EQ(assessment.subject_to.front()->id, "consent");
}

TEST_F(AssessTest, AnOpenReferenceIsNamedAsMissing) {
  provision(all({is("act.a"), test::open("see the treaty")}));
  assess({yes("act.a")});
  ASSERT_EQ(assessment.needed.size(), 1U);
  ASSERT_EQ(assessment.needed.front().missing.size(), 1U);
  EXPECT_EQ(assessment.needed.front().missing.front().reason, UnknownReason::kOpenReference);
}

TEST_F(AssessTest, ConfidenceIsThatOfTheWeakestElement) {
  provision(all({is("act.a"), sure(is("circ.p"), Confidence::kRecalled),
                 sure(is("circ.q"), Confidence::kDerived)}));
  EXPECT_EQ(assess({yes("act.a"), yes("circ.p"), yes("circ.q")}).confidence, Confidence::kRecalled);
  EXPECT_TRUE(assessment.is_provisional());
  // The no rests on one failing element only, the surest.
  EXPECT_EQ(assess({no("act.a"), no("circ.p")}).confidence, Confidence::kFound);
  EXPECT_EQ(assess({no("circ.q")}).confidence, Confidence::kDerived);
}

TEST_F(AssessTest, ConfidenceTakesTheBestAlternative) {
  provision(
      any({sure(is("circ.p"), Confidence::kRecalled), sure(is("circ.q"), Confidence::kFound)}));
  EXPECT_EQ(assess({yes("circ.p"), yes("circ.q")}).confidence, Confidence::kFound);
  EXPECT_EQ(assess({yes("circ.p")}).confidence, Confidence::kRecalled);
  EXPECT_EQ(assess({no("circ.p"), no("circ.q")}).confidence, Confidence::kRecalled);
}

TEST_F(AssessTest, ConfidenceIsNoBetterThanTheProvision) {
  provision(is("act.a")).citation.confidence = Confidence::kDerived;
  EXPECT_EQ(assess({yes("act.a")}).confidence, Confidence::kDerived);
}

TEST_F(AssessTest, TheProofNamesFactsAndEntailments) {
  law.entails("e", {"act.a"}, "circ.p");
  provision(is("circ.p"));
  const Assessment& out = assess({yes("act.a")});
  EXPECT_EQ(out.proof.because, std::vector<std::string>{"because of e [derived]"});
  ASSERT_EQ(out.proof.facts.size(), 1U);
  EXPECT_EQ(out.proof.facts.front()->term, "act.a");
}

TEST_F(AssessTest, ConfidenceCountsTheEntailmentsThatTheProofUses) {
  law.entails("e", {"act.a"}, "circ.p").entails("f", {"circ.p"}, "circ.q");
  Entailment& second = law.book().vocabulary.entailments.back();
  second.confidence = Confidence::kRecalled;
  provision(is("circ.q")).citation.confidence = Confidence::kFound;
  EXPECT_EQ(assess({yes("circ.q")}).confidence, Confidence::kFound);
  EXPECT_EQ(assess({yes("act.a")}).confidence, Confidence::kRecalled);
  EXPECT_TRUE(assess({yes("circ.p")}).is_provisional());
}

TEST_F(AssessTest, AFoundEntailmentNamesItsSource) {
  law.entails("e", {"act.a"}, "circ.p");
  Entailment& entailment = law.book().vocabulary.entailments.back();
  entailment.confidence = Confidence::kFound;
  entailment.source = "report";
  entailment.pin = "para. 45";
  provision(is("circ.p"));
  const Assessment& out = assess({yes("act.a")});
  EXPECT_EQ(out.confidence, Confidence::kFound);
  EXPECT_EQ(out.proof.because, std::vector<std::string>{"because of e [found: report, para. 45]"});
}

TEST_F(AssessTest, AnExactAnswerIsNoSurerThanTheLeastSureEntailment) {
  law.entails("e", {"act.a"}, "circ.p");
  provision(any({is("act.a"), with_id(none({is("act.a")}), "not-a")}));
  EXPECT_EQ(assess({}).confidence, Confidence::kDerived);
}

TEST_F(AssessTest, AnExactAnswerSaysSo) {
  provision(any({is("circ.p"), with_id(none({is("circ.p")}), "not-p")}));
  const Assessment& out = assess({});
  EXPECT_EQ(out.verdict, Verdict::kMet);
  EXPECT_EQ(out.proof.value, Truth::kTrue);
  ASSERT_FALSE(out.proof.because.empty());
  EXPECT_NE(out.proof.because.front().find("every way"), std::string::npos);
}

TEST_F(AssessTest, TheVerdictAloneIsTheSame) {
  provision(unless(all({is("act.a"), is("circ.p")}), Role::kExclusion, "ex", is("circ.q")));
  assess({yes("act.a"), yes("circ.p"), no("circ.q")});
  EXPECT_EQ(verdict_on(*valuation, 0), Verdict::kMet);
  EXPECT_EQ(law::assess(*valuation, 0, Detail::kVerdict).verdict, Verdict::kMet);
}

// Properties
// ---------------------------------------------------------------------------------------------------------

const std::vector<std::string>& leaves() {
  static const std::vector<std::string> kLeaves{"act.top", "act.a",  "act.b",      "circ.p",
                                                "circ.q",  "circ.r", "mens.intent"};
  return kLeaves;
}

/// A random tree; every node and exception gets an id of its own.
Node random_tree(int depth, int& next) {
  const std::string id = "n" + std::to_string(next++);
  Node out;
  const int kind = depth == 0 ? 0 : *rc::gen::inRange(0, 4);
  if (kind == 0) {
    out = is(*rc::gen::elementOf(leaves()));
  } else {
    std::vector<Node> children;
    const int count = *rc::gen::inRange(1, 4);
    for (int i = 0; i < count; ++i) children.push_back(random_tree(depth - 1, next));
    out = kind == 1   ? all(std::move(children))
          : kind == 2 ? any(std::move(children))
                      : none(std::move(children));
  }
  if (depth > 0 && *rc::gen::inRange(0, 4) == 0) {
    const auto role = *rc::gen::element(Role::kElement, Role::kExclusion, Role::kDefence);
    const std::string exception = "e" + std::to_string(next++);
    out = unless(std::move(out), role, exception, random_tree(depth - 1, next));
  }
  return with_id(std::move(out), id);
}

void collect_ids(const Node& node, std::set<std::string>& out) {
  out.insert(node.id);
  for (const Node& child : node.children) collect_ids(child, out);
  for (const Exception& exception : node.unless) {
    out.insert(exception.id);
    collect_ids(exception.when.front(), out);
  }
}

void collect_ids(const ProofNode& node, std::set<std::string>& out) {
  out.insert(node.id);
  for (const ProofNode& child : node.children) collect_ids(child, out);
}

std::vector<Fact> random_facts() {
  std::vector<Fact> out;
  for (const std::string& term : leaves()) {
    const int said = *rc::gen::inRange(0, 3);
    if (said != 0) out.push_back(said == 1 ? yes(term) : no(term));
  }
  return out;
}

/// A law book with one random provision.
LawBook random_book() {
  LawBuilder law;
  law.term("act.top");
  law.term("act.a", {"act.top"});
  law.term("act.b", {"act.top"});
  law.terms({"circ.p", "circ.q", "circ.r", "mens.intent"});
  law.exclusive("g", {"circ.p", "circ.q"}).exhaustive("h", "act.top", {"act.a", "act.b"});
  int next = 0;
  law.offence("i:x", random_tree(3, next));
  return law.link();
}

RC_GTEST_PROP(AssessProperty, EveryConstructAppearsInTheProof, ()) {
  const LawBook book = random_book();
  const std::vector<Fact> facts = random_facts();
  const auto valuation = Valuation::make(book, facts);
  RC_PRE(valuation.ok());
  std::set<std::string> written;
  std::set<std::string> proved;
  collect_ids(book.provisions.front().elements.front(), written);
  collect_ids(assess(*valuation, 0).proof, proved);
  RC_ASSERT(written == proved);
}

RC_GTEST_PROP(AssessProperty, EverySetOfFactsWouldDoAndIsMinimal, ()) {
  const LawBook book = random_book();
  const std::vector<Fact> facts = random_facts();
  const auto valuation = Valuation::make(book, facts);
  RC_PRE(valuation.ok());
  const auto holds = [&](const std::vector<FactNeeded>& wanted) {
    std::vector<Literal> literals;
    for (const FactNeeded& fact : wanted) {
      literals.push_back(fact.wanted ? positive(fact.atom) : negative(fact.atom));
    }
    const auto changed = valuation->overriding(literals);
    return changed && evaluate(*changed, book.compiled(0).formula) == Truth::kTrue;
  };
  const Assessment assessment = assess(*valuation, 0);
  RC_ASSERT(assessment.needed.size() <= kMaxFactSets);
  for (const FactSet& set : assessment.needed) {
    std::vector<FactNeeded> all_needed = set.missing;
    std::ranges::copy(set.contradicted, std::back_inserter(all_needed));
    RC_ASSERT(!all_needed.empty());
    RC_ASSERT(holds(all_needed));
    if (!set.contradicted.empty()) continue;
    for (std::size_t i = 0; i < all_needed.size(); ++i) {
      std::vector<FactNeeded> fewer = all_needed;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      RC_ASSERT(!holds(fewer));
    }
  }
}

/// A yes that is subject to no defence stands whatever the silent defences turn out to be.
RC_GTEST_PROP(AssessProperty, AYesSubjectToNothingNeedsNoSilence, ()) {
  const LawBook book = random_book();
  const std::vector<Fact> facts = random_facts();
  const auto valuation = Valuation::make(book, facts);
  RC_PRE(valuation.ok());
  const FormulaId root = book.compiled(0).formula.root;
  const auto kleene = [&](Defences defences) {
    return evaluate_kleene(book.formulas(), root, valuation->values(), defences);
  };
  const Assessment assessment = assess(*valuation, 0);
  const bool is_plain_yes = assessment.verdict == Verdict::kMet && assessment.subject_to.empty() &&
                            kleene(Defences::kDoNotBlock) == Truth::kTrue;
  if (is_plain_yes) RC_ASSERT(kleene(Defences::kAsUnknown) == Truth::kTrue);
}

}  // namespace
}  // namespace rogatory::law
