// Pulls from log files: growing, mended, rotated, broken, joined.
#include "backend/table/group.hpp"
#include "table_support.hpp"

#include <map>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace helpdesk::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

void map_log(TableFolder& folder) {
  folder.set({{"path", folder.path + "/log.csv"},
              {"rows", "event"},
              {"columns.ticket", "case"},
              {"columns.event", "what"},
              {"columns.time", "when"},
              {"columns.actor", "who"}});
}

TEST(TablePull, AGrowingLogEndsAsIfItHadBeenReadAtOnce) {
  std::string text = "case,what,who,when\n";
  for (int i = 0; i < 60; ++i)
    text += fmt::format("Case {},{},\"Agent, {}\",2026-01-05 10:{:02}\r\n", i % 7,
                        i % 3 ? "called" : "opened", i % 2, i);
  TableFolder whole;
  map_log(whole);
  whole.file("log.csv", text);
  TestSink at_once;
  whole.pull(at_once);
  for (std::size_t cut : {30UL, 200UL, 555UL, 777UL, 1234UL, text.size() - 9}) {
    TableFolder folder;
    map_log(folder);
    folder.set({{"max_bad", "100%"}}); // a row that is cut is bad until it is whole
    folder.file("log.csv", text.substr(0, cut));
    TestSink sink;
    folder.pull(sink);
    int received = sink.records_received;
    folder.pull(sink);
    EXPECT_EQ(sink.records_received, received) << "nothing came";
    folder.append("log.csv", text.substr(cut));
    folder.pull(sink);
    EXPECT_EQ(sink.digest(), at_once.digest()) << cut;
    for (const auto& [key, record] : at_once.records)
      EXPECT_EQ(sink.records.at(key).bytes, record.bytes) << cut;
    EXPECT_THAT(folder.remarks(sink), Contains("rows: 60 rows read, 7 tickets")) << cut;
  }
}

TEST(TablePull, RotatedAwayRowsStay) {
  TableFolder folder;
  map_log(folder);
  folder.file("log.csv", "case,what,who,when\n1,opened,a,2026-01-05 10:00\n2,opened,a,2026-01-05 10:01\n");
  TestSink sink;
  folder.pull(sink);
  folder.file("log.csv", "case,what,who,when\n1,closed,a,2026-01-06 10:00\n");
  folder.pull(sink);
  auto decoded = folder.decode(sink);
  EXPECT_THAT(told(decoded, "1"), ElementsAre("2026-01-05T10:00:00Z field event opened",
                                              "2026-01-06T10:00:00Z field event closed"));
  EXPECT_EQ(decoded.tickets.size(), 2U);
  folder.pull(sink, true); // what is there now, and nothing else
  EXPECT_THAT(told(folder.decode(sink), "1"), ElementsAre("2026-01-06T10:00:00Z field event closed"));
}

TEST(TablePull, AnExportWrittenAnewChangesItsTickets) {
  TableFolder folder;
  folder.set({{"path", folder.path + "/t.csv"},
              {"columns.ticket", "id"},
              {"columns.status", "state"},
              {"times.created", "made"}});
  folder.file("t.csv", "id,state,made\n1,open,2026-01-05\n2,open,2026-01-06\n");
  TestSink sink;
  folder.pull(sink);
  int received = sink.records_received;
  folder.file("t.csv", "id,state,made\n2,closed,2026-01-06\n1,open,2026-01-05\n");
  folder.pull(sink);
  EXPECT_EQ(sink.records_received, received + 1) << "only what differs";
  for (const model::Ticket& ticket : folder.decode(sink).tickets)
    EXPECT_EQ(ticket.status, ticket.key == "log:ticket:2" ? model::Status::closed : model::Status::open);
}

