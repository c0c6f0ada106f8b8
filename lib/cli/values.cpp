#include "cli/values.hpp"

#include "base/text.hpp"
#include "base/time.hpp"
#include "cli/table.hpp"
#include "render/render.hpp"

#include <algorithm>
#include <charconv>

namespace helpdesk::cli {
namespace {

Failure refused(std::string_view where, std::string message) {
  return usage_error(std::string(where) + ": " + std::move(message));
}

} // namespace

bool is_choice(std::string_view value, std::string_view choices) {
  const std::vector<std::string_view> known = split(choices, '|');
  return std::find(known.begin(), known.end(), value) != known.end();
}

Result<void> check_value(std::string_view where, ValueKind kind, std::string_view choices,
                         const std::string& value) {
  if (!is_valid_utf8(value) && kind != ValueKind::path && kind != ValueKind::directory)
    return refused(where, "\"" + clean_utf8(value) + "\" is not valid UTF-8");
  switch (kind) {
  case ValueKind::integer: {
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size())
      return refused(where, "\"" + value + "\" is not a whole number");
    return {};
  }
  case ValueKind::duration: {
    Result<Duration> duration = parse_duration(value);
    if (!duration) return refused(where, duration.error().message);
    return {};
  }
  case ValueKind::instant: {
    // Only the form is checked here; the command reads it in the zone of the configuration.
    Result<Instant> instant = parse_instant(value, system_now(), Zone::utc());
    if (!instant) return refused(where, instant.error().message);
    return {};
  }
  case ValueKind::choice: {
    if (is_choice(value, choices)) return {};
    return refused(where, "\"" + value + "\" is not one of " + replace_all(choices, "|", ", ") +
                              did_you_mean(value, split(choices, '|')));
  }
  case ValueKind::format: {
    if (!choices.empty() && is_choice(value, choices)) return {};
    Result<render::Format> format = render::parse_format(value);
    if (format) return {};
    const std::string further = choices.empty() ? "" : ", or here " + replace_all(choices, "|", ", ");
    return refused(where, format.error().message + further);
  }
  default: break;
  }
  if (value.find('\0') != std::string::npos) return refused(where, "a NUL byte cannot stand in a value");
  return {};
}

} // namespace helpdesk::cli
