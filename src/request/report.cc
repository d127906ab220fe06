// SPDX-License-Identifier: EUPL-1.2

#include <utility>

#include "law/report.h"
#include "request/check.h"

namespace rogatory::request {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

std::string_view known_words(KnownCause cause) {
  switch (cause) {
    case KnownCause::kUnknown:
      return "unknown";
    case KnownCause::kYes:
      return "yes";
    case KnownCause::kNo:
      return "no";
  }
  return {};
}

Json rule_json(const Rule& rule) {
  JsonObject out{{"cite", rule.cite}, {"confidence", law::to_text(rule.confidence)}};
  if (!rule.instrument.empty()) out["instrument"] = rule.instrument;
  if (!rule.says.empty()) out["says"] = rule.says;
  if (!rule.source.empty()) out["source"] = rule.source;
  if (!rule.pin.empty()) out["pin"] = rule.pin;
  return out;
}

Json content_json(const ContentCheck& check) {
  const Content& content = *check.use->content;
  JsonArray asked_by;
  for (const Rule* rule : check.asked_by) asked_by.push_back(rule_json(*rule));
  JsonObject out{{"id", content.id},
                 {"label", content.label.in("en").text},
                 {"level", to_text(check.use->level)},
                 {"present", check.is_present},
                 {"needed", check.is_needed},
                 {"asked_by", std::move(asked_by)},
                 {"ask", content.ask},
                 {"why", content.why}};
  JsonObject refusal = rule_json(content.refusal_rule).as_object();
  refusal["known"] = known_words(content.refusal);
  out["refusal"] = std::move(refusal);
  return out;
}

Json remark_json(const Remark& remark) {
  JsonObject out{{"id", remark.id}, {"weight", to_text(remark.weight)}, {"says", remark.says}};
  if (!remark.cite.empty()) out["cite"] = remark.cite;
  if (remark.confidence) out["confidence"] = law::to_text(*remark.confidence);
  return out;
}

JsonArray conditions_json(const std::vector<law::ConditionAnswer>& conditions) {
  JsonArray out;
  for (const law::ConditionAnswer& condition : conditions) {
    JsonObject entry{{"id", condition.id}, {"says", condition.says}, {"cite", condition.cite}};
    if (!condition.term.empty()) entry["term"] = condition.term;
    out.push_back(std::move(entry));
  }
  return out;
}

Json question_json(const Question& question) {
  JsonObject out{{"about", question.about},
                 {"id", question.id},
                 {"asks", question.asks},
                 {"why", question.why}};
  if (!question.cite.empty()) out["cite"] = question.cite;
  if (!question.count.empty()) out["count"] = question.count;
  return out;
}

std::string asked_words(const ContentCheck& check) {
  std::string out;
  for (const Rule* rule : check.asked_by) {
    out += (out.empty() ? "" : "; ") + rule->cite + " (" +
           std::string(law::to_text(rule->confidence)) + ")";
  }
  return out.empty() ? std::string(to_text(check.use->level)) : out;
}

std::string state_words(const ContentCheck& check) {
  if (check.is_present) return "there";
  return check.is_needed ? "MISSING" : "not given";
}

/// How many conditions of the basis are left to whoever is asked.
std::string open_words(std::size_t count) {
  if (count == 0) return ".";
  if (count == 1) return "; one condition of the basis is open.";
  return "; " + std::to_string(count) + " conditions of the basis are open.";
}

void write_missing(const CheckResult& result, law::Document& out) {
  if (result.missing() == 0) return;
  out.heading(2, "What is missing");
  for (const ContentCheck& check : result.contents) {
    if (!check.is_missing()) continue;
    const Content& content = *check.use->content;
    out.item(content.label.in("en").text + " [" + asked_words(check) + "]: " + content.ask);
    if (!content.why.empty()) out.item("Why it matters: " + content.why, 1);
    std::string refusal =
        "Absence a known cause of refusal: " + std::string(known_words(content.refusal));
    if (!content.refusal_rule.says.empty()) {
      refusal += " (" + content.refusal_rule.says + "; " +
                 std::string(law::to_text(content.refusal_rule.confidence)) + ")";
    }
    out.item(std::move(refusal), 1);
  }
}

void write_remarks(const CheckResult& result, law::Document& out) {
  if (result.remarks.empty()) return;
  out.heading(2, "Remarks");
  for (const Remark& remark : result.remarks) {
    std::string line = std::string(to_text(remark.weight)) + ": " + remark.says;
    if (!remark.cite.empty()) line += " [" + remark.cite + "]";
    if (remark.confidence) line += " (" + std::string(law::to_text(*remark.confidence)) + ")";
    out.item(std::move(line));
  }
}

}  // namespace

