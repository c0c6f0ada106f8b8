#include "sync/derive.hpp"

#include "base/text.hpp"
#include "mime/mail.hpp"
#include "sync/classify.hpp"
#include "sync/thread.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace helpdesk::sync {
namespace {

using model::Direction;
using model::EventKind;
using model::Message;
using model::NeedsReply;
using model::Status;
using model::TimelineEntry;

bool has_label(const Message& m, std::string_view label) {
  return std::find(m.labels.begin(), m.labels.end(), label) != m.labels.end();
}
// Folder roles decide what the owner of the mailbox thinks of a message: seen in Trash or Junk and nowhere
// else.
bool lies_anywhere_else(const Message& m) {
  return has_label(m, "inbox") || has_label(m, "sent") || has_label(m, "archive") || has_label(m, "all") ||
         has_label(m, "other");
}
bool is_binned(const Message& m) {
  return has_label(m, "trash") && !lies_anywhere_else(m) && !has_label(m, "junk");
}
bool is_junked(const Message& m) { return has_label(m, "junk") && !lies_anywhere_else(m); }

bool answers(const Message& m) { // a human's public word to the customer that was not reported as lost
  return m.direction == Direction::out && m.visibility == model::Visibility::public_ &&
         m.automation == model::Automation::none && m.delivery != model::Delivery::bounced &&
         (m.author_role == model::Role::agent || m.author_role == model::Role::admin);
}
bool asks(const Message& m) { // may wait for an answer
  return m.direction == Direction::in && m.visibility == model::Visibility::public_ &&
         m.needs_reply != NeedsReply::no && !is_binned(m) && !is_junked(m);
}

// Walks messages and journal entries in time and keeps the state that the rule table of statuses describes.
class Walk {
 public:
  Walk(const DeriveInput& input, DerivedTicket& out) : in_(input), out_(out), ticket_(out.ticket) {}

