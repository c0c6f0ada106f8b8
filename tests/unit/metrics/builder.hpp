// Timelines of the specification's cases, written as the days and hours of one week. Monday is 2026-01-05.
#pragma once

#include "metrics/measure.hpp"
#include "model/timeline.hpp"

#include <optional>
#include <string_view>

namespace helpdesk::metrics::test {

enum Day { monday, tuesday, wednesday, thursday, friday, saturday, sunday };

inline Instant at(Day day, int hour, int minute = 0, int second = 0) {
  return instant_of_seconds(1767571200 + day * 86400 + hour * 3600 + minute * 60 + second);
}

class Builder {
 public:
  model::Timeline timeline;

  Builder() { timeline.ticket = 1; }
  Builder& created(Instant t) { return event(t, model::EventKind::created); }
  Builder& in(Instant t, model::NeedsReply needs = model::NeedsReply::yes) {
    auto& e = message(t, model::Direction::in, model::Role::customer);
    e.needs_reply = needs;
    e.actor = 1;
    return *this;
  }
  Builder& reply(Instant t, model::Term agent = 2) {
    message(t, model::Direction::out, model::Role::agent).actor = agent;
    return *this;
  }
  Builder& automatic(Instant t, model::Automation kind) {
    message(t, model::Direction::out, model::Role::bot).automation = kind;
    return *this;
  }
  Builder& note(Instant t) {
    message(t, model::Direction::internal, model::Role::agent).visibility = model::Visibility::private_;
    return *this;
  }
  Builder& status(Instant t, model::Status to, model::Source source = model::Source::human,
                  model::Term actor = 2) {
    event(t, model::EventKind::status);
    auto& e = timeline.entries.back();
    e.from = static_cast<model::Term>(timeline.status) + 1;
    e.to = static_cast<model::Term>(to) + 1;
    e.source = source;
    e.actor = source == model::Source::human ? actor : 0;
    timeline.status = to;
    return *this;
  }
  Builder& event(Instant t, model::EventKind kind) {
    model::TimelineEntry e;
    e.time = t;
    e.entry = model::EntryKind::event;
    e.kind = kind;
    timeline.entries.push_back(e);
    return *this;
  }
  model::TimelineEntry& message(Instant t, model::Direction direction, model::Role role) {
    model::TimelineEntry e;
    e.time = t;
    e.direction = direction;
    e.author_role = role;
    e.number = ++messages_;
    timeline.entries.push_back(e);
    return timeline.entries.back();
  }

 private:
  std::int64_t messages_ = 0;
};

struct Measured {
  History history;
  TicketMetrics metrics;
  const Measurement* find(Metric metric, std::size_t nth = 0) const {
    for (const Measurement& m : metrics.measured)
      if (m.metric == metric && nth-- == 0) return &m;
    return nullptr;
  }
  double hours(Metric metric, std::size_t nth = 0) const {
    const Measurement* m = find(metric, nth);
    return m ? static_cast<double>(m->length.count()) / 3600e6 : -1;
  }
  std::optional<Outcome> outcome(Metric metric, std::size_t nth = 0) const {
    const Measurement* m = find(metric, nth);
    return m ? std::optional(m->outcome) : std::nullopt;
  }
  std::optional<Reason> reason(Metric metric) const {
    for (const Exclusion& e : metrics.excluded)
      if (e.metric == metric) return e.reason;
    return std::nullopt;
  }
};

inline Measured measured(const model::Timeline& timeline, Instant now, Turns turns = Turns::later) {
  Measured result;
  read_history(timeline, now, result.history);
  MeasureOptions options;
  options.turns = turns;
  measure(timeline, result.history, options, result.metrics);
  return result;
}

} // namespace helpdesk::metrics::test
