// Every case M1 to M15 of the metrics specification through explain: what it shows adds up to the number, in
// calendar time and in business hours, and the number is the specification's.
#include "report/explain.hpp"
#include "unit/metrics/builder.hpp"
#include "unit/metrics/calendars.hpp"

#include <cmath>
#include <map>

#include <gtest/gtest.h>

namespace helpdesk::report {
namespace {

using metrics::Metric;
using metrics::test::at;
using metrics::test::Builder;
using metrics::test::friday;
using metrics::test::monday;
using metrics::test::saturday;
using metrics::test::sunday;
using metrics::test::tuesday;
using metrics::test::wednesday;
using model::Automation;
using model::Source;
using model::Status;

constexpr double k_unsaid = -1; // the specification gives no business time

struct Number {
  std::string_view metric;
  double hours = 0, in_hours = k_unsaid;
};
struct Case {
  std::string_view name;
  Builder builder;
  std::vector<Number> numbers; // of several of one metric: their sum
  Instant now = at(sunday, 48);
};

std::vector<Case> cases() {
  std::vector<Case> all;
  auto add = [&](std::string_view name, std::vector<Number> numbers) -> Builder& {
    all.push_back({name, {}, std::move(numbers)});
    return all.back().builder;
  };
  add("M1", {{"frt", 1.5, 1.5}, {"auto_ack", 5 / 3600.0}})
      .created(at(monday, 10))
      .in(at(monday, 10))
      .automatic(at(monday, 10, 0, 5), Automation::auto_reply)
      .note(at(monday, 10, 20))
      .reply(at(monday, 11, 30))
      .status(at(monday, 11, 30), Status::solved);
  add("M2", {{"frt", 3, 3}}).in(at(monday, 10)).in(at(monday, 12)).reply(at(monday, 13));
  add("M3", {{"turn", 0.5, 0.5}, {"agent_wait", 24.5, 8.5}, {"full_resolution", 25}})
      .created(at(monday, 9))
      .reply(at(monday, 9))
      .status(at(monday, 9), Status::pending)
      .in(at(tuesday, 9, 30))
      .status(at(tuesday, 9, 30), Status::open, Source::rule)
      .reply(at(tuesday, 10))
      .status(at(tuesday, 10), Status::solved);
  add("M4", {{"frt", 1, 1},
             {"turn", 2, 2},
             {"requester_wait", 3, 3},
             {"agent_wait", 47, 15},
             {"full_resolution", 50, 18}})
      .created(at(monday, 10))
      .in(at(monday, 10))
      .reply(at(monday, 11))
      .status(at(monday, 11), Status::pending)
      .in(at(wednesday, 10))
      .status(at(wednesday, 10), Status::open, Source::rule)
      .reply(at(wednesday, 12))
      .status(at(wednesday, 12), Status::solved);
  add("M5", {{"first_resolution", 2, 2}, {"full_resolution", 5, 5}, {"time_unsolved", 3, 3}})
      .created(at(monday, 10))
      .in(at(monday, 10))
      .reply(at(monday, 12))
      .status(at(monday, 12), Status::solved)
      .in(at(monday, 14))
      .status(at(monday, 14), Status::open, Source::rule)
      .reply(at(monday, 15))
      .status(at(monday, 15), Status::solved);
  add("M6", {{"frt", 1, 1}, {"turn", 5 / 60.0}, {"customer_wait", 1 + 5 / 60.0}})
      .in(at(monday, 10))
      .reply(at(monday, 11))
      .status(at(monday, 11), Status::solved)
      .in(at(monday, 11, 5))
      .status(at(monday, 11, 10), Status::closed);
  add("M7", {{"frt", 16, 0}}).in(at(friday, 18)).reply(at(saturday, 10));
  add("M8", {{"frt", 64.75, 0.75}}).in(at(friday, 16, 30)).reply(at(sunday, 33, 15));
  add("M9", {{"frt", 6, 6}}).in(at(monday, 10));
  all.back().now = at(monday, 16);
  add("M10", {{"frt", 10 / 60.0},
              {"frt_any", 20 / 3600.0},
              {"full_resolution", 101 + 10 / 60.0},
              {"requester_wait", 0.25}})
      .created(at(monday, 9))
      .in(at(monday, 9))
      .automatic(at(monday, 9, 0, 20), Automation::ai)
      .status(at(monday, 9, 5), Status::solved, Source::bot)
      .in(at(friday, 14))
      .status(at(friday, 14), Status::open, Source::rule)
      .reply(at(friday, 14, 10))
      .status(at(friday, 14, 10), Status::solved);
  add("M11", {{"frt", 0.5, 0.5}}).in(at(monday, 10)).status(at(monday, 10, 30), Status::solved);
  add("M13", {{"frt", 48, 16}, {"requester_wait", 5 / 60.0}})
      .created(at(monday, 10))
      .in(at(monday, 10))
      .status(at(monday, 10, 5), Status::pending)
      .reply(at(wednesday, 10));
  add("M14", {{"customer_wait", 1, 1}, {"requester_wait", 25, 9}})
      .created(at(monday, 10))
      .in(at(monday, 10))
      .status(at(monday, 10), Status::open, Source::rule)
      .reply(at(monday, 11))
      .status(at(tuesday, 11), Status::solved);
  add("M15", {{"frt", 1, 1}}).created(at(monday, 8)).in(at(monday, 10)).reply(at(monday, 11));
  return all;
}

// What a column of lengths adds up to, by the metric in another one; null ones count as nothing.
using Sums = std::map<std::string, Duration>;
struct Explained {
  render::Document document;

