#include "mime/compose.hpp"

#include "base/text.hpp"
#include "mime/charset.hpp"
#include "mime/compose_header.hpp"
#include "mime/compose_text.hpp"
#include "mime/idna.hpp"

#include <algorithm>
#include <array>

namespace helpdesk::mime {

namespace {

// Headers that this file writes itself, and those that must never be written.
constexpr std::array<std::string_view, 14> k_own{
    "date",    "from",       "sender",      "reply-to",   "to",           "cc",       "bcc",
    "subject", "message-id", "in-reply-to", "references", "mime-version", "received", "return-path"};

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return c > 32 && c < 127 && std::string_view("()<>@,;:\\\"/[]?=").find(c) == std::string_view::npos;
  });
}

bool is_type(std::string_view type) {
  const std::size_t slash = type.find('/');
  return slash != std::string_view::npos && is_token(type.substr(0, slash)) &&
         is_token(type.substr(slash + 1));
}

// What a Message-ID may hold between its brackets. Ids of foreign mails that hold more are left out of
// References.
bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= 900 &&
         std::all_of(id.begin(), id.end(), [](char c) { return c > 32 && c < 127 && c != '<' && c != '>'; });
}

Result<std::string> address_header(std::string_view name, const std::vector<model::Contact>& contacts,
                                   bool& smtputf8) {
  if (contacts.empty()) return std::string();
  std::vector<std::string> mailboxes;
  for (const model::Contact& contact : contacts)
    mailboxes.push_back(TRY(mailbox(ascii_lower(name), contact, smtputf8)));
  return token_header(name, mailboxes, ",");
}

Result<void> check_values(const Outgoing& mail) {
  TRY(refuse_line_ends("subject", mail.subject));
  TRY(refuse_line_ends("message id", mail.message_id));
  TRY(refuse_line_ends("in-reply-to", mail.in_reply_to));
  for (const std::string& id : mail.references) TRY(refuse_line_ends("references", id));
  if (!is_id(mail.message_id))
    return usage_error("message id: \"" + mail.message_id + "\" cannot be written");
  for (const auto& [name, value] : mail.extra_headers) {
    TRY(refuse_line_ends("header name", name));
    TRY(refuse_line_ends("header " + name, value));
    const std::string lowered = ascii_lower(name);
    if (!is_token(name)) return usage_error("header name: \"" + name + "\" cannot be written");
    if (lowered.starts_with("content-") || std::find(k_own.begin(), k_own.end(), lowered) != k_own.end())
      return usage_error("header " + name + ": is written from its own field");
  }
  for (const OutgoingPart& part : mail.attachments) {
    TRY(refuse_line_ends("attachment name", part.name));
    TRY(refuse_line_ends("attachment type", part.type));
    if (!part.type.empty() && !is_type(part.type))
      return usage_error("attachment type: \"" + part.type + "\" is no media type");
  }
  if (mail.text.find('\0') != std::string::npos) return usage_error("text: must not hold NUL bytes");
  if (mail.html.find('\0') != std::string::npos) return usage_error("html: must not hold NUL bytes");
  return {};
}

std::string text_part(std::string_view text) {
  const std::string flowed = wrap_flowed(clean_utf8(text));
  std::string out = "Content-Type: text/plain; charset=";
  if (is_wire_safe(flowed))
    return out + "us-ascii; format=flowed\r\nContent-Transfer-Encoding: 7bit\r\n\r\n" +
           with_crlf_ends(flowed);
  return out + "utf-8; format=flowed\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
         quoted_printable(flowed);
}

std::string html_part(std::string_view html) {
  return "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
         quoted_printable(clean_utf8(html));
}

std::string file_part(const OutgoingPart& part) {
  std::string type = part.type.empty() ? std::string(type_of_name(part.name)) : part.type;
  bool as_it_is = false;
  if (starts_with_ignoring_case(type, "message/")) {
    // RFC 2046 section 5.2.1 allows no encoding of a mail inside a mail.
    as_it_is = is_wire_safe(part.content);
    if (!as_it_is) type = "application/octet-stream";
  }
  std::string out = "Content-Type: " + type;
  if (!part.name.empty()) out += parameter("name", part.name);
  out += "\r\nContent-Disposition: attachment";
  if (!part.name.empty()) out += parameter("filename", part.name);
  if (as_it_is) return out + "\r\n\r\n" + with_crlf_ends(part.content);
  return out + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64_lines(part.content);
}

std::string multipart(std::string_view kind, const std::vector<std::string>& parts) {
  // "=_" cannot stand in quoted-printable or base64.
  const std::string boundary = "=_" + random_hex(16);
  std::string out =
      "Content-Type: multipart/" + std::string(kind) + ";\r\n boundary=\"" + boundary + "\"\r\n\r\n";
  for (const std::string& part : parts) {
    // The line end in front of a delimiter belongs to the delimiter (RFC 2046 section 5.1.1).
    out += "--" + boundary + "\r\n" + part + "\r\n";
  }
  return out + "--" + boundary + "--\r\n";
}

} // namespace

Result<Composed> compose(const Outgoing& mail) {
  TRY(check_values(mail));
  Composed composed;
  std::string& out = composed.bytes;
  bool& smtputf8 = composed.needs_smtputf8;
  out += "Date: " + format_rfc5322(mail.date, mail.zone) + "\r\n";
  out += TRY(address_header("From", {mail.from}, smtputf8));
  out += TRY(address_header("Reply-To", mail.reply_to, smtputf8));
  out += TRY(address_header("To", mail.to, smtputf8));
  out += TRY(address_header("Cc", mail.cc, smtputf8));
  out += text_header("Subject", mail.subject);
  out += "Message-ID: <" + mail.message_id + ">\r\n";
  if (is_id(mail.in_reply_to)) out += "In-Reply-To: <" + mail.in_reply_to + ">\r\n";
  std::vector<std::string> references;
  for (const std::string& id : mail.references)
    if (is_id(id)) references.push_back("<" + id + ">");
  // The root and the newest are what threads; very long chains are cut between them.
  if (references.size() > 50) references.erase(references.begin() + 1, references.end() - 49);
  if (!references.empty()) out += token_header("References", references, "");
  for (const auto& [name, value] : mail.extra_headers) out += text_header(name, value);
  out += "MIME-Version: 1.0\r\n";

  std::string body = text_part(mail.text);
  if (!mail.html.empty()) body = multipart("alternative", {body, html_part(mail.html)});
  if (!mail.attachments.empty()) {
    std::vector<std::string> parts{std::move(body)};
    for (const OutgoingPart& part : mail.attachments) parts.push_back(file_part(part));
    body = multipart("mixed", parts);
  }
  out += body;
  return composed;
}

std::string make_message_id(std::string_view from_address, Instant now) {
  std::string time;
  for (std::uint64_t n = static_cast<std::uint64_t>(std::max<std::int64_t>(micros(now) / 1000, 0)); n > 0;
       n /= 36)
    time.insert(time.begin(), "0123456789abcdefghijklmnopqrstuvwxyz"[n % 36]);
  const std::size_t at = from_address.rfind('@');
  std::optional<std::string> domain;
  if (at != std::string_view::npos) domain = domain_to_ascii(from_address.substr(at + 1));
  const bool good = domain && is_id(*domain) && domain->find_first_of("@[]") == std::string::npos;
  return time + "." + random_hex(8) + "@" + (good ? *domain : std::string("localhost"));
}

} // namespace helpdesk::mime
