#include "cases.hpp"

#include "base/file.hpp"
#include "base/text.hpp"

#include <gtest/gtest.h>

namespace helpdesk::lint {
namespace {

std::string unescaped(std::string_view text) { return replace_all(text, "\\n", "\n"); }

Detail detail_of(std::string_view word) {
  return word == "address" ? Detail::address
         : word == "phone" ? Detail::phone
         : word == "order" ? Detail::order
         : word == "name"  ? Detail::name
                           : Detail::ticket;
}

void set(Context& context, std::string_view key, const std::string& value) {
  context.has_ticket = true;
  auto say = [&](bool customer, bool internal) {
    Message message;
    message.text = value;
    message.from_customer = customer;
    message.internal = internal;
    message.author = customer ? "customer" : "agent";
    context.messages.push_back(message);
  };
  if (key == "customer") say(true, false);
  if (key == "we") say(false, false);
  if (key == "note") say(false, true);
  if (key == "requester") context.requester_name = value;
  if (key == "address") context.requester_addresses.push_back(value);
  if (key == "other") context.others.push_back(value);
  if (key == "own") context.own.push_back(value);
  if (key == "subject") context.subject = value;
  if (key == "language") context.language = value;
  if (key == "macro") context.macros.push_back(value);
  if (key == "required") context.required.push_back(value);
  if (key == "agent") context.agent = value;
  if (key == "attachment") context.has_attachment = true;
  if (key == "elsewhere") { // "address peter@example.org: #17, Peter Hansen"
    std::size_t space = value.find(' '), colon = value.find(": ");
    Detail detail = detail_of(value.substr(0, space));
    std::string what = value.substr(space + 1, colon - space - 1), owner = value.substr(colon + 2);
    auto before = context.known_elsewhere;
    context.known_elsewhere = [=](Detail asked, std::string_view text) {
      if (asked == detail && text == what) return owner;
      return before ? before(asked, text) : std::string();
    };
  }
}

} // namespace

std::string source_file(std::string_view path) {
  auto read = read_file(join_path(HELPDESK_SOURCE_DIR, path));
  return read ? *read : std::string();
}

std::vector<Case> cases_of(std::string_view rule) {
  std::vector<Case> cases;
  std::string file = source_file("lib/lint/rules/" + ascii_lower(rule) + ".cases"), language = "any";
  Context context;
  context.now = *parse_rfc3339("2026-01-15T09:00:00Z");
  const Context empty = context;
  int line = 0;
  for (std::string_view row : split_lines(file)) {
    ++line;
    if (row.size() < 3 || row[0] == '#') continue;
    std::string rest = unescaped(row.substr(2));
    if (row[0] == '@') {
      language = rest;
      context = empty;
    } else if (row[0] == '?' && rest == "clear") {
      context = empty;
    } else if (row[0] == '?') {
      std::size_t colon = rest.find(": ");
      set(context, rest.substr(0, colon), rest.substr(colon + 2));
    } else if (row[0] == '+' || row[0] == '-') {
      cases.push_back({std::string(rule), language, rest, row[0] == '+', context, line});
    } else {
      ADD_FAILURE() << rule << ".cases:" << line << ": " << row;
    }
  }
  return cases;
}

} // namespace helpdesk::lint
