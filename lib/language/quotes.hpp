// Plain text mail apart: what was written now, and what was quoted, signed or added by a mail program.
#pragma once

#include <string>
#include <string_view>

namespace helpdesk {

struct Stripped {
  std::string reply; // no white space at either end; line ends are "\n"
  std::string rest;  // all other lines, in order
  bool had_quote = false, had_signature = false;
};

// Knows how mail programs introduce a quote in some forty languages ("On … wrote:", "Am … schrieb …:", "Le …
// a écrit :", "W dniu … napisał:", "… 写道："), header blocks (Outlook's From/Sent/To/Subject),
// "-----Original Message-----", forwarded mail,
// "> " and "| " quotes, "-- " signatures, "Sent from my …" lines and legal footers.
// - A new text above a quote: the text is the reply. A quote first and a text below it: the text below is.
// - Answers between quoted lines stay together with the lines they answer; only the introduction goes.
// - A mail that is a quote without an introduction, or forwarded with nothing added, keeps its text (without
// the header block).
// - The closing and the name ("Best regards, Ann") belong to the reply; what stands below "-- " does not.
// Never fails; time is linear in the input, whatever it is.
Stripped strip_quotes(std::string_view plain_text);

// Only the lines that are not quoted with ">": for looking into a reply whose answers stand between quotes.
std::string without_quoted_lines(std::string_view text);

} // namespace helpdesk
