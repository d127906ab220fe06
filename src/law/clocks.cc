// SPDX-License-Identifier: EUPL-1.2
#include "law/clocks.h"

#include <algorithm>

#include "law/answer.h"
#include "law/detail/basis_candidates.h"
#include "law/detail/cone.h"
#include "law/evaluate.h"

namespace rogatory::law {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::months;
using std::chrono::seconds;
using std::chrono::sys_seconds;
using std::chrono::years;

bool is_weekend(base::Date day) {
  const std::chrono::weekday weekday(day.days());
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

bool is_holiday(base::Date day, std::span<const Holiday* const> holidays) {
  const std::string whole = day.to_string();
  return std::ranges::any_of(holidays, [&](const Holiday* holiday) {
    return holiday->on == whole || holiday->on == std::string_view(whole).substr(5);
  });
}

/// The last day of a limit counted in days, from the day after `first`.
base::Result<base::Date> last_day(base::Date first, int value, ClockUnit unit,
                                  std::span<const Holiday* const> holidays, int& skipped) {
  switch (unit) {
    case ClockUnit::kHours:
    case ClockUnit::kDays:
      return first.plus(days(value));
    case ClockUnit::kMonths:
      return first.plus(months(value));
    case ClockUnit::kYears:
      return first.plus(years(value));
    case ClockUnit::kWorkingDays:
      break;
  }
  base::Date day = first;
  for (int counted = 0; counted < value;) {
    ROG_TRY(day, day.plus(days(1)));
    if (is_weekend(day)) continue;
    if (is_holiday(day, holidays)) {
      ++skipped;
    } else {
      ++counted;
    }
  }
  return day;
}

/// The offset in the zone, or the one the event was written with.
seconds offset_of(const base::Instant& at, sys_seconds when, std::string_view zone,
                  const ZoneRules& zones) {
  return zones.offset_at(zone, when).value_or(at.offset());
}

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

class Finder {
 public:
  Finder(const Valuation& valuation, const BasisAnswer& bases, std::span<const Event> events,
         const ZoneRules& zones, ClocksAnswer& out)
      : valuation_(valuation),
        book_(valuation.book()),
        bases_(bases),
        events_(events),
        zones_(zones),
        out_(out) {
    out_.authority = find_authority(book_, bases.requested.iso3, bases.kind);
    if (out_.authority != nullptr) out_.zone = out_.authority->zone;
    for (const Holiday& holiday : book_.world.holidays) {
      if (holiday.state == bases.requested.iso3) holidays_.push_back(&holiday);
    }
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
    if (provision.is_of_state) {
      if (provision.owner != bases_.requested.iso3) return {};
    } else if (!binds_both(provision, clock)) {
      return {};
    }
    judge_elements(i, clock);
    if (clock.applies == Truth::kFalse) return {};
    ROG_CHECKED(count(*provision.clock, clock));
    out_.clocks.push_back(std::move(clock));
    return {};
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
    ROG_TRY(clock.deadline,
            count_deadline(event->at, rule.value, rule.unit, out_.zone, holidays_, zones_));
    add_notes(rule.unit, clock);
    if (!rule.extend) return {};
    if (rule.extend->unit != rule.unit) add_notes(rule.extend->unit, clock);
    ROG_TRY(clock.extended, extend(*rule.extend, rule.unit, *clock.deadline));
    return {};
  }

  /// From the end of the first limit; in whole days from its last one.
  base::Result<Deadline> extend(const ClockExtension& extension, ClockUnit first_unit,
                                const Deadline& first) const {
    const bool from_end = extension.unit == ClockUnit::kHours || first_unit == ClockUnit::kHours;
    const seconds back = from_end ? seconds(0) : seconds(1);
    ROG_TRY(const base::Instant start,
            base::Instant::make(first.ends.utc() - back, first.ends.offset()));
    return count_deadline(start, extension.value, extension.unit, out_.zone, holidays_, zones_);
  }

  void add_notes(ClockUnit unit, ClockAnswer& clock) const {
    const auto add = [&](std::string note) {
      if (std::ranges::find(clock.notes, note) == clock.notes.end()) {
        clock.notes.push_back(std::move(note));
      }
    };
    if (unit == ClockUnit::kHours) return;
    if (!zones_.offset_at(out_.zone, clock.started->utc())) {
      add("the zone of the authority of " + bases_.requested.name +
          " is not encoded: counted at the offset of the event");
    }
    if (unit != ClockUnit::kWorkingDays) return;
    add("the weekend is taken as Saturday and Sunday");
    if (holidays_.empty()) {
      add("no holidays of " + bases_.requested.name + " are encoded: none was left out");
    }
  }

  const Valuation& valuation_;
  const LawBook& book_;
  const BasisAnswer& bases_;
  std::span<const Event> events_;
  const ZoneRules& zones_;
  ClocksAnswer& out_;
  std::vector<const Holiday*> holidays_;
};

}  // namespace

base::Result<Deadline> count_deadline(const base::Instant& start, int value, ClockUnit unit,
                                      std::string_view zone,
                                      std::span<const Holiday* const> holidays,
                                      const ZoneRules& zones) {
  if (unit == ClockUnit::kHours) {
    const sys_seconds end = start.utc() + hours(value);
    ROG_TRY(const base::Instant ends, base::Instant::make(end, offset_of(start, end, zone, zones)));
    return Deadline{.ends = ends, .last_day = ends.local_date()};
  }
  const seconds offset = offset_of(start, start.utc(), zone, zones);
  ROG_TRY(const base::Instant here, base::Instant::make(start.utc(), offset));
  int skipped = 0;
  ROG_TRY(const base::Date day, last_day(here.local_date(), value, unit, holidays, skipped));
  ROG_TRY(const base::Date next, day.plus(days(1)));
  const sys_seconds end =
      start_of_day(zones, zone, next.days()).value_or(sys_seconds(next.days()) - offset);
  ROG_TRY(const base::Instant ends, base::Instant::make(end, offset_of(start, end, zone, zones)));
  return Deadline{.ends = ends, .last_day = day, .holidays_skipped = skipped};
}

base::Result<ClocksAnswer> find_clocks(const Valuation& valuation, const BasisAnswer& bases,
                                       std::span<const Event> events, const ZoneRules& zones) {
  ClocksAnswer out;
  ROG_CHECKED(Finder(valuation, bases, events, zones, out).run());
  return out;
}

}  // namespace rogatory::law
