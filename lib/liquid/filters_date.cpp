#include "liquid/filters_date.hpp"

#include "base/text.hpp"
#include "liquid/characters.hpp"
#include "liquid/filter_text.hpp"
#include "liquid/filters.hpp"
#include "liquid/number_text.hpp"

#include <cmath>

namespace helpdesk::liquid {

namespace {

constexpr std::int64_t k_farthest =
    200'000'000'000; // seconds from 1970 that a date may have: about the year 8300

std::optional<Date> date_of_seconds(std::int64_t seconds, Run& run) {
  if (seconds > k_farthest || seconds < -k_farthest) return std::nullopt;
  return date_at(instant_of_seconds(seconds), run.zone());
}

bool all_digits(std::string_view text) {
  for (const char c : text)
    if (!is_ascii_digit(c)) return false;
  return !text.empty();
}

} // namespace

std::optional<Date> date_of(const Value& value, Run& run) {
  if (value.kind() == Kind::integer) return date_of_seconds(value.as_integer(), run);
  if (value.kind() == Kind::object) return date_of(whole(value), run);
  if (!value.is_string()) return std::nullopt;
  const auto text = value.as_string();
  if (equal_ignoring_case(text, "now") || equal_ignoring_case(text, "today"))
    return date_at(run.now(), run.zone());
  if (all_digits(text)) return date_of_seconds(leading_integer(text), run);
  return parse_date(text, run.now(), run.zone());
}

namespace filters {

Value date(const FilterInput& call) {
  const TextOf format(call.argument(0));
  if (format.view.empty()) return call.input;
  const auto when = date_of(call.input, call.context.run);
  if (!when) return call.input;
  call.context.run.step(4 + format.view.size() / 16);
  return made(call, format_date(*when, format.view, call.context.run.options.language));
}

Value datetime_format(const FilterInput& call) {
  const TextOf format(call.has(0) ? call.argument(0) : Value::borrowed("YYYY-MM-DDTHH:mm:ssZ"));
  const auto when = date_of(call.input, call.context.run);
  if (!when) return call.input;
  call.context.run.step(4 + format.view.size() / 16);
  return made(call, format_moment(*when, format.view, call.context.run.options.language));
}

} // namespace filters

} // namespace helpdesk::liquid
