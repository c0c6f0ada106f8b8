// HTML mail as text, as the reply alone, and as a fragment that is safe to show. All functions take any bytes
// of any size, return valid UTF-8, need time linear in the input, and are safe in threads.
#pragma once

#include <string>
#include <string_view>

namespace helpdesk {

// Only this much of an HTML body is read; what follows is left out.
inline constexpr std::size_t k_html_limit = 4U << 20;

// Readable plain text: paragraphs with blank lines between, lists with "- " or "1. ", headings, <pre> as it
// is, quoted blocks with
// "> ", rows of a table on one line with " | " between the cells (tables that only lay out the page read top
// to bottom), links as "text <url>" unless the text is the address, images by their alternative text. Hidden
// elements, scripts and styles are left out. Lines are not wrapped. No white space at either end.
std::string html_to_text(std::string_view html);

// What the sender wrote: quoted mail is removed where mail programs mark it (Gmail, Outlook, Apple Mail,
// Thunderbird, Yahoo, Proton, Zimbra, Zoho …), the rest goes through strip_quotes(). Answers between quoted
// parts stay. When everything is marked as quoted (a bare forward), the whole text comes back.
std::string html_reply_only(std::string_view html);

// Both at once, for one parse.
struct HtmlTexts {
  std::string text;  // html_to_text()
  std::string reply; // html_reply_only()
};
HtmlTexts html_texts(std::string_view html);

// A fragment for an HTML page: allow-listed elements only, no style, class, id or event handler; links only
// to http, https and mailto; images only from cid: and data: (png, jpeg, gif, webp), remote ones become their
// alternative text. Well-formed.
std::string sanitise_html(std::string_view html);

} // namespace helpdesk
