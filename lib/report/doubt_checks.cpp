#include "base/text.hpp"
#include "metrics/quantile.hpp"
#include "report/doubt.hpp"
#include "report/speed.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

double share(std::int64_t k, std::int64_t n) {
  return n <= 0 ? 0 : static_cast<double>(k) / static_cast<double>(n);
}

double seconds(Duration d) { return static_cast<double>(d.count()) / 1e6; }

std::string median_text(const metrics::Sample& sorted) {
  if (sorted.size() == 0) return "none";
  metrics::Survival curve = metrics::Survival::estimate(sorted);
  auto value = curve.quantile(0.5).value;
  return value ? compact(*value) : "> " + compact(curve.longest());
}

std::optional<double> median_of(const metrics::Sample& sorted) {
  return sorted.size() == 0 ? std::nullopt : metrics::Survival::estimate(sorted).quantile(0.5).value;
}

Doubt doubt(int number, std::string key, Weight weight, std::string text) {
  return {number, std::move(key), weight, std::move(text)};
}

} // namespace

namespace doubts {

std::optional<Doubt> censoring(std::string_view title, const metrics::Summary& s) {
  if (s.n == 0) return std::nullopt;
  double naive = s.naive_median ? seconds(*s.naive_median) : 0;
  bool hidden = s.waiting > 0 && (!s.median.value || *s.median.value > 1.5 * naive);
  return doubt(1, "censoring",
               hidden          ? Weight::alarm
               : s.waiting > 0 ? Weight::note
                               : Weight::fine,
               fmt::format("{}: {} of {} ({}) have not ended; median {} counting them, {} without", title,
                           s.waiting, s.n, percent(share(s.waiting, s.n)),
                           s.median.value ? compact(*s.median.value) : "> " + compact(s.longest),
                           s.naive_median ? compact(naive) : "none"));
}

std::optional<Doubt> oldest_waiting(const metrics::Evidence& e, Instant now) {
  if (e.oldest.empty()) return std::nullopt;
  std::string list;
  for (const auto& [start, ticket] : e.oldest)
    list += fmt::format("{}#{} {}", list.empty() ? "" : ", ", ticket,
                        compact(seconds(now - instant_of_micros(start))));
  bool stuck = now - instant_of_micros(e.oldest.front().first) > std::chrono::hours(14 * 24);
  return doubt(2, "immortal_queue", stuck ? Weight::alarm : Weight::note, "waiting longest: " + list);
}

std::optional<Doubt> recency(const metrics::Evidence& e) {
  if (e.solves == 0) return std::nullopt;
  return doubt(4, "recency", e.solved_late > 0 ? Weight::note : Weight::fine,
               fmt::format("{} of {} solves are less than 7 days old: what is told of them may still change",
                           e.solved_late, e.solves));
}

std::optional<Doubt> receipts(const metrics::Evidence& e) {
  if (e.acknowledged.size() == 0) return std::nullopt;
  auto honest = median_of(e.with_outbound);
  auto flattered = median_of(e.replied_or_acknowledged);
  bool differ = flattered && (!honest || *honest > 2 * *flattered);
  return doubt(
      5, "auto_ack", differ ? Weight::note : Weight::fine,
      fmt::format("{} automatic receipts, median {}: first reply would be {} if they counted; they do not",
                  e.acknowledged.size(), median_text(e.acknowledged),
                  median_text(e.replied_or_acknowledged)));
}

std::optional<Doubt> bots(const metrics::Evidence& e) {
  if (e.cycles_by_ai == 0) return std::nullopt;
  return doubt(
      6, "bot_mix",
      share(e.after_ai.back, e.after_ai.of) > 1.5 * share(e.after_human.back, e.after_human.of)
          ? Weight::alarm
          : Weight::note,
      fmt::format("AI alone answered {} of {} cycles ({}); reopened after AI {} of {}, after people {} of {}",
                  e.cycles_by_ai, e.cycles, percent(share(e.cycles_by_ai, e.cycles)), e.after_ai.back,
                  e.after_ai.of, e.after_human.back, e.after_human.of));
}

std::optional<Doubt> outbound(const metrics::Evidence& e) {
  if (e.tickets == 0) return std::nullopt;
  return doubt(
      7, "outbound", e.outbound > 0 ? Weight::note : Weight::fine,
      fmt::format("we wrote first in {} of {} ({}): left out of first reply, which would be {} with them",
                  e.outbound, e.tickets, percent(share(e.outbound, e.tickets)),
                  median_text(e.with_outbound)));
}

std::optional<Doubt> exclusions(const metrics::Evidence& e) {
  std::int64_t now = 0;
  std::int64_t then = 0;
  std::string reasons;
  for (const auto& [code, n] : e.per_left_out) {
    now += n;
    reasons += fmt::format("{}{} {}", reasons.empty() ? "" : ", ",
                           metrics::title(static_cast<metrics::Reason>(code)), n);
  }
  for (const auto& [code, n] : e.per_left_out_before) then += n;
  std::int64_t all = now + e.tickets;
  if (all == 0) return std::nullopt;
  std::string text = fmt::format("{} of {} tickets left out ({})", now, all, percent(share(now, all)));
  if (!reasons.empty()) text += ": " + reasons;
  double rate_then = share(then, then + e.before);
  bool rose = then + e.before > 0 && now >= 5 && share(now, all) > 2 * rate_then;
  if (then + e.before > 0) text += "; in the period before " + percent(rate_then);
  return doubt(8, "excluded", rose ? Weight::alarm : now > 0 ? Weight::note : Weight::fine, std::move(text));
}

std::optional<Doubt> solve_and_reopen(const metrics::Evidence& e) {
  if (e.solves == 0) return std::nullopt;
  double reopened = share(e.reopened_in_72h, e.solves);
  return doubt(
      9, "solve_and_reopen", reopened > 0.1 ? Weight::alarm : Weight::note,
      fmt::format(
          "of {} solves {} came back within 72 h ({}), {} by the customer within 1 h; {} had no reply ({})",
          e.solves, e.reopened_in_72h, percent(reopened), e.reopened_by_customer_in_1h,
          e.solves_without_reply, percent(share(e.solves_without_reply, e.solves))));
}

std::optional<Doubt> paused_while_owed(const metrics::Evidence& e, const std::string& most_by) {
  std::string kept;
  auto with = e.promises.kept.share();
  auto without = e.promises.unpaused.share();
  bool flatters = with && without && e.promises.kept.pausing > 0;
  if (flatters)
    kept = fmt::format("; {} of the promises were kept, {} if no clock had been paused", percent(*with),
                       percent(*without));
  if (e.turns_answered == 0 && e.paused_while_owed == Duration::zero() && !flatters) return std::nullopt;
  if (e.paused_while_owed == Duration::zero())
    return doubt(10, "paused_while_owed", flatters ? Weight::note : Weight::fine,
                 "nothing was set aside while the customer waited" + kept);
  return doubt(
      10, "paused_while_owed", Weight::note,
      fmt::format("{} in pending or hold while the customer waited{}: clocks that pause would hide it{}",
                  compact(seconds(e.paused_while_owed)),
                  most_by.empty() ? "" : ", most of it with " + most_by, kept));
}

std::optional<Doubt> heaping(const metrics::Evidence& e) {
  if (!e.options().target || e.within_target < 10) return std::nullopt;
  double near = share(e.near_target, e.within_target);
  return doubt(
      11, "heaping", near > 0.3 ? Weight::alarm : Weight::fine,
      fmt::format("{} of {} replies within the target of {} came in its last tenth ({}; 10 % would be even)",
                  e.near_target, e.within_target, compact(seconds(*e.options().target)), percent(near)));
}

std::optional<Doubt> bursts(const metrics::Evidence& e) {
  if (e.replies == 0) return std::nullopt;
  return doubt(
      12, "bursts", e.bursts > 0 ? Weight::note : Weight::fine,
      fmt::format("{} of {} replies came within 2 min of another by the same agent: waits count them once",
                  e.bursts, e.replies));
}

std::optional<Doubt> off_hours(const metrics::Evidence& e) {
  if (!e.options().business || e.replies_timed == 0) return std::nullopt;
  double zero = share(e.off_hours, e.replies_timed);
  return doubt(
      13, "business_hours", zero > 0.2 ? Weight::alarm : Weight::note,
      fmt::format("{} of {} replies ({}) took no business time at all: asked and answered out of hours",
                  e.off_hours, e.replies_timed, percent(zero)));
}

std::optional<Doubt> downgrades(const metrics::Evidence& e) {
  if (e.tickets == 0) return std::nullopt;
  std::string text = fmt::format("priority lowered {} times before the first reply", e.downgrades);
  const metrics::Promises& p = e.promises;
  std::int64_t rescued = p.rescued_met + p.rescued_open;
  if (e.options().policies)
    text += fmt::format("; {} times within 30 min before a promise would have broken", p.downgrades);
  auto kept = p.kept.share();
  auto original = p.share_at_original_priority();
  if (rescued > 0 && kept && original)
    text += fmt::format(": {} kept as it stands, {} at the original priority", percent(*kept),
                        percent(*original));
  return doubt(15, "downgrades",
               rescued > 0                            ? Weight::alarm
               : e.downgrades > 0 || p.downgrades > 0 ? Weight::note
                                                      : Weight::fine,
               std::move(text));
}

std::optional<Doubt> reassignments(const metrics::Evidence& e) {
  if (e.tickets == 0) return std::nullopt;
  std::string text = fmt::format("{} tickets went from one agent to another before anybody replied",
                                 e.reassigned_before_reply);
  if (e.options().policies)
    text += fmt::format("; {} promises broke within 30 min after the ticket was handed on",
                        e.promises.reassigned);
  return doubt(16, "reassigned",
               e.promises.reassigned > 0 || e.reassigned_before_reply > 0 ? Weight::note : Weight::fine,
               std::move(text));
}

std::optional<Doubt> tail(std::string_view title, const metrics::Sample& sorted) {
  const auto& values = sorted.happened;
  if (values.size() < 10) return std::nullopt;
  double mean = static_cast<double>(*metrics::mean(values));
  double median = metrics::quantile(values, 0.5);
  double p90 = metrics::quantile(values, 0.9);
  std::size_t top = std::max<std::size_t>(1, values.size() / 100);
  double sum = 0;
  double largest = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sum += static_cast<double>(values[i]);
    if (i + top >= values.size()) largest += static_cast<double>(values[i]);
  }
  double part = sum > 0 ? largest / sum : 0;
  return doubt(
      17, "tail", part > 0.2 || mean > 3 * median ? Weight::note : Weight::fine,
      fmt::format(
          "{}: of those that ended, mean {} against median {} and p90 {}; the longest {} make {} of the mean",
          title, compact(mean / 1e6), compact(median / 1e6), compact(p90 / 1e6), top, percent(part)));
}

