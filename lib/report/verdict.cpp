#include "report/verdict.hpp"

#include "metrics/collect.hpp"
#include "metrics/sla_report.hpp"
#include "report/gather.hpp"
#include "report/speed.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

using metrics::GroupKey;
using metrics::Measurement;
using metrics::Outcome;
using metrics::Sample;

constexpr std::size_t k_worst = 3;

// What one gate knows of one group.
struct Evidence {
  Sample sample;
  metrics::Attainment sla;
  std::int64_t count = 0;
  Duration longest{};
  std::vector<WorstTicket> worst;

  void blame(const WorstTicket& t, bool high) {
    auto worse = [high](const WorstTicket& a, const WorstTicket& b) {
      if (a.age != b.age) return high ? a.age > b.age : a.age < b.age;
      return a.number < b.number;
    };
    auto same =
        std::find_if(worst.begin(), worst.end(), [&](const WorstTicket& w) { return w.number == t.number; });
    if (same == worst.end())
      worst.push_back(t);
    else if (worse(t, *same))
      *same = t;
    std::sort(worst.begin(), worst.end(), worse);
    if (worst.size() > k_worst) worst.pop_back();
  }
  void merge(const Evidence& other, bool high) {
    sample.merge(other.sample);
    sla.met += other.sla.met;
    sla.breached += other.sla.breached;
    sla.overdue += other.sla.overdue;
    count += other.count;
    longest = std::max(longest, other.longest);
    for (const WorstTicket& t : other.worst) blame(t, high);
  }
};

// The side on which a time is bad.
bool high_is_bad(const Gate& gate) {
  return unit(gate.subject) != GateUnit::time || gate.relation == Relation::below ||
         gate.relation == Relation::at_most || gate.relation == Relation::equal;
}
// A number that is too small has nobody to blame.
bool blames(const Gate& gate) {
  return unit(gate.subject) != GateUnit::count ||
         (gate.relation != Relation::above && gate.relation != Relation::at_least);
}

// Whether an observation is one of those that make the gate fail.
bool is_to_blame(const Gate& gate, const Measurement& m) {
  switch (gate.subject) {
  case GateSubject::quantile: return m.outcome != Outcome::competing;
  case GateSubject::mean: return m.outcome == Outcome::happened;
  case GateSubject::waiting_of:
  case GateSubject::waiting_share: return m.outcome == Outcome::waiting;
  case GateSubject::answered_share: return m.outcome != Outcome::happened;
  case GateSubject::within: return m.outcome == Outcome::competing || m.length > gate.within;
  default: return true;
  }
}

std::string_view state_of(Outcome outcome) {
  switch (outcome) {
  case Outcome::happened: return "answered";
  case Outcome::competing: return "ended without";
  case Outcome::waiting: return "waiting";
  }
  return "";
}

// One thread's share.
class Examiner {
 public:
  Examiner(const Desk& desk, const CheckOptions& options, const metrics::ImportSeconds* imports)
      : desk_(desk), options_(options), imports_(imports), evidence_(options.gates.size()),
        grouper_(options.by, desk.zone(), [&desk](model::Term t) { return desk.text(t); }) {
    auto text = [&desk](model::Term t) { return desk.text(t); };
    if (options.intervals && !options.intervals->empty()) intervals_.emplace(options.intervals, text);
    wanted_.assign(metrics::MetricNames(options.intervals).size(), false);
    for (const Gate& gate : options.gates) {
      if (is_of_metric(gate.subject)) {
        wanted_[metrics::index(gate.metric)] = true;
        (gate.business ? in_business_ : in_calendar_) = true;
      }
      wants_sla_ |= is_of_sla(gate.subject);
    }
    if (wants_sla_ && options.policies) sla_.emplace(options.policies, text, imports);
  }

  void add(const model::Timeline& timeline) {
    Instant known = desk_.known_until(timeline.account);
    metrics::read_history(timeline, known, history_);
    bool is_out = metrics::left_out(timeline, history_, imports_).has_value();
    suspects_.add(timeline);
    newest(timeline);
    if (is_out) return;
    if (in_calendar_) measure(timeline, metrics::wall_clock(), false);
    if (in_business_ && options_.business) measure(timeline, *options_.business, true);
    state(timeline);
    if (sla_) promises(timeline, known);
  }

  void merge(const Examiner& other) {
    for (std::size_t g = 0; g < evidence_.size(); ++g)
      for (const auto& [key, e] : other.evidence_[g])
        evidence_[g][key].merge(e, high_is_bad(options_.gates[g]));
    for (const auto& [key, t] : other.newest_) newest_[key] = std::max(newest_[key], t);
    suspects_.merge(other.suspects_);
  }

