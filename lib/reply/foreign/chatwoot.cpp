// Canned responses of Chatwoot (GET /api/v1/accounts/ID/canned_responses): Liquid, but not in code, and with
// {{ contact.first_name || 'there' }} in what is kin to it.
#include "base/text.hpp"
#include "reply/foreign/foreign.hpp"

#include <fmt/format.h>

namespace helpdesk::reply::foreign {
namespace {

constexpr Alias k_names[] = {
    {"contact.name", "requester.name"},
    {"contact.first_name", "requester.first_name"},
    {"contact.last_name", "requester.last_name"},
    {"contact.email", "requester.email"},
    {"contact.phone", "requester.phone"},
    {"contact.phone_number", "requester.phone"},
    {"conversation.id", "ticket.number"},
    {"conversation.display_id", "ticket.number"},
    {"conversation.contact_name", "requester.name"},
    {"conversation.custom_attribute.*", "ticket.fields.*"},
    {"inbox.name", "desk.name"},
};

Result<std::vector<ForeignReply>> read(const json::Value& file) {
  std::vector<ForeignReply> replies;
  for (const json::Value& record : TRY(records_in(file, {"payload", "canned_responses"}))) {
    ForeignReply reply;
    reply.id = record["id"].id_text();
    reply.title = record["short_code"].as_string();
    reply.text = record["content"].as_string();
    replies.push_back(std::move(reply));
  }
  return replies;
}

// {{ a || 'b' }} -> {{ a | default: 'b' }}
std::string with_defaults(std::string_view text) {
  std::string out;
  while (true) {
    std::size_t open = text.find("{{");
    std::size_t close = open == std::string_view::npos ? open : text.find("}}", open);
    if (close == std::string_view::npos) break;
    std::string inner(text.substr(open, close - open));
    std::size_t bars = inner.find("||");
    if (bars != std::string::npos)
      inner = std::string(trim_right(std::string_view(inner).substr(0, bars))) +
              " | default: " + std::string(trim_left(std::string_view(inner).substr(bars + 2)));
    out += text.substr(0, open);
    out += inner;
    text.remove_prefix(close);
  }
  return out + std::string(text);
}

std::string to_liquid(std::string_view text, const System& system) {
  std::string out;
  while (!text.empty()) {
    std::size_t fence = text.find('`');
    out += rename_in_liquid(with_defaults(text.substr(0, fence)), system);
    if (fence == std::string_view::npos) break;
    text.remove_prefix(fence);
    std::string_view mark = text.starts_with("```") ? "```" : "`";
    std::size_t end = text.find(mark, mark.size());
    std::string_view code = text.substr(0, end == std::string_view::npos ? end : end + mark.size());
    bool has_markup = code.find("{{") != std::string_view::npos || code.find("{%") != std::string_view::npos;
    out += has_markup ? fmt::format("{{% raw %}}{}{{% endraw %}}", code) : std::string(code);
    text.remove_prefix(code.size());
  }
  return out;
}

} // namespace

extern const System k_chatwoot;
constinit const System k_chatwoot{"chatwoot", "Chatwoot", "canned responses of its API",
                                  k_names,    &read,      &to_liquid};

} // namespace helpdesk::reply::foreign
