#include "base/text.hpp"
#include "mime/mail.hpp"
#include "sync/classify.hpp"

#include <algorithm>

namespace helpdesk::sync {
namespace {

bool seen(const std::vector<std::string>& roles, std::string_view role) {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

// The first address of a header that is not ours.
std::optional<model::Contact> foreign(const std::vector<model::Contact>& contacts, const Policy& policy) {
  for (const model::Contact& contact : contacts)
    if (!contact.address.empty() && contact.address.find('@') != std::string::npos &&
        !is_ours(policy, contact.address))
      return contact;
  return std::nullopt;
}

// "E-mail: *" finds what stands behind "E-mail:" at a line's start.
std::string captured(std::string_view text, std::string_view pattern) {
  std::size_t star = pattern.find('*');
  std::string_view label = trim(pattern.substr(0, star));
  std::string_view tail =
      star == std::string_view::npos ? std::string_view() : trim(pattern.substr(star + 1));
  if (label.empty()) return {};
  for (std::string_view line : split_lines(text)) {
    line = trim(line);
    if (!starts_with_ignoring_case(line, label)) continue;
    std::string_view value = trim(line.substr(label.size()));
    if (!tail.empty()) {
      std::size_t end = value.find(tail);
      if (end == std::string_view::npos) continue;
      value = trim(value.substr(0, end));
    }
    if (!value.empty()) return std::string(value);
  }
  return {};
}

// What the owner's patterns take out of a contact form's body.
std::optional<model::Contact> author_from_form(const model::Message& message, const Policy& policy) {
  for (const FormPatterns& form : policy.forms) {
    bool applies =
        form.from.empty() || std::any_of(form.from.begin(), form.from.end(), [&](const std::string& from) {
          return equal_ignoring_case(from, message.author.address);
        });
    if (!applies || form.address.empty()) continue;
    auto parsed = mime::parse_addresses(captured(message.text, form.address));
    bool usable = !parsed.empty() && parsed.front().address.find('@') != std::string::npos &&
                  !is_ours(policy, parsed.front().address);
    if (!usable) continue;
    model::Contact author = parsed.front();
    if (std::string name = captured(message.text, form.name); !name.empty()) author.name = name;
    return author;
  }
  return std::nullopt;
}

} // namespace

RoleVerdict judge_role(const backend::MailFacts& facts, const model::Message& message, const Policy& policy,
                       const std::vector<std::string>& seen_in) {
  RoleVerdict verdict;
  verdict.author = message.author;
  if (auto author = author_from_form(message, policy)) {
    verdict.author = *author;
    verdict.via = "form";
    return verdict;
  }
  bool from_us = is_ours(policy, message.author.address);
  if (!from_us && !seen(seen_in, "sent")) return verdict; // a customer, the common case
  if (from_us && !seen(seen_in, "sent")) {
    // Through a form the mail is from our own address and answers go to the customer; a group (Google Groups)
    // rewrites From and keeps the original beside it.
    for (std::string_view name : {"x-original-from", "x-original-sender"}) {
      auto original = foreign(mime::parse_addresses(facts.header(name)), policy);
      if (!original) continue;
      verdict.author = *original;
      // From is "Ann via Support"; the name alone stands in Reply-To, when the group keeps one.
      for (const model::Contact& contact : message.reply_to)
        if (verdict.author.name.empty() && equal_ignoring_case(contact.address, original->address))
          verdict.author.name = contact.name;
      if (verdict.author.name.empty()) verdict.author.name = message.author.name;
      verdict.via = "group";
      return verdict;
    }
    if (auto customer = foreign(message.reply_to, policy)) {
      verdict.author = *customer;
      verdict.via = "form";
      return verdict;
    }
  }
  // Ours: an answer, or internal when nobody outside gets it.
  verdict.role = model::Role::agent;
  verdict.direction = model::Direction::out;
  // A forward asks somebody else; it answers no customer. The header counts only on mail that we sent.
  if (seen(seen_in, "sent") && !facts.header("x-helpdesk-forward").empty()) {
    verdict.direction = model::Direction::internal;
    return verdict;
  }
  bool outsiders = foreign(message.to, policy) || foreign(message.cc, policy) || foreign(message.bcc, policy);
  bool names_anyone = !message.to.empty() || !message.cc.empty() || !message.bcc.empty();
  if (names_anyone && !outsiders) verdict.direction = model::Direction::internal;
  return verdict;
}

bool in_scope(std::string_view header_block, const Policy& policy) {
  if (policy.scope_all || (policy.us_addresses.empty() && policy.us_domains.empty())) return true;
  mime::Mail mail = mime::parse_headers(header_block);
  for (const auto& [name, value] : mail.headers) {
    std::string lower_name = ascii_lower(name);
    static constexpr std::string_view k_names[] = {
        "from",      "to",     "cc",       "delivered-to",   "x-original-to", "envelope-to",
        "resent-to", "sender", "reply-to", "x-delivered-to", "bcc",           "x-envelope-to"};
    if (std::find(std::begin(k_names), std::end(k_names), lower_name) == std::end(k_names)) continue;
    for (const model::Contact& contact : mime::parse_addresses(value))
      if (is_ours(policy, contact.address)) return true;
  }
  return false;
}

} // namespace helpdesk::sync
