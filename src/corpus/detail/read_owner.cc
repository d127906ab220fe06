// SPDX-License-Identifier: EUPL-1.2

#include "corpus/detail/read_owner.h"

#include <algorithm>
#include <string>
#include <utility>

#include "corpus/detail/read_node.h"

namespace rogatory::corpus::detail {
namespace {

law::Source read_source(const Cursor& at) {
  return {.id = at.text("id"),
          .title = at.text("title"),
          .where = at.text("where"),
          .read_on = at.text("read_on"),
          .note = at.text("note")};
}

bool is_same(const law::Source& a, const law::Source& b) {
  return a.id == b.id && a.title == b.title && a.where == b.where && a.read_on == b.read_on &&
         a.note == b.note;
}

law::Closure read_closure(const Cursor& at, const law::Citation& defaults,
                          const std::string& owner) {
  law::Closure closure{.id = at.text("id"),
                       .subject = {},
                       .range = read_range(at),
                       .citation = read_citation(at, defaults)};
  closure.subject = read_node_under(at, "subject", closure.citation, owner);
  if (closure.subject.empty()) at.fail("a closure needs a `subject`");
  return closure;
}

law::OptionMade read_option_made(const Cursor& at, const law::Citation& defaults) {
  const std::string instrument = at.text("instrument");
  return {.instrument = instrument,
          .provision = full_id(instrument, at.text("provision")),
          .option = at.text("option"),
          .range = read_range(at),
          .citation = read_citation(at, defaults)};
}

}  // namespace

void read_sources(const Cursor& root, std::vector<law::Source>& sources) {
  for (const Cursor& at : root.items("sources")) {
    law::Source source = read_source(at);
    const bool is_known =
        std::ranges::any_of(sources, [&](const law::Source& s) { return is_same(s, source); });
    if (!is_known) sources.push_back(std::move(source));
  }
}

void read_instrument(const Cursor& root, const law::Citation& defaults,
                     law::Instrument& instrument) {
  if (!instrument.title.empty()) root.fail("a second file describes `" + instrument.id + "`");
  instrument.title = root.text("title");
  instrument.short_title = root.text("short");
  instrument.status = root.choice("status", law::InstrumentStatus::kDraft);
  instrument.status_as_of = root.text("status_as_of");
  instrument.instrument_class = root.choice("class", law::InstrumentClass::kUnspecified);
  instrument.adopted = root.text("adopted");
  instrument.opened = root.text("opened");
  instrument.in_force_from = root.date("in_force_from");
  instrument.banner = root.text("banner");
  const Cursor count = root.at("offence_count");
  instrument.claimed_offences = count.integer("claimed").value_or(0);
  instrument.offence_reading = read_citation(count, defaults);
  instrument.offence_reading.says = count.text("reading");
  instrument.permitted_declarations = root.at("options_permitted").texts("declaration");
  instrument.permitted_reservations = root.at("options_permitted").texts("reservation");
  for (const Cursor& at : root.items("safeguards")) {
    instrument.safeguards.push_back(
        {.id = at.text("id"), .title = at.text("title"), .citation = read_citation(at, defaults)});
  }
  instrument.place = root.place();
}

void read_state(const Cursor& root, const law::Citation& defaults, law::StateLaw& state) {
  if (!state.name.empty()) root.fail("a second file describes `" + state.iso3 + "`");
  state.alpha2 = root.text("alpha2");
  state.name = root.text("name");
  state.note = root.text("note");
  const Cursor test_date = root.at("test_date");
  state.test_date = test_date.choice("rule", law::TestDateRule::kUnknown);
  state.test_date_citation = read_citation(test_date, defaults);
  for (const Cursor& at : root.items("closures")) {
    state.closures.push_back(read_closure(at, defaults, state.iso3));
  }
  for (const Cursor& at : root.items("options_made")) {
    state.options_made.push_back(read_option_made(at, defaults));
  }
  state.place = root.place();
}

}  // namespace rogatory::corpus::detail
