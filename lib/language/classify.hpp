// What a message asks for, as far as its words say: the text side of needs_reply.
#pragma once

#include <string>
#include <string_view>

namespace helpdesk {

struct TextSignals {
  bool is_bare_thanks = false; // short, thanks, and nothing that asks, tells or objects
  bool has_question =
      false; // by its mark or by the shape of a sentence; courtesy ("how are you?") does not count
  bool is_request = false; // asks for something to be done
  std::string evidence;    // the sentence that decided, at most 200 code points; empty when nothing was found
  bool is_out_of_office = false;
  bool unsubscribe_request = false; // short and asks to be taken off a list
};

// stripped_text is what strip_quotes left; lines quoted with ">" in it are not looked at. language: ISO
// 639-1; empty or unknown tries all languages. Careful on one side: what may be a question is none of the
// thanks.
TextSignals read_signals(std::string_view stripped_text, std::string_view subject, std::string_view language);

// Newsletters end with a way out: words for leaving a list, in any language we know, beside a link. text is
// the whole text of the mail; html may be empty.
bool has_unsubscribe_footer(std::string_view text, std::string_view html);

} // namespace helpdesk
