#include "base/text.hpp"
#include "lint/rule.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

bool is_digit_byte(char c) { return c >= '0' && c <= '9'; }
bool is_letter_byte(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

bool luhn(std::string_view digits) {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    int d = digits[digits.size() - 1 - i] - '0';
    if (i % 2 == 1) d = d * 2 > 9 ? d * 2 - 9 : d * 2;
    sum += d;
  }
  return sum % 10 == 0;
}

// Issuers by the number's beginning and length (ISO/IEC 7812, public ranges).
bool is_issuer(std::string_view d) {
  auto prefix = [&](std::size_t n) {
    int value = 0;
    for (char c : d.substr(0, n)) value = value * 10 + (c - '0');
    return value;
  };
  std::size_t n = d.size();
  int two = prefix(2), three = prefix(3), four = prefix(4);
  if (d[0] == '4') return n == 13 || n == 16 || n == 19;
  if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) return n == 16;
  if (two == 34 || two == 37) return n == 15;
  if ((three >= 300 && three <= 305) || two == 36 || two == 38 || two == 39) return n >= 14 && n <= 19;
  if (four == 6011 || two == 65 || (three >= 644 && three <= 649)) return n >= 16;
  if (four >= 3528 && four <= 3589) return n >= 16;
  if (two == 62) return n >= 16;
  if (four == 5018 || four == 5020 || four == 5038 || four == 5893 || four == 6304 || four == 6759 ||
      (four >= 6761 && four <= 6763) || four == 6703)
    return n >= 13;
  return four >= 2200 && four <= 2204 && n >= 16; // Mir
}

struct Country {
  std::string_view code;
  std::size_t length;
};
constexpr Country k_ibans[] = {
    {"AD", 24}, {"AT", 20}, {"BE", 16}, {"BG", 22}, {"CH", 21}, {"CY", 28}, {"CZ", 24}, {"DE", 22},
    {"DK", 18}, {"EE", 20}, {"ES", 24}, {"FI", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22}, {"GI", 23},
    {"GL", 18}, {"GR", 27}, {"HR", 21}, {"HU", 28}, {"IE", 22}, {"IS", 26}, {"IT", 27}, {"LI", 21},
    {"LT", 20}, {"LU", 20}, {"LV", 21}, {"MC", 27}, {"MD", 24}, {"ME", 22}, {"MK", 19}, {"MT", 31},
    {"NL", 18}, {"NO", 15}, {"PL", 28}, {"PT", 25}, {"RO", 24}, {"RS", 22}, {"SE", 24}, {"SI", 19},
    {"SK", 24}, {"SM", 27}, {"TR", 26}, {"UA", 29}, {"AE", 23}, {"SA", 24}, {"BR", 29}, {"IL", 23}};

