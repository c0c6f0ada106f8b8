#include "sync/thread.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace helpdesk::sync {
namespace {

Policy desk() {
  Policy policy;
  policy.account = "a";
  policy.us_addresses = {"support@desk.example"};
  return policy;
}

model::Message mail(std::string id, int minute, std::string subject = "Lid",
                    std::vector<std::string> references = {}, std::string from = "kari@example.org") {
  model::Message m;
  m.key = "a:message:" + id;
  m.message_id = id;
  m.time = instant_of_seconds(1'760'000'000 + minute * 60);
  m.subject = std::move(subject);
  m.references = std::move(references);
  m.author = {"", from};
  m.to = {{"", "support@desk.example"}};
  m.subject_key = subject_key_of(m);
  return m;
}

std::vector<Component> components(const std::vector<model::Message>& messages,
                                  const JournalEdges& edges = {}) {
  std::vector<const model::Message*> heads;
  for (const model::Message& m : messages) heads.push_back(&m);
  Policy policy = desk();
  return thread(heads, policy, edges, [](const model::Message&) { return std::string(); });
}

// Roots with the ids of their messages, in a form that does not depend on the order of the input.
std::string shape(const std::vector<model::Message>& messages, const JournalEdges& edges = {}) {
  std::vector<std::string> lines;
  for (const Component& c : components(messages, edges)) {
    std::string line = c.root + ":";
    for (std::size_t i : c.messages) line += " " + std::string(remote_id(messages[i].key));
    for (const std::string& alias : c.aliases) line += " +" + alias;
    for (const std::string& merged : c.merged_roots) line += " <" + merged;
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

TEST(Thread, ReferencesJoin) {
  EXPECT_EQ(shape({mail("1@x", 0), mail("2@x", 5, "Re: Lid", {"1@x"}), mail("3@x", 9, "Other")}),
            "1@x: 1@x 2@x\n3@x: 3@x\n");
}

TEST(Thread, AnUnknownParentIsTheRoot) {
  EXPECT_EQ(shape({mail("2@x", 5, "Re: Lid", {"1@x"}), mail("3@x", 9, "Re: Lid", {"1@x", "2@x"})}),
            "1@x: 2@x 3@x\n");
}

TEST(Thread, AReplyWithoutReferencesFollowsSubjectAndPerson) {
  model::Message a = mail("1@x", 0, "Broken lid"), b = mail("2@x", 60, "Re: Broken lid");
  EXPECT_EQ(shape({a, b}), "1@x: 1@x 2@x +2@x\n");
  model::Message other = mail("2@x", 60, "Re: Broken lid", {}, "ola@example.org");
  EXPECT_EQ(shape({a, other}), "1@x: 1@x\n2@x: 2@x\n") << "another person's reply is another matter";
  model::Message late = mail("2@x", 60 * 24 * 31, "Re: Broken lid");
  EXPECT_EQ(shape({a, late}), "1@x: 1@x\n2@x: 2@x\n") << "outside the window";
  model::Message fresh = mail("2@x", 60, "Broken lid");
  EXPECT_EQ(shape({a, fresh}), "1@x: 1@x\n2@x: 2@x\n") << "the same subject anew is a new matter";
}

TEST(Thread, TheNearestEarlierMessageIsFollowed) {
  EXPECT_EQ(shape({mail("1@x", 0, "Order"), mail("2@x", 50, "Order"), mail("3@x", 60, "Re: Order")}),
            "1@x: 1@x\n2@x: 2@x 3@x +3@x\n");
}

TEST(Thread, SplitsCutReferencesThatRunThroughThem) {
  JournalEdges edges;
  edges.splits = {"2@x"};
  std::vector<model::Message> messages{mail("1@x", 0), mail("2@x", 5, "Re: Lid", {"1@x"}),
                                       mail("3@x", 9, "Re: Lid", {"1@x", "2@x"}),
                                       mail("4@x", 12, "Re: Lid", {"1@x"})};
  EXPECT_EQ(shape(messages, edges), "1@x: 1@x 4@x\n2@x: 2@x 3@x\n");
}

TEST(Thread, MergesKeepTheRootMergedInto) {
  JournalEdges edges;
  edges.merges = {{"1@x", "2@x"}};
  EXPECT_EQ(shape({mail("1@x", 0), mail("2@x", 5, "Other")}, edges), "2@x: 1@x 2@x <1@x\n");
  edges.merges = {{"1@x", "2@x"}, {"2@x", "3@x"}};
  EXPECT_EQ(shape({mail("1@x", 0), mail("2@x", 5, "Other"), mail("3@x", 6, "Third")}, edges),
            "3@x: 1@x 2@x 3@x <1@x <2@x\n");
  edges.merges = {{"1@x", "2@x"}, {"2@x", "1@x"}};
  EXPECT_EQ(components({mail("1@x", 0), mail("2@x", 5, "Other")}, edges).size(), 1u) << "a circle ends";
}

TEST(Thread, IsAFunctionOfTheSet) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::vector<model::Message> messages;
    int n = 2 + static_cast<int>(random() % 14);
    for (int i = 0; i < n; ++i) {
      std::vector<std::string> references;
      for (int k = static_cast<int>(random() % 3); k > 0; --k)
        references.push_back(std::to_string(random() % (n + 2)) + "@x");
      std::string subject =
          (random() % 2 ? "Re: " : "") + std::string(random() % 2 ? "Bird house" : "Invoice please");
      messages.push_back(mail(std::to_string(i) + "@x", static_cast<int>(random() % 5000), subject,
                              references, random() % 2 ? "kari@example.org" : "ola@example.org"));
    }
    std::string expected = shape(messages);
    for (int k = 0; k < 3; ++k) {
      std::shuffle(messages.begin(), messages.end(), random);
      ASSERT_EQ(shape(messages), expected) << "round " << round;
    }
  }
}

} // namespace
} // namespace helpdesk::sync
