#include "metrics/calendar_text.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace helpdesk::metrics {
namespace {

constexpr int k_day_seconds = 86400;
constexpr std::array<std::string_view, 7> k_days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::array<std::string_view, 7> k_long_days{"monday", "tuesday",  "wednesday", "thursday",
                                                      "friday", "saturday", "sunday"};
// Far more than any desk has; what is longer is no list of spans.
constexpr std::size_t k_longest = 400;

std::string shown(std::string_view text) { return ellipsize(clean_utf8(text), 60); }

// Up to `most` digits, at least one.
std::optional<int> take_number(std::string_view& text, std::size_t most) {
  std::size_t digits = 0;
  int value = 0;
  while (digits < text.size() && digits < most && text[digits] >= '0' && text[digits] <= '9')
    value = value * 10 + (text[digits++] - '0');
  if (digits == 0) return std::nullopt;
  text.remove_prefix(digits);
  return value;
}

// "9:00", "09:00", "19:01:25"; seconds of the day, 86400 for 24:00.
std::optional<int> clock_time(std::string_view text) {
  auto hour = take_number(text, 2);
  if (!hour || !text.starts_with(':')) return std::nullopt;
  text.remove_prefix(1);
  if (text.size() < 2 || text[1] < '0' || text[1] > '9') return std::nullopt;
  auto minute = take_number(text, 2);
  if (!minute) return std::nullopt;
  int second = 0;
  if (text.size() == 3 && text[0] == ':' && text[2] >= '0' && text[2] <= '9') {
    text.remove_prefix(1);
    second = take_number(text, 2).value_or(60);
  }
  if (!text.empty() || *minute > 59 || second > 59) return std::nullopt;
  int seconds = *hour * 3600 + *minute * 60 + second;
  return seconds <= k_day_seconds ? std::optional(seconds) : std::nullopt;
}

std::optional<std::size_t> day_of(std::string_view word) {
  for (std::size_t i = 0; i < k_days.size(); ++i)
    if (word == k_days[i] || word == k_long_days[i]) return i;
  return std::nullopt;
}

Failure no_hours(std::string_view text) {
  return usage_error(fmt::format(
      "\"{}\" is not like \"mon-fri 09:00-17:00\", \"sat,sun 10:00-14:00\", \"fri 22:00-06:00\" or \"24/7\"",
      shown(text)));
}

Result<std::array<bool, 7>> parse_days(std::string_view text) {
  std::array<bool, 7> on{};
  if (text == "daily") {
    on.fill(true);
    return on;
  }
  for (std::string_view part : split(text, ',')) {
    std::size_t dash = part.find('-');
    auto first = day_of(trim(part.substr(0, dash)));
    auto last = dash == std::string_view::npos ? first : day_of(trim(part.substr(dash + 1)));
    if (!first || !last) {
      std::string_view wrong = trim(first ? part.substr(dash + 1) : part.substr(0, dash));
      std::vector<std::string_view> names(k_days.begin(), k_days.end());
      std::string_view near = nearest(wrong, names);
      return usage_error(
          fmt::format("\"{}\" is no day of the week{}: mon, tue, wed, thu, fri, sat, sun or daily",
                      shown(wrong), near.empty() ? "" : fmt::format(" (did you mean \"{}\"?)", near)));
    }
    // fri-mon goes over the weekend.
    for (std::size_t day = *first;; day = (day + 1) % 7) {
      on[day] = true;
      if (day == *last) break;
    }
  }
  return on;
}

std::string time_text(int seconds) {
  int day = seconds > k_day_seconds ? seconds - k_day_seconds : seconds;
  std::string text = fmt::format("{:02}:{:02}", day / 3600, day / 60 % 60);
  if (day % 60 != 0) text += fmt::format(":{:02}", day % 60);
  return text;
}

void sort_spans(std::vector<DaySpan>& spans) {
  std::sort(spans.begin(), spans.end(), [](const DaySpan& a, const DaySpan& b) {
    return a.from != b.from ? a.from < b.from : a.to < b.to;
  });
}

bool overlap(const std::vector<DaySpan>& sorted) {
  for (std::size_t i = 1; i < sorted.size(); ++i)
    if (sorted[i].from < sorted[i - 1].to) return true;
  return false;
}

} // namespace

Result<std::vector<DaySpan>> parse_spans(std::string_view text) {
  std::vector<DaySpan> spans;
  if (text.size() > k_longest) return usage_error("the hours of one line are too long: write several lines");
  for (std::string_view part : split(text, ',')) {
    part = trim(part);
    std::size_t dash = part.find('-');
    auto from = clock_time(trim(part.substr(0, dash)));
    auto to = dash == std::string_view::npos ? std::nullopt : clock_time(trim(part.substr(dash + 1)));
    if (!from || !to || *from == k_day_seconds)
      return usage_error(fmt::format("\"{}\" is not like 09:00-17:00", shown(part)));
    if (*from == *to)
      return usage_error(
          fmt::format("\"{}\" ends when it begins: write 00:00-24:00 for a whole day", shown(part)));
    // One minute short of midnight is never meant: the desk would be closed for it every night.
    if (*to >= k_day_seconds - 60 && *to < k_day_seconds)
      return usage_error(
          fmt::format("\"{}\" leaves the end of the day closed: write 24:00 for midnight", shown(part)));
    spans.push_back({*from, *to > *from ? *to : *to + k_day_seconds});
  }
  sort_spans(spans);
  if (overlap(spans)) return usage_error(fmt::format("\"{}\" has hours that overlap", shown(text)));
  return spans;
}