TEST(TablePull, BadRowsAreKeptWithLineAndReason) {
  TableFolder folder;
  map_log(folder);
  std::string text = "case,what,who,when\n";
  for (int i = 0; i < 40; ++i) text += fmt::format("{},opened,a,2026-01-05 10:{:02}\n", i, i);
  folder.file("log.csv", text + "41,opened,a,soon\n42,opened\n");
  TestSink sink;
  folder.pull(sink);
  EXPECT_EQ(folder.decode(sink).tickets.size(), 40U);
  EXPECT_THAT(folder.defects, testing::UnorderedElementsAre("log.csv:42: when: \"soon\" is no time",
                                                            "log.csv:43: has 2 cells, the header has 4"));
  EXPECT_THAT(folder.remarks(sink), Contains(HasSubstr("quarantine: 2 rows cannot be read")));
  folder.file("log.csv", text + "41,opened,a,2026-01-05 12:00\n42,opened,a,2026-01-05 12:00\n");
  folder.pull(sink);
  folder.defects.clear();
  EXPECT_EQ(folder.decode(sink).tickets.size(), 42U);
  EXPECT_TRUE(folder.defects.empty()) << "mended rows leave the quarantine";
  EXPECT_TRUE(sink.all_placements().empty());
}

TEST(TablePull, TooManyBadRowsFailThePull) {
  TableFolder folder;
  map_log(folder);
  folder.file("log.csv", "case,what,who,when\n1,opened,a,2026-01-05\n2,opened,a,never\n");
  TestSink sink;
  auto done = folder.try_pull(sink);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::failed);
  EXPECT_THAT(done.error().message, HasSubstr("1 of 2 rows cannot be read, more than max_bad = 5%"));
  EXPECT_THAT(done.error().message, HasSubstr("log.csv:3: when: \"never\" is no time"));
  EXPECT_TRUE(sink.records.empty());
  folder.set({{"max_bad", "50%"}});
  EXPECT_TRUE(folder.try_pull(sink));
}

TEST(TablePull, AColumnThatIsNotThereIsNamed) {
  TableFolder folder;
  map_log(folder);
  folder.file("log.csv", "case,what,who,wen\n1,opened,a,2026-01-05\n");
  TestSink sink;
  auto done = folder.try_pull(sink);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::usage);
  EXPECT_THAT(done.error().message,
              HasSubstr("columns.time: there is no column \"when\" (did you mean \"wen\"?)"));
}

TEST(TablePull, RowsWithoutAnIdAreTicketsOfTheirOwn) {
  TableFolder folder;
  folder.set({{"path", folder.path + "/t.csv"}, {"times.received", "day"}, {"columns.subject", "issue"}});
  folder.file("t.csv", "day,issue\n2026-01-05,fees\n2026-01-05,fees\n2026-01-06,fees\n");
  TestSink sink;
  folder.pull(sink);
  EXPECT_EQ(folder.decode(sink).tickets.size(), 3U);
  std::string before = sink.digest();
  folder.pull(sink, true);
  EXPECT_EQ(sink.digest(), before);
}

void join(TableFolder& folder) {
  folder.set({{"path", folder.path}, {"mapping", "zendesk-tables"}});
  folder.file("users.csv",
              "id,name,email,role\n7,Kari,Kari@Example.net,end-user\n9,Ann,ann@desk.example,agent\n");
  folder.file("tickets.csv", "id,subject,created_at,requester_id,assignee_id,status,priority\n"
                             "1,Lid,2026-01-05 10:00,7,9,solved,high\n");
  folder.file("comments.csv", "id,ticket_id,created,user_id,public,body\n"
                              "11,1,2026-01-05 10:00,7,TRUE,When?\n"
                              "12,1,2026-01-05 10:20,9,FALSE,she waits\n"
                              "13,1,2026-01-05 11:30,9,TRUE,Tomorrow.\n"
                              "14,2,2026-01-05 11:30,9,TRUE,lost\n");
  folder.file("history.csv", "field_name,ticket_id,updated,user_id,value\n"
                             "status,1,2026-01-05 10:05,9,open\n"
                             "priority,1,2026-01-05 10:06,9,high\n"
                             "status,1,2026-01-05 11:30,9,solved\n");
}

