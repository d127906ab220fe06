// SPDX-License-Identifier: EUPL-1.2
// The JSON half of law/report.h.
#include <algorithm>

#include "law/detail/rule_report.h"
#include "law/entail.h"
#include "law/report.h"

namespace rogatory::law {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

Json text(std::string_view s) {
  return Json(boost::json::string(s));
}

template <class Enum>
Json name(Enum v) {
  return text(to_text(v));
}

JsonArray ids_json(const LawBook& book, const std::vector<ProvisionIndex>& provisions) {
  JsonArray out;
  for (const ProvisionIndex i : provisions) out.push_back(text(book.provisions[i].id));
  return out;
}

JsonArray reasons_json(const std::vector<UnknownReason>& reasons) {
  JsonArray out;
  for (const UnknownReason reason : reasons) out.push_back(name(reason));
  return out;
}

Json fact_json(const Fact& fact) {
  JsonObject out{{"value", name(fact.value)}, {"status", name(fact.status)}};
  if (!fact.term.empty()) out["term"] = atom_key(fact.scope, fact.term);
  if (fact.quantity) {
    out["quantity"] = fact.quantity->quantity;
    out["amount"] = fact.quantity->value;
    if (!fact.quantity->currency.empty()) out["currency"] = fact.quantity->currency;
  }
  if (!fact.asserted_by.empty()) out["by"] = fact.asserted_by;
  if (!fact.source.empty()) out["source"] = fact.source;
  if (!fact.field.empty()) out["field"] = fact.field;
  if (!fact.note.empty()) out["note"] = fact.note;
  return out;
}

Json needed_json(const LawBook& book, const FactNeeded& fact) {
  JsonObject out{{"fact", book.atoms().key(fact.atom)},
                 {"wanted", fact.wanted},
                 {"now", name(fact.now)},
                 {"label", atom_text(book, fact.atom)},
                 {"question", atom_question(book, fact.atom)}};
  if (fact.now == Truth::kUnknown) out["reason"] = name(fact.reason);
  return out;
}

JsonArray needed_list(const LawBook& book, const std::vector<FactNeeded>& facts) {
  JsonArray out;
  for (const FactNeeded& fact : facts) out.push_back(needed_json(book, fact));
  return out;
}

std::string_view kind_name(ProofNode::Kind kind) {
  switch (kind) {
    case ProofNode::Kind::kElement:
      return "element";
    case ProofNode::Kind::kAll:
      return "all";
    case ProofNode::Kind::kAny:
      return "any";
    case ProofNode::Kind::kNone:
      return "none";
    case ProofNode::Kind::kReference:
      return "reference";
    case ProofNode::Kind::kException:
      return "exception";
  }
  return "element";
}

Json proof_json(const LawBook& book, const ProofNode& node) {
  JsonObject out{{"kind", text(kind_name(node.kind))},
                 {"value", name(node.value)},
                 {"decisive", node.is_decisive},
                 {"confidence", name(node.confidence)}};
  if (!node.id.empty()) out["id"] = node.id;
  if (node.atom != kNoAtom) {
    out["fact"] = book.atoms().key(node.atom);
    out["label"] = atom_text(book, node.atom);
  }
  if (node.kind == ProofNode::Kind::kException) out["role"] = name(node.role);
  if (node.value == Truth::kUnknown) out["reason"] = name(node.reason);
  if (node.citation != nullptr && !node.citation->cite.empty()) {
    out["citation"] = to_json(book, *node.citation);
  }
  if (!node.facts.empty()) {
    JsonArray facts;
    for (const Fact* fact : node.facts) facts.push_back(fact_json(*fact));
    out["facts"] = std::move(facts);
  }
  if (!node.because.empty()) {
    JsonArray because;
    for (const std::string& reason : node.because) because.push_back(text(reason));
    out["because"] = std::move(because);
  }
  if (!node.children.empty()) {
    JsonArray children;
    for (const ProofNode& child : node.children) children.push_back(proof_json(book, child));
    out["children"] = std::move(children);
  }
  return out;
}

Json node_json(const LawBook& book, const Node& node);

JsonArray nodes_json(const LawBook& book, const std::vector<Node>& nodes) {
  JsonArray out;
  for (const Node& node : nodes) out.push_back(node_json(book, node));
  return out;
}

Json node_json(const LawBook& book, const Node& node) {
  JsonObject out;
  if (!node.id.empty()) out["id"] = node.id;
  switch (node.kind) {
    case NodeKind::kTerm:
      out["term"] = node.term;
      break;
    case NodeKind::kThreshold:
      out["threshold"] = threshold_text(node.threshold);
      break;
    case NodeKind::kOpen:
      out["open"] = node.open;
      break;
    case NodeKind::kRefer: {
      JsonArray ids;
      for (const std::string& id : node.refer_to) ids.push_back(text(id));
      out["refer"] = std::move(ids);
      break;
    }
    case NodeKind::kAll:
      out["all"] = nodes_json(book, node.children);
      break;
    case NodeKind::kAny:
      out["any"] = nodes_json(book, node.children);
      break;
    case NodeKind::kNone:
      out["none"] = nodes_json(book, node.children);
      break;
  }
  if (!node.scope.empty()) out["in"] = scope_text(node.scope);
  if (!node.citation.cite.empty()) out["citation"] = to_json(book, node.citation);
  if (!node.unless.empty()) {
    JsonArray unless;
    for (const Exception& e : node.unless) {
      unless.push_back(JsonObject{{"id", e.id},
                                  {"role", name(e.role)},
                                  {"citation", to_json(book, e.citation)},
                                  {"when", node_json(book, e.when.front())}});
    }
    out["unless"] = std::move(unless);
  }
  return out;
}

Json range_json(const base::DateRange& range) {
  JsonObject out{{"from", range.from.to_string()}};
  out["until"] = range.until ? Json(text(range.until->to_string())) : Json(nullptr);
  return out;
}

JsonArray safeguards_json(const LawBook& book, const Provision& provision) {
  JsonArray out;
  const Instrument* instrument = book.find_instrument(provision.owner);
  if (instrument == nullptr) return out;
  for (const Safeguard& safeguard : instrument->safeguards) {
    if (std::ranges::find(provision.safeguards, safeguard.id) == provision.safeguards.end())
      continue;
    out.push_back(JsonObject{{"id", safeguard.id},
                             {"title", safeguard.title},
                             {"citation", to_json(book, safeguard.citation)}});
  }
  return out;
}

template <class R>
void add_witnesses(const R& relation, JsonObject& out) {
  out["relation"] = name(relation.relation);
  out["witness_from_only"] =
      relation.witness_from_only.empty() ? Json(nullptr) : Json(text(relation.witness_from_only));
  out["witness_to_only"] =
      relation.witness_to_only.empty() ? Json(nullptr) : Json(text(relation.witness_to_only));
  out["confidence"] = name(relation.confidence);
}

}  // namespace

