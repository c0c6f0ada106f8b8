#include "digest/digest.hpp"

#include "base/text.hpp"
#include "render/render.hpp"

namespace helpdesk::digest {
namespace {

Result<std::string> rendered(const render::Document& document, render::Format format) {
  std::string text;
  render::Options options;
  options.format = format;
  options.width = 78;
  options.zone = document.zone;
  options.now = document.now;
  options.terminal = format == render::Format::table; // what a mail program shows is a screen too
  TRY(render::render(document, options, [&](std::string_view bytes) -> Result<void> {
    text += bytes;
    return {};
  }));
  return text;
}

} // namespace

Result<Post> write_post(const render::Document& document, const reply::Identity& identity,
                        const std::vector<model::Contact>& to, std::string_view account,
                        std::string_view smtp, Instant now) {
  mime::Outgoing mail;
  mail.from = identity.contact;
  mail.to = to;
  mail.subject = collapse_spaces(document.title) + ", " + format_minute(now, document.zone).substr(0, 10);
  mail.date = now;
  mail.zone = document.zone;
  mail.message_id = mime::make_message_id(mail.from.address, now);
  mail.text = TRY(rendered(document, render::Format::table));
  mail.html = TRY(rendered(document, render::Format::html));
  mail.extra_headers = {{"Auto-Submitted", "auto-generated"},
                        {"X-Helpdesk-Digest", document.kind.empty() ? "report" : document.kind}};
  mime::Composed composed = TRY(mime::compose(mail));
  Post post;
  std::vector<std::string> recipients;
  for (const model::Contact& contact : to) recipients.push_back(contact.address);
  post.item = reply::new_queue_item(mail, composed, std::move(recipients), account, identity.name, now);
  post.item.smtp = smtp;
  post.item.reply = false;
  post.bytes = std::move(composed.bytes);
  return post;
}

} // namespace helpdesk::digest
