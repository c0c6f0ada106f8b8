// RFC 2047 words, and what senders make of them.
#include "base/text.hpp"
#include "mime/charset.hpp"
#include "mime/header_block.hpp"
#include "mime/transfer.hpp"

#include <algorithm>

namespace helpdesk::mime {

namespace {

struct Word {
  std::string_view charset, text;
  bool base64 = false;
  std::size_t end = 0;
};

bool read_word(std::string_view s, std::size_t pos, Word& word) {
  // =?charset*language?b?text?=
  if (s.substr(pos, 2) != "=?") return false;
  const std::size_t first = s.find('?', pos + 2);
  if (first == std::string_view::npos || first == pos + 2 || first - pos > 80 || first + 2 >= s.size() ||
      s[first + 2] != '?')
    return false;
  const char encoding = s[first + 1];
  if (encoding != 'b' && encoding != 'B' && encoding != 'q' && encoding != 'Q') return false;
  std::string_view charset = s.substr(pos + 2, first - pos - 2);
  if (charset.find_first_of(" \t<>\"") != std::string_view::npos) return false;
  charset = charset.substr(0, charset.find('*'));
  // "=?=" ends a word too when its text ends in '='; RFC 2047 forbids '?' inside, so the first "?=" after the
  // text is the end.
  const std::size_t last = s.find("?=", first + 3);
  if (last == std::string_view::npos) return false;
  word = {charset, s.substr(first + 3, last - first - 3), encoding == 'b' || encoding == 'B', last + 2};
  return true;
}

std::string word_bytes(const Word& word) {
  if (word.base64) {
    bool damaged = false;
    return decode_base64(word.text, damaged);
  }
  std::string text(word.text);
  std::replace(text.begin(), text.end(), '_', ' ');
  return decode_quoted_printable(text);
}

void append_without_controls(std::string& out, std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    // A decoded line end would end the header wherever it is written again.
    out += byte < 32 && c != '\t' ? ' ' : c;
  }
}

} // namespace

std::string decode_header(std::string_view raw) {
  const std::string value = unfold(raw);
  if (value.find("=?") == std::string::npos) {
    std::string out;
    append_without_controls(out, guess_utf8(value));
    return out;
  }
  std::string out;
  std::size_t pos = 0, plain = 0;
  const auto flush_plain = [&](std::size_t end) {
    append_without_controls(out, guess_utf8(std::string_view(value).substr(plain, end - plain)));
  };
  while (pos < value.size()) {
    pos = value.find("=?", pos);
    if (pos == std::string::npos) break;
    Word word;
    if (!read_word(value, pos, word)) {
      pos += 2;
      continue;
    }
    flush_plain(pos);
    // Words of one charset are joined as bytes first: senders split multi-byte characters between them.
    std::string bytes = word_bytes(word);
    std::size_t end = word.end;
    for (;;) {
      std::size_t next = end;
      while (next < value.size() && (value[next] == ' ' || value[next] == '\t')) ++next;
      Word following;
      if (!read_word(value, next, following)) break;
      if (!equal_ignoring_case(following.charset, word.charset)) {
        append_without_controls(out, to_utf8(bytes, word.charset, nullptr));
        bytes.clear();
        word = following;
      }
      bytes += word_bytes(following);
      end = following.end;
    }
    append_without_controls(out, to_utf8(bytes, word.charset, nullptr));
    pos = plain = end;
  }
  flush_plain(value.size());
  return out;
}

} // namespace helpdesk::mime
