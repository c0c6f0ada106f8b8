#include "contract/store/fixture.hpp"

#include <random>
#include <set>

namespace helpdesk::store::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

void fill(Transaction& tx) {
  auto one = mail("m1", "t1", 100, "Printer on fire",
                  "The blue printer in room 12 burns.\nPlease send help to Ærøskøbing!");
  one.attachments = {{.number = 1, .name = "Photo of smoke.jpg", .type = "image/jpeg"}};
  auto two = mail("m2", "t1", 200, "Re: Printer on fire", "We come at once. Blue smoke? Open a window.");
  two.author = {"Kim", "kim@shop.example"}, two.to = {{"Anna Berg", "anna@example.org"}},
  two.direction = model::Direction::out;
  auto three = mail("m3", "t2", 300, "注文書について", "注文書を送ってください。 Invoice printing.");
  three.author = {"Ødegård", "o@berg.no"}, three.language = "ja",
  three.automation = model::Automation::auto_reply;
  auto four = mail("m4", "t3", 400, "win money", "blue pills");
  for (const auto* m : {&one, &two, &three, &four}) must(tx.put_message(*m));
  auto t1 = ticket("t1", 100), t2 = ticket("t2", 300), t3 = ticket("t3", 400);
  t1.assignee = "Kim Berg", t1.tags = {"hardware"}, t1.status = model::Status::pending,
  t1.priority = model::Priority::high;
  t1.requester_name = "Anna Berg", t1.requester_address = "anna@example.org",
  t1.last_in = instant_of_seconds(100);
  t1.last_out = instant_of_seconds(200), t1.updated = instant_of_seconds(200);
  t2.waiting_since = t2.last_in = instant_of_seconds(300), t2.queue = "Orders", t2.language = "ja";
  t3.spam = true;
  for (const auto* t : {&t1, &t2, &t3}) must(tx.put_ticket(*t));
}

TEST_P(StoreContract, FindsWordsPhrasesAndPrefixes) {
  write(fill);
  EXPECT_THAT(found("blue"), ElementsAre("m4", "m2", "m1"));
  EXPECT_THAT(found("BLUE printer"), ElementsAre("m2", "m1"));
  EXPECT_THAT(found("\"blue printer\""), ElementsAre("m1"));
  EXPECT_THAT(found("print*"), ElementsAre("m3", "m2", "m1"));
  EXPECT_THAT(found("print"), IsEmpty());
  EXPECT_THAT(found("blue -smoke"), ElementsAre("m4"));
  EXPECT_THAT(found("pills or invoice"), ElementsAre("m4", "m3"));
  EXPECT_THAT(found("-blue"), ElementsAre("m3"));
  EXPECT_THAT(found("(blue or invoice) -(pills or window)"), ElementsAre("m3", "m1"));
  EXPECT_THAT(found("aeroskobing"), ElementsAre("m1"));
  EXPECT_THAT(found("Ærøskøbing"), ElementsAre("m1"));
  EXPECT_THAT(found("注文"), ElementsAre("m3"));
  EXPECT_THAT(found("書注"), IsEmpty());
  EXPECT_THAT(found("smoke.jpg"), ElementsAre("m1"));
  EXPECT_THAT(found("", Ranking::newest, 2), ElementsAre("m4", "m3"));
  EXPECT_EQ(must(store_->count_messages(query("blue"), now_)), 3);
  EXPECT_EQ(must(store_->count_messages(query(""), now_)), 4);
}

