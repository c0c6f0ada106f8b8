// Saved replies of Help Scout and FreeScout: {%customer.firstName,fallback=there%}. The brackets are those of
// Liquid's tags, so they are replaced before anything is parsed.
#include "base/text.hpp"
#include "reply/foreign/foreign.hpp"

#include <fmt/format.h>

namespace helpdesk::reply::foreign {
namespace {

constexpr Alias k_names[] = {
    {"subject", "ticket.subject"},
    {"conversation.subject", "ticket.subject"},
    {"conversation.number", "ticket.number"},
    {"customer.email", "requester.email"},
    {"customer.fullName", "requester.name"},
    {"customer.firstName", "requester.first_name"},
    {"customer.lastName", "requester.last_name"},
    {"customer.company", "org.name"},
    {"customer.phone", "requester.phone"},
    {"mailbox.email", "desk.email"},
    {"mailbox.name", "desk.name"},
    {"mailbox.fromName", "desk.name"},
    {"user.fullName", "agent.name"},
    {"user.firstName", "agent.first_name"},
    {"user.lastName", "agent.last_name"},
    {"user.email", "agent.email"},
};

Result<std::vector<ForeignReply>> read(const json::Value& file) {
  std::vector<ForeignReply> replies;
  for (const json::Value& record :
       TRY(records_in(file, {"_embedded/replies", "replies", "saved_replies", "savedReplies"}))) {
    ForeignReply reply;
    reply.id = record["id"].id_text();
    reply.title = record["name"].as_string();
    reply.text = record["text"].as_string();
    reply.html = true;
    if (reply.text.empty()) {
      reply.text = record["chatText"].as_string();
      reply.html = false;
    }
    if (reply.text.empty() && record.has("preview")) {
      reply.text = record["preview"].as_string();
      reply.html = false;
      reply.notes.emplace_back("the file has the beginning only (preview): fetch each saved reply by its id");
    }
    replies.push_back(std::move(reply));
  }
  return replies;
}

bool is_name(std::string_view text) {
  for (char c : text)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.')) return false;
  return !text.empty();
}

constexpr std::size_t k_longest = 500; // bytes of a placeholder; a text of open brackets costs no more

// "customer.firstName,fallback=there" as a Liquid output; empty when it is no placeholder.
std::string output_of(std::string_view inner, const System& system) {
  std::size_t comma = inner.find(',');
  std::string_view name = trim(inner.substr(0, comma));
  if (!is_name(name)) return {};
  std::string ours = our_name(system, name);
  if (comma == std::string_view::npos) return fmt::format("{{{{ {} }}}}", ours);
  std::string_view rest = trim_left(inner.substr(comma + 1));
  if (!rest.starts_with("fallback=")) return {};
  return fmt::format("{{{{ {} | default: {} }}}}", ours, liquid_string(trim(rest.substr(9))));
}

std::string to_liquid(std::string_view text, const System& system) {
  std::string out;
  while (true) {
    std::size_t open = text.find("{%");
    if (open == std::string_view::npos) break;
    std::string_view inner = text.substr(open + 2, k_longest);
    std::size_t length = inner.find("%}"), close = open + 2 + length;
    std::string output;
    if (length != std::string_view::npos) output = output_of(inner.substr(0, length), system);
    if (output.empty()) { // somebody's braces
      append_literal(out, text.substr(0, open + 2));
      text.remove_prefix(open + 2);
      continue;
    }
    append_literal(out, text.substr(0, open));
    out += output;
    text.remove_prefix(close + 2);
  }
  append_literal(out, text);
  return out;
}

} // namespace

extern const System k_helpscout, k_freescout;
constinit const System k_helpscout{"helpscout", "Help Scout", "saved replies of its Mailbox API",
                                   k_names,     &read,        &to_liquid};
constinit const System k_freescout{"freescout", "FreeScout", "saved replies: a list of id, name and text",
                                   k_names,     &read,       &to_liquid};

} // namespace helpdesk::reply::foreign