std::optional<Doubt> small_n(std::string_view title, const metrics::Summary& s) {
  if (s.n == 0 || !s.median.value) return std::nullopt;
  double value = *s.median.value;
  if (s.n < metrics::least_values(0.5))
    return doubt(18, "small_n", Weight::alarm,
                 fmt::format("{}: {} are too few for an interval of the median: inconclusive", title, s.n));
  if (!s.median.lower || !s.median.upper)
    return doubt(18, "small_n", Weight::note,
                 fmt::format("{}: the median's interval is open at one end: inconclusive", title));
  double width = *s.median.upper - *s.median.lower;
  bool wide = width > 0.5 * value;
  return doubt(18, "small_n", wide ? Weight::note : Weight::fine,
               fmt::format("{}: the median's interval is {} wide, {} of its value{}", title, compact(width),
                           value > 0 ? percent(width / value) : "all", wide ? ": inconclusive" : ""));
}

std::optional<Doubt> ranking(const std::vector<Ranked>& groups) {
  const Ranked* best = nullptr;
  const Ranked* worst = nullptr;
  for (const Ranked& g : groups) {
    if (!g.median.value) continue;
    if (!best || *g.median.value < *best->median.value) best = &g;
    if (!worst || *g.median.value > *worst->median.value) worst = &g;
  }
  if (!best || best == worst) return std::nullopt;
  bool apart = best->median.upper && worst->median.lower && *best->median.upper < *worst->median.lower;
  return doubt(
      18, "ranking", apart ? Weight::fine : Weight::alarm,
      apart ? fmt::format("{} and {} differ by more than chance", best->name, worst->name)
            : fmt::format("even {} and {} cannot be told apart: their intervals overlap; do not rank them",
                          best->name, worst->name));
}

