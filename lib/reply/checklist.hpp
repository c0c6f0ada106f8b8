// What the customer asks, above the text in the editor. None of it is ever sent: every line of the block
// begins with "#?", and what is left of a block that was edited by half is taken out too.
//
//   #? The customer asks (lines that begin with #? are not sent):
//   #? [ ] When can you send another one?
//   #? [ ] And how much does shipping cost?
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::reply {

// text under a block with one line a question; text alone when nothing is asked.
std::string with_checklist(const std::vector<std::string>& questions, std::string_view text);

// What the editor gave back, without the block. Gone are the lines of the block wherever they stand, also
// when other text was joined to them, which stays; every line that begins with "#?"; and above the text what
// is left of a question when its "#?" was deleted or the line was broken. A question that the author quotes
// behind ">" or moved into the text stays.
std::string without_checklist(std::string_view edited, const std::vector<std::string>& questions);

// A line of a checklist in a text that is to leave; empty when there is none.
std::string checklist_line(std::string_view text);

} // namespace helpdesk::reply
