#include "mime/bounce.hpp"

#include "base/text.hpp"
#include "mime/bounce_words.hpp"
#include "mime/charset.hpp"
#include "mime/header_block.hpp"
#include "mime/transfer.hpp"

#include <algorithm>

namespace helpdesk::mime {

namespace {

struct Found {
  const Node* status = nullptr;   // message/delivery-status
  const Node* returned = nullptr; // the mail that came back, or its headers
};

void look(const Node& node, Found& found) {
  const std::string_view type = node.type.value;
  if (type == "message/delivery-status" || type == "message/global-delivery-status") {
    if (!found.status) found.status = &node;
  } else if (type == "message/rfc822" || type == "text/rfc822-headers" || type == "message/rfc822-headers" ||
             type == "message/global" || type == "message/global-headers") {
    if (!found.returned) found.returned = &node;
  }
  for (const Node& child : node.children) look(child, found);
}

std::string content_of(const Node& node) {
  bool damaged = false;
  return decode_transfer(node.content, node.encoding, damaged);
}

// "rfc822; user@example.org", "rfc822;<user@example.org>"
std::string recipient_of(std::string_view field) {
  if (const std::size_t semicolon = field.find(';'); semicolon != std::string_view::npos)
    field.remove_prefix(semicolon + 1);
  const std::vector<model::Contact> contacts = parse_addresses(field);
  return contacts.empty() ? std::string() : contacts.front().address;
}

bool is_digit_at(std::string_view s, std::size_t i) { return i < s.size() && s[i] >= '0' && s[i] <= '9'; }

// The first "5.1.1" or "4.2.2" standing alone.
std::string status_in(std::string_view text) {
  for (std::size_t i = 0; i + 4 < text.size(); ++i) {
    if (text[i] != '2' && text[i] != '4' && text[i] != '5') continue;
    if (i > 0 && (is_digit_at(text, i - 1) || text[i - 1] == '.' || text[i - 1] == '-')) continue;
    std::size_t j = i + 1;
    if (text[j] != '.') continue;
    std::size_t k = ++j;
    while (is_digit_at(text, k) && k - j < 3) ++k;
    if (k == j || k >= text.size() || text[k] != '.') continue;
    std::size_t end = k + 1;
    while (is_digit_at(text, end) && end - k <= 3) ++end;
    if (end == k + 1 || is_digit_at(text, end) ||
        (end < text.size() && text[end] == '.' && is_digit_at(text, end + 1)))
      continue;
    return std::string(text.substr(i, end - i));
  }
  return {};
}

// The first SMTP answer code that says no: "550 …", "554-…"; 0 when there is none.
int code_in(std::string_view text) {
  for (std::size_t i = 0; i + 3 < text.size(); ++i) {
    if ((text[i] != '4' && text[i] != '5') || !is_digit_at(text, i + 1) || !is_digit_at(text, i + 2))
      continue;
    if (i > 0 && (is_digit_at(text, i - 1) || text[i - 1] == '.' ||
                  (text[i - 1] != ' ' && text[i - 1] != '\n' && text[i - 1] != ':' && text[i - 1] != '<' &&
                   text[i - 1] != '"' && text[i - 1] != '(')))
      continue;
    if (text[i + 3] != ' ' && text[i + 3] != '-' && text[i + 3] != '#') continue;
    if (text[i + 1] > '5') continue;
    return (text[i] - '0') * 100 + (text[i + 1] - '0') * 10 + (text[i + 2] - '0');
  }
  return 0;
}

std::string one_line(std::string_view text) { return ellipsize(collapse_spaces(text), 500); }

void read_status(const std::string& content, Bounce& bounce) {
  // Field groups apart by empty lines: the first is about the report, each other about one recipient.
  std::string_view rest = content;
  bool chosen_failed = false, any = false;
  for (int group = 0; group < 200 && !trim(rest).empty(); ++group) {
    while (rest.starts_with('\n') || rest.starts_with('\r')) rest.remove_prefix(1);
    const HeaderBlock block = split_headers(rest, {});
    if (block.body == 0) break;
    const auto value = [&](std::string_view name) {
      const RawHeader* field = block.find(name);
      return field ? std::string(trim(decode_header(field->value))) : std::string();
    };
    std::string recipient = recipient_of(value("final-recipient"));
    if (recipient.empty()) recipient = recipient_of(value("original-recipient"));
    if (recipient.empty()) recipient = recipient_of(value("x-actual-recipient"));
    const std::string action = ascii_lower(value("action"));
    if (!recipient.empty() || !action.empty()) {
      const bool is_failure = action.starts_with("fail");
      if (!any || (is_failure && !chosen_failed)) {
        any = true;
        chosen_failed = is_failure;
        bounce.recipient = recipient;
        bounce.status = status_in(value("status") + " ");
        std::string reason = value("diagnostic-code");
        if (const std::size_t semicolon = reason.find(';'); semicolon != std::string::npos && semicolon < 20)
          reason.erase(0, semicolon + 1);
        bounce.reason = one_line(reason);
        bounce.delayed =
            !action.empty() && !is_failure; // delayed, or delivered, relayed and expanded: nothing failed
      }
    }
    rest.remove_prefix(block.body);
  }
}

std::string id_in_headers(std::string_view bytes) {
  const HeaderBlock block = split_headers(bytes, {});
  const RawHeader* field = block.find("message-id");
  if (!field) return {};
  std::vector<std::string> ids = message_ids(field->value);
  return ids.empty() ? std::string() : std::move(ids.front());
}

// The Message-ID line of a mail that was copied into the text.
std::string id_in_text(std::string_view text) {
  for (const std::string_view line : split_lines(text.substr(0, 1 << 20)))
    if (starts_with_ignoring_case(trim_left(line), "message-id:"))
      if (std::vector<std::string> ids = message_ids(trim_left(line).substr(11)); !ids.empty())
        return std::move(ids.front());
  return {};
}

// The first address in the words of a bounce that is neither sender nor recipient of the bounce itself.
std::string recipient_in_text(std::string_view text, const Mail& mail) {
  std::size_t pos = 0;
  const auto is_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_' || c == '+' || c == '=';
  };
  for (int tries = 0; tries < 200; ++tries) {
    const std::size_t at = text.find('@', pos);
    if (at == std::string_view::npos) return {};
    pos = at + 1;
    std::size_t begin = at, end = at + 1;
    while (begin > 0 && at - begin < 64 && is_part(text[begin - 1])) --begin;
    while (end < text.size() && end - at < 255 && is_part(text[end]) && text[end] != '=' && text[end] != '+')
      ++end;
    while (end > at + 1 && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
    if (begin == at || end <= at + 2) continue;
    std::string address =
        std::string(text.substr(begin, at - begin)) + ascii_lower(text.substr(at, end - at));
    const auto same = [&](const model::Contact& c) { return equal_ignoring_case(c.address, address); };
    if (is_daemon_address(address) || std::any_of(mail.from.begin(), mail.from.end(), same) ||
        std::any_of(mail.to.begin(), mail.to.end(), same))
      continue;
    return address;
  }
  return {};
}

// The line that gives the reason: with an SMTP answer, else with one of the usual words.
std::string reason_in_text(std::string_view text) {
  const std::vector<std::string_view> lines = split_lines(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string padded = "\n" + std::string(trim(lines[i])) + " ";
    if (code_in(padded) == 0) continue;
    std::string reason(trim(lines[i]));
    if (i + 1 < lines.size() && !trim(lines[i + 1]).empty() && lines[i + 1][0] == ' ')
      reason += " " + std::string(trim(lines[i + 1]));
    return one_line(reason);
  }
  for (const std::string_view line : lines)
    if (trim(line).size() > 8 && text_tells_of_failure(line)) return one_line(line);
  return {};
}

bool is_null_path(const Mail& mail) {
  const std::string_view path = trim(mail.header("return-path"));
  return path == "<>" || starts_with_ignoring_case(path, "<mailer-daemon");
}

// What HTML-only bounces say, roughly: enough to look for words.
std::string words_of(const Mail& mail) {
  if (!trim(mail.text).empty() || mail.html.empty()) return mail.text;
  std::string out;
  bool in_tag = false;
  for (const char c : std::string_view(mail.html).substr(0, 65536)) {
    if (c == '<')
      in_tag = true;
    else if (c == '>') {
      in_tag = false;
      out += ' ';
    } else if (!in_tag)
      out += c;
  }
  return out;
}

} // namespace

std::optional<Bounce> find_bounce(const Mail& mail, const Tree& tree) {
  if (mail.is_disposition_notification || mail.is_feedback_report) return std::nullopt;
  Found found;
  look(tree.root, found);
  const bool daemon = mail.from.empty() || is_daemon_address(mail.from.front().address) ||
                      is_daemon_name(mail.from.front().name);
  const bool null_path = is_null_path(mail);
  const bool subject_fails = subject_tells_of_failure(mail.subject),
             subject_delays = subject_tells_of_delay(mail.subject);
  // Nearly every mail ends here, before its text is searched.
  if (!found.status && !daemon && !null_path && !subject_fails) return std::nullopt;

  Bounce bounce;
  const std::string words = words_of(mail);
  const std::size_t returned_at = start_of_returned_mail(words);
  const std::string_view own_words =
      std::string_view(words).substr(0, std::min<std::size_t>(returned_at, 16384));
  if (found.status) {
    read_status(content_of(*found.status), bounce);
  } else {
    const bool text_fails = text_tells_of_failure(own_words);
    const bool named =
        !mail.header("x-failed-recipients").empty() || !mail.header("x-bounced-address").empty();
    // One word alone is nothing: a customer writes "undeliverable", a postmaster answers in person.
    const bool is_bounce = (named && (daemon || null_path)) ||
                           ((daemon || null_path) && (subject_fails || subject_delays)) ||
                           (daemon && null_path && text_fails) ||
                           (subject_fails && text_fails && returned_at != std::string::npos);
    if (!is_bounce) return std::nullopt;
    bounce.delayed = (subject_delays || text_tells_of_delay(own_words)) &&
                     !text_tells_of_failure(mail.subject) && (subject_delays || !subject_fails);
  }
  if (bounce.recipient.empty())
    for (const std::string_view name : {"x-failed-recipients", "x-bounced-address"})
      if (const std::vector<model::Contact> contacts = parse_addresses(mail.header(name));
          bounce.recipient.empty() && !contacts.empty())
        bounce.recipient = contacts.front().address;
  if (bounce.recipient.empty()) bounce.recipient = recipient_in_text(own_words, mail);
  if (bounce.reason.empty()) bounce.reason = reason_in_text(own_words);
  if (bounce.reason.empty()) bounce.reason = one_line(mail.subject);
  // "5.0.0" says nothing that the diagnostic does not say better.
  if (bounce.status.empty() || bounce.status.ends_with(".0.0"))
    if (std::string better = status_in(" " + bounce.reason + " "); !better.empty())
      bounce.status = std::move(better);
  if (bounce.status.empty()) bounce.status = status_in(" " + std::string(own_words) + " ");
  if (!bounce.delayed) {
    const int code =
        bounce.status.empty() ? code_in(" " + bounce.reason + " ") / 100 : bounce.status.front() - '0';
    bounce.permanent = code != 4;
  }
  if (found.returned) bounce.original_message_id = id_in_headers(content_of(*found.returned));
  if (bounce.original_message_id.empty() && returned_at != std::string::npos)
    bounce.original_message_id = id_in_text(std::string_view(words).substr(returned_at));
  if (bounce.original_message_id.empty()) bounce.original_message_id = mail.in_reply_to;
  if (bounce.original_message_id.empty() && !mail.references.empty())
    bounce.original_message_id = mail.references.back();
  return bounce;
}

} // namespace helpdesk::mime
