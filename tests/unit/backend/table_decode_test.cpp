// What rows of each kind become, with the ready mappings.
#include "backend/table/mapping.hpp"
#include "backend/table/ready.hpp"
#include "table_support.hpp"

#include <gmock/gmock.h>

namespace helpdesk::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

backend::Decoded with(TableFolder& folder, std::string_view mapping, std::string_view text) {
  folder.set({{"path", folder.file("log.csv", text)}});
  if (!mapping.empty()) folder.set({{"mapping", std::string(mapping)}});
  TestSink sink;
  folder.pull(sink);
  return folder.decode(sink);
}

std::vector<std::string> said(const backend::Decoded& decoded) {
  std::vector<std::string> lines;
  for (const auto& item : decoded.messages) {
    const model::Message& m = item.message;
    lines.push_back(format_rfc3339(m.time, Zone::utc()) + " " + std::string(model::text(m.direction)) + " " +
                    std::string(model::text(m.author_role)) + " " + m.author.address + m.author.name + ": " +
                    m.text);
  }
  return lines;
}

TEST(TableDecode, EveryReadyMappingIsSound) {
  for (const backend::table::ReadyMapping& ready : backend::table::ready_mappings()) {
    backend::Settings settings;
    settings.account = "log";
    settings.values = {{"mapping", std::string(ready.name)}, {"path", "x"}};
    auto mapping = backend::table::mapping_of(settings);
    EXPECT_TRUE(mapping) << ready.name << ": " << mapping.error().message;
  }
}

TEST(TableDecode, MistakesInAMappingAreNamed) {
  auto error = [](std::map<std::string, std::string, std::less<>> values) {
    backend::Settings settings;
    settings.account = "log";
    settings.values = std::move(values);
    auto mapping = backend::table::mapping_of(settings);
    return mapping ? std::string("none") : mapping.error().message;
  };
  EXPECT_EQ(error({{"mapping", "asterisk-cd"}}),
            "unknown mapping \"asterisk-cd\" (did you mean \"asterisk-cdr\"?)");
  EXPECT_EQ(error({{"columns.tiket", "x"}}),
            "accounts.log.columns.tiket: there is no field \"tiket\" (did you mean \"ticket\"?)");
  EXPECT_EQ(error({{"values.status.Parked", "waiting"}}),
            "accounts.log.values.status.Parked: \"waiting\" is no status");
  EXPECT_EQ(
      error({{"events.Done", "status finished"}}),
      "accounts.log.events.Done: unknown status \"finished\": new, open, pending, hold, solved or closed");
  EXPECT_THAT(error({{"zone", "Europe/Osol"}}), HasSubstr("accounts.log.zone: "));
  EXPECT_THAT(error({{"rows", "event"}, {"columns.ticket", "id"}}), HasSubstr("columns.time: is missing"));
  EXPECT_THAT(error({{"max_bad", "many"}}), HasSubstr("\"many\" is no share"));
}

TEST(TableDecode, ProcessLog) {
  TableFolder folder;
  auto decoded = with(folder, "helpdesk-log",
                      "Case ID,Activity,Resource,Complete Timestamp,customer,product\n"
                      "Case 1,Assign seriousness,Value 1,2012/10/09 14:50:17.000,Value 2,Value 3\n"
                      "Case 1,Take in charge ticket,Value 1,2012/10/09 14:51:01.000,Value 2,Value 3\n"
                      "Case 1,Resolve ticket,Value 1,2012/10/25 11:54:26.000,Value 2,Value 3\n"
                      "Case 1,Closed,Value 3,2012/11/09 12:54:39.000,Value 2,Value 4\n");
  EXPECT_THAT(told(decoded, "Case 1"),
              ElementsAre("2012-10-09T14:50:17Z field event Assign seriousness",
                          "2012-10-09T14:51:01Z field event Take in charge ticket",
                          "2012-10-09T14:51:01Z assign Value 1", "2012-10-09T14:51:01Z status new open",
                          "2012-10-25T11:54:26Z field event Resolve ticket",
                          "2012-10-25T11:54:26Z status open solved",
                          "2012-11-09T12:54:39Z field event Closed",
                          "2012-11-09T12:54:39Z status solved closed"));
  ASSERT_EQ(decoded.tickets.size(), 1U);
  const model::Ticket& ticket = decoded.tickets.front();
  EXPECT_EQ(ticket.key, "log:ticket:Case 1");
  EXPECT_EQ(ticket.status, model::Status::closed);
  EXPECT_EQ(ticket.assignee, "Value 1");
  EXPECT_EQ(format_rfc3339(ticket.created, Zone::utc()), "2012-10-09T14:50:17Z");
  EXPECT_EQ(format_rfc3339(*ticket.closed, Zone::utc()), "2012-11-09T12:54:39Z");
  ASSERT_EQ(ticket.fields.size(), 1U);
  EXPECT_EQ(ticket.fields.front().value, "Value 4") << "the newest row's";
}

