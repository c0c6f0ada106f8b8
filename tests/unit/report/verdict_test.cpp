// Verdicts over a memory store: what holds, what fails, and what nobody can say.
#include "report/gate_output.hpp"
#include "report/verdict.hpp"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

namespace helpdesk::report {
namespace {

using std::chrono::hours;

Instant at(int hour) { return instant_of_seconds(1767571200 + hour * 3600LL); } // from Monday 2026-01-05

class Verdicts : public ::testing::Test {
 protected:
  std::unique_ptr<store::Store> store_ = store::open_memory_store();
  Instant now_ = at(100);
  int tickets_ = 0;

  // A question at an hour, answered some hours later or not at all.
  void add(int asked, std::optional<int> after, model::Channel channel = model::Channel::email,
           bool solved = false) {
    auto t = store_->begin(store::Durability::full);
    ASSERT_TRUE(t);
    model::Ticket ticket;
    ticket.key = std::to_string(++tickets_);
    ticket.account = "shop";
    ticket.subject = "Secret & <private>";
    auto number = (*t)->put_ticket(ticket);
    ASSERT_TRUE(number);
    model::Timeline line;
    line.ticket = *number;
    line.account = *(*t)->term("shop");
    line.channel = channel;
    line.entries.push_back({.time = at(asked), .entry = model::EntryKind::event});
    line.entries.push_back({.time = at(asked), .number = 1});
    if (after) {
      model::TimelineEntry reply{.time = at(asked + *after), .direction = model::Direction::out};
      reply.author_role = model::Role::agent;
      reply.number = 2;
      line.entries.push_back(reply);
    }
    if (solved)
      line.entries.push_back({.time = at(asked + after.value_or(1)) + std::chrono::minutes(1),
                              .entry = model::EntryKind::event,
                              .kind = model::EventKind::status,
                              .from = 1,
                              .to = 1 + static_cast<model::Term>(model::Status::solved)});
    ASSERT_TRUE((*t)->put_timeline(ticket.key, line));
    ASSERT_TRUE((*t)->commit());
  }

