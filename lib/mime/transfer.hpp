// Content transfer encodings of bodies, and of encoded words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::mime {

// Skips what is not in the alphabet; stops at padding unless more quartets follow. damaged: much was skipped.
std::string decode_base64(std::string_view text, bool& damaged);
std::string decode_quoted_printable(std::string_view text);
// By the value of Content-Transfer-Encoding; unknown encodings pass unchanged. damaged: content was not what
// it says, and is unchanged.
std::string decode_transfer(std::string_view content, std::string_view encoding, bool& damaged);

struct UuFile {
  std::string name, content;
  std::size_t begin = 0, end = 0; // its place in the text, from "begin" to behind the line of "end"
};
// Complete uuencoded files (begin … end) inside a text.
std::vector<UuFile> find_uuencoded(std::string_view text);

} // namespace helpdesk::mime
