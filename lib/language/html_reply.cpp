// What mail programs put around the mail that they quote, found on the tree.
#include "base/text.hpp"
#include "language/html.hpp"
#include "language/html_text.hpp"
#include "language/quote_lines.hpp"
#include "language/quotes.hpp"

#include <algorithm>
#include <array>

namespace helpdesk {
namespace {

using html::attribute;
using html::Omitted;

// Containers of nothing but quoted text, or of a signature that the program wrote.
constexpr std::array<std::string_view, 30> k_quote_classes{"yahoo_quoted",
                                                           "yahooquoted",
                                                           "yqt",
                                                           "moz-forward-container",
                                                           "moz-email-headers-table",
                                                           "protonmail_quote",
                                                           "zmail_extra",
                                                           "tutanota_quote",
                                                           "outlookmessageheader",
                                                           "front-blockquote",
                                                           "quoted-text",
                                                           "mailquote",
                                                           "gmail_attr",
                                                           "moz-cite-prefix",
                                                           "gmail_signature",
                                                           "gmail_signature_prefix",
                                                           "moz-signature",
                                                           "protonmail_signature_block",
                                                           "mail-editor-reference-message-container",
                                                           "ms-outlook-mobile-reference-message",
                                                           "ms-outlook-mobile-signature",
                                                           "k9mail-signature",
                                                           "zendesk_quoted",
                                                           "freshdesk_quote",
                                                           "hs_reply_quote",
                                                           "mobile_mail_signature",
                                                           "iosymail-quote",
                                                           "skiff_quote",
                                                           "quote-block",
                                                           "intercom-quote"};
constexpr std::array<std::string_view, 12> k_quote_ids{"olk_src_body_section",
                                                       "isforwardcontent",
                                                       "isreplycontent",
                                                       "origbody",
                                                       "reply-intro",
                                                       "mail-editor-reference-message-container",
                                                       "ms-outlook-mobile-signature",
                                                       "yahoo_quoted",
                                                       "applemailsignature",
                                                       "qt",
                                                       "zm_quoted",
                                                       "outlooksignature"};
// From here on everything is the old mail.
constexpr std::array<std::string_view, 6> k_cut_ids{"divrplyfwdmsg", "appendonsend", "stopspelling",
                                                    "replysplit",    "lineofquote",  "mailboxmessage"};

// Outlook and webmail put "x_" before what a quoted mail had.
std::string_view without_x(std::string_view name) {
  while (starts_with_ignoring_case(name, "x_") || starts_with_ignoring_case(name, "m_"))
    name.remove_prefix(2);
  return name;
}

template <std::size_t N> bool among(std::string_view name, const std::array<std::string_view, N>& names) {
  const std::string_view bare = without_x(name);
  return std::ranges::any_of(names, [bare](std::string_view n) { return equal_ignoring_case(n, bare); });
}

template <class Predicate> bool any_class(const GumboNode* n, Predicate&& predicate) {
  std::string_view classes = attribute(n, "class");
  while (!classes.empty()) {
    const std::size_t end = classes.find_first_of(" \t\n\r");
    if (const std::string_view name = classes.substr(0, end); !name.empty() && predicate(name)) return true;
    if (end == classes.npos) break;
    classes.remove_prefix(end + 1);
  }
  return false;
}

bool has_class(const GumboNode* n, std::string_view wanted) {
  return any_class(n,
                   [wanted](std::string_view name) { return equal_ignoring_case(without_x(name), wanted); });
}

// The first text below a node, at most limit nodes on.
std::string first_text(const GumboNode* n, int limit) {
  std::string out;
  for (const GumboNode* at = n; at && limit > 0 && out.size() < 80;
       at = html::next_node(at, n, false), --limit)
    if (at->type == GUMBO_NODE_TEXT) out += at->v.text.text;
  return std::string(trim(out));
}

// Outlook draws a line above "From: … Sent: …": <div style="border:none;border-top:solid
// #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">.
bool is_outlook_separator(const GumboNode* n) {
  if (html::tag_of(n) != GUMBO_TAG_DIV) return false;
  const std::string style = html::compact_style(n);
  if (style.find("border-top:") == style.npos || style.find("solid") == style.npos) return false;
  return quotes::header_field(first_text(n, 30)) != quotes::Field::none;
}

bool is_quote_container(const GumboNode* n, GumboTag tag) {
  if (tag == GUMBO_TAG_BLOCKQUOTE) {
    if (equal_ignoring_case(attribute(n, "type"), "cite")) return true;
    if (starts_with_ignoring_case(attribute(n, "cite"), "mid:")) return true;
    return any_class(n, [](std::string_view name) {
      const std::string_view bare = without_x(name);
      return equal_ignoring_case(bare, "gmail_quote") || equal_ignoring_case(bare, "iosymail") ||
             contains_ignoring_case(bare, "quote");
    });
  }
  if (any_class(n, [](std::string_view name) { return among(name, k_quote_classes); })) return true;
  if (const std::string_view id = attribute(n, "id"); !id.empty() && among(id, k_quote_ids)) return true;
  return equal_ignoring_case(attribute(n, "data-marker"), "__QUOTED_TEXT__") ||
         equal_ignoring_case(attribute(n, "name"), "quote");
}

bool contains_quote_block(const GumboNode* n) {
  for (const GumboNode* at = html::next_node(n, n, false); at; at = html::next_node(at, n, false))
    if (html::tag_of(at) == GUMBO_TAG_BLOCKQUOTE && is_quote_container(at, GUMBO_TAG_BLOCKQUOTE)) return true;
  return false;
}

Omitted find_quotes(const GumboNode* root) {
  Omitted omitted;
  bool in_gmail_quote = false;
  const GumboNode* n = root;
  while (n) {
    bool skip = false;
    if (html::is_element(n) && n->v.element.attributes.length > 0) {
      const GumboTag tag = html::tag_of(n);
      const std::string_view id = attribute(n, "id");
      if ((!id.empty() && among(id, k_cut_ids)) ||
          equal_ignoring_case(attribute(n, "data-marker"), "__DIVIDER__") || is_outlook_separator(n)) {
        omitted.stop_at = n;
        return omitted;
      }
      if (is_quote_container(n, tag)) {
        skip = true;
      } else if (tag != GUMBO_TAG_BLOCKQUOTE && !in_gmail_quote &&
                 (has_class(n, "gmail_quote") || has_class(n, "gmail_quote_container"))) {
        // Answers between the quoted parts stand in this container too; without a blockquote it is a forward.
        if (contains_quote_block(n))
          in_gmail_quote = true;
        else
          skip = true;
      }
    }
    if (skip) omitted.subtrees.insert(n);
    n = html::next_node(n, root, skip);
  }
  return omitted;
}

} // namespace

HtmlTexts html_texts(std::string_view html) {
  HtmlTexts out;
  const html::Tree tree(html);
  if (!tree.root()) {
    out.text = html::linear_text(tree.source());
    out.reply = strip_quotes(out.text).reply;
    return out;
  }
  out.text = html::tree_to_text(tree.root(), {});
  const Omitted omitted = find_quotes(tree.root());
  if (omitted.stop_at || !omitted.subtrees.empty())
    out.reply = strip_quotes(html::tree_to_text(tree.root(), omitted)).reply;
  if (out.reply.empty()) out.reply = strip_quotes(out.text).reply;
  if (out.reply.empty()) out.reply = out.text;
  return out;
}

std::string html_reply_only(std::string_view html) { return html_texts(html).reply; }

} // namespace helpdesk
