// What the HTML of a message says beyond its plain text, for the full-text index.
#pragma once

#include <string>
#include <string_view>

namespace helpdesk::store {

// The running text of any bytes: tags, comments, scripts and styles dropped, references decoded as far as
// folding cares. Time linear in the input. For searching only: it keeps no layout.
std::string text_of_html(std::string_view html);

// The tokens of more that do not stand in known, in their order; where others stood between them, a "|",
// which no word holds, so that phrases do not reach across. Both as fold_for_index() makes them.
std::string words_beyond(std::string_view known, std::string_view more);

} // namespace helpdesk::store
