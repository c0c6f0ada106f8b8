// The header block as a Mail: everything that can be known without the body and without GMime.
#include "base/text.hpp"
#include "mime/charset.hpp"
#include "mime/header_block.hpp"
#include "mime/mail_headers.hpp"

#include <algorithm>

namespace helpdesk::mime {

namespace {

std::optional<Instant> received_date(std::string_view value) {
  const std::size_t semicolon = value.rfind(';');
  if (semicolon == std::string_view::npos) return std::nullopt;
  return parse_mail_date(value.substr(semicolon + 1));
}

void append_contacts(std::vector<model::Contact>& to, const RawHeader& field, const Limits& limits,
                     Mail& mail) {
  if (to.size() >= limits.addresses) return;
  const auto separators = static_cast<std::size_t>(std::count(field.value.begin(), field.value.end(), ','));
  std::string_view value = field.value;
  if (separators > limits.addresses) {
    mail.capped = true;
    add_defect(&mail.defects, "address cap of " + std::to_string(limits.addresses) + " reached: kept raw");
    value = value.substr(0, 64 * 1024);
  }
  std::vector<model::Contact> contacts = parse_addresses(value);
  const std::size_t room = limits.addresses - to.size();
  if (contacts.size() > room) contacts.resize(room);
  to.insert(to.end(), std::make_move_iterator(contacts.begin()), std::make_move_iterator(contacts.end()));
}

} // namespace

std::string_view Mail::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (equal_ignoring_case(key, name)) return value;
  return {};
}

std::vector<std::string_view> Mail::header_values(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [key, value] : headers)
    if (equal_ignoring_case(key, name)) values.emplace_back(value);
  return values;
}

Mail mail_of_block(const HeaderBlock& block, const Limits& limits) {
  Mail mail;
  if (block.over_limit) {
    mail.capped = true;
    add_defect(&mail.defects, "header cap of " + std::to_string(limits.headers) + " lines or " +
                                  std::to_string(limits.header_bytes) + " bytes reached: kept raw");
  }
  if (block.broken_lines) add_defect(&mail.defects, "broken header lines skipped");
  mail.headers.reserve(block.fields.size());
  for (const RawHeader& original : block.fields) {
    RawHeader field = original;
    if (field.value.size() > limits.header_bytes) field.value = field.value.substr(0, 1000);
    const std::string name = ascii_lower(field.name);
    mail.headers.emplace_back(std::string(field.name), decode_header(field.value));
    const std::string& decoded = mail.headers.back().second;
    if (name == "subject") {
      if (mail.subject.empty()) mail.subject = std::string(trim(decoded));
    } else if (name == "message-id") {
      if (mail.message_id.empty())
        if (std::vector<std::string> ids = message_ids(field.value); !ids.empty())
          mail.message_id = std::move(ids.front());
      if (mail.message_id.empty() && field.value.size() < 1000) {
        // Without brackets and without @: still what replies will refer to.
        std::string id = decoded;
        std::erase_if(id, [](char c) { return c == '<' || c == '>' || c == ' ' || c == '\t'; });
        mail.message_id = std::move(id);
      }
    } else if (name == "in-reply-to") {
      if (mail.in_reply_to.empty())
        for (std::string& id : message_ids(field.value))
          if (mail.in_reply_to.empty() ||
              (mail.in_reply_to.find('@') == std::string::npos && id.find('@') != std::string::npos))
            mail.in_reply_to = std::move(id);
    } else if (name == "references") {
      if (mail.references.empty()) mail.references = message_ids(field.value);
    } else if (name == "date") {
      if (!mail.date) mail.date = parse_mail_date(decoded);
    } else if (name == "received") {
      if (!mail.received) mail.received = received_date(decoded);
    } else if (name == "from") {
      append_contacts(mail.from, field, limits, mail);
    } else if (name == "sender") {
      append_contacts(mail.sender, field, limits, mail);
    } else if (name == "reply-to") {
      append_contacts(mail.reply_to, field, limits, mail);
    } else if (name == "to") {
      append_contacts(mail.to, field, limits, mail);
    } else if (name == "cc") {
      append_contacts(mail.cc, field, limits, mail);
    } else if (name == "bcc") {
      append_contacts(mail.bcc, field, limits, mail);
    }
  }
  return mail;
}

Mail parse_headers(std::string_view raw, const Limits& limits) {
  std::string storage;
  const std::string_view bytes = with_line_feeds(raw, storage);
  return mail_of_block(split_headers(bytes, limits), limits);
}

} // namespace helpdesk::mime
