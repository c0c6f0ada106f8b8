#include "reply/news.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace helpdesk::reply {
namespace {

std::string short_hash(std::string_view key) { return sha256_hex(key).substr(0, 16); }

} // namespace

bool counts_as_news(const model::Message& m) {
  return m.visibility == model::Visibility::public_ && m.direction != model::Direction::internal &&
         m.automation == model::Automation::none;
}

std::vector<std::string> seen_messages(const std::vector<model::Message>& messages) {
  std::vector<std::string> seen;
  for (const model::Message& m : messages)
    if (counts_as_news(m)) seen.push_back(short_hash(m.key));
  return seen;
}

std::vector<const model::Message*> unseen_messages(const std::vector<model::Message>& messages,
                                                   const std::vector<std::string>& seen,
                                                   std::string_view own_message_id) {
  std::vector<const model::Message*> news;
  for (const model::Message& m : messages) {
    if (!counts_as_news(m) || (!own_message_id.empty() && m.message_id == own_message_id)) continue;
    if (std::find(seen.begin(), seen.end(), short_hash(m.key)) == seen.end()) news.push_back(&m);
  }
  return news;
}

Result<std::vector<model::Message>> conversation_messages(store::Reader& store, std::string_view ticket_key) {
  std::string key(ticket_key);
  for (int steps = 0; steps < 100; ++steps) { // merges of merges; a circle would be damage
    auto ticket = TRY(store.ticket_by_key(key));
    if (!ticket) return std::vector<model::Message>();
    key = ticket->key;
    if (ticket->merged_into.empty()) break;
    key = ticket->merged_into;
  }
  return store.messages(key);
}

} // namespace helpdesk::reply
