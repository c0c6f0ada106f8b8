// How long a look into a calendar takes, and what business time costs beside calendar time. Prints; tests
// nothing.
#include "metrics/calendar.hpp"

#include "metrics/calendar_text.hpp"
#include "metrics/measure.hpp"

#include <chrono>
#include <cstdio>
#include <random>
#include <vector>

using namespace helpdesk;
using namespace helpdesk::metrics;

namespace {

Instant day(int year) { return std::chrono::sys_days(std::chrono::year(year) / 1 / 1); }

Result<CalendarClock> two_spans_a_day() {
  CalendarVersion version;
  version.zone = TRY(Zone::load("Europe/Oslo"));
  TRY(add_hours("daily 08:00-12:00,13:00-17:00", version));
  return CalendarClock::compile({"bench", {version}}, day(2005), day(2027));
}

template <class F> double seconds_of(F f) {
  auto start = std::chrono::steady_clock::now();
  f();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void look_ups(const CalendarClock& clock) {
  constexpr std::size_t k_pairs = 2'000'000;
  std::mt19937_64 random(1);
  std::vector<std::pair<Instant, Instant>> pairs(k_pairs);
  auto any = [&] { return day(2016) + std::chrono::seconds(random() % (3468ULL * 86400)); };
  for (auto& [a, b] : pairs) a = any(), b = any();
  std::int64_t sum = 0;
  double elapsed = seconds_of([&] {
    for (const auto& [a, b] : pairs) sum += clock.elapsed(a, b).count();
  });
  double due = seconds_of([&] {
    for (const auto& [a, b] : pairs) sum += micros(clock.due_close(a, std::chrono::hours(9)).value_or(a));
  });
  double compile = seconds_of([&] { sum += two_spans_a_day().has_value(); });
  std::printf("elapsed, random pairs over 9.5 years: %.0f ns a pair\ndue in 9 hours: %.0f ns\n"
              "compiling 22 years of two spans a day: %.1f ms\n(sum %lld)\n",
              elapsed * 1e9 / k_pairs, due * 1e9 / k_pairs, compile * 1e3, static_cast<long long>(sum));
}

// A question, an answer, a question, an answer, solved.
model::Timeline ticket(std::mt19937_64& random) {
  model::Timeline timeline;
  Instant t = day(2016) + std::chrono::seconds(random() % (3468ULL * 86400));
  for (int i = 0; i < 4; ++i) {
    model::TimelineEntry e;
    e.time = t;
    e.direction = i % 2 == 0 ? model::Direction::in : model::Direction::out;
    e.author_role = i % 2 == 0 ? model::Role::customer : model::Role::agent;
    timeline.entries.push_back(e);
    t += std::chrono::seconds(random() % 400'000);
  }
  model::TimelineEntry solve;
  solve.time = t;
  solve.entry = model::EntryKind::event;
  solve.kind = model::EventKind::status;
  solve.from = 1 + static_cast<model::Term>(model::Status::fresh);
  solve.to = 1 + static_cast<model::Term>(model::Status::solved);
  timeline.entries.push_back(solve);
  return timeline;
}

void metrics_of(const CalendarClock& clock) {
  std::mt19937_64 random(2);
  std::vector<model::Timeline> tickets;
  for (int i = 0; i < 200'000; ++i) tickets.push_back(ticket(random));
  History history;
  TicketMetrics measured;
  std::int64_t sum = 0;
  auto run = [&](const Clock& by) {
    MeasureOptions options;
    options.clock = &by;
    options.keep_pieces = false;
    return seconds_of([&] {
      for (const model::Timeline& t : tickets) {
        read_history(t, day(2027), history);
        measure(t, history, options, measured);
        for (const Measurement& m : measured.measured) sum += m.length.count();
      }
    });
  };
  run(wall_clock());
  double calendar_time = run(wall_clock()), business_time = run(clock);
  std::printf(
      "every metric of 200,000 tickets: %.0f ms in calendar time, %.0f ms in business time: %.2f times\n"
      "(sum %lld)\n",
      calendar_time * 1e3, business_time * 1e3, business_time / calendar_time, static_cast<long long>(sum));
}

} // namespace

int main() {
  auto clock = two_spans_a_day();
  if (!clock) {
    std::fprintf(stderr, "%s\n", clock.error().message.c_str());
    return 1;
  }
  look_ups(*clock);
  metrics_of(*clock);
}
