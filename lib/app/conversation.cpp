#include "app/conversation.hpp"

#include "app/promise_rows.hpp"
#include "base/text.hpp"
#include "language/forwarded.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::app {
namespace {

using model::Message;
using render::Cell;
using render::Emphasis;
using render::Paragraph;
using render::Value;

Value contact_value(const model::Contact& contact) {
  return render::Map{{"name", contact.name}, {"address", contact.address}};
}

Value contact_list(const std::vector<model::Contact>& contacts) {
  render::List list;
  for (const model::Contact& contact : contacts) list.push_back(contact_value(contact));
  return list;
}

Value text_list(const std::vector<std::string>& texts) {
  render::List list;
  for (const std::string& text : texts) list.emplace_back(text);
  return list;
}

std::string joined_contacts(const std::vector<model::Contact>& contacts) {
  std::string text;
  for (const model::Contact& contact : contacts) text += (text.empty() ? "" : ", ") + shown_contact(contact);
  return text;
}

std::string who_wrote(const Message& m) {
  std::string label = shown_contact(m.author);
  if (m.visibility == model::Visibility::private_)
    return label + "  [PRIVATE NOTE: customers do not see this]";
  if (m.automation != model::Automation::none)
    return label + fmt::format("  [{}]", replace_all(model::text(m.automation), "_", " "));
  if (m.direction == model::Direction::out) return label + "  [us]";
  if (m.direction == model::Direction::internal) return label + "  [internal]";
  return label;
}

Value event_value(const model::TimelineEntry& e, const ConversationOptions& options) {
  auto status = [](model::Term t) {
    return t == 0 ? Value() : Value(model::text(static_cast<model::Status>(t - 1)));
  };
  bool is_status = e.kind == model::EventKind::status;
  render::Map map{{"time", e.time}, {"kind", model::text(e.kind)}, {"source", model::text(e.source)}};
  if (e.actor != 0) map.emplace_back("actor", options.term(e.actor));
  if (e.field != 0) map.emplace_back("field", options.term(e.field));
  if (e.from != 0) map.emplace_back("from", is_status ? status(e.from) : Value(options.term(e.from)));
  if (e.to != 0) map.emplace_back("to", is_status ? status(e.to) : Value(options.term(e.to)));
  if (e.number != 0) map.emplace_back("seconds", e.number);
  return map;
}

Value message_value(const Message& m, int number) {
  render::List attachments;
  for (const model::Attachment& a : m.attachments)
    attachments.push_back(render::Map{{"name", a.name},
                                      {"type", a.type},
                                      {"size", static_cast<std::int64_t>(a.size)},
                                      {"sha256", a.sha256},
                                      {"state", model::text(a.state)}});
  return render::Map{{"number", number},
                     {"key", m.key},
                     {"time", m.time},
                     {"direction", model::text(m.direction)},
                     {"visibility", model::text(m.visibility)},
                     {"author", contact_value(m.author)},
                     {"role", model::text(m.author_role)},
                     {"automation", model::text(m.automation)},
                     {"needs_reply", model::text(m.needs_reply)},
                     {"reason", m.needs_reply_reason},
                     {"delivery", model::text(m.delivery)},
                     {"to", contact_list(m.to)},
                     {"cc", contact_list(m.cc)},
                     {"subject", m.subject},
                     {"text", m.text},
                     {"stripped", m.stripped},
                     {"language", m.language},
                     {"message_id", m.message_id},
                     {"attachments", std::move(attachments)},
                     {"defects", text_list(m.defects)},
                     {"gone_from_server", m.gone_from_server}};
}

void add(render::Facts& facts, std::string key, std::string title, Cell cell) {
  render::Column column;
  column.key = std::move(key);
  column.title = std::move(title);
  column.time_style = render::TimeStyle::minute;
  facts.rows.emplace_back(std::move(column), std::move(cell));
}

// A colleague forwarded in what somebody outside wrote, and nobody outside has written since: that person is
// proposed as the requester.
std::optional<model::Contact> proposed_requester(const model::Ticket& t,
                                                 const std::vector<Message>& messages) {
  auto of_us = [](const Message& m) {
    return m.author_role == model::Role::agent && m.direction != model::Direction::out;
  };
  if (messages.empty() || !std::all_of(messages.begin(), messages.end(), of_us)) return std::nullopt;
  const Message& first = messages.front();
  if (first.visibility != model::Visibility::public_) return std::nullopt;
  auto forwarded = find_forwarded(first.text);
  if (!forwarded || forwarded->address.empty() || forwarded->address == t.requester_address)
    return std::nullopt;
  return model::Contact{forwarded->name, forwarded->address};
}

render::Facts head(const model::Ticket& t, const std::optional<model::Contact>& proposed,
                   const ConversationOptions& options) {
  render::Facts facts;
  facts.key = "ticket";
  add(facts, "status", "status", model::text(t.status));
  add(facts, "requester", "from", shown_contact({t.requester_name, t.requester_address}));
  if (proposed)
    add(facts, "proposed_requester", "forwarded from",
        fmt::format("{} (take it: helpdesk set {} requester={})", shown_contact(*proposed), t.number,
                    proposed->address));
  if (t.waiting_since)
    add(facts, "waiting_seconds", "waiting",
        Cell(Value(options.now - *t.waiting_since), Emphasis::strong,
             format_duration(options.now - *t.waiting_since) +
                 (t.needs_reply == model::NeedsReply::unsure
                      ? " (may need no reply: " + t.needs_reply_reason + ")"
                      : "")));
  for (const ReplyState& reply : options.replies)
    add(facts, "reply", "reply",
        Cell(Value(reply.state), needs_decision(reply) ? Emphasis::warn : Emphasis::plain,
             fmt::format("{} ({})", reply.words, reply.item.empty() ? "draft " + reply.draft : reply.item)));
  for (const report::Promise& promise : options.promises)
    if (promise.is_owed())
      add(facts, "promised", "promised",
          Cell(Value(promise.due),
               promise.state == report::PromiseState::overdue ? Emphasis::bad : Emphasis::plain,
               promise_words(promise, options.zone)));
  if (!t.assignee.empty()) add(facts, "assignee", "assignee", t.assignee);
  if (t.priority != model::Priority::none) add(facts, "priority", "priority", model::text(t.priority));
  if (!t.queue.empty()) add(facts, "queue", "queue", t.queue);
  if (!t.tags.empty()) add(facts, "tags", "tags", join(t.tags, ", "));
  if (t.due) add(facts, "due", "due", *t.due);
  if (t.snoozed_until && *t.snoozed_until > options.now)
    add(facts, "snoozed_until", "sleeps until", *t.snoozed_until);
  if (t.spam) add(facts, "spam", "spam", "yes");
  if (t.deleted) add(facts, "deleted", "deleted", "yes: only in the trash");
  if (t.history_only)
    add(facts, "history_only", "history", "quiet before this account was set up: never listed as waiting");
  if (!t.merged_into.empty()) add(facts, "merged_into", "merged into", t.merged_into);
  add(facts, "account", "account", t.account);
  return facts;
}

std::string event_words(const model::TimelineEntry& e, const ConversationOptions& options) {
  auto status = [](model::Term t) {
    return t == 0 ? std::string("?") : std::string(model::text(static_cast<model::Status>(t - 1)));
  };
  // The journal and --format json hold the whole actor; here the name says enough.
  std::string actor = e.actor != 0 ? options.term(e.actor) : "";
  actor.resize(std::min(actor.size(), actor.find(" <")));
  std::string by = e.source == model::Source::rule ? " (rule)" : actor.empty() ? "" : " by " + actor;
  switch (e.kind) {
  case model::EventKind::status: return fmt::format("status {} -> {}{}", status(e.from), status(e.to), by);
  case model::EventKind::tag:
    return e.to != 0 ? "tag +" + options.term(e.to) + by : "tag -" + options.term(e.from) + by;
  case model::EventKind::worklog:
    return fmt::format("worked {}{}", format_duration(std::chrono::seconds(e.number)), by);
  case model::EventKind::field:
    return fmt::format("{} = {}{}", options.term(e.field), options.term(e.to), by);
  default: {
    std::string text(model::text(e.kind));
    if (e.to != 0) text += " " + options.term(e.to);
    return text + by;
  }
  }
}

void add_message(render::Section& section, const Message& m, int number, int& attachment,
                 const ConversationOptions& options) {
  bool is_private = m.visibility == model::Visibility::private_;
  std::string when = fmt::format("{} ({})", format_minute(m.time, options.zone),
                                 format_relative(m.time, options.now, options.zone));
  section.blocks.emplace_back(Paragraph{fmt::format("[{}] {}  {}", number, who_wrote(m), when),
                                        is_private ? Emphasis::warn : Emphasis::strong});
  std::string details;
  if (!m.to.empty() && !is_private) details += "to " + joined_contacts(m.to);
  if (!m.cc.empty()) details += "  cc " + joined_contacts(m.cc);
  if (m.delivery == model::Delivery::bounced && m.direction == model::Direction::out)
    details += "  NOT DELIVERED";
  if (m.gone_from_server) details += "  (gone from the server)";
  if (!details.empty())
    section.blocks.emplace_back(Paragraph{std::string(trim(std::string_view(details))), Emphasis::quiet});
  if (m.direction == model::Direction::in && m.needs_reply != model::NeedsReply::yes)
    section.blocks.emplace_back(
        Paragraph{fmt::format("needs reply: {} ({})", model::text(m.needs_reply), m.needs_reply_reason),
                  Emphasis::quiet});
  std::string_view body = trim(
      std::string_view(options.quotes || trim(std::string_view(m.stripped)).empty() ? m.text : m.stripped));
  Paragraph paragraph{std::string(body)};
  paragraph.preformatted = true;
  paragraph.indent = is_private ? 4 : 2;
  section.blocks.emplace_back(std::move(paragraph));
  std::size_t shown_lines = split_lines(body).size(),
              all_lines = split_lines(trim(std::string_view(m.text))).size();
  if (!options.quotes && all_lines > shown_lines + 1)
    section.blocks.emplace_back(
        Paragraph{fmt::format("  … {} lines of quotes and signature folded (--quotes shows them)",
                              all_lines - shown_lines),
                  Emphasis::quiet});
  for (const model::Attachment& a : m.attachments) {
    ++attachment;
    std::string state =
        a.state == model::AttachmentState::stored ? "" : fmt::format(", {}", model::text(a.state));
    section.blocks.emplace_back(Paragraph{
        fmt::format("  attachment {}: {} ({}, {} bytes{})", attachment, a.name, a.type, a.size, state),
        Emphasis::quiet});
  }
  for (const std::string& defect : m.defects)
    section.blocks.emplace_back(Paragraph{"  could not be read whole: " + defect, Emphasis::warn});
}

} // namespace

