// SPDX-License-Identifier: EUPL-1.2

#include "corpus/reader.h"

#include <gtest/gtest.h>

#include "corpus/detail/sample_corpus.h"

namespace rogatory::corpus {
namespace {

using detail::sample_texts;
using detail::sample_with;

// A reading of texts that are of the right shape.
Reading read(const std::vector<SourceText>& texts = sample_texts()) {
  const CorpusFiles files = detail::read_sample(texts);
  for (const auto& fault : files.faults) ADD_FAILURE() << fault.to_string();
  return read_files(files.files);
}

const law::Provision& provision(const Reading& reading, std::string_view id) {
  for (const auto& candidate : reading.book.provisions) {
    if (candidate.id == id) return candidate;
  }
  ADD_FAILURE() << "no provision " << id;
  return reading.book.provisions.front();
}

const law::Citation& leaf(const law::Provision& provision, std::size_t i) {
  return provision.elements.front().children.at(i).citation;
}

TEST(Reader, ReadsTheVocabulary) {
  const Reading reading = read();
  const law::Vocabulary& vocabulary = reading.book.vocabulary;
  ASSERT_EQ(vocabulary.terms.size(), 9U);
  EXPECT_EQ(vocabulary.terms[2].id, "act.data.delete");
  EXPECT_EQ(vocabulary.terms[2].parents, std::vector<std::string>{"act.data"});
  EXPECT_EQ(vocabulary.terms[2].place.to_string(), "vocabulary/terms.yaml:5");
  EXPECT_EQ(vocabulary.terms[4].kind, law::TermKind::kObject);
  EXPECT_TRUE(vocabulary.terms[7].is_open_texture);
  EXPECT_TRUE(vocabulary.terms[8].is_state_bound);
  EXPECT_TRUE(vocabulary.groups[0].is_exclusive);
  EXPECT_EQ(vocabulary.groups[1].of, "act.data");
  EXPECT_EQ(vocabulary.entailments[0].conclusion, "obj.system");
  EXPECT_EQ(vocabulary.entailments[0].confidence, law::Confidence::kDerived);
  EXPECT_EQ(vocabulary.quantities[0].unit, "money");
}

TEST(Reader, ReadsTheInstrument) {
  const Reading reading = read();
  ASSERT_EQ(reading.book.instruments.size(), 1U);
  const law::Instrument& instrument = reading.book.instruments[0];
  EXPECT_EQ(instrument.title, "A convention");
  EXPECT_EQ(instrument.short_title, "Conv");
  EXPECT_EQ(instrument.status, law::InstrumentStatus::kInForce);
  EXPECT_EQ(instrument.in_force_from->to_string(), "2004-07-01");
  EXPECT_EQ(instrument.claimed_offences, 2);
  EXPECT_EQ(instrument.offence_reading.says, "articles with offences");
  EXPECT_EQ(instrument.offence_reading.confidence, law::Confidence::kFound);
  EXPECT_EQ(instrument.permitted_reservations, std::vector<std::string>{"3(2)"});
  EXPECT_EQ(instrument.safeguards.at(0).citation.confidence, law::Confidence::kRecalled);
  EXPECT_EQ(instrument.sources.size(), 1U) << "the same source of two files counts once";
}

TEST(Reader, ReadsTheState) {
  const Reading reading = read();
  ASSERT_EQ(reading.book.states.size(), 1U);
  const law::StateLaw& state = reading.book.states[0];
  EXPECT_EQ(state.iso3, "NOR");
  EXPECT_EQ(state.alpha2, "NO");
  EXPECT_EQ(state.test_date, law::TestDateRule::kConductDate);
  EXPECT_EQ(state.closures.at(0).range.to_string(), "1998-01-01..2000-06-14");
  EXPECT_EQ(state.closures.at(0).subject.at(0).term, "act.access");
  EXPECT_EQ(state.options_made.at(0).provision, "conv-2001:art-2");
}

TEST(Reader, ReadsProvisions) {
  const Reading reading = read();
  const law::Provision& art2 = provision(reading, "conv-2001:art-2");
  EXPECT_FALSE(art2.is_of_state);
  EXPECT_TRUE(art2.is_offence());
  EXPECT_EQ(art2.options.at(0).add.at(0).threshold,
            (law::Threshold{.quantity = "qty.loss", .value = 5000, .currency = "USD"}));
  EXPECT_EQ(art2.readings.at(0).replace.at(0).first, "access");
  const law::Provision& s204 = provision(reading, "NOR:s-204");
  EXPECT_TRUE(s204.is_of_state);
  EXPECT_EQ(s204.act_id, "code");
  EXPECT_EQ(s204.periods.at(1).state, law::PeriodState::kSuspended);
  EXPECT_EQ(s204.penalties.at(0).max_months, 24);
  EXPECT_EQ(s204.penalties.at(1).max, "life");
  EXPECT_EQ(s204.penalties.at(1).when.at(0).term, "act.data");
}

TEST(Reader, ReadsExceptions) {
  const Reading reading = read();
  const law::Node& root = provision(reading, "conv-2001:art-3").elements.front();
  ASSERT_EQ(root.unless.size(), 1U);
  EXPECT_EQ(root.unless[0].role, law::Role::kDefence);
  EXPECT_EQ(root.unless[0].when.front().term, "circ.of_state");
}

TEST(Reader, CompletesReferences) {
  const Reading reading = read();
  const auto& own = provision(reading, "conv-2001:art-3").elements[0].children[0].children[1];
  EXPECT_EQ(own.refer_to, std::vector<std::string>{"conv-2001:art-2"});
  EXPECT_EQ(own.refer_as, law::ReferAs::kIntentToCommit);
  const auto& foreign = provision(reading, "NOR:s-204").elements[0].children[2];
  EXPECT_EQ(foreign.refer_to, std::vector<std::string>{"conv-2001:art-3"});
  EXPECT_EQ(foreign.refer_as, law::ReferAs::kAidingOf);
}

TEST(Reader, InheritsFromTheFileTheProvisionAndTheNode) {
  const Reading reading = read();
  const law::Provision& art2 = provision(reading, "conv-2001:art-2");
  EXPECT_EQ(leaf(art2, 0).confidence, law::Confidence::kFound);
  EXPECT_EQ(leaf(art2, 0).source, "text");
  EXPECT_EQ(leaf(art2, 0).pin, "Art. 2");
  EXPECT_EQ(leaf(art2, 0).cite, "Art. 2");
  EXPECT_EQ(leaf(art2, 1).confidence, law::Confidence::kDerived);
  EXPECT_EQ(leaf(art2, 1).source, "text");
  EXPECT_EQ(leaf(art2, 2).pin, "Art. 2, first sentence");
}

TEST(Reader, TakesNoSourceForWhatIsRecalled) {
  const Reading reading = read();
  const law::Provision& art3 = provision(reading, "conv-2001:art-3");
  EXPECT_EQ(art3.citation.confidence, law::Confidence::kRecalled);
  EXPECT_EQ(art3.citation.source, "");
  EXPECT_EQ(leaf(art3, 1).cite, "Art. 3(1)");
}

TEST(Reader, TakesNoPinForAnotherSource) {
  const Reading reading =
      read(sample_with("offences.yaml", R"(says: "access"})", R"(says: "access", source: text})"));
  EXPECT_EQ(leaf(provision(reading, "conv-2001:art-2"), 0).source, "text");
  EXPECT_EQ(leaf(provision(reading, "conv-2001:art-2"), 0).pin, "");
}

TEST(Reader, PlacesEverything) {
  const Reading reading = read();
  const law::Provision& art2 = provision(reading, "conv-2001:art-2");
  const std::string file = "instruments/conv-2001/offences.yaml:";
  EXPECT_EQ(art2.citation.place.to_string(), file + "7");
  EXPECT_EQ(leaf(art2, 1).place.to_string(), file + "18");
  EXPECT_EQ(art2.options.at(0).add.at(0).citation.place.to_string(), file + "21");
  EXPECT_EQ(reading.book.states[0].closures[0].citation.place.to_string(),
            "states/NOR/state.yaml:10");
}

TEST(Reader, KeepsMappings) {
  const Reading reading = read();
  EXPECT_EQ(reading.mappings.at("veris").at("title").as_string(), "VERIS");
}

TEST(Reader, TellsOfDaysThatDoNotExist) {
  const Reading reading = read(sample_with("code.yaml", "from: 2005-01-01", "from: 2005-02-30"));
  ASSERT_EQ(reading.faults.size(), 1U);
  EXPECT_EQ(reading.faults[0].to_string(),
            "states/NOR/code.yaml:19: `from` must be a day of the calendar, YYYY-MM-DD (schema)");
}

TEST(Reader, TellsOfASecondDescription) {
  auto texts = sample_texts();
  texts.push_back({"instruments/conv-2001/second.yaml", std::string(detail::kSampleInstrument)});
  const Reading reading = read(texts);
  ASSERT_EQ(reading.faults.size(), 1U);
  EXPECT_EQ(reading.faults[0].message, "a second file describes `conv-2001`");
}

// Documents of any shape, as from a blob that no schema has seen.
TEST(Reader, NeverFailsOtherwise) {
  for (
      const std::string_view text :
      {R"(12)", R"({})", R"({"format":"rogatory.state/1","closures":[1],"test_date":[]})",
       R"({"format":"rogatory.instrument/1","provisions":{"a":1}})",
       R"({"format":"rogatory.instrument/1","provisions":[{"elements":{"all":[{},1,{"any":2}]}}]})",
       R"({"format":"rogatory.instrument/1","provisions":[{"elements":{"term":1,"unless":[{}]}}]})",
       R"({"format":"rogatory.state-law/1","provisions":[{"readings":[{"replace":{"a":1}}]}]})",
       R"({"format":"rogatory.vocabulary/1","terms":[{"id":7}],"groups":[{}],"quantities":1})",
       R"({"format":"rogatory.state-law/1","provisions":[{"penalties":[{"max_months":1.5}]}]})"}) {
    const std::vector<CorpusFile> files = {
        {.path = "x.yaml", .doc = base::parse_json(text, "x").take(), .lines = {}}};
    EXPECT_FALSE(read_files(files).faults.empty()) << text;
  }
}

}  // namespace
}  // namespace rogatory::corpus