std::optional<Doubt> mix(std::string_view title, const metrics::MixShift& m) {
  bool hides = m.simpson() && std::fabs(m.mix) > std::fabs(m.rate);
  auto part = [](double s) { return (s < 0 ? "-" : "+") + compact(std::fabs(s)); };
  return doubt(
      19, "mix_shift", hides ? Weight::alarm : Weight::note,
      fmt::format("{}: {} of the change comes from other channels and priorities, {} from the work{}", title,
                  part(m.mix), part(m.rate), hides ? ": the sign of the change is that of the mix" : ""));
}

std::optional<Doubt> little(const metrics::Evidence& e, Duration period) {
  if (period <= Duration::zero() || e.departures < 10 || e.unsolved_time == 0) return std::nullopt;
  auto span = static_cast<double>(period.count());
  double there = static_cast<double>(e.unsolved_time) / span;
  double stay = static_cast<double>(e.time_of_departed) / static_cast<double>(e.departures);
  double expected = static_cast<double>(e.arrivals) / span * stay;
  double off = std::fabs(there - expected) / there;
  return doubt(20, "steady_state", off > 0.25 ? Weight::alarm : Weight::fine,
               fmt::format("{:.1f} unsolved on average, {:.1f} if the desk were steady{}", there, expected,
                           off <= 0.25        ? ""
                           : expected < there ? ": backlog was growing or is old; averages lag"
                                              : ": backlog was shrinking; averages lag"));
}

