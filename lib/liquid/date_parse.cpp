#include "base/text.hpp"
#include "liquid/characters.hpp"
#include "liquid/date.hpp"

#include <chrono>
#include <vector>

namespace helpdesk::liquid {

namespace {

// One word of a written date: digits, letters, or a single other character.
struct Word {
  enum class Type : unsigned char { number, letters, other };
  Type type;
  std::string text;
  int value = 0;
  bool spaced = false; // white space stands before it
};

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  bool spaced = false;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (is_space(c)) {
      spaced = true;
      ++i;
      continue;
    }
    auto end = i + 1;
    Word word{Word::Type::other, {}, 0, spaced};
    if (is_ascii_digit(c)) {
      word.type = Word::Type::number;
      while (end < text.size() && is_ascii_digit(text[end])) ++end;
      for (const char d : text.substr(i, std::min<std::size_t>(9, end - i)))
        word.value = word.value * 10 + (d - '0');
    } else if (is_ascii_letter(c)) {
      word.type = Word::Type::letters;
      while (end < text.size() && is_ascii_letter(text[end])) ++end;
    }
    word.text = ascii_lower(text.substr(i, end - i));
    words.push_back(std::move(word));
    spaced = false;
    i = end;
    if (words.size() > 64) break;
  }
  return words;
}

int month_of(std::string_view word) {
  static constexpr std::string_view k_months[] = {"january",   "february", "march",    "april",
                                                  "may",       "june",     "july",     "august",
                                                  "september", "october",  "november", "december"};
  if (word.size() < 3) return 0;
  for (int i = 0; i < 12; ++i)
    if (k_months[i].starts_with(word.substr(0, 3)) &&
        (word.size() == 3 || k_months[i] == word || word == "sept"))
      return i + 1;
  return 0;
}

bool is_weekday(std::string_view word) {
  static constexpr std::string_view k_days[] = {"sunday",   "monday", "tuesday", "wednesday",
                                                "thursday", "friday", "saturday"};
  for (const auto day : k_days)
    if (word.size() >= 3 && day.starts_with(word)) return true;
  return word == "tues" || word == "thur" || word == "thurs";
}

std::optional<int> zone_hours(std::string_view word) {
  static constexpr std::pair<std::string_view, int> k_zones[] = {
      {"utc", 0},  {"gmt", 0},  {"z", 0},    {"est", -5}, {"edt", -4}, {"cst", -6},
      {"cdt", -5}, {"mst", -7}, {"mdt", -6}, {"pst", -8}, {"pdt", -7}, {"cet", 1},
      {"cest", 2}, {"eet", 2},  {"eest", 3}, {"bst", 1},  {"msk", 3},  {"jst", 9}};
  for (const auto& [name, hours] : k_zones)
    if (name == word) return hours;
  return std::nullopt;
}

int full_year(int year, std::size_t digits) { return digits > 2 ? year : year + (year >= 69 ? 1900 : 2000); }

class DateReader {
 public:
  explicit DateReader(std::string_view text) : words_(words_of(text)) {}

  bool read() {
    for (at_ = 0; at_ < words_.size();) {
      if (!step()) ++at_;
      if (bad_) return false;
    }
    return !bad_ && (day_ > 0 || month_ > 0 || year_given_ || hour_ >= 0);
  }

  std::optional<Date> date(Instant now, const Zone& zone) const {
    const auto today = zone.civil(now);
    Civil civil;
    civil.year = year_given_ ? year_ : today.year;
    // What stands before the first given part comes from today, what stands behind it is the first.
    const bool any_date = year_given_ || month_ > 0 || day_ > 0;
    civil.month = month_ > 0 ? month_ : year_given_ ? 1 : today.month;
    civil.day = day_ > 0 ? day_ : any_date ? 1 : today.day;
    civil.hour = std::max(hour_, 0);
    civil.minute = minute_;
    civil.second = second_;
    civil.microsecond = microsecond_;
    const std::chrono::year_month_day ymd(std::chrono::year(civil.year),
                                          std::chrono::month(static_cast<unsigned>(civil.month)),
                                          std::chrono::day(static_cast<unsigned>(civil.day)));
    if (!ymd.ok() || civil.hour > 24 || civil.minute > 59 || civil.second > 60) return std::nullopt;
    if (!offset_) {
      auto date = date_at(zone.instant(civil), zone);
      return date;
    }
    const auto days = std::chrono::sys_days(ymd).time_since_epoch().count();
    const std::int64_t seconds = static_cast<std::int64_t>(days) * 86400 + civil.hour * 3600 +
                                 civil.minute * 60 + civil.second - *offset_;
    return Date{instant_of_micros(seconds * 1'000'000 + microsecond_), *offset_, zone_name_};
  }

