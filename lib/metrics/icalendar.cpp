#include "metrics/icalendar.hpp"

#include "base/text.hpp"
#include "metrics/ical_api.hpp"

#include <map>
#include <memory>
#include <set>

namespace helpdesk::metrics {
namespace {

// A century of holidays; more is a rule gone wild.
constexpr std::size_t k_most_days = 40'000;
constexpr int k_longest_event = 366; // days

using std::chrono::sys_days;

bool is_day(const icaltimetype& t) {
  std::chrono::year_month_day ymd(std::chrono::year(t.year),
                                  std::chrono::month(static_cast<unsigned>(t.month)),
                                  std::chrono::day(static_cast<unsigned>(t.day)));
  return t.year >= 1900 && t.year < 2200 && ymd.ok();
}
sys_days day_of(const icaltimetype& t) { return sys_days(std::chrono::year(t.year) / t.month / t.day); }
bool at_midnight(const icaltimetype& t) {
  return t.is_date || (t.hour == 0 && t.minute == 0 && t.second == 0);
}

class Reader {
 public:
  Reader(const IcalApi& ical, int last_year) : ical_(ical), end_(std::chrono::year(last_year + 1) / 1 / 1) {}

  Result<void> components(icalcomponent* parent, int depth) {
    for (icalcomponent* c = ical_.icalcomponent_get_first_component(parent, ICAL_ANY_COMPONENT); c;
         c = ical_.icalcomponent_get_next_component(parent, ICAL_ANY_COMPONENT)) {
      icalcomponent_kind kind = ical_.icalcomponent_isa(c);
      if (kind == ICAL_VCALENDAR_COMPONENT) is_calendar_ = true;
      if (kind == ICAL_VEVENT_COMPONENT) TRY(event(c));
      if (kind == ICAL_VCALENDAR_COMPONENT && depth < 3) TRY(components(c, depth + 1));
    }
    return {};
  }
  Result<void> root(icalcomponent* c) {
    is_calendar_ = ical_.icalcomponent_isa(c) == ICAL_VCALENDAR_COMPONENT;
    TRY(components(c, 0));
    if (!is_calendar_) return failed("is no iCalendar file: it has no VCALENDAR");
    return {};
  }
  IcalendarHolidays holidays() const {
    IcalendarHolidays out;
    out.not_whole_days = not_whole_days_;
    for (const auto& [date, name] : days_) out.days.push_back({date, name});
    return out;
  }

 private:
  const IcalApi& ical_;
  sys_days end_;
  std::map<Date, std::string> days_;
  bool is_calendar_ = false;
  int not_whole_days_ = 0;

  template <class F> void each_property(icalcomponent* c, icalproperty_kind kind, F f) {
    for (icalproperty* p = ical_.icalcomponent_get_first_property(c, kind); p;
         p = ical_.icalcomponent_get_next_property(c, kind))
      f(p);
  }

  Result<void> event(icalcomponent* c) {
    if (ical_.icalcomponent_get_status(c) == ICAL_STATUS_CANCELLED) return {};
    icaltimetype start = ical_.icalcomponent_get_dtstart(c);
    if (!is_day(start)) return {};
    icaltimetype end = ical_.icalcomponent_get_dtend(c);
    bool has_end = !ical_.icaltime_is_null_time(end) && is_day(end);
    // The end is exclusive; a day without one lasts a day.
    auto length = has_end ? (day_of(end) - day_of(start)).count() : 0;
    if (length <= 0 && start.is_date) length = 1;
    if (!at_midnight(start) || (has_end && !at_midnight(end)) || length <= 0) {
      ++not_whole_days_;
      return {};
    }
    if (length > k_longest_event) return failed("has an event that lasts longer than a year");
    const char* summary = ical_.icalcomponent_get_summary(c);
    std::string name = collapse_spaces(clean_utf8(summary ? summary : ""));

    std::set<sys_days> excluded;
    each_property(c, ICAL_EXDATE_PROPERTY, [&](icalproperty* p) {
      icaltimetype t = ical_.icalproperty_get_exdate(p);
      if (is_day(t)) excluded.insert(day_of(t));
    });
    std::set<sys_days> starts{day_of(start)};
    each_property(c, ICAL_RDATE_PROPERTY, [&](icalproperty* p) {
      icaltimetype t = ical_.icalproperty_get_rdate(p).time;
      if (is_day(t)) starts.insert(day_of(t));
    });
    bool wild = false;
    each_property(c, ICAL_RRULE_PROPERTY, [&](icalproperty* p) {
      icalrecurrencetype rule = ical_.icalproperty_get_rrule(p);
      // What repeats more often than daily is nothing for whole days, and could run for hours.
      if (rule.freq == ICAL_SECONDLY_RECURRENCE || rule.freq == ICAL_MINUTELY_RECURRENCE ||
          rule.freq == ICAL_HOURLY_RECURRENCE || rule.freq == ICAL_NO_RECURRENCE)
        return;
      std::unique_ptr<icalrecur_iterator, decltype(ical_.icalrecur_iterator_free)> each(
          ical_.icalrecur_iterator_new(rule, start), ical_.icalrecur_iterator_free);
      if (!each) return;
      for (;;) {
        icaltimetype t = ical_.icalrecur_iterator_next(each.get());
        if (ical_.icaltime_is_null_time(t) || !is_day(t) || day_of(t) >= end_) break;
        starts.insert(day_of(t));
        if (starts.size() > k_most_days) {
          wild = true;
          break;
        }
      }
    });
    for (sys_days first : starts) {
      if (excluded.contains(first)) continue;
      for (int i = 0; i < length; ++i) {
        sys_days day = first + std::chrono::days(i);
        if (day >= end_) break;
        std::chrono::year_month_day ymd(day);
        days_.try_emplace({static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
                           static_cast<int>(static_cast<unsigned>(ymd.day()))},
                          name);
      }
      wild = wild || days_.size() > k_most_days;
      if (wild) return failed("has more holidays than a century has days");
    }
    return {};
  }
};

} // namespace

Result<IcalendarHolidays> read_icalendar(const std::string& text, int last_year) {
  const IcalApi& ical = *TRY(ical_api());
  std::string clean = clean_utf8(text); // no NUL, which would end it
  std::unique_ptr<icalcomponent, decltype(ical.icalcomponent_free)> root(
      ical.icalparser_parse_string(clean.c_str()), ical.icalcomponent_free);
  if (!root) return failed("is no iCalendar file: it has no VCALENDAR");
  Reader reader(ical, last_year);
  TRY(reader.root(root.get()));
  return reader.holidays();
}

} // namespace helpdesk::metrics
