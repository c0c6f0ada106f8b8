#include "report/gather.hpp"

#include "base/threads.hpp"

#include <algorithm>
#include <thread>

namespace helpdesk::report {
namespace {

constexpr std::size_t k_most_threads = 8;
constexpr int k_most_instants = 1000;

std::unique_ptr<metrics::Collector> collector(const metrics::CollectOptions& options) {
  return std::make_unique<metrics::Collector>(options);
}

// What one thread gathers.
Gathered start(const Desk& desk, const StatsOptions& options, const std::vector<metrics::Metric>& wanted,
               const metrics::ImportSeconds* imports) {
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
  collecting.measuring.imports = imports;
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
    about.policies = options.policies;
    about.text = collecting.text;
    g.evidence = std::make_unique<metrics::Evidence>(about);
  }
  if (options.process) g.process = std::make_unique<metrics::Process>();
  return g;
}

void add_process(metrics::Process& process, const StatsOptions& options, const model::Timeline& timeline,
                 const metrics::Collector& main) {
  const metrics::History& h = main.history();
  if (main.measured().left_out || metrics::is_noise(h)) return;
  if ((options.since && h.created < *options.since) || (options.until && h.created >= *options.until)) return;
  process.add(timeline, h);
}

void add(Gathered& g, const StatsOptions& options, const model::Timeline& timeline) {
  g.main->add(timeline);
  if (g.process) add_process(*g.process, options, timeline, *g.main);
  for (auto* other : {&g.then, &g.mix_now, &g.mix_then, &g.started})
    if (*other) (*other)->add(timeline);
  if (g.evidence) g.evidence->add(timeline, g.main->history(), g.main->measured());
  g.suspects.add(timeline);
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

namespace {

Result<Gathered> gather_once(const Desk& desk, const StatsOptions& options,
                             const std::vector<metrics::Metric>& wanted,
                             const metrics::ImportSeconds* imports) {
  std::vector<Gathered> parts;
  std::size_t threads = helpful_threads(options.threads);
  for (std::size_t i = 0; i < threads; ++i) parts.push_back(start(desk, options, wanted, imports));
  TRY(desk.each_timeline(threads, [&](std::size_t thread, const model::Timeline& timeline) {
    add(parts[thread], options, timeline);
  }));
  // Each sorts what it has while the others do; merging sorted lists is cheap.
  for_each_in_parallel(threads, threads, [&](std::size_t i) {
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
    if (all.process) all.process->merge(*parts[i].process);
    all.suspects.merge(parts[i].suspects);
  }
  if (all.evidence) all.evidence->finish();
  if (all.process) all.process->finish();
  return all;
}

} // namespace

Result<metrics::ImportSeconds> find_imports(const Desk& desk, std::size_t threads,
                                            const metrics::ImportSuspects& suspects) {
  if (!suspects.any()) return metrics::ImportSeconds();
  std::vector<metrics::ImportCounter> parts(helpful_threads(threads), metrics::ImportCounter(&suspects));
  TRY(desk.each_timeline(parts.size(), [&](std::size_t thread, const model::Timeline& timeline) {
    parts[thread].add(timeline);
  }));
  for (std::size_t i = 1; i < parts.size(); ++i) parts.front().merge(parts[i]);
  return parts.front().seconds();
}

Result<metrics::ImportSeconds> find_imports(const Desk& desk, std::size_t threads) {
  std::vector<metrics::ImportSuspects> parts(helpful_threads(threads));
  TRY(desk.each_timeline(parts.size(), [&](std::size_t thread, const model::Timeline& timeline) {
    parts[thread].add(timeline);
  }));
  for (std::size_t i = 1; i < parts.size(); ++i) parts.front().merge(parts[i]);
  return find_imports(desk, threads, parts.front());
}

Result<metrics::Process> find_process(const Desk& desk, std::size_t threads) {
  StatsOptions options;
  options.process = true;
  options.threads = threads;
  Gathered all = TRY(gather(desk, options, {metrics::Metric::first_reply}));
  return std::move(*all.process);
}

// Once, but where tickets were imported without their times: then again without them.
Result<Gathered> gather(const Desk& desk, const StatsOptions& options,
                        const std::vector<metrics::Metric>& wanted) {
  Gathered all = TRY(gather_once(desk, options, wanted, nullptr));
  metrics::ImportSeconds imports = TRY(find_imports(desk, options.threads, all.suspects));
  if (imports.empty()) return all;
  return gather_once(desk, options, wanted, &imports);
}

} // namespace helpdesk::report