Result<void> add_hours(std::string_view text, CalendarVersion& version) {
  std::string lowered = ascii_lower(trim(text));
  if (lowered == "24/7" || lowered == "always") {
    version.always = true;
    return {};
  }
  std::size_t space = lowered.find_last_of(" \t", lowered.find(':'));
  if (space == std::string::npos || lowered.find(':') == std::string::npos) return no_hours(text);
  auto days = parse_days(trim(std::string_view(lowered).substr(0, space)));
  if (!days) return in_context(shown(text), days.error());
  auto spans = parse_spans(trim(std::string_view(lowered).substr(space)));
  if (!spans) return in_context(shown(text), spans.error());
  for (std::size_t day = 0; day < 7; ++day) {
    if (!(*days)[day]) continue;
    std::vector<DaySpan>& week = version.week[day];
    week.insert(week.end(), spans->begin(), spans->end());
    sort_spans(week);
    if (overlap(week))
      return usage_error(fmt::format("\"{}\" overlaps other hours of {}", shown(text), k_days[day]));
  }
  return {};
}

Result<Date> parse_date(std::string_view text) {
  auto refuse = [&] {
    return usage_error(fmt::format("\"{}\" is no day like 2026-05-17, or 12-24 for every year", shown(text)));
  };
  std::string_view rest = text;
  Date date;
  if (text.size() == 10) {
    auto year = take_number(rest, 4);
    if (!year || *year < 1900 || *year > 2199 || !rest.starts_with('-')) return refuse();
    rest.remove_prefix(1);
    date.year = *year;
  } else if (text.size() != 5) {
    return refuse();
  }
  auto month = take_number(rest, 2);
  if (!month || !rest.starts_with('-')) return refuse();
  rest.remove_prefix(1);
  auto day = take_number(rest, 2);
  if (!day || !rest.empty()) return refuse();
  date.month = *month;
  date.day = *day;
  // Of every year: the 29th of February is a day too.
  std::chrono::year_month_day ymd(std::chrono::year(date.year == 0 ? 2024 : date.year),
                                  std::chrono::month(static_cast<unsigned>(*month)),
                                  std::chrono::day(static_cast<unsigned>(*day)));
  if (!ymd.ok()) return usage_error(fmt::format("there is no day {}", shown(text)));
  return date;
}

Result<std::vector<Holiday>> parse_holidays(std::string_view text) {
  std::string_view rest = trim(text);
  std::size_t space = std::min(rest.find(' '), rest.size());
  std::string_view dates = rest.substr(0, space);
  std::string name(trim(rest.substr(space)));
  std::size_t dots = dates.find("..");
  if (dots == std::string_view::npos) {
    Date date = TRY(parse_date(dates));
    return std::vector<Holiday>{{date, std::move(name)}};
  }
  Date first = TRY(parse_date(dates.substr(0, dots)));
  Date last = TRY(parse_date(dates.substr(dots + 2)));
  if (first.year == 0 || last.year == 0)
    return usage_error(
        fmt::format("\"{}\": a range needs its years, as in 2026-07-06..2026-07-17", shown(dates)));
  auto day_number = [](const Date& d) {
    return std::chrono::sys_days(std::chrono::year(d.year) / d.month / d.day);
  };
  auto days = (day_number(last) - day_number(first)).count();
  if (days < 0 || days > 366)
    return usage_error(fmt::format("\"{}\" does not end within a year after it begins", shown(dates)));
  std::vector<Holiday> holidays;
  for (int i = 0; i <= days; ++i) {
    std::chrono::year_month_day ymd(day_number(first) + std::chrono::days(i));
    holidays.push_back({{static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
                         static_cast<int>(static_cast<unsigned>(ymd.day()))},
                        name});
  }
  return holidays;
}

Result<SpecialDay> parse_special(std::string_view text) {
  std::string_view rest = trim(text);
  std::size_t space = std::min(rest.find(' '), rest.size());
  SpecialDay day;
  day.date = TRY(parse_date(rest.substr(0, space)));
  rest = trim(rest.substr(space));
  space = std::min(rest.find(' '), rest.size());
  std::string_view hours = rest.substr(0, space);
  if (hours.empty())
    return usage_error(
        fmt::format("\"{}\" has no hours: write \"12-24 09:00-12:00\" or \"12-24 closed\"", shown(text)));
  if (hours != "closed") day.spans = TRY(parse_spans(hours));
  day.name = std::string(trim(rest.substr(space)));
  return day;
}

std::string spans_text(const std::vector<DaySpan>& spans) {
  std::string text;
  for (const DaySpan& span : spans)
    text += fmt::format("{}{}-{}", text.empty() ? "" : ",", time_text(span.from), time_text(span.to));
  return text.empty() ? "closed" : text;
}

std::string hours_text(const CalendarVersion& version) {
  if (version.always) return "24/7";
  std::string text;
  std::array<bool, 7> done{};
  for (std::size_t day = 0; day < 7; ++day) {
    if (done[day] || version.week[day].empty()) continue;
    std::string days;
    for (std::size_t first = day; first < 7; ++first) {
      if (done[first] || version.week[first] != version.week[day]) continue;
      std::size_t last = first;
      while (last + 1 < 7 && version.week[last + 1] == version.week[day]) ++last;
      for (std::size_t i = first; i <= last; ++i) done[i] = true;
      days += days.empty() ? "" : ",";
      days += k_days[first];
      if (last > first) days += fmt::format("{}{}", last == first + 1 ? "," : "-", k_days[last]);
      first = last;
    }
    text += fmt::format("{}{} {}", text.empty() ? "" : "; ", days, spans_text(version.week[day]));
  }
  return text.empty() ? "closed" : text;
}

} // namespace helpdesk::metrics
