// SPDX-License-Identifier: EUPL-1.2
// Limits of time, for law/report_cooperation.h.
#include <fmt/format.h>

#include <algorithm>

#include "law/detail/report_words.h"
#include "law/entail.h"
#include "law/report.h"
#include "law/report_cooperation.h"

namespace rogatory::law {
namespace {

using namespace detail;

Json deadline_json(const std::optional<Deadline>& deadline) {
  if (!deadline) return nullptr;
  return JsonObject{{"ends", deadline->ends.to_string()},
                    {"last_day", deadline->last_day.to_string()},
                    {"holidays_skipped", deadline->holidays_skipped},
                    {"free_day", text_or_null(deadline->free_day)},
                    {"moved_to", deadline->moved ? text_json(deadline->moved->last_day.to_string())
                                                 : Json(nullptr)}};
}

JsonObject clock_json(const LawBook& book, const ClockAnswer& clock) {
  const Provision& provision = book.provisions[clock.provision];
  const ClockRule& rule = *provision.clock;
  JsonArray open;
  for (const AtomId atom : clock.open) open.push_back(text_json(book.atoms().key(atom)));
  JsonObject out{
      {"provision", provision.id},
      {"owner", provision.owner},
      {"cite", cite_words(book, provision)},
      {"title", provision.title},
      {"says", provision.citation.says},
      {"starts", name_json(rule.starts)},
      {"value", rule.value},
      {"unit", name_json(rule.unit)},
      {"sense", name_json(rule.sense)},
      {"counted_in", name_json(clock.counted_in)},
      {"zone", text_or_null(clock.zone)},
      {"then", text_or_null(rule.then)},
      {"applies", clock.applies == Truth::kTrue ? text_json("applies") : text_json("open")},
      {"open", std::move(open)},
      {"started", clock.started ? text_json(clock.started->to_string()) : Json(nullptr)},
      {"deadline", deadline_json(clock.deadline)},
      {"extended", deadline_json(clock.extended)},
      {"notes", texts_json(clock.notes)},
      {"confidence", name_json(clock.confidence)},
      {"provisional", clock.confidence == Confidence::kRecalled},
      {"citation", to_json(book, provision.citation)}};
  if (rule.extend) {
    out["extension"] = JsonObject{{"value", rule.extend->value},
                                  {"unit", name_json(rule.extend->unit)},
                                  {"says", rule.extend->citation.says}};
  }
  return out;
}

std::string words_of(std::string_view name) {
  std::string out(name);
  std::ranges::replace(out, '_', ' ');
  return out;
}

std::string_view sense_words(ClockSense sense) {
  switch (sense) {
    case ClockSense::kAtLeast:
      return "at least";
    case ClockSense::kAtMost:
      return "at most";
    case ClockSense::kTarget:
      return "about";
  }
  return "";
}

std::string end_words(const Deadline& deadline, ClockUnit unit) {
  if (unit == ClockUnit::kHours) return deadline.ends.to_string();
  return "the end of " + deadline.last_day.to_string() + " (" + deadline.ends.to_string() + ")";
}

void write_clock(const LawBook& book, const ClockAnswer& clock, Document& out) {
  const Provision& provision = book.provisions[clock.provision];
  const ClockRule& rule = *provision.clock;
  out.item(fmt::format("{}: {} {} {} from: {}. {} [{}]", provision.title, sense_words(rule.sense),
                       rule.value, words_of(to_text(rule.unit)), words_of(to_text(rule.starts)),
                       cite_words(book, provision), sure_words(clock.confidence)));
  if (clock.deadline) {
    out.item(fmt::format("started {}, ends with {}", clock.started->to_string(),
                         end_words(*clock.deadline, rule.unit)),
             1);
  }
  if (rule.extend) {
    out.item(
        fmt::format("may be extended by {} {}{}. {}", rule.extend->value,
                    words_of(to_text(rule.extend->unit)),
                    clock.extended ? ": then " + end_words(*clock.extended, rule.extend->unit) : "",
                    rule.extend->citation.says),
        1);
  }
  if (!rule.then.empty()) out.item("then: " + rule.then, 1);
  if (clock.counted_in == WhoseLaw::kRequesting) {
    const std::string zone = clock.zone.empty() ? "" : ", in the zone " + clock.zone;
    out.item("counted in the requesting State" + zone, 1);
  }
  for (const AtomId atom : clock.open) out.item("runs only if: " + atom_question(book, atom), 1);
  for (const std::string& note : clock.notes) out.item("note: " + note, 1);
}

}  // namespace

JsonObject clocks_json(const LawBook& book, const ClocksAnswer& answer) {
  JsonArray clocks;
  for (const ClockAnswer& clock : answer.clocks) clocks.push_back(clock_json(book, clock));
  return {{"clocks", std::move(clocks)},
          {"zone", text_or_null(answer.zone)},
          {"authority",
           answer.authority == nullptr ? Json(nullptr) : text_json(answer.authority->name)},
          {"requesting_zone", text_or_null(answer.requesting_zone)},
          {"unused", texts_json(answer.unused)},
          {"not_examined", texts_json(answer.not_examined)},
          {"note", text_json(kNotReviewed)}};
}

void write_clocks(const LawBook& book, const BasisAnswer& bases, const ClocksAnswer& answer,
                  Document& out) {
  out.heading(2, fmt::format("Limits of time: {} asks {} for {}", bases.requesting.name,
                             bases.requested.name, bases.kind));
  if (answer.authority != nullptr) {
    out.paragraph(
        fmt::format("Days are counted in the zone {} of {}.", answer.zone, answer.authority->name));
  }
  if (answer.clocks.empty()) {
    out.paragraph(
        "No encoded limit is known to run. That is what the corpus knows, not that there "
        "is none.");
  }
  for (const ClockAnswer& clock : answer.clocks) write_clock(book, clock, out);
  for (const std::string& event : answer.unused) {
    out.item("No limit known here starts with: " + words_of(event));
  }
  for (const std::string& one : answer.not_examined) out.item("May bind after all: " + one);
  out.paragraph(fmt::format("The law of States here was {}.", kNotReviewed));
}

}  // namespace rogatory::law
