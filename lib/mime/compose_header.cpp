#include "mime/compose_header.hpp"

#include "base/text.hpp"
#include "mime/charset.hpp"
#include "mime/idna.hpp"

#include <algorithm>

namespace helpdesk::mime {

namespace {

constexpr std::size_t k_line = 76;
constexpr std::string_view k_atom_specials = "!#$%&'*+-/=?^_`{|}~";

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_atom_character(char c) {
  return is_alphanumeric(c) || k_atom_specials.find(c) != std::string_view::npos;
}

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 32 && c < 127; }) &&
         text.find("=?") == std::string_view::npos;
}

// Splits UTF-8 into encoded words of at most 75 characters each, never inside a character.
std::vector<std::string> encoded_words(std::string_view text) {
  std::vector<std::string> words;
  constexpr std::size_t k_bytes = 42; // 56 characters of base64 and 12 around them
  std::size_t start = 0, pos = 0;
  while (pos < text.size()) {
    std::size_t next = pos;
    next_code_point(text, next);
    if (next - start > k_bytes) {
      words.push_back("=?utf-8?B?" + base64_encode(text.substr(start, pos - start)) + "?=");
      start = pos;
    }
    pos = next;
  }
  if (start < text.size()) words.push_back("=?utf-8?B?" + base64_encode(text.substr(start)) + "?=");
  return words;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::size_t pos = 0;
  while (pos < text.size()) {
    // Spaces belong to the word before them, so that runs of them survive.
    std::size_t end = text.find(' ', pos + 1);
    while (end != std::string_view::npos && end + 1 < text.size() && text[end + 1] == ' ') ++end;
    if (end == std::string_view::npos) end = text.size();
    words.emplace_back(text.substr(pos, end - pos));
    pos = end;
  }
  return words;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

} // namespace

Result<void> refuse_line_ends(std::string_view field, std::string_view value) {
  if (value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos) return {};
  return usage_error(std::string(field) +
                     ": must not hold line ends or NUL bytes: a header line could be slipped in");
}

std::string token_header(std::string_view name, const std::vector<std::string>& tokens,
                         std::string_view separator) {
  std::string out = std::string(name) + ":";
  std::size_t column = out.size();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    std::string token = tokens[i];
    if (i + 1 < tokens.size()) token += separator;
    if (column + 1 + token.size() > k_line + 2 && column > name.size() + 1) {
      out += "\r\n";
      column = 0;
    }
    out += ' ';
    out += token;
    column += 1 + token.size();
  }
  return out + "\r\n";
}

std::string text_header(std::string_view name, std::string_view value) {
  const std::string clean = clean_utf8(value);
  bool plain = is_plain(clean);
  if (plain)
    for (const std::string& word : words_of(clean))
      if (word.size() > 900) plain = false; // cannot be folded
  if (!plain) return token_header(name, encoded_words(clean), "");
  std::string out = std::string(name) + ": ";
  std::size_t column = out.size();
  for (const std::string& word : words_of(clean)) {
    // A word starts with the space before it; a fold goes in front of that space.
    if (column + word.size() > k_line + 2 && word.starts_with(' ') && trim(word).size() > 0) {
      out += "\r\n";
      column = 0;
    }
    out += word;
    column += word.size();
  }
  return out + "\r\n";
}

Result<std::string> mailbox(std::string_view field, const model::Contact& contact, bool& smtputf8) {
  TRY(refuse_line_ends(field, contact.address));
  TRY(refuse_line_ends(field, contact.name));
  const auto bad = [&](std::string_view why) {
    return usage_error(std::string(field) + ": \"" + contact.address + "\" " + std::string(why));
  };
  const std::size_t at = contact.address.rfind('@');
  if (at == std::string::npos || at == 0 || at + 1 == contact.address.size())
    return bad("is no mail address");
  if (!is_valid_utf8(contact.address)) return bad("is not valid UTF-8");
  const std::string_view local = std::string_view(contact.address).substr(0, at);
  const std::string_view domain = std::string_view(contact.address).substr(at + 1);
  for (const char c : contact.address)
    if (static_cast<unsigned char>(c) < 32 || c == 127) return bad("holds a control character");
  const bool literal = domain.starts_with('[') && domain.ends_with(']');
  const std::optional<std::string> ascii =
      literal ? std::optional(std::string(domain)) : domain_to_ascii(domain);
  if (!ascii) return bad("has a domain that cannot be written");
  for (const char c : *ascii)
    if (!is_alphanumeric(c) && std::string_view(literal ? ".-_:[]" : ".-_").find(c) == std::string_view::npos)
      return bad("has a domain that cannot be written");
  if (!literal &&
      (ascii->starts_with('.') || ascii->ends_with('.') || ascii->find("..") != std::string::npos))
    return bad("has a domain that cannot be written");
  if (local.size() > 200) return bad("is too long");

  std::string address;
  const bool already_quoted = local.size() >= 2 && local.starts_with('"') && local.ends_with('"');
  if (!is_ascii(local)) smtputf8 = true;
  // Two addresses in one field, or a slip: whoever means such a local part quotes it.
  if (!already_quoted && local.find_first_of("@,;<>()") != std::string_view::npos)
    return bad("is no single mail address");
  bool dot_atom =
      !local.starts_with('.') && !local.ends_with('.') && local.find("..") == std::string_view::npos;
  for (const char c : local)
    if (!is_atom_character(c) && c != '.' && static_cast<unsigned char>(c) < 0x80) dot_atom = false;
  if (dot_atom) {
    address = local;
  } else {
    std::string inside(already_quoted ? local.substr(1, local.size() - 2) : local);
    if (already_quoted) {
      std::string unescaped;
      for (std::size_t i = 0; i < inside.size(); ++i) {
        if (inside[i] == '\\' && i + 1 < inside.size()) ++i;
        unescaped += inside[i];
      }
      inside = unescaped;
    }
    address = quoted(inside);
  }
  address += "@" + *ascii;

  const std::string name(trim(clean_utf8(contact.name)));
  if (name.empty()) return address;
  const bool atoms =
      std::all_of(name.begin(), name.end(), [](char c) { return is_atom_character(c) || c == ' '; });
  std::string phrase;
  if (is_plain(name) && name.size() < 200)
    phrase = atoms ? name : quoted(name);
  else
    phrase = join(encoded_words(name), "\r\n ");
  return phrase + " <" + address + ">";
}

std::string parameter(std::string_view name, std::string_view value) {
  const std::string clean = clean_utf8(value);
  const bool plain = is_plain(clean) && clean.size() + name.size() < 60;
  if (plain) return ";\r\n " + std::string(name) + "=" + quoted(clean);
  // RFC 2231: percent-encoded pieces; a piece never ends inside an encoded byte.
  std::vector<std::string> pieces{""};
  for (const char c : clean) {
    std::string one;
    if (is_alphanumeric(c) || std::string_view("-._~").find(c) != std::string_view::npos)
      one = c;
    else {
      static constexpr char k_digits[] = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(c);
      one = {'%', k_digits[byte >> 4], k_digits[byte & 15]};
    }
    if (pieces.back().size() + one.size() > 50) pieces.emplace_back();
    pieces.back() += one;
  }
  if (pieces.size() == 1) return ";\r\n " + std::string(name) + "*=utf-8''" + pieces.front();
  std::string out;
  for (std::size_t i = 0; i < pieces.size(); ++i)
    out +=
        ";\r\n " + std::string(name) + "*" + std::to_string(i) + "*=" + (i == 0 ? "utf-8''" : "") + pieces[i];
  return out;
}

} // namespace helpdesk::mime