  std::vector<std::map<GroupKey, Evidence>>& evidence() { return evidence_; }
  const std::map<GroupKey, Instant>& newest() const { return newest_; }
  const metrics::ImportSuspects& suspects() const { return suspects_; }

 private:
  const Desk& desk_;
  const CheckOptions& options_;
  const metrics::ImportSeconds* imports_;
  metrics::ImportSuspects suspects_;
  std::vector<std::map<GroupKey, Evidence>> evidence_; // by gate
  std::map<GroupKey, Instant> newest_;                 // message of a customer
  metrics::Grouper grouper_;
  std::optional<metrics::IntervalReader> intervals_;
  std::optional<metrics::SlaReader> sla_;
  std::vector<bool> wanted_;
  bool in_calendar_ = false, in_business_ = false, wants_sla_ = false;
  metrics::History history_;
  metrics::TicketMetrics measured_;
  metrics::TicketSla clocks_;
  std::vector<GroupKey> keys_;

  bool in_cohort(Instant start) const {
    return (!options_.since || start >= *options_.since) && (!options_.until || start < *options_.until);
  }

  void newest(const model::Timeline& timeline) {
    if (timeline.spam || timeline.deleted) return;
    Instant last = Instant::min();
    for (const model::TimelineEntry& e : history_.entries)
      if (e.entry == model::EntryKind::message && e.direction == model::Direction::in &&
          e.author_role == model::Role::customer)
        last = std::max(last, e.time);
    if (last == Instant::min()) return;
    for (const GroupKey& key : keys(timeline, last)) {
      auto [it, is_new] = newest_.try_emplace(key, last);
      it->second = std::max(it->second, last);
    }
  }

  const std::vector<GroupKey>& keys(const model::Timeline& timeline, Instant as_of) {
    Measurement whole;
    whole.start = whole.as_of = as_of;
    whole.agent = timeline.assignee;
    grouper_.keys(timeline, whole, keys_);
    return keys_;
  }

  void measure(const model::Timeline& timeline, const metrics::Clock& clock, bool business) {
    metrics::MeasureOptions measuring;
    measuring.clock = &clock;
    measuring.keep_pieces = false;
    measuring.intervals = intervals_ ? &*intervals_ : nullptr;
    measuring.wanted = &wanted_;
    metrics::measure(timeline, history_, measuring, measured_);
    for (const Measurement& m : measured_.measured) {
      if (!wanted_[metrics::index(m.metric)] || !in_cohort(m.start)) continue;
      grouper_.keys(timeline, m, keys_);
      for (std::size_t g = 0; g < options_.gates.size(); ++g) {
        const Gate& gate = options_.gates[g];
        if (!is_of_metric(gate.subject) || gate.metric != m.metric || gate.business != business) continue;
        for (const GroupKey& key : keys_) {
          Evidence& e = evidence_[g][key];
          e.sample.add(m.length, m.outcome);
          if (is_to_blame(gate, m))
            e.blame({timeline.ticket, m.length, state_of(m.outcome), ""}, high_is_bad(gate));
        }
      }
    }
  }

  // What the ticket is like now.
  void state(const model::Timeline& timeline) {
    bool waits = !history_.turns.empty() && history_.turns.back().how == metrics::TurnEnd::open;
    bool is_unsolved = !metrics::is_noise(history_) && !model::is_done(history_.status);
    for (std::size_t g = 0; g < options_.gates.size(); ++g) {
      const Gate& gate = options_.gates[g];
      bool of_waiting = gate.subject == GateSubject::oldest_waiting || gate.subject == GateSubject::waiting;
      if (!(of_waiting && waits) && !(gate.subject == GateSubject::unsolved && is_unsolved)) continue;
      const metrics::Clock& clock = gate.business ? *options_.business : metrics::wall_clock();
      Instant since = of_waiting ? history_.turns.back().start : history_.created;
      Duration age = std::max(Duration::zero(), clock.elapsed(since, desk_.now()));
      for (const GroupKey& key : keys(timeline, since)) {
        Evidence& e = evidence_[g][key];
        ++e.count;
        e.longest = std::max(e.longest, age);
        e.blame({timeline.ticket, age, of_waiting ? "waiting" : "unsolved", ""}, high_is_bad(gate));
      }
    }
  }

  void promises(const model::Timeline& timeline, Instant known) {
    sla_->read(timeline, known, clocks_);
    for (const metrics::SlaClock& clock : clocks_.clocks) {
      if (!in_cohort(clock.start)) continue;
      bool missed = clock.state == metrics::SlaState::breached || clock.state == metrics::SlaState::overdue;
      const std::vector<GroupKey> groups = keys(timeline, clock.start);
      for (std::size_t g = 0; g < options_.gates.size(); ++g) {
        if (!is_of_sla(options_.gates[g].subject)) continue;
        for (const GroupKey& key : groups) {
          Evidence& e = evidence_[g][key];
          e.sla.add(clock);
          if (missed)
            e.blame({timeline.ticket, clock.elapsed,
                     clock.state == metrics::SlaState::overdue ? "late" : "missed", ""},
                    true);
        }
      }
    }
  }
};

