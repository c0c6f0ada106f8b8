#include "metrics/calendar.hpp"
#include "metrics/open_hours.hpp"

#include <algorithm>

namespace helpdesk::metrics {
namespace {

constexpr Duration k_chunk = std::chrono::hours(24 * 365);

OpenHours hours_of(const Calendar& calendar, Instant from, Instant to) {
  return {open_intervals(calendar, from, to), from, to};
}

enum class Ask : unsigned char { reached, exceeded };

} // namespace

struct CalendarClock::Impl {
  Calendar calendar;
  bool always = false; // in all its versions
  OpenHours hours;

  // Open time in [a, b), a <= b, by pieces: before the compiled range, in it, behind it.
  Duration between(Instant a, Instant b) const {
    if (a >= hours.from() && b <= hours.to()) return hours.before(b) - hours.before(a);
    Duration sum{};
    if (a < hours.from()) {
      Instant to = std::min(b, hours.from());
      sum += hours_of(calendar, a, to).total();
    }
    Instant inside = std::clamp(a, hours.from(), hours.to());
    sum += hours.before(std::clamp(b, hours.from(), hours.to())) - hours.before(inside);
    if (b > hours.to()) sum += hours_of(calendar, std::max(a, hours.to()), b).total();
    return sum;
  }

  std::optional<Instant> due(Instant a, Duration d, Ask ask) const {
    auto in = [&](const OpenHours& part, Instant from) {
      Duration start = part.before(from);
      std::optional<Instant> at = ask == Ask::reached ? part.reached(start + d) : part.exceeded(start + d);
      if (!at) d -= part.total() - start;
      return at;
    };
    if (a < hours.from())
      if (auto at = in(hours_of(calendar, a, hours.from()), a)) return at;
    a = std::max(a, hours.from());
    if (a < hours.to())
      if (auto at = in(hours, a)) return at;
    a = std::max(a, hours.to());
    for (Duration size = k_chunk; a < k_last_instant; size *= 2) {
      Instant end = std::min(a + size, k_last_instant);
      if (auto at = in(hours_of(calendar, a, end), a)) return at;
      a = end;
    }
    return std::nullopt;
  }
};

Result<CalendarClock> CalendarClock::compile(Calendar calendar, Instant from, Instant to) {
  TRY(check(calendar));
  from = std::clamp(from, k_first_instant, k_last_instant);
  to = std::clamp(to, from, k_last_instant);
  bool always = std::all_of(calendar.versions.begin(), calendar.versions.end(),
                            [](const CalendarVersion& v) { return v.always; }) &&
                !calendar.versions.front().valid_from;
  OpenHours hours = hours_of(calendar, from, to);
  if (!always && hours.total() == Duration::zero() &&
      hours_of(calendar, from, k_last_instant).total() == Duration::zero())
    return usage_error("calendar \"" + calendar.name + "\" is never open: nothing could be measured by it");
  return CalendarClock(std::make_shared<const Impl>(Impl{std::move(calendar), always, std::move(hours)}));
}

std::string_view CalendarClock::name() const { return impl_->calendar.name; }
const Calendar& CalendarClock::calendar() const { return impl_->calendar; }

Duration CalendarClock::elapsed(Instant a, Instant b) const {
  if (impl_->always) return b - a;
  a = std::clamp(a, k_first_instant, k_last_instant);
  b = std::clamp(b, k_first_instant, k_last_instant);
  return a <= b ? impl_->between(a, b) : -impl_->between(b, a);
}

std::optional<Instant> CalendarClock::due_close(Instant a, Duration d) const {
  if (d <= Duration::zero()) return a;
  if (impl_->always) return a + d;
  return impl_->due(a, d, Ask::reached);
}

std::optional<Instant> CalendarClock::due_next(Instant a, Duration d) const {
  d = std::max(d, Duration::zero());
  if (impl_->always) return a + d;
  auto at = impl_->due(a, d, Ask::exceeded);
  return at ? std::max(*at, a) : at;
}

std::vector<OpenInterval> CalendarClock::open(Instant a, Instant b) const {
  std::vector<OpenInterval> out;
  if (a >= b) return out;
  if (impl_->always) return {{a, b}};
  const OpenHours& hours = impl_->hours;
  if (a >= hours.from() && b <= hours.to()) {
    hours.append(a, b, out);
    return out;
  }
  return open_intervals(impl_->calendar, a, b);
}

bool CalendarClock::is_open(Instant t) const { return elapsed(t, t + Duration(1)) > Duration::zero(); }

ClockSequence::ClockSequence(std::vector<Part> parts) : parts_(std::move(parts)) {}

template <class F> void ClockSequence::each_part(Instant a, Instant b, F f) const {
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    Instant from = i == 0 ? a : std::max(a, parts_[i].from);
    Instant to = i + 1 < parts_.size() ? std::min(b, parts_[i + 1].from) : b;
    if (from < to && !f(*parts_[i].clock, from, to)) return;
  }
}

Duration ClockSequence::elapsed(Instant a, Instant b) const {
  if (b < a) return -elapsed(b, a);
  Duration sum{};
  each_part(a, b, [&](const Clock& clock, Instant from, Instant to) {
    sum += clock.elapsed(from, to);
    return true;
  });
  return sum;
}

std::optional<Instant> ClockSequence::due_close(Instant a, Duration d) const {
  if (d <= Duration::zero()) return a;
  std::optional<Instant> due;
  each_part(a, k_last_instant, [&](const Clock& clock, Instant from, Instant to) {
    auto at = clock.due_close(from, d);
    if (at && *at <= to) {
      due = at;
      return false;
    }
    d -= clock.elapsed(from, to);
    return true;
  });
  return due;
}

std::optional<Instant> ClockSequence::due_next(Instant a, Duration d) const {
  d = std::max(d, Duration::zero());
  std::optional<Instant> due;
  each_part(a, k_last_instant, [&](const Clock& clock, Instant from, Instant to) {
    auto at = clock.due_next(from, d);
    if (at && *at < to) {
      due = at;
      return false;
    }
    d -= clock.elapsed(from, to);
    return true;
  });
  return due;
}

std::vector<OpenInterval> ClockSequence::open(Instant a, Instant b) const {
  std::vector<OpenInterval> out;
  each_part(a, b, [&](const Clock& clock, Instant from, Instant to) {
    for (const OpenInterval& interval : clock.open(from, to))
      if (!out.empty() && out.back().to == interval.from)
        out.back().to = interval.to;
      else
        out.push_back(interval);
    return true;
  });
  return out;
}

} // namespace helpdesk::metrics
