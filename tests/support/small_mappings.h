// SPDX-License-Identifier: EUPL-1.2
//
// Mappings in the small, for tests and fuzz targets of src/conduct: one rule of each kind.
// Single-threaded.
#pragma once

#include <string_view>

#include "base/json.h"
#include "conduct/mapping.h"

namespace rogatory::test {

inline constexpr std::string_view kSmallMappings = R"({
  "veris": {
    "format": "rogatory.mapping/1", "source": "veris", "title": "t", "versions": ["1"],
    "asserted_by": "coder", "sources": [{"id": "s"}], "defaults": {"confidence": "found"},
    "nullified_by": ["security_incident.False positive"],
    "sets": {"malicious": ["action.hacking", "action.malware"]},
    "places": [{"prefix": "victim.country.", "role": "victim", "cite": "c", "says": "s"}],
    "amounts": [{"quantity": "qty.loss", "value": "impact.overall_amount",
                 "currency": "impact.iso_currency_code", "cite": "c", "says": "s"}],
    "rules": [
      {"codes": ["action.hacking"], "cite": "H", "definition": "an attack",
       "facts": [{"term": "mens.intent", "value": true},
                 {"term": "obj.system", "value": true, "confidence": "derived", "note": "why"}]},
      {"codes": ["action.error"], "cite": "E", "definition": "an error",
       "when": {"none": ["@malicious"]},
       "facts": [{"term": "mens.intent", "value": false}]},
      {"codes": ["action.misuse"], "cite": "M", "definition": "misuse",
       "facts": [{"term": "mens.intent", "value": "unknown", "reason": "contested"}]},
      {"codes": ["attribute.availability.variety.*"], "cite": "A", "definition": "lost",
       "when": {"any": ["@malicious"]}, "facts": [{"term": "act.hinder", "value": true}]},
      {"codes": ["action.malware.variety.Ransomware"], "cite": "R", "definition": "encrypts",
       "facts": [{"term": "act.data.block", "in": "designed", "value": true}]},
      {"codes": ["action.social"], "cite": "S", "definition": "no intent, for contradiction",
       "facts": [{"term": "mens.intent", "value": false}]}
    ]},
  "attack": {
    "format": "rogatory.mapping/1", "source": "attack", "title": "t", "versions": ["1"],
    "asserted_by": "producer", "sources": [{"id": "s"}], "defaults": {"confidence": "found"},
    "places": [{"prefix": "targets.country.", "role": "victim", "cite": "c", "says": "s"},
               {"prefix": "threat-actor.country.", "role": "acted", "cite": "c", "says": "s"}],
    "rules": [
      {"codes": ["T1486"], "cite": "T1486", "definition": "encrypts",
       "facts": [{"term": "act.data.block", "value": true}, {"term": "mens.intent", "value": true}]},
      {"codes": ["T1566"], "cite": "T1566", "definition": "phishing",
       "facts": [{"term": "act.deceive", "value": true}]},
      {"codes": ["stix.malware"], "cite": "STIX", "definition": "malware",
       "facts": [{"term": "obj.tool.malware", "value": true}]}
    ]},
  "misp": {
    "format": "rogatory.mapping/1", "source": "misp", "title": "t", "versions": ["1"],
    "asserted_by": "organisation", "sources": [{"id": "s"}], "defaults": {"confidence": "found"},
    "places": [{"prefix": "misp-galaxy:target-information=", "role": "victim", "cite": "c",
                "says": "s"}],
    "rules": [
      {"codes": ["rsit:fraud=\"phishing\""], "cite": "rsit", "definition": "phishing",
       "facts": [{"term": "act.deceive", "value": true}]},
      {"codes": ["object.ransom-negotiation.data_stolen.True"], "cite": "o", "definition": "stolen",
       "facts": [{"term": "act.data.copy", "value": true}]}
    ]},
  "eurepoc": {
    "format": "rogatory.mapping/1", "source": "eurepoc", "title": "t", "versions": ["1"],
    "asserted_by": "coders", "sources": [{"id": "s"}], "defaults": {"confidence": "found"},
    "places": [{"prefix": "receiver_country.", "role": "victim", "cite": "c", "says": "s"}],
    "amounts": [{"quantity": "qty.loss", "value": "economic_impact_exact_value",
                 "currency": "economic_impact_currency", "currencies": {"euro": "EUR"},
                 "zero": "unknown", "cite": "c", "says": "s"}],
    "rules": [
      {"codes": ["incident_type.Disruption"], "cite": "D", "definition": "disruption",
       "facts": [{"term": "act.hinder", "value": true}]}
    ]},
  "states": {
    "format": "rogatory.mapping/1", "source": "states", "title": "t", "versions": ["1"],
    "sources": [{"id": "s"}],
    "states": [{"alpha3": "DEU", "alpha2": "DE", "names": ["Germany"]},
               {"alpha3": "KOR", "alpha2": "KR", "names": ["Korea, Republic of"]},
               {"alpha3": "UKR", "alpha2": "UA", "names": ["Ukraine"]}]}
})";

/// Aborts when the text above is wrong, which a test of the mapping shows.
inline conduct::Mappings small_mappings() {
  return conduct::parse_mappings(base::parse_json(kSmallMappings, "small").take().as_object())
      .take();
}

}  // namespace rogatory::test