base::Json to_json(const law::LawBook& book, const Draft& draft, const CheckResult& result) {
  JsonArray contents;
  for (const ContentCheck& check : result.contents) contents.push_back(content_json(check));
  JsonArray remarks;
  for (const Remark& remark : result.remarks) remarks.push_back(remark_json(remark));
  JsonArray dual;
  for (const DualCheck& check : result.dual) {
    dual.push_back(JsonObject{{"count", check.count},
                              {"verdict", law::to_text(check.answer.verdict)},
                              {"confidence", law::to_text(check.answer.confidence)},
                              {"provisional", check.answer.is_provisional()}});
  }
  JsonObject out{{"request", draft.id},
                 {"kind", draft.kind},
                 {"is_complete", result.is_complete()},
                 {"open_conditions", conditions_json(result.open_conditions)},
                 {"missing", result.missing()},
                 {"provisional", result.is_provisional}};
  if (draft.basis) {
    out["basis"] = JsonObject{{"instrument", draft.basis->instrument},
                              {"provision", draft.basis->provision},
                              {"on", draft.basis->on.to_string()}};
  } else {
    out["basis"] = nullptr;
  }
  out["contents"] = std::move(contents);
  out["remarks"] = std::move(remarks);
  out["dual_criminality"] = std::move(dual);
  out["note"] = std::string(law::kNotReviewed);
  out["corpus_digest"] = book.digest;
  return out;
}

base::Json to_json(const AskResult& result) {
  JsonArray questions;
  for (const Question& question : result.questions) questions.push_back(question_json(question));
  JsonArray notes;
  for (const std::string& note : result.notes) notes.push_back(Json(note));
  return JsonObject{{"questions", std::move(questions)}, {"notes", std::move(notes)}};
}

void write(const law::LawBook& book, const Draft& draft, const CheckResult& result,
           law::Document& out) {
  out.heading(
      1, (draft.case_file.is_exercise ? "Exercise: " : "") + std::string("check of ") + draft.id);
  std::string line = result.is_complete() ? "Complete" : "Not ready to be sent";
  line += open_words(result.open_conditions.size());
  if (result.is_provisional)
    line +=
        " Provisional: it rests on facts of law that are recalled, or on an order of treaties that "
        "may change.";
  out.paragraph(std::move(line));
  if (draft.basis) {
    const law::Provision* provision = book.find_provision(draft.basis->provision);
    out.paragraph(
        "Legal basis: " +
        (provision != nullptr ? law::provision_name(book, *provision) : draft.basis->provision) +
        ", on " + draft.basis->on.to_string() + ".");
  }
  write_missing(result, out);
  write_remarks(result, out);
  out.heading(2, "Contents");
  std::vector<std::vector<std::string>> rows;
  for (const ContentCheck& check : result.contents) {
    rows.push_back(
        {check.use->content->label.in("en").text, state_words(check), asked_words(check)});
  }
  out.table({"Content", "State", "Asked by"}, std::move(rows));
  out.paragraph("An assessment, not a judgment; " + std::string(law::kNotReviewed) + ".");
}

void write(const AskResult& result, law::Document& out) {
  out.heading(1, "What the requested State would ask back");
  if (result.questions.empty()) out.paragraph("Nothing that is known here.");
  for (const Question& question : result.questions) {
    out.item(question.asks + (question.count.empty() ? "" : " (count " + question.count + ")"));
    out.item(question.why + (question.cite.empty() ? "" : " [" + question.cite + "]"), 1);
  }
  for (const std::string& note : result.notes) out.paragraph("Note: " + note + ".");
}

}  // namespace rogatory::request
