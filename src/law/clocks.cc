// SPDX-License-Identifier: EUPL-1.2
#include "law/clocks.h"

#include <algorithm>

#include "law/answer.h"
#include "law/detail/basis_candidates.h"
#include "law/detail/cone.h"
#include "law/evaluate.h"

namespace rogatory::law {
namespace {

using std::chrono::seconds;

const Authority* find_authority(const LawBook& book, const std::string& iso3,
                                std::string_view kind) {
  const Authority* fallback = nullptr;
  for (const Authority& authority : book.world.authorities) {
    if (authority.state != iso3 || authority.zone.empty()) continue;
    const auto& kinds = authority.for_kinds;
    if (std::ranges::find(kinds, kind) != kinds.end()) return &authority;
    if (fallback == nullptr) fallback = &authority;
  }
  return fallback;
}

std::string title_of(const Instrument& instrument) {
  return instrument.short_title.empty() ? instrument.title : instrument.short_title;
}

/// Where days are counted.
struct Calendar {
  const Side* side = nullptr;
  const Authority* authority = nullptr;
  std::string zone;
  std::vector<const Holiday*> holidays;
};

Calendar calendar_of(const LawBook& book, const Side& side, std::string_view kind) {
  Calendar out{.side = &side, .authority = find_authority(book, side.iso3, kind)};
  if (out.authority != nullptr) out.zone = out.authority->zone;
  for (const Holiday& holiday : book.world.holidays) {
    if (holiday.state == side.iso3) out.holidays.push_back(&holiday);
  }
  return out;
}

/// After surrender the person is in the State that asked.
bool is_after_surrender(ClockStart starts) {
  return starts == ClockStart::kRelease || starts == ClockStart::kDischarge;
}

std::string free_day_words(const std::optional<FreeDayRule>& rule, const Deadline& deadline) {
  const std::string day =
      "the last day, " + deadline.last_day.to_string() + ", is a " + deadline.free_day;
  if (!rule) return day + "; whether the limit then ends later is not encoded: it was not moved";
  const std::string law =
      " (" + rule->citation.cite + "; " + std::string(to_text(rule->citation.confidence)) + ")";
  if (!deadline.moved) return day + "; the limit ends with it all the same" + law;
  return day + "; by the encoded law the limit ends with " + deadline.moved->last_day.to_string() +
         law;
}

class Finder {
 public:
  Finder(const Valuation& valuation, const BasisAnswer& bases, std::span<const Event> events,
         const ZoneRules& zones, ClocksAnswer& out)
      : valuation_(valuation),
        book_(valuation.book()),
        bases_(bases),
        events_(events),
        zones_(zones),
        requesting_(calendar_of(book_, bases.requesting, bases.kind)),
        requested_(calendar_of(book_, bases.requested, bases.kind)),
        out_(out) {
    out_.zone = requested_.zone;
    out_.authority = requested_.authority;
    out_.requesting_zone = requesting_.zone;
    out_.requesting_authority = requesting_.authority;
  }

  base::Result<void> run() {
    for (ProvisionIndex i = 0; i < book_.provisions.size(); ++i) ROG_CHECKED(consider(i));
    std::ranges::stable_sort(out_.clocks, [](const ClockAnswer& a, const ClockAnswer& b) {
      if (a.deadline.has_value() != b.deadline.has_value()) return a.deadline.has_value();
      return a.deadline && a.deadline->ends.utc() < b.deadline->ends.utc();
    });
    for (const Event& event : events_) {
      if (is_used(event.start)) continue;
      out_.unused.emplace_back(to_text(event.start));
    }
    return {};
  }

 private:
  [[nodiscard]] bool is_used(ClockStart start) const {
    return std::ranges::any_of(out_.clocks, [&](const ClockAnswer& clock) {
      return book_.provisions[clock.provision].clock->starts == start;
    });
  }

  base::Result<void> consider(ProvisionIndex i) {
    const Provision& provision = book_.provisions[i];
    const bool is_clock = provision.kind == ProvisionKind::kClock && provision.clock;
    if (!is_clock || !detail::is_for(provision, bases_.kind)) return {};
    if (!is_in_force(provision, bases_.on)) return {};
    ClockAnswer clock{.provision = i, .confidence = provision.citation.confidence};
    if (provision.is_of_state ? !is_of_either(provision) : !binds_both(provision, clock)) return {};
    const bool is_in_requesting = is_after_surrender(provision.clock->starts) ||
                                  (provision.is_of_state && !is_of_requested(provision));
    clock.counted_in = is_in_requesting ? WhoseLaw::kRequesting : WhoseLaw::kRequested;
    clock.zone = calendar(clock).zone;
    judge_elements(i, clock);
    if (clock.applies == Truth::kFalse) return {};
    ROG_CHECKED(count(*provision.clock, clock));
    out_.clocks.push_back(std::move(clock));
    return {};
  }

  [[nodiscard]] bool is_of_requested(const Provision& provision) const {
    return provision.owner == bases_.requested.iso3 &&
           provision.clock->side != WhoseLaw::kRequesting;
  }

  /// A State's law sets some limits for requests to it, and others for its own requests.
  [[nodiscard]] bool is_of_either(const Provision& provision) const {
    if (is_of_requested(provision)) return true;
    return provision.owner == bases_.requesting.iso3 &&
           provision.clock->side != WhoseLaw::kRequested;
  }

