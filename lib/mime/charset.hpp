// Bytes in any charset to valid UTF-8.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::mime {

// charset as a mail names it. Empty, us-ascii or unknown: UTF-8 when the bytes are valid UTF-8, else
// windows-1252. What could not be read as declared is said in defects (each once).
std::string to_utf8(std::string_view bytes, std::string_view charset, std::vector<std::string>* defects);
// UTF-8 when valid, else windows-1252. NUL becomes U+FFFD.
std::string guess_utf8(std::string_view bytes);
bool is_ascii(std::string_view bytes);
void add_defect(std::vector<std::string>* defects, std::string text);

} // namespace helpdesk::mime