TEST(TableDecode, RowsThatTellTheState) {
  TableFolder folder;
  auto decoded =
      with(folder, "servicenow",
           "number,incident_state,sys_mod_count,opened_at,sys_updated_by,sys_updated_at,priority,"
           "assignment_group,assigned_to,resolved_at,closed_at,vendor\n"
           "INC1,New,0,29-02-2016 01:16,U1,29-02-2016 01:23,3 - Moderate,Group 56,?,29-02-2016 11:29,"
           "05-03-2016 12:00,?\n"
           "INC1,Resolved,1,29-02-2016 01:16,U2,29-02-2016 08:53,2 - High,Group 56,Ann,29-02-2016 11:29,"
           "05-03-2016 12:00,?\n");
  EXPECT_THAT(
      told(decoded, "INC1"),
      ElementsAre("2016-02-29T01:16:00Z field event opened", "2016-02-29T01:23:00Z field event New",
                  "2016-02-29T01:23:00Z priority none normal", "2016-02-29T01:23:00Z queue Group 56",
                  "2016-02-29T08:53:00Z field event Resolved", "2016-02-29T08:53:00Z status new solved",
                  "2016-02-29T08:53:00Z priority normal high", "2016-02-29T08:53:00Z assign Ann",
                  "2016-02-29T11:29:00Z field event resolved", "2016-03-05T12:00:00Z field event closed"));
  EXPECT_EQ(decoded.tickets.front().priority, model::Priority::high);
  EXPECT_EQ(decoded.tickets.front().status_raw, "Resolved");
  for (const model::CustomField& field : decoded.tickets.front().fields) EXPECT_NE(field.value, "?");
}

TEST(TableDecode, AsteriskCalls) {
  TableFolder folder;
  auto decoded = with(folder, "asterisk-cdr",
                      "\"shop\",\"+4712345678\",\"200\",\"from-trunk\",\"\"\"Kari\"\" "
                      "<+4712345678>\",\"SIP/t-1\",\"SIP/200-2\",\"Dial\","
                      "\"SIP/200\",\"2026-01-05 10:00:00\",\"2026-01-05 10:00:12\",\"2026-01-05 "
                      "10:03:12\",192,180,\"ANSWERED\","
                      "\"DOCUMENTATION\",\"1767607200.1\",\"\"\n"
                      "\"shop\",\"+4799999999\",\"200\",\"from-trunk\",\"\",\"SIP/"
                      "t-3\",\"\",\"Dial\",\"\",\"2026-01-05 11:00:00\",\"\","
                      "\"2026-01-05 11:00:30\",30,0,\"NO ANSWER\",\"DOCUMENTATION\",\"1767610800.3\",\"\"\n");
  ASSERT_EQ(decoded.tickets.size(), 2U) << "Master.csv has no header";
  EXPECT_THAT(told(decoded, "1767607200.1"),
              ElementsAre("2026-01-05T10:03:12Z call ANSWERED 180", "2026-01-05T10:03:12Z worklog 180",
                          "2026-01-05T10:03:12Z status new solved"));
  EXPECT_THAT(said(decoded), Contains(HasSubstr("2026-01-05T10:00:00Z in customer +4712345678")));
  EXPECT_THAT(said(decoded), Contains("2026-01-05T10:00:12Z out agent 200: call answered"));
  EXPECT_THAT(said(decoded), Contains(HasSubstr("2026-01-05T11:00:00Z in customer +4799999999")));
  EXPECT_EQ(decoded.messages.size(), 3U);
  for (const model::Ticket& ticket : decoded.tickets) {
    EXPECT_EQ(ticket.channel, model::Channel::phone);
    EXPECT_EQ(ticket.status, ticket.key.ends_with(".1") ? model::Status::solved : model::Status::open);
  }
}

