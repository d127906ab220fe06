// SPDX-License-Identifier: EUPL-1.2

#include "render/request_document.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "render/pdf.h"
#include "render/plain_text.h"
#include "render/wording.h"
#include "support/sample_request.h"

namespace rogatory::render {
namespace {

using request::Draft;
using test::date;

class RequestDocumentTest : public testing::Test {
 protected:
  void SetUp() override {
    test::CooperationBuilder law;
    test::build_sample(law);
    for (law::WorldState& state : law.book().world.states) {
      state.names.fr = "L'\u00C9tat " + state.iso3;
      state.names.ar = state.names.zh = state.names.ru = state.names.es = state.names.en;
    }
    book_ = law.link();
  }

  Draft draft(std::string_view kind = "preservation", std::string_view basis = "t:preserve") const {
    return test::sample_draft(kinds_, kind, basis);
  }

  PrintDocument make(const Draft& made, Language language = Language::kEn) {
    const auto check = request::check_request(book_, kinds_, made, date("2021-01-01"));
    EXPECT_TRUE(check.ok());
    auto document = make_request_document(
        book_, kinds_, made, check.value(),
        {.language = language, .on = date("2021-01-01"), .created = "2021-01-01T00:00:00Z"});
    EXPECT_TRUE(document.ok()) << (document.ok() ? "" : document.error().to_string());
    return document.take();
  }

  std::string text(const Draft& made, Language language = Language::kEn) {
    return to_plain_text(make(made, language));
  }

