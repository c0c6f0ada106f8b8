// One clock along a ticket's life: where status and policy stay the same it runs or it does not.
#include "metrics/sla_clock.hpp"

#include <algorithm>

namespace helpdesk::metrics {
namespace {

using model::Status;

// Does the metric itself run in a status?
bool runs_in(SlaMetric metric, Status status) {
  switch (metric) {
  case SlaMetric::pausable: return status != Status::pending;
  case SlaMetric::requester_wait:
    return status == Status::fresh || status == Status::open || status == Status::hold;
  case SlaMetric::agent_work: return status == Status::fresh || status == Status::open;
  case SlaMetric::full_resolution: return !model::is_done(status);
  default: return true;
  }
}

// Where nothing changes.
struct Step {
  Instant from{}, to{};
  bool running = false;
  std::size_t policy = k_no_policy;
  std::optional<Duration> target;
  const Clock* clock = nullptr;
  Duration length{}; // counted
};

class Walk {
 public:
  Walk(const SlaTask& task, const std::vector<SlaPolicy>& policies, const std::vector<SlaStretch>& stretches,
       const std::vector<Segment>& segments, Instant now)
      : task_(task), policies_(policies), stretches_(stretches), segments_(segments) {
    end_ = std::max(task.start, task.stop.value_or(now));
  }

  std::optional<SlaClock> run() {
    make_steps();
    choose_clocks();
    count();
    find_breach();
    const Step& final = steps_.back();
    if (!final.target && !clock_.breach_at) return std::nullopt;
    if (final.target) apply(final);
    finish();
    find_due();
    make_events();
    return std::move(clock_);
  }

 private:
  const SlaTask& task_;
  const std::vector<SlaPolicy>& policies_;
  const std::vector<SlaStretch>& stretches_;
  const std::vector<Segment>& segments_;
  Instant end_{};
  std::vector<Step> steps_; // from start to end; one of no length when they are the same
  SlaClock clock_;

  const SlaStretch& stretch_at(Instant t) const {
    auto it = std::upper_bound(stretches_.begin(), stretches_.end(), t,
                               [](Instant at, const SlaStretch& s) { return at < s.from; });
    return it == stretches_.begin() ? *it : *(it - 1);
  }
  Status status_at(Instant t) const {
    auto it = std::upper_bound(segments_.begin(), segments_.end(), t,
                               [](Instant at, const Segment& s) { return at < s.from; });
    return it == segments_.begin() ? Status::fresh : (it - 1)->status;
  }

  Step step(Instant from, Instant to) const {
    Step s{from, to};
    const SlaStretch& stretch = stretch_at(from);
    Status status = status_at(from);
    s.running = runs_in(task_.metric, status);
    s.policy = stretch.policy;
    if (s.policy == k_no_policy) return s;
    const SlaPolicy& policy = policies_[s.policy];
    s.target = policy.target(task_.metric, stretch.priority);
    if (may_pause(task_.metric) &&
        policy.pause_on[static_cast<std::size_t>(task_.metric)][static_cast<std::size_t>(status)])
      s.running = false;
    return s;
  }

  void make_steps() {
    std::vector<Instant> cuts{task_.start};
    // What changes in the instant of the end comes after it; in this instant of an open clock it is in force.
    auto inside = [&](Instant t) { return t > task_.start && (t < end_ || (!task_.stop && t == end_)); };
    for (const SlaStretch& s : stretches_)
      if (inside(s.from)) cuts.push_back(s.from);
    for (const Segment& s : segments_)
      if (inside(s.from)) cuts.push_back(s.from);
    std::sort(cuts.begin(), cuts.end());
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    cuts.push_back(end_);
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) steps_.push_back(step(cuts[i], cuts[i + 1]));
  }

  // Time before a policy came counts by the calendar of the one that came: a late policy measures from the
  // question all the same. Time after it was gone counts by the last one's.
  void choose_clocks() {
    const Clock* next = nullptr;
    for (auto it = steps_.rbegin(); it != steps_.rend(); ++it) {
      if (it->target) next = policies_[it->policy].clock;
      it->clock = next;
    }
    const Clock* last = nullptr;
    for (Step& s : steps_) {
      if (s.clock) last = s.clock;
      s.clock = s.clock ? s.clock : last;
    }
  }

  void count() {
    for (Step& s : steps_) {
      if (!s.running || !s.clock) continue;
      s.length = s.clock->elapsed(s.from, s.to);
      clock_.elapsed += s.length;
      if (s.from == s.to) continue;
      if (!clock_.runs.empty() && clock_.runs.back().to == s.from && clock_.runs.back().clock == s.clock) {
        clock_.runs.back().to = s.to;
        clock_.runs.back().length += s.length;
      } else {
        clock_.runs.push_back({s.from, s.to, s.clock, s.length});
      }
    }
  }

