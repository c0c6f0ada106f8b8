// What init, cron and rule add make out of a few words.
#include "app/desk_plan.hpp"
#include "app/rule_proposal.hpp"
#include "app/schedule.hpp"
#include "store/query.hpp"

#include <gtest/gtest.h>

namespace helpdesk::app {
namespace {

TEST(DeskPlan, AccountNames) {
  EXPECT_EQ(account_name_of("support@shop.example"), "shop");
  EXPECT_EQ(account_name_of("Nordic.Shop@gmail.com"), "nordic-shop");
  EXPECT_EQ(account_name_of("a@xn--bcher-kva.example"), "xn--bcher-kva");
  EXPECT_EQ(account_name_of("@"), "desk");
}

TEST(DeskPlan, Hours) {
  for (const char* good : {"mon-fri 09:00-17:00", "Mon,Wed 08:30-12:00", "sat 10:00-24:00",
                           " sun  00:00-00:01 ", "mon 9:00-17:00", "mon-fri 17:00-09:00"}) // over night
    EXPECT_TRUE(check_hours(good)) << good;
  for (const char* bad : {"", "mon-fri", "9-17", "mon-fri 09:00-25:00", "mon-fri 09:00-23:59",
                          "mo-fr 09:00-17:00", "mon- 09:00-17:00", "mon 9-17", "mon 09:00-09:00"})
    EXPECT_FALSE(check_hours(bad)) << bad;
}

TEST(Schedule, WordsForCronAndSystemd) {
  EXPECT_EQ(crontab_word("/usr/bin/helpdesk"), "/usr/bin/helpdesk");
  EXPECT_EQ(crontab_word("it's 100%"), "'it'\\''s 100\\%'");
  EXPECT_EQ(crontab_word(""), "''");
  EXPECT_EQ(crontab_word("$(rm)"), "'$(rm)'");
  EXPECT_EQ(systemd_word("/opt/a b/$x%\"\\"), "\"/opt/a b/$$x%%\\\"\\\\\"");
  EXPECT_EQ(systemd_word("plain"), "plain");
}

TEST(Schedule, EveryMinuteCounts) {
  EXPECT_EQ(parse_every("15m").value_or(0), 15);
  EXPECT_EQ(parse_every("1h").value_or(0), 60);
  for (const char* bad : {"7m", "90s", "2h", "0m", "soon"}) EXPECT_FALSE(parse_every(bad)) << bad;
}

model::Message inbound(std::string address, std::string subject) {
  model::Message m;
  m.author = {"", std::move(address)};
  m.subject = std::move(subject);
  return m;
}

TEST(RuleProposal, SteadyWords) {
  EXPECT_EQ(steady_words("Re: Your order 4711 has been shipped"), "has been shipped");
  EXPECT_EQ(steady_words("Weekly report: week 7"), "Weekly report");
  EXPECT_EQ(steady_words("Hi"), "") << "one word is too little";
  EXPECT_EQ(steady_words(""), "");
}

TEST(RuleProposal, NarrowOnesFirstAndEveryOneParses) {
  model::Message ours;
  ours.direction = model::Direction::out;
  ours.author.address = "support@desk.example";
  auto proposals =
      propose_rules({ours, inbound("Orders+no@Shop.Example", "Order \"A\" (ready) for pickup today")});
  ASSERT_EQ(proposals.size(), 3U);
  EXPECT_EQ(proposals[0].by, "sender");
  EXPECT_EQ(proposals[0].when, "from:orders+no@shop.example");
  EXPECT_EQ(proposals[1].by, "subject");
  EXPECT_EQ(proposals[2].when, "from:shop.example");
  for (const RuleProposal& one : proposals)
    EXPECT_TRUE(store::parse_query(one.when, Instant{}, Zone::utc())) << one.when;
  EXPECT_EQ(propose_rules({inbound("someone@gmail.com", "Hi")}).size(), 1U)
      << "everybody at a mail provider is no group";
  EXPECT_TRUE(propose_rules({ours}).empty());
}

TEST(RuleProposal, ChangesAreWhatAPersonMadeOfIt) {
  model::Ticket ticket;
  EXPECT_TRUE(propose_changes(ticket, {inbound("a@b.example", "Hi")}).empty());
  ticket.tags = {"billing"};
  ticket.queue = "money";
  auto heads = std::vector{inbound("a@b.example", "Hi")};
  heads[0].needs_reply = model::NeedsReply::no;
  EXPECT_EQ(propose_changes(ticket, heads),
            (std::vector<std::string>{"needs_reply=no", "tag+=billing", "queue=money"}));
  ticket.spam = true;
  EXPECT_EQ(propose_changes(ticket, heads).front(), "spam=true");
}

} // namespace
} // namespace helpdesk::app
