// Any lines make a calendar or are refused; what is made never crashes, never hangs, adds up, and its due
// times are those of its elapsed times.
#include "metrics/calendar.hpp"
#include "metrics/calendar_text.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace helpdesk;
using namespace helpdesk::metrics;

void require(bool holds) {
  if (!holds) std::abort();
}

// The first byte of a line says what the rest is.
void read_line(std::string_view line, CalendarVersion& version) {
  if (line.empty()) return;
  std::string_view rest = line.substr(1);
  switch (line.front()) {
  case 'h': (void)add_hours(rest, version); break;
  case 'd':
    if (auto days = parse_holidays(rest))
      version.holidays.insert(version.holidays.end(), days->begin(), days->end());
    break;
  case 's':
    if (auto day = parse_special(rest)) version.special.push_back(*day);
    break;
  case 'z':
    if (auto zone = Zone::load(std::string(rest))) version.zone = *zone;
    break;
  default: break;
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 8) return 0;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  std::uint64_t number = 0;
  for (char c : text.substr(0, 8)) number = number << 8 | static_cast<unsigned char>(c);
  text.remove_prefix(8);
  CalendarVersion version;
  for (int lines = 0; !text.empty() && lines < 40; ++lines) {
    std::size_t end = std::min(text.find('\n'), text.size());
    read_line(text.substr(0, end), version);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  const Instant start = instant_of_seconds(1'700'000'000);
  auto clock = CalendarClock::compile({"fuzzed", {version}}, start, start + std::chrono::hours(24 * 60));
  if (!clock) return 0;
  // Before, inside and behind the compiled range.
  const auto a = start + std::chrono::seconds(static_cast<std::int64_t>(number % 40'000'000) - 20'000'000);
  const auto b = a + std::chrono::seconds(static_cast<std::int64_t>(number >> 26 & 0xffffff));
  const auto middle = a + (b - a) / 2;
  const Duration whole = clock->elapsed(a, b);
  require(whole >= Duration::zero() && whole <= b - a);
  require(clock->elapsed(a, middle) + clock->elapsed(middle, b) == whole);
  Duration open{};
  for (const OpenInterval& interval : clock->open(a, b)) {
    require(interval.from < interval.to && interval.from >= a && interval.to <= b);
    open += interval.to - interval.from;
  }
  require(open == whole);
  const Duration target = std::chrono::seconds(number >> 50);
  if (auto due = clock->due_close(a, target)) require(clock->elapsed(a, *due) == target);
  if (auto due = clock->due_next(a, target)) require(clock->elapsed(a, *due) == target);
  return 0;
}
