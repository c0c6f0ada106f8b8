#include "lint/promise_times.hpp"

#include "base/text.hpp"
#include "lint/dates.hpp"
#include "lint/promise_words.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace helpdesk::lint {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::size_t k_most_times = 300; // of one text

enum class Kind : std::uint8_t { nothing, day, next_week, clock, span };

struct Found {
  std::size_t first = 0, last = 0;
  Kind kind = Kind::nothing;
  sys_days day{};
  int weekday = -1;          // since Sunday, when it is named
  bool is_date = false;      // a weekday or a date: "before" it is the day before
  int hour = -1, minute = 0; // until then; -1: the end of the day
  Instant end{};             // of a span
  bool whole_day = false;    // of a span
};

class TimeSearch {
 public:
  TimeSearch(const Reading& reading, Instant written, const Zone& zone)
      : reading_(reading), words_(reading.words), language_(reading.language), written_(written),
        zone_(zone) {
    Civil now = zone.civil(written);
    today_ = sys_days(std::chrono::year_month_day(std::chrono::year(now.year),
                                                  std::chrono::month(static_cast<unsigned>(now.month)),
                                                  std::chrono::day(static_cast<unsigned>(now.day))));
    for (int hour : {12, 18, 24})
      for (const Match& match : find(day_parts(hour))) parts_.push_back({match, hour});
    limits_ = find(limits());
    spans_ = by_end(find(spans()));
    clocks_ = by_end(find(clock_markers()));
  }

