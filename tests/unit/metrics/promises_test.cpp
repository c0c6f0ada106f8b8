// What was done to promises shortly before they broke: checks 10, 15 and 16 of the metrics specification.
#include "metrics/promises.hpp"
#include "sla_support.hpp"

namespace helpdesk::metrics::test {
namespace {

using model::EventKind;
using model::Priority;
using model::Status;
using std::chrono::hours;

// Urgent tickets within an hour, others within eight.
std::vector<SlaPolicy> promises() {
  SlaPolicy p = policy(wall_clock(), SlaMetric::first_reply, hours(8));
  also(p, SlaMetric::first_reply, hours(1), Priority::urgent);
  return {p};
}

Promises watched(const model::Timeline& timeline, Instant now, const std::vector<SlaPolicy>& policies) {
  PromiseWatch watch(&policies, term_text);
  Promises out;
  watch.add(timeline, now, out);
  return out;
}

Builder lowered_at(Instant t) {
  Builder b;
  b.in(at(monday, 9));
  change(b, t, EventKind::priority, t_urgent, t_low);
  b.timeline.priority = Priority::low;
  b.reply(at(monday, 11));
  return b;
}

TEST(Promises, ALoweredPriorityThatSavedOne) {
  Promises p = watched(lowered_at(at(monday, 9, 45)).timeline, at(monday, 12), promises());
  EXPECT_EQ(p.downgrades, 1);
  EXPECT_EQ(p.rescued_met, 1);
  EXPECT_EQ(p.kept.met, 1);
  EXPECT_DOUBLE_EQ(p.kept.share().value(), 1);
  EXPECT_DOUBLE_EQ(p.share_at_original_priority().value(), 0);
}

TEST(Promises, ALoweredPriorityLongBeforeIsNone) {
  Promises p = watched(lowered_at(at(monday, 9, 29)).timeline, at(monday, 12), promises());
  EXPECT_EQ(p.downgrades, 0);
  EXPECT_EQ(p.rescued_met, 0);
  EXPECT_DOUBLE_EQ(p.share_at_original_priority().value(), 1);
}

TEST(Promises, ALoweredPriorityOfWhatWasAnsweredInTimeSavesNothing) {
  Builder b;
  b.in(at(monday, 9));
  change(b, at(monday, 9, 45), EventKind::priority, t_urgent, t_low);
  b.timeline.priority = Priority::low;
  b.reply(at(monday, 9, 50));
  Promises p = watched(b.timeline, at(monday, 12), promises());
  EXPECT_EQ(p.downgrades, 1);
  EXPECT_EQ(p.rescued_met + p.rescued_open, 0);
}

TEST(Promises, OpenOnesAreSavedToo) {
  Builder b;
  b.in(at(monday, 9));
  change(b, at(monday, 9, 45), EventKind::priority, t_urgent, t_low);
  b.timeline.priority = Priority::low;
  Promises p = watched(b.timeline, at(monday, 12), promises());
  EXPECT_EQ(p.rescued_open, 1);
  EXPECT_FALSE(p.kept.share());
  EXPECT_DOUBLE_EQ(p.share_at_original_priority().value(), 0);
}

TEST(Promises, RaisedLaterTheOriginalPriorityHoldsUntilThen) {
  Builder b = lowered_at(at(monday, 9, 45));
  b.timeline.entries.pop_back();
  change(b, at(monday, 9, 50), EventKind::priority, t_low, t_high);
  b.timeline.priority = Priority::high;
  b.reply(at(monday, 11));
  Promises p = watched(b.timeline, at(monday, 12), promises());
  EXPECT_EQ(p.downgrades, 0); // urgent until 09:50 only: nothing would have broken
}

TEST(Promises, HandedOnShortlyBeforeABreach) {
  for (int minute : {29, 45, 59}) {
    Builder b;
    b.in(at(monday, 9));
    change(b, at(monday, 9, minute), EventKind::assign, t_vip, t_bug);
    b.timeline.priority = Priority::urgent;
    b.reply(at(monday, 11));
    EXPECT_EQ(watched(b.timeline, at(monday, 12), promises()).reassigned, minute > 29) << minute;
  }
  Builder in_time;
  in_time.in(at(monday, 9));
  change(in_time, at(monday, 9, 45), EventKind::assign, t_vip, t_bug);
  in_time.timeline.priority = Priority::urgent;
  in_time.reply(at(monday, 9, 55));
  EXPECT_EQ(watched(in_time.timeline, at(monday, 12), promises()).reassigned, 0);
}

TEST(Promises, WithAndWithoutPauses) {
  SlaPolicy p = policy(wall_clock(), SlaMetric::first_reply, hours(2));
  pause(p, SlaMetric::first_reply, Status::pending);
  Builder b;
  b.in(at(monday, 9)).status(at(monday, 10), Status::pending).reply(at(monday, 18));
  Promises out = watched(b.timeline, at(tuesday, 9), {p});
  EXPECT_EQ(out.kept.met, 1);
  EXPECT_EQ(out.kept.pausing, 1);
  EXPECT_EQ(out.unpaused.breached, 1);
}

TEST(Promises, MergeAddsUp) {
  Promises a = watched(lowered_at(at(monday, 9, 45)).timeline, at(monday, 12), promises());
  Promises b = a;
  a.merge(b);
  EXPECT_EQ(a.downgrades, 2);
  EXPECT_EQ(a.rescued_met, 2);
  EXPECT_EQ(a.kept.met, 2);
  EXPECT_EQ(a.unpaused.met, 2);
}

} // namespace
} // namespace helpdesk::metrics::test
