// SPDX-License-Identifier: EUPL-1.2

#include <gtest/gtest.h>

#include <algorithm>

#include "corpus/detail/sample_corpus.h"
#include "corpus/reader.h"

namespace rogatory::corpus {
namespace {

using detail::cooperation_texts;
using detail::with_replaced;
using Texts = std::vector<std::string>;

Reading read(const std::vector<SourceText>& texts = cooperation_texts()) {
  const CorpusFiles files = detail::read_sample(texts);
  for (const auto& fault : files.faults) ADD_FAILURE() << fault.to_string();
  return read_files(files.files);
}

const law::Provision& provision(const Reading& reading, std::string_view id) {
  const auto it = std::ranges::find(reading.book.provisions, id, &law::Provision::id);
  EXPECT_NE(it, reading.book.provisions.end()) << id;
  return *it;
}

const law::Instrument& treaty(const Reading& reading) {
  const auto it = std::ranges::find(reading.book.instruments, "nor-xaa", &law::Instrument::id);
  EXPECT_NE(it, reading.book.instruments.end());
  return *it;
}

TEST(ReaderCooperation, ReadsATreatyOfOneFile) {
  const Reading reading = read();
  EXPECT_EQ(treaty(reading).title, "A treaty of some");
  EXPECT_EQ(treaty(reading).instrument_class, law::InstrumentClass::kRegional);
  EXPECT_FALSE(provision(reading, "nor-xaa:b-extradition").is_offence());
}

TEST(ReaderCooperation, ReadsBases) {
  const Reading reading = read();
  const law::Provision& p = provision(reading, "nor-xaa:b-extradition");
  EXPECT_EQ(p.kind, law::ProvisionKind::kBasis);
  EXPECT_EQ(p.for_kinds, (Texts{"extradition", "provisional_arrest"}));
  ASSERT_TRUE(p.basis);
  EXPECT_EQ(p.basis->by, law::BasisBy::kTreaty);
  EXPECT_EQ(p.basis->offences, law::BasisOffences::kListed);
  EXPECT_EQ(p.basis->dual_criminality, law::DualCriminalityRule::kRequired);
  EXPECT_EQ(p.basis->threshold->law, law::WhoseLaw::kBoth);
  EXPECT_EQ(p.basis->threshold->months, 12);
  EXPECT_EQ(p.basis->remaining->op, law::Comparison::kGt);
  EXPECT_EQ(p.basis->remaining->months, 4);
  EXPECT_EQ(p.basis->list->threshold.law, law::WhoseLaw::kRequesting);
  EXPECT_EQ(p.basis->list->terms, Texts{"req.list.computer"});
  EXPECT_EQ(p.basis->yields_to, std::vector{law::InstrumentClass::kMutualRecognition});
  EXPECT_EQ(p.basis->conditions.at(0).term, "req.offence.transnational");
  EXPECT_EQ(p.basis->conditions.at(0).citation.cite, "Art. 1(2)");
  EXPECT_EQ(p.basis->conditions.at(0).citation.source, "chart") << "inherited from the provision";
  EXPECT_FALSE(p.ground || p.clock);
}

TEST(ReaderCooperation, ReadsGrounds) {
  const Reading reading = read();
  const law::Provision& p = provision(reading, "nor-xaa:g-political");
  EXPECT_EQ(p.for_kinds.size(), 12U) << "assistance and extradition";
  ASSERT_TRUE(p.ground);
  EXPECT_EQ(p.ground->subject, "political_offence");
  EXPECT_EQ(p.ground->effect, law::GroundEffect::kOptional);
  EXPECT_TRUE(p.ground->overrides);
  EXPECT_EQ(p.ground->instead, "own prosecution");
  EXPECT_EQ(p.ground->cures.at(0).term, "req.assurance.fair");
  EXPECT_EQ(p.ground->cures.at(0).citation.confidence, law::Confidence::kRecalled);
  EXPECT_EQ(p.elements.at(0).unless.at(0).when.at(0).term, "req.offence.attack");
}

TEST(ReaderCooperation, ReadsClocks) {
  const Reading reading = read();
  const law::Provision& p = provision(reading, "nor-xaa:k-kept");
  ASSERT_TRUE(p.clock);
  EXPECT_EQ(p.clock->starts, law::ClockStart::kPreservationExecuted);
  EXPECT_EQ(p.clock->value, 60);
  EXPECT_EQ(p.clock->unit, law::ClockUnit::kDays);
  EXPECT_EQ(p.clock->sense, law::ClockSense::kAtLeast);
  EXPECT_EQ(p.clock->then, "it lapses");
  EXPECT_EQ(p.clock->extend->value, 90);
  EXPECT_EQ(p.clock->extend->citation.says, "on request");
  EXPECT_EQ(p.clock->side, law::WhoseLaw::kRequested);
  EXPECT_EQ(p.clock->free_day->end, law::FreeDayEnd::kNextWorkingDay);
  EXPECT_EQ(p.clock->free_day->citation.cite, "Art. 3(2)");
}

TEST(ReaderCooperation, ReadsWhoIsBound) {
  const Reading reading = read();
  const law::Instrument& instrument = treaty(reading);
  EXPECT_EQ(instrument.parties_as_of->to_string(), "2026-04-25");
  EXPECT_TRUE(instrument.are_parties_complete);
  ASSERT_EQ(instrument.parties.size(), 4U);
  EXPECT_EQ(instrument.parties[1].until->to_string(), "2010-01-01");
  EXPECT_EQ(instrument.parties[1].citation.note, "left");
  EXPECT_FALSE(instrument.parties[3].from);
  EXPECT_EQ(instrument.parties[3].citation.place.to_string(), "instruments/nor-xaa/treaty.yaml:17");
  EXPECT_EQ(instrument.signatories.at(0).on->to_string(), "2002-02-28");
  EXPECT_EQ(instrument.extensions.at(0).territory, "XTT");
  EXPECT_EQ(instrument.extensions.at(0).of, "XAA");
  EXPECT_EQ(instrument.statements.at(0).provision, "nor-xaa:b-extradition");
  EXPECT_EQ(instrument.statements.at(0).by, law::OptionBy::kReservation);
  EXPECT_EQ(instrument.statements.at(0).effect, "dual_criminality_required");
}

TEST(ReaderCooperation, BringsPartiesOfSeveralFilesTogether) {
  auto texts = cooperation_texts();
  texts.push_back({"instruments/nor-xaa/more.yaml", R"yaml(format: rogatory.instrument/1
instrument: nor-xaa
status_as_of: 2026-04-25
parties_complete: true
parties:
  - {state: XCC}
)yaml"});
  EXPECT_EQ(treaty(read(texts)).parties.size(), 5U);
  const Reading other = read(with_replaced(texts, "more.yaml", "2026-04-25", "2026-04-26"));
  ASSERT_EQ(other.faults.size(), 1U);
  EXPECT_EQ(other.faults[0].to_string(),
            "instruments/nor-xaa/treaty.yaml:1: another file lists the Parties of `nor-xaa` for "
            "another day, or says otherwise whether they are complete (schema)");
}

TEST(ReaderCooperation, ReadsTheWorld) {
  const Reading reading = read();
  const law::World& world = reading.book.world;
  ASSERT_EQ(world.states.size(), 3U);
  EXPECT_EQ(world.states[0].iso3, "XAA") << "sorted by code";
  EXPECT_EQ(world.states[0].names.en, "A-land");
  EXPECT_EQ(world.states[0].names.fr, "f") << "a text with its translation";
  EXPECT_EQ(world.states[2].un, law::UnMembership::kObserver);
  EXPECT_EQ(world.territories.at(0).of, "XAA");
  EXPECT_EQ(world.authorities.at(0).zone, "Europe/Oslo");
  EXPECT_EQ(world.authorities.at(0).for_kinds.size(), 11U);
  EXPECT_EQ(world.languages.at(0).accepts, (Texts{"en", "fr"}));
  EXPECT_EQ(world.holidays.at(0).on, "02-29");
  EXPECT_EQ(world.sources.size(), 1U);
  EXPECT_EQ(world.ground_subjects.at(0).label, "political offence");
  EXPECT_EQ(world.ground_subjects.at(0).labels.es, "s");
  EXPECT_EQ(world.ground_subjects.at(1).labels.en, "danger of torture");
  EXPECT_EQ(world.ranking.at(1).id, law::InstrumentClass::kBilateral);
  EXPECT_EQ(world.ranking.at(1).citation.says, "special");
}

TEST(ReaderCooperation, KeepsKindsOfRequestAndWording) {
  const Reading reading = read();
  EXPECT_EQ(reading.request_kinds.at("freezing").at("group").as_string(), "assets");
  EXPECT_EQ(reading.request_contents.at("contents").as_array().size(), 2U);
  EXPECT_EQ(reading.wording.at("strings").as_array().size(), 2U);
}

std::string fault_after(std::string_view file, std::string_view passage,
                        std::string_view replacement) {
  const Reading reading = read(with_replaced(cooperation_texts(), file, passage, replacement));
  return reading.faults.empty() ? "none" : reading.faults.front().to_string();
}

TEST(ReaderCooperation, TellsOfHolidaysThatDoNotExist) {
  EXPECT_EQ(fault_after("world.yaml", "02-29", "02-30"),
            "states/world.yaml:16: `on` must be a day of the calendar, MM-DD or YYYY-MM-DD "
            "(schema)");
}

TEST(ReaderCooperation, TellsOfASecondFile) {
  const auto add = [](std::string_view path, std::string_view text) {
    auto texts = cooperation_texts();
    texts.push_back({std::string(path), std::string(text)});
    const Reading reading = read(texts);
    return reading.faults.empty() ? "none" : reading.faults.front().message;
  };
  EXPECT_EQ(add("requests/x.yaml", detail::kSampleRequestKind),
            "a second file describes requests of the kind `freezing`");
  EXPECT_EQ(add("requests/x.yaml", detail::kSampleContents),
            "a second file has the contents of requests");
  EXPECT_EQ(add("requests/x.yaml", detail::kSampleWording), "a second file has the wording");
  EXPECT_EQ(add("requests/x.yaml", detail::kSampleRanking),
            "a second file ranks the classes of legal bases");
}

// Documents of any shape, as from a blob that no schema has seen.
TEST(ReaderCooperation, NeverFailsOtherwise) {
  for (const std::string_view text :
       {R"({"format":"rogatory.instrument/1","provisions":[{"for":["bananas"]}]})",
        R"({"format":"rogatory.instrument/1","provisions":[{"basis":[],"ground":1,"clock":{}}]})",
        R"({"format":"rogatory.instrument/1","provisions":[{"basis":{"threshold":{"op":"le"}}}]})",
        R"({"format":"rogatory.instrument/1","provisions":[{"basis":{"yields_to":["x"]}}]})",
        R"({"format":"rogatory.instrument/1","provisions":[{"clock":{"value":0}}]})",
        R"({"format":"rogatory.instrument/1","statements":[{"by":"whim"}]})",
        R"({"format":"rogatory.instrument/1","parties":[{"from":"yesterday"}]})",
        R"({"format":"rogatory.world/1","states":[{"names":{"fr":12}}]})",
        R"({"format":"rogatory.world/1","holidays":[{}]})",
        R"({"format":"rogatory.ranking/1","classes":[{"id":"best"}]})",
        R"({"format":"rogatory.ground-subjects/1","subjects":[{"label":[]}]})",
        R"({"format":"rogatory.request-kind/1","kind":"bananas"})"}) {
    const std::vector<CorpusFile> files = {
        {.path = "x.yaml", .doc = base::parse_json(text, "x").take(), .lines = {}}};
    EXPECT_FALSE(read_files(files).faults.empty()) << text;
  }
}

}  // namespace
}  // namespace rogatory::corpus
