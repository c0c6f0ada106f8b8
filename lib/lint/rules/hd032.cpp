#include "base/text.hpp"
#include "lint/dates.hpp"
#include "lint/rule.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

using std::chrono::sys_days;

// clang-format off
// What is still to be done: a date of such a sentence must not have passed.
constexpr Words k_future[] = {
    {"en", "will|ll|going to|shall|by|arrives|leaves|ships"},
    {"nb", "vil|skal|kommer|innen|blir|sender|leveres"},
    {"ru", "будет|будут|придёт|придет|отправим|вышлем|напишу|напишем|доставим|вернём|вернем|до|к"},
    {"eo", "alvenos|sendos|estos|skribos|ĝis|faros|repagos|ricevos|venos"},
    {"de", "wird|werden|werde|kommt|bis|spätestens|liefern|schicken|erhalten"},
    {"fr", "sera|seront|arrivera|recevrez|enverrons|enverrai|écrirai|d ici|avant le|au plus tard"},
    {"es", "llegará|será|enviaremos|enviaré|recibirá|escribiré|antes del|a más tardar|devolveremos"},
};
// clang-format on
constexpr std::string_view k_days[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                       "Thursday", "Friday", "Saturday"};

// "A-1009", "INV 2024-17" is no single one: letters, a dash or none, digits.
std::vector<std::pair<std::size_t, std::size_t>> codes_of(std::string_view text) {
  std::vector<std::pair<std::size_t, std::size_t>> codes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && (static_cast<unsigned char>(text[i - 1]) > ' ') && text[i - 1] != '(' && text[i - 1] != '#')
      continue;
    std::size_t end = i;
    while (end < text.size() && end - i < 5 && text[end] >= 'A' && text[end] <= 'Z') ++end;
    std::size_t letters = end - i;
    if (letters == 0) continue;
    if (end < text.size() && text[end] == '-') ++end;
    std::size_t digits = end;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9' && end - digits < 14) ++end;
    bool whole = end >= text.size() ||
                 !((text[end] >= '0' && text[end] <= '9') || (text[end] | 0x20) >= 'a' || text[end] == '-');
    if (end - digits >= 3 && whole) codes.emplace_back(i, end);
  }
  return codes;
}

// Amounts with two decimals, as their digits: "49,90 €", "EUR 49.90".
std::vector<std::pair<std::size_t, std::size_t>> amounts_of(std::string_view text) {
  std::vector<std::pair<std::size_t, std::size_t>> amounts;
  auto is_digit_byte = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_digit_byte(text[i]) ||
        (i > 0 && (is_digit_byte(text[i - 1]) || text[i - 1] == '.' || text[i - 1] == ',')))
      continue;
    std::size_t end = i;
    while (end < text.size() && is_digit_byte(text[end]) && end - i < 8) ++end;
    bool cents = end + 2 < text.size() && (text[end] == '.' || text[end] == ',') &&
                 is_digit_byte(text[end + 1]) && is_digit_byte(text[end + 2]);
    bool more = end + 3 < text.size() && is_digit_byte(text[end + 3]); // "1.000"
    bool date = end + 4 < text.size() && text[end + 3] == '.' && is_digit_byte(text[end + 4]);
    if (!cents || more || date) continue;
    end += 3;
    std::string_view behind = text.substr(end, 5), before = text.substr(i < 4 ? 0 : i - 4, i < 4 ? i : 4);
    bool money = false;
    for (std::string_view sign :
         {"€", "$", "£", "EUR", "USD", "NOK", "GBP", "CHF", "kr", "руб", "₽", "eŭr", "eur"})
      money = money || behind.find(sign) != behind.npos || before.find(sign) != before.npos;
    if (money) amounts.emplace_back(i, end);
  }
  return amounts;
}

std::string digits_of(std::string_view s) {
  std::string digits;
  for (char c : s)
    if (c >= '0' && c <= '9') digits += c;
  return digits;
}

void compare_codes(Check& check, const std::string& theirs) {
  std::string_view text = check.reading.text;
  std::vector<std::string> known;
  for (auto [begin, end] : codes_of(theirs)) known.push_back(theirs.substr(begin, end - begin));
  if (known.empty()) return;
  for (auto [begin, end] : codes_of(text)) {
    std::string code(text.substr(begin, end - begin));
    if (theirs.find(code) != std::string::npos) continue;
    // Only what is nearly the same is a slip: an invoice's number may well be new.
    for (const std::string& one : known)
      if (edit_distance(one, code) <= 2 && one.size() == code.size() && one[0] == code[0]) {
        check.add(begin, end, fmt::format("\"{}\" in the reply, \"{}\" in the conversation", code, one),
                  fmt::format("write {}, or make sure that another one is meant", one));
        break;
      }
  }
}

void compare_amounts(Check& check, const std::string& theirs) {
  std::string_view text = check.reading.text;
  std::set<std::string> known;
  for (auto [begin, end] : amounts_of(theirs)) known.insert(digits_of(theirs.substr(begin, end - begin)));
  if (known.empty()) return;
  for (auto [begin, end] : amounts_of(text)) {
    std::string digits = digits_of(text.substr(begin, end - begin));
    if (known.contains(digits)) continue;
    for (const std::string& one : known) {
      std::string a = one, b = digits;
      std::sort(a.begin(), a.end());
      std::sort(b.begin(), b.end());
      if (a != b && !(one.size() == digits.size() && edit_distance(one, digits) == 1)) continue;
      Finding& finding = check.add(
          begin, end, "an amount that is nearly the one in the conversation, and is not", "compare them");
      finding.severity = Severity::warning;
      break;
    }
  }
}

void check_days(Check& check) {
  const Reading& reading = check.reading;
  sys_days today = std::chrono::floor<std::chrono::days>(check.context.now);
  std::vector<bool> future = reading.sentences_with(words_of(k_future, reading.language));
  for (const NamedDay& named : days_of(reading, today)) {
    std::size_t begin = reading.words[named.first].begin, end = reading.words[named.last - 1].end;
    if (!named.day || !named.day->ok()) {
      check.add(begin, end, "there is no such day", "look at the calendar");
      continue;
    }
    sys_days day = *named.day;
    if (named.weekday && std::chrono::weekday(day) != *named.weekday) {
      std::string_view name = k_days[std::chrono::weekday(day).c_encoding()];
      check.add(begin, end, fmt::format("that day is a {}", name), "look at the calendar");
    } else if (day < today && future[reading.words[named.first].sentence] &&
               reading.sentences[reading.words[named.first].sentence].part == Part::body &&
               check.context.now != Instant{}) {
      Finding& finding =
          check.add(begin, end, "a promise for a day that has passed", "name the day that is meant");
      finding.severity = Severity::warning;
    }
  }
}

void run(Check& check) {
  check_days(check);
  std::string theirs = check.context.subject + "\n";
  for (const std::string& field : check.context.fields) theirs += field + "\n";
  for (const Message& message : check.context.messages)
    if (!message.internal) theirs += message.text + "\n";
  compare_codes(check, theirs);
  compare_amounts(check, theirs);
}

} // namespace

constinit const Rule k_hd032{{"HD032", "fact-mismatch", Severity::error, "amounts, dates and numbers agree",
                              "A wrong digit sends the customer to the wrong order, and him back to you.",
                              "order A-1009 where the customer wrote A-1008", "the same number", "", false},
                             k_future,
                             &run};

} // namespace helpdesk::lint
