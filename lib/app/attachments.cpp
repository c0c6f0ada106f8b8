#include "app/attachments.hpp"

#include "backend/backend.hpp"
#include "mime/mail.hpp"

#include <fmt/format.h>

namespace helpdesk::app {

std::string_view first_record(const model::Message& message) {
  return std::string_view(message.raw).substr(0, message.raw.find(' '));
}

std::vector<Attached> attachments_of(const std::vector<model::Message>& messages) {
  std::vector<Attached> all;
  for (const model::Message& m : messages)
    for (const model::Attachment& a : m.attachments)
      all.push_back({static_cast<int>(all.size()) + 1, &m, &a});
  return all;
}

Result<std::string> attachment_content(App& app, store::Reader& store, const model::Ticket& ticket,
                                       const Attached& item) {
  std::string record_key(first_record(*item.message));
  auto record = TRY(store.raw(ticket.account, record_key));
  if (!record)
    return failed(fmt::format("attachment {} of #{}: the stored mail is gone; run: helpdesk store verify",
                              item.number, ticket.number));
  std::string bytes = std::move(record->bytes);
  if (item.attachment->state == model::AttachmentState::listed) {
    auto placements = TRY(store.placements_of(ticket.account, record_key));
    if (placements.empty())
      return failed(fmt::format("attachment {} of #{}: it was left on the server and is gone from there",
                                item.number, ticket.number));
    auto backend = TRY(app.backend(ticket.account));
    bytes = TRY(backend->fetch_whole(placements.front().stream, placements.front().uid));
  }
  mime::Mail mail = TRY(mime::parse_mail(bytes));
  for (mime::Part& part : mail.parts)
    if (part.info.number == item.attachment->number) return std::move(part.content);
  return failed(
      fmt::format("attachment {} of #{}: the mail does not hold it any more", item.number, ticket.number));
}

} // namespace helpdesk::app
