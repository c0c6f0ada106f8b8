// Which observations belong to a period, and what they are broken down by.
#include "builder.hpp"
#include "metrics/calendar.hpp"
#include "metrics/collect.hpp"

#include <array>
#include <memory>

#include <gtest/gtest.h>

namespace helpdesk::metrics::test {
namespace {

using model::EventKind;

CollectOptions tuesday_only(Cohort cohort) {
  CollectOptions options;
  options.now = at(sunday, 0);
  options.since = at(tuesday, 0);
  options.until = at(wednesday, 0);
  options.cohort = cohort;
  return options;
}

void add_three(Collector& c) {
  Builder old; // asked on Monday, answered on Tuesday
  old.in(at(monday, 12)).reply(at(tuesday, 6));
  c.add(old.timeline);
  Builder fresh; // asked on Tuesday, answered on Wednesday
  fresh.in(at(tuesday, 12)).reply(at(wednesday, 12));
  c.add(fresh.timeline);
  Builder stuck; // asked on Monday, never answered
  stuck.in(at(monday, 0));
  c.add(stuck.timeline);
  Builder before; // over before the period
  before.in(at(monday, 1)).reply(at(monday, 2));
  c.add(before.timeline);
}

TEST(Cohorts, StartedAnsweredAndUnderWay) {
  constexpr std::int64_t hour = 3'600'000'000;
  Collector started(tuesday_only(Cohort::started));
  add_three(started);
  const Sample& s = started.groups().begin()->second.sample(Metric::first_reply);
  EXPECT_EQ(s.happened, (std::vector<std::int64_t>{24 * hour}));
  EXPECT_TRUE(s.waiting.empty());

  Collector answered(tuesday_only(Cohort::answered));
  add_three(answered);
  const Sample& a = answered.groups().begin()->second.sample(Metric::first_reply);
  EXPECT_EQ(a.happened, (std::vector<std::int64_t>{18 * hour}));
  EXPECT_TRUE(a.waiting.empty());

  Collector period(tuesday_only(Cohort::period));
  add_three(period);
  const Sample& p = period.groups().begin()->second.sample(Metric::first_reply);
  EXPECT_EQ(p.happened, (std::vector<std::int64_t>{18 * hour}));
  EXPECT_EQ(p.waiting, (std::vector<std::int64_t>{12 * hour, 48 * hour})); // seen until Wednesday
  EXPECT_EQ(p.entries, (std::vector<std::int64_t>{-1, 12 * hour, 24 * hour}));
  // At 18 h one is at risk that entered after 12 h: neither the one seen for 12 h nor the one that entered
  // after 24.
  Survival curve = Survival::estimate(p);
  ASSERT_EQ(curve.steps().size(), 1U);
  EXPECT_EQ(curve.steps()[0].at_risk, 1);
}

TEST(Cohorts, KM5InASample) { // V-KM5: entry 1,2,4,0,0; T 2,10,5,4,3
  Sample sample;
  const std::array<std::array<int, 2>, 5> data{{{1, 2}, {2, 10}, {4, 5}, {0, 4}, {0, 3}}};
  for (auto [entry, time] : data)
    sample.add(std::chrono::seconds(time), Outcome::happened, std::chrono::seconds(entry));
  sample.sort();
  Survival curve = Survival::estimate(sample);
  const double expected[] = {.6667, .4444, .2222, .1111, 0};
  ASSERT_EQ(curve.steps().size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(curve.steps()[i].survival, expected[i], 5e-5) << i;
  Incidence parts = incidence(sample, INT64_MAX);
  EXPECT_NEAR(parts.happened, 1, 1e-12);
}

TEST(Cohorts, SumsHaveNoPeriodView) {
  EXPECT_FALSE(has_period_view(Metric::customer_wait));
  EXPECT_TRUE(has_period_view(Metric::first_reply));
  Collector c(tuesday_only(Cohort::period));
  add_three(c);
  EXPECT_EQ(c.groups().begin()->second.sample(Metric::requester_wait).size(), 0U);
}

TEST(Cohorts, NamesReadBack) {
  for (Cohort cohort : {Cohort::started, Cohort::answered, Cohort::period})
    EXPECT_EQ(parse_cohort(text(cohort)), cohort);
  EXPECT_FALSE(parse_cohort("ended"));
}

TEST(Cohorts, BusinessHoursBesideCalendarTime) { // M4
  Calendar calendar;
  calendar.name = "office";
  CalendarVersion version;
  for (int day = 0; day < 5; ++day) version.week[static_cast<std::size_t>(day)] = {{9 * 3600, 17 * 3600}};
  calendar.versions = {version};
  auto clock = CalendarClock::compile(calendar, at(monday, 0), at(sunday, 0));
  ASSERT_TRUE(clock) << clock.error().message;
  CollectOptions options;
  options.now = at(sunday, 0);
  options.business = &*clock;
  Collector c(options);
  Builder b;
  b.created(at(monday, 10))
      .in(at(monday, 10))
      .reply(at(monday, 11))
      .status(at(monday, 11), model::Status::pending);
  b.in(at(wednesday, 10)).status(at(wednesday, 10), model::Status::open, model::Source::rule);
  b.reply(at(wednesday, 12)).status(at(wednesday, 12), model::Status::solved);
  c.add(b.timeline);
  const Group& g = c.groups().begin()->second;
  auto hours = [&](Metric m, bool business) {
    return static_cast<double>(g.sample(m, business).happened.at(0)) / 3600e6;
  };
  EXPECT_DOUBLE_EQ(hours(Metric::agent_wait, false), 47);
  EXPECT_DOUBLE_EQ(hours(Metric::agent_wait, true), 15);
  EXPECT_DOUBLE_EQ(hours(Metric::full_resolution, false), 50);
  EXPECT_DOUBLE_EQ(hours(Metric::full_resolution, true), 18);
}

const std::vector<std::string> k_terms{"", "low", "high", "plan", "gold", "silver", "email", "chat"};
std::string term_text(model::Term t) { return t < k_terms.size() ? k_terms[t] : ""; }

TEST(Group, TwoDimensionsAndFieldsAsTheyWere) {
  auto dimensions = parse_dimensions("field.plan,priority");
  ASSERT_TRUE(dimensions) << dimensions.error().message;
  CollectOptions options;
  options.now = at(sunday, 0);
  options.by = *dimensions;
  options.text = term_text;
  Collector c(options);
  Builder b;
  b.in(at(monday, 9))
      .reply(at(monday, 10))
      .event(at(tuesday, 9), EventKind::field)
      .event(at(tuesday, 9), EventKind::priority);
  auto& field = b.timeline.entries[2];
  field.field = 3;
  field.from = 5;
  field.to = 4;
  auto& priority = b.timeline.entries[3];
  priority.from = 1;
  priority.to = 2;
  b.timeline.fields = {{3, 4}};
  b.timeline.priority = model::Priority::high;
  b.in(at(wednesday, 9)).reply(at(wednesday, 11)); // of the same cycle
  c.add(b.timeline);
  const GroupKey then{5, static_cast<std::int64_t>(model::Priority::low)};
  ASSERT_TRUE(c.groups().contains(then));
  EXPECT_EQ(c.groups().at(then).sample(Metric::first_reply).size(), 1U);
  EXPECT_EQ(c.groups().at(then).sample(Metric::next_reply).size(), 1U);
  EXPECT_EQ(c.groups().size(), 1U);
}

TEST(Group, ChannelAsItWas) {
  Terms terms(term_text);
  Builder b;
  b.in(at(monday, 9)).event(at(tuesday, 9), EventKind::channel);
  b.timeline.entries[1].from = 7;
  b.timeline.entries[1].to = 6;
  EXPECT_EQ(channel_at(b.timeline, at(monday, 9), terms), model::Channel::chat);
  EXPECT_EQ(channel_at(b.timeline, at(wednesday, 9), terms), model::Channel::email);
}

TEST(Group, MistakesInDimensions) {
  EXPECT_NE(parse_dimensions("chanel").error().message.find("did you mean \"channel\""), std::string::npos);
  EXPECT_FALSE(parse_dimensions("channel,week,day"));
  EXPECT_FALSE(parse_dimensions("week,week"));
  EXPECT_FALSE(parse_dimensions("field."));
  EXPECT_EQ(name((*parse_dimensions("week, field.plan"))[1]), "field.plan");
}

// What the zone says of an instant and what the remembered periods say are the same.
TEST(Group, PeriodsAreThoseOfTheZone) {
  auto zone = Zone::load("Europe/Paris");
  ASSERT_TRUE(zone);
  for (std::string_view period : {"hour", "weekday", "day", "week", "month"}) {
    Grouper grouper(*parse_dimensions(period), *zone, {});
    std::uint64_t seed = 9;
    for (int i = 0; i < 3000; ++i) {
      seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
      Measurement m;
      m.start = instant_of_seconds(1'700'000'000 + static_cast<std::int64_t>(seed >> 38));
      std::vector<GroupKey> keys;
      grouper.keys({}, m, keys);
      std::int64_t expected = period == "hour"      ? zone->civil(m.start).hour
                              : period == "weekday" ? zone->civil(m.start).weekday
                              : period == "day"     ? micros(zone->start_of_day(m.start))
                              : period == "week"    ? micros(zone->start_of_iso_week(m.start))
                                                    : micros(zone->start_of_month(m.start));
      ASSERT_EQ(keys.at(0)[0], expected) << period << " " << i;
    }
  }
}

// Whoever took which timelines: merged collectors tell the same.
TEST(Properties, MergedCollectorsTellTheSame) {
  auto numbers = [](std::size_t parts) {
    CollectOptions options;
    options.now = at(sunday, 23);
    options.by = *parse_dimensions("channel,hour");
    options.tallies = true;
    options.backlog_at = {at(wednesday, 0), at(saturday, 0)};
    std::vector<std::unique_ptr<Collector>> collectors;
    for (std::size_t i = 0; i < parts; ++i) collectors.push_back(std::make_unique<Collector>(options));
    std::uint64_t seed = 4;
    auto next = [&](std::uint64_t n) {
      seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
      return (seed >> 33) % n;
    };
    for (std::size_t i = 0; i < 500; ++i) {
      Builder b;
      Instant t = at(monday, 0) + std::chrono::minutes(next(9000));
      b.created(t).in(t);
      b.timeline.channel = static_cast<model::Channel>(next(4));
      if (next(3)) b.reply(t += std::chrono::minutes(next(900)));
      if (next(3)) b.status(t + std::chrono::minutes(next(90)), model::Status::solved);
      collectors[next(parts)]->add(b.timeline);
    }
    for (std::size_t i = 1; i < parts; ++i) collectors[0]->merge(std::move(*collectors[i]));
    std::vector<std::int64_t> all{collectors[0]->totals().tickets};
    for (const auto& [key, group] : collectors[0]->groups()) {
      all.insert(all.end(), key.begin(), key.end());
      for (const Sample& s : group.samples)
        for (const auto* list : {&s.happened, &s.competing, &s.waiting})
          all.insert(all.end(), list->begin(), list->end());
      for (const Histogram& h : group.counts) all.push_back(h.sum());
      for (const Shares& s : group.shares) all.insert(all.end(), {s.yes, s.no, s.undecided});
    }
    for (const Backlog& b : collectors[0]->backlog().result()) {
      all.insert(all.end(), {b.came_in, b.solved});
      all.insert(all.end(), b.ages.begin(), b.ages.end());
    }
    return all;
  };
  // The stream of random numbers decides who takes what, so it must not differ: one draw a ticket either way.
  auto one = numbers(1);
  EXPECT_GT(one.size(), 500U);
  EXPECT_EQ(numbers(2), one);
  EXPECT_EQ(numbers(7), one);
}

} // namespace
} // namespace helpdesk::metrics::test
