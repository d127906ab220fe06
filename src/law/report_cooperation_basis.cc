// SPDX-License-Identifier: EUPL-1.2
// Legal bases, for law/report_cooperation.h.
#include <fmt/format.h>

#include "base/text.h"
#include "law/detail/report_words.h"
#include "law/report.h"
#include "law/report_cooperation.h"
#include "law/request_kinds.h"

namespace rogatory::law {
namespace {

using namespace detail;

Json threshold_json(const std::optional<PenaltyThreshold>& threshold) {
  if (!threshold) return nullptr;
  return JsonObject{{"law", name_json(threshold->law)},
                    {"op", name_json(threshold->op)},
                    {"months", threshold->months}};
}

JsonObject condition_json(const ConditionAnswer& condition) {
  return {{"id", condition.id},
          {"state", text_json(condition_word(condition.value))},
          {"says", condition.says},
          {"cite", condition.cite},
          {"term", text_or_null(condition.term)},
          {"facts", texts_json(condition.facts)},
          {"confidence", name_json(condition.confidence)}};
}

JsonObject statement_json(const Statement& statement) {
  return {{"state", statement.state},
          {"provision", statement.provision},
          {"by", statement.by == OptionBy::kReservation ? "reservation" : "declaration"},
          {"from", statement.range.from.to_string()},
          {"says", statement.citation.says},
          {"effect", text_or_null(statement.effect)},
          {"confidence", name_json(statement.citation.confidence)}};
}

JsonArray provisional_because(const Basis& basis) {
  JsonArray out;
  if (basis.confidence == Confidence::kRecalled) out.push_back("recalled");
  if (basis.is_rank_open) out.push_back("bilateral_not_encoded");
  return out;
}

JsonObject one_json(const LawBook& book, const BasisAnswer& answer, const Basis& basis) {
  const Provision& provision = book.provisions[basis.provision];
  JsonArray conditions;
  for (const ConditionAnswer& c : basis.conditions) conditions.push_back(condition_json(c));
  JsonArray statements;
  for (const Statement* s : basis.statements) statements.push_back(statement_json(*s));
  JsonObject out{{"instrument", provision.owner},
                 {"provision", provision.id},
                 {"cite", cite_words(book, provision)},
                 {"title", provision.title},
                 {"says", provision.citation.says},
                 {"class", name_json(basis.rank_class)},
                 {"rank", basis.rank},
                 {"by", name_json(provision.basis->by)},
                 {"offences", name_json(provision.basis->offences)},
                 {"dual_criminality", name_json(basis.dual_criminality)},
                 {"threshold", threshold_json(provision.basis->threshold)},
                 {"remaining", threshold_json(provision.basis->remaining)},
                 {"list", provision.basis->list
                              ? Json(JsonObject{
                                    {"threshold", threshold_json(provision.basis->list->threshold)},
                                    {"terms", texts_json(provision.basis->list->terms)}})
                              : Json(nullptr)},
                 {"conditions", std::move(conditions)},
                 {"statements", std::move(statements)},
                 {"yields_to", texts_json(basis.yields_to)},
                 {"confidence", name_json(basis.confidence)},
                 {"provisional", basis.is_provisional()},
                 {"provisional_because", provisional_because(basis)},
                 {"citation", to_json(book, provision.citation)}};
  if (basis.instrument != nullptr) {
    out["parties"] = JsonArray{status_json(*basis.instrument, answer.requesting, basis.requesting),
                               status_json(*basis.instrument, answer.requested, basis.requested)};
  }
  return out;
}

JsonArray bases_json(const LawBook& book, const BasisAnswer& answer,
                     const std::vector<Basis>& bases) {
  JsonArray out;
  for (const Basis& basis : bases) out.push_back(one_json(book, answer, basis));
  return out;
}

JsonObject not_available_json(const LawBook& book, const BasisAnswer& answer,
                              const NotAvailable& one) {
  JsonObject out{
      {"instrument", one.instrument != nullptr ? one.instrument->id : answer.requested.iso3},
      {"provisions", ids_json(book, one.provisions)},
      {"code", name_json(one.code)},
      {"possible", one.is_possible()},
      {"reason", one.reason},
      {"confidence", name_json(one.confidence)}};
  if (one.instrument != nullptr) {
    out["title"] = instrument_name(*one.instrument);
    out["parties"] = JsonArray{status_json(*one.instrument, answer.requesting, one.requesting),
                               status_json(*one.instrument, answer.requested, one.requested)};
  }
  return out;
}

std::string_view dual_words(DualCriminalityRule rule) {
  switch (rule) {
    case DualCriminalityRule::kUnknown:
      return "what it says of dual criminality is not encoded";
    case DualCriminalityRule::kRequired:
      return "dual criminality is required";
    case DualCriminalityRule::kMayRefuse:
      return "assistance may be refused for lack of dual criminality";
    case DualCriminalityRule::kNotRequired:
      return "dual criminality is not required";
    case DualCriminalityRule::kOwnLaw:
      return "dual criminality is left to the law of the requested State";
  }
  return "";
}

std::string_view law_words(WhoseLaw law) {
  switch (law) {
    case WhoseLaw::kBoth:
      return "under both laws";
    case WhoseLaw::kRequesting:
      return "under the law of the requesting State";
    case WhoseLaw::kRequested:
      return "under the law of the requested State";
  }
  return "";
}

std::string threshold_words(const PenaltyThreshold& threshold) {
  return fmt::format("{} {} months {}", threshold.op == Comparison::kGt ? "more than" : "at least",
                     threshold.months, law_words(threshold.law));
}

void write_one(const LawBook& book, const BasisAnswer& answer, const Basis& basis, Document& out) {
  const Provision& provision = book.provisions[basis.provision];
  out.heading(3, (basis.rank > 0 ? fmt::format("{}. ", basis.rank) : "") +
                     cite_words(book, provision) + ": " + provision.title);
  out.paragraph(fmt::format("{} [{}] {}; {}.", provision.citation.says,
                            sure_words(basis.confidence), provision.id,
                            dual_words(basis.dual_criminality)));
  if (basis.instrument != nullptr) {
    out.item(status_words(*basis.instrument, answer.requesting, basis.requesting) + "; " +
             status_words(*basis.instrument, answer.requested, basis.requested) + ".");
  }
  if (const auto& threshold = provision.basis->threshold) {
    out.item("Maximum penalty of " + threshold_words(*threshold) + ".");
  }
  if (const auto& remaining = provision.basis->remaining) {
    out.item(fmt::format("Of a sentence passed, {} {} months.",
                         remaining->op == Comparison::kGt ? "more than" : "at least",
                         remaining->months));
  }
  if (const auto& list = provision.basis->list) {
    out.item("Listed offences are not examined for dual criminality where the maximum is " +
             threshold_words(list->threshold) + ".");
  }
  for (const ConditionAnswer& c : basis.conditions) {
    std::string facts;
    for (const std::string& fact : c.facts) {
      facts += (facts.empty() ? " Decided by: " : "; ") + term_label(book, fact);
    }
    out.item(fmt::format("Condition, {}: {} ({}) [{}]{}", condition_word(c.value), c.says, c.cite,
                         to_text(c.confidence), facts));
  }
  for (const Statement* s : basis.statements) {
    out.item(fmt::format("{} of {}: {} [{}]",
                         s->by == OptionBy::kReservation ? "Reservation" : "Declaration", s->state,
                         s->citation.says, to_text(s->citation.confidence)));
  }
  for (const std::string& other : basis.yields_to) {
    const Instrument* instrument = book.find_instrument(other);
    out.item("Steps back where this serves: " +
             (instrument == nullptr ? other : instrument_name(*instrument)));
  }
  if (basis.is_rank_open) {
    out.item(
        "Its rank is provisional: whether a treaty between just these two goes before it is not "
        "encoded.");
  }
}

void write_not_available(const BasisAnswer& answer, Document& out) {
  if (answer.not_available.empty()) return;
  out.heading(2, "What does not serve, and why");
  std::vector<std::vector<std::string>> rows;
  for (const NotAvailable& one : answer.not_available) {
    rows.push_back({one.instrument == nullptr ? "law of " + answer.requested.name
                                              : instrument_name(*one.instrument),
                    one.is_possible() ? "unknown" : "no", one.reason,
                    std::string(to_text(one.confidence))});
  }
  out.table({"instrument", "serves", "reason", "confidence"}, std::move(rows));
}

std::string reciprocity_words(const BasisAnswer& answer) {
  switch (answer.reciprocity) {
    case Reciprocity::kAllowed:
      return "The encoded law of " + answer.requested.name + " lets it act without a treaty.";
    case Reciprocity::kTreatyOnly:
      return "The encoded law of " + answer.requested.name + " acts under a treaty only.";
    case Reciprocity::kNotEncoded:
      return "Whether " + answer.requested.name +
             " acts without a treaty is not encoded: unknown, not no.";
  }
  return "";
}

}  // namespace

JsonObject basis_json(const LawBook& book, const BasisAnswer& answer) {
  JsonArray not_available;
  for (const NotAvailable& one : answer.not_available) {
    not_available.push_back(not_available_json(book, answer, one));
  }
  return {
      {"requesting", side_json(answer.requesting)},
      {"requested", side_json(answer.requested)},
      {"kind", answer.kind},
      {"on", answer.on.to_string()},
      {"bases", bases_json(book, answer, answer.bases)},
      {"channels", bases_json(book, answer, answer.channels)},
      {"not_available", std::move(not_available)},
      {"bilateral", name_json(answer.bilateral)},
      {"ranking_provisional", answer.is_ranking_provisional()},
      {"reciprocity", JsonObject{{"answer", name_json(answer.reciprocity)},
                                 {"provisions", ids_json(book, answer.reciprocity_provisions)}}},
      {"none_known", text_or_null(answer.none_known)},
      {"warnings", texts_json(answer.warnings)},
      {"note", text_json(kNotReviewed)}};
}

void write_bases(const LawBook& book, const BasisAnswer& answer, Document& out) {
  out.heading(2, fmt::format("Legal basis: {} asks {} for {} on {}", answer.requesting.name,
                             answer.requested.name, answer.kind, answer.on.to_string()));
  if (!answer.warnings.empty()) out.item("Warning: " + base::join(answer.warnings, "; ") + ".");
  if (!answer.none_known.empty()) {
    out.paragraph("None known: " + answer.none_known +
                  ". This is what the corpus knows, not that there is none.");
  }
  for (const Basis& basis : answer.bases) write_one(book, answer, basis, out);
  if (!answer.channels.empty()) {
    out.heading(2, "Beside these: straight to a provider");
    for (const Basis& basis : answer.channels) write_one(book, answer, basis, out);
  }
  out.item(reciprocity_words(answer));
  if (answer.is_ranking_provisional()) {
    out.item("Bilateral treaties: not encoded for this pair and kind; the ranking is provisional.");
  }
  write_not_available(answer, out);
  out.paragraph(fmt::format("The law of States here was {}.", kNotReviewed));
}

JsonObject basis_table_json(const BasisTable& table) {
  JsonArray kinds;
  for (std::size_t k = 0; k < kRequestKinds.size(); ++k) {
    kinds.push_back(
        JsonObject{{"kind", text_json(kRequestKinds[k].id)},
                   {"known", table.count_known(k)},
                   {"recalled", table.pairs() - table.count_known(k) - table.count_none(k)},
                   {"none_known", table.count_none(k)}});
  }
  return {{"on", table.on().to_string()}, {"states", table.states().size()},
          {"pairs", table.pairs()},       {"pairs_with_known_basis", table.count_known_pairs()},
          {"kinds", std::move(kinds)},    {"note", text_json(kNotReviewed)}};
}

void write_basis_table(const BasisTable& table, Document& out) {
  out.heading(2, fmt::format("Legal bases on {}: {} ordered pairs of {} States",
                             table.on().to_string(), table.pairs(), table.states().size()));
  out.paragraph(fmt::format(
      "{} pairs have, for some kind of request, a basis that is known: its text and the "
      "status of both were found or derived, not recalled.",
      table.count_known_pairs()));
  std::vector<std::vector<std::string>> rows;
  for (std::size_t k = 0; k < kRequestKinds.size(); ++k) {
    const std::size_t known = table.count_known(k);
    const std::size_t none = table.count_none(k);
    rows.push_back({std::string(kRequestKinds[k].id), std::to_string(known),
                    std::to_string(table.pairs() - known - none), std::to_string(none)});
  }
  out.table({"kind", "known", "recalled only", "none known"}, std::move(rows));
  out.paragraph("`--all --csv` writes the answer for each pair and kind.");
}

}  // namespace rogatory::law
