// A store in memory with one conversation, for what leaves and what must not.
#pragma once

#include "base/text.hpp"
#include "reply/news.hpp"
#include "reply/queue.hpp"

#include <gtest/gtest.h>

namespace helpdesk::reply {

using namespace std::chrono_literals;

inline constexpr Instant k_now = instant_of_seconds(1'767'607'200); // 2026-01-05 10:00 UTC

class DeskTest : public testing::Test {
 protected:
  void SetUp() override {
    model::Ticket ticket;
    ticket.key = "shop:ticket:1@example.org";
    ticket.account = "shop";
    ticket.subject = "The lid does not fit";
    ticket.requester_address = "kari@example.org";
    ticket.tags = {"refund"};
    auto tx = store_->begin(store::Durability::full);
    ASSERT_TRUE(tx && (*tx)->put_ticket(ticket) && (*tx)->commit());
    say("1@example.org", k_now - 24h, model::Direction::in, "kari@example.org");
  }

  void say(const std::string& id, Instant time, model::Direction direction, const std::string& from,
           model::Automation automation = model::Automation::none,
           model::Visibility visibility = model::Visibility::public_) {
    model::Message m;
    m.key = "shop:message:" + id;
    m.message_id = id;
    m.ticket = "shop:ticket:1@example.org";
    m.time = time;
    m.direction = direction;
    m.automation = automation;
    m.visibility = visibility;
    m.author = {"", from};
    m.to = {{"", direction == model::Direction::in ? "support@shop.example" : "kari@example.org"}};
    auto tx = store_->begin(store::Durability::full);
    ASSERT_TRUE(tx && (*tx)->put_message(m) && (*tx)->commit());
  }

  Draft keep_draft(const std::string& text, const std::string& actor = "Ida <ida@shop.example> (ida@desk)") {
    Draft draft;
    draft.id = "d1";
    draft.ticket = "shop:ticket:1@example.org";
    draft.account = "shop";
    draft.text = text;
    draft.created = draft.changed = k_now;
    EXPECT_TRUE(save_draft(*store_, draft, {}, actor, k_now));
    return draft;
  }

  QueueItem item(const std::string& id = "q1", const std::string& account = "shop") {
    QueueItem item;
    item.id = id;
    item.account = account;
    item.ticket = "shop:ticket:1@example.org";
    item.draft = "d1";
    item.message_id = id + "@shop.example";
    item.mail = sha256_hex("the mail of " + id);
    item.recipients = {"kari@example.org"};
    item.subject = "Re: The lid does not fit";
    item.created = k_now;
    return item;
  }
  QueueItem held(Duration window, const std::string& id = "q1", const std::string& account = "shop") {
    QueueItem one = item(id, account);
    one.state = "held";
    one.leaves = k_now + window;
    one.watched = true;
    one.seen = seen_messages(*store_->messages(one.ticket));
    return one;
  }
  void queue(const QueueItem& one) {
    Draft draft = find_draft(*store_, "d1").value().value_or(Draft{});
    draft.state = "queued";
    ASSERT_TRUE(enqueue(*store_, one, "the mail of " + one.id, draft_data(draft), "Ida"));
  }
  void approve(const std::string& hash, bool withdrawn = false,
               const std::string& actor = "Bo <bo@shop.example> (bo@desk)") {
    Approval approval;
    approval.actor = actor;
    approval.draft = "d1";
    approval.hash = hash;
    approval.withdrawn = withdrawn;
    approval.time = k_now;
    auto tx = store_->begin(store::Durability::full);
    ASSERT_TRUE(tx && (*tx)->append(approval_entry(approval)) && (*tx)->commit());
  }

  Carrier carrier(Instant now) {
    Carrier carrier;
    carrier.send = [this](const QueueItem& one, std::string_view) {
      left_.push_back(one.id);
      net::SendOutcome outcome;
      outcome.kind = net::SendKind::accepted;
      return outcome;
    };
    carrier.find_sent = [](const QueueItem&) -> Result<bool> { return false; };
    carrier.after = [](const QueueItem&, std::string_view) -> Result<void> { return {}; };
    carrier.warn = [](std::string_view) {};
    carrier.refresh = [this](const std::string& account) -> Result<void> {
      looked_at_.push_back(account);
      if (account == unreachable_) return try_later("no route to host");
      if (arrives_) arrives_();
      return {};
    };
    carrier.actor = "Cron (cron@desk)";
    carrier.now = [now] { return now; };
    carrier.approval = rules_;
    return carrier;
  }
  DeliveryReport run(Instant now, const std::string& only = "") {
    auto report = run_queue(*store_, carrier(now), only);
    EXPECT_TRUE(report) << (report ? "" : report.error().message);
    return report ? *report : DeliveryReport{};
  }
  QueueItem stands(const std::string& id = "q1") { return find_queue_item(*store_, id).value(); }
  Draft draft() { return find_draft(*store_, "d1").value().value(); }

  std::unique_ptr<store::Store> store_ = store::open_memory_store();
  ApprovalRules rules_;
  std::string unreachable_;
  std::function<void()> arrives_;
  std::vector<std::string> left_, looked_at_;
};

} // namespace helpdesk::reply