 private:
  const Word* word(std::size_t ahead = 0) const {
    return at_ + ahead < words_.size() ? &words_[at_ + ahead] : nullptr;
  }
  bool is_number(std::size_t ahead) const { return word(ahead) && word(ahead)->type == Word::Type::number; }
  bool is_char(std::size_t ahead, char c) const {
    return word(ahead) && word(ahead)->text.size() == 1 && word(ahead)->text[0] == c;
  }

  bool step() { return time() || numeric_date() || compact() || named() || zone() || lone_number(); }

  // 14:30[:15[.5]] [pm], 3pm
  bool time() {
    if (hour_ >= 0 || !is_number(0) || word()->text.size() > 2) return false;
    std::size_t length = 1;
    int minute = 0, second = 0;
    if (is_char(1, ':') && is_number(2)) {
      minute = word(2)->value;
      length = 3;
      if (is_char(3, ':') && is_number(4)) {
        second = word(4)->value;
        length = 5;
        if ((is_char(5, '.') || is_char(5, ',')) && is_number(6)) {
          auto digits = word(6)->text.substr(0, 6);
          digits.resize(6, '0');
          microsecond_ = std::stoi(digits);
          length = 7;
        }
      }
    }
    const auto* half = word(length);
    const bool has_half = half && (half->text == "am" || half->text == "pm");
    if (length == 1 && !has_half) return false;
    auto hour = word()->value;
    if (has_half) {
      if (hour > 12) bad_ = true;
      hour = hour % 12 + (half->text == "pm" ? 12 : 0);
      ++length;
    }
    hour_ = hour;
    minute_ = minute;
    second_ = second;
    at_ += length;
    if (word() && word()->type == Word::Type::letters && word()->text == "t") ++at_;
    offset();
    return true;
  }

  // "+01:00", "-0400" behind a time.
  void offset() {
    if (offset_ || !(is_char(0, '+') || is_char(0, '-')) || !is_number(1)) return;
    const auto& digits = word(1)->text;
    const int sign = is_char(0, '-') ? -1 : 1;
    if (digits.size() == 4) {
      offset_ = sign * (word(1)->value / 100 * 3600 + word(1)->value % 100 * 60);
      at_ += 2;
    } else if (digits.size() <= 2) {
      const bool minutes = is_char(2, ':') && is_number(3);
      offset_ = sign * (word(1)->value * 3600 + (minutes ? word(3)->value * 60 : 0));
      at_ += minutes ? 4 : 2;
    }
    if (offset_ && (*offset_ > 86400 || *offset_ < -86400)) bad_ = true;
  }

  // 2020-06-15, 15.6.2020, 2020/6/15, 15/6/2020, 6/15
  bool numeric_date() {
    if (day_ > 0 || !is_number(0) || !word(1) || word(1)->type != Word::Type::other ||
        word(1)->text.size() != 1)
      return false;
    const char separator = word(1)->text[0];
    if ((separator != '-' && separator != '/' && separator != '.') || !is_number(2)) {
      if (separator == '-' && word(2) && word(2)->type == Word::Type::letters && month_of(word(2)->text))
        return dashed_month();
      return false;
    }
    const auto first = *word(0), second = *word(2);
    if (!is_char(3, separator) || !is_number(4)) {
      if (first.text.size() > 2) {
        set_year(first);
        month_ = second.value;
      } else {
        month_ = first.value;
        day_ = second.value;
      }
      at_ += 3;
      return check();
    }
    const auto third = *word(4);
    month_ = second.value;
    const bool day_first = third.text.size() > 2 && first.text.size() <= 2;
    set_year(day_first ? third : first);
    day_ = (day_first ? first : third).value;
    at_ += 5;
    if (word() && word()->text == "t") ++at_;
    return check();
  }