std::optional<Doubt> survey(const metrics::Evidence& e) {
  const metrics::SatisfactionScore& s = e.ratings.score;
  auto csat = s.csat();
  if (!csat) return std::nullopt;
  if (s.rated() < metrics::k_least_ratings)
    return doubt(21, "survey", Weight::alarm, fmt::format("{} ratings are too few to speak of", s.rated()));
  metrics::Interval ci = s.interval();
  std::string text = fmt::format("CSAT good/(good+bad) {} [{:.0f}..{:.0f}] of {} ratings", percent(*csat),
                                 ci.lower * 100, ci.upper * 100, s.rated());
  if (s.offered >= s.rated()) {
    metrics::Interval all = s.bounds();
    text += fmt::format("; {} of those asked answered: between {} and {} if all had",
                        percent(share(s.rated(), s.offered)), percent(all.lower), percent(all.upper));
  } else {
    text += "; how many were asked is not known";
  }
  return doubt(21, "survey", Weight::note, std::move(text));
}

std::optional<Doubt> data_quality(const metrics::Evidence& e) {
  if (e.tickets == 0) return std::nullopt;
  double silent = share(e.without_question, e.tickets);
  return doubt(22, "data_quality",
               silent > 0.05 || e.bad_clock > 0                ? Weight::alarm
               : e.without_question + e.clamped + e.future > 0 ? Weight::note
                                                               : Weight::fine,
               fmt::format("{} of {} tickets have no message from outside ({}){}; {} ended before they began "
                           "(counted as 0), {} left out for their clocks, {} entries from the future",
                           e.without_question, e.tickets, percent(silent),
                           silent > 0.05 ? ": first and next reply speak only of the others" : "", e.clamped,
                           e.bad_clock, e.future));
}

std::optional<Doubt> clock_changes(const Zone& zone, Instant since, Instant until) {
  if (until <= since || until - since > std::chrono::hours(24 * 366 * 10)) return std::nullopt;
  std::string days;
  int before = zone.civil(since).offset_seconds;
  for (Instant t = since; t < until; t += std::chrono::hours(24)) {
    Instant next = std::min(t + std::chrono::hours(24), until);
    int offset = zone.civil(next).offset_seconds;
    if (offset == before) continue;
    Instant last = t; // of the old offset
    while (next - last > std::chrono::minutes(1)) {
      Instant middle = last + (next - last) / 2;
      (zone.civil(middle).offset_seconds == before ? last : next) = middle;
    }
    Civil c = zone.civil(next);
    if (days.size() < 120)
      days += fmt::format("{}{:04}-{:02}-{:02}", days.empty() ? "" : ", ", c.year, c.month, c.day);
    before = offset;
  }
  if (days.empty()) return doubt(24, "clock_changes", Weight::fine, "no change of the clocks in the period");
  return doubt(24, "clock_changes", Weight::note,
               "the clocks changed on " + days + ": days of 23 and 25 hours are counted as such");
}

