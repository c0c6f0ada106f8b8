// When a reply leaves: at once, after a hold window (send --hold, [send] hold), or at a time (send --at).
#pragma once

#include "app/app.hpp"
#include "reply/draft.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace helpdesk::app {

struct Departure {
  std::string state = "queued";  // queued: at once; held, scheduled
  std::optional<Instant> leaves; // not before
  std::string words;             // for people: "held until 2026-01-05 10:10"
};

// hold and at as typed; nothing for what was not given. Usage error for a time that is past or cannot be
// read.
Result<Departure> departure(App& app, store::Reader& store, const std::optional<std::string>& hold,
                            const std::optional<std::string>& at, const reply::Draft& draft);

// How far east of UTC the customer's clock was, by the newest of their mails whose Date says it ("-0000" does
// not).
Result<std::optional<int>> customer_offset(store::Reader& store, const model::Ticket& ticket);

struct DayHours {
  int from = 8 * 60, to = 20 * 60; // minutes after midnight, from < to
};
Result<DayHours> parse_day_hours(std::string_view text); // "08:00-20:00"
// The first instant from now on that lies within these hours of a clock that is offset_at seconds east of
// UTC.
Instant next_daylight(Instant now, DayHours hours, const std::function<int(Instant)>& offset_at);

// The line for crontab -e that lets held and scheduled mail leave.
Result<std::string> queue_cron_line(App& app);

} // namespace helpdesk::app