TEST(TablePull, FilesAreJoinedByTheirTicket) {
  TableFolder folder;
  join(folder);
  TestSink sink;
  folder.pull(sink);
  auto decoded = folder.decode(sink);
  ASSERT_EQ(decoded.tickets.size(), 1U);
  const model::Ticket& ticket = decoded.tickets.front();
  EXPECT_EQ(ticket.requester_address, "kari@example.net");
  EXPECT_EQ(ticket.requester_name, "Kari");
  EXPECT_EQ(ticket.assignee, "ann@desk.example");
  EXPECT_EQ(ticket.status, model::Status::solved);
  ASSERT_EQ(decoded.messages.size(), 3U);
  std::map<std::string, const model::Message*> by_text;
  for (const auto& item : decoded.messages) by_text[item.message.text] = &item.message;
  EXPECT_EQ(by_text["When?"]->direction, model::Direction::in);
  EXPECT_EQ(by_text["When?"]->author_role, model::Role::customer);
  EXPECT_EQ(by_text["she waits"]->direction, model::Direction::internal);
  EXPECT_EQ(by_text["she waits"]->visibility, model::Visibility::private_);
  EXPECT_EQ(by_text["Tomorrow."]->direction, model::Direction::out);
  EXPECT_EQ(by_text["Tomorrow."]->author.address, "ann@desk.example");
  EXPECT_THAT(told(decoded, "1"), Contains("2026-01-05T11:30:00Z status open solved"));
  EXPECT_THAT(told(decoded, "1"), Contains("2026-01-05T10:06:00Z priority none high"));
  EXPECT_EQ(decoded.people.size(), 2U);
  EXPECT_THAT(folder.remarks(sink), Contains(HasSubstr("orphans: 1 row of comments belong to no ticket")));
}

TEST(TablePull, AnOrphanIsJoinedWhenItsTicketComes) {
  TableFolder folder;
  join(folder);
  TestSink sink;
  folder.pull(sink);
  folder.append("tickets.csv", "2,Hinge,2026-01-05 11:00,7,9,open,low\n");
  folder.pull(sink);
  auto decoded = folder.decode(sink);
  EXPECT_EQ(decoded.tickets.size(), 2U);
  EXPECT_EQ(decoded.messages.size(), 4U);
  TestSink fresh;
  folder.pull(fresh);
  EXPECT_EQ(fresh.digest(), sink.digest());
  for (const std::string& remark : folder.remarks(sink))
    EXPECT_THAT(remark, testing::Not(HasSubstr("orphans")));
}

TEST(TableGrouper, SortsOutsideOfMemory) {
  for (std::size_t memory : {std::size_t{1} << 30, std::size_t{20'000}}) {
    backend::table::Grouper grouper(memory);
    for (int i = 0; i < 5000; ++i)
      ASSERT_TRUE(grouper.add(std::to_string(i * 7919 % 601), std::to_string(i)));
    EXPECT_EQ(grouper.fits(), memory > 20'000);
    std::map<std::string, std::vector<int>> groups;
    ASSERT_TRUE(
        grouper.each([&](std::string_view key, const std::vector<std::string_view>& items) -> Result<void> {
          EXPECT_FALSE(groups.contains(std::string(key)));
          for (std::string_view item : items)
            groups[std::string(key)].push_back(std::stoi(std::string(item)));
          return {};
        }));
    EXPECT_EQ(groups.size(), 601U);
    std::size_t count = 0;
    for (const auto& [key, items] : groups) {
      count += items.size();
      EXPECT_TRUE(std::is_sorted(items.begin(), items.end())) << "in the order in which they came";
    }
    EXPECT_EQ(count, 5000U);
  }
}

} // namespace
} // namespace helpdesk::test