bool is_iban(std::string_view compact) {
  std::string moved = std::string(compact.substr(4)) + std::string(compact.substr(0, 4));
  int rest = 0;
  for (char c : moved) {
    int value = is_digit_byte(c) ? c - '0' : (c & ~0x20) - 'A' + 10;
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest == 1;
}

bool is_birth_number(std::string_view d) { // Norwegian
  auto number = [&](std::size_t at) { return (d[at] - '0') * 10 + (d[at + 1] - '0'); };
  int day = number(0) % 40, month = number(2) % 40;
  if (day < 1 || day > 31 || month < 1 || month > 12) return false;
  constexpr std::array<int, 9> k_first{3, 7, 6, 1, 8, 9, 4, 5, 2};
  constexpr std::array<int, 10> k_second{5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
  int first = 0, second = 0;
  for (std::size_t i = 0; i < k_first.size(); ++i) first += k_first[i] * (d[i] - '0');
  for (std::size_t i = 0; i < k_second.size(); ++i) second += k_second[i] * (d[i] - '0');
  return (first + (d[9] - '0')) % 11 == 0 && (second + (d[10] - '0')) % 11 == 0;
}

bool is_tax_number(std::string_view d) { // German, since 2007
  if (d[0] == '0') return false;
  std::array<int, 10> times{};
  for (std::size_t i = 0; i < 10; ++i) ++times[static_cast<std::size_t>(d[i] - '0')];
  long twice = std::count(times.begin(), times.end(), 2), thrice = std::count(times.begin(), times.end(), 3);
  long none = std::count(times.begin(), times.end(), 0);
  if (!((twice == 1 && thrice == 0 && none == 1) || (twice == 0 && thrice == 1 && none == 2))) return false;
  int product = 10;
  for (std::size_t i = 0; i < 10; ++i) {
    int sum = (d[i] - '0' + product) % 10;
    product = (sum == 0 ? 10 : sum) * 2 % 11;
  }
  int check = 11 - product;
  return (check == 10 ? 0 : check) == d[10] - '0';
}

std::string masked(std::string_view compact) {
  return "•••• " + std::string(compact.substr(compact.size() - 4));
}

// "4111 1111-1111 1111": its digits; separators are single.
std::size_t digits_from(std::string_view text, std::size_t at, std::string& digits,
                        std::vector<std::size_t>& ends) {
  std::size_t i = at;
  while (i < text.size() && digits.size() < 40) {
    if (is_digit_byte(text[i])) {
      digits += text[i++];
      ends.push_back(i);
      continue;
    }
    std::size_t gap = text[i] == ' ' || text[i] == '-' || text[i] == '.' ? 1
                      : text.substr(i).starts_with("\xC2\xA0")           ? 2
                      : text.substr(i).starts_with("\xE2\x80\xAF")       ? 3
                                                                         : 0;
    if (gap == 0 || i + gap >= text.size() || !is_digit_byte(text[i + gap])) break;
    i += gap;
  }
  return i;
}

void run(Check& check) {
  std::string_view text = check.reading.text;
  auto add = [&](std::size_t begin, std::size_t end, std::string_view what, std::string_view compact) {
    Finding& finding = check.add(begin, end, fmt::format("{} stands in the reply", what),
                                 fmt::format("mask it: {}", masked(compact)));
    finding.replacement = masked(compact);
  };
  std::size_t behind = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i < behind) continue;
    bool boundary = i == 0 || !(is_letter_byte(text[i - 1]) || is_digit_byte(text[i - 1]));
    if (!boundary) continue;
    if (is_letter_byte(text[i]) && i + 4 < text.size() && is_letter_byte(text[i + 1]) &&
        is_digit_byte(text[i + 2]) && is_digit_byte(text[i + 3])) {
      std::string code{static_cast<char>(text[i] & ~0x20), static_cast<char>(text[i + 1] & ~0x20)};
      for (const Country& country : k_ibans) {
        if (country.code != code) continue;
        std::string compact;
        std::size_t at = i;
        while (at < text.size() && compact.size() < country.length) {
          if (is_letter_byte(text[at]) || is_digit_byte(text[at]))
            compact += text[at++];
          else if ((text[at] == ' ' || text[at] == '-') && at + 1 < text.size())
            ++at;
          else
            break;
        }
        bool whole = at >= text.size() || !(is_letter_byte(text[at]) || is_digit_byte(text[at]));
        if (compact.size() == country.length && whole && is_iban(compact)) {
          add(i, at, "a bank account number", compact);
          behind = at;
        }
      }
      continue;
    }
    if (!is_digit_byte(text[i]) || (i > 0 && text[i - 1] == '+')) continue;
    std::string digits;
    std::vector<std::size_t> ends;
    std::size_t end = digits_from(text, i, digits, ends);
    behind = end;
    if (end < text.size() && is_letter_byte(text[end])) continue;
    if (digits.size() == 11 && is_birth_number(digits)) {
      add(i, end, "a national identity number", digits);
      continue;
    }
    if (digits.size() == 11 && check.reading.language == "de" && is_tax_number(digits)) {
      add(i, end, "a tax number", digits);
      continue;
    }
    // A card number may have more groups of digits beside it: a date, a check number.
    bool found = false;
    for (std::size_t first = 0; first + 13 <= digits.size() && !found; ++first) {
      std::size_t begin = first == 0 ? i : ends[first] - 1;
      if (first > 0 && ends[first] - 1 == ends[first - 1]) continue; // inside a group
      for (std::size_t n = std::min<std::size_t>(19, digits.size() - first); n >= 13 && !found; --n) {
        bool group_ends = first + n == digits.size() || ends[first + n] - 1 != ends[first + n - 1];
        std::string_view number = std::string_view(digits).substr(first, n);
        if (!group_ends || !is_issuer(number) || !luhn(number)) continue;
        add(begin, ends[first + n - 1], "a card number", number);
        found = true;
      }
    }
  }
}

} // namespace

constinit const Rule k_hd017{
    {"HD017", "payment-data", Severity::error, "no card, bank or identity numbers",
     "Mail is kept in many places for many years; numbers that open accounts do not belong there.",
     "4111 1111 1111 1111", "order no. 4111 1111 1111 1112", "", false},
    {},
    &run};

} // namespace helpdesk::lint
