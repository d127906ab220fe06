// SPDX-License-Identifier: EUPL-1.2

#include "law/law_book.h"

#include <gtest/gtest.h>

#include <set>

#include "law/evaluate.h"
#include "support/law_builder.h"

namespace rogatory::law {
namespace {

using test::all;
using test::any;
using test::date;
using test::is;
using test::LawBuilder;
using test::none;
using test::refer;
using test::yes;

std::string lint_of(LawBuilder& law) {
  const auto linked = law.try_link();
  if (linked.ok()) return "no error";
  EXPECT_EQ(linked.error().code, base::ErrorCode::kLint);
  return linked.error().message;
}

void collect(const LinkedNode& node, std::set<std::string>& out) {
  if (node.kind == NodeKind::kTerm) out.insert(atom_key(node.scope, node.source->term));
  for (const LinkedNode* child : node.children) collect(*child, out);
  for (const LinkedException& exception : node.unless) collect(*exception.when, out);
}

/// The terms that a provision asks for, with their scopes, references resolved.
std::set<std::string> asked(const LawBook& book, std::string_view id) {
  std::set<std::string> out;
  collect(*book.compiled(*book.find_provision_index(id)).formula.tree, out);
  return out;
}

Truth truth(const LawBook& book, const Compiled& formula, const std::vector<Fact>& facts) {
  const auto valuation = Valuation::make(book, facts);
  EXPECT_TRUE(valuation.ok()) << valuation.error().to_string();
  return evaluate(*valuation, formula);
}

const CompiledProvision& compiled(const LawBook& book, std::string_view id) {
  return book.compiled(*book.find_provision_index(id));
}

LawBuilder access_law() {
  LawBuilder law;
  law.terms({"act.access", "act.produce", "obj.system", "mens.intent", "circ.consent"});
  law.offence("i:access", all({is("mens.intent"), is("act.access"), is("obj.system")}));
  return law;
}

TEST(Link, FindsProvisionsInstrumentsAndStates) {
  LawBuilder law = access_law();
  law.offence("FRA:x", is("act.access"));
  law.offence("FRA:y", is("act.produce"));
  const LawBook book = law.link();
  ASSERT_NE(book.find_provision("i:access"), nullptr);
  EXPECT_EQ(book.find_provision("i:gone"), nullptr);
  EXPECT_NE(book.find_instrument("i"), nullptr);
  EXPECT_EQ(book.find_instrument("j"), nullptr);
  EXPECT_EQ(book.find_state("fra"), book.find_state("FRA"));
  EXPECT_EQ(book.find_state("fr"), book.find_state("FRA"));
  EXPECT_EQ(book.find_state("DEU"), nullptr);
  EXPECT_EQ(book.provisions_of("FRA"), (std::vector<ProvisionIndex>{1, 2}));
  EXPECT_TRUE(book.provisions_of("DEU").empty());
}

TEST(Link, RefusesAProvisionDeclaredTwice) {
  LawBuilder law = access_law();
  law.offence("i:access", is("act.access"));
  EXPECT_EQ(lint_of(law), "provision `i:access` is declared twice");
}

TEST(Link, RefusesUnknownTermsAndQuantities) {
  {
    LawBuilder law = access_law();
    law.offence("i:x", is("act.gone"));
    EXPECT_EQ(lint_of(law), "unknown term `act.gone`");
  }
  {
    LawBuilder law = access_law();
    law.offence("i:x", test::at_least("qty.loss", 5000, "USD"));
    EXPECT_EQ(lint_of(law), "unknown quantity `qty.loss`");
  }
}

TEST(References, AreAskedOfWhatWasIntendedWithoutMentalElements) {
  LawBuilder law = access_law();
  law.offence("i:tools", all({is("act.produce"), refer(ReferAs::kIntentToCommit, {"i:access"})}));
  const LawBook book = law.link();
  EXPECT_EQ(asked(book, "i:tools"),
            (std::set<std::string>{"act.produce", "intended:act.access", "intended:obj.system"}));
}

TEST(References, AreLinkedOnceForAllThatMakeThem) {
  LawBuilder law = access_law();
  law.offence("i:tools", all({is("act.produce"), refer(ReferAs::kIntentToCommit, {"i:access"})}));
  law.offence("i:attempt", refer(ReferAs::kAttemptOf, {"i:access"}));
  law.offence("i:aiding", refer(ReferAs::kAidingOf, {"i:access"}));
  const LawBook book = law.link();
  const LinkedNode* in_tools =
      compiled(book, "i:tools").formula.tree->children.back()->children.front();
  const LinkedNode* in_attempt = compiled(book, "i:attempt").formula.tree->children.front();
  EXPECT_EQ(in_tools, in_attempt);
  EXPECT_NE(in_attempt, compiled(book, "i:aiding").formula.tree->children.front());
  EXPECT_EQ(in_attempt->id, "i:access");
  const LinkedNode& leaf = *in_attempt->children.front()->children.front();
  EXPECT_EQ(leaf.id, "i:access/act.access");
  // What the text says is not copied.
  const Provision& access = *book.find_provision("i:access");
  EXPECT_EQ(leaf.citation, &access.elements.front().children[1].citation);
}

TEST(References, EachKindHasItsScope) {
  for (const auto& [as, key] : {std::pair{ReferAs::kAttemptOf, "intended:act.access"},
                                std::pair{ReferAs::kPreparationOf, "intended:act.access"},
                                std::pair{ReferAs::kMeantFor, "designed:act.access"},
                                std::pair{ReferAs::kAidingOf, "principal:act.access"}}) {
    LawBuilder law = access_law();
    law.offence("i:other", refer(as, {"i:access"}));
    const LawBook book = law.link();
    EXPECT_TRUE(asked(book, "i:other").contains(key)) << key;
  }
}

TEST(References, AidingKeepsTheMentalElementsOfThePrincipal) {
  LawBuilder law = access_law();
  law.offence("i:aid", refer(ReferAs::kAidingOf, {"i:access"}));
  const LawBook book = law.link();
  EXPECT_TRUE(asked(book, "i:aid").contains("principal:mens.intent"));
}

TEST(References, NestTheirScopes) {
  LawBuilder law = access_law();
  law.offence("i:tools", all({is("act.produce"), refer(ReferAs::kMeantFor, {"i:access"})}));
  law.offence("i:attempt", refer(ReferAs::kAttemptOf, {"i:tools"}));
  const LawBook book = law.link();
  EXPECT_EQ(asked(book, "i:attempt"),
            (std::set<std::string>{"intended:act.produce", "intended.designed:act.access",
                                   "intended.designed:obj.system"}));
}

TEST(References, AnyOfSeveralProvisionsIsEnough) {
  LawBuilder law = access_law();
  law.offence("i:make", is("act.produce"));
  law.offence("i:attempt", refer(ReferAs::kAttemptOf, {"i:access", "i:make"}));
  const LawBook book = law.link();
  Fact fact = yes("act.produce");
  fact.scope = {Scope::kIntended};
  EXPECT_EQ(truth(book, compiled(book, "i:attempt").formula, {fact}), Truth::kTrue);
  EXPECT_EQ(truth(book, compiled(book, "i:attempt").formula, {yes("act.produce")}),
            Truth::kUnknown);
}

TEST(References, AMentalAlternativeThatIsLeftOutDoesNotBlock) {
  LawBuilder law = access_law();
  law.offence("i:x", all({is("act.access"), any({is("mens.intent"), is("circ.consent")})}));
  law.offence("i:attempt", refer(ReferAs::kAttemptOf, {"i:x"}));
  const LawBook book = law.link();
  EXPECT_EQ(asked(book, "i:attempt"), (std::set<std::string>{"intended:act.access"}));
}

TEST(References, KeepTheExceptionsOfWhatIsLeftOut) {
  LawBuilder law = access_law();
  law.offence("i:x", all({is("act.access"),
                          test::unless(any({is("mens.intent"), is("obj.system")}), Role::kExclusion,
                                       "consent", is("circ.consent"))}));
  law.offence("i:y", all({is("act.access"), test::unless(is("mens.intent"), Role::kExclusion,
                                                         "consent", is("circ.consent"))}));
  law.offence("i:attempt-x", refer(ReferAs::kAttemptOf, {"i:x"}));
  law.offence("i:attempt-y", refer(ReferAs::kAttemptOf, {"i:y"}));
  const LawBook book = law.link();
  const std::set<std::string> expected{"intended:act.access", "intended:circ.consent"};
  EXPECT_EQ(asked(book, "i:attempt-x"), expected);
  EXPECT_EQ(asked(book, "i:attempt-y"), expected);
}

TEST(References, RefuseCircles) {
  LawBuilder law = access_law();
  law.offence("i:a", refer(ReferAs::kAttemptOf, {"i:b"}));
  law.offence("i:b", refer(ReferAs::kAttemptOf, {"i:a"}));
  EXPECT_EQ(lint_of(law), "`i:a` refers to itself through `i:a`");
}

TEST(References, RefuseWhatIsNotThereOrHasNoElements) {
  {
    LawBuilder law = access_law();
    law.offence("i:a", refer(ReferAs::kAttemptOf, {"i:gone"}));
    EXPECT_EQ(lint_of(law), "`i:a` refers to `i:gone`, which does not exist");
  }
  {
    LawBuilder law = access_law();
    law.offence("i:b", is("act.access")).elements.clear();
    law.offence("i:a", refer(ReferAs::kAttemptOf, {"i:b"}));
    EXPECT_EQ(lint_of(law), "`i:a` refers to `i:b`, which has no elements");
  }
}

/// A chain of attempts of attempts.
LawBuilder nested(std::size_t depth) {
  LawBuilder law = access_law();
  law.offence("i:n0", is("act.access"));
  for (std::size_t i = 1; i <= depth; ++i) {
    law.offence("i:n" + std::to_string(i),
                refer(ReferAs::kAttemptOf, {"i:n" + std::to_string(i - 1)}));
  }
  return law;
}

TEST(References, RefuseScopesNestedTooDeep) {
  LawBuilder deep = nested(kMaxScopeDepth);
  EXPECT_EQ(lint_of(deep), "no error");
  LawBuilder deeper = nested(kMaxScopeDepth + 1);
  EXPECT_NE(lint_of(deeper).find("nest deeper than 4"), std::string::npos);
}

Option adds(std::string_view id, Node node) {
  Option option;
  option.id = std::string(id);
  option.add = {std::move(node)};
  return option;
}

Option drops(std::string_view id, std::vector<std::string> elements) {
  Option option;
  option.id = std::string(id);
  option.by = OptionBy::kReservation;
  option.drops_provision = elements.empty();
  option.drop_elements = std::move(elements);
  return option;
}

TEST(Options, TheFloorUsesEveryOption) {
  LawBuilder law = access_law();
  law.offence("i:x", all({is("act.access"), any({is("obj.system"), is("act.produce")})}))
      .options = {adds("consent", is("circ.consent")), drops("no-tools", {"act.produce"})};
  const LawBook book = law.link();
  const Compiled& floor = compiled(book, "i:x").floor;
  const std::vector<Fact> tools{yes("act.access"), yes("act.produce"), yes("circ.consent")};
  EXPECT_EQ(truth(book, compiled(book, "i:x").formula, tools), Truth::kTrue);
  EXPECT_EQ(truth(book, floor, tools), Truth::kUnknown);
  EXPECT_EQ(truth(book, floor, {yes("act.access"), yes("obj.system")}), Truth::kUnknown);
  EXPECT_EQ(truth(book, floor, {yes("act.access"), yes("obj.system"), yes("circ.consent")}),
            Truth::kTrue);
  EXPECT_FALSE(compiled(book, "i:x").may_be_dropped);
}

TEST(Options, AWholeProvisionMayBeDropped) {
  LawBuilder law = access_law();
  law.offence("i:x", is("act.access")).options = {drops("all", {})};
  const LawBook book = law.link();
  EXPECT_TRUE(compiled(book, "i:x").may_be_dropped);
}

TEST(Options, AnExceptionMayBeDropped) {
  LawBuilder law = access_law();
  law.offence("i:x", test::unless(is("act.access"), Role::kExclusion, "ex", is("circ.consent")))
      .options = {drops("strict", {"ex"})};
  const LawBook book = law.link();
  EXPECT_EQ(truth(book, compiled(book, "i:x").floor, {yes("act.access")}), Truth::kTrue);
}

TEST(Options, RefuseElementsThatAreNotThere) {
  LawBuilder law = access_law();
  law.offence("i:x", is("act.access")).options = {drops("o", {"gone"})};
  EXPECT_EQ(lint_of(law), "option `o` drops the unknown element `gone`");
}

TEST(Options, ThoseMadeByAStateApplyOnTheirDays) {
  LawBuilder law = access_law();
  law.offence("i:x", is("act.access")).options = {adds("consent", is("circ.consent")),
                                                  drops("all", {})};
  law.state("FRA").options_made = {{.instrument = "i",
                                    .provision = "i:x",
                                    .option = "consent",
                                    .range = test::between("2005-01-01", "2010-01-01"),
                                    .citation = {}},
                                   {.instrument = "i",
                                    .provision = "i:x",
                                    .option = "all",
                                    .range = test::from("2008-01-01"),
                                    .citation = {}}};
  const LawBook book = law.link();
  const StateLaw& france = *book.find_state("FRA");
  const ProvisionIndex x = *book.find_provision_index("i:x");
  const auto on = [&](std::string_view day) { return book.with_options_of(x, france, date(day)); };
  ASSERT_TRUE(on("2004-12-31"));
  EXPECT_EQ(on("2004-12-31")->root, book.compiled(x).formula.root);
  ASSERT_TRUE(on("2005-01-01"));
  EXPECT_EQ(truth(book, *on("2005-01-01"), {yes("act.access")}), Truth::kUnknown);
  EXPECT_EQ(on("2009-06-01")->root, kNoFormula);
  EXPECT_EQ(on("2011-06-01")->root, kNoFormula);
}

TEST(Options, RefuseToMakeWhatTheProvisionDoesNotOffer) {
  LawBuilder law = access_law();
  law.state("FRA").options_made = {{.instrument = "i",
                                    .provision = "i:access",
                                    .option = "gone",
                                    .range = test::from("2005-01-01"),
                                    .citation = {}}};
  EXPECT_EQ(lint_of(law), "`i:access` has no option `gone`");
}

Reading reading(std::string_view id, std::string_view element, Node node) {
  Reading out;
  out.id = std::string(id);
  out.replace.emplace_back(std::string(element), std::move(node));
  return out;
}

TEST(Readings, ReplaceOneElement) {
  LawBuilder law = access_law();
  law.offence("i:x", all({is("act.access"), is("obj.system")})).readings = {
      reading("wide", "obj.system", any({is("obj.system"), is("circ.consent")}))};
  const LawBook book = law.link();
  const std::vector<Fact> facts{yes("act.access"), test::no("obj.system"), yes("circ.consent")};
  EXPECT_EQ(truth(book, compiled(book, "i:x").formula, facts), Truth::kFalse);
  EXPECT_EQ(truth(book, compiled(book, "i:x").readings.front().formula, facts), Truth::kTrue);
}

TEST(Readings, ReplaceWhatAnExceptionDependsOn) {
  LawBuilder law = access_law();
  law.offence("i:x", test::unless(is("act.access"), Role::kExclusion, "ex", is("circ.consent")))
      .readings = {reading("other", "ex", is("obj.system"))};
  const LawBook book = law.link();
  const std::vector<Fact> facts{yes("act.access"), test::no("circ.consent"), yes("obj.system")};
  EXPECT_EQ(truth(book, compiled(book, "i:x").formula, facts), Truth::kTrue);
  EXPECT_EQ(truth(book, compiled(book, "i:x").readings.front().formula, facts), Truth::kFalse);
}

TEST(Readings, RefuseElementsThatAreNotThere) {
  LawBuilder law = access_law();
  law.offence("i:x", is("act.access")).readings = {reading("wide", "gone", is("obj.system"))};
  EXPECT_EQ(lint_of(law), "reading `wide` replaces the unknown element `gone`");
}

TEST(Link, LeavesOutEntailmentsOnRequest) {
  for (const bool is_left_out : {false, true}) {
    LawBuilder law = access_law();
    law.entails("e", {"act.access"}, "obj.system");
    LawBook book = std::move(law.book());
    LinkOptions options;
    if (is_left_out) options.theory.without = {"e"};
    ASSERT_TRUE(book.link(options).ok());
    const std::vector<Fact> facts{yes("act.access")};
    const auto told = Valuation::make(book, facts);
    EXPECT_EQ(told->value(book.atoms().find_term({}, "obj.system")),
              is_left_out ? Truth::kUnknown : Truth::kTrue);
  }
}

TEST(Link, NumbersAtomsInTheOrderAskedFor) {
  LawBuilder law;
  law.terms({"act.access", "circ.without_right", "obj.system"});
  law.offence("i:base", all({is("act.access"), is("circ.without_right")}));
  law.offence("i:attempt", refer(ReferAs::kAttemptOf, {"i:base"}));
  LawBook book = std::move(law.book());
  // What no text names stands in the order too, where its scope is in use; what is no term does
  // not.
  const std::vector<std::string> order{"intended:circ.without_right", "obj.system",
                                       "principal:act.access", "no.term", "act.access"};
  const auto linked = book.link({.atom_order = order});
  ASSERT_TRUE(linked.ok()) << linked.error().to_string();
  const AtomTable& atoms = book.atoms();
  EXPECT_EQ(atoms.key(0), "intended:circ.without_right");
  EXPECT_EQ(atoms.key(1), "obj.system");
  EXPECT_EQ(atoms.key(2), "act.access");
  EXPECT_EQ(atoms.find("principal:act.access"), kNoAtom);
  EXPECT_EQ(atoms.find("no.term"), kNoAtom);
  EXPECT_EQ(book.atoms_of_texts(), 5U);
  EXPECT_EQ(asked(book, "i:attempt"),
            (std::set<std::string>{"intended:act.access", "intended:circ.without_right"}));
  const std::vector<Fact> facts{yes("act.access"), yes("circ.without_right")};
  const auto told = Valuation::make(book, facts);
  ASSERT_TRUE(told.ok());
  EXPECT_EQ(evaluate(*told, book.compiled(*book.find_provision_index("i:base")).formula),
            Truth::kTrue);
  EXPECT_EQ(evaluate(*told, book.compiled(*book.find_provision_index("i:attempt")).formula),
            Truth::kUnknown);
}

}  // namespace
}  // namespace rogatory::law