TEST(TableDecode, ChatTranscript) {
  TableFolder folder;
  auto decoded = with(folder, "chat",
                      "conversation_id,timestamp,author,role,text\n"
                      "c1,2026-01-05T10:00:00Z,Kari,visitor,Hello?\n"
                      "c1,2026-01-05T10:00:02Z,Helper,bot,One moment.\n"
                      "c1,2026-01-05T10:01:00Z,Ann,agent,How can I help?\n");
  EXPECT_THAT(said(decoded), ElementsAre("2026-01-05T10:00:00Z in customer Kari: Hello?",
                                         "2026-01-05T10:00:02Z out bot Helper: One moment.",
                                         "2026-01-05T10:01:00Z out agent Ann: How can I help?"));
  EXPECT_EQ(decoded.messages[1].message.automation, model::Automation::ai);
  EXPECT_FALSE(backend::k_table_kind.sends_status(folder.settings)) << "statuses follow from who wrote last";
}

TEST(TableDecode, FreshdeskExport) {
  TableFolder folder;
  folder.set({{"date_order", "mdy"}});
  auto decoded =
      with(folder, "freshdesk",
           "Ticket ID,Subject,Status,Priority,Source,Agent,Group,Created time,Initial response time,"
           "Resolved time,Closed time,Full name,Email,Tags\n"
           "5,Late parcel,Closed,Medium,Portal,Ann,No Group,01/05/2026 10:00,01/05/2026 10:45,"
           "01/06/2026 09:00,01/07/2026 09:00,Kari,kari@example.net,\"late,parcel\"\n");
  ASSERT_EQ(decoded.tickets.size(), 1U);
  const model::Ticket& ticket = decoded.tickets.front();
  EXPECT_EQ(ticket.priority, model::Priority::normal);
  EXPECT_EQ(ticket.channel, model::Channel::web);
  EXPECT_EQ(ticket.queue, "");
  EXPECT_THAT(ticket.tags, ElementsAre("late", "parcel"));
  EXPECT_THAT(said(decoded), ElementsAre("2026-01-05T10:00:00Z in customer kari@example.netKari: Late parcel",
                                         "2026-01-05T10:45:00Z out agent Ann: first_reply"));
  EXPECT_THAT(
      told(decoded, "5"),
      ElementsAre("2026-01-05T10:00:00Z field event created", "2026-01-05T10:45:00Z field event first_reply",
                  "2026-01-06T09:00:00Z field event solved", "2026-01-06T09:00:00Z status new solved",
                  "2026-01-07T09:00:00Z field event closed", "2026-01-07T09:00:00Z status solved closed"));
}

TEST(TableDecode, TwinsAndPointersAndConstants) {
  TableFolder folder;
  folder.set({{"rows", "event"},
              {"columns.ticket", "id"},
              {"columns.event", "=seen"},
              {"columns.time", "when#2"},
              {"fields", "note=when"}});
  auto decoded = with(folder, "", "id,when,when\n1,monday,2026-01-05 10:00\n");
  EXPECT_THAT(told(decoded, "1"), ElementsAre("2026-01-05T10:00:00Z field event seen"));
  EXPECT_EQ(decoded.tickets.front().fields.front().value, "monday");
  TableFolder other;
  other.set({{"rows", "message"},
             {"columns.ticket", "/conversation/id"},
             {"columns.time", "at"},
             {"columns.text", "body"}});
  decoded =
      with(other, "",
           "{\"conversation\":{\"id\":18446744073709551615},\"at\":1767607200,\"body\":\"Hi\\nthere\"}\n");
  ASSERT_EQ(decoded.tickets.size(), 1U);
  EXPECT_EQ(decoded.tickets.front().key, "log:ticket:18446744073709551615");
  EXPECT_EQ(decoded.messages.front().message.text, "Hi\nthere");
}

} // namespace
} // namespace helpdesk::test
