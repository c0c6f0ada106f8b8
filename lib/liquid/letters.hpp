// Upper and lower case of Latin, Greek, Cyrillic, Armenian and Georgian letters, with ß → SS; the rest stays.
#pragma once

#include <string>
#include <string_view>

namespace helpdesk::liquid {

std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);
// Of the first letter of a word: ß → Ss.
std::string to_title(std::string_view text);

} // namespace helpdesk::liquid
