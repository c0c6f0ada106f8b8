// Who asks: identities joined and parted by hand, requesters of what a colleague forwarded in, languages.
#include "base/text.hpp"
#include "sync/actions.hpp"
#include "sync/ingest.hpp"
#include "sync/people.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace helpdesk::sync {
namespace {

class PeopleDesk : public testing::Test {
 protected:
  PeopleDesk() {
    settings.account = policy.account = "shop";
    settings.kind = policy.kind = "maildir";
    policy.us_addresses = {"support@desk.example"};
    policy.us_domains = {"desk.example"};
  }
  void take(int id, std::string_view from, std::string_view body, std::string_view subject = "Lid") {
    std::string bytes = fmt::format("From: {}\r\nTo: support@desk.example\r\nSubject: {}\r\nMessage-ID: "
                                    "<{}@x>\r\nDate: Mon, 5 Jan 2026 10:{:02}:00 +0000\r\n"
                                    "Content-Type: text/plain; charset=utf-8\r\n\r\n{}\r\n",
                                    from, subject, id, id, body);
    backend::Page page;
    page.stream = "INBOX";
    store::RawRecord record;
    record.key = sha256_hex(bytes);
    record.format = "mail";
    record.bytes = bytes;
    store::Placement placement;
    placement.uid = std::to_string(id);
    placement.record = record.key;
    placement.role = "inbox";
    page.records.push_back(std::move(record));
    page.placements.push_back(std::move(placement));
    Ingest ingest(*store, settings, policy, store::Durability::refetchable);
    auto done = ingest.page(std::move(page));
    ASSERT_TRUE(done) << done.error().message;
  }
  model::Ticket ticket(int id) {
    auto found = store->ticket_by_key(fmt::format("shop:ticket:{}@x", id));
    EXPECT_TRUE(found && *found) << id;
    return found && *found ? **found : model::Ticket{};
  }
  std::string key_of(const std::string& address) {
    auto person = store->person_of({"email", address});
    return person && *person ? (*person)->key : "";
  }
  std::string digest() {
    auto report = store->verify({});
    EXPECT_TRUE(report);
    for (const std::string& problem : report->problems) ADD_FAILURE() << problem;
    return report->digest;
  }
  // Without the journal, which only grows.
  std::string people() {
    std::string text;
    (void)store->verify([&](std::string_view line) {
      if (line.find("\"what\":\"person\"") != std::string_view::npos) text += std::string(line) + "\n";
    });
    return text;
  }
  void join_people(const std::string& from, const std::string& into, std::string_view kind = "person_merge") {
    store::JournalEntry entry;
    entry.time = instant_of_seconds(1'768'000'000);
    entry.actor = "ada";
    entry.kind = kind;
    entry.subject = from;
    entry.data = merge_data(into);
    auto tx = store->begin(store::Durability::full);
    ASSERT_TRUE(tx);
    ASSERT_TRUE((*tx)->append(entry));
    ASSERT_TRUE((*tx)->commit());
    ASSERT_TRUE(derive_merged_people(*store));
    if (kind == "person_merge") {
      tx = store->begin(store::Durability::full);
      Journal journal;
      ASSERT_TRUE(journal.refresh(**tx));
      ASSERT_TRUE(merge_people(**tx, journal));
      ASSERT_TRUE((*tx)->commit());
    }
  }
  Actions actions() {
    return {*store, settings, policy, {"ada", "ada@desk.example", "Ada", instant_of_seconds(1'768'100'000)}};
  }

  std::unique_ptr<store::Store> store = store::open_memory_store();
  backend::Settings settings;
  Policy policy;
};

TEST_F(PeopleDesk, MergeAndUnmergeRoundTrip) {
  take(1, "Kari <kari@home.example>", "When?");
  take(2, "Kari Olsen <kari@work.example>", "When does the other one come?", "Perch");
  take(3, "Ola <ola@home.example>", "Where?", "Roof");
  std::string apart = people();
  std::string a = key_of("kari@home.example"), b = key_of("kari@work.example");
  ASSERT_NE(a, b);
  join_people(b, a);
  EXPECT_EQ(key_of("kari@home.example"), key_of("kari@work.example"));
  EXPECT_NE(key_of("ola@home.example"), key_of("kari@home.example"));
  auto joined_person = store->person_of({"email", "kari@home.example"});
  EXPECT_EQ((*joined_person)->name, "Kari Olsen") << "the newer name";
  std::string before = digest();
  ASSERT_TRUE(rebuild(*store, {{&settings, &policy}}, {}));
  EXPECT_EQ(digest(), before);
  join_people(a, b, "person_unmerge");
  EXPECT_EQ(people(), apart);
  ASSERT_TRUE(rebuild(*store, {{&settings, &policy}}, {}));
  EXPECT_EQ(people(), apart);
}

TEST_F(PeopleDesk, UndoPartsThemToo) {
  take(1, "Kari <kari@home.example>", "When?");
  take(2, "Kari Olsen <kari@work.example>", "When?", "Perch");
  std::string apart = people();
  join_people(key_of("kari@work.example"), key_of("kari@home.example"));
  ASSERT_NE(people(), apart);
  ASSERT_TRUE(actions().undo(1));
  EXPECT_EQ(people(), apart);
}

TEST_F(PeopleDesk, EachMessageHasItsLanguage) {
  const std::pair<const char*, const char*> rows[] = {
      {"en", "The lid of my bird house broke when the wind was strong, and I would like to have a new one."},
      {"nb", "Lokket på fuglekassen min gikk i stykker da det blåste, og jeg vil gjerne ha et nytt."},
      {"ru", "Крышка моего скворечника сломалась, когда дул сильный ветер, и я хотел бы получить новую."},
      {"eo", "La kovrilo de mia birdodomo rompiĝis kiam blovis forta vento, kaj mi ŝatus ricevi novan."},
      {"de", "Der Deckel meines Vogelhauses ist zerbrochen, als der Wind stark war, und ich hätte gern einen "
             "neuen."},
      {"fr", "Le couvercle de mon nichoir s'est cassé quand le vent soufflait, et j'aimerais en recevoir un "
             "nouveau."},
      {"es", "La tapa de mi casita para pájaros se rompió cuando hacía mucho viento, y me gustaría recibir "
             "una nueva."},
  };
  int id = 10;
  for (const auto& [language, text] : rows) {
    take(++id, "Kari <kari@home.example>", text, fmt::format("Lid {}", id));
    EXPECT_EQ((*store->message(fmt::format("shop:message:{}@x", id)))->language, language);
    EXPECT_EQ(ticket(id).language, language);
  }
}

TEST_F(PeopleDesk, AColleaguesForwardWaitsForItsRequester) {
  take(1, "Ada <ada@desk.example>",
       "Can somebody take this?\r\n\r\n---------- Forwarded message ---------\r\nFrom: Kari Olsen "
       "<kari@home.example>\r\nDate: Mon, 5 Jan 2026 at 09:00\r\n"
       "Subject: Lid\r\nTo: Ada <ada@desk.example>\r\n\r\nThe lid is broken. When do I get a new one?",
       "Fwd: Lid");
  EXPECT_TRUE(ticket(1).waiting_since) << "somebody is to look at it";
  EXPECT_EQ(ticket(1).needs_reply, model::NeedsReply::unsure);
  EXPECT_EQ(ticket(1).needs_reply_reason, "forwarded from kari@home.example");
  EXPECT_EQ(ticket(1).requester_address, "ada@desk.example") << "proposed, not taken";
  std::string before = digest();
  ASSERT_TRUE(actions().set(ticket(1), {{"requester", "Kari Olsen <kari@home.example>"}}));
  EXPECT_EQ(ticket(1).requester, "person:email:kari@home.example");
  EXPECT_EQ(ticket(1).requester_name, "Kari Olsen");
  EXPECT_TRUE(ticket(1).waiting_since);
  EXPECT_EQ(ticket(1).needs_reply_reason, "a colleague forwarded it");
  std::string taken = digest();
  ASSERT_TRUE(rebuild(*store, {{&settings, &policy}}, {}));
  EXPECT_EQ(digest(), taken);
  ASSERT_TRUE(actions().set(ticket(1), {{"needs_reply", "no"}}));
  EXPECT_FALSE(ticket(1).waiting_since);
  taken = digest();
  ASSERT_TRUE(rebuild(*store, {{&settings, &policy}}, {}));
  EXPECT_EQ(digest(), taken);
  ASSERT_TRUE(actions().undo(2));
  EXPECT_EQ(ticket(1).needs_reply, model::NeedsReply::unsure);
  EXPECT_EQ(ticket(1).requester_address, "ada@desk.example");
}

TEST_F(PeopleDesk, ARequesterIsOneAddress) {
  Instant now = instant_of_seconds(1'768'000'000);
  EXPECT_TRUE(parse_change("requester=kari@home.example", now, Zone::utc()));
  EXPECT_TRUE(parse_change("requester=Kari Olsen <kari@home.example>", now, Zone::utc()));
  EXPECT_FALSE(parse_change("requester=Kari", now, Zone::utc()));
  EXPECT_FALSE(parse_change("requester=", now, Zone::utc()));
  EXPECT_FALSE(parse_change("requester=a@x.example, b@x.example", now, Zone::utc()));
}

} // namespace
} // namespace helpdesk::sync
