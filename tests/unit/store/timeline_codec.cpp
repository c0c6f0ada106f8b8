#include "store/timeline_codec.hpp"

#include <random>

#include <gtest/gtest.h>

namespace helpdesk::store {
namespace {

model::Timeline random_timeline(std::mt19937_64& random) {
  auto below = [&](std::uint64_t n) { return random() % n; };
  auto term = [&] { return static_cast<model::Term>(below(3) ? below(200) : random()); };
  model::Timeline t;
  t.account = term(), t.queue = term(), t.assignee = term(), t.requester = term(), t.organisation = term(),
  t.language = term();
  t.channel = static_cast<model::Channel>(below(11)), t.priority = static_cast<model::Priority>(below(5));
  t.status = static_cast<model::Status>(below(6));
  t.spam = below(2), t.deleted = below(2), t.merged = below(2), t.history_only = below(2);
  for (auto n = below(4); n > 0; --n) t.tags.push_back(term());
  for (auto n = below(4); n > 0; --n) t.fields.push_back({term(), term()});
  bool seconds = below(2);
  for (auto n = below(12); n > 0; --n) {
    model::TimelineEntry e;
    e.time = instant_of_micros(seconds ? static_cast<std::int64_t>(below(2'000'000'000)) * 1'000'000
                                       : static_cast<std::int64_t>(random()));
    e.actor = term(), e.local = below(2),
    e.number = below(2) ? static_cast<std::int64_t>(random()) : static_cast<std::int64_t>(below(9));
    if (below(2)) {
      e.entry = model::EntryKind::event;
      e.kind = static_cast<model::EventKind>(below(21)), e.source = static_cast<model::Source>(below(4));
      e.field = term(), e.from = term(), e.to = term();
    } else {
      e.direction = static_cast<model::Direction>(below(3)),
      e.visibility = static_cast<model::Visibility>(below(2));
      e.author_role = static_cast<model::Role>(below(6)),
      e.automation = static_cast<model::Automation>(below(8));
      e.needs_reply = static_cast<model::NeedsReply>(below(3)),
      e.delivery = static_cast<model::Delivery>(below(3));
    }
    t.entries.push_back(e);
  }
  return t;
}

TEST(TimelineCodec, WhatIsPackedComesBack) {
  std::mt19937_64 random(3);
  model::Timeline got; // reused, as the reader does
  for (int i = 0; i < 5'000; ++i) {
    auto t = random_timeline(random);
    ASSERT_TRUE(decode_timeline(encode_timeline(t), got));
    got.ticket = t.ticket;
    ASSERT_EQ(got, t);
  }
}

TEST(TimelineCodec, AnOrdinaryEntryTakesFewBytes) {
  model::Timeline t;
  for (int i = 0; i < 100; ++i)
    t.entries.push_back({.time = instant_of_seconds(1'700'000'000 + i * 5'000), .actor = 7, .number = i + 1});
  EXPECT_LT(encode_timeline(t).size(), 100 * 8);
}

TEST(TimelineCodec, DamagedBytesAreRefusedOrReadNeverWorse) {
  std::mt19937_64 random(4);
  model::Timeline got;
  for (int i = 0; i < 20'000; ++i) {
    auto bytes = encode_timeline(random_timeline(random));
    for (auto n = 1 + random() % 3; n > 0; --n) bytes[random() % bytes.size()] = static_cast<char>(random());
    if (random() % 3 == 0) bytes.resize(random() % (bytes.size() + 1));
    bool read = decode_timeline(bytes, got);
    EXPECT_TRUE(!read || got.entries.size() <= bytes.size());
    each_in_segment(3, bytes,
                    [&](std::int64_t, std::string_view packed) { return packed.size() <= bytes.size(); });
  }
  EXPECT_FALSE(decode_timeline("", got));
}

TEST(TimelineCodec, WhatIsCutShortOrGoesOnIsRefused) {
  std::mt19937_64 random(5);
  model::Timeline got;
  for (int i = 0; i < 200; ++i) {
    const auto whole = encode_timeline(random_timeline(random));
    for (std::size_t size = 0; size < whole.size(); ++size)
      EXPECT_FALSE(decode_timeline(std::string(whole, 0, size), got)) << size << " of " << whole.size();
    for (char more : {'\0', '\1', '\xff'}) EXPECT_FALSE(decode_timeline(whole + more, got));
    EXPECT_TRUE(decode_timeline(whole, got));
  }
}

TEST(TimelineCodec, SegmentsGiveTheirTicketsInOrder) {
  SegmentBuilder builder(2);
  EXPECT_TRUE(builder.empty());
  builder.append(256, "a");
  builder.append(300, "");
  builder.append(383, "ccc");
  EXPECT_FALSE(builder.empty());
  std::vector<std::pair<std::int64_t, std::string>> seen;
  EXPECT_TRUE(each_in_segment(
      2, builder.take(), [&](std::int64_t n, std::string_view p) { return seen.emplace_back(n, p), true; }));
  EXPECT_EQ(seen, (std::vector<std::pair<std::int64_t, std::string>>{{256, "a"}, {300, ""}, {383, "ccc"}}));
}

} // namespace
} // namespace helpdesk::store
