#include "backend/mail_record.hpp"

#include "base/text.hpp"
#include "mime/header_block.hpp"

namespace helpdesk::backend {

std::string_view header_block(std::string_view mail) {
  std::string storage;
  const mime::HeaderBlock block = mime::split_headers(mime::with_line_feeds(mail, storage), {});
  return mail.substr(0, block.body);
}

namespace {

bool tells_its_time(std::string_view mail) {
  std::string storage;
  const mime::HeaderBlock block = mime::split_headers(mime::with_line_feeds(mail, storage), {});
  for (const mime::RawHeader& field : block.fields) {
    if (equal_ignoring_case(field.name, "received")) {
      const std::size_t semicolon = field.value.rfind(';');
      if (semicolon != std::string_view::npos &&
          parse_mail_date(mime::unfold(field.value.substr(semicolon + 1))))
        return true;
    } else if (equal_ignoring_case(field.name, "date") && parse_mail_date(mime::unfold(field.value))) {
      return true;
    }
  }
  return false;
}

} // namespace

store::RawRecord mail_record(std::string_view account, std::string bytes, Instant file_time) {
  store::RawRecord record;
  record.account = account;
  record.key = sha256_hex(bytes);
  record.version = "1";
  record.format = "mail";
  if (!tells_its_time(bytes)) record.received = file_time;
  record.bytes = std::move(bytes);
  return record;
}

} // namespace helpdesk::backend
