// Text modules of Zammad (GET /api/v1/text_modules): HTML with #{ticket.customer.firstname}.
#include "base/text.hpp"
#include "reply/foreign/foreign.hpp"

#include <fmt/format.h>

namespace helpdesk::reply::foreign {
namespace {

constexpr Alias k_names[] = {
    {"ticket.customer.firstname", "requester.first_name"},
    {"ticket.customer.lastname", "requester.last_name"},
    {"ticket.customer.fullname", "requester.name"},
    {"ticket.customer.email", "requester.email"},
    {"ticket.customer.phone", "requester.phone"},
    {"ticket.customer.organization.name", "org.name"},
    {"ticket.organization.name", "org.name"},
    {"ticket.owner.firstname", "ticket.assignee.first_name"},
    {"ticket.owner.lastname", "ticket.assignee.last_name"},
    {"ticket.owner.fullname", "ticket.assignee.name"},
    {"ticket.owner.email", "ticket.assignee.email"},
    {"ticket.id", "ticket.id"},
    {"ticket.number", "ticket.number"},
    {"ticket.title", "ticket.subject"},
    {"ticket.state.name", "ticket.status"},
    {"ticket.state", "ticket.status"},
    {"ticket.priority.name", "ticket.priority"},
    {"ticket.priority", "ticket.priority"},
    {"ticket.group.name", "ticket.queue"},
    {"ticket.group", "ticket.queue"},
    {"ticket.tags", "ticket.tags"},
    {"ticket.created_at", "ticket.created_at"},
    {"ticket.updated_at", "ticket.updated_at"},
    {"article.subject", "message.subject"},
    {"article.from", "message.author.name"},
    {"article.created_at", "message.date"},
    {"article.body", "message.text | quote"},
    {"user.firstname", "agent.first_name"},
    {"user.lastname", "agent.last_name"},
    {"user.fullname", "agent.name"},
    {"user.email", "agent.email"},
};

Result<std::vector<ForeignReply>> read(const json::Value& file) {
  json::Array records;
  if (const json::Value* assets = file.at_pointer("/assets/TextModule")) {
    for (const auto& [id, record] : assets->members()) records.push_back(record);
  } else {
    records = TRY(records_in(file, {"text_modules"}));
  }
  std::vector<ForeignReply> replies;
  for (const json::Value& record : records) {
    if (record.has("active") && !record["active"].as_bool(true)) continue;
    ForeignReply reply;
    reply.id = record["id"].id_text();
    reply.title = record["name"].as_string();
    reply.text = record["content"].as_string();
    reply.html = true;
    std::string locale = record["locale"].as_string(); // "de-de"
    reply.language = locale.substr(0, locale.find('-'));
    replies.push_back(std::move(reply));
  }
  return replies;
}

// The inside of #{…}.
std::string output_of(std::string_view inner, const System& system) {
  inner = trim(inner);
  if (inner.starts_with("t(") && inner.ends_with(")")) { // a text that it translates: the text as it is
    std::string_view text = trim(inner.substr(2, inner.size() - 3));
    if (text.size() >= 2) text = text.substr(1, text.size() - 2);
    return std::string(text);
  }
  std::string_view name = inner.ends_with(".value") ? inner.substr(0, inner.size() - 6) : inner;
  return fmt::format("{{{{ {} }}}}", our_name(system, name));
}

std::string to_liquid(std::string_view text, const System& system) {
  std::string out;
  while (true) {
    std::size_t open = text.find("#{");
    std::size_t close = open == std::string_view::npos ? open : text.find('}', open + 2);
    if (close == std::string_view::npos) break;
    append_literal(out, text.substr(0, open));
    out += output_of(text.substr(open + 2, close - open - 2), system);
    text.remove_prefix(close + 1);
  }
  append_literal(out, text);
  return out;
}

} // namespace

extern const System k_zammad;
constinit const System k_zammad{"zammad", "Zammad", "text modules of its API", k_names, &read, &to_liquid};

} // namespace helpdesk::reply::foreign