double seconds(Duration d) { return static_cast<double>(d.count()) / 1e6; }

// What was found of one gate in one group.
class Judge {
 public:
  Judge(const Gate& gate, const CheckOptions& options) : gate_(gate), options_(options) {}

  Verdict decide(Evidence& e, std::optional<Instant> newest, Instant now) {
    e.sample.sort();
    switch (gate_.subject) {
    case GateSubject::quantile: quantile(e.sample); break;
    case GateSubject::mean:
      v_.n = static_cast<std::int64_t>(e.sample.happened.size());
      if (auto mean = metrics::mean(e.sample.happened)) v_.value = static_cast<double>(*mean) / 1e6;
      break;
    case GateSubject::n:
      v_.n = count(e.sample);
      v_.value = static_cast<double>(v_.n);
      break;
    case GateSubject::waiting_of:
      v_.n = count(e.sample);
      v_.value = static_cast<double>(e.sample.waiting.size());
      break;
    case GateSubject::waiting_share: share(e.sample.waiting.size(), e.sample); break;
    case GateSubject::answered_share: share(e.sample.happened.size(), e.sample); break;
    case GateSubject::within:
      v_.n = count(e.sample);
      if (v_.n > 0) v_.value = metrics::incidence(e.sample, gate_.within.count()).happened;
      break;
    case GateSubject::oldest_waiting:
      v_.n = e.count;
      v_.value = seconds(e.longest);
      break;
    case GateSubject::waiting:
    case GateSubject::unsolved:
      v_.n = e.count;
      v_.value = static_cast<double>(e.count);
      break;
    case GateSubject::attainment:
      v_.n = e.sla.decided();
      v_.value = e.sla.share();
      break;
    case GateSubject::breached:
      v_.n = e.sla.decided();
      v_.value = static_cast<double>(e.sla.breached + e.sla.overdue);
      break;
    case GateSubject::inbox_age:
      if (newest) {
        v_.n = 1;
        v_.value = seconds(std::max(Duration::zero(), now - *newest));
      }
      break;
    }
    answer();
    if (v_.answer == Answer::fails && blames(gate_)) v_.worst = std::move(e.worst);
    // Of a bound on single tickets those that keep it are not to blame.
    if ((gate_.subject == GateSubject::quantile && !v_.beyond) ||
        gate_.subject == GateSubject::oldest_waiting)
      std::erase_if(v_.worst, [&](const WorstTicket& t) { return compare(seconds(t.age), gate_); });
    return std::move(v_);
  }

 private:
  const Gate& gate_;
  const CheckOptions& options_;
  Verdict v_;

  static std::int64_t count(const Sample& sample) { return static_cast<std::int64_t>(sample.size()); }
  void share(std::size_t k, const Sample& sample) {
    v_.n = count(sample);
    if (v_.n > 0) v_.value = static_cast<double>(k) / static_cast<double>(v_.n);
  }
  void quantile(const Sample& sample) {
    v_.n = count(sample);
    if (v_.n == 0) return;
    metrics::Survival curve = metrics::Survival::estimate(sample);
    v_.value = curve.quantile(gate_.p).value;
    if (v_.value) return;
    v_.beyond = true;
    v_.value = curve.longest();
  }

  void answer() {
    std::int64_t least = least_needed(gate_);
    if (least > 0 && options_.min_n) least = std::max<std::int64_t>(1, *options_.min_n);
    if (v_.n < least || !v_.value) {
      v_.answer = options_.allow_empty ? Answer::holds : Answer::unknown;
      v_.reason = gate_.subject == GateSubject::inbox_age
                      ? "no customer has written yet"
                      : fmt::format("{} counted, {} needed", v_.n, std::max<std::int64_t>(least, 1));
      return;
    }
    bool holds = compare(*v_.value, gate_);
    if (v_.beyond) {
      // Longer than everything seen: only a lower bound can be shown to hold.
      holds = (gate_.relation == Relation::above || gate_.relation == Relation::at_least) &&
              *v_.value >= gate_.bound;
      v_.reason = fmt::format("not reached: longer than {}, the longest that was seen", compact(*v_.value));
    }
    v_.answer = holds ? Answer::holds : Answer::fails;
  }
};

struct Named {
  std::vector<std::string> texts;
  GroupKey key{};
};

