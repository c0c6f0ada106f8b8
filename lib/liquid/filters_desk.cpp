// Filters for a help desk. None is a part of the language.
#include "base/text.hpp"
#include "liquid/characters.hpp"
#include "liquid/decimal.hpp"
#include "liquid/filter_text.hpp"
#include "liquid/filters.hpp"
#include "liquid/json_text.hpp"

#include <algorithm>

namespace helpdesk::liquid::filters {

namespace {

struct Currency {
  std::string_view code, sign;
  int places;
};

constexpr Currency k_currencies[] = {{"EUR", "€", 2},  {"USD", "$", 2},   {"GBP", "£", 2},   {"NOK", "kr", 2},
                                     {"SEK", "kr", 2}, {"DKK", "kr", 2},  {"RUB", "₽", 2},   {"JPY", "¥", 0},
                                     {"PLN", "zł", 2}, {"CHF", "CHF", 2}, {"CAD", "CA$", 2}, {"AUD", "A$", 2},
                                     {"ISK", "kr", 0}, {"CZK", "Kč", 2}};

struct NumberStyle {
  std::string_view group, point;
  bool sign_first;
};

NumberStyle style_of(std::string_view language) {
  const auto code = language.substr(0, 2);
  if (code.empty() || code == "en") return {",", ".", true};
  if (code == "de" || code == "es" || code == "da") return {".", ",", false};
  return {"\u00A0", ",", false};
}

// "1234.5" with grouped digits and a fixed number of places.
std::string amount(const Decimal& value, int places, const NumberStyle& style) {
  auto text = value.round(places).value().to_string();
  const bool negative = text.starts_with('-');
  if (negative) text.erase(0, 1);
  const auto point = std::min(text.find('.'), text.size());
  auto whole = text.substr(0, point);
  auto fraction = point < text.size() ? text.substr(point + 1) : std::string();
  fraction.resize(static_cast<std::size_t>(places), '0');
  for (auto at = static_cast<std::ptrdiff_t>(whole.size()) - 3; at > 0; at -= 3)
    whole.insert(static_cast<std::size_t>(at), style.group);
  return (negative ? "-" : "") + whole + (places > 0 ? std::string(style.point) + fraction : std::string());
}

bool is_title(std::string_view word) {
  static constexpr std::string_view k_titles[] = {"mr", "mrs", "ms",  "miss", "dr",    "prof", "herr", "frau",
                                                  "hr", "fru", "sir", "s-ro", "s-ino", "mme",  "sr",   "sra"};
  if (word.ends_with('.')) word.remove_suffix(1);
  return std::any_of(std::begin(k_titles), std::end(k_titles),
                     [&](auto title) { return equal_ignoring_case(title, word); });
}

} // namespace

Value fallback(const FilterInput& call) { return is_blank_value(call.input) ? call.argument(0) : call.input; }

Value json(const FilterInput& call) {
  std::string out;
  append_json(out, call.input, call.context.run);
  return made(call, out);
}

Value money(const FilterInput& call) {
  if (call.input.is_nil()) return {};
  const TextOf text(call.input), code(call.argument(0));
  const auto value =
      call.input.kind() == Kind::number ? Decimal::of(call.input.as_number()) : Decimal::parse(text.view);
  const auto style = style_of(call.context.run.options.language);
  const auto upper = [&] {
    std::string s(code.view);
    for (auto& c : s)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    return s;
  }();
  const auto* known = std::find_if(std::begin(k_currencies), std::end(k_currencies),
                                   [&](const Currency& c) { return c.code == upper; });
  const bool found = known != std::end(k_currencies);
  auto number = amount(value, found ? known->places : 2, style);
  if (upper.empty()) return made(call, number);
  const auto sign = found ? std::string(known->sign) : upper;
  if (!style.sign_first) return made(call, number + "\u00A0" + sign);
  const bool negative = number.starts_with('-');
  if (negative) number.erase(0, 1);
  const bool letters = is_ascii_letter(sign.back());
  return made(call, (negative ? "-" : "") + sign + (letters ? "\u00A0" : "") + number);
}

Value quote(const FilterInput& call) {
  if (call.input.is_nil()) return {};
  const TextOf text(call.input), mark(call.has(0) ? call.argument(0) : Value::borrowed("> "));
  std::string out;
  for (const auto line : split_lines(text.view)) {
    if (!out.empty()) out += '\n';
    // A line that is quoted already gets no blank between the marks; an empty one no trailing blank.
    const bool bare = line.empty() || line.front() == '>';
    out += bare ? trim_right(mark.view) : mark.view;
    out += line;
    call.context.run.check_made(out.size());
  }
  return made(call, out);
}

// "Martha Olsen" and "Olsen, Martha" and "Dr. Martha Olsen": Martha.
Value first_name(const FilterInput& call) {
  const TextOf text(call.input);
  auto name = helpdesk::trim(text.view);
  if (const auto comma = name.find(','); comma != std::string_view::npos && comma + 1 < name.size())
    name = helpdesk::trim(name.substr(comma + 1));
  while (true) {
    std::size_t end = 0;
    while (end < name.size() && !liquid::is_space(name[end])) ++end;
    if (end == name.size() || !is_title(name.substr(0, end))) return made(call, name.substr(0, end));
    name = helpdesk::trim(name.substr(end));
  }
}

} // namespace helpdesk::liquid::filters
