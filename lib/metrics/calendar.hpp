// Business hours (metrics specification, section 2): what a calendar says, and the clock that runs by it.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "metrics/clock.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::metrics {

// Wall-clock seconds after the midnight that begins the day; 0 <= from < 24 h, from < to <= from + 24 h. What
// passes midnight belongs to the day on which it begins, whatever the next day is.
struct DaySpan {
  int from = 0, to = 0;
  bool operator==(const DaySpan&) const = default;
};

struct Date {
  int year = 0; // 0: every year
  int month = 1, day = 1;
  auto operator<=>(const Date&) const = default;
};
// "2026-05-17", "12-24" for every year.
std::string to_text(const Date& date);

struct Holiday { // closed all day
  Date date;
  std::string name; // may be empty
  bool operator==(const Holiday&) const = default;
};

// Hours of one day instead of its weekday's; stands above holidays, a date of one year above one of every
// year.
struct SpecialDay {
  Date date;
  std::vector<DaySpan> spans; // none: closed
  std::string name;
};

// The rules from one day on, until the next version's.
struct CalendarVersion {
  std::optional<Date> valid_from; // of the zone; nothing: since ever
  Zone zone = Zone::utc();
  bool always = false;                      // 24/7: no weekday, holiday or special day counts
  std::array<std::vector<DaySpan>, 7> week; // Monday first
  std::vector<Holiday> holidays;
  std::vector<SpecialDay> special;
};

struct Calendar {
  std::string name;
  std::vector<CalendarVersion> versions; // by valid_from; the first may have none
};

// A name, at least one version, versions in order, some open time in each: usage error otherwise.
Result<void> check(const Calendar& calendar);
// Calendar named "24/7" that is always open.
Calendar always_open();

// No calendar is open before 1900 or from 2200 on: what claims to be from there is damaged.
inline constexpr Instant k_first_instant = std::chrono::sys_days(std::chrono::year(1900) / 1 / 1);
inline constexpr Instant k_last_instant = std::chrono::sys_days(std::chrono::year(2200) / 1 / 1);

// When it is open in [from, to): disjoint, sorted, neighbours joined. In a gap of the zone a wall-clock time
// moves forward, in an overlap the first one counts, so durations are physical: a Sunday 00:00-24:00 may last
// 23 or 25 hours.
std::vector<OpenInterval> open_intervals(const Calendar& calendar, Instant from, Instant to);

// A calendar compiled once to intervals with prefix sums and a day index: elapsed is two look-ups. Cheap to
// copy.
class CalendarClock final : public Clock {
 public:
  // Compiled for [from, to): where the events lie, a week before and some months after. What is asked outside
  // is as exact and slower. Usage error when check() refuses the calendar or it never opens in a century.
  static Result<CalendarClock> compile(Calendar calendar, Instant from, Instant to);

  Duration elapsed(Instant a, Instant b) const override;
  std::optional<Instant> due_close(Instant a, Duration d) const override;
  std::optional<Instant> due_next(Instant a, Duration d) const override;
  std::vector<OpenInterval> open(Instant a, Instant b) const override;
  std::string_view name() const override;

  bool is_open(Instant t) const;
  const Calendar& calendar() const;

 private:
  struct Impl;
  explicit CalendarClock(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

// Several clocks one after the other, each in force from an instant on: a ticket whose calendar changed. The
// first runs before its instant too. Every stretch counts by the clock in force in it, so parts always add
// up.
class ClockSequence final : public Clock {
 public:
  struct Part {
    Instant from{};
    const Clock* clock = nullptr; // outlives this
  };
  explicit ClockSequence(std::vector<Part> parts); // ascending, at least one

  Duration elapsed(Instant a, Instant b) const override;
  std::optional<Instant> due_close(Instant a, Duration d) const override;
  std::optional<Instant> due_next(Instant a, Duration d) const override;
  std::vector<OpenInterval> open(Instant a, Instant b) const override;
  std::string_view name() const override { return parts_.back().clock->name(); }

 private:
  template <class F> void each_part(Instant a, Instant b, F f) const;
  std::vector<Part> parts_;
};

} // namespace helpdesk::metrics