// Times, hours and weekdays in their order, names by their text: never by the codes of the store.
std::vector<Named> named(const Desk& desk, const std::vector<metrics::Dimension>& by,
                         const std::vector<GroupKey>& keys) {
  std::vector<Named> result;
  for (const GroupKey& key : keys) {
    Named one{{}, key};
    for (std::size_t i = 0; i < by.size(); ++i) one.texts.push_back(group_text(by[i], key[i], desk));
    result.push_back(std::move(one));
  }
  std::stable_sort(result.begin(), result.end(), [&](const Named& a, const Named& b) {
    for (std::size_t i = 0; i < by.size(); ++i) {
      bool by_text = metrics::code_kind(by[i].by) == metrics::CodeKind::term;
      if (by_text ? a.texts[i] != b.texts[i] : a.key[i] != b.key[i])
        return by_text ? a.texts[i] < b.texts[i] : a.key[i] < b.key[i];
    }
    return false;
  });
  return result;
}

} // namespace

std::string_view text(Answer answer) {
  switch (answer) {
  case Answer::holds: return "holds";
  case Answer::fails: return "fails";
  case Answer::unknown: return "no verdict";
  }
  return "";
}

std::int64_t least_needed(const Gate& gate) {
  constexpr std::int64_t k_least = 6;
  switch (gate.subject) {
  case GateSubject::quantile:
    return std::max(k_least, static_cast<std::int64_t>(std::llround(1 / (1 - gate.p))));
  case GateSubject::mean:
  case GateSubject::waiting_share:
  case GateSubject::answered_share:
  case GateSubject::within:
  case GateSubject::attainment: return k_least;
  default: return 0;
  }
}

namespace {

Result<std::unique_ptr<Examiner>> examine(const Desk& desk, const CheckOptions& options,
                                          const metrics::ImportSeconds* imports) {
  std::vector<std::unique_ptr<Examiner>> parts;
  std::size_t threads = helpful_threads(options.threads);
  for (std::size_t i = 0; i < threads; ++i)
    parts.push_back(std::make_unique<Examiner>(desk, options, imports));
  TRY(desk.each_timeline(
      threads, [&](std::size_t thread, const model::Timeline& timeline) { parts[thread]->add(timeline); }));
  for (std::size_t i = 1; i < threads; ++i) {
    parts[0]->merge(*parts[i]);
    parts[i].reset();
  }
  return std::move(parts[0]);
}

} // namespace

Result<std::vector<Verdict>> check(const Desk& desk, const CheckOptions& options) {
  auto examined = TRY(examine(desk, options, nullptr));
  metrics::ImportSeconds imports = TRY(find_imports(desk, options.threads, examined->suspects()));
  if (!imports.empty()) examined = TRY(examine(desk, options, &imports));
  std::vector<Verdict> verdicts;
  for (std::size_t g = 0; g < options.gates.size(); ++g) {
    const Gate& gate = options.gates[g];
    auto& evidence = examined->evidence()[g];
    std::vector<GroupKey> keys;
    if (gate.subject == GateSubject::inbox_age)
      for (const auto& [key, t] : examined->newest()) keys.push_back(key);
    else
      for (const auto& [key, e] : evidence) keys.push_back(key);
    std::vector<Named> groups = named(desk, options.by, keys);
    if (groups.empty()) groups.push_back({std::vector<std::string>(options.by.size()), {}});
    for (const Named& group : groups) {
      auto newest = examined->newest().find(group.key);
      Verdict v = Judge(gate, options)
                      .decide(evidence[group.key],
                              newest == examined->newest().end() ? std::nullopt
                                                                 : std::optional<Instant>(newest->second),
                              desk.now());
      v.gate = g;
      v.groups = group.texts;
      if (options.subjects)
        for (WorstTicket& t : v.worst)
          if (auto ticket = TRY(desk.store().ticket(t.number))) t.subject = ticket->subject;
      verdicts.push_back(std::move(v));
    }
  }
  return verdicts;
}

std::vector<Verdict> no_verdicts(const CheckOptions& options, const std::string& reason, bool pull_may_mend) {
  std::vector<Verdict> verdicts(options.gates.size());
  for (std::size_t g = 0; g < verdicts.size(); ++g) {
    verdicts[g].gate = g;
    verdicts[g].groups.resize(options.by.size());
    verdicts[g].reason = reason;
    verdicts[g].pull_may_mend = pull_may_mend;
  }
  return verdicts;
}

int exit_code(const std::vector<Verdict>& verdicts) {
  bool unknown = false, mendable = true;
  for (const Verdict& v : verdicts) {
    if (v.answer == Answer::fails) return 1;
    if (v.answer != Answer::unknown) continue;
    unknown = true;
    mendable &= v.pull_may_mend;
  }
  return !unknown ? 0 : mendable ? 75 : 3;
}

} // namespace helpdesk::report