TEST_P(StoreContract, FindsByField) {
  write(fill);
  EXPECT_THAT(found("from:kim"), ElementsAre("m2"));
  EXPECT_THAT(found("to:anna@example.org"), ElementsAre("m2"));
  EXPECT_THAT(found("from:oedegaard"), ElementsAre("m3"));
  EXPECT_THAT(found("subject:printer"), ElementsAre("m2", "m1"));
  EXPECT_THAT(found("subject:\"on fire\" from:anna*"), ElementsAre("m1"));
  EXPECT_THAT(found("has:attachment"), ElementsAre("m1"));
  EXPECT_THAT(found("is:automatic"), ElementsAre("m3"));
  EXPECT_THAT(found("lang:ja"), ElementsAre("m3"));
  EXPECT_THAT(found("tag:Hardware blue"), ElementsAre("m2", "m1"));
  EXPECT_THAT(found("blue is:spam"), ElementsAre("m4"));
  EXPECT_THAT(found("after:@200 before:@400"), ElementsAre("m3", "m2"));
  EXPECT_THAT(found("blue or queue:orders"), ElementsAre("m4", "m3", "m2", "m1"));
  EXPECT_EQ(must(store_->count_messages(query("blue -is:spam"), now_)), 2);
}

TEST_P(StoreContract, ListsByFieldAndText) {
  write(fill);
  EXPECT_THAT(listed(""), ElementsAre("t1", "t2"));
  EXPECT_THAT(listed("is:spam"), ElementsAre("t3"));
  EXPECT_THAT(listed("id:3"), ElementsAre("t3"));
  EXPECT_THAT(listed("is:waiting"), ElementsAre("t2"));
  EXPECT_THAT(listed("is:unread"), ElementsAre("t2"));
  EXPECT_THAT(listed("waiting:>4h"), ElementsAre("t2"));
  EXPECT_THAT(listed("waiting:<4h"), IsEmpty());
  EXPECT_THAT(listed("silent:>7d"), ElementsAre("t1", "t2"));
  EXPECT_THAT(listed("assignee:kim"), ElementsAre("t1"));
  EXPECT_THAT(listed("assignee:none"), ElementsAre("t2"));
  EXPECT_THAT(listed("priority:>=normal"), ElementsAre("t1"));
  EXPECT_THAT(listed("status:new,pending"), ElementsAre("t1", "t2"));
  EXPECT_THAT(listed("person:berg"), ElementsAre("t1"));
  EXPECT_THAT(listed("person:anna@example.org"), ElementsAre("t1"));
  EXPECT_THAT(listed("tag:none"), ElementsAre("t2"));
  // The words stand in different messages of one conversation.
  EXPECT_THAT(listed("burns window"), ElementsAre("t1"));
  EXPECT_THAT(listed("-window"), ElementsAre("t2"));
  EXPECT_EQ(must(store_->count_tickets({.filter = query("-window"), .limit = 0, .now = now_})), 1);
}

TEST_P(StoreContract, WhoWaitsLongestComesFirst) {
  write([&](Transaction& tx) {
    auto put = [&](const char* id, std::int64_t updated, std::optional<std::int64_t> waiting,
                   bool history = false) {
      auto t = ticket(id, 10);
      t.updated = instant_of_seconds(updated), t.history_only = history;
      if (waiting) t.waiting_since = instant_of_seconds(*waiting);
      must(tx.put_ticket(t));
    };
    put("a", 50, std::nullopt), put("b", 60, std::nullopt), put("c", 70, 40), put("d", 80, 30),
        put("e", 90, 5, true);
  });
  EXPECT_THAT(listed("", Order::waiting), ElementsAre("d", "c", "e", "b", "a"));
  EXPECT_THAT(listed("", Order::updated), ElementsAre("e", "d", "c", "b", "a"));
  auto page = must(store_->tickets({.order = Order::waiting, .limit = 2, .offset = 1, .now = now_}));
  ASSERT_EQ(page.size(), 2);
  EXPECT_EQ(page[0].key, "shop:ticket:c");
}

