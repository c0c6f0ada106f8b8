// Content-Type and Content-Disposition: a value and its parameters, RFC 2045 and 2231 and what senders make
// of them.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace helpdesk::mime {

struct Parameterised {
  std::string value;                                           // lower case: "text/plain", "attachment"
  std::vector<std::pair<std::string, std::string>> parameters; // lower-case names; values decoded to UTF-8
  std::string_view get(std::string_view name) const;
};

Parameterised parse_parameters(std::string_view raw_value);

} // namespace helpdesk::mime
