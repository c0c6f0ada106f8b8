#include "report/plan_work.hpp"

#include "metrics/history.hpp"
#include "metrics/measure.hpp"
#include "metrics/staffing.hpp"
#include "report/gather.hpp"

#include <algorithm>

namespace helpdesk::report {
namespace {

using metrics::History;
using model::Channel;

constexpr Duration k_hour = std::chrono::hours(1);

Instant hour_start(Instant t, const Zone& zone) {
  Civil civil = zone.civil(t);
  return t - std::chrono::minutes(civil.minute) - std::chrono::seconds(civil.second) -
         Duration(civil.microsecond);
}

class Counter {
 public:
  Counter(const Desk& desk, Work& work, const metrics::ImportSeconds& imports)
      : desk_(desk), work_(work), imports_(imports) {}

  void add(const model::Timeline& timeline) {
    metrics::read_history(timeline, desk_.known_until(timeline.account), history_);
    if (metrics::left_out(timeline, history_, &imports_)) {
      if (!history_.entries.empty() && inside(history_.created)) ++work_.left_out;
      return;
    }
    find_contacts(timeline.channel);
    std::int64_t answers = 0;
    ChannelWork& channel = work_.channels[timeline.channel];
    for (const model::TimelineEntry& e : history_.entries)
      if (metrics::is_human_reply(e) && inside(e.time)) {
        ++answers;
        ++channel.answers_at[hour_of_week(desk_.zone().civil(e.time))];
      }
    channel.answers += answers;
    for (Instant t : contacts_) {
      ++channel.contacts_at[hour_of_week(desk_.zone().civil(t))];
      ++channel.per_hour[hour_start(t, desk_.zone())];
    }
    auto contacts = static_cast<std::int64_t>(contacts_.size());
    channel.contacts += contacts;
    channel.tickets += contacts > 0;
    add_work(channel, contacts);
    add_line(timeline, channel);
    add_outcome(timeline, channel);
  }

 private:
  const Desk& desk_;
  Work& work_;
  const metrics::ImportSeconds& imports_;
  History history_;
  metrics::TicketMetrics measured_;
  std::vector<bool> line_only_ = [] {
    std::vector<bool> wanted(metrics::k_metric_count);
    wanted[metrics::index(metrics::Metric::abandon)] = true;
    return wanted;
  }();
  std::vector<Instant> contacts_;

  bool inside(Instant t) const { return t >= work_.since && t < work_.until; }

  void find_contacts(Channel channel) {
    contacts_.clear();
    auto add = [&](Instant t) {
      if (inside(t)) contacts_.push_back(t);
    };
    if (channel == Channel::phone) {
      for (const model::TimelineEntry& e : history_.entries)
        if (metrics::is_question(e)) add(e.time);
    } else if (channel == Channel::chat) {
      for (const metrics::Cycle& cycle : history_.cycles)
        if (cycle.turns > 0) add(cycle.start);
    } else {
      for (const metrics::Turn& turn : history_.turns)
        if (turn.how != metrics::TurnEnd::answered_ai) add(turn.start);
    }
  }

