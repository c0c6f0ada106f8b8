// Whole mails: whatever the bytes, parsing returns, in time, with valid UTF-8.
#include "base/text.hpp"
#include "mime/mail.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto mail = helpdesk::mime::parse_mail({reinterpret_cast<const char*>(data), size});
  if (!mail) std::abort();
  // What was caught at the edge would hide a fault of ours.
  for (const std::string& defect : mail->defects)
    if (defect.starts_with("unreadable:")) std::abort();
  if (!helpdesk::is_valid_utf8(mail->text) || !helpdesk::is_valid_utf8(mail->html) ||
      !helpdesk::is_valid_utf8(mail->subject))
    std::abort();
  for (const auto& [name, value] : mail->headers)
    if (!helpdesk::is_valid_utf8(name) || !helpdesk::is_valid_utf8(value) ||
        value.find('\n') != std::string::npos)
      std::abort();
  for (const auto& part : mail->parts)
    if (!helpdesk::is_valid_utf8(part.info.name) || part.info.size != part.content.size()) std::abort();
  return 0;
}