  void run() {
    copy_messages();
    mark_bounced();
    mark_asides();
    start();
    std::size_t next_message = 0;
    std::size_t next_entry = 0;
    std::vector<const TicketEntry*> entries(in_.entries);
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto* a, const auto* b) { return a->time < b->time; });
    while (next_message < messages_.size() || next_entry < entries.size()) {
      bool message_first =
          next_entry == entries.size() ||
          (next_message < messages_.size() && messages_[next_message].time <= entries[next_entry]->time);
      if (message_first) {
        message(next_message);
        ++next_message;
      } else {
        entry(*entries[next_entry++], next_message);
      }
    }
    finish();
  }

 private:
  const DeriveInput& in_;
  DerivedTicket& out_;
  model::Ticket& ticket_;
  std::vector<Message> messages_; // heads, with needs_reply and delivery as decided here
  std::set<std::string> tags_;
  std::vector<std::size_t> waiting_; // unanswered messages, oldest first
  bool answered_once_ = false;

  void copy_messages() {
    messages_.reserve(in_.messages.size());
    for (const Message* m : in_.messages) {
      messages_.push_back(*m);
      for (const auto& [field, value] : rule_changes(*m))
        if (auto needs = field == "needs_reply" ? model::parse<NeedsReply>(value) : std::nullopt) {
          messages_.back().needs_reply = *needs;
          messages_.back().needs_reply_reason = "rule";
        }
    }
    take_forwarded();
    // A person's word about needs_reply holds for every inbound message up to the newest one that they had
    // seen.
    for (const TicketEntry* e : in_.entries)
      for (const Change& c : e->changes) {
        if (c.field != "needs_reply") continue;
        auto value = model::parse<NeedsReply>(c.value);
        if (!value) continue;
        for (Message& m : messages_) {
          // Where no message can be looked at, the time tells what they had seen.
          if (e->message_key.empty() && m.time > e->time) break;
          if (m.direction == Direction::in) {
            m.needs_reply = *value;
            m.needs_reply_reason = "set by " + e->actor;
          }
          if (m.key == e->message_key) break;
        }
      }
  }

  // Nobody outside wrote, and somebody here said who asks: what a colleague forwarded in is that person's
  // word. (Nothing that is ours comes in otherwise, so that this can be told when it is derived again.)
  void take_forwarded() {
    Message* first = nullptr;
    for (Message& m : messages_) {
      if (m.author_role != model::Role::agent || m.channel != model::Channel::email) {
        if (m.direction == Direction::in) return;
        continue;
      }
      if (m.direction == Direction::in) m.direction = Direction::internal;
      bool written_to_us = m.direction == Direction::internal && m.visibility == model::Visibility::public_;
      if (!first && written_to_us && !is_forward(m)) first = &m;
    }
    bool named = std::any_of(in_.entries.begin(), in_.entries.end(), [](const TicketEntry* e) {
      return std::any_of(e->changes.begin(), e->changes.end(),
                         [](const Change& c) { return c.field == "requester"; });
    });
    if (!first || in_.remote) return;
    if (!named && !first->needs_reply_reason.starts_with(k_forwarded_from)) return;
    first->direction = Direction::in;
    first->needs_reply = named ? NeedsReply::yes : NeedsReply::unsure;
    if (named) first->needs_reply_reason = "a colleague forwarded it";
  }

  // What the [[rules]] that matched this message want.
  std::vector<std::pair<std::string, std::string>> rule_changes(const Message& m) const {
    std::vector<std::pair<std::string, std::string>> changes;
    for (const Rule& rule : in_.policy.rules)
      if (has_label(m, "rule:" + rule.name))
        changes.insert(changes.end(), rule.changes.begin(), rule.changes.end());
    return changes;
  }

  void mark_bounced() {
    for (const Message& notice : messages_) {
      if (notice.automation != model::Automation::bounce || notice.delivery != model::Delivery::bounced ||
          notice.in_reply_to.empty())
        continue;
      for (std::size_t i = 0; i < messages_.size(); ++i)
        if (messages_[i].message_id == notice.in_reply_to && messages_[i].direction == Direction::out) {
          messages_[i].delivery = model::Delivery::bounced;
          out_.bounced.push_back(i);
        }
    }
  }

  // Whom we asked for help with this conversation: addresses that a forward went to and that had no part in
  // it before.
  std::set<std::string> outsiders() const {
    std::set<std::string> asked, partners;
    for (const Message& m : messages_) {
      bool forward = is_forward(m);
      if (m.direction == Direction::in && !asked.contains(ascii_lower(m.author.address)))
        partners.insert(ascii_lower(m.author.address));
      for (const auto* list : {&m.to, &m.cc})
        for (const model::Contact& contact : *list) {
          std::string address = ascii_lower(contact.address);
          if (is_ours(in_.policy, address)) continue;
          if (!forward) {
            // Whoever the customer writes to besides us, or we answer publicly before we forwarded, takes
            // part.
            if (!asked.contains(address)) partners.insert(address);
          } else if (!partners.contains(address)) {
            asked.insert(address);
          }
        }
    }
    return asked;
  }

  // Ours, and kept internal although somebody outside gets it: only a forward is (judge_role).
  bool is_forward(const Message& m) const {
    if (m.direction != Direction::internal || m.author_role != model::Role::agent ||
        m.channel != model::Channel::email)
      return false;
    auto outside = [&](const model::Contact& c) { return !is_ours(in_.policy, c.address); };
    return std::any_of(m.to.begin(), m.to.end(), outside) || std::any_of(m.cc.begin(), m.cc.end(), outside);
  }

  // What such an outsider answers is between us and them: the customer neither wrote it nor waits behind it,
  // and what we write to them alone answers no customer.
  void mark_asides() {
    for (Message& m : messages_) // as earlier derivations left it
      if (m.direction == Direction::internal && m.author_role == model::Role::customer)
        m.direction = Direction::in;
    if (std::none_of(messages_.begin(), messages_.end(), [&](const Message& m) { return is_forward(m); })) {
      note_directions();
      return;
    }
    std::set<std::string> asked = outsiders();
    for (Message& m : messages_)
      if (m.direction == Direction::in && asked.contains(ascii_lower(m.author.address)))
        m.direction = Direction::internal;
    note_directions();
    for (Message& m : messages_) {
      if (m.direction != Direction::out) continue;
      bool any = false, all = true;
      for (const auto* list : {&m.to, &m.cc})
        for (const model::Contact& contact : *list) {
          if (is_ours(in_.policy, contact.address)) continue;
          any = true;
          all = all && asked.contains(ascii_lower(contact.address));
        }
      if (any && all) m.direction = Direction::internal; // in the timeline; the message stays what it was
    }
  }

  void note_directions() {
    for (std::size_t i = 0; i < messages_.size(); ++i)
      if (messages_[i].direction != in_.messages[i]->direction)
        out_.redirected.emplace_back(i, messages_[i].direction);
  }

  void start() {
    if (in_.remote) {
      ticket_ = *in_.remote;
      tags_.insert(ticket_.tags.begin(), ticket_.tags.end());
    }
    for (const Message& m : messages_) {
      if (ticket_.subject.empty()) ticket_.subject = m.subject;
      if (ticket_.requester_address.empty() && m.direction == Direction::in &&
          m.author_role == model::Role::customer && !(m.author.address.empty() && m.author.name.empty()))
        take_requester(m.author);
    }
    if (ticket_.requester_address.empty())
      for (const Message& m : messages_) {
        if (m.direction != Direction::out) continue;
        for (const model::Contact& to : m.to)
          if (!is_ours(in_.policy, to.address)) {
            take_requester(to);
            break;
          }
        if (!ticket_.requester_address.empty()) break;
      }
    if (ticket_.requester_address.empty() && !messages_.empty() &&
        !(messages_.front().author.address.empty() && messages_.front().author.name.empty()))
      take_requester(messages_.front().author);
    if (!messages_.empty() && !in_.remote) {
      ticket_.channel = messages_.front().channel;
      ticket_.created = messages_.front().time;
    }
    TimelineEntry created;
    created.entry = model::EntryKind::event;
    created.kind = EventKind::created;
    created.time = ticket_.created;
    created.source = model::Source::api;
    created.local = true;
    out_.timeline.entries.push_back(created);
    if (in_.earlier)
      for (const TimelineEntry& e : in_.earlier->entries)
        if (e.entry == model::EntryKind::event && !e.local) out_.timeline.entries.push_back(e);
    if (in_.remote_events)
      for (const model::Event& e : *in_.remote_events) add_remote(e);
  }

  void take_requester(const model::Contact& contact) {
    ticket_.requester_address = contact.address;
    ticket_.requester_name = contact.name;
    ticket_.requester = in_.person_key(contact);
  }

  void add_remote(const model::Event& e) {
    TimelineEntry entry;
    entry.entry = model::EntryKind::event;
    entry.time = e.time;
    entry.kind = e.kind;
    entry.source = e.source;
    entry.actor = in_.term(e.actor.address.empty() ? e.actor.name : e.actor.address);
    if (e.kind == EventKind::status) {
      entry.from = status_term(e.from);
      entry.to = status_term(e.to);
    } else {
      entry.field = e.field.empty() ? 0 : in_.term(e.field);
      entry.from = e.from.empty() ? 0 : in_.term(e.from);
      entry.to = e.to.empty() ? 0 : in_.term(e.to);
    }
    if (e.kind == EventKind::worklog) // its seconds stand in to
      std::from_chars(e.to.data(), e.to.data() + e.to.size(), entry.number);
    out_.timeline.entries.push_back(entry);
  }

  static model::Term status_term(std::string_view text) {
    auto status = model::parse<Status>(text);
    return status ? static_cast<model::Term>(*status) + 1 : 0;
  }

  void event(Instant time, EventKind kind, std::string_view actor, std::string_view field,
             std::string_view from, std::string_view to, model::Source source, std::int64_t number = 0) {
    TimelineEntry e;
    e.entry = model::EntryKind::event;
    e.time = time;
    e.kind = kind;
    e.source = source;
    e.local = true;
    e.number = number;
    if (!actor.empty()) e.actor = in_.term(actor);
    if (kind == EventKind::status) {
      e.from = status_term(from);
      e.to = status_term(to);
    } else {
      if (!field.empty()) e.field = in_.term(field);
      if (!from.empty()) e.from = in_.term(from);
      if (!to.empty()) e.to = in_.term(to);
    }
    out_.timeline.entries.push_back(e);
  }

  void become(Status status, Instant time, std::string_view actor, model::Source source) {
    if (ticket_.status == status) return;
    event(time, EventKind::status, actor, "", model::text(ticket_.status), model::text(status), source);
    ticket_.status = status;
    if (model::is_done(status)) {
      ticket_.closed = time;
    } else {
      ticket_.closed.reset();
    }
  }

  void message(std::size_t index) {
    const Message& m = messages_[index];
    TimelineEntry e;
    e.time = m.time;
    e.direction = m.direction;
    e.visibility = m.visibility;
    e.author_role = m.author_role;
    e.automation = m.automation;
    e.needs_reply = m.needs_reply;
    e.delivery = m.delivery;
    e.actor = in_.term(m.author.address.empty() ? m.author.name : m.author.address);
    e.number = static_cast<std::int64_t>(index) + 1;
    if (is_binned(m) || is_junked(m)) e.needs_reply = NeedsReply::no;
    out_.timeline.entries.push_back(e);
    bool shown = m.visibility == model::Visibility::public_ && m.direction != Direction::internal;
    if (shown) {
      ++ticket_.messages;
      (m.direction == Direction::in ? ticket_.last_in : ticket_.last_out) = m.time;
    }
    if (m.direction == Direction::in && m.author_role == model::Role::customer && !m.language.empty())
      ticket_.language = m.language;
    if (asks(m)) {
      waiting_.push_back(index);
      ticket_.snoozed_until.reset();
      if (!in_.policy.backend_sends_status && ticket_.status != Status::fresh)
        become(Status::open, m.time, "", model::Source::rule);
    } else if (answers(m)) {
      waiting_.clear();
      answered_once_ = true;
      if (!in_.policy.backend_sends_status && !model::is_done(ticket_.status))
        become(Status::pending, m.time, "", model::Source::rule);
    }
    if (m.direction == Direction::in) act_on_rules(m, index + 1);
  }

  // What the owner's rules make of it; a person's word that comes later stands above them.
  void act_on_rules(const Message& m, std::size_t next_message) {
    for (const Rule& rule : in_.policy.rules) {
      if (!has_label(m, "rule:" + rule.name)) continue;
      TicketEntry e;
      e.time = m.time;
      e.actor = "rule " + rule.name;
      e.source = model::Source::rule;
      e.message_key = m.key;
      for (const auto& [field, value] : rule.changes)
        if (field != "needs_reply") apply({field, value}, e, next_message);
    }
  }

  void entry(const TicketEntry& e, std::size_t next_message) {
    if (e.kind == "snooze") {
      event(e.time, EventKind::snooze, e.actor, "", "", "", e.source);
      ticket_.snoozed_until = e.until;
      // What the customer wrote before, but nobody had seen, wakes it.
      if (unseen_since(e.message_key, next_message)) ticket_.snoozed_until.reset();
    } else if (e.kind == "worklog") {
      event(e.time, EventKind::worklog, e.actor, "", "", "", e.source, e.seconds);
    } else if (e.kind == "set") {
      for (const Change& change : e.changes) apply(change, e, next_message);
    }
  }

  // A waiting message newer than the newest one the actor had seen.
  bool unseen_since(std::string_view seen_key, std::size_t next_message) const {
    if (seen_key.empty()) return false;
    std::size_t seen = next_message;
    for (std::size_t i = 0; i < next_message; ++i)
      if (messages_[i].key == seen_key) seen = i;
    return std::any_of(waiting_.begin(), waiting_.end(), [&](std::size_t i) { return i > seen; });
  }

  // Of what the system itself keeps, its newer word stands above what was set here before.
  bool is_overtaken(const Change& change, const TicketEntry& e) const {
    return in_.remote && e.time <= in_.remote->updated && change.field != "needs_reply" &&
           change.field != "requester";
  }

  void apply(const Change& change, const TicketEntry& e, std::size_t next_message) {
    if (is_overtaken(change, e)) return;
    const std::string& value = change.value;
    if (change.field == "status") {
      auto status = model::parse<Status>(value);
      if (!status) return;
      become(*status, e.time, e.actor, e.source);
      if (!model::is_done(*status)) return;
      if (!unseen_since(e.message_key, next_message)) {
        waiting_.clear();
        return;
      }
      // They closed it without having seen the customer's last word: it stays open, and that word waits.
      std::erase_if(waiting_, [&](std::size_t i) {
        for (std::size_t j = i; j < next_message; ++j)
          if (messages_[j].key == e.message_key) return true;
        return false;
      });
      become(Status::open, e.time, "", model::Source::rule);
    } else if (change.field == "priority") {
      if (auto priority = model::parse<model::Priority>(value)) {
        event(e.time, EventKind::priority, e.actor, "", model::text(ticket_.priority), value, e.source);
        ticket_.priority = *priority;
      }
    } else if (change.field == "assignee") {
      event(e.time, EventKind::assign, e.actor, "", ticket_.assignee, value, e.source);
      ticket_.assignee = value;
    } else if (change.field == "queue") {
      event(e.time, EventKind::queue, e.actor, "", ticket_.queue, value, e.source);
      ticket_.queue = value;
    } else if (change.field == "tag+") {
      if (tags_.insert(value).second) event(e.time, EventKind::tag, e.actor, "", "", value, e.source);
    } else if (change.field == "tag-") {
      if (tags_.erase(value) != 0) event(e.time, EventKind::tag, e.actor, "", value, "", e.source);
    } else if (change.field == "spam") {
      ticket_.spam = value == "true" || value == "yes";
      event(e.time, ticket_.spam ? EventKind::spam : EventKind::restore, e.actor, "", "", "", e.source);
    } else if (change.field == "due") {
      ticket_.due = value.empty() ? std::nullopt : parse_rfc3339(value);
      event(e.time, EventKind::field, e.actor, "due", "", value, e.source);
    } else if (change.field == "requester") {
      event(e.time, EventKind::field, e.actor, "requester", ticket_.requester_address, value, e.source);
      auto parsed = mime::parse_addresses(value);
      if (!parsed.empty()) take_requester(parsed.front());
    } else if (change.field == "subject") {
      event(e.time, EventKind::field, e.actor, "subject", "", "", e.source);
      ticket_.subject = value;
    } else if (change.field.starts_with("field.")) {
      set_field(change.field.substr(6), value, e);
    }
  }

  void set_field(const std::string& key, const std::string& value, const TicketEntry& e) {
    auto it = std::find_if(ticket_.fields.begin(), ticket_.fields.end(),
                           [&](const model::CustomField& f) { return f.key == key; });
    event(e.time, EventKind::field, e.actor, key, it == ticket_.fields.end() ? "" : it->value, value,
          e.source);
    if (it == ticket_.fields.end()) {
      ticket_.fields.push_back({key, value});
      std::sort(ticket_.fields.begin(), ticket_.fields.end(),
                [](const auto& a, const auto& b) { return a.key < b.key; });
    } else if (value.empty()) {
      ticket_.fields.erase(it);
    } else {
      it->value = value;
    }
  }

  void finish() {
    ticket_.tags.assign(tags_.begin(), tags_.end());
    ticket_.updated = in_.remote ? std::max(in_.remote->updated, ticket_.created) : ticket_.created;
    for (const Message& m : messages_) ticket_.updated = std::max(ticket_.updated, m.time);
    for (const TicketEntry* e : in_.entries) ticket_.updated = std::max(ticket_.updated, e->time);
    if (!messages_.empty()) ticket_.last_message = messages_.back().key;
    bool any = !messages_.empty();
    bool any_in = std::any_of(messages_.begin(), messages_.end(),
                              [](const Message& m) { return m.direction == Direction::in; });
    if (any && std::all_of(messages_.begin(), messages_.end(), is_binned)) ticket_.deleted = true;
    if (any_in && std::all_of(messages_.begin(), messages_.end(),
                              [](const Message& m) { return m.direction != Direction::in || is_junked(m); }))
      ticket_.spam = true;
    Instant last_word = any ? messages_.back().time : ticket_.updated;
    if (in_.policy.history_before && last_word < *in_.policy.history_before) ticket_.history_only = true;
    wait();
    std::stable_sort(out_.timeline.entries.begin(), out_.timeline.entries.end(),
                     [](const TimelineEntry& a, const TimelineEntry& b) {
                       return a.time != b.time ? a.time < b.time : model::kind_rank(a) < model::kind_rank(b);
                     });
    auto& entries = out_.timeline.entries;
    entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
    head();
  }

  // What a system's agents solved or closed no longer waits.
  void drop_what_was_closed() {
    if (!in_.remote_events) return;
    for (const model::Event& e : *in_.remote_events) {
      auto status = e.kind == EventKind::status ? model::parse<Status>(e.to) : std::nullopt;
      if (status && model::is_done(*status))
        std::erase_if(waiting_, [&](std::size_t i) { return messages_[i].time <= e.time; });
    }
  }

  void wait() {
    drop_what_was_closed();
    ticket_.waiting_since.reset();
    ticket_.needs_reply = NeedsReply::no;
    ticket_.needs_reply_reason.clear();
    if (waiting_.empty()) {
      // Why nothing waits, for `list --noise`: the newest inbound message's reason.
      for (auto it = messages_.rbegin(); it != messages_.rend(); ++it)
        if (it->direction == Direction::in) {
          if (it->needs_reply == NeedsReply::no) ticket_.needs_reply_reason = it->needs_reply_reason;
          break;
        }
      return;
    }
    if (ticket_.spam || ticket_.deleted || model::is_done(ticket_.status) || !ticket_.merged_into.empty())
      return;
    for (std::size_t i : waiting_) {
      const Message& m = messages_[i];
      if (ticket_.needs_reply == NeedsReply::yes) break;
      ticket_.needs_reply = m.needs_reply;
      ticket_.needs_reply_reason = m.needs_reply_reason;
    }
    if (!ticket_.history_only) ticket_.waiting_since = messages_[waiting_.front()].time;
  }

  void head() {
    model::Timeline& t = out_.timeline;
    auto term = [&](const std::string& text) { return text.empty() ? model::Term{0} : in_.term(text); };
    t.account = term(in_.policy.account);
    t.queue = term(ticket_.queue);
    t.assignee = term(ticket_.assignee);
    t.requester = term(ticket_.requester_address);
    t.language = term(ticket_.language);
    t.channel = ticket_.channel;
    t.priority = ticket_.priority;
    t.status = ticket_.status;
    t.spam = ticket_.spam;
    t.merged = !ticket_.merged_into.empty();
    t.deleted = ticket_.deleted;
    t.history_only = ticket_.history_only;
    for (const std::string& tag : ticket_.tags) t.tags.push_back(term(tag));
    fields();
  }

  // What statistics may be broken down by: short values only, since each is kept in the dictionary for good.
  void fields() {
    constexpr std::size_t k_longest = 64;
    std::vector<std::pair<std::string_view, std::string_view>> all;
    for (const model::CustomField& f : ticket_.fields)
      if (!f.key.empty() && !f.value.empty() && f.value.size() <= k_longest) all.emplace_back(f.key, f.value);
    std::sort(all.begin(), all.end());
    for (const auto& [key, value] : all) {
      out_.timeline.fields.push_back({in_.term(key), in_.term(value)});
      if (key == "organisation") out_.timeline.organisation = out_.timeline.fields.back().value;
    }
  }
};

} // namespace

DerivedTicket derive_ticket(const DeriveInput& input) {
  DerivedTicket derived;
  derived.ticket.account = input.policy.account;
  Walk(input, derived).run();
  return derived;
}

} // namespace helpdesk::sync
