// SPDX-License-Identifier: EUPL-1.2

#include "law/vocabulary.h"

#include <gtest/gtest.h>

#include "support/law_builder.h"

namespace rogatory::law {
namespace {

using test::LawBuilder;

/// The error of linking, which must be a lint error.
std::string lint_of(LawBuilder& law) {
  const auto linked = law.try_link();
  if (linked.ok()) return "no error";
  EXPECT_EQ(linked.error().code, base::ErrorCode::kLint);
  return linked.error().message;
}

TEST(Vocabulary, FindsTermsAndQuantities) {
  LawBuilder law;
  law.terms({"act.access"}).quantity("qty.loss");
  const LawBook book = law.link();
  EXPECT_EQ(book.vocabulary.find_term("act.access"), TermIndex{0});
  EXPECT_EQ(book.vocabulary.find_term("act.gone"), std::nullopt);
  ASSERT_NE(book.vocabulary.find_quantity("qty.loss"), nullptr);
  EXPECT_EQ(book.vocabulary.find_quantity("qty.gone"), nullptr);
}

TEST(Vocabulary, KnowsTheSevenKinds) {
  EXPECT_EQ(kind_of_id("act.access"), TermKind::kAct);
  EXPECT_EQ(kind_of_id("mens.intent"), TermKind::kMental);
  EXPECT_EQ(kind_of_id("person"), TermKind::kPerson);
  EXPECT_EQ(kind_of_id("activity.access"), std::nullopt);
}

TEST(Vocabulary, RefusesATermDeclaredTwice) {
  LawBuilder law;
  law.terms({"act.a", "act.a"});
  EXPECT_EQ(lint_of(law), "term `act.a` is declared twice");
}

TEST(Vocabulary, RefusesACycleOfParents) {
  LawBuilder law;
  law.term("act.a", {"act.c"});
  law.term("act.b", {"act.a"});
  law.term("act.c", {"act.b"});
  EXPECT_EQ(lint_of(law), "term `act.a` is its own ancestor");
}

TEST(Vocabulary, RefusesATermThatIsItsOwnParent) {
  LawBuilder law;
  law.term("act.a", {"act.a"});
  EXPECT_EQ(lint_of(law), "term `act.a` is its own ancestor");
}

TEST(Vocabulary, AllowsTwoWaysToOneAncestor) {
  LawBuilder law;
  law.term("act.top");
  law.term("act.left", {"act.top"});
  law.term("act.right", {"act.top"});
  law.term("act.both", {"act.left", "act.right"});
  EXPECT_EQ(lint_of(law), "no error");
}

TEST(Vocabulary, RefusesUnknownNames) {
  {
    LawBuilder law;
    law.term("act.a", {"act.gone"});
    EXPECT_EQ(lint_of(law), "`act.a` names the unknown term `act.gone`");
  }
  {
    LawBuilder law;
    law.terms({"act.a"}).exclusive("g", {"act.a", "act.gone"});
    EXPECT_EQ(lint_of(law), "`g` names the unknown term `act.gone`");
  }
  {
    LawBuilder law;
    law.terms({"act.a"}).exhaustive("g", "act.gone", {"act.a"});
    EXPECT_EQ(lint_of(law), "`g` names the unknown term `act.gone`");
  }
  {
    LawBuilder law;
    law.terms({"act.a"}).entails("e", {"act.gone"}, "act.a");
    EXPECT_EQ(lint_of(law), "`e` names the unknown term `act.gone`");
  }
  {
    LawBuilder law;
    law.terms({"act.a"}).entails("e", {"act.a"}, "act.gone");
    EXPECT_EQ(lint_of(law), "`e` names the unknown term `act.gone`");
  }
}

}  // namespace
}  // namespace rogatory::law