  request::KindBook kinds_ = test::sample_kinds();
  law::LawBook book_;
};

bool has(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

TEST_F(RequestDocumentTest, SaysFromWhomToWhomOnWhichBasis) {
  const std::string words = text(draft());
  EXPECT_TRUE(has(words, "preservation (en)")) << words;
  EXPECT_TRUE(has(words, "State BBB"));
  EXPECT_TRUE(has(words, "Ministry"));
  EXPECT_TRUE(has(words, "records are erased"));
  EXPECT_TRUE(has(words, "2021-01-01"));
}

TEST_F(RequestDocumentTest, SpeaksTheLanguageOfTheDocument) {
  const std::string words = text(draft(), Language::kFr);
  EXPECT_TRUE(has(words, "preservation (fr)"));
  EXPECT_TRUE(has(words, "L'\u00C9tat BBB")) << words;
  EXPECT_TRUE(has(words, "Free text stays in"));
  EXPECT_FALSE(has(text(draft()), "Free text stays in"));
}

TEST_F(RequestDocumentTest, MarksFreeTextThatStaysInItsLanguage) {
  const auto language_of = [&](Language language) {
    const PrintDocument document = make(draft(), language);
    const auto found = std::ranges::find_if(document.blocks, [](const Block& block) {
      return block.passage.text == "records are erased";
    });
    return found == document.blocks.end() ? std::string("absent") : found->passage.language;
  };
  EXPECT_EQ(language_of(Language::kEn), "");
  EXPECT_EQ(language_of(Language::kAr), "en");
}

TEST_F(RequestDocumentTest, ListsWhatIsMissing) {
  Draft made = draft();
  std::ranges::find(made.contents, "necessity", &request::ContentText::id)->text.clear();
  const std::string words = text(made);
  EXPECT_TRUE(has(words, "Missing (en)")) << words;
  EXPECT_TRUE(has(words, "Art. 2"));
  EXPECT_FALSE(has(text(draft()), "Missing (en)"));
}

TEST_F(RequestDocumentTest, ShowsElementsWithWhoSaysSo) {
  const PrintDocument document = make(draft("extradition", "t:extradite"));
  const auto is_said = [](const Block& block) {
    return std::ranges::any_of(block.table.rows, [](const std::vector<Passage>& row) {
      return row.size() == 4 && row[2].text == "police";
    });
  };
  EXPECT_TRUE(std::ranges::any_of(document.blocks, is_said));
}

TEST_F(RequestDocumentTest, CarriesTheRequestInCanonicalForm) {
  const Draft made = draft();
  const PrintDocument document = make(made);
  ASSERT_EQ(document.attachments.size(), 1U);
  EXPECT_EQ(document.attachments.front().name, kEmbeddedRequest);
  EXPECT_EQ(document.attachments.front().bytes, base::canonical_json(request::to_json(made)));
  EXPECT_TRUE(to_pdf(document).ok());
}

TEST_F(RequestDocumentTest, NamesStatesAndOffencesInWords) {
  base::JsonObject file = test::sample_case();
  file["persons"] =
      base::parse_json(R"([{"id":"p","role":"BBB"},{"id":"q","role":"AAA:entry"}])", "persons")
          .take();
  const std::string words =
      text(test::sample_draft(kinds_, "extradition", "t:extradite", std::move(file)));
  EXPECT_TRUE(has(words, "- State BBB")) << words;
  EXPECT_FALSE(has(words, "AAA:entry"));
}

TEST_F(RequestDocumentTest, AnOffenceThatIsNotEncodedStandsAsWritten) {
  base::JsonObject file = test::sample_case();
  file["offences"] =
      base::parse_json(R"([{"provision":"Act of 1990, section 3","text":"entering a system"}])",
                       "offences")
          .take();
  const Draft made = test::sample_draft(kinds_, "extradition", "t:extradite", std::move(file));
  const PrintDocument document = make(made);
  const auto is_shown = [](const Block& block) {
    return std::ranges::any_of(block.table.rows, [](const std::vector<Passage>& row) {
      return row.size() == 3 && row[0].text == "Act of 1990, section 3" &&
             row[1].text == "entering a system";
    });
  };
  EXPECT_TRUE(std::ranges::any_of(document.blocks, is_shown));
}

TEST_F(RequestDocumentTest, SaysThatItIsAnExercise) {
  base::JsonObject file = test::sample_case();
  file["exercise"] = true;
  const PrintDocument document =
      make(test::sample_draft(kinds_, "preservation", "t:preserve", std::move(file)));
  EXPECT_TRUE(has(document.header, "An exercise (en)"));
  EXPECT_FALSE(has(make(draft()).header, "An exercise"));
}

// Wording ----------------------------------------------------------------------------------------

TEST(Wording, FillsPlaceholdersAndRemembersWhatIsUnreviewed) {
  const request::KindBook kinds = test::sample_kinds();
  Wording words(kinds, Language::kEs);
  EXPECT_FALSE(words.has_unreviewed());
  EXPECT_EQ(words("doc.page", {{"page", "1"}, {"pages", "2"}}), "Page 1 of 2 (es)");
  EXPECT_TRUE(words.has_unreviewed());
}

TEST(Wording, ValuesStayAsTheyAre) {
  const request::KindBook kinds = test::sample_kinds();
  Wording words(kinds, Language::kAr);
  // Neither digits nor braces or quotes of a value are touched.
  EXPECT_EQ(words("doc.to", {{"authority", "O'Neill {desk} 12,345"}, {"state", "BBB"}}),
            "To: O'Neill {desk} 12,345, BBB (ar)");
}

TEST(Wording, AGapIsSeen) {
  const request::KindBook kinds = test::sample_kinds();
  Wording words(kinds, Language::kEn);
  EXPECT_EQ(words("no.such.id"), "no.such.id");
  EXPECT_EQ(words.value_of("verdict", "met"), "met (en)");
  EXPECT_EQ(words.value_of("verdict", "other"), "other");
}

TEST(Separators, FollowTheLanguage) {
  EXPECT_EQ(label_separator(Language::kEn), ": ");
  EXPECT_EQ(label_separator(Language::kFr), "\u00A0: ");
  EXPECT_EQ(label_separator(Language::kZh), "\uFF1A");
  EXPECT_EQ(item_separator(Language::kAr), "\u060C ");
  EXPECT_EQ(item_separator(Language::kRu), ", ");
}

}  // namespace
}  // namespace rogatory::render
