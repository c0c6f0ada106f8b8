#include "metrics/collect.hpp"

#include "metrics/quantile.hpp"

#include <algorithm>
#include <cmath>

namespace helpdesk::metrics {
namespace {

constexpr std::array<std::string_view, 3> k_cohorts{"started", "answered", "period"};

} // namespace

std::string_view text(Cohort cohort) { return k_cohorts[static_cast<std::size_t>(cohort)]; }

std::optional<Cohort> parse_cohort(std::string_view name) {
  auto it = std::find(k_cohorts.begin(), k_cohorts.end(), name);
  if (it == k_cohorts.end()) return std::nullopt;
  return static_cast<Cohort>(it - k_cohorts.begin());
}

bool has_period_view(Metric metric) {
  switch (metric) {
  case Metric::requester_wait:
  case Metric::agent_wait:
  case Metric::time_unsolved:
  case Metric::customer_wait:
  case Metric::agent_work:
  case Metric::on_hold:
  case Metric::pausable: return false;
  default: return true;
  }
}

const Sample& Group::sample(Metric metric, bool in_business_hours) const {
  static const Sample none;
  const auto& list = in_business_hours ? business : samples;
  return index(metric) < list.size() ? list[index(metric)] : none;
}

std::int64_t Group::excluded_of(Metric metric) const {
  std::int64_t sum = 0;
  if (index(metric) < excluded.size())
    for (std::int64_t n : excluded[index(metric)]) sum += n;
  return sum;
}

void Group::merge(Group&& other, bool sorted) {
  for (std::size_t i = 0; i < samples.size(); ++i) {
    sorted ? samples[i].merge_sorted(other.samples[i]) : samples[i].merge(other.samples[i]);
    other.samples[i] = {}; // its memory is needed for the next one
  }
  for (std::size_t i = 0; i < business.size(); ++i) {
    sorted ? business[i].merge_sorted(other.business[i]) : business[i].merge(other.business[i]);
    other.business[i] = {};
  }
  for (std::size_t i = 0; i < excluded.size(); ++i)
    for (std::size_t r = 0; r < k_reason_count; ++r) excluded[i][r] += other.excluded[i][r];
  for (std::size_t i = 0; i < k_count_count; ++i) counts[i].merge(other.counts[i]);
  for (std::size_t i = 0; i < k_share_count; ++i) shares[i].merge(other.shares[i]);
  ratings.merge(other.ratings);
}

void Totals::merge(const Totals& other) {
  tickets += other.tickets;
  for (std::size_t r = 0; r < k_reason_count; ++r) left_out[r] += other.left_out[r];
  outbound += other.outbound;
  clamped += other.clamped;
  future += other.future;
  paused_while_owed += other.paused_while_owed;
  reopens += other.reopens;
}

Collector::Collector(CollectOptions options)
    : options_(std::move(options)), terms_(options_.text),
      grouper_(options_.by, options_.zone, options_.text), backlog_(options_.backlog_at) {
  options_.measuring.keep_pieces = false;
  if (options_.intervals && !options_.intervals->empty())
    intervals_.emplace(options_.intervals, options_.text);
  wanted_.assign(MetricNames(options_.intervals).size(), options_.wanted.empty());
  for (Metric metric : options_.wanted)
    if (index(metric) < wanted_.size()) wanted_[index(metric)] = true;
}

Group& Collector::group(const GroupKey& key) {
  auto hash = static_cast<std::uint64_t>(key[0]) * 0x9E3779B97F4A7C15ULL +
              static_cast<std::uint64_t>(key[1]) * 0xC2B2AE3D27D4EB4FULL;
  auto& [recent, known] = recent_[hash >> 56];
  if (known && recent == key) return *known;
  Group& group = groups_[key];
  if (group.samples.empty()) {
    group.samples.resize(wanted_.size());
    group.excluded.resize(wanted_.size());
    if (options_.business) group.business.resize(wanted_.size());
  }
  recent = key;
  known = &group;
  return group;
}

Instant Collector::now_of(model::Term account) {
  if (!options_.now_of) return options_.now;
  if (!known_account_ || *known_account_ != account) {
    known_now_ = options_.now_of(account);
    known_account_ = account;
  }
  return known_now_;
}

void Collector::add(const model::Timeline& timeline) {
  Instant now = now_of(timeline.account);
  read_history(timeline, now, history_);
  bool later = !history_.entries.empty() && options_.until && history_.created >= *options_.until;
  MeasureOptions measuring = options_.measuring;
  measuring.intervals = intervals_ ? &*intervals_ : nullptr;
  if (!options_.measure_all) measuring.wanted = &wanted_;
  measuring.clock = &wall_clock();
  measuring.beside = options_.business;
  if (later && !options_.measure_all) return;
  measure(timeline, history_, measuring, measured_);
  if (later) return;
  ++totals_.tickets;
  totals_.future += history_.future;
  if (measured_.left_out) {
    ++totals_.left_out[static_cast<std::size_t>(*measured_.left_out)];
    return;
  }
  totals_.clamped += measured_.clamped;
  totals_.outbound += history_.outbound;
  totals_.paused_while_owed += history_.paused_while_owed;
  totals_.reopens += history_.reopens;
  if (!options_.backlog_at.empty()) backlog_.add(history_);
  for (const Measurement& m : measured_.measured)
    if (wanted_[index(m.metric)]) add_one(m, timeline);
  if (!in_cohort(history_.created)) return;
  if (measured_.excluded.empty() && !options_.tallies) return;
  Measurement whole;
  whole.start = whole.as_of = history_.created;
  whole.agent = timeline.assignee;
  grouper_.keys(timeline, whole, keys_);
  for (const GroupKey& key : keys_) {
    for (const Exclusion& e : measured_.excluded)
      if (wanted_[index(e.metric)])
        ++group(key).excluded[index(e.metric)][static_cast<std::size_t>(e.reason)];
    if (!options_.tallies || is_noise(history_)) continue;
    TicketTally t = tally(timeline, history_);
    Group& g = group(key);
    for (std::size_t i = 0; i < k_count_count; ++i) g.counts[i].add(t.counts[i]);
    for (std::size_t i = 0; i < k_share_count; ++i)
      if (t.shares[i]) g.shares[i].add(*t.shares[i]);
    for (const model::TimelineEntry& e : history_.entries)
      if (e.entry == model::EntryKind::event && e.kind == model::EventKind::rating)
        g.ratings.add(terms_.text(e.field), terms_.text(e.to));
  }
}

void Collector::add_one(const Measurement& m, const model::Timeline& timeline) {
  switch (options_.cohort) {
  case Cohort::started:
    if (!in_cohort(m.start)) return;
    break;
  case Cohort::answered: {
    Instant end = m.is_stretch ? m.end : m.start + m.length;
    if (m.outcome != Outcome::happened || !in_cohort(end)) return;
    break;
  }
  case Cohort::period:
    if (!m.is_stretch) return;
    if (options_.until && m.start >= *options_.until) return;
    if (options_.since && m.end <= *options_.since && m.start < *options_.since) return;
    break;
  }
  Observed seen = observed(m, m.length, wall_clock());
  Observed seen_in_hours;
  if (options_.business) seen_in_hours = observed(m, m.beside, *options_.business);
  grouper_.keys(timeline, m, keys_);
  for (const GroupKey& key : keys_) {
    Group& g = group(key);
    put(g.samples[index(m.metric)], seen);
    if (options_.business) put(g.business[index(m.metric)], seen_in_hours);
  }
}

Collector::Observed Collector::observed(const Measurement& m, Duration length, const Clock& clock) const {
  Observed seen{length, m.outcome, Duration(-1)};
  if (options_.cohort != Cohort::period) return seen;
  if (options_.since && m.start < *options_.since)
    seen.entry = std::max(Duration::zero(), clock.elapsed(m.start, *options_.since));
  if (options_.until && m.end >= *options_.until) {
    seen.length = std::max(Duration::zero(), clock.elapsed(m.start, *options_.until));
    seen.outcome = Outcome::waiting;
  }
  return seen;
}

void Collector::put(Sample& sample, const Observed& seen) const {
  if (options_.cohort == Cohort::period)
    sample.add(seen.length, seen.outcome, seen.entry);
  else
    sample.add(seen.length, seen.outcome);
}

void Collector::merge(Collector&& other) {
  totals_.merge(other.totals_);
  backlog_.merge(other.backlog_);
  bool sorted = sorted_ && other.sorted_;
  other.recent_ = {};
  while (!other.groups_.empty()) {
    auto node = other.groups_.extract(other.groups_.begin());
    auto [it, is_new] = groups_.try_emplace(node.key());
    if (is_new)
      it->second = std::move(node.mapped());
    else
      it->second.merge(std::move(node.mapped()), sorted);
  }
  sorted_ = sorted;
}

const std::map<GroupKey, Group>& Collector::groups() {
  if (sorted_) return groups_;
  for (auto& [key, group] : groups_) {
    for (Sample& sample : group.samples) sample.sort();
    for (Sample& sample : group.business) sample.sort();
  }
  sorted_ = true;
  return groups_;
}

Summary summarise(const Sample& sample, const std::vector<int>& percentiles) {
  Summary s;
  s.happened = static_cast<std::int64_t>(sample.happened.size());
  s.competing = static_cast<std::int64_t>(sample.competing.size());
  s.waiting = static_cast<std::int64_t>(sample.waiting.size());
  s.n = s.happened + s.competing + s.waiting;
  if (s.n == 0) return s;
  Survival curve = Survival::estimate(sample);
  s.median = curve.quantile(0.5);
  s.p90 = curve.quantile(0.9);
  for (int p : percentiles) s.percentiles.push_back(curve.quantile(p / 100.0));
  s.longest = curve.longest();
  if (auto value = mean(sample.happened)) {
    s.naive_mean = Duration(*value);
    s.naive_median = Duration(std::llround(quantile(sample.happened, 0.5)));
  }
  s.by_longest = incidence(sample, std::llround(s.longest * 1e6));
  return s;
}

} // namespace helpdesk::metrics
