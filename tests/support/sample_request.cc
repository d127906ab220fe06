// SPDX-License-Identifier: EUPL-1.2

#include "support/sample_request.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace rogatory::test {
namespace {

base::JsonObject six(std::string_view english) {
  base::JsonObject out;
  for (const std::string_view code : request::kLanguageCodes) {
    out[code] = std::string(english) + " (" + std::string(code) + ")";
  }
  return out;
}

base::Json content(std::string_view id, std::string_view label, std::string_view pointer) {
  base::JsonObject out{{"id", id}, {"ask", std::string(label) + "?"}, {"why", "It matters."}};
  out["label"] = six(label);
  out["fill"] = base::JsonArray{base::Json(pointer)};
  return out;
}

base::JsonObject kind(std::string_view id, std::string_view uses) {
  base::JsonObject out{{"kind", id}, {"group", "g"}};
  out["title"] = six(id);
  out["purpose"] = six("Purpose");
  out["contents"] = base::parse_json(uses, "uses").take();
  return out;
}

base::Json wording(std::string_view id, std::string_view english) {
  base::JsonObject out = six(english);
  out["id"] = id;
  return out;
}

}  // namespace

void build_sample(CooperationBuilder& law) {
  law.terms({"act.access", "circ.without_right", "req.urgent", "req.emergency", "req.necessity",
             "req.evidence.electronic", "req.offence.serious_crime",
             "req.person.national_of_requested", "req.person.national_of_requesting",
             "req.person.resident_of_requested", "req.person.minor"});
  law.world({"AAA", "BBB", "CCC"});
  law.treaty("t", law::InstrumentClass::kSubject, {"AAA", "BBB"});
  law::Provision& preserve = law.basis("t:preserve", {"preservation"});
  preserve.basis->dual_criminality = law::DualCriminalityRule::kNotRequired;
  preserve.basis->conditions.push_back(condition("follow-up", "req.urgent"));
  law.basis("t:extradite", {"extradition"}).basis->dual_criminality =
      law::DualCriminalityRule::kRequired;
  for (const char* id : {"AAA:entry", "BBB:entry"})
    law.offence(id, all({is("act.access"), is("circ.without_right")}));
}

request::KindBook sample_kinds() {
  const base::JsonArray contents{content("authority", "Authority", "/requesting/authority/name"),
                                 content("necessity", "Necessity", "/necessity"),
                                 content("contact", "Contact", "/requesting/authority/contact"),
                                 content("persons", "Persons", "/persons/*/role"),
                                 content("offences", "Offences", "/offences/*/text")};
  const base::JsonObject kinds{
      {"preservation", kind("preservation",
                            R"json([{"use":"authority","level":"essential"},
                    {"use":"necessity","level":"basis","fact":"req.necessity","required_by":[
                      {"instrument":"t","cite":"Art. 2","confidence":"found"},
                      {"instrument":"other","cite":"Art. 9","confidence":"found"}]},
                    {"use":"contact","level":"useful"}])json")},
      {"extradition", kind("extradition", R"([{"use":"authority","level":"essential"},
                                              {"use":"persons","level":"essential"},
                                              {"use":"offences","level":"useful"}])")}};
  const base::JsonArray strings{wording("doc.page", "Page {page} of {pages}"),
                                wording("doc.to", "To: {authority}, {state}"),
                                wording("heading.missing", "Missing"),
                                wording("verdict.met", "met"),
                                wording("notice.free_text", "Free text stays in {language}"),
                                wording("doc.exercise", "An exercise")};
  auto book = request::KindBook::read(kinds, {{"contents", contents}}, {{"strings", strings}});
  EXPECT_TRUE(book.ok()) << (book.ok() ? "" : book.error().to_string());
  return book.take();
}

base::JsonObject sample_case() {
  return base::parse_json(R"({
      "format": "rogatory.case/1", "id": "case", "title": "A case", "language": "en",
      "requesting": {"state": "AAA", "authority": {"name": "Ministry", "contact": "desk"}},
      "requested": {"state": "BBB"}, "necessity": "records are erased",
      "urgency": {"level": "urgent"},
      "offences": [{"provision": "AAA:entry", "text": "entering", "max_months": 60}],
      "persons": [{"id": "p", "role": "suspect"}],
      "counts": [{"id": "c", "title": "Entering", "date": {"from": "2020-05-01"}, "facts": [
        {"term": "act.access", "value": true, "status": "alleged", "by": "police"}]}]})",
                          "case")
      .take()
      .as_object();
}

request::Draft sample_draft(const request::KindBook& kinds, std::string_view kind,
                            std::string_view basis, base::JsonObject document) {
  auto file = request::read_case(base::Json(std::move(document)));
  EXPECT_TRUE(file.ok()) << (file.ok() ? "" : file.error().to_string());
  std::optional<request::BasisChosen> chosen;
  if (!basis.empty()) {
    chosen = request::BasisChosen{.instrument = std::string(basis.substr(0, basis.find(':'))),
                                  .provision = std::string(basis),
                                  .on = date("2021-01-01")};
  }
  return request::make_draft(*kinds.find(kind), file.take(), std::move(chosen), {});
}

}  // namespace rogatory::test