TEST_P(StoreContract, SnippetsMarkTheOriginalText) {
  write(fill);
  auto hits = must(store_->search(query("aeroskobing"), Ranking::newest, 5, now_));
  ASSERT_EQ(hits.size(), 1);
  EXPECT_EQ(hits[0].snippet, "The blue printer in room 12 burns. Please send help to Ærøskøbing!");
  ASSERT_EQ(hits[0].marks.size(), 1);
  auto [begin, end] = hits[0].marks[0];
  EXPECT_EQ(hits[0].snippet.substr(begin, end - begin), "Ærøskøbing");
  EXPECT_EQ(hits[0].number, 1);
  EXPECT_EQ(hits[0].author, "Anna Berg");
}

TEST_P(StoreContract, BestRanksTheSubjectAboveTheText) {
  write([&](Transaction& tx) {
    must(tx.put_message(
        mail("text", "t1", 300, "hello", "some words about an invoice and other things of the day")));
    must(tx.put_message(
        mail("subject", "t1", 100, "invoice", "some words about this and other things of the day")));
    for (int i = 0; i < 9; ++i)
      must(tx.put_message(mail("x" + std::to_string(i), "t1", 200 + i, "hello", "some words about nothing")));
    must(tx.put_ticket(ticket("t1", 1)));
  });
  EXPECT_THAT(found("invoice", Ranking::newest), ElementsAre("text", "subject"));
  EXPECT_THAT(found("invoice", Ranking::best), ElementsAre("subject", "text"));
  EXPECT_THAT(found("invoice", Ranking::best, 1), ElementsAre("subject"));
}

TEST_P(StoreContract, HostileQueriesAreOnlyQueries) {
  write(fill);
  for (std::string text : {"x' OR '1'='1", "blue\" OR \"x", "NEAR(blue printer)", "{subject} : x", "a^b",
                           "blue* AND NOT", "' ; DROP TABLE tickets; --"}) {
    Query word{.node = Node::word, .text = text}, phrase{.node = Node::phrase, .text = text},
        prefix{.node = Node::prefix, .text = text};
    Query field{.node = Node::field, .name = "from", .text = text},
        tag{.node = Node::field, .name = "tag", .text = text};
    Query person{.node = Node::field, .name = "person", .text = text},
        unknown{.node = Node::field, .name = text, .text = text};
    for (const auto& q : {word, phrase, prefix, field, tag, person, unknown}) {
      auto hits = store_->search(q, Ranking::newest, 5, now_);
      EXPECT_TRUE(hits) << hits.error().message;
      auto list = store_->tickets({.filter = q, .now = now_});
      EXPECT_TRUE(list) << list.error().message;
    }
  }
  EXPECT_THAT(listed(""), ElementsAre("t1", "t2"));
  Query nothing{.node = Node::word, .text = "!!!"};
  EXPECT_EQ(must(store_->count_messages(nothing, now_)), 0);
}

// ---- both stores must answer alike, whatever is asked

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t n) { return engine_() % n; }
  template <class List> auto pick(const List& list) { return list[below(std::size(list))]; }

 private:
  std::mt19937 engine_;
};

const std::vector<std::string> k_words{"blue",  "printer", "printers", "smoke", "Ærø",    "aero",   "håp",
                                       "haap",  "注文書",  "文書",     "ĉielo", "cxielo", "Müller", "x-ray",
                                       "a.b.c", "12.50",   "straße",   "can't", "ёлка",   "element"};

std::string sentence(Random& random, std::size_t most) {
  std::string out;
  for (std::size_t i = random.below(most + 1); i > 0; --i)
    out += random.pick(k_words) + (random.below(6) ? " " : ",\n");
  return out;
}

