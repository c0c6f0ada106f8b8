#include "base/text.hpp"
#include "net/imap_client.hpp"

#include <array>
#include <chrono>

#include <fmt/format.h>

namespace helpdesk::net {
namespace {

constexpr std::array<std::string_view, 12> k_months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// Exactly the digits of s, or nullopt.
std::optional<int> digits(std::string_view s) {
  int n = 0;
  for (const char c : s) {
    if (c < '0' || c > '9') return std::nullopt;
    n = n * 10 + (c - '0');
  }
  return s.empty() ? std::nullopt : std::optional(n);
}

} // namespace

std::optional<Instant> parse_internal_date(std::string_view text) {
  text = trim(text); // " 7-Jul-1996 …" begins with a space
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos || dash > 2 || text.size() != dash + 24) return std::nullopt;
  const auto day = digits(text.substr(0, dash));
  text.remove_prefix(dash + 1); // "Jul-1996 02:44:25 -0700"
  unsigned month = 0;
  for (unsigned i = 0; i < 12; ++i)
    if (equal_ignoring_case(text.substr(0, 3), k_months[i])) month = i + 1;
  const auto year = digits(text.substr(4, 4)), hour = digits(text.substr(9, 2)),
             minute = digits(text.substr(12, 2)), second = digits(text.substr(15, 2)),
             zone_hour = digits(text.substr(19, 2)), zone_minute = digits(text.substr(21, 2));
  if (!day || month == 0 || !year || !hour || !minute || !second || !zone_hour || !zone_minute)
    return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 60 || *zone_minute > 59 || (text[18] != '+' && text[18] != '-'))
    return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(month),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  const auto offset = std::chrono::minutes((*zone_hour * 60 + *zone_minute) * (text[18] == '-' ? -1 : 1));
  const auto local = std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
                     std::chrono::seconds(*second);
  return Instant(local - offset);
}

std::string imap_date(Instant t) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(t));
  return fmt::format("{}-{}-{:04}", static_cast<unsigned>(date.day()),
                     k_months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()));
}

} // namespace helpdesk::net