  std::vector<NamedTime> run() {
    find_phrases();
    find_days();
    find_clocks();
    find_spans();
    std::sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
      return a.first != b.first ? a.first < b.first : a.last > b.last;
    });
    std::vector<Found> apart;
    for (const Found& one : found_)
      if (apart.empty() || one.first >= apart.back().last) apart.push_back(one);
    if (apart.size() > k_most_times) apart.resize(k_most_times);
    return told(joined(apart));
  }

 private:
  std::vector<Match> find(Lexicon lexicon) const { return reading_.find(words_of(lexicon, language_)); }
  std::string_view word(std::size_t i) const {
    return i < words_.size() ? words_[i].folded : std::string_view();
  }
  bool same_sentence(std::size_t a, std::size_t b) const {
    return a < words_.size() && b < words_.size() && words_[a].sentence == words_[b].sentence;
  }
  // What stands in the text between two words.
  std::string_view between(std::size_t a, std::size_t b) const {
    return reading_.text.substr(words_[a].end, words_[b].begin - words_[a].end);
  }
  // Of each word the longest match that ends before it.
  using ByEnd = std::vector<std::optional<Match>>;
  ByEnd by_end(const std::vector<Match>& matches) const {
    ByEnd ends(words_.size() + 1);
    for (const Match& match : matches)
      if (!ends[match.last] || match.first < ends[match.last]->first) ends[match.last] = match;
    return ends;
  }
  static const Match* ending_at(const ByEnd& matches, std::size_t word) {
    return word < matches.size() && matches[word] ? &*matches[word] : nullptr;
  }

  Instant at(sys_days day, int hour, int minute, int second) const {
    std::chrono::year_month_day date(day);
    Civil civil;
    civil.year = static_cast<int>(date.year());
    civil.month = static_cast<int>(static_cast<unsigned>(date.month()));
    civil.day = static_cast<int>(static_cast<unsigned>(date.day()));
    civil.hour = hour;
    civil.minute = minute;
    civil.second = second;
    return zone_.instant(civil);
  }
  Instant end_of(sys_days day) const { return at(day, 23, 59, 59); }
  int weekday_of(sys_days day) const { return static_cast<int>(std::chrono::weekday(day).c_encoding()); }
  sys_days working_days_later(int n) const {
    sys_days day = today_;
    for (int left = std::min(n, 500); left > 0;) {
      day += days(1);
      int weekday = weekday_of(day);
      if (weekday != 0 && weekday != 6) --left;
    }
    return day;
  }
  sys_days monday_of_next_week() const { return today_ + days(7 - (weekday_of(today_) + 6) % 7); }
  sys_days end_of_month(int later) const {
    std::chrono::year_month_day date(today_);
    auto month = date.year() / date.month() + std::chrono::months(later);
    return sys_days(month / std::chrono::last);
  }

  // "Friday afternoon": what follows the day says until when.
  void take_part_of_day(Found& day) const {
    for (const auto& [match, hour] : parts_)
      if (match.first == day.last && same_sentence(day.first, match.first)) {
        day.last = match.last;
        day.hour = hour == 24 ? -1 : hour;
        return;
      }
  }

  void find_phrases() {
    for (const TimePhrase& row : time_phrases()) {
      if (row.language != language_) continue;
      for (const Match& match : reading_.find(row.phrases)) {
        Found found{match.first, match.last, Kind::day};
        switch (row.what) {
        case TimeWord::nothing: found.kind = Kind::nothing; break;
        case TimeWord::day: found.day = today_ + days(row.days); break;
        case TimeWord::working_day: found.day = working_days_later(row.days); break;
        case TimeWord::week_end: {
          int weekday = weekday_of(today_); // at the weekend what is left of the week is the weekend
          found.day = today_ + days(weekday == 0 ? 0 : weekday == 6 ? 1 : 5 - weekday);
          break;
        }
        case TimeWord::next_week_end:
          found.kind = Kind::next_week;
          found.day = monday_of_next_week() + days(4);
          break;
        case TimeWord::month_end: found.day = end_of_month(0); break;
        case TimeWord::next_month_end: found.day = end_of_month(1); break;
        case TimeWord::noon: found.kind = Kind::clock; break;
        }
        found.hour = row.what == TimeWord::noon ? 12 : row.hour;
        found_.push_back(found);
      }
    }
  }

  void find_days() {
    std::vector<NamedDay> dates = days_of(reading_, today_);
    for (const NamedDay& date : dates) {
      if (!date.day || !date.day->ok()) continue;
      Found found{date.first, date.last, Kind::day};
      found.day = sys_days(*date.day);
      found.is_date = true;
      take_part_of_day(found);
      found_.push_back(found);
    }
    std::vector<Match> later_weeks = find(next_week_markers());
    for (std::size_t i = 0; i < words_.size(); ++i) {
      int weekday = weekday_named(language_, word(i));
      if (weekday < 0) continue;
      Found found{i, i + 1, Kind::day};
      found.is_date = true;
      found.weekday = weekday;
      int ahead = (weekday - weekday_of(today_) + 7) % 7;
      found.day = today_ + days(ahead == 0 ? 7 : ahead);
      take_part_of_day(found);
      for (const Match& match : later_weeks)
        if (match.first == found.last && same_sentence(i, match.first)) {
          found.last = match.last;
          found.day = monday_of_next_week() + days((weekday + 6) % 7);
        }
      found_.push_back(found);
    }
    if (language_ != "en") find_numeric_dates();
  }

  // 9.1., 09.01.2026, 09/01/2026: day before month.
  void find_numeric_dates() {
    for (std::size_t i = 0; i + 1 < words_.size(); ++i) {
      int d = plain_number(i), m = plain_number(i + 1);
      if (d < 1 || d > 31 || m < 1 || m > 12 || !same_sentence(i, i + 1)) continue;
      std::string_view joint = between(i, i + 1);
      if (joint != "." && joint != ". " && joint != "/") continue;
      if (ending_at(clocks_, i) && language_ != "ru" && word(i + 1).size() == 2) continue; // kl. 10.12
      int y = i + 2 < words_.size() && between(i + 1, i + 2) == joint && word(i + 2).size() == 4
                  ? plain_number(i + 2)
                  : -1;
      bool dot_behind = words_[i + 1].end < reading_.text.size() && reading_.text[words_[i + 1].end] == '.';
      if (y < 0 && !(joint == "/" || dot_behind || word(i + 1).size() == 2)) continue;
      auto date =
          std::chrono::year(y > 0 ? y : static_cast<int>(std::chrono::year_month_day(today_).year())) / m / d;
      if (!date.ok() || y > 2200) continue;
      if (y < 0 && sys_days(date) < today_ - days(180)) date = (date.year() + std::chrono::years(1)) / m / d;
      if (!date.ok()) continue;
      Found found{i, i + (y > 0 ? 3U : 2U), Kind::day};
      found.day = sys_days(date);
      found.is_date = true;
      if (i > 0 && weekday_named(language_, word(i - 1)) >= 0 && same_sentence(i, i - 1)) --found.first;
      take_part_of_day(found);
      found_.push_back(found);
    }
  }

  int plain_number(std::size_t i) const {
    std::string_view text = word(i);
    int value = -1;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : -1;
  }

  void add_clock(std::size_t first, std::size_t last, int hour, int minute) {
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || (hour == 24 && minute > 0)) return;
    Found found{first, last, Kind::clock};
    found.hour = hour;
    found.minute = minute;
    found_.push_back(found);
  }

  void find_clocks() {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (!words_[i].number) continue;
      const Match* marker = ending_at(clocks_, i);
      int hour = plain_number(i);
      if (hour < 0) { // 14h30, 2pm, 14h
        int h = 0, m = 0;
        std::string_view text = word(i);
        const char* end = text.data() + text.size();
        auto head = std::from_chars(text.data(), text.data() + text.size(), h);
        std::string_view rest(head.ptr, static_cast<std::size_t>(end - head.ptr));
        if (rest == "am" || rest == "pm") {
          add_clock(i, i + 1, h % 12 + (rest == "pm" ? 12 : 0), 0);
        } else if (rest.starts_with('h')) {
          rest.remove_prefix(1);
          bool minutes =
              !rest.empty() && std::from_chars(rest.data(), rest.data() + rest.size(), m).ptr == end;
          if (minutes || (rest.empty() && marker && !ending_at(spans_, i))) add_clock(i, i + 1, h, m);
        }
        continue;
      }
      std::size_t last = i + 1;
      int minute = 0;
      bool sure = false;
      if (i + 1 < words_.size() && same_sentence(i, i + 1) && word(i + 1).size() >= 2) {
        std::string_view joint = between(i, i + 1);
        int m = plain_number(i + 1);
        if (m >= 0 && word(i + 1).size() == 2 && (joint == ":" || (joint == "." && marker))) {
          minute = m;
          last = i + 2;
          sure = true;
        }
      }
      std::string_view next = same_sentence(i, last) ? word(last) : std::string_view();
      if (next == "a" && language_ == "eo") next = word(++last); // la 14-a horo
      bool pm = next == "pm" || (next == "p" && word(last + 1) == "m"),
           am = next == "am" || (next == "a" && word(last + 1) == "m" && language_ == "en");
      if (am || pm) {
        last += next.size() == 2 ? 1 : 2;
        if (hour >= 1 && hour <= 12) hour = hour % 12 + (pm ? 12 : 0);
        sure = true;
      } else if (next == "uhr" || (next == "o" && word(last + 1) == "clock")) {
        last += next == "o" ? 2 : 1;
        sure = true;
      } else if (marker && unit_named(language_, next) == Unit::hour && !ending_at(spans_, i)) {
        ++last; // в 14 часов, à 14 heures, a las 14 horas, je la 14-a horo
        sure = true;
      } else if (marker) {
        std::string_view head = word(marker->last - 1);
        sure = sure || head.starts_with("kl") || (language_ == "de" && head == "um") || head == "las" ||
               (language_ == "eo" && head == "la" && last > i + 1);
      }
      if (sure) add_clock(i, std::min(last, words_.size()), hour, minute);
    }
  }

  void find_spans() {
    std::vector<Match> behind = find(trailing_spans());
    for (std::size_t u = 0; u < words_.size(); ++u) {
      std::size_t last = u + 1, number = u;
      int n = 0;
      Unit unit = unit_named(language_, word(u));
      if (unit == Unit::none) { // 24h, 48h
        std::string_view text = word(u);
        int value = 0;
        if (!words_[u].number || !text.ends_with('h') ||
            std::from_chars(text.data(), text.data() + text.size(), value).ptr + 1 !=
                text.data() + text.size())
          continue;
        unit = Unit::hour;
        n = value;
      } else {
        if (last < words_.size() && same_sentence(u, last) && makes_working_days(language_, word(last)) &&
            unit == Unit::day) {
          unit = Unit::working_day;
          ++last;
        }
        std::size_t at = u;
        if (at > 0 && makes_working_days(language_, word(at - 1)) && unit == Unit::day) {
          unit = Unit::working_day;
          --at;
        }
        if (at > 0 && word(at - 1) == "of") --at; // a couple of days
        if (at > 0 && same_sentence(at - 1, u)) n = number_named(language_, word(at - 1));
        number = n > 0 ? at - 1 : at;
        if (n == 0 && language_ == "ru") n = 1; // через неделю
        if (n == 0) continue;
        // The larger of two numbers is meant: 2-3 days, two to three days.
        if (number > 0 && number_named(language_, word(number - 1)) > 0 && same_sentence(number - 1, u))
          --number;
        else if (number > 1 && number_named(language_, word(number - 2)) > 0 &&
                 same_sentence(number - 2, u) && is_to(word(number - 1)))
          number -= 2;
      }
      const Match* before = ending_at(spans_, number);
      bool introduced = before != nullptr;
      for (const Match& match : behind) introduced = introduced || match.first == last;
      if (!introduced) continue;
      Found found{before ? before->first : number, last, Kind::span};
      switch (unit) {
      case Unit::minute: found.end = written_ + std::chrono::minutes(n); break;
      case Unit::hour: found.end = written_ + std::chrono::hours(n); break;
      case Unit::day: found.end = end_of(today_ + days(n)); break;
      case Unit::working_day: found.end = end_of(working_days_later(n)); break;
      case Unit::week: found.end = end_of(today_ + days(7 * n)); break;
      default: {
        std::chrono::year_month_day date(today_);
        auto month = date.year() / date.month() + std::chrono::months(n);
        auto then = month / date.day();
        found.end = end_of(then.ok() ? sys_days(then) : sys_days(month / std::chrono::last));
      }
      }
      found.whole_day = unit != Unit::minute && unit != Unit::hour;
      found_.push_back(found);
    }
  }

  static bool is_to(std::string_view word) {
    for (std::string_view one :
         {"to", "or", "til", "eller", "до", "или", "ĝis", "aŭ", "bis", "oder", "à", "ou", "a", "o"})
      if (word == one) return true;
    return false;
  }

  // A day and the time of day beside it are one; so are "next week" and the day of it.
  std::vector<Found> joined(const std::vector<Found>& apart) const {
    constexpr std::size_t k_gap = 3;
    std::vector<Found> all;
    for (const Found& one : apart) {
      if (one.kind == Kind::nothing) continue;
      if (!all.empty() && same_sentence(all.back().first, one.first) &&
          one.first - all.back().last <= k_gap) {
        Found& before = all.back();
        bool day_then_clock = before.kind == Kind::day && before.hour < 0 && one.kind == Kind::clock;
        bool clock_then_day = before.kind == Kind::clock && one.kind == Kind::day && one.hour < 0;
        if (before.kind == Kind::next_week && one.weekday >= 0) {
          before.kind = Kind::day;
          before.day = monday_of_next_week() + days((one.weekday + 6) % 7);
          before.hour = one.hour;
          before.last = one.last;
          continue;
        }
        if (day_then_clock || clock_then_day) {
          const Found& day = day_then_clock ? before : one;
          const Found& clock = day_then_clock ? one : before;
          Found both = day;
          both.hour = clock.hour;
          both.minute = clock.minute;
          both.first = before.first;
          both.last = one.last;
          before = both;
          continue;
        }
      }
      all.push_back(one);
    }
    return all;
  }

  bool is_before(std::size_t i) const {
    std::string_view one = word(i);
    for (std::string_view known : {"before", "før", "antaŭ", "vor", "avant", "antes"})
      if (one == known) return true;
    return false;
  }

  std::vector<NamedTime> told(const std::vector<Found>& all) const {
    std::vector<NamedTime> times;
    for (const Found& one : all) {
      NamedTime time{one.first, one.last, {}, false, one.kind == Kind::span};
      bool before = false;
      for (const Match& match : limits_) {
        bool leads = match.last <= one.first && one.first - match.last <= 2 &&
                     same_sentence(match.first, one.first) && is_bridge(match.last, one.first);
        bool trails =
            match.first >= one.last && match.first - one.last <= 1 && same_sentence(match.first, one.first);
        if (!leads && !trails) continue;
        time.limit = true;
        if (leads) {
          time.first = std::min(time.first, match.first);
          before = before || is_before(match.first);
        }
      }
      if (one.kind == Kind::span) {
        time.end = one.end;
        time.whole_day = one.whole_day;
      } else if (one.kind == Kind::clock) {
        const Match* marker = ending_at(clocks_, one.first);
        if (marker) time.first = std::min(time.first, marker->first);
        time.end = at(today_, one.hour, one.minute, 0);
        if (time.end <= written_) time.end = at(today_ + days(1), one.hour, one.minute, 0);
      } else if (one.hour >= 0) {
        time.end = at(one.day, one.hour, one.minute, 0);
      } else {
        // "Before Friday" is on Thursday at the latest.
        sys_days day = before && one.is_date && one.day > today_ + days(1) ? one.day - days(1) : one.day;
        time.end = end_of(day);
        time.whole_day = true;
      }
      if (time.end > written_) times.push_back(time);
    }
    return times;
  }

  // Only small words stand between "by" and its day: "bis zum", "by next", "до следующей".
  bool is_bridge(std::size_t from, std::size_t to) const {
    for (std::size_t i = from; i < to; ++i)
      if (count_code_points(word(i)) > 9 || words_[i].number) return false;
    return to == from || between(from - 1, to).find_first_of(",;:") == std::string_view::npos;
  }

  const Reading& reading_;
  const std::vector<Word>& words_;
  const std::string& language_;
  Instant written_;
  const Zone& zone_;
  sys_days today_{};
  std::vector<std::pair<Match, int>> parts_;
  std::vector<Match> limits_;
  ByEnd spans_, clocks_;
  std::vector<Found> found_;
};

} // namespace

std::vector<NamedTime> times_of(const Reading& reading, Instant written, const Zone& zone) {
  return TimeSearch(reading, written, zone).run();
}

} // namespace helpdesk::lint
