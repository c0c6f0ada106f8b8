// Public logs with the shipped mappings, against figures that were computed elsewhere (hours).
#include "base/text.hpp"
#include "table_support.hpp"

#include <map>
#include <optional>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace helpdesk::test {
namespace {

using testing::Contains;
using testing::HasSubstr;

std::string shared_data() {
  if (auto named = environment("HELPDESK_SHARED")) return *named + "/data";
  return std::string(HELPDESK_SOURCE_DIR) + "/../shared/data";
}

// Between two instants of each ticket.
struct Interval {
  std::optional<Instant> from, to;
};

// n, mean, median and 90th percentile (type 7) as text.
std::string figures(const std::map<std::string, Interval>& intervals) {
  std::vector<double> hours;
  for (const auto& [ticket, interval] : intervals)
    if (interval.from && interval.to)
      hours.push_back(static_cast<double>((*interval.to - *interval.from).count()) / 3.6e9);
  std::sort(hours.begin(), hours.end());
  auto quantile = [&](double p) {
    double h = p * static_cast<double>(hours.size() - 1);
    auto i = static_cast<std::size_t>(h);
    double next = i + 1 < hours.size() ? hours[i + 1] : hours[i];
    return hours[i] + (h - static_cast<double>(i)) * (next - hours[i]);
  };
  double sum = 0;
  for (double hour : hours) sum += hour;
  return fmt::format("n {} mean {:.4f} median {:.4f} p90 {:.4f}", hours.size(),
                     sum / static_cast<double>(hours.size()), quantile(0.5), quantile(0.9));
}

class SharedLog : public testing::Test {
 protected:
  void pull(const std::string& name, const std::string& mapping) {
    std::string path = shared_data() + "/" + name;
    if (!exists(path)) GTEST_SKIP() << path << " is not here";
    folder.set({{"path", path}, {"mapping", mapping}});
    folder.pull(sink);
    decoded = folder.decode(sink);
    pulled = true;
  }
  // From the first event to the first (or last) of that name; empty: any.
  std::string between(std::string_view from, std::string_view to, bool last = false) const {
    std::map<std::string, Interval> intervals;
    for (const model::Event& e : decoded.events) {
      if (e.kind != model::EventKind::field || e.field != "event") continue;
      Interval& interval = intervals[e.ticket];
      if ((from.empty() || e.to == from) && (!interval.from || e.time < *interval.from))
        interval.from = e.time;
      if ((to.empty() || e.to == to) &&
          (!interval.to || (last ? e.time > *interval.to : e.time < *interval.to)))
        interval.to = e.time;
    }
    return figures(intervals);
  }
  TableFolder folder;
  TestSink sink;
  backend::Decoded decoded;
  bool pulled = false;
};

TEST_F(SharedLog, HelpdeskLog) {
  pull("helpdesk-log/helpdesk.csv", "helpdesk-log");
  if (!pulled) return;
  EXPECT_EQ(decoded.tickets.size(), 4580U);
  EXPECT_TRUE(folder.defects.empty());
  EXPECT_EQ(between("", "", true), "n 4580 mean 980.6018 median 956.6212 p90 1272.1355");
  EXPECT_THAT(between("", "Take in charge ticket"),
              testing::StartsWith("n 4285 mean 97.5941 median 16.3897"));
  EXPECT_THAT(between("", "Resolve ticket"), testing::StartsWith("n 4569 mean 266.9404 median 143.5933"));
  // What is built in starts where the first event is.
  std::map<std::string, Interval> lives;
  for (const model::Ticket& ticket : decoded.tickets) lives[ticket.key] = {ticket.created, ticket.updated};
  EXPECT_EQ(figures(lives), "n 4580 mean 980.6018 median 956.6212 p90 1272.1355");
}

TEST_F(SharedLog, IncidentLog) {
  pull("uci-incidents-5998/incident_event_log.head5998.csv", "servicenow");
  if (!pulled) return;
  EXPECT_EQ(decoded.tickets.size(), 890U);
  EXPECT_TRUE(folder.defects.empty());
  EXPECT_EQ(between("opened", "resolved"), "n 861 mean 315.8668 median 54.4667 p90 762.0500");
  EXPECT_THAT(between("opened", "closed"), testing::StartsWith("n 890 mean 485.8258 median 173.9250"));
}

TEST_F(SharedLog, TablesThatMostlyDoNotJoin) {
  pull("zendesk-tables", "zendesk-tables");
  if (!pulled) return;
  EXPECT_EQ(decoded.tickets.size(), 10U);
  EXPECT_TRUE(folder.defects.empty());
  auto remarks = folder.remarks(sink);
  EXPECT_THAT(remarks, Contains(HasSubstr("orphans: 20 rows of comments belong to no ticket")));
  EXPECT_THAT(remarks,
              Contains(HasSubstr("orphans: 19 rows of history belong to no ticket: kept, and joined when "
                                 "their ticket comes (19 joined)")));
  std::size_t history = 0;
  for (const model::Event& e : decoded.events) history += e.ticket.ends_with(":11071") && e.field == "event";
  EXPECT_EQ(history, 20U) << "19 rows, and the time of creation";
  EXPECT_EQ(decoded.deleted_tickets.size(), 2U);
  // Orphans stay in the store beside what was joined.
  std::map<std::string, int> kept;
  for (const auto& [key, record] : sink.records) {
    if (!key.starts_with("ticket:")) continue;
    std::string part;
    for (std::string_view line : split(record.bytes, '\n')) {
      if (line.starts_with('P')) part = line.substr(1);
      if (line.starts_with('R')) ++kept[part];
    }
  }
  EXPECT_EQ(kept["comments"], 20);
  EXPECT_EQ(kept["history"], 38);
}

TEST_F(SharedLog, DatesWithoutTimesAndBackwards) {
  folder.set({{"date_order", "mdy"},
              {"times.received", "Date received"},
              {"times.sent_to_company", "Date sent to company"},
              {"columns.channel", "Submitted via"},
              {"columns.subject", "Issue"},
              {"columns.queue", "Product"},
              {"values.channel.Referral", "other"},
              {"values.channel.Postal mail", "other"},
              {"values.channel.Fax", "other"},
              {"fields", "Company\nState\nCompany response to consumer\nConsumer disputed?"}});
  pull("cfpb-complaints/consumer_complaints.csv", "");
  if (!pulled) return;
  EXPECT_EQ(decoded.tickets.size(), 3186U);
  auto remarks = folder.remarks(sink);
  EXPECT_THAT(remarks, Contains("order: 6 times before the creation of their ticket"));
  EXPECT_THAT(remarks, Contains("dates: 6372 times without a time of day: taken as the start of the day"));
  EXPECT_THAT(between("received", "sent_to_company"), testing::StartsWith("n 3186 "));
}

} // namespace
} // namespace helpdesk::test
