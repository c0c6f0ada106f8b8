#include "metrics/calendar.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace helpdesk::metrics {
namespace {

using std::chrono::sys_days;

constexpr int k_day_seconds = 86400;

sys_days days_of(const Date& date) { return sys_days(std::chrono::year(date.year) / date.month / date.day); }

Date date_of(sys_days day) {
  std::chrono::year_month_day ymd(day);
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

Instant instant_at(const Zone& zone, const Date& date, int seconds) {
  Civil civil;
  civil.year = date.year;
  civil.month = date.month;
  civil.day = date.day;
  civil.hour = 0;
  civil.minute = 0;
  civil.second = seconds; // normalised: 24:00 is the next midnight
  return zone.instant(civil);
}

sys_days local_day(const Zone& zone, Instant t) {
  Civil c = zone.civil(t);
  return days_of({c.year, c.month, c.day});
}

// The exceptions of one version, by day.
class Exceptions {
 public:
  explicit Exceptions(const CalendarVersion& version) {
    for (const Holiday& holiday : version.holidays) days_.emplace(holiday.date, nullptr);
    for (const SpecialDay& day : version.special) days_[day.date] = &day;
  }
  // False: the day is as its weekday says.
  bool find(const Date& date, const std::vector<DaySpan>*& spans) const {
    if (days_.empty()) return false;
    auto dated = days_.find(date);
    auto yearly = days_.find({0, date.month, date.day});
    // What has hours of its own stands above a holiday, and this year above every year.
    const SpecialDay* special = nullptr;
    if (dated != days_.end()) special = dated->second;
    if (!special && yearly != days_.end()) special = yearly->second;
    if (!special && dated == days_.end() && yearly == days_.end()) return false;
    spans = special ? &special->spans : &none_;
    return true;
  }

 private:
  std::map<Date, const SpecialDay*> days_; // null: a holiday
  std::vector<DaySpan> none_;
};

struct Range {
  Instant from{}, to{};
};

void add(std::vector<OpenInterval>& out, Range range, Instant from, Instant to) {
  from = std::max(from, range.from);
  to = std::min(to, range.to);
  if (from < to) out.push_back({from, to});
}

// Days [first, last) under one version.
void add_days(std::vector<OpenInterval>& out, const CalendarVersion& version, sys_days first, sys_days last,
              Range range) {
  Exceptions exceptions(version);
  // Only where the zone moves does a day differ from 24 hours; elsewhere one look-up a day is enough.
  Instant midnights[3];
  for (int i = 0; i < 3; ++i)
    midnights[i] = instant_at(version.zone, date_of(first + std::chrono::days(i)), 0);
  constexpr Duration k_day = std::chrono::hours(24);
  for (sys_days day = first; day < last; day += std::chrono::days(1)) {
    std::chrono::weekday weekday(day);
    Date date = date_of(day);
    const std::vector<DaySpan>* spans = &version.week[weekday.iso_encoding() - 1];
    exceptions.find(date, spans);
    bool plain = midnights[1] - midnights[0] == k_day;
    bool next_plain = midnights[2] - midnights[1] == k_day;
    for (const DaySpan& span : *spans)
      if (plain && (next_plain || span.to <= k_day_seconds))
        add(out, range, midnights[0] + std::chrono::seconds(span.from),
            midnights[0] + std::chrono::seconds(span.to));
      else
        add(out, range, instant_at(version.zone, date, span.from), instant_at(version.zone, date, span.to));
    midnights[0] = midnights[1];
    midnights[1] = midnights[2];
    midnights[2] = instant_at(version.zone, date_of(day + std::chrono::days(3)), 0);
  }
}

void join_neighbours(std::vector<OpenInterval>& intervals) {
  std::sort(intervals.begin(), intervals.end(),
            [](const OpenInterval& a, const OpenInterval& b) { return a.from < b.from; });
  std::size_t kept = 0;
  for (std::size_t i = 1; i < intervals.size(); ++i)
    if (intervals[i].from <= intervals[kept].to)
      intervals[kept].to = std::max(intervals[kept].to, intervals[i].to);
    else
      intervals[++kept] = intervals[i];
  if (!intervals.empty()) intervals.resize(kept + 1);
}

bool is_good_span(const DaySpan& span) {
  return span.from >= 0 && span.from < k_day_seconds && span.to > span.from &&
         span.to <= span.from + k_day_seconds;
}

bool opens_ever(const CalendarVersion& version) {
  if (version.always) return true;
  for (const auto& spans : version.week)
    if (!spans.empty()) return true;
  return std::any_of(version.special.begin(), version.special.end(),
                     [](const SpecialDay& day) { return !day.spans.empty(); });
}

} // namespace

std::string to_text(const Date& date) {
  if (date.year == 0) return fmt::format("{:02}-{:02}", date.month, date.day);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

Result<void> check(const Calendar& calendar) {
  std::string name = "calendar \"" + calendar.name + "\"";
  if (calendar.versions.empty()) return usage_error(name + " has no hours");
  for (std::size_t i = 0; i < calendar.versions.size(); ++i) {
    const CalendarVersion& version = calendar.versions[i];
    if (i > 0 && (!version.valid_from || (calendar.versions[i - 1].valid_from &&
                                          *calendar.versions[i - 1].valid_from >= *version.valid_from)))
      return usage_error(name + ": its versions are not in the order of their valid_from");
    if (!opens_ever(version))
      return usage_error(
          name + (version.valid_from ? " from " + to_text(*version.valid_from) + " on" : std::string()) +
          " is never open: nothing could be measured by it");
    for (const auto& spans : version.week)
      if (!std::all_of(spans.begin(), spans.end(), is_good_span))
        return usage_error(name + " has a span that does not end after it begins");
    for (const SpecialDay& day : version.special)
      if (!std::all_of(day.spans.begin(), day.spans.end(), is_good_span))
        return usage_error(name + " has a span that does not end after it begins");
  }
  return {};
}

Calendar always_open() {
  Calendar calendar{"24/7", std::vector<CalendarVersion>(1)};
  calendar.versions.front().always = true;
  return calendar;
}

std::vector<OpenInterval> open_intervals(const Calendar& calendar, Instant from, Instant to) {
  std::vector<OpenInterval> out;
  Range range{std::max(from, k_first_instant), std::min(to, k_last_instant)};
  if (range.from >= range.to) return out;
  for (std::size_t i = 0; i < calendar.versions.size(); ++i) {
    const CalendarVersion& version = calendar.versions[i];
    const CalendarVersion* next = i + 1 < calendar.versions.size() ? &calendar.versions[i + 1] : nullptr;
    if (version.always) {
      Instant begin = version.valid_from ? instant_at(version.zone, *version.valid_from, 0) : range.from;
      add(out, range, begin, next ? instant_at(next->zone, *next->valid_from, 0) : range.to);
      continue;
    }
    // A span that began two days before may still run.
    sys_days first = local_day(version.zone, range.from) - std::chrono::days(2);
    sys_days last = local_day(version.zone, range.to) + std::chrono::days(1);
    if (version.valid_from) first = std::max(first, days_of(*version.valid_from));
    if (next) last = std::min(last, days_of(*next->valid_from));
    if (first < last) add_days(out, version, first, last, range);
  }
  join_neighbours(out);
  return out;
}

} // namespace helpdesk::metrics
