// What holds for every ticket under every set of policies.
#include "metrics/sla_report.hpp"
#include "sla_support.hpp"

#include <algorithm>
#include <random>

namespace helpdesk::metrics::test {
namespace {

using model::EventKind;
using std::chrono::hours;
using std::chrono::minutes;

const CalendarClock& office() {
  static const CalendarClock clock = compiled(weekly("Europe/Oslo", {"mon-fri 09:00-12:00,13:00-17:00"}));
  return clock;
}
const CalendarClock& nights() {
  static const CalendarClock clock = compiled(weekly("UTC", {"daily 20:00-04:00"}));
  return clock;
}

model::Timeline random_ticket(std::mt19937& random) {
  Builder b;
  Instant t = at(monday, 0);
  std::int64_t step = 0;
  b.created(t);
  for (std::size_t i = random() % 14; i > 0; --i) {
    // Instants differ: within one, the source's order of two changes is part of the data.
    t += minutes(random() % 3 == 0 ? 0 : random() % 500) + std::chrono::milliseconds(++step);
    switch (random() % 8) {
    case 0:
    case 1: b.in(t); break;
    case 2: b.reply(t); break;
    case 3: b.status(t, static_cast<model::Status>(random() % 6)); break;
    case 4: {
      model::Term to = std::array<model::Term, 3>{0, t_high, t_urgent}[random() % 3];
      change(b, t, EventKind::priority, t_low, to);
      b.timeline.priority = to == t_high     ? model::Priority::high
                            : to == t_urgent ? model::Priority::urgent
                                             : model::Priority::none;
      break;
    }
    case 5: change(b, t, EventKind::queue, 0, random() % 2 == 0 ? model::Term{t_sales} : 0); break;
    case 6:
      change(b, t, EventKind::tag, 0, t_vip);
      b.timeline.tags = {t_vip};
      break;
    default: b.note(t);
    }
  }
  return b.timeline;
}

std::vector<SlaPolicy> random_policies(std::mt19937& random) {
  std::vector<SlaPolicy> policies;
  for (std::size_t n = 1 + random() % 3; n > 0; --n) {
    SlaPolicy p;
    p.name = "p" + std::to_string(n);
    p.clock = random() % 3 == 0   ? &wall_clock()
              : random() % 2 == 0 ? &office()
                                  : static_cast<const Clock*>(&nights());
    for (auto& row : p.targets) {
      if (random() % 4 == 0) continue;
      row[0] = minutes(1 + random() % 2000);
      row[1 + random() % 5] = minutes(1 + random() % 600);
    }
    for (auto& row : p.pause_on)
      if (random() % 3 == 0) row[2 + random() % 2] = true;
    if (random() % 3 == 0) p.match.tags_any = {"vip"};
    if (random() % 3 == 0) p.match.priority = {"urgent", "high"};
    if (random() % 4 == 0) p.valid_from = at(tuesday, static_cast<int>(random() % 24));
    if (random() % 4 == 0) p.grace = minutes(random() % 60);
    policies.push_back(std::move(p));
  }
  return policies;
}

bool same(const SlaClock& a, const SlaClock& b) {
  return a.metric == b.metric && a.instance == b.instance && a.start == b.start && a.stopped == b.stopped &&
         a.state == b.state && a.policy == b.policy && a.target == b.target && a.elapsed == b.elapsed &&
         a.due == b.due && a.due_next == b.due_next && a.warn_at == b.warn_at && a.breach_at == b.breach_at &&
         a.events == b.events;
}

TEST(SlaProperties, ArrivalOrderDoesNotMatter) {
  std::mt19937 random(31);
  std::size_t clocks = 0;
  for (int round = 0; round < 2500; ++round) {
    model::Timeline timeline = random_ticket(random);
    auto policies = random_policies(random);
    TicketSla straight = sla_of(timeline, at(sunday, 0), policies);
    std::shuffle(timeline.entries.begin(), timeline.entries.end(), random);
    TicketSla shuffled = sla_of(timeline, at(sunday, 0), policies);
    ASSERT_EQ(straight.clocks.size(), shuffled.clocks.size());
    clocks += straight.clocks.size();
    for (std::size_t i = 0; i < straight.clocks.size(); ++i)
      EXPECT_TRUE(same(straight.clocks[i], shuffled.clocks[i])) << round;
  }
  EXPECT_GT(clocks, 5000U);
}

TEST(SlaProperties, TheRunsAddUpAndLateIsStrictlyMore) {
  std::mt19937 random(32);
  for (int round = 0; round < 1500; ++round) {
    model::Timeline timeline = random_ticket(random);
    auto policies = random_policies(random);
    bool one_target = policies.size() == 1 && !policies[0].valid_from;
    for (const auto& row : policies[0].targets)
      one_target =
          one_target && std::none_of(row.begin() + 1, row.end(), [](auto& t) { return t.has_value(); });
    for (const SlaClock& c : sla_of(timeline, at(sunday, 0), policies).clocks) {
      Duration sum{};
      Duration wall{};
      for (const SlaRun& run : c.runs) {
        EXPECT_EQ(run.length, run.clock->elapsed(run.from, run.to));
        EXPECT_LE(run.length, run.to - run.from); // business time is never longer
        sum += run.length;
        wall += run.to - run.from;
      }
      EXPECT_EQ(sum, c.elapsed);
      EXPECT_LE(wall, c.stopped.value_or(at(sunday, 0)) - c.start);
      if (one_target) {
        EXPECT_EQ(c.breach_at.has_value(), c.elapsed > c.target + c.grace);
      }
      // A breach may outlive a loosened target, never the other way round.
      if (!c.breach_at) {
        EXPECT_LE(c.elapsed, c.target + c.grace);
      }
      if (c.breach_at) {
        EXPECT_GE(*c.breach_at, c.start);
        EXPECT_LE(*c.breach_at, c.stopped.value_or(at(sunday, 0)));
      }
      if (c.due && c.due_next) {
        EXPECT_LE(*c.due, *c.due_next);
      }
      EXPECT_TRUE(std::is_sorted(c.events.begin(), c.events.end(),
                                 [](const SlaEvent& a, const SlaEvent& b) { return a.at < b.at; }));
    }
  }
}

// What was computed at a time is found again later: nothing depends on when it was looked at.
TEST(SlaProperties, TheHistoryIsNotRewritten) {
  std::mt19937 random(33);
  std::size_t breaches = 0;
  for (int round = 0; round < 3000; ++round) {
    model::Timeline timeline = random_ticket(random);
    auto policies = random_policies(random);
    TicketSla late = sla_of(timeline, utc("2026-03-01T00:00:00Z"), policies);
    for (const SlaClock& early : sla_of(timeline, at(saturday, 0), policies).clocks) {
      if (!early.breach_at || !early.stopped) continue;
      if (early.metric == SlaMetric::requester_wait || early.metric == SlaMetric::agent_work ||
          early.metric == SlaMetric::full_resolution)
        continue; // these go on
      bool found = std::any_of(late.clocks.begin(), late.clocks.end(), [&](const SlaClock& c) {
        return c.metric == early.metric && c.start == early.start && c.breach_at == early.breach_at &&
               c.target == early.target;
      });
      EXPECT_TRUE(found) << round;
      ++breaches;
    }
  }
  EXPECT_GT(breaches, 200U);
}

// ---- attainment and risk

SlaClock clock_in(SlaState state) {
  SlaClock c;
  c.state = state;
  c.policy = 0;
  if (state == SlaState::breached || state == SlaState::overdue) c.breach_at = at(monday, 1);
  return c;
}

TEST(SlaReport, LateNowCountsAsMissed) {
  Attainment a;
  EXPECT_FALSE(a.share());
  for (int i = 0; i < 40; ++i) a.add(clock_in(SlaState::met));
  for (int i = 0; i < 5; ++i) a.add(clock_in(SlaState::breached));
  for (int i = 0; i < 3; ++i) a.add(clock_in(SlaState::overdue));
  for (int i = 0; i < 10; ++i) a.add(clock_in(SlaState::running));
  for (int i = 0; i < 2; ++i) a.add(clock_in(SlaState::paused));
  a.add(clock_in(SlaState::voided));
  EXPECT_EQ(a.decided(), 48);
  EXPECT_NEAR(*a.share(), 40.0 / 48, 1e-12);
  EXPECT_EQ(a.undecided, 12);
  EXPECT_EQ(a.paused, 2);
  EXPECT_EQ(a.voided, 1);
  EXPECT_LT(a.interval().lower, *a.share());
  EXPECT_GT(a.interval().upper, *a.share());
}

// The sixteen waits of V-H.
void add_waits(RiskModel& model, std::size_t policy, model::Channel channel, int times = 1) {
  auto add = [&](double h, bool ended) {
    SlaClock c;
    c.policy = policy;
    c.start = at(monday, 0);
    c.elapsed = Duration(static_cast<std::int64_t>(h * 3600e6));
    c.state = ended ? SlaState::met : SlaState::running;
    if (ended) c.stopped = c.start;
    for (int i = 0; i < times; ++i) model.add(c, channel);
  };
  for (double h : {1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 7.0, 8.0, 9.0}) add(h, true);
  for (double h : {1.5, 2.5, 5.0, 6.0, 10.0, 12.0, 24.0}) add(h, false);
}

SlaClock waiting(double elapsed_hours, double target_hours, std::size_t policy = 0) {
  SlaClock c;
  c.policy = policy;
  c.elapsed = Duration(static_cast<std::int64_t>(elapsed_hours * 3600e6));
  c.target = Duration(static_cast<std::int64_t>(target_hours * 3600e6));
  return c;
}

TEST(SlaReport, VhTheRiskOfThoseWhoWaitStill) {
  RiskModel model(at(sunday, 0));
  add_waits(model, 0, model::Channel::email, 2); // twice: enough of them, and the same curve
  model.finish();
  EXPECT_NEAR(*model.probability(waiting(2, 4), model::Channel::email), 0.7273, 5e-5);
  SlaClock late = waiting(5, 4);
  late.state = SlaState::overdue;
  late.breach_at = at(monday, 4);
  EXPECT_EQ(model.probability(late, model::Channel::email), 1.0);
  SlaClock ended = waiting(2, 4);
  ended.state = SlaState::met;
  EXPECT_FALSE(model.probability(ended, model::Channel::email));
}

TEST(SlaReport, TooFewSayNothing) {
  RiskModel model(at(sunday, 0));
  add_waits(model, 0, model::Channel::email);
  model.finish();
  EXPECT_FALSE(model.probability(waiting(2, 4), model::Channel::email));
  RiskModel old(at(sunday, 0) + hours(24 * 90));
  add_waits(old, 0, model::Channel::email, 5); // all of them before the window
  old.finish();
  EXPECT_FALSE(old.probability(waiting(2, 4), model::Channel::email));
}

TEST(SlaReport, FewAreDrawnTowardsAll) {
  RiskModel model(at(sunday, 0));
  add_waits(model, 0, model::Channel::email, 2);
  SlaClock slow = waiting(10, 4, 1); // one other channel, where everything takes ten hours
  slow.start = at(monday, 0);
  slow.stopped = at(monday, 10);
  slow.state = SlaState::met;
  for (int i = 0; i < 10; ++i) model.add(slow, model::Channel::phone);
  model.finish();
  double all = *model.probability(waiting(2, 4, 5), model::Channel::forum); // nothing of its own
  double own = *model.probability(waiting(2, 4, 1), model::Channel::phone);
  EXPECT_NEAR(own, (10 * 1.0 + 30 * all) / 40, 1e-9);
  EXPECT_GT(own, all);
}

} // namespace
} // namespace helpdesk::metrics::test
