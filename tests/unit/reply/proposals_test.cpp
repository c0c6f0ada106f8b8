// Which templates are proposed, in which order and for what reason: over a small desk in the memory store.
#include "reply/proposals.hpp"

#include <gtest/gtest.h>

namespace helpdesk::reply {
namespace {

using std::chrono::hours;

constexpr Instant k_now = instant_of_seconds(1'767'607'200); // 2026-01-05 10:00 UTC

TemplateFile file(const std::string& name, const std::string& language, const std::string& body,
                  std::vector<std::string> tags = {}, std::vector<std::string> channels = {}) {
  TemplateFile f;
  f.name = name;
  f.language = language;
  f.title = name;
  f.body = body;
  f.front.tags = std::move(tags);
  f.front.channels = std::move(channels);
  return f;
}

class ProposalsTest : public testing::Test {
 protected:
  void SetUp() override {
    ticket_.key = "shop:ticket:now";
    ticket_.account = "shop";
    ticket_.channel = model::Channel::email;
  }

  // A question about the roof, our answer, and whether the ticket was opened again after it was closed.
  void past(const std::string& key, const std::string& reply, bool reopened) {
    auto tx = store_->begin(store::Durability::full);
    ASSERT_TRUE(tx);
    model::Ticket ticket;
    ticket.key = key;
    ticket.account = "shop";
    ticket.subject = "Leaking roof";
    ticket.created = k_now - hours(200);
    auto number = (*tx)->put_ticket(ticket);
    ASSERT_TRUE(number);
    model::Timeline timeline;
    timeline.ticket = *number;
    timeline.status = reopened ? model::Status::open : model::Status::solved;
    auto add = [&](int after, model::EntryKind kind) -> model::TimelineEntry& {
      model::TimelineEntry entry;
      entry.entry = kind;
      entry.time = k_now - hours(200 - after);
      return timeline.entries.emplace_back(entry);
    };
    add(0, model::EntryKind::event);
    add(0, model::EntryKind::message);
    auto& answer = add(2, model::EntryKind::message);
    answer.direction = model::Direction::out;
    answer.author_role = model::Role::agent;
    auto change = [&](int after, model::Status from, model::Status to) {
      auto& entry = add(after, model::EntryKind::event);
      entry.kind = model::EventKind::status;
      entry.from = static_cast<model::Term>(from) + 1;
      entry.to = static_cast<model::Term>(to) + 1;
    };
    change(3, model::Status::fresh, model::Status::solved);
    if (reopened) change(4, model::Status::solved, model::Status::open);
    ASSERT_TRUE((*tx)->put_timeline(key, timeline));
    for (int i = 0; i < 2; ++i) {
      model::Message m;
      m.key = key + ":" + std::to_string(i);
      m.subject = "Leaking roof";
      m.ticket = key;
      m.time = k_now - hours(200 - 2 * i);
      m.direction = i == 0 ? model::Direction::in : model::Direction::out;
      m.author_role = i == 0 ? model::Role::customer : model::Role::agent;
      m.text = m.stripped = i == 0 ? "Water drips through the roof whenever it rains." : reply;
      ASSERT_TRUE((*tx)->put_message(m));
    }
    ASSERT_TRUE((*tx)->commit());
  }

  std::vector<Proposal> ask(const std::vector<TemplateFile>& files, std::vector<std::string> words,
                            const std::string& language = "en") {
    ProposalQuestion question{ticket_, language, words, words, {"en"}, k_now};
    auto found = propose_templates(*store_, files, question);
    EXPECT_TRUE(found) << (found ? "" : found.error().message);
    return found ? *found : std::vector<Proposal>{};
  }
  static std::vector<std::string> names(const std::vector<Proposal>& proposals) {
    std::vector<std::string> out;
    for (const Proposal& p : proposals) out.push_back(p.name);
    return out;
  }

  model::Ticket ticket_;
  std::unique_ptr<store::Store> store_ = store::open_memory_store();
};

TEST_F(ProposalsTest, WhatNothingSpeaksForIsNotProposed) {
  EXPECT_TRUE(ask({file("greeting", "en", "Good morning.")}, {"roof", "water"}).empty());
  EXPECT_TRUE(ask({}, {"roof"}).empty());
}

TEST_F(ProposalsTest, TagsAndWordsSpeakForATemplate) {
  ticket_.tags = {"refund"};
  auto found = ask({file("money-back", "en", "You get your money back.", {"refund"}),
                    file("roof-repair", "en", "We send you a new roof.")},
                   {"roof", "water"});
  EXPECT_EQ(names(found), (std::vector<std::string>{"money-back", "roof-repair"}));
  EXPECT_EQ(found.front().why, "tag refund; in en");
  EXPECT_EQ(found.back().why, "the customer writes \"roof\"; in en");
}

TEST_F(ProposalsTest, AReplyThatClosedALikeTicketSpeaksForItsTemplate) {
  const std::string body = "Please seal the ridge with the enclosed paste before the next shower.";
  past("shop:ticket:1", "Hi! " + body + " Bye!", false);
  auto found = ask({file("ridge", "en", body)}, {"roof", "water", "drips"});
  ASSERT_EQ(names(found), std::vector<std::string>{"ridge"});
  EXPECT_EQ(found.front().why, "closed #1 \"Leaking roof\", which stayed closed; in en");
}

TEST_F(ProposalsTest, ATicketThatWasOpenedAgainSpeaksForNothing) {
  const std::string body = "Please seal the ridge with the enclosed paste before the next shower.";
  past("shop:ticket:1", body, true);
  EXPECT_TRUE(ask({file("ridge", "en", body)}, {"roof", "water", "drips"}).empty());
}

TEST_F(ProposalsTest, ChannelsBlocksAndDefectsAreLeftOut) {
  ticket_.tags = {"refund"};
  auto broken = file("broken", "en", "x", {"refund"});
  broken.defect = "broken.en.liquid:3: unknown key";
  EXPECT_TRUE(ask({broken, file("by-phone", "en", "x", {"refund"}, {"phone"})}, {}).empty());
}

TEST_F(ProposalsTest, AnotherLanguageCountsLessAndIsSaid) {
  ticket_.tags = {"refund"};
  auto found = ask({file("a-german", "de", "x", {"refund"}), file("english", "en", "x", {"refund"})}, {});
  EXPECT_EQ(names(found), (std::vector<std::string>{"english", "a-german"}));
  EXPECT_EQ(found.back().why, "tag refund; only in de, not in en");
}

TEST_F(ProposalsTest, AtMostFive) {
  ticket_.tags = {"refund"};
  std::vector<TemplateFile> files;
  for (char c = 'a'; c < 'k'; ++c) files.push_back(file(std::string("t-") + c, "en", "x", {"refund"}));
  EXPECT_EQ(ask(files, {}).size(), 5U);
}

} // namespace
} // namespace helpdesk::reply
