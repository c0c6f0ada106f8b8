#include "app/app.hpp"
#include "base/text.hpp"

#include <charconv>

namespace helpdesk::app {
namespace {

std::optional<std::int64_t> number_of(std::string_view id) {
  if (id.starts_with('#')) id.remove_prefix(1);
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (id.empty() || error != std::errc() || end != id.data() + id.size() || number < 1) return std::nullopt;
  return number;
}

} // namespace

Result<model::Ticket> App::find_ticket(std::string_view id) {
  store::Store& store = *TRY(this->store(store::Access::read));
  std::string_view name = trim(id);
  if (std::optional<std::int64_t> number = number_of(name)) {
    std::optional<model::Ticket> ticket = TRY(store.ticket(*number));
    if (ticket) return std::move(*ticket);
    return not_found("no ticket #" + std::to_string(*number));
  }
  if (std::optional<model::Ticket> ticket = TRY(store.ticket_by_key(name))) return std::move(*ticket);
  std::string_view message_id = name;
  if (message_id.starts_with('<') && message_id.ends_with('>'))
    message_id = message_id.substr(1, message_id.size() - 2);
  if (message_id.find('@') != std::string_view::npos)
    for (const std::string& account : TRY(store.accounts()))
      if (std::optional<model::Message> message = TRY(store.message_by_message_id(account, message_id)))
        if (std::optional<model::Ticket> ticket = TRY(store.ticket_by_key(message->ticket)))
          return std::move(*ticket);
  return not_found("no ticket \"" + std::string(id) + "\": give its number, its key or a Message-ID");
}

} // namespace helpdesk::app
