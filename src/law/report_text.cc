// SPDX-License-Identifier: EUPL-1.2
// The document half of law/report.h.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "law/detail/rule_report.h"
#include "law/entail.h"
#include "law/report.h"

namespace rogatory::law {
namespace {

using detail::citation_words;

/// With a full stop and a capital.
std::string sentence(std::string text) {
  if (text.empty()) return text;
  if (text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  if (text.back() != '.') text += '.';
  return text;
}

std::string owner_name(const LawBook& book, const Provision& provision) {
  if (const Instrument* instrument = book.find_instrument(provision.owner)) {
    return instrument->short_title.empty() ? instrument->title : instrument->short_title;
  }
  const StateLaw* state = book.find_state(provision.owner);
  return (state == nullptr ? provision.owner : state->name) + ", " + provision.act_title;
}

std::string value_words(const ProofNode& node) {
  switch (node.value) {
    case Truth::kTrue:
      return "yes";
    case Truth::kFalse:
      return "no";
    case Truth::kUnknown:
      return fmt::format("unknown ({})", to_text(node.reason));
  }
  return "unknown";
}

/// Who said it and where; each source once.
std::string grounds(const ProofNode& node) {
  std::string out;
  for (const Fact* fact : node.facts) {
    std::string one = std::string(to_text(fact->status));
    if (!fact->asserted_by.empty()) one += " by " + fact->asserted_by;
    if (!fact->field.empty()) one += " (" + fact->field + ")";
    if (out.find(one) == std::string::npos) out += (out.empty() ? "" : "; ") + one;
  }
  for (const std::string& reason : node.because) {
    if (out.find(reason) == std::string::npos) out += (out.empty() ? "" : "; ") + sentence(reason);
  }
  return out;
}

std::string element_name(const LawBook& book, const ProofNode& node) {
  std::string out = node.atom == kNoAtom ? node.id : atom_text(book, node.atom);
  return out;
}

void collect_rows(const LawBook& book, const ProofNode& node, const std::string& prefix,
                  std::vector<std::vector<std::string>>& rows) {
  if (node.kind == ProofNode::Kind::kElement) {
    rows.push_back({prefix + element_name(book, node), value_words(node),
                    node.citation == nullptr ? ""
                                             : fmt::format("{} [{}]", node.citation->cite,
                                                           to_text(node.citation->confidence)),
                    grounds(node)});
    return;
  }
  std::string inner = prefix;
  if (node.kind == ProofNode::Kind::kException) {
    inner = fmt::format("{}except ({}): ", prefix, to_text(node.role));
  }
  if (node.kind == ProofNode::Kind::kNone) inner = prefix + "not: ";
  for (const ProofNode& child : node.children) collect_rows(book, child, inner, rows);
}

/// The most rows of an element table; references to many provisions are shown by the proof tree
/// instead.
constexpr std::size_t kMaxRows = 40;

void write_facts(const LawBook& book, const std::vector<FactNeeded>& facts, bool asks,
                 Document& out) {
  for (const FactNeeded& fact : facts) {
    const std::string label = (fact.wanted ? "" : "not: ") + atom_text(book, fact.atom);
    out.item(asks ? fmt::format("{}: {} [{}]", label, atom_question(book, fact.atom),
                                to_text(fact.reason))
                  : fmt::format("{}: said to be {}", atom_text(book, fact.atom), to_text(fact.now)),
             1);
  }
}

void write_needed(const LawBook& book, const Assessment& a, Document& out) {
  if (a.needed.empty()) return;
  const FactSet& best = a.needed.front();
  if (!best.contradicted.empty()) {
    out.item("It would be met only if these facts were otherwise:");
    write_facts(book, best.contradicted, /*asks=*/false, out);
  }
  if (!best.missing.empty()) {
    out.item(best.contradicted.empty() ? "Smallest set of facts still to find out:"
                                       : "and if these, not known now, held as well:");
    write_facts(book, best.missing, /*asks=*/true, out);
  }
  if (a.needed.size() > 1) {
    out.item(
        fmt::format("({} other sets of this kind are in the JSON answer)", a.needed.size() - 1));
  }
}

void write_safeguards(const LawBook& book, const Provision& provision, Document& out) {
  const Instrument* instrument = book.find_instrument(provision.owner);
  if (instrument == nullptr) return;
  for (const Safeguard& safeguard : instrument->safeguards) {
    if (std::ranges::find(provision.safeguards, safeguard.id) == provision.safeguards.end())
      continue;
    out.item(fmt::format("Safeguard: {}. {}", safeguard.title, citation_words(safeguard.citation)));
  }
}

std::string period_words(const Period& period) {
  return fmt::format("{} {} to {}: {}", to_text(period.state), period.range.from.to_string(),
                     period.range.until ? period.range.until->to_string() : "now",
                     citation_words(period.citation));
}

std::string penalty_words(const Penalty& penalty) {
  const std::string maximum =
      penalty.max_months ? fmt::format("{} months", *penalty.max_months) : penalty.max;
  return fmt::format("Penalty, {}: maximum {}. {}", penalty.form, maximum,
                     citation_words(penalty.citation));
}

void write_node(const LawBook& book, const Node& node, int depth, Document& out) {
  std::string line;
  switch (node.kind) {
    case NodeKind::kTerm:
    case NodeKind::kThreshold:
    case NodeKind::kOpen:
      line = citation_words(node.citation);
      break;
    case NodeKind::kRefer: {
      line = citation_words(node.citation) + " ->";
      for (const std::string& id : node.refer_to) line += " " + id;
      break;
    }
    case NodeKind::kAll:
      line = "all of:";
      break;
    case NodeKind::kAny:
      line = "at least one of:";
      break;
    case NodeKind::kNone:
      line = "none of:";
      break;
  }
  if (node.kind == NodeKind::kTerm) {
    line =
        fmt::format("{}{}: {}", scope_text(node.scope).empty() ? "" : scope_text(node.scope) + ":",
                    node.term, line);
  }
  if (node.kind == NodeKind::kThreshold) line = threshold_text(node.threshold) + ": " + line;
  out.item(line, depth);
  for (const Node& child : node.children) write_node(book, child, depth + 1, out);
  for (const Exception& e : node.unless) {
    out.item(fmt::format("unless ({}): {}", to_text(e.role), citation_words(e.citation)),
             depth + 1);
    write_node(book, e.when.front(), depth + 2, out);
  }
}

std::string reasons_words(const std::vector<UnknownReason>& reasons) {
  std::string out;
  for (const UnknownReason reason : reasons)
    out += (out.empty() ? "" : ", ") + std::string(to_text(reason));
  return out;
}

std::string short_needed(const LawBook& book, const Assessment& a) {
  if (a.verdict == Verdict::kMet) {
    return a.subject_to.empty() ? "" : fmt::format("subject to {} defence(s)", a.subject_to.size());
  }
  if (a.needed.empty()) return reasons_words(a.unknown_reasons);
  const FactSet& best = a.needed.front();
  const auto& facts = best.contradicted.empty() ? best.missing : best.contradicted;
  std::string out = best.contradicted.empty() ? "open: " : "against: ";
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (i != 0) out += "; ";
    if (best.contradicted.empty()) {
      out += (facts[i].wanted ? "" : "not ") + atom_text(book, facts[i].atom);
    } else {
      out += atom_text(book, facts[i].atom) + (facts[i].wanted ? ": no" : ": yes");
    }
  }
  return out;
}

std::string sure_words(Confidence confidence) {
  return confidence == Confidence::kRecalled ? "provisional (recalled)"
                                             : std::string(to_text(confidence));
}

std::vector<std::string> overview_row(const LawBook& book, const Assessment& a) {
  const Provision& provision = book.provisions[a.provision];
  return {provision.citation.cite.empty() ? provision.article : provision.citation.cite,
          provision.title, std::string(to_text(a.verdict)), sure_words(a.confidence),
          short_needed(book, a)};
}

/// True when some act that the provision asks of the conduct itself is stated.
bool states_an_act(const LawBook& book, const ProofNode& node) {
  if (node.atom != kNoAtom) {
    const Atom& atom = book.atoms()[node.atom];
    return node.value == Truth::kTrue && atom.kind == Atom::Kind::kTerm && atom.scope.empty() &&
           book.term_of(node.atom).kind == TermKind::kAct;
  }
  return std::ranges::any_of(node.children,
                             [&](const ProofNode& n) { return states_an_act(book, n); });
}

/// Met first, then open ones, then those that fail; provisions of which no act is stated are only
/// named.
void write_overview(const LawBook& book, const std::vector<Assessment>& assessments,
                    Document& out) {
  std::vector<std::vector<std::string>> rows;
  std::string untouched;
  for (const Verdict verdict : {Verdict::kMet, Verdict::kUndetermined, Verdict::kNotMet}) {
    for (const Assessment& a : assessments) {
      if (a.verdict != verdict) continue;
      if (verdict != Verdict::kUndetermined || states_an_act(book, a.proof) || a.needed.empty()) {
        rows.push_back(overview_row(book, a));
        continue;
      }
      const Provision& provision = book.provisions[a.provision];
      untouched +=
          fmt::format("{}{} ({})", untouched.empty() ? "" : "; ",
                      provision.citation.cite.empty() ? provision.article : provision.citation.cite,
                      provision.title);
    }
  }
  if (!rows.empty()) out.table({"provision", "title", "verdict", "law", "why"}, std::move(rows));
  if (!untouched.empty()) {
    out.paragraph("Undetermined, as no act of theirs is stated and none is denied: " + untouched +
                  ".");
  }
}

/// Each safeguard once, with the provisions beside whose verdicts it stands, whatever these are.
void write_safeguards_beside(const LawBook& book, const InstrumentAnswer& answer, Document& out) {
  for (const Safeguard& safeguard : answer.instrument->safeguards) {
    std::string beside;
    for (const Assessment& a : answer.assessments) {
      const Provision& provision = book.provisions[a.provision];
      if (std::ranges::find(provision.safeguards, safeguard.id) == provision.safeguards.end())
        continue;
      const std::string& cite =
          provision.citation.cite.empty() ? provision.article : provision.citation.cite;
      // Paragraphs of one article may share a citation.
      if (beside == cite || beside.ends_with(", " + cite)) continue;
      beside += (beside.empty() ? "" : ", ") + cite;
    }
    if (beside.empty()) continue;
    out.item(fmt::format("Safeguard beside {}: {}. {}", beside, safeguard.title,
                         citation_words(safeguard.citation)));
  }
}

}  // namespace

std::string provision_name(const LawBook& book, const Provision& provision) {
  return fmt::format("{} {}: {}", owner_name(book, provision),
                     provision.citation.cite.empty() ? provision.article : provision.citation.cite,
                     provision.title);
}

std::string verdict_words(const Assessment& a) {
  std::string out{to_text(a.verdict)};
  if (a.verdict == Verdict::kUndetermined) out += ": " + reasons_words(a.unknown_reasons);
  return out + "; " + sure_words(a.confidence);
}

void write_provision(const LawBook& book, const Provision& provision, Document& out) {
  out.heading(1, provision_name(book, provision));
  out.paragraph(fmt::format("{} ({}). {}", provision.id, to_text(provision.kind),
                            citation_words(provision.citation)));
  if (!provision.citation.note.empty()) out.paragraph(provision.citation.note);
  if (const Instrument* instrument = book.find_instrument(provision.owner)) {
    out.paragraph(fmt::format("Status of the instrument: {}. {}", to_text(instrument->status),
                              sentence(instrument->banner)));
  } else {
    const std::string sanction =
        provision.is_offence() ? fmt::format("Sanction: {}; ", to_text(provision.sanction)) : "";
    out.paragraph(sentence(sanction + std::string(kNotReviewed)));
  }
  detail::write_rule(book, provision, out);
  if (!provision.elements.empty()) {
    out.heading(2, provision.is_offence() ? "Elements" : "When it applies");
    write_node(book, provision.elements.front(), 0, out);
  }
  if (!provision.elements_unknown.empty()) {
    out.paragraph("The elements are not encoded: " + provision.elements_unknown);
  }
  if (!provision.options.empty()) out.heading(2, "Options of a Party");
  for (const Option& option : provision.options) {
    out.item(fmt::format("{} (by {}, {}, {}): {}", option.id,
                         option.by == OptionBy::kDeclaration ? "declaration" : "reservation",
                         option.under, option.point, citation_words(option.citation)));
  }
  if (!provision.readings.empty()) out.heading(2, "Other readings of the text");
  for (const Reading& reading : provision.readings) {
    out.item(reading.id + ": " + citation_words(reading.citation));
  }
  if (!provision.periods.empty() || !provision.penalties.empty())
    out.heading(2, "In force; penalties");
  for (const Period& period : provision.periods) out.item(period_words(period));
  for (const Penalty& penalty : provision.penalties) out.item(penalty_words(penalty));
  write_safeguards(book, provision, out);
}

void write_assessment(const Valuation& valuation, const Assessment& a, Document& out) {
  const LawBook& book = valuation.book();
  const Provision& provision = book.provisions[a.provision];
  out.heading(3, fmt::format("{}: {}", provision_name(book, provision), verdict_words(a)));
  std::vector<std::vector<std::string>> rows;
  collect_rows(book, a.proof, "", rows);
  if (!rows.empty() && rows.size() <= kMaxRows) {
    out.table({"element", "answer", "citation", "on the ground of"}, std::move(rows));
  } else if (rows.size() > kMaxRows) {
    out.paragraph(fmt::format(
        "{} elements, through other provisions: `law classify --only {} --proof` shows them.",
        rows.size(), provision.id));
  }
  for (const LinkedException* e : a.subject_to) {
    out.item("Subject to a defence that nobody has raised or settled: " +
             citation_words(e->source->citation));
  }
  write_needed(book, a, out);
  for (const ReadingOutcome& r : a.readings) {
    out.item(fmt::format("Reading `{}` ({}): {}", r.reading->id, r.reading->citation.says,
                         to_text(r.verdict)));
  }
  write_safeguards(book, provision, out);
}

void write_proof(const Valuation& valuation, const ProofNode& proof, Document& out) {
  const LawBook& book = valuation.book();
  const auto write = [&](const auto& self, const ProofNode& node, int depth) -> void {
    std::string line;
    switch (node.kind) {
      case ProofNode::Kind::kElement:
        line = element_name(book, node);
        break;
      case ProofNode::Kind::kAll:
        line = "all of these";
        break;
      case ProofNode::Kind::kAny:
        line = "one of these";
        break;
      case ProofNode::Kind::kNone:
        line = "none of these";
        break;
      case ProofNode::Kind::kReference:
        line = "the conduct of another provision";
        break;
      case ProofNode::Kind::kException:
        line = fmt::format("exception ({})", to_text(node.role));
        break;
    }
    line += fmt::format(": {}{}", value_words(node), node.is_decisive ? " *" : "");
    if (node.citation != nullptr && !node.citation->cite.empty()) {
      line += ". " + citation_words(*node.citation);
    }
    const std::string why = grounds(node);
    if (!why.empty()) line += ". Ground: " + why;
    out.item(line, depth);
    for (const ProofNode& child : node.children) self(self, child, depth + 1);
  };
  out.paragraph("Proof (* marks what the answer rests on):");
  write(write, proof, 0);
}

void write_instrument_answer(const Valuation& valuation, const InstrumentAnswer& answer,
                             Document& out) {
  const LawBook& book = valuation.book();
  out.heading(2, answer.instrument->title);
  out.paragraph(fmt::format(
      "{} Status: {}{}.", sentence(answer.instrument->banner), to_text(answer.instrument->status),
      answer.instrument->status_as_of.empty() ? "" : " as of " + answer.instrument->status_as_of));
  write_overview(book, answer.assessments, out);
  write_safeguards_beside(book, answer, out);
}

void write_state_answer(const Valuation& valuation, const StateAnswer& answer, Document& out) {
  const LawBook& book = valuation.book();
  out.heading(3, fmt::format("{}, law of {}: {}", answer.state->name,
                             answer.on ? answer.on->to_string() : "an unknown day",
                             answer.verdict == Verdict::kMet ? "an offence"
                             : answer.verdict == Verdict::kNotMet
                                 ? "no offence encoded, and the list is exhaustive"
                                 : "undetermined: " + reasons_words(answer.reasons)));
  if (answer.verdict != Verdict::kUndetermined) {
    out.paragraph(fmt::format("Law: {}; {}.", sure_words(answer.confidence), kNotReviewed));
  } else {
    out.paragraph(fmt::format("Law not encoded is not \"no offence\"; {}.", kNotReviewed));
  }
  if (answer.closure != nullptr) {
    out.item(
        fmt::format("Why the list is exhaustive: {}", citation_words(answer.closure->citation)));
  }
  write_overview(book, answer.assessments, out);
  std::size_t for_other_days = 0;
  for (const NotApplicable& n : answer.not_applicable) {
    if (n.period == nullptr) {
      ++for_other_days;
      continue;
    }
    const Provision& provision = book.provisions[n.provision];
    out.item(fmt::format("Not applied: {} ({}). {}", provision.citation.cite, provision.title,
                         period_words(*n.period)));
  }
  if (for_other_days > 0) {
    out.item(fmt::format("Encoded for other days only, and not applied: {} (named in the JSON).",
                         for_other_days));
  }
}

void write_comparison(const LawBook& book, std::string_view from, std::string_view to,
                      const InstrumentComparison& comparison, bool with_paragraphs, Document& out) {
  out.heading(1, fmt::format("{} compared with {}", from, to));
  out.paragraph(
      "Read: the article on the left is ... than the one on the right. Pairs without a common act "
      "upon a "
      "common object are left out.");
  std::vector<std::vector<std::string>> rows;
  enum class Found { kNothing, kOpen, kCounterpart };
  std::map<std::string, Found> found;
  std::vector<std::string> order;
  for (const ArticleRelation& r : comparison.articles) {
    if (!found.contains(r.from_article)) order.push_back(r.from_article);
    const Found here = r.relation == Relation::kNone   ? Found::kNothing
                       : r.relation == Relation::kOpen ? Found::kOpen
                                                       : Found::kCounterpart;
    Found& best = found[r.from_article];
    best = std::max(best, here);
    if (r.relation == Relation::kNone) continue;
    rows.push_back({"Art. " + r.from_article, std::string(to_text(r.relation)),
                    "Art. " + r.to_article, r.witness_from_only, r.witness_to_only});
  }
  out.table({"from", "relation", "to", "only under from", "only under to"}, std::move(rows));
  const auto articles_with = [&](Found wanted) {
    std::string list;
    for (const std::string& article : order) {
      if (found[article] == wanted) list += (list.empty() ? "" : ", ") + article;
    }
    return list.empty() ? std::string("none") : list;
  };
  out.item("With a counterpart: " + articles_with(Found::kCounterpart));
  out.item("Open, as the content depends on a pair of States: " + articles_with(Found::kOpen));
  out.item("Without: " + articles_with(Found::kNothing));
  if (!with_paragraphs) return;
  out.heading(2, "By paragraph");
  std::vector<std::vector<std::string>> paragraphs;
  for (const ProvisionRelation& r : comparison.paragraphs) {
    if (r.relation == Relation::kNone) continue;
    paragraphs.push_back({book.provisions[r.from].citation.cite, std::string(to_text(r.relation)),
                          book.provisions[r.to].citation.cite, r.witness_from_only,
                          r.witness_to_only});
  }
  out.table({"from", "relation", "to", "only under from", "only under to"}, std::move(paragraphs));
}

void write_cover(const LawBook& book, std::span<const CoverAnswer> answers, Document& out) {
  std::vector<std::vector<std::string>> rows;
  for (const CoverAnswer& a : answers) {
    const Provision& required = book.provisions[a.required];
    std::string by;
    for (const ProvisionIndex i : a.covered_by)
      by += (by.empty() ? "" : "; ") + book.provisions[i].id;
    if (by.empty() && !a.story.empty()) {
      by = (a.grade == CoverGrade::kUndetermined ? "not reached by what is encoded: "
                                                 : "not reached: ") +
           a.story;
    }
    if (a.has_nearest) {
      by += fmt::format(" (nearest: {}", book.provisions[a.nearest].id);
      for (std::size_t i = 0; i < a.nearest_needs.size(); ++i) {
        by += (i == 0 ? ", would also need " : ", ") + a.nearest_needs[i];
      }
      by += ")";
    }
    rows.push_back({required.citation.cite, required.title, std::string(to_text(a.grade)),
                    sure_words(a.confidence), by});
  }
  out.table({"required", "title", "grade", "law", "by / story"}, std::move(rows));
}

void write_questions(const LawBook& book, std::span<const Question> questions, Document& out) {
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const Question& q = questions[i];
    out.item(fmt::format("{}. {} ({}): settles {} by a yes and {} by a no, of {} that ask for it",
                         i + 1, atom_question(book, q.atom), atom_text(book, q.atom),
                         q.decided_if_true.size(), q.decided_if_false.size(), q.concerns));
  }
}

}  // namespace rogatory::law
