#include "store/ticket_rest.hpp"

#include "store/records.hpp"

#include <random>

#include <gtest/gtest.h>

namespace helpdesk::store::test {
namespace {

model::Ticket of_a_log() {
  model::Ticket t;
  t.key = "bench:ticket:T0005000", t.account = "bench";
  t.priority = model::Priority::high, t.priority_raw = "high";
  t.created = instant_of_seconds(1'737'266'400), t.updated = instant_of_seconds(1'737'413'937);
  t.last_in = t.created, t.last_out = instant_of_seconds(1'737'412'935);
  t.messages = 4;
  return t;
}

// A ticket as the columns of a row give it.
model::Ticket columns(const model::Ticket& t) {
  model::Ticket out;
  out.account = t.account, out.status = t.status, out.priority = t.priority, out.channel = t.channel;
  out.queue = t.queue, out.assignee = t.assignee, out.language = t.language, out.spam = t.spam;
  out.deleted = t.deleted, out.history_only = t.history_only, out.needs_reply = t.needs_reply;
  out.created = t.created, out.updated = t.updated, out.snoozed_until = t.snoozed_until;
  out.requester = t.requester;
  return out;
}

TEST(TicketRest, ATicketOfALogTakesFewBytes) {
  auto t = of_a_log();
  auto packed = encode_rest(t, Times::exact_in_columns);
  EXPECT_LE(packed.size(), 20U);
  auto again = columns(t);
  ASSERT_TRUE(decode_rest(packed, again));
  EXPECT_EQ(encode_ticket(again), encode_ticket(t));
}

TEST(TicketRest, WhatIsPackedComesBack) {
  std::mt19937_64 random(7);
  auto some = [&](unsigned of) { return random() % of == 0; };
  auto word = [&] {
    return some(2) ? std::string() : std::string(random() % 9, static_cast<char>('a' + random() % 9));
  };
  auto when = [&] { return instant_of_micros(static_cast<std::int64_t>(random()) >> (random() % 40)); };
  auto perhaps = [&] { return some(2) ? std::optional(when()) : std::nullopt; };
  for (int round = 0; round < 2'000; ++round) {
    model::Ticket t;
    t.account = word();
    t.key = some(3) ? word() : t.account + ":ticket:" + word();
    t.aliases.resize(random() % 3), t.tags.resize(random() % 3), t.fields.resize(random() % 2);
    for (auto& text : t.aliases) text = word();
    t.url = word(), t.subject = word(), t.status_raw = word();
    t.priority = static_cast<model::Priority>(random() % 5);
    t.priority_raw = some(2) ? word() : std::string(model::text(t.priority));
    t.requester_name = word(), t.requester_address = word(), t.needs_reply_reason = word();
    t.last_message = word(), t.merged_into = word(), t.queue = word(), t.requester = word();
    t.created = when(), t.updated = when(), t.snoozed_until = perhaps();
    t.closed = perhaps(), t.due = perhaps(), t.waiting_since = perhaps(), t.last_in = perhaps(),
    t.last_out = perhaps();
    t.messages = static_cast<int>(random() % 5) - 1, t.spam = some(2), t.history_only = some(2);
    auto again = columns(t);
    auto times = some(2) ? Times::packed : Times::exact_in_columns;
    if (times == Times::packed) again.created = again.updated = {}, again.snoozed_until = when();
    ASSERT_TRUE(decode_rest(encode_rest(t, times), again));
    ASSERT_EQ(encode_ticket(again), encode_ticket(t));
  }
}

TEST(TicketRest, DamagedBytesAreRefusedOrReadNeverWorse) {
  auto t = of_a_log();
  t.tags = {"a"}, t.fields = {{"b", "c"}}, t.aliases = {"d"}, t.closed = t.created;
  auto packed = encode_rest(t, Times::packed);
  for (std::size_t i = 0; i < packed.size(); ++i) {
    EXPECT_FALSE(decode_rest(std::string_view(packed).substr(0, i), t));
    for (int c = 0; c < 256; ++c) {
      auto bad = packed;
      bad[i] = static_cast<char>(c);
      (void)decode_rest(bad, t);
    }
  }
  EXPECT_FALSE(decode_rest(packed + "x", t));
  EXPECT_FALSE(decode_rest(encode_ticket(t), t)) << "the older format is not this one";
}

} // namespace
} // namespace helpdesk::store::test