Json to_json(const LawBook&, const Citation& c) {
  JsonObject out{{"cite", c.cite}, {"says", c.says}, {"confidence", name(c.confidence)}};
  if (!c.source.empty()) out["source"] = c.source;
  if (!c.pin.empty()) out["pin"] = c.pin;
  if (!c.note.empty()) out["note"] = c.note;
  if (!c.place.file.empty()) {
    out["place"] =
        c.place.line > 0 ? c.place.file + ":" + std::to_string(c.place.line) : c.place.file;
  }
  return out;
}

Json provision_json(const LawBook& book, const Provision& provision) {
  const Instrument* instrument = book.find_instrument(provision.owner);
  JsonObject out{{"id", provision.id},
                 {"article", provision.article},
                 {"kind", name(provision.kind)},
                 {"title", provision.title},
                 {"cite", provision.citation.cite},
                 {"confidence", name(provision.citation.confidence)}};
  if (instrument != nullptr) {
    out["instrument"] = instrument->id;
    out["status"] = name(instrument->status);
  } else {
    out["instrument"] =
        provision.act_id.empty() ? provision.owner : provision.owner + ":" + provision.act_id;
    out["state"] = provision.owner;
    out["act"] = provision.act_title;
    out["sanction"] = name(provision.sanction);
    JsonArray periods;
    for (const Period& period : provision.periods) {
      JsonObject one = range_json(period.range).as_object();
      one["state"] = name(period.state);
      one["citation"] = to_json(book, period.citation);
      periods.push_back(std::move(one));
    }
    out["status"] = "by_period";
    out["periods"] = std::move(periods);
  }
  if (!provision.penalty_kind.empty()) out["penalty_kind"] = provision.penalty_kind;
  return out;
}