  void add_work(ChannelWork& channel, std::int64_t contacts) {
    std::int64_t seconds = 0;
    for (const model::TimelineEntry& e : history_.entries)
      if (e.entry == model::EntryKind::event && e.kind == model::EventKind::worklog && inside(e.time))
        seconds += std::clamp<std::int64_t>(e.number, 0, 86'400L * 366);
    if (seconds == 0 || contacts == 0) return;
    ++channel.logged_tickets;
    channel.logged_contacts += contacts;
    channel.logged_seconds += seconds;
  }

  void add_line(const model::Timeline& timeline, ChannelWork& channel) {
    if (timeline.channel != Channel::phone && timeline.channel != Channel::chat) return;
    metrics::MeasureOptions options;
    options.keep_pieces = false;
    options.wanted = &line_only_;
    metrics::measure(timeline, history_, options, measured_);
    for (const metrics::Measurement& m : measured_.measured) {
      if (m.metric != metrics::Metric::abandon || m.outcome == metrics::Outcome::waiting || !inside(m.start))
        continue;
      auto& after = m.outcome == metrics::Outcome::happened ? channel.gone_after : channel.answered_after;
      ++after[std::chrono::ceil<std::chrono::seconds>(m.length).count()];
      channel.in_line += m.length;
    }
  }

  void add_outcome(const model::Timeline& timeline, ChannelWork& channel) {
    if (history_.solves.empty() || !inside(history_.entries[history_.solves.front()].time)) return;
    metrics::TicketTally tally = metrics::tally(timeline, history_);
    if (auto verdict = tally.shares[static_cast<std::size_t>(metrics::Share::durable_resolution)])
      channel.durable.add(*verdict);
  }
};

} // namespace

metrics::Answering ChannelWork::answering(Duration in_time) const {
  metrics::Answering out;
  const double limit = std::chrono::duration<double>(in_time).count();
  for (const auto& [seconds, n] : answered_after) {
    out.answered += n;
    if (static_cast<double>(seconds) <= limit) out.answered_in_time += n;
  }
  for (const auto& [seconds, n] : gone_after) {
    out.gone += n;
    if (static_cast<double>(seconds) <= limit) out.gone_in_time += n;
    if (static_cast<double>(seconds) <= metrics::k_at_once) out.gone_at_once += n;
  }
  return out;
}

std::int64_t ChannelWork::gone() const {
  std::int64_t n = 0;
  for (const auto& [seconds, k] : gone_after) n += k;
  return n;
}

std::optional<double> ChannelWork::patience() const {
  if (gone() < k_least_gone) return std::nullopt;
  return metrics::patience_from(std::chrono::duration<double>(in_line).count(), gone());
}

double Work::weeks() const {
  return std::chrono::duration<double>(until - since) / std::chrono::hours(24 * 7);
}

ChannelWork Work::of(const std::vector<Channel>& wanted) const {
  ChannelWork sum;
  for (const auto& [name, c] : channels) {
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), name) == wanted.end()) continue;
    sum.tickets += c.tickets;
    sum.contacts += c.contacts;
    sum.answers += c.answers;
    sum.logged_tickets += c.logged_tickets;
    sum.logged_contacts += c.logged_contacts;
    sum.logged_seconds += c.logged_seconds;
    sum.durable.merge(c.durable);
    for (std::size_t i = 0; i < k_hours_of_week; ++i) {
      sum.contacts_at[i] += c.contacts_at[i];
      sum.answers_at[i] += c.answers_at[i];
    }
    for (const auto& [hour, n] : c.per_hour) sum.per_hour[hour] += n;
    for (const auto& [seconds, n] : c.answered_after) sum.answered_after[seconds] += n;
    for (const auto& [seconds, n] : c.gone_after) sum.gone_after[seconds] += n;
    sum.in_line += c.in_line;
  }
  return sum;
}

std::size_t hour_of_week(const Civil& civil) {
  return static_cast<std::size_t>(civil.weekday - 1) * 24 + static_cast<std::size_t>(civil.hour);
}

Result<Work> read_work(const Desk& desk, Instant since, Instant until) {
  Work work;
  until = std::min(until, desk.now());
  std::optional<Instant> oldest = TRY(desk.store().info()).oldest;
  Instant begin = std::max(desk.complete_since().value_or(since), oldest.value_or(since));
  if (begin > since) {
    since = std::min(begin, until);
    work.shortened = true;
  }
  work.since = hour_start(since, desk.zone());
  work.until = std::max(work.since, hour_start(until, desk.zone()));
  for (Instant t = work.since; t < work.until; t += k_hour) ++work.hours[hour_of_week(desk.zone().civil(t))];
  const metrics::ImportSeconds imports = TRY(find_imports(desk, 0));
  Counter counter(desk, work, imports);
  TRY(desk.each_timeline([&](const model::Timeline& timeline) -> Result<void> {
    counter.add(timeline);
    return {};
  }));
  return work;
}

std::optional<double> dispersion(const Work& work, const ChannelWork& channel, const Zone& zone) {
  std::array<std::vector<std::int64_t>, k_hours_of_week> counts;
  for (Instant t = work.since; t < work.until; t += k_hour) {
    auto found = channel.per_hour.find(hour_start(t, zone));
    counts[hour_of_week(zone.civil(t))].push_back(found == channel.per_hour.end() ? 0 : found->second);
  }
  double variances = 0;
  double means = 0;
  for (std::size_t i = 0; i < k_hours_of_week; ++i) {
    auto index = metrics::dispersion_of(counts[i]);
    if (!index) continue;
    double mean = static_cast<double>(channel.contacts_at[i]) / static_cast<double>(counts[i].size());
    variances += *index * mean;
    means += mean;
  }
  if (means <= 0) return std::nullopt;
  return variances / means;
}

} // namespace helpdesk::report