  void apply(const Step& s) {
    clock_.policy = s.policy;
    clock_.target = *s.target;
    clock_.grace = policies_[s.policy].grace;
  }

  // Strictly more than the target, with the target in force at that time.
  void find_breach() {
    Duration before{};
    for (const Step& s : steps_) {
      if (s.target) {
        Duration limit = *s.target + policies_[s.policy].grace;
        if (before > limit) {
          clock_.breach_at = s.from;
          clock_.cause = SlaCause::policy_change;
        } else if (before + s.length > limit) {
          clock_.breach_at = s.clock->due_next(s.from, limit - before);
        }
        if (clock_.breach_at) return apply(s);
      }
      before += s.length;
    }
  }

  void finish() {
    clock_.metric = task_.metric;
    clock_.start = task_.start;
    clock_.stopped = task_.stop;
    clock_.first = task_.first;
    clock_.last = task_.last;
    // A loosened target takes no breach back, and what is late already when it is closed unanswered was late.
    if (clock_.breach_at) {
      clock_.state = task_.stop ? SlaState::breached : SlaState::overdue;
      clock_.overdue = std::max(clock_.elapsed - clock_.target, Duration::zero());
    } else if (task_.stop) {
      clock_.state = task_.voided ? SlaState::voided : SlaState::met;
    } else {
      clock_.state = steps_.back().running ? SlaState::running : SlaState::paused;
    }
  }

  enum class Convention : unsigned char { close, next };

  // When `length` has elapsed, along the steps; in the last one it is asked beyond the end as if the clock
  // ran on.
  std::optional<Instant> instant_of(Duration length, Convention convention) const {
    Duration before{};
    const Step* last = nullptr;
    for (const Step& s : steps_) {
      if (!s.running || !s.clock) continue;
      bool here = convention == Convention::close ? before + s.length >= length : before + s.length > length;
      if (here || &s == &steps_.back()) last = &s;
      if (last) break;
      before += s.length;
    }
    if (!last) return std::nullopt;
    return convention == Convention::close ? last->clock->due_close(last->from, length - before)
                                           : last->clock->due_next(last->from, length - before);
  }

  void find_due() {
    clock_.due = instant_of(clock_.target, Convention::close);
    clock_.due_next = instant_of(clock_.target + clock_.grace, Convention::next);
    const SlaPolicy& policy = policies_[clock_.policy];
    clock_.warn_at = instant_of(policy.warn.at(clock_.target), Convention::close);
    // Never before the target that it warns of was there.
    if (clock_.warn_at)
      for (const Step& s : steps_)
        if (s.policy == clock_.policy && s.target == clock_.target) {
          clock_.warn_at = std::max(*clock_.warn_at, s.from);
          break;
        }
  }

  void make_events() {
    std::vector<SlaEvent>& events = clock_.events;
    events.push_back({task_.start, SlaEventKind::activate, k_no_policy, std::nullopt});
    std::size_t policy = k_no_policy;
    std::optional<Duration> target;
    bool running = true;
    for (const Step& s : steps_) {
      if (s.target != target || (s.target && s.policy != policy))
        events.push_back({s.from, SlaEventKind::apply_sla, s.target ? s.policy : k_no_policy, s.target});
      if (s.running != running)
        events.push_back(
            {s.from, s.running ? SlaEventKind::resume : SlaEventKind::pause, k_no_policy, std::nullopt});
      policy = s.policy;
      target = s.target;
      running = s.running;
    }
    auto happened = [&](const std::optional<Instant>& t) { return t && *t <= end_; };
    if (happened(clock_.warn_at) && (!clock_.breach_at || *clock_.warn_at <= *clock_.breach_at))
      events.push_back({*clock_.warn_at, SlaEventKind::warn, k_no_policy, std::nullopt});
    if (clock_.breach_at)
      events.push_back({*clock_.breach_at, SlaEventKind::breach, k_no_policy, std::nullopt});
    if (task_.stop)
      events.push_back(
          {end_, task_.voided ? SlaEventKind::void_ : SlaEventKind::fulfill, k_no_policy, std::nullopt});
    std::stable_sort(events.begin(), events.end(), [](const SlaEvent& a, const SlaEvent& b) {
      // The end comes last whatever happened in its instant.
      auto rank = [](const SlaEvent& e) {
        return e.kind == SlaEventKind::fulfill || e.kind == SlaEventKind::void_ ? 1 : 0;
      };
      return a.at != b.at ? a.at < b.at : rank(a) < rank(b);
    });
  }
};

} // namespace

std::optional<SlaClock> run_sla_clock(const SlaTask& task, const std::vector<SlaPolicy>& policies,
                                      const std::vector<SlaStretch>& stretches,
                                      const std::vector<Segment>& segments, Instant now) {
  return Walk(task, policies, stretches, segments, now).run();
}

} // namespace helpdesk::metrics
