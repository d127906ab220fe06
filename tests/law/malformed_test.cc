// SPDX-License-Identifier: EUPL-1.2
//
// Input that is wrong: every reader refuses it with the published code and says where.

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>

#include "base/error.h"
#include "corpus/folder.h"
#include "corpus/reader.h"
#include "law/valuation.h"
#include "law_support/corpus.h"
#include "law_support/incidents.h"

namespace rogatory::test {
namespace {

using base::Error;
using base::ErrorCode;

/// What is read: as the program does for a file of that name.
enum class Kind { kIncident, kConduct, kFacts, kCorpus };

struct BadInput {
  std::string name;
  Kind kind = Kind::kIncident;
  std::string text;
  ErrorCode code = ErrorCode::kParse;
  std::string place;    ///< how the place of the error reads
  std::string message;  ///< part of it
};

void PrintTo(const BadInput& input, std::ostream* out) {
  *out << input.name;
}

Error none() {
  return {.code = ErrorCode::kInternal, .message = "the input was accepted"};
}

Error read_incident(const std::string& text) {
  const auto read = conduct::import_text(text, "input", the_mappings());
  return read.ok() ? none() : read.error();
}

Error read_conduct_file(const std::string& text) {
  const auto read = read_conduct(text, "input");
  return read.ok() ? none() : read.error();
}

/// Facts that a reader accepts and the law does not.
Error read_facts(const std::string& text) {
  const auto read = read_conduct(text, "input");
  if (!read.ok()) return read.error();
  const auto valuation = law::Valuation::make(the_law(), read->counts.front().facts);
  return valuation.ok() ? none() : valuation.error();
}

constexpr std::string_view kVocabulary =
    "format: rogatory.vocabulary/1\n"
    "terms:\n"
    "  - {id: act.a, label: a, phrase: does a, definition: Doing a., question: \"Was a done?\"}\n";

constexpr std::string_view kInstrument =
    "format: rogatory.instrument/1\n"
    "instrument: i\n"
    "title: Text\n"
    "short: text\n"
    "status: draft\n"
    "status_as_of: 2026-01-01\n"
    "banner: invented\n"
    "sources: [{id: s, title: t, where: w}]\n";

/// A corpus of a vocabulary, an instrument and the given file.
Error read_corpus(const std::string& text) {
  const auto schemas = corpus::SchemaSet::make(corpus::embedded_schemas());
  if (!schemas.ok()) return schemas.error();
  const std::array texts = {
      corpus::SourceText{.path = "instruments/i/instrument.yaml", .text = std::string(kInstrument)},
      corpus::SourceText{.path = "input", .text = text},
      corpus::SourceText{.path = "vocabulary/terms.yaml", .text = std::string(kVocabulary)}};
  const corpus::CorpusFiles files = corpus::read_texts(texts, *schemas);
  if (!files.faults.empty()) return files.faults.front();
  const auto book = make_book(files.files);
  return book.ok() ? none() : book.error();
}

Error read(const BadInput& input) {
  switch (input.kind) {
    case Kind::kIncident:
      return read_incident(input.text);
    case Kind::kConduct:
      return read_conduct_file(input.text);
    case Kind::kFacts:
      return read_facts(input.text);
    case Kind::kCorpus:
      return read_corpus(input.text);
  }
  return none();
}

/// A conduct file whose facts are `facts`, which begin in line 8.
std::string conduct_with(std::string_view facts) {
  return "format: rogatory.conduct/1\nid: x\ntitle: X\nsummary: Invented.\nexercise: true\n"
         "sources: [{id: s, title: t, where: w}]\n"
         "counts: [{id: c, title: C, date: {from: 2020-01-01}, places: [], persons: [], facts: "
         "[\n" +
         std::string(facts) + "]}]\n";
}

/// An instrument file with one provision whose elements, in line 4, are `elements`.
std::string provision_with(std::string_view elements) {
  return "format: rogatory.instrument/1\ninstrument: i\nprovisions:\n"
         "  - {id: p, article: '1', cite: Art. 1, title: T, kind: substantive, elements: " +
         std::string(elements) + "}\n";
}

std::string nested(std::string_view open, std::string_view close, int depth) {
  std::string out;
  for (int i = 0; i < depth; ++i) out += open;
  out += "1";
  for (int i = 0; i < depth; ++i) out += close;
  return out;
}

std::string deep_veris() {
  return R"({"action": {"hacking": )" + nested("[", "]", 100) + "}}";
}

std::string many_codes() {
  std::string out = R"({"incident_id": "x", "true": [)";
  for (int i = 0; i < 20'100; ++i) {
    if (i > 0) out += ",";
    out += "\"action.hacking.variety." + std::to_string(i) + "\"";
  }
  return out + "]}";
}

const std::string kCsvHead =
    "ID,name,description,start_date,end_date,incident_type,receiver_country\n";

std::vector<BadInput> bad_inputs() {
  return {
      // --- any JSON ---
      {"JsonCutShort", Kind::kIncident, R"({"action": {"hacking": )", ErrorCode::kParse,
       "input:1:24", ""},
      {"JsonTwiceTheKey", Kind::kIncident, R"({"action": {}, "action": {}})", ErrorCode::kParse,
       "input:1", "action"},
      {"JsonTooDeep", Kind::kIncident, deep_veris(), ErrorCode::kLimit, "input", ""},
      {"JsonNotUtf8", Kind::kIncident, "{\"action\": \"\xff\"}", ErrorCode::kParse, "input:1", ""},
      {"JsonOfUnknownKind", Kind::kIncident, R"({"hello": 1})", ErrorCode::kUnsupported, "input",
       "format"},
      {"NothingAtAll", Kind::kIncident, "", ErrorCode::kUnsupported, "input", "format"},
      {"PlainText", Kind::kIncident, "something happened", ErrorCode::kUnsupported, "input",
       "format"},
      // --- VERIS ---
      {"VerisActionIsAText", Kind::kIncident, R"({"incident_id": "x", "action": "hacking"})",
       ErrorCode::kUnsupported, "input", "format"},
      {"VerisCategoryIsAList", Kind::kIncident,
       R"({"incident_id": "x", "action": {"hacking": []}})", ErrorCode::kSchema,
       "input:1:44 at /action/hacking", "object"},
      {"VerisSecondRecordIsBad", Kind::kIncident,
       R"([{"incident_id": "x", "action": {"hacking": {}}}, {"incident_id": "y", "action": {"hacking": 1}}])",
       ErrorCode::kSchema, "input:1:94 at /1/action/hacking", "object"},
      {"VerisIdIsANumber", Kind::kIncident, R"({"incident_id": 7, "action": {"error": {}}})",
       ErrorCode::kSchema, "input:1:17 at /incident_id", ""},
      {"VerisListHoldsANumber", Kind::kIncident,
       R"({"incident_id": "x", "true": ["action.Error", 5]})", ErrorCode::kSchema,
       "input:1:47 at /true/1", ""},
      {"VerisListIsAnObject", Kind::kIncident, R"({"incident_id": "x", "true": {"a": 1}})",
       ErrorCode::kSchema, "input:1:30 at /true", ""},
      {"VerisListTooLong", Kind::kIncident, many_codes(), ErrorCode::kLimit, "input", "codes"},
      // --- STIX ---
      {"StixObjectsIsAText", Kind::kIncident,
       R"({"type": "bundle", "id": "bundle--1", "objects": "none"})", ErrorCode::kSchema,
       "input:1:50 at /objects", ""},
      {"StixObjectWithoutType", Kind::kIncident,
       R"({"type": "bundle", "id": "bundle--1", "objects": [{"id": "malware--1"}]})",
       ErrorCode::kSchema, "input:1:51 at /objects/0", "type"},
      {"StixRelationshipWithoutTarget", Kind::kIncident,
       R"({"type": "bundle", "id": "bundle--1", "objects": [{"type": "relationship", "id": "relationship--1", "relationship_type": "uses", "source_ref": "a"}]})",
       ErrorCode::kSchema, "input:1:51 at /objects/0", "target_ref"},
      // --- MISP ---
      {"MispWithoutInfo", Kind::kIncident, R"({"Event": {"uuid": "x", "Attribute": []}})",
       ErrorCode::kSchema, "input:1:11 at /Event", "info"},
      {"MispTagNameIsANumber", Kind::kIncident,
       R"({"Event": {"info": "x", "Tag": [{"name": 5}], "Attribute": []}})", ErrorCode::kSchema,
       "input:1:42 at /Event/Tag/0/name", ""},
      {"MispDateIsNone", Kind::kIncident,
       R"({"Event": {"info": "x", "date": "yesterday", "Attribute": []}})", ErrorCode::kSchema,
       "input:1:33 at /Event/date", ""},
      {"MispObjectWithoutName", Kind::kIncident,
       R"({"Event": {"info": "x", "Attribute": [], "Object": [{"uuid": "y"}]}})",
       ErrorCode::kSchema, "input:1:53 at /Event/Object/0", "name"},
      // --- EuRepoC ---
      {"CsvQuoteNotClosed", Kind::kIncident, kCsvHead + "1,\"name,x,2020-01-01,,[],[]\n",
       ErrorCode::kParse, "input:2", ""},
      {"CsvRowTooShort", Kind::kIncident, kCsvHead + "1,name\n", ErrorCode::kParse, "input:2", ""},
      {"CsvColumnMissing", Kind::kIncident, "ID,incident_type,receiver_country\n1,[],[]\n",
       ErrorCode::kSchema, "input:1", "missing"},
      {"CsvDateIsNone", Kind::kIncident, kCsvHead + "1,name,text,soon,,[],[]\n", ErrorCode::kSchema,
       "input:2", "date"},
      // --- conduct files: what is no YAML of the subset ---
      {"YamlTab", Kind::kConduct, "format: rogatory.conduct/1\nid:\tx\n", ErrorCode::kParse,
       "input:2", ""},
      {"YamlAnchor", Kind::kConduct, "format: rogatory.conduct/1\nid: &a x\ntitle: *a\n",
       ErrorCode::kParse, "input:2", ""},
      {"YamlTwiceTheKey", Kind::kConduct, "format: rogatory.conduct/1\nid: x\nid: y\n",
       ErrorCode::kParse, "input:3", ""},
      {"YamlTwoDocuments", Kind::kConduct, "format: rogatory.conduct/1\n---\nid: x\n",
       ErrorCode::kParse, "input:2", ""},
      {"YamlTag", Kind::kConduct, "format: rogatory.conduct/1\nid: !!str x\n", ErrorCode::kParse,
       "input:2", ""},
      {"YamlMergeKey", Kind::kConduct, "format: rogatory.conduct/1\n<<: {id: x}\n",
       ErrorCode::kParse, "input:2", ""},
      {"YamlBroken", Kind::kConduct, "format: [\n", ErrorCode::kParse, "input:", ""},
      {"YamlEmpty", Kind::kConduct, "", ErrorCode::kParse, "input", ""},
      // --- conduct files: what has another shape ---
      {"ConductOfAnotherFormat", Kind::kConduct, "format: rogatory.conduct/9\nid: x\n",
       ErrorCode::kSchema, "input:1", ""},
      {"ConductWithoutCounts", Kind::kConduct, "format: rogatory.conduct/1\nid: x\ntitle: X\n",
       ErrorCode::kSchema, "input:1", "counts"},
      {"ConductUnknownKey", Kind::kConduct,
       conduct_with("{term: act.access, value: true, status: alleged, by: b, wrong: 1}"),
       ErrorCode::kSchema, "input:8", "wrong"},
      {"ConductValueIsMaybe", Kind::kConduct,
       conduct_with("{term: act.access, value: maybe, status: alleged, by: b}"), ErrorCode::kSchema,
       "input:8", ""},
      {"ConductUnknownWithoutReason", Kind::kConduct,
       conduct_with("{term: act.access, value: unknown}"), ErrorCode::kSchema, "input:8", ""},
      {"ConductNobodySaysSo", Kind::kConduct,
       conduct_with("{term: act.access, value: true, status: alleged}"), ErrorCode::kSchema,
       "input:8", ""},
      {"ConductUnknownSource", Kind::kConduct,
       conduct_with("{term: act.access, value: true, status: alleged, by: b, source: z}"),
       ErrorCode::kSchema, "input:8", "z"},
      {"ConductTermAndQuantity", Kind::kConduct,
       conduct_with("{term: act.access, quantity: qty.loss, value: 1, status: alleged, by: b}"),
       ErrorCode::kSchema, "input:8", ""},
      {"ConductEndsBeforeItBegins", Kind::kConduct,
       "format: rogatory.conduct/1\nid: x\ntitle: X\nexercise: true\nsummary: Invented.\nsources: "
       "[{id: s, title: t, where: w}]\ncounts:\n  - {id: c, title: C, date: {from: 2020-01-02, "
       "until: 2020-01-01}, places: [], persons: [], facts: []}\n",
       ErrorCode::kSchema, "input:8", ""},
      // --- conduct files: what the law does not know, or what cannot be ---
      {"FactsUnknownTerm", Kind::kFacts,
       conduct_with("{term: act.no_such_thing, value: true, status: alleged, by: b}"),
       ErrorCode::kLint, "input:8", "act.no_such_thing"},
      {"FactsContradict", Kind::kFacts,
       conduct_with("{term: act.data.delete, value: true, status: alleged, by: b},\n{term: "
                    "act.data, value: false, status: alleged, by: b}"),
       ErrorCode::kConflict, "input:", "act.data.delete"},
      // --- files of law ---
      {"CorpusUnknownFormat", Kind::kCorpus, "format: rogatory.law/7\n", ErrorCode::kSchema,
       "input:1", "rogatory.law/7"},
      {"CorpusUnknownTerm", Kind::kCorpus, provision_with("{id: a, term: act.none, says: x}"),
       ErrorCode::kLint, "input:4", "act.none"},
      {"CorpusUnknownProvision", Kind::kCorpus,
       provision_with("{id: a, refer: [none], as: meant_for, says: x}"), ErrorCode::kLint,
       "input:4", "none"},
      {"CorpusRefersToItself", Kind::kCorpus,
       provision_with("{id: a, refer: [p], as: meant_for, says: x}"), ErrorCode::kLint, "input:4",
       "i:p"},
      {"CorpusUnknownQuantity", Kind::kCorpus,
       provision_with("{id: a, quantity: qty.none, op: ge, value: 1, says: x}"), ErrorCode::kLint,
       "input:4", "qty.none"},
      {"CorpusTwoKindsOfNode", Kind::kCorpus,
       provision_with("{id: a, term: act.a, all: [{id: b, term: act.a, says: x}], says: x}"),
       ErrorCode::kSchema, "input:4", ""},
      {"CorpusKindMisspelt", Kind::kCorpus,
       "format: rogatory.instrument/1\ninstrument: i\nprovisions:\n  - {id: p, article: '1', cite: "
       "c, title: T, kind: crime, says: x}\n",
       ErrorCode::kSchema, "input:4", ""},
      {"CorpusOffenceWithoutElements", Kind::kCorpus,
       "format: rogatory.instrument/1\ninstrument: i\nprovisions:\n  - {id: p, article: '1', cite: "
       "c, title: T, kind: substantive, says: x}\n",
       ErrorCode::kSchema, "input:4", "elements"},
      {"CorpusTermTwice", Kind::kCorpus, std::string(kVocabulary), ErrorCode::kLint, "", "act.a"},
      {"CorpusParentsInACircle", Kind::kCorpus,
       "format: rogatory.vocabulary/1\nterms:\n  - {id: act.b, parents: [act.c], label: b, phrase: "
       "b, definition: B., question: \"B?\"}\n  - {id: act.c, parents: [act.b], label: c, phrase: "
       "c, definition: C., question: \"C?\"}\n",
       ErrorCode::kLint, "input:", "act."},
      {"CorpusReadingOfNoElement", Kind::kCorpus,
       "format: rogatory.instrument/1\ninstrument: i\nprovisions:\n  - {id: p, article: '1', cite: "
       "c, title: T, kind: substantive, elements: {id: a, term: act.a, says: x}, readings: [{id: "
       "r, says: y, replace: {zz: {id: zz, term: act.a, says: z}}}]}\n",
       ErrorCode::kLint, "input:4", "zz"},
      {"CorpusDateOfNoDay", Kind::kCorpus,
       "format: rogatory.state-law/1\nstate: AAA\nact: {id: c, title: C, short: C}\nsources: [{id: "
       "s, title: t, where: w}]\nprovisions:\n  - {id: p, article: '1', cite: c, title: T, kind: "
       "substantive, elements: {id: a, term: act.a, says: x}, periods: [{from: 2020-02-30, cite: "
       "c, says: x}]}\n",
       ErrorCode::kSchema, "input:6", ""},
  };
}

class Malformed : public testing::TestWithParam<BadInput> {};

TEST_P(Malformed, IsRefusedWithCodeAndPlace) {
  const BadInput& input = GetParam();
  const Error error = read(input);
  EXPECT_EQ(base::error_code_name(error.code), base::error_code_name(input.code))
      << error.to_string();
  EXPECT_NE(error.place.to_string().find(input.place), std::string::npos)
      << "expected at " << input.place << ": " << error.to_string();
  EXPECT_NE(error.to_string().find(input.message), std::string::npos) << error.to_string();
  EXPECT_FALSE(error.message.empty());
}

INSTANTIATE_TEST_SUITE_P(Inputs, Malformed, testing::ValuesIn(bad_inputs()),
                         [](const auto& tested) { return tested.param.name; });

/// Real records have such dates: the rest of the record is worth reading.
TEST(MalformedDate, IsARemarkOfTheImport) {
  for (const std::string_view day : {"\"month\": 13", "\"month\": 2, \"day\": 30"}) {
    const std::string text =
        R"({"incident_id": "x", "action": {"error": {}}, "timeline": {"incident": {"year": 2014, )" +
        std::string(day) + "}}}";
    const auto read = conduct::import_text(text, "input", the_mappings());
    ASSERT_TRUE(read.ok()) << read.error().to_string();
    ASSERT_EQ(read->size(), 1U);
    EXPECT_FALSE(read->front().remarks.empty()) << text;
    EXPECT_EQ(read->front().conduct.counts.front().dates.from->year(), 2014);
  }
}

}  // namespace
}  // namespace rogatory::test
