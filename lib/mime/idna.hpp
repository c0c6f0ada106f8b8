// Domain names between what people read and what the wire carries (RFC 3492, 5891 without its tables).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace helpdesk::mime {

// "Ærø.example" -> "xn--r-0fah.example"; lower-cased first. nullopt when a label cannot be written.
std::optional<std::string> domain_to_ascii(std::string_view domain);
// "xn--…" labels to UTF-8, the rest in lower case. A label that does not decode, or decodes to plain ASCII or
// controls, stays.
std::string domain_to_unicode(std::string_view domain);

} // namespace helpdesk::mime
