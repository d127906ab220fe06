// SPDX-License-Identifier: EUPL-1.2

#include "corpus/detail/read_cooperation.h"

#include <optional>
#include <string_view>
#include <utility>

#include "corpus/detail/read_node.h"
#include "law/request_kinds.h"

namespace rogatory::corpus::detail {
namespace {

law::PenaltyThreshold read_penalty_threshold(const Cursor& at) {
  law::PenaltyThreshold out{.law = at.choice("law", law::WhoseLaw::kBoth),
                            .op = at.choice("op", law::Comparison::kGe),
                            .months = at.integer("months").value_or(0)};
  if (out.op != law::Comparison::kGe && out.op != law::Comparison::kGt) {
    at.fail("a threshold of penalty is `ge` or `gt`");
  }
  return out;
}

std::optional<law::PenaltyThreshold> read_threshold_under(const Cursor& at, std::string_view key) {
  if (!at.has(key)) return std::nullopt;
  return read_penalty_threshold(at.at(key));
}

law::BasisCondition read_condition(const Cursor& at, const law::Citation& above) {
  return {.id = at.text("id"), .term = at.text("term"), .citation = read_citation(at, above)};
}

law::BasisRule read_basis(const Cursor& at, const law::Citation& above) {
  law::BasisRule out;
  out.by = at.choice("by", law::BasisBy::kTreaty);
  out.requires_treaty = at.flag("requires_treaty");
  out.offences = at.choice("offences", law::BasisOffences::kAny);
  out.dual_criminality = at.choice("dual_criminality", law::DualCriminalityRule::kUnknown);
  out.threshold = read_threshold_under(at, "threshold");
  out.remaining = read_threshold_under(at, "remaining");
  if (at.has("list")) {
    const Cursor list = at.at("list");
    out.list = {.threshold = read_penalty_threshold(list), .terms = list.texts("terms")};
  }
  for (const std::string& name : at.texts("yields_to")) {
    if (const auto id = law::from_text<law::InstrumentClass>(name)) {
      out.yields_to.push_back(*id);
    } else {
      at.fail("`" + name + "` is no class of instruments");
    }
  }
  for (const Cursor& item : at.items("conditions")) {
    out.conditions.push_back(read_condition(item, above));
  }
  return out;
}

law::GroundRule read_ground(const Cursor& at, const law::Citation& above) {
  law::GroundRule out;
  out.subject = at.text("subject");
  out.effect = at.choice("effect", law::GroundEffect::kOptional);
  out.overrides = at.flag("overrides");
  out.instead = at.text("instead");
  for (const Cursor& item : at.items("cures")) {
    out.cures.push_back({.term = item.text("term"), .citation = read_citation(item, above)});
  }
  return out;
}

// A limit of nothing would have run out before it began.
int read_length(const Cursor& at) {
  const int value = at.integer("value").value_or(0);
  if (value < 1) at.fail("`value` must be at least 1");
  return value;
}

law::ClockRule read_clock(const Cursor& at, const law::Citation& above) {
  law::ClockRule out;
  out.starts = at.choice("starts", law::ClockStart::kRequestReceived);
  out.value = read_length(at);
  out.unit = at.choice("unit", law::ClockUnit::kDays);
  out.sense = at.choice("sense", law::ClockSense::kAtMost);
  out.side = at.choice("side", law::WhoseLaw::kRequested);
  out.then = at.text("then");
  if (at.has("free_day")) {
    const Cursor free_day = at.at("free_day");
    out.free_day = {.end = free_day.choice("end", law::FreeDayEnd::kStays),
                    .citation = read_citation(free_day, above)};
  }
  if (at.has("extend")) {
    const Cursor extend = at.at("extend");
    out.extend = {.value = read_length(extend),
                  .unit = extend.choice("unit", law::ClockUnit::kDays),
                  .citation = read_citation(extend, above)};
  }
  return out;
}

law::Statement read_statement(const Cursor& at, const law::Citation& defaults,
                              const std::string& instrument) {
  return {.state = at.text("state"),
          .provision = full_id(instrument, at.text("provision")),
          .by = read_option_by(at),
          .range = read_range(at),
          .effect = at.text("effect"),
          .citation = read_citation(at, defaults)};
}

// All lists of one instrument are of one day: an answer names it.
void read_day_of_parties(const Cursor& root, law::Instrument& instrument) {
  if (!root.has("parties")) return;
  const auto day = root.date("status_as_of");
  const bool is_complete = root.flag("parties_complete");
  const bool is_first = instrument.parties.empty();
  if (!is_first &&
      (day != instrument.parties_as_of || is_complete != instrument.are_parties_complete)) {
    root.fail("another file lists the Parties of `" + instrument.id +
              "` for another day, or says otherwise whether they are complete");
  }
  instrument.parties_as_of = day;
  instrument.are_parties_complete = is_complete;
}

}  // namespace

std::vector<std::string> read_for_kinds(const Cursor& at) {
  const std::vector<std::string> names = at.texts("for");
  for (const std::string& name : names) {
    if (law::kinds_named(name).empty()) {
      at.fail("`" + name + "` in `for` is no kind of request and no group of kinds");
    }
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  const auto kinds = law::kinds_named(views);
  return {kinds.begin(), kinds.end()};
}

void read_cooperation(const Cursor& at, law::Provision& provision) {
  provision.for_kinds = read_for_kinds(at);
  if (at.has("basis")) provision.basis = read_basis(at.at("basis"), provision.citation);
  if (at.has("ground")) provision.ground = read_ground(at.at("ground"), provision.citation);
  if (at.has("clock")) provision.clock = read_clock(at.at("clock"), provision.citation);
}

void read_bound(const Cursor& root, const law::Citation& defaults, law::Instrument& instrument) {
  read_day_of_parties(root, instrument);
  for (const Cursor& at : root.items("parties")) {
    instrument.parties.push_back({.state = at.text("state"),
                                  .from = at.date("from"),
                                  .until = at.date("until"),
                                  .citation = read_citation(at, defaults)});
  }
  for (const Cursor& at : root.items("signatories")) {
    instrument.signatories.push_back(
        {.state = at.text("state"), .on = at.date("on"), .citation = read_citation(at, defaults)});
  }
  for (const Cursor& at : root.items("extensions")) {
    instrument.extensions.push_back({.territory = at.text("territory"),
                                     .of = at.text("of"),
                                     .from = at.date("from"),
                                     .citation = read_citation(at, defaults)});
  }
  for (const Cursor& at : root.items("statements")) {
    instrument.statements.push_back(read_statement(at, defaults, instrument.id));
  }
}

}  // namespace rogatory::corpus::detail