  const render::Table& table(std::string_view key) const {
    for (const render::Section& section : document.sections)
      for (const render::Block& block : section.blocks)
        if (const auto* t = std::get_if<render::Table>(&block); t && t->key == key) return *t;
    static const render::Table none;
    ADD_FAILURE() << "no table " << key;
    return none;
  }
  static std::size_t column(const render::Table& t, std::string_view key) {
    for (std::size_t i = 0; i < t.columns.size(); ++i)
      if (t.columns[i].key == key) return i;
    ADD_FAILURE() << "no column " << key;
    return 0;
  }
  Sums sums(std::string_view of, std::string_view by, std::string_view length) const {
    const render::Table& t = table(of);
    Sums out;
    for (const render::Row& row : t.rows)
      out[std::get<std::string>(row[column(t, by)].value.data)] +=
          std::get<Duration>(row[column(t, length)].value.data);
    return out;
  }
};

class ExplainedCases : public ::testing::Test {
 protected:
  std::unique_ptr<store::Store> store_ = store::open_memory_store();
  metrics::CalendarClock office_ =
      metrics::test::compiled(metrics::test::weekly("UTC", {"mon-fri 09:00-17:00"}));

  Explained explained(const Case& c) {
    auto desk = Desk::open(*store_, c.now, Zone::utc(), {}, {});
    EXPECT_TRUE(desk) << desk.error().message;
    ExplainOptions options;
    options.business = &office_;
    model::Ticket ticket;
    ticket.number = 1;
    auto document = explain(*desk, ticket, c.builder.timeline, options);
    EXPECT_TRUE(document) << document.error().message;
    return {std::move(*document)};
  }
};

TEST_F(ExplainedCases, ShowTheSpecificationsNumbers) {
  for (const Case& c : cases()) {
    SCOPED_TRACE(c.name);
    Explained shown = explained(c);
    Sums lengths = shown.sums("metrics", "metric", "length");
    Sums in_hours = shown.sums("metrics", "metric", "business");
    for (const Number& number : c.numbers) {
      std::string metric(number.metric);
      ASSERT_TRUE(lengths.contains(metric)) << metric;
      EXPECT_NEAR(static_cast<double>(lengths[metric].count()) / 3600e6, number.hours, 1e-9) << metric;
      if (number.in_hours != k_unsaid) {
        EXPECT_NEAR(static_cast<double>(in_hours[metric].count()) / 3600e6, number.in_hours, 1e-9) << metric;
      }
    }
  }
}

TEST_F(ExplainedCases, TheirPiecesAddUp) {
  for (const Case& c : cases()) {
    SCOPED_TRACE(c.name);
    Explained shown = explained(c);
    Sums lengths = shown.sums("metrics", "metric", "length");
    Sums in_hours = shown.sums("metrics", "metric", "business");
    Sums pieces = shown.sums("pieces", "piece_of", "piece_length");
    Sums pieces_in_hours = shown.sums("pieces", "piece_of", "piece_business");
    Sums open = shown.sums("open", "open_of", "open_length");
    for (const auto& [metric, length] : lengths) {
      EXPECT_EQ(pieces[metric], length) << metric;
      EXPECT_EQ(pieces_in_hours[metric], in_hours[metric]) << metric;
      EXPECT_EQ(open[metric], in_hours[metric]) << metric;
    }
  }
}

TEST_F(ExplainedCases, TurnsAndStatusesAddUp) {
  for (const Case& c : cases()) {
    SCOPED_TRACE(c.name);
    Explained shown = explained(c);
    Sums lengths = shown.sums("metrics", "metric", "length");
    Sums statuses = shown.sums("segments", "status", "segment_length");
    Duration waited{};
    for (const auto& [how, length] : shown.sums("turns", "how", "turn_length")) waited += length;
    EXPECT_EQ(waited, lengths["customer_wait"]);
    EXPECT_EQ(statuses["new"] + statuses["open"] + statuses["hold"], lengths["requester_wait"]);
    EXPECT_EQ(statuses["pending"], lengths["agent_wait"]);
    EXPECT_EQ(lengths["requester_wait"] + lengths["agent_wait"], lengths["time_unsolved"]);
  }
}

// The sum stands beside the number itself, for who adds it up by hand.
TEST_F(ExplainedCases, TheSumIsWrittenOut) {
  for (const Case& c : cases()) {
    if (c.name != "M4") continue;
    Explained shown = explained(c);
    const render::Table& t = shown.table("metrics");
    for (const render::Row& row : t.rows)
      if (std::get<std::string>(row[Explained::column(t, "metric")].value.data) == "requester_wait") {
        EXPECT_EQ(std::get<std::string>(row[Explained::column(t, "sum")].value.data), "1h + 2h");
      }
  }
}

} // namespace
} // namespace helpdesk::report
