// What holds for every history: order of arrival does not matter, and the parts add up.
#include "builder.hpp"
#include "metrics/calendar.hpp"
#include "metrics/collect.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace helpdesk::metrics::test {
namespace {

model::Timeline random_timeline(std::mt19937& random) {
  Builder b;
  Instant t = at(monday, 0);
  b.created(t);
  for (std::size_t i = random() % 12; i > 0; --i) {
    t += std::chrono::minutes(random() % 3 == 0 ? 0 : random() % 600);
    switch (random() % 6) {
    case 0:
    case 1: b.in(t, static_cast<model::NeedsReply>(random() % 3)); break;
    case 2: b.reply(t, 2 + random() % 3); break;
    case 3: b.automatic(t, static_cast<model::Automation>(random() % 8)); break;
    case 4:
      b.status(t, static_cast<model::Status>(random() % 6), static_cast<model::Source>(random() % 4));
      break;
    default: b.note(t);
    }
  }
  std::stable_sort(b.timeline.entries.begin(), b.timeline.entries.end(), [](const auto& x, const auto& y) {
    return x.time != y.time ? x.time < y.time : model::kind_rank(x) < model::kind_rank(y);
  });
  return b.timeline;
}

TEST(Properties, TheSegmentsAddUp) {
  std::mt19937 random(11);
  for (int round = 0; round < 3000; ++round) {
    Measured m = measured(random_timeline(random), at(sunday, 23));
    Duration unsolved{};
    Duration all{};
    Instant at_end = m.history.created;
    for (const Segment& s : m.history.segments) {
      EXPECT_EQ(s.from, at_end);
      at_end = s.to;
      all += s.to - s.from;
      if (!model::is_done(s.status)) unsolved += s.to - s.from;
    }
    EXPECT_EQ(all, m.history.now - m.history.created);
    if (m.metrics.left_out || is_noise(m.history)) continue;
    EXPECT_EQ(m.find(Metric::requester_wait)->length + m.find(Metric::agent_wait)->length,
              m.find(Metric::time_unsolved)->length);
    EXPECT_EQ(m.find(Metric::time_unsolved)->length, unsolved);
    const Measurement* wait = m.find(Metric::customer_wait);
    EXPECT_TRUE(!wait || wait->length <= all);
    for (const Measurement& each : m.metrics.measured) EXPECT_GE(each.length, Duration::zero());
  }
}

TEST(Properties, TurnsDoNotOverlap) {
  std::mt19937 random(12);
  for (int round = 0; round < 3000; ++round) {
    Measured m = measured(random_timeline(random), at(sunday, 23));
    for (std::size_t i = 0; i < m.history.turns.size(); ++i) {
      const Turn& turn = m.history.turns[i];
      EXPECT_LE(turn.start, turn.end);
      EXPECT_LT(turn.cycle, m.history.cycles.size());
      EXPECT_TRUE(i == 0 || turn.start >= m.history.turns[i - 1].end);
      EXPECT_TRUE(i + 1 == m.history.turns.size() || turn.how != TurnEnd::open);
    }
  }
}

bool same(const TicketMetrics& a, const TicketMetrics& b) {
  return a.left_out == b.left_out &&
         std::equal(a.measured.begin(), a.measured.end(), b.measured.begin(), b.measured.end(),
                    [](const Measurement& x, const Measurement& y) {
                      return x.metric == y.metric && x.outcome == y.outcome && x.length == y.length &&
                             x.start == y.start && x.agent == y.agent;
                    });
}

// Distinct instants: within one, the source's order of two changes of status is part of the data.
TEST(Properties, ArrivalOrderDoesNotMatter) {
  std::mt19937 random(13);
  for (int round = 0; round < 2000; ++round) {
    model::Timeline timeline = random_timeline(random);
    std::int64_t step = 0;
    for (auto& e : timeline.entries) e.time += std::chrono::milliseconds(++step);
    Measured straight = measured(timeline, at(sunday, 23));
    std::shuffle(timeline.entries.begin(), timeline.entries.end(), random);
    Measured shuffled = measured(timeline, at(sunday, 23));
    EXPECT_TRUE(same(straight.metrics, shuffled.metrics)) << round;
  }
}

TEST(Properties, CollectingInAnyOrderGivesTheSame) {
  std::mt19937 random(14);
  std::vector<model::Timeline> timelines;
  for (int i = 0; i < 400; ++i) {
    timelines.push_back(random_timeline(random));
    timelines.back().ticket = i;
    timelines.back().channel = static_cast<model::Channel>(random() % 3);
    if (random() % 10 == 0) timelines.back().spam = true;
  }
  auto collect = [&] {
    CollectOptions options;
    options.now = at(sunday, 23);
    options.by = {{GroupBy::channel, ""}};
    Collector collector(options);
    for (const auto& t : timelines) collector.add(t);
    std::vector<double> numbers{static_cast<double>(collector.totals().tickets),
                                static_cast<double>(collector.totals().reopens)};
    for (const auto& [code, group] : collector.groups())
      for (const Sample& sample : group.samples) {
        Summary s = summarise(sample);
        numbers.insert(numbers.end(), {static_cast<double>(s.n), s.median.value.value_or(-1),
                                       s.p90.value.value_or(-1), s.median.lower.value_or(-1),
                                       static_cast<double>(s.naive_mean.value_or(Duration(-1)).count())});
      }
    return numbers;
  };
  auto first = collect();
  std::shuffle(timelines.begin(), timelines.end(), random);
  EXPECT_EQ(collect(), first);
  EXPECT_GT(first.size(), 100U);
}

// What explain shows behind a number adds up to it.
TEST(Properties, EveryNumberIsTheSumOfItsPieces) {
  std::mt19937 random(15);
  std::size_t seen = 0;
  for (int round = 0; round < 2000; ++round) {
    Measured m = measured(random_timeline(random), at(sunday, 23), Turns::all);
    for (const Measurement& each : m.metrics.measured) {
      Duration sum{};
      for (std::size_t i = each.first_piece; i < each.first_piece + each.pieces; ++i) {
        const Piece& piece = m.metrics.pieces[i];
        EXPECT_LE(piece.from, piece.to);
        sum += piece.to - piece.from;
      }
      EXPECT_EQ(sum, each.length) << key(each.metric);
      if (each.is_stretch) {
        EXPECT_EQ(each.end - each.start, each.length) << key(each.metric);
      }
      ++seen;
    }
  }
  EXPECT_GT(seen, 10'000U);
}

TEST(Properties, BusinessTimeIsNeverMoreThanCalendarTime) {
  Calendar calendar;
  calendar.name = "office";
  CalendarVersion version;
  for (std::size_t day = 0; day < 5; ++day)
    version.week[day] = {{9 * 3600, 12 * 3600}, {13 * 3600, 17 * 3600}};
  calendar.versions = {version};
  auto clock = CalendarClock::compile(calendar, at(monday, 0), at(sunday, 23));
  ASSERT_TRUE(clock) << clock.error().message;
  std::mt19937 random(16);
  for (int round = 0; round < 1000; ++round) {
    model::Timeline timeline = random_timeline(random);
    Measured wall = measured(timeline, at(sunday, 23));
    MeasureOptions options;
    options.clock = &*clock;
    TicketMetrics business;
    measure(timeline, wall.history, options, business);
    ASSERT_EQ(business.measured.size(), wall.metrics.measured.size());
    for (std::size_t i = 0; i < business.measured.size(); ++i)
      EXPECT_LE(business.measured[i].length, wall.metrics.measured[i].length);
  }
}

// What is not asked for changes nothing of what is.
TEST(Properties, MetricsDoNotDependOnWhichAreWanted) {
  std::mt19937 random(17);
  for (int round = 0; round < 300; ++round) {
    model::Timeline timeline = random_timeline(random);
    Measured all = measured(timeline, at(sunday, 23));
    for (std::size_t only = 0; only < k_metric_count; ++only) {
      std::vector<bool> wanted(k_metric_count, false);
      wanted[only] = true;
      MeasureOptions options;
      options.wanted = &wanted;
      TicketMetrics some;
      measure(timeline, all.history, options, some);
      auto lengths = [&](const TicketMetrics& m) {
        std::vector<std::int64_t> list;
        for (const Measurement& each : m.measured)
          if (index(each.metric) == only) list.push_back(each.length.count());
        return list;
      };
      EXPECT_EQ(lengths(some), lengths(all.metrics)) << key(static_cast<Metric>(only));
    }
  }
}

TEST(Collect, CohortsAndExclusions) {
  CollectOptions options;
  options.now = at(sunday, 0);
  options.since = at(tuesday, 0);
  Collector collector(options);
  Builder early;
  early.in(at(monday, 10)).reply(at(monday, 11)).in(at(tuesday, 10)).reply(at(tuesday, 12));
  collector.add(early.timeline);
  Builder spam;
  spam.in(at(wednesday, 10));
  spam.timeline.spam = true;
  collector.add(spam.timeline);
  Builder ours;
  ours.reply(at(wednesday, 10));
  collector.add(ours.timeline);
  const Group& group = collector.groups().begin()->second;
  EXPECT_EQ(group.sample(Metric::first_reply).size(), 0U); // began on Monday
  EXPECT_EQ(group.sample(Metric::next_reply).happened.size(), 1U);
  EXPECT_EQ(group.excluded[static_cast<std::size_t>(Metric::first_reply)]
                          [static_cast<std::size_t>(Reason::outbound)],
            1);
  EXPECT_EQ(collector.totals().left_out[static_cast<std::size_t>(Reason::spam)], 1);
  EXPECT_EQ(collector.totals().tickets, 3);
}

TEST(Group, ValuesAsTheyWereThen) {
  Builder b;
  b.in(at(monday, 10))
      .event(at(tuesday, 9), model::EventKind::queue)
      .event(at(tuesday, 9), model::EventKind::tag);
  b.timeline.entries[1].from = 7;
  b.timeline.entries[1].to = 8;
  b.timeline.entries[2].to = 9;
  b.timeline.queue = 8;
  b.timeline.tags = {9, 10};
  EXPECT_EQ(queue_at(b.timeline, at(monday, 10)), 7U);
  EXPECT_EQ(queue_at(b.timeline, at(wednesday, 10)), 8U);
  EXPECT_EQ(tags_at(b.timeline, at(monday, 10)), (std::vector<model::Term>{10}));
  EXPECT_EQ(tags_at(b.timeline, at(wednesday, 10)), (std::vector<model::Term>{9, 10}));
}

TEST(Group, NamesReadBack) {
  for (std::string_view name : group_names()) EXPECT_EQ(text(*parse_group_by(name)), name);
  EXPECT_FALSE(parse_group_by("nothing"));
  EXPECT_FALSE(parse_group_by("wek"));
}

} // namespace
} // namespace helpdesk::metrics::test
