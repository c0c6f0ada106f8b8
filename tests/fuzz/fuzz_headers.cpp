// Headers, encoded words and address lists.
#include "base/text.hpp"
#include "mime/idna.hpp"
#include "mime/mail.hpp"
#include "mime/parameters.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace helpdesk;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (!is_valid_utf8(mime::decode_header(bytes))) std::abort();
  for (const model::Contact& contact : mime::parse_addresses(bytes)) {
    if (!is_valid_utf8(contact.name) || !is_valid_utf8(contact.address)) std::abort();
    if (contact.address.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) std::abort();
  }
  for (const auto& [name, value] : mime::parse_parameters(bytes).parameters)
    if (!is_valid_utf8(value)) std::abort();
  const mime::Mail mail = mime::parse_headers(bytes);
  if (!is_valid_utf8(mail.message_id)) std::abort();
  if (const auto ascii = mime::domain_to_ascii(clean_utf8(bytes))) mime::domain_to_unicode(*ascii);
  if (!is_valid_utf8(mime::domain_to_unicode(clean_utf8(bytes)))) std::abort();
  return 0;
}
