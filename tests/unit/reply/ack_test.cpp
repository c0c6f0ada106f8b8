// Who may get an acknowledgement, and what it says.
#include "base/text.hpp"
#include "reply/ack.hpp"
#include "reply/letter.hpp"

#include <gtest/gtest.h>

namespace helpdesk::reply {
namespace {

using std::chrono::hours;
const Instant k_now = *parse_rfc3339("2026-01-05T10:00:00Z");

struct Letter {
  model::Ticket ticket;
  std::vector<model::Message> messages;
  Headers headers{{"From", "Kari Berg <kari@example.org>"}, {"To", "support@shop.example"}};
  sync::Policy policy;
  Instant switched_on = k_now - hours(48);

  Letter() {
    ticket.key = "t";
    ticket.number = 1;
    policy.account = "shop";
    policy.us_addresses = {"support@shop.example"};
    policy.us_domains = {"shop.example"};
    model::Message m;
    m.key = "m";
    m.time = k_now - hours(1);
    m.author = {"Kari Berg", "kari@example.org"};
    m.to = {{"", "support@shop.example"}};
    m.message_id = "1@example.org";
    messages.push_back(m);
  }
  model::Message& first() { return messages.front(); }
  std::string because() const {
    return no_ack_because({ticket, messages, headers, policy, switched_on, k_now});
  }
};

TEST(Ack, APersonWhoBeginsAConversationGetsOne) { EXPECT_EQ(Letter().because(), ""); }

TEST(Ack, MachinesNeverGetOne) {
  for (const auto& [name, value] :
       Headers{{"Auto-Submitted", "auto-replied"},
               {"auto-submitted", "Auto-Generated; owner=x"},
               {"Precedence", "bulk"},
               {"Precedence", "list"},
               {"Precedence", "junk"},
               {"List-Id", "<l.example.org>"},
               {"List-Unsubscribe", "<mailto:u@example.org>"},
               {"List-Help", "<mailto:u@example.org>"},
               {"X-Autoreply", "yes"},
               {"X-Auto-Response-Suppress", "OOF, AutoReply"},
               {"X-Auto-Response-Suppress", "All"},
               {"X-Loop", "support@shop.example"},
               {"X-Helpdesk-Digest", "digest"},
               {"Return-Path", "<>"},
               {"Content-Type", "multipart/report; report-type=delivery-status"}}) {
    Letter letter;
    letter.headers.emplace_back(name, value);
    EXPECT_NE(letter.because(), "") << name << ": " << value;
  }
  for (std::string_view address :
       {"noreply@example.org", "no-reply+12@example.org", "MAILER-DAEMON@example.org",
        "postmaster@example.org", "list-bounces@example.org", "owner-list@example.org",
        "list-request@example.org"}) {
    Letter letter;
    letter.first().author.address = address;
    letter.headers[0].second = std::string(address);
    EXPECT_NE(letter.because(), "") << address;
  }
  for (model::Automation automation : {model::Automation::auto_reply, model::Automation::bounce,
                                       model::Automation::out_of_office, model::Automation::campaign}) {
    Letter letter;
    letter.first().automation = automation;
    EXPECT_NE(letter.because(), "");
  }
}

TEST(Ack, PeopleWhoseMailLooksAlikeGetOne) {
  for (const auto& [name, value] : Headers{{"Auto-Submitted", "no"},
                                           {"Precedence", "first-class"},
                                           {"X-Auto-Response-Suppress", "DR, RN, NRN"},
                                           {"Return-Path", "<kari@example.org>"},
                                           {"Content-Type", "multipart/alternative; boundary=b"}}) {
    Letter letter;
    letter.headers.emplace_back(name, value);
    EXPECT_EQ(letter.because(), "") << name << ": " << value;
  }
}

TEST(Ack, OwnAddressesFormsAndStrangersAreLeftAlone) {
  Letter ours;
  ours.first().author.address = "ida@shop.example";
  ours.headers[0].second = "ida@shop.example";
  EXPECT_EQ(ours.because(), "our own address");
  Letter form;
  form.headers[0].second = "Shop <support@shop.example>";
  EXPECT_NE(form.because().find("form"), std::string::npos);
  Letter blind;
  blind.first().to = {{"", "somebody@else.example"}};
  EXPECT_EQ(blind.because(), "it was not addressed to us");
  Letter elsewhere;
  elsewhere.first().reply_to = {{"", "victim@third.example"}};
  EXPECT_NE(elsewhere.because(), "");
  Letter unsure;
  unsure.first().needs_reply = model::NeedsReply::unsure;
  EXPECT_NE(unsure.because(), "");
}

TEST(Ack, OnlyNewConversationsSinceItWasSwitchedOn) {
  Letter old;
  old.first().time = k_now - hours(24);
  EXPECT_EQ(old.because(), "it is more than a day old");
  Letter before;
  before.switched_on = before.first().time;
  EXPECT_NE(before.because().find("switched on"), std::string::npos);
  Letter answered;
  model::Message reply;
  reply.direction = model::Direction::out;
  reply.time = k_now;
  answered.messages.push_back(reply);
  EXPECT_EQ(answered.because(), "we have written already");
  answered.messages.back().automation = model::Automation::auto_reply;
  EXPECT_NE(answered.because(), "");
  Letter note;
  reply.direction = model::Direction::internal;
  reply.visibility = model::Visibility::private_;
  note.messages.push_back(reply);
  EXPECT_EQ(note.because(), "");
  Letter spam;
  spam.ticket.spam = true;
  EXPECT_EQ(spam.because(), "spam");
}

QueueItem item(std::string ticket, std::string to, Instant created, std::string state = "sent",
               bool ack = true) {
  QueueItem one;
  one.id = "q1";
  one.ticket = std::move(ticket);
  one.recipients = {std::move(to)};
  one.created = created;
  one.state = std::move(state);
  one.ack = ack;
  return one;
}

TEST(Ack, TheQueueRemembersWhoHadOne) {
  model::Ticket ticket = Letter().ticket;
  ticket.aliases = {"old"};
  auto objection = [&](const std::vector<QueueItem>& items) {
    return queued_objection(items, ticket, "kari@example.org", k_now);
  };
  EXPECT_EQ(objection({}), "");
  EXPECT_NE(objection({item("t", "kari@example.org", k_now - hours(900))}), "");
  EXPECT_NE(objection({item("old", "other@example.org", k_now, "failed")}), "");
  EXPECT_NE(objection({item("t", "kari@example.org", k_now, "cancelled")}), ""); // it was not wanted
  EXPECT_EQ(objection({item("other", "kari@example.org", k_now, "cancelled")}), "");
  EXPECT_EQ(objection({item("t", "kari@example.org", k_now, "cancelled", false)}), "");
  EXPECT_NE(objection({item("t", "kari@example.org", k_now, "queued", false)}), "");
  std::vector<QueueItem> day;
  for (int n = 0; n < k_acks_a_day; ++n)
    day.push_back(item("other " + std::to_string(n), n % 2 ? "KARI@example.org" : "kari@example.org",
                       k_now - hours(n)));
  EXPECT_NE(objection(day), "");
  day.front().created = k_now - hours(25);
  EXPECT_EQ(objection(day), "");
}

TEST(Ack, TimesAreRoundedUpToWhatPeopleSay) {
  auto words = [](double seconds) { return wait_words(rounded_up(seconds), "en"); };
  EXPECT_EQ(words(0), "15 minutes");
  EXPECT_EQ(words(900), "15 minutes");
  EXPECT_EQ(words(901), "30 minutes");
  EXPECT_EQ(words(3600), "1 hour");
  EXPECT_EQ(words(3601), "2 hours");
  EXPECT_EQ(words(5 * 3600), "6 hours");
  EXPECT_EQ(words(13 * 3600), "1 day");
  EXPECT_EQ(words(86400.5), "2 days");
  EXPECT_EQ(words(6.5 * 86400), "1 week");
  EXPECT_EQ(words(8 * 86400), "2 weeks");
  EXPECT_EQ(words(1e12), "999 weeks");
  EXPECT_EQ(wait_words(rounded_up(3600), "de"), "1 Stunde");
  EXPECT_EQ(wait_words(rounded_up(2 * 86400), "de"), "2 Tagen");
  EXPECT_EQ(wait_words(rounded_up(3600), "ru"), "1 часа");
  EXPECT_EQ(wait_words(rounded_up(4 * 3600), "ru"), "4 часов");
  EXPECT_EQ(wait_words({Wait::Unit::weeks, 11}, "ru"), "11 недель");
  EXPECT_EQ(wait_words({Wait::Unit::weeks, 21}, "ru"), "21 недели");
  EXPECT_EQ(wait_words(rounded_up(4 * 3600), "no"), "4 timer");
  EXPECT_EQ(wait_words(rounded_up(4 * 3600), "sv"), "4 hours");
}

TEST(Ack, ATextInEveryLanguageWithAndWithoutATime) {
  std::vector<TemplateFile> files = with_ack_templates({});
  ASSERT_EQ(files.size(), 7U);
  for (const TemplateFile& file : files) {
    EXPECT_EQ(file.name, "ack");
    EXPECT_EQ(file.defect, "");
    model::Ticket ticket;
    std::vector<model::Message> messages;
    TemplateContext context = sample_context(ticket, messages);
    context.language = file.language;
    for (const json::Value& within : {json::Value(), json::Value("SO LONG")}) {
      context.values = {{"ack.within", within}};
      auto text = render_template(file, context, files);
      ASSERT_TRUE(text) << text.error().message;
      EXPECT_EQ(text->find("SO LONG") != std::string::npos, within.is_string()) << file.language;
      EXPECT_NE(text->find("Sample Desk"), std::string::npos);
      EXPECT_EQ(unresolved_placeholder(*text), "");
      EXPECT_EQ(text->find("\n\n\n"), std::string::npos) << *text;
    }
  }
}

TEST(Ack, TheUsersOwnTextComesFirst) {
  std::vector<TemplateFile> own{read_template("ack.nb.liquid", "ack.nb.liquid", "Hei.")};
  auto files = with_ack_templates(own);
  EXPECT_EQ(files.size(), 7U);
  EXPECT_EQ(choose_template(files, "ack", "nb", {"en"})->body, "Hei.");
  EXPECT_NE(choose_template(files, "ack", "de", {"en"})->body.find("Guten Tag"), std::string::npos);
  EXPECT_NE(choose_template(files, "ack", "sv", {"en"})->body.find("Hello"), std::string::npos);
  own = {read_template("ack.liquid", "ack.liquid", "Hi.")};
  EXPECT_EQ(with_ack_templates(own).size(), 1U);
}

} // namespace
} // namespace helpdesk::reply
