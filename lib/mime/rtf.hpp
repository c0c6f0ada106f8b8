// Rich text as Outlook keeps the body in winmail.dat: compressed (MS-OXRTFCP), readable text out of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace helpdesk::mime {

// nullopt when it is not compressed RTF; at most 16 MiB come out.
std::optional<std::string> decompress_rtf(std::string_view bytes);
// The text without formatting, UTF-8. Of RTF that wraps HTML: the words of it.
std::string text_of_rtf(std::string_view rtf);

} // namespace helpdesk::mime
