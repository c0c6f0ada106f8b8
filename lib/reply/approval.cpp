#include "reply/approval.hpp"

#include "base/text.hpp"
#include "json/json.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::reply {
namespace {

using json::Value;

Value addresses(const std::vector<model::Contact>& contacts) {
  Value list = Value::array();
  for (const model::Contact& contact : contacts) list.push(contact.name + " <" + contact.address + ">");
  return list;
}

// What of a draft somebody wrote; its state, what was read before it and when it changed are not.
std::string content_of(const Draft& draft) {
  Draft content = draft;
  content.id.clear();
  content.state.clear();
  content.last_seen.clear();
  content.put_back.clear();
  content.created = content.changed = Instant{};
  return draft_data(content);
}

struct Participants {
  const std::vector<model::Message>& messages;
  const model::Ticket* ticket;
  bool has(std::string_view address) const {
    if (ticket && equal_ignoring_case(ticket->requester_address, address)) return true;
    auto named = [&](const std::vector<model::Contact>& contacts) {
      return std::any_of(contacts.begin(), contacts.end(), [&](const model::Contact& contact) {
        return equal_ignoring_case(contact.address, address);
      });
    };
    return std::any_of(messages.begin(), messages.end(), [&](const model::Message& m) {
      if (m.visibility == model::Visibility::private_) return false;
      return equal_ignoring_case(m.author.address, address) || named(m.to) || named(m.cc) ||
             named(m.reply_to);
    });
  }
};

bool matches_ticket(const store::Query& query, const ApprovalMatter& matter, Instant now) {
  if (!matter.ticket) {
    // The first mail of a conversation: what is known of the ticket that it will make.
    model::Ticket ticket;
    ticket.account = matter.draft.account;
    ticket.subject = matter.draft.subject;
    ticket.language = matter.draft.language;
    return store::matches(query, ticket, nullptr, now);
  }
  if (store::matches(query, *matter.ticket, nullptr, now)) return true;
  // Words and from: are about messages.
  return std::any_of(matter.messages.begin(), matter.messages.end(),
                     [&](const model::Message& m) { return store::matches(query, *matter.ticket, &m, now); });
}

std::string_view user_of(std::string_view actor) {
  std::size_t open = actor.rfind('(');
  return open == std::string_view::npos ? actor : actor.substr(open);
}

std::string_view name_of(std::string_view actor) {
  std::size_t end = std::min(actor.find('<'), actor.rfind('('));
  return trim(actor.substr(0, end));
}

} // namespace

std::string why_approval(const ApprovalRules& rules, const ApprovalMatter& matter, Instant now) {
  std::string why;
  auto add = [&](std::string reason) { why += (why.empty() ? "" : ", ") + std::move(reason); };
  if (rules.every) add("every reply");
  if (rules.when && matches_ticket(*rules.when, matter, now)) add(rules.when_text);
  for (const std::string& name : rules.templates)
    if (name == matter.draft.template_name) add("template " + name);
  if (rules.outside) {
    Participants participants{matter.messages, matter.ticket};
    for (const std::string& recipient : matter.recipients)
      if (!participants.has(recipient)) {
        add("outside: " + recipient);
        break;
      }
  }
  if (rules.amount)
    if (auto amount = largest_amount(matter.draft.text); amount && *amount >= *rules.amount)
      add(fmt::format("an amount of {}", *amount));
  return why;
}

std::string approval_hash(const Draft& draft, const mime::Outgoing& mail) {
  Value attachments = Value::array();
  for (const DraftAttachment& a : draft.attachments)
    attachments.push(Value::object({{"name", a.name}, {"type", a.type}, {"sha256", a.sha256}}));
  return sha256_hex(json::dump(Value::object({{"from", addresses({mail.from})},
                                              {"reply_to", addresses(mail.reply_to)},
                                              {"to", addresses(mail.to)},
                                              {"cc", addresses(mail.cc)},
                                              {"subject", mail.subject},
                                              {"text", mail.text},
                                              {"html", mail.html},
                                              {"attachments", std::move(attachments)}})));
}

std::string approval_data(const Approval& a) {
  Value seen = Value::array();
  for (const std::string& one : a.seen) seen.push(one);
  return json::dump(Value::object({{"state", a.withdrawn ? "withdrawn" : "approved"},
                                   {"draft", a.draft},
                                   {"ticket", a.ticket},
                                   {"hash", a.hash},
                                   {"why", a.why},
                                   {"all", a.all},
                                   {"seen", std::move(seen)}}));
}

std::optional<Approval> approval_of(const store::JournalEntry& entry) {
  auto parsed = json::parse(entry.data);
  if (!parsed) return std::nullopt;
  const Value& v = *parsed;
  std::string state = v["state"].as_string();
  if (state != "approved" && state != "withdrawn") return std::nullopt;
  Approval a;
  a.withdrawn = state == "withdrawn";
  a.draft = v["draft"].as_string();
  a.ticket = v["ticket"].as_string();
  a.hash = v["hash"].as_string();
  a.why = v["why"].as_string();
  a.all = v["all"].as_bool();
  for (const Value& one : v["seen"].items()) a.seen.push_back(one.as_string());
  a.actor = entry.actor;
  a.time = entry.time;
  return a;
}

Result<std::optional<Approval>> latest_approval(store::Reader& store, std::string_view draft) {
  store::JournalQuery query;
  query.kinds = {"approval"};
  query.subject = std::string(draft);
  query.newest_first = true;
  for (const store::JournalEntry& entry : TRY(store.journal(query)))
    if (auto approval = approval_of(entry)) return approval;
  return std::optional<Approval>();
}

store::JournalEntry approval_entry(const Approval& approval) {
  store::JournalEntry entry;
  entry.time = approval.time;
  entry.actor = approval.actor;
  entry.kind = "approval";
  entry.subject = approval.draft;
  entry.data = approval_data(approval);
  return entry;
}

Result<std::string> draft_author(store::Reader& store, std::string_view draft) {
  store::JournalQuery query;
  query.kinds = {"draft"};
  query.subject = std::string(draft);
  std::string author, content;
  for (const store::JournalEntry& entry : TRY(store.journal(query))) {
    std::string now = content_of(TRY(draft_of(entry)));
    if (now != content) author = entry.actor;
    content = std::move(now);
  }
  return author;
}

Result<bool> may_have_given(store::Reader& store, const ApprovalRules& rules, const Approval& approval) {
  std::string address = operator_address_of(approval.actor);
  if (!rules.by.empty() && std::find(rules.by.begin(), rules.by.end(), address) == rules.by.end())
    return false;
  if (rules.self) return true;
  std::string author = TRY(draft_author(store, approval.draft));
  return !same_operator(author, approval.actor);
}

std::string operator_address_of(std::string_view actor) {
  std::size_t open = actor.rfind('<'), close = actor.rfind('>');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return {};
  return ascii_lower(actor.substr(open + 1, close - open - 1));
}

bool same_operator(std::string_view a, std::string_view b) {
  std::string first = operator_address_of(a), second = operator_address_of(b);
  if (!first.empty() && !second.empty()) return first == second;
  return user_of(a) == user_of(b) && (name_of(a) == name_of(b) || first.empty() != second.empty());
}

std::string short_operator(std::string_view actor) {
  std::string_view name = name_of(actor), user = user_of(actor);
  if (name.empty()) name = operator_address_of(actor).empty() ? actor : actor.substr(0, actor.find('>') + 1);
  return user == actor || name == actor ? std::string(actor) : std::string(name) + " " + std::string(user);
}

} // namespace helpdesk::reply
