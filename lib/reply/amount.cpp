// Amounts of money in a text, for approvals: a number beside the sign, the code or the word of a currency.
#include "base/text.hpp"
#include "reply/approval.hpp"

#include <algorithm>
#include <array>

namespace helpdesk::reply {
namespace {

constexpr bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter_at(std::string_view text, std::size_t at) {
  std::size_t next = at;
  return at < text.size() && is_letter(next_code_point(text, next));
}

// The bytes of a blank that may stand between groups of digits, or between number and currency.
std::size_t blank_at(std::string_view text, std::size_t at) {
  for (std::string_view blank : {" ", "\u00a0", "\u202f", "\u2009"})
    if (text.substr(at).starts_with(blank)) return blank.size();
  return 0;
}

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t n = 0;
  while (at + n < text.size() && digit(text[at + n])) ++n;
  return n;
}

struct Number {
  std::int64_t value = 0; // whole units; at most 10^15
  std::size_t end = 0;
};

// Groups of three behind a point, a comma, an apostrophe or a blank belong to the number; one or two digits
// at the end are a fraction.
Number read_number(std::string_view text, std::size_t at) {
  Number number;
  auto take = [&](std::size_t from, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i)
      number.value =
          std::min<std::int64_t>(number.value * 10 + (text[from + i] - '0'), 1'000'000'000'000'000);
  };
  std::size_t n = digits_at(text, at);
  take(at, n);
  at += n;
  bool grouped = n <= 3;
  for (;;) {
    std::size_t separator = blank_at(text, at);
    bool blank = separator > 0;
    if (!blank && at < text.size() && (text[at] == '.' || text[at] == ',' || text[at] == '\'')) separator = 1;
    std::size_t more = separator > 0 ? digits_at(text, at + separator) : 0;
    if (grouped && more == 3) {
      take(at + separator, 3);
      at += separator + 3;
      continue;
    }
    if (!blank && (more == 1 || more == 2)) at += separator + more; // a fraction
    break;
  }
  number.end = at;
  return number;
}

constexpr std::array<std::string_view, 7> k_signs{"€", "$", "£", "¥", "₽", "₹", "zł"};
constexpr std::array<std::string_view, 41> k_words{
    "eur",     "usd",    "gbp",    "nok",     "sek",    "dkk",    "isk",    "chf",   "pln",   "czk",    "huf",
    "rub",     "uah",    "jpy",    "cny",     "inr",    "aud",    "cad",    "nzd",   "brl",   "mxn",    "ars",
    "clp",     "zar",    "try",    "kr",      "kroner", "kronor", "euro",   "euros", "eŭroj", "eŭrojn", "fr",
    "franken", "pounds", "dollar", "dollars", "pesos",  "руб",    "рублей", "рубля"};

bool currency_after(std::string_view text, std::size_t at) {
  for (std::string_view mark : {",-", ".-", ",–", ",—"})
    if (text.substr(at).starts_with(mark)) {
      at += mark.size();
      break;
    }
  at += at < text.size() ? blank_at(text, at) : 0;
  for (std::string_view sign : k_signs)
    if (text.substr(at).starts_with(sign)) return true;
  std::size_t end = at;
  while (letter_at(text, end)) (void)next_code_point(text, end);
  std::string word = lower(text.substr(at, end - at));
  return std::find(k_words.begin(), k_words.end(), word) != k_words.end();
}

bool currency_before(std::string_view text, std::size_t at) {
  std::string_view before = text.substr(0, at);
  for (std::string_view blank : {" ", "\u00a0", "\u202f", "\u2009"})
    if (before.ends_with(blank)) {
      before.remove_suffix(blank.size());
      break;
    }
  for (std::string_view sign : k_signs)
    if (before.ends_with(sign)) return true;
  if (before.ends_with('.')) before.remove_suffix(1); // kr. 500
  std::size_t begin = before.size();
  while (begin > 0 && before.size() - begin < 16) {
    std::size_t previous = begin - 1;
    while (previous > 0 && (static_cast<unsigned char>(before[previous]) & 0xC0U) == 0x80U) --previous;
    if (!letter_at(before, previous)) break;
    begin = previous;
  }
  std::string word = lower(before.substr(begin));
  return std::find(k_words.begin(), k_words.end(), word) != k_words.end();
}

} // namespace

std::optional<std::int64_t> largest_amount(std::string_view text) {
  std::optional<std::int64_t> largest;
  for (std::size_t i = 0; i < text.size();) {
    if (!digit(text[i])) {
      ++i;
      continue;
    }
    Number number = read_number(text, i);
    if (currency_before(text, i) || currency_after(text, number.end))
      largest = std::max(largest.value_or(0), number.value);
    i = number.end;
  }
  return largest;
}

} // namespace helpdesk::reply