Query random_query(Random& random, int depth) {
  if (depth > 0 && random.below(3) == 0) {
    Query q{.node = random.pick(std::vector{Node::all, Node::any, Node::negation})};
    auto count = q.node == Node::negation ? 1 : 1 + random.below(3);
    for (std::size_t i = 0; i < count; ++i) q.children.push_back(random_query(random, depth - 1));
    return q;
  }
  auto field = [&](std::string name, std::vector<std::string> values) {
    return Query{.node = Node::field, .name = name, .text = random.pick(values)};
  };
  auto word = random.pick(k_words);
  switch (random.below(20)) {
  case 0:
  case 1:
  case 2: return {.node = Node::word, .text = word};
  case 3: return {.node = Node::phrase, .text = word + " " + random.pick(k_words)};
  case 4:
    return {.node = Node::prefix,
            .text = word.substr(0, word.size() > 4 && static_cast<unsigned char>(word[2]) < 128 &&
                                           static_cast<unsigned char>(word[3]) < 128
                                       ? 3
                                       : word.size())};
  case 5: return field("subject", k_words);
  case 6: return field("from", {"anna", "kim@shop", "Ødegård", "oedegaard", "an*"});
  case 7: return field("to", {"help", "shop.example", "nobody"});
  case 8: return field("has", {"attachment", "html", "defect"});
  case 9:
    return field("is", {"waiting", "unread", "spam", "deleted", "merged", "snoozed", "open", "done",
                        "history", "automatic", "private", "gone"});
  case 10: return field("status", {"new", "open", "solved"});
  case 11: return field("tag", {"a", "B", "none", "ære"});
  case 12: return field("assignee", {"kim", "none", "Åse", "aase"});
  case 13: return field("person", {"anna", "anna@example.org", "person:anna", "od*"});
  case 14: return field("needs_reply", {"yes", "no", "unsure"});
  case 15: return field("lang", {"nb", "en", "none"});
  case 16: {
    auto q = field("priority", {"low", "high"});
    q.compare = random.pick(std::vector{Compare::less, Compare::equal, Compare::greater_equal});
    return q;
  }
  case 17: {
    auto q = field("before", {"x"});
    if (random.below(2)) q.name = "after";
    q.micros = static_cast<std::int64_t>(random.below(3'000)) * 1'000'000;
    return q;
  }
  case 18: {
    auto q = field(random.below(2) ? "waiting" : "silent", {"x"});
    q.compare = random.pick(std::vector{Compare::less, Compare::greater});
    q.micros = static_cast<std::int64_t>(random.below(3'000)) * 1'000'000;
    return q;
  }
  default: return field("id", {"1", "7", "12"});
  }
}

void random_desk(Random& random, Transaction& tx) {
  for (int t = 0; t < 12; ++t) {
    auto row = ticket(std::to_string(t), static_cast<std::int64_t>(random.below(2'000)));
    row.updated += Duration(random.below(1'000'000'000));
    row.status = static_cast<model::Status>(random.below(6)),
    row.priority = static_cast<model::Priority>(random.below(5));
    row.assignee = random.pick(std::vector<std::string>{"", "Kim", "Åse Berg <ase@shop.example>"});
    row.tags = random.pick(std::vector<std::vector<std::string>>{{}, {"a"}, {"a", "b"}, {"Ære"}});
    row.requester = "person:anna",
    row.requester_name = random.pick(std::vector<std::string>{"Anna Berg", "Ødegård"});
    row.requester_address = "anna@example.org",
    row.language = random.pick(std::vector<std::string>{"", "nb", "en"});
    row.needs_reply = static_cast<model::NeedsReply>(random.below(3));
    row.spam = random.below(6) == 0, row.deleted = random.below(6) == 0,
    row.history_only = random.below(4) == 0;
    if (random.below(6) == 0) row.merged_into = "shop:ticket:0";
    if (random.below(2))
      row.waiting_since = instant_of_seconds(static_cast<std::int64_t>(random.below(2'000)));
    if (random.below(2)) row.last_in = instant_of_seconds(static_cast<std::int64_t>(random.below(2'000)));
    if (random.below(2)) row.last_out = instant_of_seconds(static_cast<std::int64_t>(random.below(2'000)));
    if (random.below(3) == 0)
      row.snoozed_until = instant_of_seconds(static_cast<std::int64_t>(random.below(6'000)));
    must(tx.put_ticket(row));
    for (std::size_t i = random.below(6); i > 0; --i) {
      auto m =
          mail(std::to_string(t) + "-" + std::to_string(i), std::to_string(t),
               static_cast<std::int64_t>(random.below(2'000)), sentence(random, 4), sentence(random, 12));
      m.author = random.pick(std::vector<model::Contact>{
          {"Anna", "anna@example.org"}, {"Kim", "kim@shop.example"}, {"Ødegård", "o@x"}});
      if (random.below(4) == 0) m.attachments = {{.number = 1, .name = sentence(random, 2)}};
      if (random.below(4) == 0) m.html = "<p>";
      if (random.below(4) == 0) m.defects = {"d"};
      m.automation = random.below(4) ? model::Automation::none : model::Automation::rule;
      m.visibility = random.below(4) ? model::Visibility::public_ : model::Visibility::private_;
      m.needs_reply = static_cast<model::NeedsReply>(random.below(3)),
      m.gone_from_server = random.below(4) == 0;
      m.language = random.pick(std::vector<std::string>{"", "nb", "en"});
      must(tx.put_message(m));
      if (random.below(5) == 0) { // changed and removed ones leave nothing behind in the index
        m.text = m.stripped = sentence(random, 12);
        if (random.below(2))
          must(tx.put_message(m));
        else
          must(tx.remove_message(m.key));
      }
    }
  }
}

TEST(StoreDifference, BothStoresAnswerAlike) {
  auto now = instant_of_seconds(3'000);
  std::size_t seen = 0;
  for (unsigned seed = 1; seed <= 25; ++seed) {
    TemporaryDirectory directory;
    auto sqlite = must(open_sqlite_store(directory.path() + "/s", Access::write));
    auto memory = open_memory_store();
    for (auto* store : {sqlite.get(), memory.get()}) {
      Random random(seed);
      auto tx = must(store->begin(Durability::refetchable));
      random_desk(random, *tx);
      must(tx->commit());
    }
    EXPECT_EQ(must(sqlite->verify({})).digest, must(memory->verify({})).digest) << seed;
    EXPECT_THAT(must(sqlite->verify({})).problems, IsEmpty());
    Random random(seed + 1'000);
    for (int i = 0; i < 60; ++i) {
      auto q = random_query(random, 3);
      auto hits = [&](Store& store) {
        std::vector<std::string> out;
        for (const auto& h : must(store.search(q, Ranking::newest, 7, now)))
          out.push_back(h.message + " " + h.snippet);
        return out;
      };
      auto best = [&](Store& store) {
        std::set<std::string> out;
        for (const auto& h : must(store.search(q, Ranking::best, -1, now))) out.insert(h.message);
        return out;
      };
      auto list = [&](Store& store) {
        std::vector<std::string> out;
        for (const auto& t :
             must(store.tickets({.filter = q, .order = static_cast<Order>(i % 5), .limit = 5, .now = now})))
          out.push_back(t.key);
        return out;
      };
      seen += hits(*sqlite).size();
      EXPECT_EQ(hits(*sqlite), hits(*memory)) << seed << ": " << to_text(q);
      EXPECT_EQ(best(*sqlite), best(*memory)) << seed << ": " << to_text(q);
      EXPECT_EQ(list(*sqlite), list(*memory)) << seed << ": " << to_text(q);
      EXPECT_EQ(must(sqlite->count_messages(q, now)), must(memory->count_messages(q, now)))
          << seed << ": " << to_text(q);
      EXPECT_EQ(must(sqlite->count_tickets({.filter = q, .now = now})),
                must(memory->count_tickets({.filter = q, .now = now})))
          << to_text(q);
    }
  }
  EXPECT_GT(seen, 2'000) << "the queries found too little to compare anything";
}

} // namespace
} // namespace helpdesk::store::test