Json provision_full_json(const LawBook& book, const Provision& provision) {
  JsonObject out = provision_json(book, provision).as_object();
  out["citation"] = to_json(book, provision.citation);
  out["elements"] =
      provision.elements.empty() ? Json(nullptr) : node_json(book, provision.elements.front());
  if (!provision.elements_unknown.empty()) out["elements_unknown"] = provision.elements_unknown;
  detail::add_rule_json(book, provision, out);
  JsonArray options;
  for (const Option& option : provision.options) {
    JsonObject one{{"id", option.id},
                   {"by", option.by == OptionBy::kDeclaration ? "declaration" : "reservation"},
                   {"under", option.under},
                   {"point", option.point},
                   {"citation", to_json(book, option.citation)}};
    if (!option.add.empty()) one["add"] = node_json(book, option.add.front());
    if (option.drops_provision) one["drop"] = true;
    options.push_back(std::move(one));
  }
  out["options"] = std::move(options);
  JsonArray readings;
  for (const Reading& reading : provision.readings) {
    readings.push_back(
        JsonObject{{"id", reading.id}, {"citation", to_json(book, reading.citation)}});
  }
  out["readings"] = std::move(readings);
  JsonArray penalties;
  for (const Penalty& penalty : provision.penalties) {
    JsonObject one{{"form", penalty.form}, {"citation", to_json(book, penalty.citation)}};
    if (penalty.max_months) one["max_months"] = *penalty.max_months;
    if (!penalty.max.empty()) one["max"] = penalty.max;
    if (!penalty.when.empty()) one["when"] = node_json(book, penalty.when.front());
    penalties.push_back(std::move(one));
  }
  out["penalties"] = std::move(penalties);
  out["safeguards"] = safeguards_json(book, provision);
  return out;
}

Json assessment_json(const Valuation& valuation, const Assessment& a) {
  const LawBook& book = valuation.book();
  const Provision& provision = book.provisions[a.provision];
  const FactSet best = a.needed.empty() ? FactSet{} : a.needed.front();
  JsonArray subject_to;
  for (const LinkedException* e : a.subject_to) {
    subject_to.push_back(JsonObject{{"id", e->id},
                                    {"role", name(e->source->role)},
                                    {"citation", to_json(book, e->source->citation)}});
  }
  JsonArray alternatives;
  for (const FactSet& set : a.needed) {
    alternatives.push_back(JsonObject{{"missing", needed_list(book, set.missing)},
                                      {"contradicted", needed_list(book, set.contradicted)}});
  }
  JsonArray readings;
  for (const ReadingOutcome& r : a.readings) {
    readings.push_back(JsonObject{{"reading", r.reading->id},
                                  {"says", r.reading->citation.says},
                                  {"verdict", name(r.verdict)}});
  }
  JsonObject out{{"provision", provision.id},
                 {"article", provision.article},
                 {"title", provision.title},
                 {"kind", name(provision.kind)},
                 {"verdict", name(a.verdict)},
                 {"provisional", a.is_provisional()},
                 {"confidence", name(a.confidence)},
                 {"subject_to", std::move(subject_to)},
                 {"missing", needed_list(book, best.missing)},
                 {"contradicted", needed_list(book, best.contradicted)},
                 {"alternatives", std::move(alternatives)},
                 {"unknown_reasons", reasons_json(a.unknown_reasons)},
                 {"readings", std::move(readings)},
                 {"safeguards", safeguards_json(book, provision)},
                 {"explanation", proof_json(book, a.proof)}};
  if (const Instrument* instrument = book.find_instrument(provision.owner)) {
    out["instrument"] = instrument->id;
    out["status"] = name(instrument->status);
    out["banner"] = instrument->banner;
  } else {
    out["state"] = provision.owner;
    out["note"] = text(kNotReviewed);
  }
  return out;
}

