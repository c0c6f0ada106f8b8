// The little language of checks.
#include "report/gate.hpp"

#include <gtest/gtest.h>

namespace helpdesk::report {
namespace {

Gate parsed(std::string_view text) {
  auto gate = parse_gate(text);
  EXPECT_TRUE(gate) << text << ": " << (gate ? "" : gate.error().message);
  return gate ? *gate : Gate{};
}
std::string refused(std::string_view text) {
  auto gate = parse_gate(text);
  if (gate) {
    ADD_FAILURE() << text << " was taken";
    return "";
  }
  EXPECT_EQ(gate.error().kind, ErrorKind::usage) << text;
  return gate.error().message;
}

TEST(Gates, ReadQuantiles) {
  Gate g = parsed("frt.p90 < 4h biz");
  EXPECT_EQ(g.subject, GateSubject::quantile);
  EXPECT_EQ(g.metric, metrics::Metric::first_reply);
  EXPECT_DOUBLE_EQ(g.p, 0.9);
  EXPECT_EQ(g.relation, Relation::below);
  EXPECT_DOUBLE_EQ(g.bound, 4 * 3600);
  EXPECT_TRUE(g.business);
  EXPECT_EQ(g.text, "frt.p90 < 4h biz");
  EXPECT_DOUBLE_EQ(parsed("turn.median<=90m").p, 0.5);
  EXPECT_DOUBLE_EQ(parsed("turn.p1 <= 90m cal").p, 0.01);
  EXPECT_FALSE(parsed("turn.p99 <= 90m cal").business);
}

TEST(Gates, ReadEveryStatisticWithItsUnit) {
  EXPECT_EQ(parsed("frt.mean > 1m").subject, GateSubject::mean);
  EXPECT_EQ(parsed("frt.n >= 20").subject, GateSubject::n);
  EXPECT_EQ(parsed("frt.waiting == 0").subject, GateSubject::waiting_of);
  EXPECT_DOUBLE_EQ(parsed("frt.waiting_share < 12.5%").bound, 0.125);
  EXPECT_EQ(parsed("frt.answered_share >= 95 %").subject, GateSubject::answered_share);
  Gate within = parsed("first_resolution.within(1h30m) >= 80% biz");
  EXPECT_EQ(within.subject, GateSubject::within);
  EXPECT_EQ(within.within, std::chrono::minutes(90));
  EXPECT_TRUE(within.business);
}

TEST(Gates, ReadWords) {
  EXPECT_EQ(parsed("oldest_waiting < 24h").subject, GateSubject::oldest_waiting);
  EXPECT_EQ(parsed("  waiting  <=  20  ").text, "waiting <= 20");
  EXPECT_EQ(parsed("backlog < 100").subject, GateSubject::unsolved);
  EXPECT_EQ(parsed("unsolved < 100").subject, GateSubject::unsolved);
  EXPECT_EQ(parsed("sla.attainment >= 95%").subject, GateSubject::attainment);
  EXPECT_EQ(parsed("sla.breached == 0").subject, GateSubject::breached);
  EXPECT_EQ(parsed("inbox.age < 3h").subject, GateSubject::inbox_age);
}

TEST(Gates, ReadIntervalsOfTheUser) {
  auto interval = metrics::parse_interval("take-in", "", "created", "reply");
  ASSERT_TRUE(interval);
  std::vector<metrics::UserInterval> intervals{*interval};
  auto gate = parse_gate("take-in.p75 < 1d", metrics::MetricNames(&intervals));
  ASSERT_TRUE(gate) << gate.error().message;
  EXPECT_EQ(gate->metric, metrics::interval_metric(0));
}

TEST(Gates, SayWhereAndWhatWasMeant) {
  EXPECT_TRUE(refused("").starts_with("column 1: a check is missing"));
  EXPECT_EQ(refused("frtt.p90 < 4h"), "column 1: unknown metric \"frtt\" (did you mean \"frt\"?)");
  EXPECT_TRUE(refused("oldest_waitin < 4h")
                  .starts_with("column 1: unknown \"oldest_waitin\" (did you mean "
                               "\"oldest_waiting\"?)"));
  EXPECT_TRUE(refused("frt.medain < 4h")
                  .starts_with("column 5: unknown statistic \"medain\" (did you mean "
                               "\"median\"?)"));
  EXPECT_TRUE(refused("sla.attainmet >= 95%").find("did you mean \"sla.attainment\"?") != std::string::npos);
  EXPECT_TRUE(refused("frt < 4h").starts_with("column 4: say which statistic of frt"));
  EXPECT_TRUE(refused("frt.p90 4h").starts_with("column 9: expected <, <=, >, >= or =="));
  EXPECT_TRUE(refused("frt.p90 = 4h").starts_with("column 9: expected"));
  EXPECT_TRUE(refused("frt.p90 =< 4h").starts_with("column 9: expected"));
  EXPECT_TRUE(refused("frt.p90 <").starts_with("column 10: a value is missing"));
  EXPECT_TRUE(refused("frt.p90 < 4h bix").starts_with("column 14: unexpected \"bix\""));
  EXPECT_TRUE(refused("frt.p90 < 4h biz biz").starts_with("column 14: unexpected"));
  EXPECT_TRUE(refused("frt.p100 < 4h").starts_with("column 5: unknown statistic"));
  EXPECT_TRUE(refused("frt.p0 < 4h").starts_with("column 5: unknown statistic"));
  EXPECT_TRUE(refused("frt.within(soon) > 1%").starts_with("column 12: "));
  EXPECT_TRUE(refused("frt.within(0h) > 1%").starts_with("column 12: "));
  EXPECT_TRUE(refused("frt.within(4h > 1%").starts_with("column 5: unknown statistic"));
}

TEST(Gates, RefuseOtherUnits) {
  EXPECT_TRUE(refused("frt.p90 < 4").starts_with("column 11: a time is compared with a time such as 4h"));
  EXPECT_TRUE(refused("frt.p90 < 95%").starts_with("column 11: "));
  EXPECT_TRUE(refused("frt.n > 4h").starts_with("column 9: a number of tickets"));
  EXPECT_TRUE(refused("waiting < 1.5").starts_with("column 11: "));
  EXPECT_TRUE(refused("waiting < -1").starts_with("column 11: "));
  EXPECT_TRUE(refused("waiting < inf").starts_with("column 11: "));
  EXPECT_TRUE(
      refused("sla.attainment >= 0.95").starts_with("column 19: a share is compared with a percentage"));
  EXPECT_TRUE(refused("sla.attainment >= 950%").starts_with("column 19: a share is at most 100%"));
  EXPECT_TRUE(refused("waiting < 4 biz").starts_with("column 13: a number of tickets is no working time"));
  EXPECT_TRUE(refused("sla.attainment > 9% biz").find("calendars of their policies") != std::string::npos);
  EXPECT_TRUE(refused("inbox.age < 3h biz").starts_with("column 16: "));
}

TEST(Gates, SurviveAnything) {
  EXPECT_TRUE(refused(std::string(10'000, '(')).starts_with("column 501: "));
  EXPECT_FALSE(refused("\xff\xfe < 4h").empty());
  EXPECT_FALSE(refused(")))..((( < 4h").empty());
  EXPECT_FALSE(refused(". < 4h").empty());
  EXPECT_FALSE(refused("<").empty());
  EXPECT_FALSE(refused("frt. < 1h").empty());
}

TEST(Gates, CompareSharesAsOnPaper) {
  Gate g = parsed("sla.attainment >= 70%");
  EXPECT_TRUE(compare(0.1 + 0.2 + 0.3 + 0.1, g)); // a little less than 0.7 in binary
  EXPECT_FALSE(compare(0.6999, g));
  EXPECT_FALSE(compare(3600, parsed("frt.p90 < 1h")));
  EXPECT_TRUE(compare(3600, parsed("frt.p90 <= 1h")));
  EXPECT_TRUE(compare(2, parsed("waiting == 2")));
  EXPECT_FALSE(compare(2, parsed("waiting > 2")));
}

} // namespace
} // namespace helpdesk::report
