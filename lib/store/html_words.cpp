#include "store/html_words.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace helpdesk::store {
namespace {

constexpr bool is_letter_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::any_of(names, [&](std::string_view n) { return equal_ignoring_case(n, name); });
}

// Elements that may stand inside a word; all others end it.
bool is_inline(std::string_view name) {
  return is_one_of(name, {"a", "b", "i", "u", "s", "em", "strong", "span", "font", "small", "big", "sub",
                          "sup", "wbr", "mark", "abbr", "code", "o:p"});
}

bool is_raw_text(std::string_view name) { return is_one_of(name, {"script", "style", "title"}); }

// Past the '>' of the tag at html[at] == '<'; quoted values may hold one.
std::size_t end_of_tag(std::string_view html, std::size_t at) {
  for (std::size_t i = at + 1; i < html.size(); ++i) {
    const char c = html[i];
    if (c == '>') return i + 1;
    if (c != '"' && c != '\'') continue;
    if (html[i - 1] != '=' && html[i - 1] != ' ') continue; // not the beginning of a value
    const std::size_t close = html.find(c, i + 1);
    if (close == html.npos) return html.size();
    i = close;
  }
  return html.size();
}

std::size_t past(std::string_view html, std::string_view end, std::size_t from) {
  const std::size_t at = html.find(end, from);
  return at == html.npos ? html.size() : at + end.size();
}

std::size_t past_element(std::string_view html, std::size_t from, std::string_view name) {
  for (std::size_t i = html.find("</", from); i != html.npos; i = html.find("</", i + 2))
    if (starts_with_ignoring_case(html.substr(i + 2), name)) return past(html, ">", i);
  return html.size();
}

// A marked letter as its letter and the mark, which folding takes for the whole; what is no letter ends a
// word.
void append_named(std::string_view name, std::string& out) {
  struct Mark {
    std::string_view name, bytes;
  };
  static constexpr std::array<Mark, 8> k_marks{{{"grave", "\u0300"},
                                                {"acute", "\u0301"},
                                                {"circ", "\u0302"},
                                                {"tilde", "\u0303"},
                                                {"uml", "\u0308"},
                                                {"ring", "\u030A"},
                                                {"caron", "\u030C"},
                                                {"cedil", "\u0327"}}};
  static constexpr std::array<Mark, 10> k_letters{{{"aelig", "æ"},
                                                   {"AElig", "Æ"},
                                                   {"oelig", "œ"},
                                                   {"OElig", "Œ"},
                                                   {"oslash", "ø"},
                                                   {"Oslash", "Ø"},
                                                   {"szlig", "ß"},
                                                   {"eth", "ð"},
                                                   {"thorn", "þ"},
                                                   {"shy", "\u00AD"}}};
  for (const Mark& letter : k_letters)
    if (letter.name == name) {
      out += letter.bytes;
      return;
    }
  for (const Mark& mark : k_marks)
    if (name.size() == mark.name.size() + 1 && name.substr(1) == mark.name) {
      out += name.front();
      out += mark.bytes;
      return;
    }
  out += ' ';
}

// The reference at html[at] == '&': appends it and returns where it ends.
std::size_t append_reference(std::string_view html, std::size_t at, std::string& out) {
  const std::size_t length = html.substr(at, 12).find(';');
  if (length == html.npos || length < 3) {
    out += ' ';
    return at + 1;
  }
  const std::string_view name = html.substr(at + 1, length - 1);
  if (name.front() != '#') {
    append_named(name, out);
    return at + length + 1;
  }
  const bool is_hex = (name[1] | 0x20) == 'x';
  char32_t c = 0;
  for (const char d : name.substr(is_hex ? 2 : 1)) {
    const char32_t digit = d >= '0' && d <= '9' ? static_cast<char32_t>(d - '0')
                           : is_hex && is_letter_byte(d) && (d | 0x20) <= 'f'
                               ? static_cast<char32_t>((d | 0x20) - 'a' + 10)
                               : 0x110000;
    if (digit > 15 || c > 0x10FFFF) {
      out += ' ';
      return at + 1;
    }
    c = c * (is_hex ? 16 : 10) + digit;
  }
  append_utf8(out, c == 0 ? U' ' : c);
  return at + length + 1;
}

} // namespace

std::string text_of_html(std::string_view html) {
  std::string out;
  out.reserve(html.size());
  for (std::size_t i = 0; i < html.size();) {
    std::size_t plain = i;
    while (plain < html.size() && html[plain] != '<' && html[plain] != '&') ++plain;
    out += html.substr(i, plain - i);
    if ((i = plain) >= html.size()) break;
    if (html[i] == '&') {
      i = append_reference(html, i, out);
      continue;
    }
    const bool closing = html.substr(i + 1).starts_with('/');
    const std::size_t begin = i + 1 + closing;
    if (html.substr(i).starts_with("<!--")) {
      i = past(html, "-->", i + 2); // "<!-->" is a whole comment
    } else if (begin < html.size() && (html[begin] == '!' || html[begin] == '?')) {
      i = past(html, ">", i);
    } else if (begin < html.size() && is_letter_byte(html[begin])) {
      std::size_t end = begin;
      while (end < html.size() && end < begin + 32 && html[end] != '>' && html[end] != '/' &&
             static_cast<unsigned char>(html[end]) > ' ')
        ++end;
      const std::string_view name = html.substr(begin, end - begin);
      i = end_of_tag(html, i);
      if (!is_inline(name)) out += ' ';
      if (!closing && is_raw_text(name)) i = past_element(html, i, name);
    } else {
      out += ' ';
      ++i;
    }
  }
  return out;
}

std::string words_beyond(std::string_view known, std::string_view more) {
  std::string out;
  // The HTML says the same in the same order, as a rule: then no word is looked up.
  std::size_t expected = 0;
  std::unordered_map<std::string_view, std::size_t> end_of; // of one occurrence in known
  bool gap = true;
  const auto token_at = [](std::string_view text, std::size_t at) {
    return text.substr(at, std::min(text.find(' ', at), text.size()) - at);
  };
  for (std::size_t at = 0; at < more.size();) {
    const std::string_view token = token_at(more, at);
    at += token.size() + 1;
    if (expected < known.size() && token_at(known, expected) == token) {
      expected += token.size() + 1;
      gap = true;
      continue;
    }
    if (end_of.empty())
      for (std::size_t k = 0; k < known.size();) {
        const std::string_view word = token_at(known, k);
        k += word.size() + 1;
        end_of.try_emplace(word, k);
      }
    if (const auto found = end_of.find(token); found != end_of.end()) {
      expected = found->second;
      gap = true;
      continue;
    }
    if (gap) out += out.empty() ? "| " : " | ";
    if (!gap) out += ' ';
    out += token;
    gap = false;
  }
  return out;
}

} // namespace helpdesk::store
