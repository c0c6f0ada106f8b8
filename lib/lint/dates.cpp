#include "lint/dates.hpp"

#include "base/text.hpp"

#include <charconv>

namespace helpdesk::lint {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year;
using std::chrono::year_month_day;

// Beginnings of the names, from January and from Sunday on.
// clang-format off
constexpr Words k_months[] = {
    {"en", "january|february|march|april|may|june|july|august|september|october|november|december"},
    {"nb", "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"},
    {"ru", "январ|феврал|март|апрел|мая|июн|июл|август|сентябр|октябр|ноябр|декабр"},
    {"eo", "januar|februar|mart|april|majo|juni|juli|aŭgust|septembr|oktobr|novembr|decembr"},
    {"de", "januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"},
    {"fr", "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"},
    {"es", "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"},
};
constexpr Words k_weekdays[] = {
    {"en", "sunday|monday|tuesday|wednesday|thursday|friday|saturday"},
    {"nb", "søndag|mandag|tirsdag|onsdag|torsdag|fredag|lørdag"},
    {"ru", "воскресень|понедельник|вторник|сред|четверг|пятниц|суббот"},
    {"eo", "dimanĉ|lund|mard|merkred|ĵaŭd|vendred|sabat"},
    {"de", "sonntag|montag|dienstag|mittwoch|donnerstag|freitag|samstag"},
    {"fr", "dimanche|lundi|mardi|mercredi|jeudi|vendredi|samedi"},
    {"es", "domingo|lunes|martes|miércoles|jueves|viernes|sábado"},
};
// clang-format on
constexpr std::size_t k_longest_ending = 4; // bytes behind the beginning of a name

int place_of(std::string_view names, std::string_view word) {
  int at = 0;
  for (std::string_view name : split(names, '|')) {
    // "mai" is no "mail", "mart" no "martha": only endings of cases follow.
    if (word == name || (word.size() > name.size() && name.size() > 3 && word.starts_with(name) &&
                         word.size() - name.size() <= k_longest_ending))
      return at;
    ++at;
  }
  return -1;
}

int number_of(std::string_view word) {
  int value = 0;
  auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc()) return -1;
  std::string_view ending(end, static_cast<std::size_t>(word.data() + word.size() - end));
  bool known = ending.empty() || ending == "st" || ending == "nd" || ending == "rd" || ending == "th" ||
               ending == "er" || ending == "an" || ending == "a" || ending == "го" || ending == "e";
  return known ? value : -1;
}

std::optional<year_month_day> nearest_year(unsigned d, unsigned m, sys_days today) {
  year_month_day now{today};
  std::optional<year_month_day> best;
  for (int offset : {0, 1, -1}) {
    year_month_day candidate{now.year() + std::chrono::years(offset), month(m), day(d)};
    if (!candidate.ok()) continue;
    auto away = [&](year_month_day c) { return std::chrono::abs(sys_days(c) - today); };
    if (!best || away(candidate) < away(*best)) best = candidate;
  }
  return best;
}

} // namespace

int weekday_named(std::string_view language, std::string_view word) {
  if (word == "среди" || word == "средний" || word == "средняя") return -1; // begin as Wednesday does
  return place_of(words_of(k_weekdays, language), word);
}

std::vector<NamedDay> days_of(const Reading& reading, sys_days today) {
  std::vector<NamedDay> days;
  std::string_view months = words_of(k_months, reading.language),
                   weekdays = words_of(k_weekdays, reading.language);
  const auto& words = reading.words;
  auto word = [&](std::size_t i) { return i < words.size() ? words[i].folded : std::string_view(); };
  auto is_joint = [&](std::size_t i) { // stands between the parts of a date
    return word(i) == "de" || word(i) == "la" || word(i) == "an" || word(i) == "the" || word(i) == "of" ||
           word(i) == "den" || word(i) == "dem" || word(i) == "le" || word(i) == "el" || word(i) == "del" ||
           word(i) == "día" || word(i) == "di" || word(i) == "a";
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    NamedDay found;
    found.first = i;
    int d = -1, m = -1, y = -1;
    std::size_t last = i;
    if (words[i].number && words[i].folded.size() == 4 && i + 2 < words.size() &&
        words[i + 2].end - words[i].begin == 10 && reading.text[words[i].end] == '-') { // 2025-05-03
      y = number_of(word(i));
      m = number_of(word(i + 1)) - 1;
      d = number_of(word(i + 2));
      last = i + 3;
    } else if (words[i].number) { // 3 May
      d = number_of(word(i));
      std::size_t at = i + 1;
      while (at < i + 4 && is_joint(at)) ++at;
      m = at < words.size() && words[at].sentence == words[i].sentence ? place_of(months, word(at)) : -1;
      last = at + 1;
    } else if (reading.language == "en" && i + 1 < words.size() && words[i + 1].number) { // May 3
      m = place_of(months, word(i));
      d = number_of(word(i + 1));
      last = i + 2;
    }
    if (d < 1 || d > 31 || m < 0 || m > 11) continue;
    if (y < 0) {
      std::size_t at = last;
      while (at < last + 2 && is_joint(at)) ++at;
      if (at < words.size() && words[at].number && word(at).size() == 4 &&
          words[at].sentence == words[i].sentence) {
        y = number_of(word(at));
        if (y > 1970 && y < 2200)
          last = at + 1;
        else
          y = -1;
      }
    }
    found.year_written = y > 0;
    if (y > 0)
      found.day = year_month_day(year(y), month(static_cast<unsigned>(m) + 1), day(static_cast<unsigned>(d)));
    else
      found.day = nearest_year(static_cast<unsigned>(d), static_cast<unsigned>(m) + 1, today);
    std::size_t before = i;
    while (before > 0 && i - before < 2 && is_joint(before - 1)) --before;
    if (before > 0 && words[before - 1].sentence == words[i].sentence)
      if (int w = place_of(weekdays, word(before - 1)); w >= 0) {
        found.weekday = weekday(static_cast<unsigned>(w));
        found.first = before - 1;
      }
    found.last = std::min(last, words.size());
    days.push_back(found);
    i = found.last - 1;
  }
  return days;
}

} // namespace helpdesk::lint
