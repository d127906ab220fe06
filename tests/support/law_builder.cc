// SPDX-License-Identifier: EUPL-1.2

#include "support/law_builder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <utility>

namespace rogatory::test {

using law::Comparison;
using law::Confidence;
using law::Fact;
using law::Node;
using law::NodeKind;
using law::Truth;

namespace {

Node list(NodeKind kind, std::vector<Node> children) {
  Node node;
  node.kind = kind;
  node.citation = found();
  node.children = std::move(children);
  return node;
}

Node leaf(NodeKind kind, std::string id) {
  Node node;
  node.kind = kind;
  node.id = std::move(id);
  node.citation = found();
  return node;
}

Fact stated(std::string_view term, Truth value) {
  Fact fact;
  fact.term = std::string(term);
  fact.value = value;
  return fact;
}

bool names_a_state(std::string_view owner) {
  return owner.size() == 3 &&
         std::ranges::all_of(owner, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

Node is(std::string_view term) {
  Node node = leaf(NodeKind::kTerm, std::string(term));
  node.term = std::string(term);
  return node;
}

Node is_in(law::Scope scope, std::string_view term) {
  Node node = is(term);
  node.scope = {scope};
  node.id = law::atom_key(node.scope, term);
  return node;
}

Node compared(std::string_view quantity, Comparison op, double value, std::string_view currency) {
  Node node = leaf(NodeKind::kThreshold, {});
  node.threshold = {.quantity = std::string(quantity),
                    .op = op,
                    .value = value,
                    .currency = std::string(currency)};
  node.id = law::threshold_text(node.threshold);
  return node;
}

Node at_least(std::string_view quantity, double value, std::string_view currency) {
  return compared(quantity, Comparison::kGe, value, currency);
}

Node open(std::string_view what_resolves_it) {
  Node node = leaf(NodeKind::kOpen, "open");
  node.open = std::string(what_resolves_it);
  return node;
}

Node refer(law::ReferAs as, std::vector<std::string> provisions) {
  Node node = leaf(NodeKind::kRefer, "refer");
  node.refer_as = as;
  node.refer_to = std::move(provisions);
  return node;
}

Node all(std::vector<Node> children) {
  return list(NodeKind::kAll, std::move(children));
}
Node any(std::vector<Node> children) {
  return list(NodeKind::kAny, std::move(children));
}
Node none(std::vector<Node> children) {
  return list(NodeKind::kNone, std::move(children));
}

Node unless(Node node, law::Role role, std::string_view id, Node when) {
  node.unless.push_back(
      {.id = std::string(id), .role = role, .citation = found(), .when = {std::move(when)}});
  return node;
}

Node with_id(Node node, std::string_view id) {
  node.id = std::string(id);
  return node;
}

Node sure(Node node, Confidence confidence) {
  node.citation.confidence = confidence;
  return node;
}

Fact yes(std::string_view term) {
  return stated(term, Truth::kTrue);
}
Fact no(std::string_view term) {
  return stated(term, Truth::kFalse);
}

Fact unknown(std::string_view term, law::UnknownReason reason) {
  Fact fact = stated(term, Truth::kUnknown);
  fact.reason = reason;
  return fact;
}

Fact amount(std::string_view quantity, double value, std::string_view currency) {
  Fact fact;
  fact.value = Truth::kTrue;
  fact.quantity = law::QuantityValue{.quantity = std::string(quantity),
                                     .value = value,
                                     .currency = std::string(currency),
                                     .on = std::nullopt};
  return fact;
}

Fact by(Fact fact, std::string_view who) {
  fact.asserted_by = std::string(who);
  return fact;
}

Fact of_state(Fact fact, std::string_view state) {
  fact.of_state = std::string(state);
  return fact;
}

base::Date date(std::string_view text) {
  return base::Date::parse(text).value();
}

base::DateRange from(std::string_view first_day) {
  return {.from = date(first_day), .until = std::nullopt};
}

base::DateRange between(std::string_view first_day, std::string_view first_day_after) {
  return {.from = date(first_day), .until = date(first_day_after)};
}

law::Citation found(std::string_view cite) {
  law::Citation out;
  out.cite = std::string(cite);
  out.confidence = Confidence::kFound;
  return out;
}

LawBuilder& LawBuilder::terms(std::initializer_list<std::string_view> ids) {
  for (const std::string_view id : ids) term(id);
  return *this;
}

law::Term& LawBuilder::term(std::string_view id, std::vector<std::string> parents) {
  law::Term& term = book_.vocabulary.terms.emplace_back();
  term.id = std::string(id);
  term.kind = law::kind_of_id(id).value_or(law::TermKind::kAct);
  term.label = std::string(id.substr(id.find('.') + 1));
  term.phrase = term.label;
  term.parents = std::move(parents);
  term.question = "Is it so: " + term.label + "?";
  return term;
}

LawBuilder& LawBuilder::exclusive(std::string_view id, std::vector<std::string> members) {
  book_.vocabulary.groups.push_back({.id = std::string(id),
                                     .is_exclusive = true,
                                     .of = {},
                                     .members = std::move(members),
                                     .reason = "at most one of " + std::string(id),
                                     .place = {}});
  return *this;
}

LawBuilder& LawBuilder::exhaustive(std::string_view id, std::string_view of,
                                   std::vector<std::string> members) {
  book_.vocabulary.groups.push_back({.id = std::string(id),
                                     .is_exclusive = false,
                                     .of = std::string(of),
                                     .members = std::move(members),
                                     .reason = "at least one of " + std::string(id),
                                     .place = {}});
  return *this;
}

LawBuilder& LawBuilder::entails(std::string_view id, std::vector<std::string> premises,
                                std::string_view conclusion) {
  book_.vocabulary.entailments.push_back({.id = std::string(id),
                                          .premises = std::move(premises),
                                          .conclusion = std::string(conclusion),
                                          .reason = "because of " + std::string(id),
                                          .source = {},
                                          .pin = {},
                                          .place = {}});
  return *this;
}

LawBuilder& LawBuilder::quantity(std::string_view id, std::string_view unit) {
  law::Quantity& quantity = book_.vocabulary.quantities.emplace_back();
  quantity.id = std::string(id);
  quantity.label = std::string(id.substr(id.find('.') + 1));
  quantity.unit = std::string(unit);
  return *this;
}

law::Provision& LawBuilder::offence(std::string_view id, Node elements) {
  const std::string_view owner = id.substr(0, id.find(':'));
  const bool is_of_state = names_a_state(owner);
  if (is_of_state) {
    state(owner);
  } else {
    instrument(owner);
  }
  law::Provision& provision = book_.provisions.emplace_back();
  provision.id = std::string(id);
  provision.owner = std::string(owner);
  provision.is_of_state = is_of_state;
  provision.article = std::string(id.substr(id.find(':') + 1));
  provision.title = provision.article;
  provision.kind = law::ProvisionKind::kSubstantive;
  provision.citation = found(provision.article);
  provision.penalty_kind = "offence";
  provision.elements.push_back(std::move(elements));
  return provision;
}

law::Instrument& LawBuilder::instrument(std::string_view id) {
  const auto it = std::ranges::find(book_.instruments, id, &law::Instrument::id);
  if (it != book_.instruments.end()) return *it;
  law::Instrument& instrument = book_.instruments.emplace_back();
  instrument.id = std::string(id);
  instrument.short_title = std::string(id);
  instrument.status = law::InstrumentStatus::kInForce;
  return instrument;
}

law::StateLaw& LawBuilder::state(std::string_view iso3) {
  const auto it = std::ranges::find(book_.states, iso3, &law::StateLaw::iso3);
  if (it != book_.states.end()) return *it;
  law::StateLaw& state = book_.states.emplace_back();
  state.iso3 = std::string(iso3);
  state.alpha2 = std::string(iso3.substr(0, 2));
  state.name = std::string(iso3);
  state.test_date = law::TestDateRule::kConductDate;
  state.test_date_citation = found();
  return state;
}

law::Closure& LawBuilder::closure(std::string_view iso3, Node subject, base::DateRange range) {
  return state(iso3).closures.emplace_back(law::Closure{.id = "closure",
                                                        .subject = {std::move(subject)},
                                                        .range = range,
                                                        .citation = found("closure")});
}

base::Result<law::LawBook> LawBuilder::try_link() {
  law::LawBook out = std::move(book_);
  ROG_CHECKED(out.link());
  return out;
}

law::LawBook LawBuilder::link() {
  auto linked = try_link();
  if (!linked.ok()) {
    ADD_FAILURE() << linked.error().to_string();
    return {};
  }
  return linked.take();
}

}  // namespace rogatory::test