  // 14-Mar-2016
  bool dashed_month() {
    day_ = word(0)->value;
    month_ = month_of(word(2)->text);
    at_ += 3;
    if (is_char(0, '-') && is_number(1)) {
      set_year(*word(1));
      at_ += 2;
    }
    return check();
  }

  // 20200615, 20200615T143045
  bool compact() {
    if (day_ > 0 || !is_number(0) || (word()->text.size() != 8 && word()->text.size() != 14)) return false;
    const auto& text = word()->text;
    const auto part = [&text](std::size_t from, std::size_t n) { return std::stoi(text.substr(from, n)); };
    year_ = part(0, 4);
    year_given_ = true;
    month_ = part(4, 2);
    day_ = part(6, 2);
    if (text.size() == 14) {
      hour_ = part(8, 2);
      minute_ = part(10, 2);
      second_ = part(12, 2);
    }
    ++at_;
    if (word() && word()->text == "t" && is_number(1) && word(1)->text.size() == 6) {
      const auto& clock = word(1)->text;
      hour_ = std::stoi(clock.substr(0, 2));
      minute_ = std::stoi(clock.substr(2, 2));
      second_ = std::stoi(clock.substr(4, 2));
      at_ += 2;
      offset();
    }
    return check();
  }

  // Month and weekday names, and "14th".
  bool named() {
    if (!word() || word()->type != Word::Type::letters) return false;
    if (const auto month = month_ == 0 ? month_of(word()->text) : 0) {
      month_ = month;
      ++at_;
      if (is_char(0, '.')) ++at_;
      return true;
    }
    if (!is_weekday(word()->text)) return false;
    ++at_;
    return true;
  }

  bool zone() {
    if (!word() || word()->type != Word::Type::letters || hour_ < 0 || offset_) return false;
    const auto hours = zone_hours(word()->text);
    if (!hours) return false;
    offset_ = *hours * 3600;
    zone_name_ = word()->text == "z" ? "UTC" : word()->text;
    for (auto& c : zone_name_)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    ++at_;
    return true;
  }

  // A day or a year beside a month's name.
  bool lone_number() {
    if (!is_number(0)) return false;
    const auto& number = *word();
    const bool apostrophe = at_ > 0 && words_[at_ - 1].text == "'";
    const bool month_near = month_ > 0 || (word(1) && month_of(word(1)->text) > 0) ||
                            (word(2) && (word(1)->text == "th" || word(1)->text == "st" ||
                                         word(1)->text == "nd" || word(1)->text == "rd"));
    if (!month_near) return false;
    if (number.text.size() > 2 || apostrophe || day_ > 0) {
      if (year_given_) return false;
      set_year(number);
    } else {
      day_ = number.value;
    }
    ++at_;
    if (word() &&
        (word()->text == "th" || word()->text == "st" || word()->text == "nd" || word()->text == "rd"))
      ++at_;
    return check();
  }

  void set_year(const Word& number) {
    year_ = full_year(number.value, number.text.size());
    year_given_ = true;
    if (number.text.size() > 4) bad_ = true;
  }

  bool check() {
    if (month_ > 12 || day_ > 31 || (month_ == 0 && day_ > 0 && year_given_)) bad_ = true;
    return true;
  }

  std::vector<Word> words_;
  std::size_t at_ = 0;
  bool bad_ = false, year_given_ = false;
  int year_ = 0, month_ = 0, day_ = 0, hour_ = -1, minute_ = 0, second_ = 0, microsecond_ = 0;
  std::optional<int> offset_;
  std::string zone_name_;
};

} // namespace

Date date_at(Instant instant, const Zone& zone) {
  return {instant, zone.civil(instant).offset_seconds, std::string(zone.name())};
}

std::optional<Date> parse_date(std::string_view text, Instant now, const Zone& zone) {
  if (text.size() > 200) return std::nullopt;
  DateReader reader(text);
  if (!reader.read()) return std::nullopt;
  return reader.date(now, zone);
}

} // namespace helpdesk::liquid