Json state_answer_json(const LawBook& book, const Valuation& valuation, const StateAnswer& answer) {
  JsonArray assessments;
  for (const Assessment& a : answer.assessments) {
    assessments.push_back(assessment_json(valuation, a));
  }
  JsonArray not_applicable;
  for (const NotApplicable& n : answer.not_applicable) {
    JsonObject one{
        {"provision", book.provisions[n.provision].id},
        {"title", book.provisions[n.provision].title},
        {"why", n.period == nullptr ? Json("encoded for other days only") : name(n.period->state)}};
    if (n.period != nullptr) one["citation"] = to_json(book, n.period->citation);
    not_applicable.push_back(std::move(one));
  }
  JsonObject out{{"state", answer.state->iso3},
                 {"name", answer.state->name},
                 {"on", answer.on ? Json(text(answer.on->to_string())) : Json(nullptr)},
                 {"verdict", name(answer.verdict)},
                 {"reasons", reasons_json(answer.reasons)},
                 {"provisions", ids_json(book, answer.relied_on)},
                 {"provisional", answer.is_provisional()},
                 {"confidence", name(answer.confidence)},
                 {"assessments", std::move(assessments)},
                 {"not_applicable", std::move(not_applicable)},
                 {"note", text(kNotReviewed)}};
  if (answer.closure != nullptr) {
    out["closure"] = JsonObject{{"id", answer.closure->id},
                                {"period", range_json(answer.closure->range)},
                                {"citation", to_json(book, answer.closure->citation)}};
  } else {
    out["closure"] = nullptr;
  }
  return out;
}

Json relation_json(const LawBook& book, const ProvisionRelation& relation) {
  JsonObject out{{"from", book.provisions[relation.from].id},
                 {"to", book.provisions[relation.to].id},
                 {"level", "paragraph"}};
  add_witnesses(relation, out);
  return out;
}

Json article_relation_json(const LawBook&, std::string_view from, std::string_view to,
                           const ArticleRelation& relation) {
  JsonObject out{{"from", std::string(from) + ":art-" + relation.from_article},
                 {"to", std::string(to) + ":art-" + relation.to_article},
                 {"from_article", relation.from_article},
                 {"to_article", relation.to_article},
                 {"level", "article"}};
  add_witnesses(relation, out);
  return out;
}

Json cover_json(const LawBook& book, const CoverAnswer& answer) {
  const Provision& required = book.provisions[answer.required];
  JsonObject out{{"required", required.id},
                 {"article", required.article},
                 {"title", required.title},
                 {"grade", text(to_text(answer.grade))},
                 {"covered_by", ids_json(book, answer.covered_by)},
                 {"story", answer.story.empty() ? Json(nullptr) : Json(text(answer.story))},
                 {"reasons", reasons_json(answer.reasons)},
                 {"confidence", name(answer.confidence)},
                 {"provisional", answer.confidence == Confidence::kRecalled}};
  if (answer.closure != nullptr) {
    out["closure"] = JsonObject{{"id", answer.closure->id},
                                {"citation", to_json(book, answer.closure->citation)}};
  }
  if (answer.has_nearest) {
    JsonArray needs;
    for (const std::string& need : answer.nearest_needs) needs.push_back(text(need));
    out["nearest"] = JsonObject{{"provision", book.provisions[answer.nearest].id},
                                {"would_also_need", std::move(needs)}};
  }
  return out;
}

Json question_json(const LawBook& book, const Question& question) {
  return JsonObject{{"fact", book.atoms().key(question.atom)},
                    {"label", atom_text(book, question.atom)},
                    {"question", atom_question(book, question.atom)},
                    {"decided_if_true", ids_json(book, question.decided_if_true)},
                    {"decided_if_false", ids_json(book, question.decided_if_false)},
                    {"concerns", question.concerns}};
}

}  // namespace rogatory::law