std::string shown_contact(const model::Contact& contact) {
  if (contact.name.empty() || equal_ignoring_case(contact.name, contact.address)) return contact.address;
  if (contact.address.empty()) return contact.name;
  return fmt::format("{} <{}>", contact.name, contact.address);
}

render::Document conversation(const model::Ticket& ticket, const std::vector<Message>& messages,
                              const model::Timeline* timeline, const ConversationOptions& options) {
  render::Document document;
  document.kind = "ticket";
  document.title =
      fmt::format("#{}  {}", ticket.number, ticket.subject.empty() ? "(no subject)" : ticket.subject);
  document.zone = options.zone;
  document.now = options.now;
  render::Section section;
  const std::optional<model::Contact> proposed = proposed_requester(ticket, messages);
  section.blocks.emplace_back(head(ticket, proposed, options));
  std::vector<const model::TimelineEntry*> events;
  if (timeline)
    for (const model::TimelineEntry& e : timeline->entries)
      if (e.entry == model::EntryKind::event && e.kind != model::EventKind::created) events.push_back(&e);
  int attachment = 0;
  std::size_t next = 0;
  auto events_before = [&](Instant time) {
    while (next < events.size() && events[next]->time < time) {
      section.blocks.emplace_back(
          Paragraph{fmt::format("-- {}  {}", format_minute(events[next]->time, options.zone),
                                event_words(*events[next], options)),
                    Emphasis::quiet});
      ++next;
    }
  };
  render::List message_values, event_values;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    events_before(messages[i].time);
    add_message(section, messages[i], static_cast<int>(i) + 1, attachment, options);
    message_values.push_back(message_value(messages[i], static_cast<int>(i) + 1));
  }
  events_before(Instant::max());
  for (const model::TimelineEntry* e : events) event_values.push_back(event_value(*e, options));
  document.sections.push_back(std::move(section));
  document.json = render::Map{{"number", ticket.number},
                              {"key", ticket.key},
                              {"subject", ticket.subject},
                              {"status", model::text(ticket.status)},
                              {"priority", model::text(ticket.priority)},
                              {"channel", model::text(ticket.channel)},
                              {"account", ticket.account},
                              {"queue", ticket.queue},
                              {"assignee", ticket.assignee},
                              {"tags", text_list(ticket.tags)},
                              {"requester", contact_value({ticket.requester_name, ticket.requester_address})},
                              {"needs_reply", model::text(ticket.needs_reply)},
                              {"created", ticket.created},
                              {"updated", ticket.updated},
                              {"waiting_since", Value(ticket.waiting_since)},
                              {"snoozed_until", Value(ticket.snoozed_until)},
                              {"due", Value(ticket.due)},
                              {"spam", ticket.spam},
                              {"language", ticket.language},
                              {"messages", std::move(message_values)},
                              {"events", std::move(event_values)}};
  render::List replies;
  for (const ReplyState& reply : options.replies)
    replies.push_back(render::Map{{"state", reply.state},
                                  {"words", reply.words},
                                  {"draft", reply.draft},
                                  {"item", reply.item},
                                  {"leaves", Value(reply.leaves)}});
  std::get<render::Map>(document.json->data).emplace_back("replies", std::move(replies));
  render::List promises;
  for (const report::Promise& promise : options.promises) promises.push_back(promise_value(promise));
  std::get<render::Map>(document.json->data).emplace_back("promises", std::move(promises));
  if (proposed)
    std::get<render::Map>(document.json->data).emplace_back("proposed_requester", contact_value(*proposed));
  return document;
}

} // namespace helpdesk::app
