// The whole stats document is the same, byte by byte, for any number of threads.
#include "render/render.hpp"
#include "report/stats.hpp"

#include <atomic>
#include <random>

#include <gtest/gtest.h>

namespace helpdesk::report {
namespace {

Instant at(int minutes) { return instant_of_seconds(1767571200 + minutes * 60LL); }

std::unique_ptr<store::Store> filled(int tickets) {
  auto store = store::open_memory_store();
  auto tx = store->begin(store::Durability::full);
  EXPECT_TRUE(tx);
  std::mt19937 random(8);
  model::Term agents[] = {*(*tx)->term("ada"), *(*tx)->term("bo"), *(*tx)->term("cy")};
  model::Term plan = *(*tx)->term("plan");
  for (int i = 0; i < tickets; ++i) {
    model::Ticket ticket;
    ticket.key = std::to_string(i);
    ticket.account = "shop";
    auto number = (*tx)->put_ticket(ticket);
    EXPECT_TRUE(number);
    model::Timeline line;
    line.ticket = *number;
    line.account = *(*tx)->term("shop");
    line.channel = static_cast<model::Channel>(random() % 4);
    line.spam = random() % 20 == 0;
    line.assignee = agents[random() % 3];
    line.fields = {{plan, agents[random() % 3]}};
    int t = static_cast<int>(random() % 40'000);
    line.entries.push_back({.time = at(t), .entry = model::EntryKind::event});
    for (std::size_t k = 1 + random() % 5; k > 0; --k) {
      model::TimelineEntry e{.time = at(t)};
      bool reply = random() % 2;
      e.direction = reply ? model::Direction::out : model::Direction::in;
      e.author_role = reply ? model::Role::agent : model::Role::customer;
      e.actor = agents[random() % 3];
      line.entries.push_back(e);
      t += static_cast<int>(random() % 3000);
    }
    if (random() % 2)
      line.entries.push_back({.time = at(t),
                              .entry = model::EntryKind::event,
                              .kind = model::EventKind::status,
                              .from = 1,
                              .to = 5});
    EXPECT_TRUE((*tx)->put_timeline(ticket.key, line));
  }
  EXPECT_TRUE((*tx)->commit());
  return store;
}

std::string text_of(const Desk& desk, StatsOptions options, std::size_t threads, render::Format format) {
  options.threads = threads;
  auto document = stats(desk, options);
  EXPECT_TRUE(document) << document.error().message;
  render::Options how;
  how.format = format;
  how.width = 120;
  std::string out;
  EXPECT_TRUE(render::render(*document, how, [&](std::string_view bytes) {
    out += bytes;
    return Result<void>();
  }));
  return out;
}

TEST(Threads, AnyNumberOfThemTellsTheSame) {
  auto store = filled(700);
  auto desk = Desk::open(*store, at(60'000), Zone::utc(), {}, {});
  ASSERT_TRUE(desk);
  for (const char* by : {"", "channel,week", "day", "agent", "field.plan,channel", "tag"}) {
    StatsOptions options;
    if (*by) options.by = *metrics::parse_dimensions(by);
    options.metrics = {metrics::Metric::first_reply, metrics::Metric::full_resolution,
                       metrics::Metric::periodic};
    options.counts = {metrics::Count::replies};
    options.shares = {metrics::Share::fcr, metrics::Share::durable_resolution};
    options.since = at(10'000);
    options.until = at(40'000);
    options.compare_with = {{at(0), at(10'000)}};
    options.percentiles = {75, 95};
    options.backlog = options.doubt = true;
    for (render::Format format : {render::Format::json, render::Format::table}) {
      std::string one = text_of(*desk, options, 1, format);
      EXPECT_GT(one.size(), 2'000U);
      for (std::size_t threads : {2, 3, 8}) EXPECT_EQ(text_of(*desk, options, threads, format), one) << by;
    }
  }
}

TEST(Threads, EachTakesOnlyTheAccountsThatWereAsked) {
  auto store = filled(40);
  auto desk = Desk::open(*store, at(60'000), Zone::utc(), {"another"}, {});
  ASSERT_TRUE(desk);
  std::atomic<int> seen = 0;
  ASSERT_TRUE(desk->each_timeline(4, [&](std::size_t, const model::Timeline&) { ++seen; }));
  EXPECT_EQ(seen, 0); // of another account
}

} // namespace
} // namespace helpdesk::report
