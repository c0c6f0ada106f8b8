#include "report/gather.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace helpdesk::report {
namespace {

constexpr std::size_t k_most_threads = 8;
constexpr int k_most_instants = 1000;

std::unique_ptr<metrics::Collector> collector(const metrics::CollectOptions& options) {
  return std::make_unique<metrics::Collector>(options);
}

// What one thread gathers.
Gathered start(const Desk& desk, const StatsOptions& options, const std::vector<metrics::Metric>& wanted) {
  metrics::CollectOptions collecting;
  collecting.now = desk.now();
  collecting.now_of = [&desk](model::Term account) { return desk.known_until(account); };
  collecting.text = [&desk](model::Term term) { return desk.text(term); };
  collecting.since = options.since;
  collecting.until = options.until;
  collecting.cohort = options.cohort;
  collecting.by = options.by;
  collecting.zone = desk.zone();
  collecting.measuring.turns = options.turns;
  collecting.business = options.business;
  collecting.intervals = options.intervals;
  collecting.wanted = wanted;
  collecting.tallies = !options.counts.empty() || !options.shares.empty() || options.ratings;
  if (options.backlog) collecting.backlog_at = backlog_instants(desk, options);
  Gathered g;
  collecting.measure_all = options.doubt; // the evidence looks at them
  g.main = collector(collecting);
  collecting.measure_all = false;
  metrics::CollectOptions other = collecting;
  other.backlog_at.clear();
  other.tallies = false;
  if (options.cohort == metrics::Cohort::answered) {
    other.cohort = metrics::Cohort::started;
    g.started = collector(other);
    other.cohort = options.cohort;
  }
  if (options.compare_with) {
    metrics::CollectOptions mix = other;
    other.since = options.compare_with->first;
    other.until = options.compare_with->second;
    other.by.clear();
    g.then = collector(other);
    mix.by = {{metrics::GroupBy::channel, ""}, {metrics::GroupBy::priority, ""}};
    g.mix_now = collector(mix);
    mix.since = other.since;
    mix.until = other.until;
    g.mix_then = collector(mix);
  }
  if (options.doubt) {
    metrics::EvidenceOptions about;
    about.since = options.since;
    about.until = options.until;
    about.target = options.target;
    about.business = options.business;
    about.text = collecting.text;
    g.evidence = std::make_unique<metrics::Evidence>(about);
  }
  return g;
}

void add(Gathered& g, const model::Timeline& timeline) {
  g.main->add(timeline);
  for (auto* other : {&g.then, &g.mix_now, &g.mix_then, &g.started})
    if (*other) (*other)->add(timeline);
  if (g.evidence) g.evidence->add(timeline, g.main->history(), g.main->measured());
}

void merge(std::unique_ptr<metrics::Collector>& into, std::unique_ptr<metrics::Collector>& from) {
  if (into) into->merge(std::move(*from));
  from.reset();
}

} // namespace

std::size_t helpful_threads(std::size_t asked) {
  if (asked > 0) return std::min(asked, k_most_threads);
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 4);
}

void in_threads(std::size_t threads, std::size_t n, const std::function<void(std::size_t)>& f) {
  std::atomic<std::size_t> next = 0;
  auto work = [&] {
    for (std::size_t i = next++; i < n; i = next++) f(i);
  };
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < std::min(threads, n); ++i) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
}

std::vector<Instant> backlog_instants(const Desk& desk, const StatsOptions& options) {
  Instant end = std::min(options.until.value_or(desk.now()), desk.now());
  metrics::GroupBy period = metrics::GroupBy::nothing;
  for (const metrics::Dimension& d : options.by)
    if (d.by == metrics::GroupBy::day || d.by == metrics::GroupBy::week || d.by == metrics::GroupBy::month)
      period = d.by;
  if (period == metrics::GroupBy::nothing || !options.since) {
    if (options.since) return {*options.since, end};
    return {end};
  }
  const Zone& zone = desk.zone();
  auto begin_of = [&](Instant t) {
    return period == metrics::GroupBy::day    ? zone.start_of_day(t)
           : period == metrics::GroupBy::week ? zone.start_of_iso_week(t)
                                              : zone.start_of_month(t);
  };
  int step = period == metrics::GroupBy::day ? 1 : period == metrics::GroupBy::week ? 7 : 32;
  std::vector<Instant> instants{*options.since};
  for (Instant t = begin_of(zone.add_days(begin_of(*options.since), step));
       t < end && instants.size() < k_most_instants; t = begin_of(zone.add_days(t, step)))
    if (t > instants.back()) instants.push_back(t);
  if (end > instants.back()) instants.push_back(end);
  return instants;
}

Result<Gathered> gather(const Desk& desk, const StatsOptions& options,
                        const std::vector<metrics::Metric>& wanted) {
  std::vector<Gathered> parts;
  std::size_t threads = helpful_threads(options.threads);
  for (std::size_t i = 0; i < threads; ++i) parts.push_back(start(desk, options, wanted));
  TRY(desk.each_timeline(
      threads, [&](std::size_t thread, const model::Timeline& timeline) { add(parts[thread], timeline); }));
  // Each sorts what it has while the others do; merging sorted lists is cheap.
  in_threads(threads, threads, [&](std::size_t i) {
    for (auto* c : {&parts[i].main, &parts[i].then, &parts[i].mix_now, &parts[i].mix_then, &parts[i].started})
      if (*c) (*c)->groups();
  });
  Gathered all = std::move(parts.front());
  for (std::size_t i = 1; i < threads; ++i) {
    merge(all.main, parts[i].main);
    merge(all.then, parts[i].then);
    merge(all.mix_now, parts[i].mix_now);
    merge(all.mix_then, parts[i].mix_then);
    merge(all.started, parts[i].started);
    if (all.evidence) all.evidence->merge(*parts[i].evidence);
  }
  if (all.evidence) all.evidence->finish();
  return all;
}

} // namespace helpdesk::report
