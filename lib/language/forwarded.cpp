#include "language/forwarded.hpp"

#include "base/text.hpp"
#include "language/quote_lines.hpp"

#include <vector>

namespace helpdesk {
namespace {

using quotes::Field;
using quotes::Kind;
using quotes::Line;

// "> > text" without its quote marks.
std::string_view unquoted(std::string_view line) {
  while (!line.empty() && (line.front() == '>' || line.front() == ' ' || line.front() == '\t'))
    line.remove_prefix(1);
  return line;
}

bool is_address_char(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') ||
         ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
         std::string_view(".!#$%&'*+-/=?^_{|}~").find(c) != std::string_view::npos;
}

// Name and address out of "Ann Olsen <ann@example.org>", "ann@example.org [mailto:ann@example.org]",
// "\"Olsen, Ann\" (ann@…)".
void read_sender(std::string_view value, ForwardedMail& mail) {
  value = value.substr(0, quotes::k_look);
  const std::size_t at = value.find('@');
  if (at == value.npos) {
    mail.name = std::string(trim(value));
    return;
  }
  std::size_t begin = at, end = at + 1;
  while (begin > 0 && is_address_char(value[begin - 1])) --begin;
  while (end < value.size() && is_address_char(value[end]) && value[end] != '\'') ++end;
  while (end > at + 1 && (value[end - 1] == '.' || value[end - 1] == '*')) --end;
  while (begin < at && (value[begin] == '*' || value[begin] == '\'')) ++begin;
  if (begin < at && end > at + 1) mail.address = ascii_lower(value.substr(begin, end - begin));
  std::string_view name = value.substr(0, begin);
  if (const std::size_t scheme = name.rfind("mailto:"); scheme != name.npos) name = name.substr(0, scheme);
  while (!name.empty() && std::string_view(" \t<([\"'*").find(name.back()) != std::string_view::npos)
    name.remove_suffix(1);
  while (!name.empty() && std::string_view(" \t\"'*").find(name.front()) != std::string_view::npos)
    name.remove_prefix(1);
  mail.name = collapse_spaces(name);
}

} // namespace

std::optional<ForwardedMail> find_forwarded(std::string_view text) {
  std::string flat; // quote marks gone, so that a quoted block is one too
  for (const std::string_view line : split_lines(text.substr(0, 1U << 20))) {
    flat += quotes::is_quoted(line.substr(0, quotes::k_look)) && trim_left(line).starts_with('>')
                ? unquoted(line)
                : line;
    flat += '\n';
  }
  const std::vector<Line> lines = quotes::classify(flat);
  std::size_t i = 0;
  while (i < lines.size() && lines[i].kind != Kind::header) ++i;
  if (i == lines.size()) return std::nullopt;
  ForwardedMail mail;
  Field last = Field::none;
  bool has_sender = false;
  for (; i < lines.size() && (lines[i].kind == Kind::header || lines[i].kind == Kind::empty); ++i) {
    if (lines[i].kind == Kind::empty) {
      if (i + 1 < lines.size() && lines[i + 1].kind != Kind::header) break;
      continue;
    }
    const std::string_view line = lines[i].text;
    const Field field = quotes::header_field(line);
    const std::string_view value = quotes::header_value(line);
    if (field == Field::none) { // continues the line above
      if (last == Field::subject) mail.subject += " " + std::string(trim(line));
      if (last == Field::from && mail.address.empty()) {
        const std::string name = mail.name;
        read_sender(line, mail);
        if (mail.name.empty() || mail.name == trim(line)) mail.name = name;
      }
      continue;
    }
    if (field == Field::from && has_sender) break; // the next block
    if (field == Field::from) {
      read_sender(value, mail);
      has_sender = !mail.name.empty() || !mail.address.empty();
    } else if (field == Field::subject && mail.subject.empty()) {
      mail.subject = collapse_spaces(value);
    } else if (field == Field::date && mail.date.empty()) {
      mail.date = collapse_spaces(value);
    }
    last = field;
  }
  if (!has_sender) return std::nullopt;
  for (; i < lines.size(); ++i) {
    mail.body += lines[i].text;
    mail.body += '\n';
  }
  mail.body = std::string(trim(mail.body));
  return mail;
}

} // namespace helpdesk
