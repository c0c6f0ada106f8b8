// Intervals that users define: their words, and what they find.
#include "builder.hpp"
#include "metrics/interval.hpp"

#include <gtest/gtest.h>

namespace helpdesk::metrics::test {
namespace {

using model::EventKind;
using model::Status;

const std::vector<std::string> k_terms{"",     "anna", "ada",           "event", "Take in charge ticket",
                                       "plan", "gold", "Resolve ticket"};

std::string term_text(model::Term term) { return term < k_terms.size() ? k_terms[term] : ""; }

Builder& named(Builder& b, Instant t, model::Term name, model::Term actor = 2) {
  b.event(t, EventKind::field);
  b.timeline.entries.back().field = 3;
  b.timeline.entries.back().to = name;
  b.timeline.entries.back().actor = actor;
  return b;
}

Measured with(const Builder& b, const std::string& from, const std::string& to,
              Instant now = at(sunday, 12)) {
  auto interval = parse_interval("mine", "", from, to);
  EXPECT_TRUE(interval) << interval.error().message;
  std::vector<UserInterval> intervals{std::move(*interval)};
  IntervalReader reader(&intervals, term_text);
  Measured result;
  read_history(b.timeline, now, result.history);
  MeasureOptions options;
  options.intervals = &reader;
  measure(b.timeline, result.history, options, result.metrics);
  return result;
}
const Metric k_mine = interval_metric(0);

Builder log() {
  Builder b;
  b.created(at(monday, 9));
  named(b, at(monday, 10), 4);
  named(b, at(monday, 12), 4);
  b.status(at(tuesday, 9), Status::pending).status(at(tuesday, 10), Status::open);
  named(b, at(tuesday, 11), 7, 1);
  b.status(at(tuesday, 11), Status::solved);
  return b;
}

TEST(Intervals, FirstIsMeantAndLastCanBe) {
  Measured m = with(log(), "created", "event == \"Take in charge ticket\"");
  EXPECT_DOUBLE_EQ(m.hours(k_mine), 1);
  EXPECT_EQ(m.outcome(k_mine), Outcome::happened);
  EXPECT_EQ(m.find(k_mine)->agent, 2U);
  EXPECT_DOUBLE_EQ(with(log(), "first created", "last event == 'Take in charge ticket'").hours(k_mine), 3);
  EXPECT_DOUBLE_EQ(with(log(), "created", "last anything").hours(k_mine), 26);
  EXPECT_DOUBLE_EQ(
      with(log(), "event == \"Take in charge ticket\"", "event == \"Resolve ticket\"").hours(k_mine), 25);
}

TEST(Intervals, StatusFieldsAndMessages) {
  EXPECT_DOUBLE_EQ(
      with(log(), "status == \"pending\"", "status == \"open\" or status == \"solved\"").hours(k_mine), 1);
  EXPECT_DOUBLE_EQ(with(log(), "status", "status == \"solved\"").hours(k_mine), 2);
  EXPECT_DOUBLE_EQ(with(log(), "created", "status != \"pending\"").hours(k_mine), 25);
  Builder b;
  b.created(at(monday, 9)).in(at(monday, 10)).note(at(monday, 11)).reply(at(monday, 13)).in(at(monday, 14));
  b.event(at(monday, 15), EventKind::field);
  b.timeline.entries.back().field = 5;
  b.timeline.entries.back().to = 6;
  EXPECT_DOUBLE_EQ(with(b, "question", "note").hours(k_mine), 1);
  EXPECT_DOUBLE_EQ(with(b, "reply", "inbound").hours(k_mine), 1);
  EXPECT_DOUBLE_EQ(with(b, "question", "last message").hours(k_mine), 4);
  EXPECT_DOUBLE_EQ(with(b, "created", "field.plan == \"gold\"").hours(k_mine), 6);
  EXPECT_DOUBLE_EQ(with(b, "created", "field.plan").hours(k_mine), 6);
  EXPECT_EQ(with(b, "created", "field.plan == \"silver\"").outcome(k_mine), Outcome::waiting);
}

TEST(Intervals, WhatNeverCame) {
  Measured m = with(log(), "event == \"Resolve ticket\"", "event == \"Take in charge ticket\"");
  EXPECT_EQ(m.outcome(k_mine), Outcome::competing); // solved: it will not come
  Builder open;
  open.created(at(monday, 9)).in(at(monday, 10));
  Measured waiting = with(open, "question", "reply", at(monday, 16));
  EXPECT_EQ(waiting.outcome(k_mine), Outcome::waiting);
  EXPECT_DOUBLE_EQ(waiting.hours(k_mine), 6);
  EXPECT_EQ(with(open, "reply", "question").reason(k_mine), Reason::not_begun);
}

TEST(Intervals, EachHasItsPieceForExplain) {
  Measured m = with(log(), "created", "event == \"Take in charge ticket\"");
  const Measurement* found = m.find(k_mine);
  ASSERT_EQ(found->pieces, 1U);
  EXPECT_EQ(m.metrics.pieces[found->first_piece].last, 1U);
}

TEST(Intervals, MistakesSayWhatIsWrong) {
  auto message = [](std::string_view text) { return parse_point(text).error().message; };
  EXPECT_NE(message("replly").find("did you mean \"reply\""), std::string::npos);
  EXPECT_NE(message("").find("expected what to wait for"), std::string::npos);
  EXPECT_NE(message("status == \"resolved\"").find("no status is called"), std::string::npos);
  EXPECT_NE(message("status == solved").find("in quotes"), std::string::npos);
  EXPECT_NE(message("status == \"solved").find("not closed"), std::string::npos);
  EXPECT_NE(message("reply == \"x\"").find("no value"), std::string::npos);
  EXPECT_NE(message("reply and note").find("expected \"or\""), std::string::npos);
  EXPECT_NE(message("priority == \"top\"").find("no priority"), std::string::npos);
  EXPECT_FALSE(parse_interval("frt", "", "created", "reply"));
  EXPECT_FALSE(parse_interval("mine", "", "created", ""));
  EXPECT_EQ(parse_interval("mine", "", "crated", "reply").error().message.substr(0, 6), "from: ");
}

TEST(Intervals, NamesStandBesideTheBuiltInOnes) {
  std::vector<UserInterval> intervals{*parse_interval("charge", "Taken in charge", "created", "reply")};
  MetricNames names(&intervals);
  EXPECT_EQ(names.parse("charge"), interval_metric(0));
  EXPECT_EQ(names.title(interval_metric(0)), "Taken in charge");
  EXPECT_EQ(names.meaning(interval_metric(0)), "from created to reply");
  EXPECT_EQ(names.parse("frt"), Metric::first_reply);
  EXPECT_FALSE(names.parse("nothing"));
  for (std::string_view key : names.keys()) EXPECT_EQ(names.key(*names.parse(key)), key);
}

} // namespace
} // namespace helpdesk::metrics::test