  [[nodiscard]] const Calendar& calendar(const ClockAnswer& clock) const {
    return clock.counted_in == WhoseLaw::kRequesting ? requesting_ : requested_;
  }

  bool binds_both(const Provision& provision, ClockAnswer& clock) {
    clock.instrument = book_.find_instrument(provision.owner);
    if (clock.instrument == nullptr) return false;
    const Instrument& instrument = *clock.instrument;
    const TreatyStatus a = treaty_status(instrument, bases_.requesting, bases_.on);
    const TreatyStatus b = treaty_status(instrument, bases_.requested, bases_.on);
    clock.confidence = weaker(clock.confidence, weaker(a.confidence, b.confidence));
    const Bound bound = std::min(a.bound, b.bound);
    const bool is_of_others = instrument.instrument_class == InstrumentClass::kBilateral;
    if (bound == Bound::kUnknown && !is_of_others) name_unknown(instrument, a, b);
    return bound == Bound::kBound;
  }

  void name_unknown(const Instrument& instrument, const TreatyStatus& a, const TreatyStatus& b) {
    std::string words = title_of(instrument) + ": ";
    if (a.bound == Bound::kUnknown) words += status_words(instrument, bases_.requesting, a);
    if (b.bound == Bound::kUnknown) {
      words +=
          (a.bound == Bound::kUnknown ? "; " : "") + status_words(instrument, bases_.requested, b);
    }
    if (std::ranges::find(out_.not_examined, words) == out_.not_examined.end()) {
      out_.not_examined.push_back(std::move(words));
    }
  }

  void judge_elements(ProvisionIndex i, ClockAnswer& clock) const {
    const Compiled& formula = book_.compiled(i).formula;
    if (formula.root == kNoFormula) return;
    clock.applies = evaluate(valuation_, formula);
    if (clock.applies != Truth::kUnknown) return;
    clock.open = detail::open_atoms(book_.formulas(), formula.root, valuation_.values());
  }

  base::Result<void> count(const ClockRule& rule, ClockAnswer& clock) const {
    const auto event = std::ranges::find(events_, rule.starts, &Event::start);
    if (event == events_.end()) return {};
    clock.started = event->at;
    ROG_TRY(clock.deadline, end_of(event->at, rule.value, rule.unit, rule, clock));
    if (!rule.extend) return {};
    ROG_TRY(clock.extended, extend(rule, *clock.deadline, clock));
    return {};
  }

  base::Result<Deadline> end_of(const base::Instant& start, int value, ClockUnit unit,
                                const ClockRule& rule, ClockAnswer& clock) const {
    const Calendar& days = calendar(clock);
    ROG_TRY(Deadline out, count_deadline(start, value, unit, days.zone, days.holidays, zones_));
    add_notes(unit, clock);
    if (out.free_day.empty()) return out;
    if (rule.free_day && rule.free_day->end == FreeDayEnd::kNextWorkingDay) {
      ROG_TRY(out.moved, end_of_next_working_day(out, days.zone, days.holidays, zones_));
    }
    add_note(free_day_words(rule.free_day, out), clock);
    return out;
  }

  /// From the end of the first limit; in whole days from its last one.
  base::Result<Deadline> extend(const ClockRule& rule, const Deadline& first,
                                ClockAnswer& clock) const {
    const ClockExtension& extension = *rule.extend;
    const bool from_end = extension.unit == ClockUnit::kHours || rule.unit == ClockUnit::kHours;
    const seconds back = from_end ? seconds(0) : seconds(1);
    ROG_TRY(const base::Instant start,
            base::Instant::make(first.ends.utc() - back, first.ends.offset()));
    return end_of(start, extension.value, extension.unit, rule, clock);
  }

  static void add_note(std::string note, ClockAnswer& clock) {
    if (std::ranges::find(clock.notes, note) != clock.notes.end()) return;
    clock.notes.push_back(std::move(note));
  }

  void add_notes(ClockUnit unit, ClockAnswer& clock) const {
    if (unit == ClockUnit::kHours) return;
    const Calendar& days = calendar(clock);
    if (!zones_.offset_at(days.zone, clock.started->utc())) {
      add_note("the zone of the authority of " + days.side->name +
                   " is not encoded: counted at the offset of the event",
               clock);
    }
    if (unit != ClockUnit::kWorkingDays) return;
    add_note("the weekend is taken as Saturday and Sunday", clock);
    if (days.holidays.empty()) {
      add_note("no holidays of " + days.side->name + " are encoded: none was left out", clock);
    }
  }

  const Valuation& valuation_;
  const LawBook& book_;
  const BasisAnswer& bases_;
  std::span<const Event> events_;
  const ZoneRules& zones_;
  Calendar requesting_;
  Calendar requested_;
  ClocksAnswer& out_;
};

}  // namespace

base::Result<ClocksAnswer> find_clocks(const Valuation& valuation, const BasisAnswer& bases,
                                       std::span<const Event> events, const ZoneRules& zones) {
  ClocksAnswer out;
  ROG_CHECKED(Finder(valuation, bases, events, zones, out).run());
  return out;
}

}  // namespace rogatory::law
