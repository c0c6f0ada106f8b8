#include "store/query.hpp"

#include "model/values.hpp"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace helpdesk::store {
namespace {

const Instant k_now = instant_of_seconds(1'767'600'000);

Query parsed(std::string_view text) {
  auto q = parse_query(text, k_now, Zone::utc());
  EXPECT_TRUE(q) << text << ": " << q.error().message;
  return q ? *q : Query{};
}

std::string refused(std::string_view text) {
  auto q = parse_query(text, k_now, Zone::utc());
  EXPECT_FALSE(q) << text;
  if (q) return "";
  EXPECT_EQ(q.error().kind, ErrorKind::usage);
  return q.error().message;
}

TEST(Query, ReadsTheWholeLanguage) {
  EXPECT_TRUE(parsed("").empty());
  EXPECT_TRUE(parsed("  \n").empty());
  auto q = parsed("printer \"exact phrase\" -not or (a b) wor*");
  ASSERT_EQ(q.node, Node::any);
  ASSERT_EQ(q.children.size(), 2);
  const auto& left = q.children[0].children;
  EXPECT_EQ(left[0], (Query{.node = Node::word, .text = "printer"}));
  EXPECT_EQ(left[1], (Query{.node = Node::phrase, .text = "exact phrase"}));
  EXPECT_EQ(left[2].node, Node::negation);
  EXPECT_EQ(left[2].children[0].text, "not");
  EXPECT_EQ(q.children[1].children[1], (Query{.node = Node::prefix, .text = "wor"}));
  EXPECT_EQ(parsed("order").node, Node::word) << "begins with or";
  EXPECT_EQ(parsed("http://example.org/x").node, Node::word);
}

TEST(Query, ReadsFields) {
  auto waiting = parsed("waiting:>4h");
  EXPECT_EQ(waiting.compare, Compare::greater);
  EXPECT_EQ(waiting.micros, 4LL * 3600 * 1'000'000);
  EXPECT_EQ(parsed("silent:7d").compare, Compare::greater_equal);
  EXPECT_EQ(parsed("before:2026-01-05").micros, micros(instant_of_seconds(1'767'571'200)));
  EXPECT_EQ(parsed("before:\"2026-01-05 10:00\"").micros, micros(instant_of_seconds(1'767'607'200)));
  EXPECT_EQ(parsed("STATUS:Open").text, "open");
  EXPECT_EQ(parsed("id:#12").text, "12");
  EXPECT_EQ(parsed("status:new,open").node, Node::any);
  EXPECT_EQ(parsed("from:\"Anna Berg\"").text, "Anna Berg");
  EXPECT_EQ(parsed("priority:>=high").compare, Compare::greater_equal);
}

TEST(Query, SaysWhatIsWrongAndWhere) {
  using testing::HasSubstr;
  EXPECT_EQ(refused("frm:anna"), "query, column 1: unknown field \"frm:\" (did you mean \"from:\"?)");
  EXPECT_THAT(refused("åå frm:anna"), HasSubstr("column 4"));
  EXPECT_THAT(refused("re:hello"), HasSubstr("put it in quotes"));
  EXPECT_THAT(refused("status:opn"), HasSubstr("did you mean \"open\"?"));
  EXPECT_THAT(refused("is:funny"), HasSubstr("is: does not know \"funny\""));
  EXPECT_THAT(refused("waiting:>4"), HasSubstr("waiting:"));
  EXPECT_THAT(refused("tag:>x"), HasSubstr("cannot be compared"));
  EXPECT_THAT(refused("id:abc"), HasSubstr("number of a ticket"));
  EXPECT_THAT(refused("\"open"), HasSubstr("never closed"));
  EXPECT_THAT(refused("(a"), HasSubstr("never closed"));
  EXPECT_THAT(refused("a)"), HasSubstr("without \"(\""));
  EXPECT_THAT(refused("a or"), HasSubstr("missing"));
  EXPECT_THAT(refused("()"), HasSubstr("missing"));
  EXPECT_THAT(refused("from:"), HasSubstr("needs a value"));
  EXPECT_THAT(refused("!!!"), HasSubstr("no letter or digit"));
  EXPECT_THAT(refused(std::string(60, '(') + "a" + std::string(60, ')')), HasSubstr("50 levels"));
  EXPECT_THAT(refused(std::string(100, '-') + "a"), HasSubstr("50 levels"));
  std::string many;
  for (int i = 0; i < 300; ++i) many += "a ";
  EXPECT_THAT(refused(many), HasSubstr("200 terms"));
  EXPECT_THAT(refused(std::string(20'000, 'a')), HasSubstr("16384"));
}

TEST(Query, TextReadsBackAsTheSameTree) {
  for (std::string_view text :
       {"a", "a b", "a or b", "-a", "-(a b)", "(a or b) c*", "\"x \\\" y\"", "from:\"a b\" -is:spam",
        "waiting:>4h or silent:<=2d", "a\"b\"c", "status:new,open x", "before:2026-01-05 after:yesterday",
        "--a", "-or", "tag:\"a,b\"", "priority:<high", "((a))", "a (b (c or d))", "tag:\">x\""}) {
    auto q = parsed(text);
    EXPECT_EQ(parsed(to_text(q)), q) << text << " became " << to_text(q);
  }
}

TEST(Query, AnyTextGivesATreeOrAMessage) {
  std::mt19937 random(7);
  const std::string_view pieces[] = {"a",       "or",   " ",     "(",         ")",   "\"", "-",
                                     ":",       "*",    "from:", "waiting:>", "4h",  "\\", ",",
                                     "is:spam", "\xff", "å",     "<",         "id:1"};
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (auto n = random() % 12; n > 0; --n) text += pieces[random() % std::size(pieces)];
    auto q = parse_query(text, k_now, Zone::utc());
    if (!q) continue;
    auto again = parse_query(to_text(*q), k_now, Zone::utc());
    ASSERT_TRUE(again) << text << " became " << to_text(*q) << ": " << again.error().message;
    ASSERT_EQ(*again, *q) << text << " became " << to_text(*q);
  }
}

TEST(Query, BothJoinsConjunctions) {
  EXPECT_EQ(both(parsed("a b"), parsed("c")), parsed("a b c"));
  EXPECT_EQ(both(Query{}, parsed("c")), parsed("c"));
  EXPECT_EQ(both(parsed("a or b"), parsed("c")), parsed("(a or b) c"));
}

TEST(Query, MatchesATicketAloneBySubjectAndCustomer) {
  model::Ticket t;
  t.subject = "Blå skriver", t.requester_name = "Anna";
  EXPECT_TRUE(matches(parsed("blaa from:anna -is:spam"), t, nullptr, k_now));
  EXPECT_FALSE(matches(parsed("has:attachment"), t, nullptr, k_now));
}

TEST(Query, EveryFieldHasHelp) {
  for (const auto& field : query_fields()) EXPECT_GT(field.help.size(), 10) << field.name;
}

} // namespace
} // namespace helpdesk::store
