// Subjects: what they say without the prefixes of replies, forwards, lists and ticket systems.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk {

// Without "Re:", "AW:", "SV:", "Fwd:", "Ответ:", "[list]" and "[#123]" in front, in any language, any order,
// repeated; also without
// "(fwd)" and ticket tokens behind. Bracketed words that are all there is stay. White space collapses.
std::string normalise_subject(std::string_view subject);
// normalise_subject folded for comparing: case, marks and punctuation do not count. Empty for an empty
// subject.
std::string subject_key(std::string_view subject);
bool is_reply_subject(std::string_view subject);   // has a reply prefix
bool is_forward_subject(std::string_view subject); // its first prefix is a forward's, or it ends in "(fwd)"
// Numbers in "[#123]", "(#123)", "[Ticket #123]", in order, each once; at most 18 digits.
std::vector<std::string> find_ticket_tokens(std::string_view subject);

} // namespace helpdesk
