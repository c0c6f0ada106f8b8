// A small desk in the memory store: one ticket waits, one was answered, one is spam, one needs no reply.
#include "render/render.hpp"
#include "report/explain.hpp"
#include "report/overview.hpp"
#include "report/speed.hpp"
#include "report/stats.hpp"

#include <gtest/gtest.h>

namespace helpdesk::report {
namespace {

using std::chrono::hours;

Instant at(int day, int hour) {
  return instant_of_seconds(1767571200 + day * 86400 + hour * 3600);
} // day 0: Monday 2026-01-05

class Reports : public ::testing::Test {
 protected:
  std::unique_ptr<store::Store> store_ = store::open_memory_store();
  Instant now_ = at(2, 12);

  void SetUp() override {
    auto t = store_->begin(store::Durability::full);
    ASSERT_TRUE(t) << t.error().message;
    add(**t, "one", "Refund for order 12", at(0, 10), at(0, 13), [](auto&) {});
    add(**t, "two", "Refund for order 12", at(1, 10), std::nullopt, [](auto&) {});
    add(**t, "three", "Win a prize", at(1, 11), std::nullopt,
        [](model::Timeline& timeline) { timeline.spam = true; });
    add(**t, "four", "Newsletter", at(1, 12), std::nullopt,
        [](model::Timeline& timeline) { timeline.entries[1].needs_reply = model::NeedsReply::no; });
    store::AccountState state;
    state.account = "shop";
    state.last_success = now_;
    state.complete_since = at(0, 0);
    ASSERT_TRUE((*t)->put_account_state(state));
    store::RawRecord raw;
    raw.account = "shop";
    raw.key = "a record: it makes the account known";
    raw.format = "mail";
    ASSERT_TRUE((*t)->put_raw(raw));
    ASSERT_TRUE((*t)->commit());
  }

  template <class Change>
  void add(store::Transaction& t, const std::string& key, const std::string& subject, Instant asked,
           std::optional<Instant> answered, Change&& change) {
    model::Timeline timeline;
    auto agent = t.term("ada@shop.example");
    auto account = t.term("shop");
    auto tag = t.term("refund");
    ASSERT_TRUE(agent && account && tag);
    timeline.account = *account;
    timeline.tags = {*tag};
    model::TimelineEntry created;
    created.entry = model::EntryKind::event;
    created.time = asked;
    timeline.entries.push_back(created);
    model::TimelineEntry question;
    question.time = asked;
    question.number = 1;
    timeline.entries.push_back(question);
    if (answered) {
      model::TimelineEntry reply;
      reply.time = *answered;
      reply.direction = model::Direction::out;
      reply.author_role = model::Role::agent;
      reply.actor = *agent;
      reply.number = 2;
      timeline.entries.push_back(reply);
    }
    change(timeline);
    model::Ticket ticket;
    ticket.key = key;
    ticket.account = "shop";
    ticket.subject = subject;
    ticket.created = asked;
    ticket.updated = answered.value_or(asked);
    ticket.requester_name = "Grace Hopper";
    ticket.requester_address = "grace@example.org";
    ticket.status = answered ? model::Status::pending : model::Status::fresh;
    ticket.spam = timeline.spam;
    ticket.tags = {"refund"};
    if (!answered && !timeline.spam && timeline.entries[1].needs_reply == model::NeedsReply::yes) {
      ticket.waiting_since = asked;
      ticket.needs_reply = model::NeedsReply::yes;
    }
    auto number = t.put_ticket(ticket);
    ASSERT_TRUE(number) << number.error().message;
    timeline.ticket = *number;
    model::Message message;
    message.key = key + "-message";
    message.ticket = key;
    message.time = asked;
    message.subject = subject;
    message.subject_key = subject;
    message.text = message.stripped = "Please send my money back.";
    message.needs_reply = timeline.entries[1].needs_reply;
    message.author = {"Grace Hopper", "grace@example.org"};
    ASSERT_TRUE(t.put_message(message));
    ASSERT_TRUE(t.put_timeline(key, timeline));
  }