namespace {

Instant begin_of(const metrics::Date& date, const Zone& zone) {
  Civil c;
  c.year = date.year;
  c.month = date.month;
  c.day = date.day;
  return zone.instant(c);
}

// Whether a day of the calendar's zone lies in the period; of every year: in one of its years.
bool lies_in(metrics::Date date, const Zone& zone, Instant since, Instant until) {
  int first = date.year != 0 ? date.year : zone.civil(since).year;
  int last = date.year != 0 ? date.year : zone.civil(until).year;
  for (date.year = first; date.year <= last; ++date.year) {
    Instant day = begin_of(date, zone);
    if (day + std::chrono::hours(24) > since && day < until) return true;
  }
  return false;
}

} // namespace

std::optional<Doubt> calendar_edits(const metrics::Calendar& calendar, Instant since, Instant until) {
  std::string days;
  for (const metrics::CalendarVersion& v : calendar.versions)
    if (v.valid_from && begin_of(*v.valid_from, v.zone) > since && begin_of(*v.valid_from, v.zone) < until)
      days += (days.empty() ? "" : ", ") + metrics::to_text(*v.valid_from);
  if (days.empty())
    return doubt(14, "calendar_edits", Weight::fine, "the calendar did not change in the period");
  return doubt(14, "calendar_edits", Weight::note,
               "the calendar changed on " + days + ": business hours before and after are not the same");
}

std::optional<Doubt> holidays(const metrics::Calendar& calendar, Instant since, Instant until) {
  std::string days;
  int n = 0;
  for (std::size_t i = 0; i < calendar.versions.size(); ++i) {
    const metrics::CalendarVersion& v = calendar.versions[i];
    Instant from = v.valid_from ? std::max(since, begin_of(*v.valid_from, v.zone)) : since;
    Instant to = until;
    if (i + 1 < calendar.versions.size() && calendar.versions[i + 1].valid_from)
      to = std::min(to, begin_of(*calendar.versions[i + 1].valid_from, calendar.versions[i + 1].zone));
    for (const metrics::Holiday& h : v.holidays) {
      if (from >= to || !lies_in(h.date, v.zone, from, to)) continue;
      ++n;
      if (days.size() < 120)
        days += (days.empty() ? "" : ", ") + (h.name.empty() ? metrics::to_text(h.date) : h.name);
    }
  }
  if (n == 0) return doubt(24, "holidays", Weight::fine, "no holiday of the calendar in the period");
  return doubt(24, "holidays", Weight::note,
               fmt::format("{} of the calendar's holidays in the period, which business hours leave out: {}",
                           n, days));
}

std::optional<Doubt> double_counting(const metrics::Evidence& e) {
  if (e.solves == 0) return std::nullopt;
  return doubt(
      25, "double_counting", e.reopens > 0 ? Weight::note : Weight::fine,
      fmt::format(
          "{} tickets were reopened {} times: each counts once in \"solved for good\", not at each solve",
          e.reopened, e.reopens));
}

Doubt definitions(const metrics::MetricNames& names) {
  return doubt(26, "definitions", Weight::fine,
               "definitions " + definitions_hash(names) + ": compare only numbers that have the same");
}

} // namespace doubts

std::string definitions_hash(const metrics::MetricNames& names) {
  // The first number is raised when what a text stands for changes.
  std::string all = "1";
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto metric = static_cast<metrics::Metric>(i);
    all += fmt::format("\n{}: {}", names.key(metric), names.meaning(metric));
  }
  for (std::size_t i = 0; i < metrics::k_count_count; ++i)
    all += fmt::format("\n{}", metrics::meaning(static_cast<metrics::Count>(i)));
  for (std::size_t i = 0; i < metrics::k_share_count; ++i)
    all += fmt::format("\n{}", metrics::meaning(static_cast<metrics::Share>(i)));
  return fmt::format("{:016x}", fnv1a(all));
}

} // namespace helpdesk::report
