#include "app/departure.hpp"

#include "app/attachments.hpp"
#include "app/calendars.hpp"
#include "app/schedule.hpp"
#include "base/text.hpp"
#include "mime/mail.hpp"
#include "reply/news.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::app {
namespace {

std::optional<int> clock_minutes(std::string_view text) {
  auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
    return std::nullopt;
  int hour = (text[0] - '0') * 10 + (text[1] - '0'), minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
  return hour * 60 + minute;
}

// "+0300" at the end of a Date header, in seconds; nothing for "-0000", which means that nobody knows.
std::optional<int> offset_of_date(std::string_view date) {
  std::string_view text = trim(date.substr(0, date.find('(')));
  std::size_t space = text.find_last_of(" \t");
  std::string_view zone = space == std::string_view::npos ? text : text.substr(space + 1);
  bool signed_four = zone.size() == 5 && (zone[0] == '+' || zone[0] == '-') &&
                     std::all_of(zone.begin() + 1, zone.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!signed_four || zone == "-0000") return std::nullopt;
  int hours = (zone[1] - '0') * 10 + (zone[2] - '0'), minutes = (zone[3] - '0') * 10 + (zone[4] - '0');
  if (hours > 14 || minutes > 59) return std::nullopt;
  int seconds = (hours * 60 + minutes) * 60;
  return zone[0] == '-' ? -seconds : seconds;
}

std::string offset_words(int seconds) {
  int minutes = std::abs(seconds) / 60;
  return fmt::format("UTC{}{:02}:{:02}", seconds < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

// "14:30": today, or tomorrow when that is past.
Instant next_clock_time(Instant now, int minutes, const Zone& zone) {
  Civil civil = zone.civil(now);
  civil.hour = minutes / 60;
  civil.minute = minutes % 60;
  civil.second = civil.microsecond = 0;
  Instant when = zone.instant(civil);
  if (when >= now) return when;
  ++civil.day;
  return zone.instant(civil);
}

struct Daylight {
  Instant at{};
  std::string by; // whose day it is
};

Result<Daylight> daylight(App& app, store::Reader& store, const reply::Draft& draft) {
  const config::Config& config = *TRY(app.config());
  DayHours hours;
  if (auto parsed = parse_day_hours(config.text("send.daylight", "08:00-20:00"))) {
    hours = *parsed;
  } else {
    const config::Entry* entry = config.find("send.daylight");
    return in_context(entry ? config::to_text(entry->origin) + ": send.daylight" : "send.daylight",
                      parsed.error());
  }
  auto in_zone = [&](const Zone& zone, std::string by) {
    auto offset_at = [&zone](Instant t) { return zone.civil(t).offset_seconds; };
    return Daylight{next_daylight(app.now(), hours, offset_at), std::move(by)};
  };
  if (!draft.ticket.empty() && !draft.forward) { // a forward goes to somebody else
    if (auto ticket = TRY(store.ticket_by_key(draft.ticket))) {
      if (auto person = TRY(store.person(ticket->requester)); person && !person->zone.empty())
        if (auto zone = Zone::load(person->zone)) return in_zone(*zone, "the customer is in " + person->zone);
      if (auto offset = TRY(customer_offset(store, *ticket)))
        return Daylight{next_daylight(app.now(), hours, [&](Instant) { return *offset; }),
                        "the customer's mail says " + offset_words(*offset)};
    }
  }
  if (auto clock = TRY(standard_clock(app, std::nullopt)))
    if (auto at = clock->due_next(app.now(), Duration::zero()))
      return Daylight{*at, "the customer's zone is not known: by the standard calendar"};
  return in_zone(app.zone(), "the customer's zone is not known: by the desk's own");
}

} // namespace

Result<DayHours> parse_day_hours(std::string_view text) {
  std::string_view trimmed = trim(text);
  std::size_t dash = trimmed.find('-');
  if (dash != std::string_view::npos) {
    auto from = clock_minutes(trim(trimmed.substr(0, dash))),
         to = clock_minutes(trim(trimmed.substr(dash + 1)));
    if (from && to && *from < *to) return DayHours{*from, *to};
  }
  return usage_error(fmt::format("\"{}\" is not hours of a day such as 08:00-20:00", text));
}

Instant next_daylight(Instant now, DayHours hours, const std::function<int(Instant)>& offset_at) {
  auto civil_minute = [&](Instant t) {
    std::int64_t local = unix_seconds(t) + offset_at(t), day = 86'400;
    return static_cast<int>(((local % day + day) % day) / 60);
  };
  int minute = civil_minute(now);
  if (minute >= hours.from && minute < hours.to) return now;
  std::int64_t local = unix_seconds(now) + offset_at(now);
  std::int64_t midnight = local - (local % 86'400 + 86'400) % 86'400;
  std::int64_t wanted = midnight + (minute < hours.from ? 0 : 86'400) + std::int64_t{hours.from} * 60;
  // By the offset of that morning, which a night may have changed.
  Instant guess = instant_of_seconds(wanted - offset_at(now));
  return instant_of_seconds(wanted - offset_at(guess));
}

Result<std::optional<int>> customer_offset(store::Reader& store, const model::Ticket& ticket) {
  std::vector<model::Message> heads = TRY(store.heads(ticket.key));
  for (auto m = heads.rbegin(); m != heads.rend(); ++m) {
    if (m->direction != model::Direction::in || !reply::counts_as_news(*m) || m->raw.empty()) continue;
    if (!equal_ignoring_case(m->author.address, ticket.requester_address)) continue;
    auto record = TRY(store.raw(ticket.account, first_record(*m)));
    if (!record || record->format != "mail") continue;
    if (auto offset = offset_of_date(mime::parse_headers(record->bytes).header("Date"))) return offset;
  }
  return std::optional<int>();
}

Result<Departure> departure(App& app, store::Reader& store, const std::optional<std::string>& hold,
                            const std::optional<std::string>& at, const reply::Draft& draft) {
  const config::Config& config = *TRY(app.config());
  Departure leaves;
  Duration window =
      hold ? TRY(parse_duration(*hold)) : config.duration("send.hold").value_or(Duration::zero());
  if (window < Duration::zero()) return usage_error("--hold: a time that is past holds nothing");
  if (window > Duration::zero()) {
    leaves.state = "held";
    leaves.leaves = app.now() + window;
    leaves.words = "held until " + format_minute(*leaves.leaves, app.zone());
  }
  if (!at) return leaves;
  std::string by;
  Instant when{};
  if (trim(std::string_view(*at)) == "daylight") {
    Daylight day = TRY(daylight(app, store, draft));
    when = day.at;
    by = " (" + day.by + ")";
  } else if (auto minutes = clock_minutes(trim(std::string_view(*at)))) {
    when = next_clock_time(app.now(), *minutes, app.zone());
  } else {
    auto parsed = parse_instant(*at, app.now(), app.zone(), Prefer::future);
    if (!parsed) {
      Error error = parsed.error();
      error.message += ", 14:30 or daylight";
      return in_context("--at", std::move(error));
    }
    when = *parsed;
    if (when < app.now())
      return usage_error(fmt::format("--at: {} is past", format_rfc3339(when, app.zone())));
  }
  if (when <= app.now()) return leaves; // it is day there now
  if (leaves.leaves && *leaves.leaves > when) return leaves;
  leaves.state = "scheduled";
  leaves.leaves = when;
  leaves.words = fmt::format("scheduled for {}{}", format_minute(when, app.zone()), by);
  return leaves;
}

Result<std::string> queue_cron_line(App& app) {
  Schedule schedule = TRY(schedule_of(app));
  return queue_line(schedule);
}

} // namespace helpdesk::app
