// The header block of a mail or a part as it lies in the bytes: found without copying, whatever the line
// ends.
#pragma once

#include "mime/mail.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::mime {

struct RawHeader {
  std::string_view name, value; // value still folded, without the last line end
};

struct HeaderBlock {
  std::vector<RawHeader> fields;
  std::size_t body = 0;      // offset of the first byte behind the block and its empty line
  bool over_limit = false;   // too many headers or bytes: fields holds what was read so far
  bool broken_lines = false; // lines that are no header were skipped
  const RawHeader* find(std::string_view name) const;
};

// A leading "From " line is skipped.
HeaderBlock split_headers(std::string_view raw, const Limits& limits);
// Line ends and the white space around them become one space.
std::string unfold(std::string_view value);
// The mails between < and >, else words with an @; white space inside dropped, duplicates dropped.
std::vector<std::string> message_ids(std::string_view value);

// CR-only files become LF; anything else is returned as it is. storage keeps the copy.
std::string_view with_line_feeds(std::string_view raw, std::string& storage);

} // namespace helpdesk::mime