  Desk desk() {
    auto opened = Desk::open(*store_, now_, Zone::utc(), {}, {});
    EXPECT_TRUE(opened);
    return std::move(*opened);
  }
  CheckOptions options(std::vector<std::string> texts) {
    CheckOptions o;
    for (const std::string& text : texts) {
      auto gate = parse_gate(text);
      EXPECT_TRUE(gate) << (gate ? "" : gate.error().message);
      if (gate) o.gates.push_back(*gate);
    }
    return o;
  }
  std::vector<Verdict> judge(const CheckOptions& o) {
    Desk d = desk();
    auto verdicts = check(d, o);
    EXPECT_TRUE(verdicts) << (verdicts ? "" : verdicts.error().message);
    return verdicts ? *verdicts : std::vector<Verdict>{};
  }
  Answer answer(const std::string& text) {
    auto verdicts = judge(options({text}));
    return verdicts.size() == 1 ? verdicts[0].answer : Answer::unknown;
  }
};

TEST_F(Verdicts, OfAQuantileThatIsReached) {
  for (int i = 1; i <= 10; ++i) add(0, i);
  EXPECT_EQ(answer("frt.p90 <= 9h30m"), Answer::holds); // S is 0.1 from 9 h to 10 h: the middle of it
  EXPECT_EQ(answer("frt.p90 < 9h30m"), Answer::fails);
  EXPECT_EQ(answer("frt.mean <= 5h30m"), Answer::holds);
  EXPECT_EQ(answer("frt.mean < 5h30m"), Answer::fails);
  EXPECT_EQ(answer("frt.within(4h) >= 40%"), Answer::holds);
  EXPECT_EQ(answer("frt.within(4h) > 40%"), Answer::fails);
  EXPECT_EQ(answer("frt.n == 10"), Answer::holds);
  EXPECT_EQ(answer("frt.waiting_share == 0%"), Answer::holds);
  EXPECT_EQ(answer("frt.answered_share >= 100%"), Answer::holds);
}

TEST_F(Verdicts, OfAQuantileThatIsNotReached) {
  for (int i = 0; i < 3; ++i) add(0, 1);
  for (int i = 0; i < 7; ++i) add(i * 10, std::nullopt);
  // The naive mean is one hour; seven of ten wait still.
  EXPECT_EQ(answer("frt.mean <= 1h"), Answer::unknown) << "three are too few";
  EXPECT_EQ(answer("frt.p90 < 1000d"), Answer::fails) << "nothing shows it";
  EXPECT_EQ(answer("frt.p90 > 99h"), Answer::holds) << "one has waited for 100 h";
  EXPECT_EQ(answer("frt.p90 > 101h"), Answer::fails);
  EXPECT_EQ(answer("frt.p90 == 100h"), Answer::fails);
  auto verdicts = judge(options({"frt.p90 < 1000d"}));
  ASSERT_EQ(verdicts.size(), 1U);
  EXPECT_TRUE(verdicts[0].beyond);
  EXPECT_NE(verdicts[0].reason.find("not reached"), std::string::npos);
}

TEST_F(Verdicts, NameTheThreeWorst) {
  for (int i = 0; i < 6; ++i) add(i * 10, std::nullopt);
  auto verdicts =
      judge(options({"oldest_waiting < 75h", "waiting > 6", "waiting <= 5", "oldest_waiting <= 90h"}));
  ASSERT_EQ(verdicts.size(), 4U);
  EXPECT_EQ(verdicts[0].answer, Answer::fails);
  ASSERT_EQ(verdicts[0].worst.size(), 3U);
  EXPECT_EQ(verdicts[0].worst[0].number, 1);
  EXPECT_EQ(verdicts[0].worst[0].age, hours(100));
  EXPECT_EQ(verdicts[0].worst[2].age, hours(80));
  EXPECT_TRUE(verdicts[0].worst[0].subject.empty());
  EXPECT_EQ(verdicts[1].answer, Answer::fails);
  EXPECT_TRUE(verdicts[1].worst.empty()) << "nobody is to blame that there are too few";
  EXPECT_EQ(verdicts[2].worst.size(), 3U);
  EXPECT_EQ(verdicts[3].worst.size(), 1U) << "who waits no longer than that is not to blame";
}

TEST_F(Verdicts, TooFewAreNoPass) {
  for (int i = 0; i < 9; ++i) add(0, 1);
  EXPECT_EQ(answer("frt.median < 4h"), Answer::holds);
  EXPECT_EQ(answer("frt.p90 < 4h"), Answer::unknown) << "a tenth of nine is nobody";
  auto o = options({"frt.p90 < 4h"});
  EXPECT_EQ(exit_code(judge(o)), 3);
  o.min_n = 9;
  EXPECT_EQ(exit_code(judge(o)), 0);
  o.min_n = 10;
  EXPECT_EQ(exit_code(judge(o)), 3);
  o.allow_empty = true;
  EXPECT_EQ(exit_code(judge(o)), 0);
}

TEST_F(Verdicts, OfAnEmptyDesk) {
  EXPECT_EQ(answer("waiting == 0"), Answer::holds);
  EXPECT_EQ(answer("oldest_waiting < 1h"), Answer::holds);
  EXPECT_EQ(answer("unsolved == 0"), Answer::holds);
  EXPECT_EQ(answer("frt.n == 0"), Answer::holds);
  EXPECT_EQ(answer("frt.median < 1h"), Answer::unknown);
  EXPECT_EQ(answer("inbox.age < 1h"), Answer::unknown);
}

TEST_F(Verdicts, CountWhatIsUnsolved) {
  add(0, 1, model::Channel::email, true);
  add(10, 1);
  add(20, std::nullopt);
  EXPECT_EQ(answer("unsolved == 2"), Answer::holds);
  EXPECT_EQ(answer("backlog == 2"), Answer::holds);
  EXPECT_EQ(answer("waiting == 1"), Answer::holds);
  EXPECT_EQ(answer("inbox.age == 80h"), Answer::holds);
}

TEST_F(Verdicts, GroupByGroup) {
  for (int i = 0; i < 6; ++i) add(0, 1);
  for (int i = 0; i < 6; ++i) add(0, 9, model::Channel::chat);
  auto o = options({"frt.median < 4h"});
  o.by = {{metrics::GroupBy::channel, ""}};
  auto verdicts = judge(o);
  ASSERT_EQ(verdicts.size(), 2U);
  std::map<std::string, Answer> by_channel;
  for (const Verdict& v : verdicts) by_channel[v.groups.at(0)] = v.answer;
  EXPECT_EQ(by_channel.at("email"), Answer::holds);
  EXPECT_EQ(by_channel.at("chat"), Answer::fails);
  EXPECT_EQ(exit_code(verdicts), 1);
}

TEST_F(Verdicts, OnlyOfAPeriod) {
  for (int i = 0; i < 6; ++i) add(0, 9);
  for (int i = 0; i < 6; ++i) add(50, 1);
  auto o = options({"frt.p75 < 4h"});
  EXPECT_EQ(exit_code(judge(o)), 1);
  o.since = at(40);
  EXPECT_EQ(exit_code(judge(o)), 0);
  o.since.reset();
  o.until = at(40);
  EXPECT_EQ(exit_code(judge(o)), 1);
}

TEST_F(Verdicts, OfPromises) {
  for (int i = 0; i < 9; ++i) add(0, 1);
  add(0, 30);
  metrics::SlaPolicy policy;
  policy.name = "standard";
  policy.clock = &metrics::wall_clock();
  policy.targets[static_cast<std::size_t>(metrics::SlaMetric::first_reply)][0] = hours(4);
  std::vector<metrics::SlaPolicy> policies{policy};
  auto o = options({"sla.attainment >= 90%", "sla.attainment > 90%", "sla.breached == 0"});
  o.policies = &policies;
  auto verdicts = judge(o);
  ASSERT_EQ(verdicts.size(), 3U);
  EXPECT_EQ(verdicts[0].answer, Answer::holds);
  EXPECT_EQ(verdicts[1].answer, Answer::fails);
  ASSERT_EQ(verdicts[2].worst.size(), 1U);
  EXPECT_EQ(verdicts[2].worst[0].number, 10);
  EXPECT_EQ(verdicts[2].worst[0].age, hours(30));
}

TEST_F(Verdicts, AreTheSameInAnyNumberOfThreads) {
  for (int i = 0; i < 60; ++i)
    add(i % 7, i % 3 == 0 ? std::nullopt : std::optional<int>(i % 5 + 1),
        i % 2 == 0 ? model::Channel::email : model::Channel::chat);
  auto o = options({"frt.p75 < 1h", "oldest_waiting < 1h", "waiting < 1", "frt.waiting_share < 1%"});
  o.by = {{metrics::GroupBy::channel, ""}};
  o.threads = 1;
  std::string one = prometheus(o, judge(o), now_) + nagios(o, judge(o)) + junit(o, judge(o), now_);
  for (std::size_t threads : {2U, 5U}) {
    o.threads = threads;
    EXPECT_EQ(prometheus(o, judge(o), now_) + nagios(o, judge(o)) + junit(o, judge(o), now_), one);
  }
}

TEST_F(Verdicts, MendedByAPullAre75) {
  auto o = options({"waiting < 1"});
  EXPECT_EQ(exit_code(no_verdicts(o, "old", true)), 75);
  EXPECT_EQ(exit_code(no_verdicts(o, "old", false)), 3);
}

TEST_F(Verdicts, SubjectsOnlyWhenAskedFor) {
  add(0, std::nullopt);
  auto o = options({"waiting < 1"});
  EXPECT_EQ(junit(o, judge(o), now_).find("Secret"), std::string::npos);
  o.subjects = true;
  std::string xml = junit(o, judge(o), now_);
  EXPECT_NE(xml.find("Secret &amp; &lt;private&gt;"), std::string::npos) << xml;
}

TEST_F(Verdicts, HostileGroupsStayOnTheirLine) {
  auto o = options({"waiting < 1"});
  o.by = {{metrics::GroupBy::tag, ""}};
  Verdict v;
  v.groups = {"a\"b\\c\n<d>|'e=\x1b[31m\xe2\x80\xae"};
  v.answer = Answer::fails;
  v.value = 3;
  std::string text = prometheus(o, {v}, now_);
  EXPECT_NE(text.find("group=\"a\\\"b\\\\c <d>|'e= [31m\""), std::string::npos) << text;
  text = nagios(o, {v});
  EXPECT_EQ(std::count(text.begin(), text.end(), '|'), 1) << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2) << text;
  text = junit(o, {v}, now_);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("a&quot;b\\c &lt;d&gt;|&apos;e= [31m"), std::string::npos) << text;
}

} // namespace
} // namespace helpdesk::report