  Desk desk(std::vector<std::string> accounts = {}) {
    auto opened = Desk::open(*store_, now_, Zone::utc(), std::move(accounts), {"shop: quiet"});
    EXPECT_TRUE(opened) << opened.error().message;
    return std::move(*opened);
  }
  std::string text_of(const render::Document& document, render::Format format) {
    render::Options options;
    options.format = format;
    options.width = 120;
    std::string out;
    auto done = render::render(document, options, [&](std::string_view bytes) {
      out += bytes;
      return Result<void>();
    });
    EXPECT_TRUE(done) << done.error().message;
    return out;
  }
  const render::Table& table(const render::Document& document, std::string_view key) {
    for (const render::Section& section : document.sections)
      for (const render::Block& block : section.blocks)
        if (const auto* t = std::get_if<render::Table>(&block); t && t->key == key) return *t;
    static const render::Table none;
    ADD_FAILURE() << "no table " << key;
    return none;
  }
  render::Value value(const render::Table& t, std::size_t row, std::string_view key) {
    for (std::size_t i = 0; i < t.columns.size(); ++i)
      if (t.columns[i].key == key && row < t.rows.size()) return t.rows[row][i].value;
    ADD_FAILURE() << "no cell " << row << " " << key;
    return {};
  }
  std::int64_t integer(const render::Table& t, std::size_t row, std::string_view key) {
    return std::get<std::int64_t>(value(t, row, key).data);
  }
};

TEST_F(Reports, StatsCountsThoseWhoWait) {
  Desk d = desk();
  auto document = stats(d, {});
  ASSERT_TRUE(document) << document.error().message;
  const render::Table& t = table(*document, "metrics");
  EXPECT_EQ(std::get<std::string>(value(t, 0, "metric").data), "frt");
  EXPECT_EQ(integer(t, 0, "n"), 2);
  EXPECT_EQ(integer(t, 0, "waiting"), 1);
  EXPECT_EQ(integer(t, 0, "excluded"), 1);
  // One answered after 3 h, one waiting for 26 h: at 3 h exactly half are answered, and nothing happens
  // later.
  EXPECT_EQ(std::get<Duration>(value(t, 0, "median").data), hours(3));
  EXPECT_EQ(std::get<Duration>(value(t, 0, "naive_mean").data), hours(3));
  EXPECT_TRUE(value(t, 0, "p90").is_null());
  std::string text = text_of(*document, render::Format::table);
  EXPECT_NE(text.find("> 1d2h"), std::string::npos) << text;
  EXPECT_NE(text.find("50 % of 2 have none yet"), std::string::npos) << text;
  EXPECT_NE(text.find("complete since 2026-01-05 00:00"), std::string::npos) << text;
  EXPECT_NE(text.find("! shop: quiet"), std::string::npos) << text;
  const render::Table& excluded = table(*document, "excluded");
  EXPECT_EQ(std::get<std::string>(value(excluded, 0, "reason").data), "spam");
  EXPECT_EQ(integer(excluded, 0, "count"), 1);
  EXPECT_EQ(std::get<std::string>(value(excluded, 1, "reason").data), "no_question");
}

TEST_F(Reports, StatsByAgentGivesTheReplyToItsSender) {
  StatsOptions options;
  options.by = {{metrics::GroupBy::agent, ""}};
  options.metrics = {metrics::Metric::first_reply};
  Desk d = desk();
  auto document = stats(d, options);
  ASSERT_TRUE(document);
  const render::Table& t = table(*document, "metrics");
  ASSERT_EQ(t.rows.size(), 2U);
  EXPECT_EQ(std::get<std::string>(value(t, 0, "group").data), "(none)");
  EXPECT_EQ(integer(t, 0, "waiting"), 1);
  EXPECT_EQ(std::get<std::string>(value(t, 1, "group").data), "ada@shop.example");
}

TEST_F(Reports, StatsByWeekIsIso) {
  StatsOptions options;
  options.by = {{metrics::GroupBy::week, ""}};
  Desk d = desk();
  auto document = stats(d, options);
  ASSERT_TRUE(document);
  EXPECT_EQ(std::get<std::string>(value(table(*document, "metrics"), 0, "group").data), "2026-W02");
}

TEST_F(Reports, StatsOfAPeriodAndOfAnAccount) {
  StatsOptions options;
  options.since = at(1, 0);
  Desk d = desk();
  auto document = stats(d, options);
  ASSERT_TRUE(document);
  EXPECT_EQ(integer(table(*document, "metrics"), 0, "n"), 1);
  Desk other = desk({"other"});
  document = stats(other, {});
  ASSERT_TRUE(document);
  EXPECT_EQ(integer(table(*document, "metrics"), 0, "n"), 0);
}

TEST_F(Reports, DataEndsAtTheLastPull) {
  auto t = store_->begin(store::Durability::full);
  ASSERT_TRUE(t);
  store::AccountState state;
  state.account = "shop";
  state.last_success = at(1, 20);
  ASSERT_TRUE((*t)->put_account_state(state));
  ASSERT_TRUE((*t)->commit());
  now_ = at(9, 0);
  Desk d = desk();
  auto document = stats(d, {});
  ASSERT_TRUE(document);
  EXPECT_EQ(std::get<Duration>(value(table(*document, "metrics"), 0, "longest").data), hours(10));
  ASSERT_FALSE(document->warnings.empty());
  EXPECT_TRUE(document->warnings[0].starts_with("shop: last pulled ")) << document->warnings[0];
}

TEST_F(Reports, ExplainNamesBothEvents) {
  auto ticket = store_->ticket_by_key("one");
  ASSERT_TRUE(ticket && *ticket);
  auto timeline = store_->timeline("one");
  ASSERT_TRUE(timeline && *timeline);
  Desk d = desk();
  auto document = explain(d, **ticket, **timeline, {.only = metrics::Metric::first_reply});
  ASSERT_TRUE(document);
  const render::Table& t = table(*document, "pieces");
  ASSERT_EQ(t.rows.size(), 1U);
  EXPECT_EQ(std::get<std::string>(value(t, 0, "from_what").data), "the customer wrote");
  EXPECT_EQ(std::get<std::string>(value(t, 0, "to_what").data), "ada@shop.example replied");
  EXPECT_EQ(std::get<Duration>(value(t, 0, "piece_length").data), hours(3));
  EXPECT_EQ(integer(t, 0, "to_event"), 3);
}

TEST_F(Reports, DigestTellsWhoWaits) {
  OverviewOptions options;
  options.since = at(0, 0);
  Desk d = desk();
  auto found = overview(d, "digest", "Support digest", options);
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_TRUE(found->anything);
  std::string text = text_of(found->document, render::Format::table);
  EXPECT_NE(text.find("Who waits: 1, oldest first"), std::string::npos) << text;
  EXPECT_NE(text.find("Grace"), std::string::npos);
  EXPECT_EQ(text.find("Hopper"), std::string::npos) << text;
  EXPECT_EQ(text.find("money back"), std::string::npos) << text;
  EXPECT_NE(text.find("Questions        2"), std::string::npos) << text;
  EXPECT_NE(text.find("New tickets      2"), std::string::npos) << text; // spam and newsletters are none
  EXPECT_NE(text.find("Refund for order 12"), std::string::npos) << text;
  EXPECT_EQ(text.find("prize"), std::string::npos) << text;
}

TEST_F(Reports, DetailDecidesWhatLeavesTheDesk) {
  OverviewOptions options;
  options.since = at(0, 0);
  Desk d = desk();
  for (render::Format format : {render::Format::table, render::Format::csv, render::Format::json,
                                render::Format::markdown, render::Format::html, render::Format::ndjson}) {
    options.detail = Detail::none;
    std::string none = text_of(overview(d, "digest", "", options)->document, format);
    for (std::string_view word : {"Grace", "Hopper", "Refund", "grace@", "money"})
      EXPECT_EQ(none.find(word), std::string::npos) << none;
    options.detail = Detail::full;
    std::string full = text_of(overview(d, "digest", "", options)->document, format);
    for (std::string_view word : {"Grace Hopper", "Refund", "grace@example.org", "money"})
      EXPECT_NE(full.find(word), std::string::npos) << word << "\n" << full;
  }
  EXPECT_FALSE(parse_detail("all"));
}

TEST_F(Reports, NothingToSay) {
  OverviewOptions options;
  options.since = now_;
  Desk other = desk({"other"});
  auto found = overview(other, "digest", "", options);
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_FALSE(found->anything);
}

TEST(Compact, Durations) {
  EXPECT_EQ(compact(0), "0s");
  EXPECT_EQ(compact(59.4), "59s");
  EXPECT_EQ(compact(3599), "1h");
  EXPECT_EQ(compact(52560), "14h36");
  EXPECT_EQ(compact(86399), "1d");
  EXPECT_EQ(compact(248400), "2d21h");
}

TEST(FirstName, OfNamesAsPeopleWriteThem) {
  EXPECT_EQ(first_name("Ada Lovelace"), "Ada");
  EXPECT_EQ(first_name("Lovelace, Ada King"), "Ada");
  EXPECT_EQ(first_name("ada@example.org"), "");
  EXPECT_EQ(first_name(""), "");
}

} // namespace
} // namespace helpdesk::report
