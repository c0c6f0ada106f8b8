#include "lint/reading.hpp"

#include "base/text.hpp"
#include "language/detect.hpp"

#include <algorithm>

namespace helpdesk::lint {
namespace {

bool is_word_character(char32_t c) { return is_letter(c) || is_digit(c) || (c >= 0x300 && c < 0x370); }

bool is_link_end(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == '<' || c == '>' || c == '"' || c == '|';
}
bool is_address_character(char c) {
  auto u = static_cast<unsigned char>(c);
  return (u >= '0' && u <= '9') || ((u | 0x20) >= 'a' && (u | 0x20) <= 'z') || c == '.' || c == '_' ||
         c == '-' || c == '+' || c == '%' || u >= 0x80;
}

constexpr std::size_t k_longest_local_part = 64;

// Links, addresses and code of one line, in order.
void mask_line(std::string_view text, const Line& line, std::vector<Mask>& masks) {
  for (std::size_t i = line.begin; i < line.end; ++i) {
    if (text[i] == '`') {
      std::size_t close = text.find('`', i + 1);
      if (close == text.npos || close >= line.end) {
        continue;
      }
      masks.push_back({i, close + 1, MaskKind::code});
      i = close;
      continue;
    }
    bool www = (text[i] | 0x20) == 'w' &&
               (i == line.begin || is_link_end(text[i - 1]) || text[i - 1] == '(') &&
               starts_with_ignoring_case(text.substr(i, 4), "www.");
    if (www || (text[i] == ':' && text.substr(i, 3) == "://")) {
      std::size_t begin = i, least = masks.empty() ? line.begin : std::max(line.begin, masks.back().end);
      if (!www)
        while (begin > least && ((text[begin - 1] | 0x20) >= 'a' && (text[begin - 1] | 0x20) <= 'z')) --begin;
      std::size_t end = i;
      while (end < line.end && !is_link_end(text[end])) ++end;
      while (end > i && std::string_view(".,;:!?)]'*").find(text[end - 1]) != std::string_view::npos) --end;
      if (begin < i || www) masks.push_back({begin, std::max(end, i + 3), MaskKind::link});
      i = std::max(end, i + 2);
      continue;
    }
    if (text[i] == '@') {
      std::size_t least = masks.empty() ? line.begin : std::max(line.begin, masks.back().end);
      std::size_t begin = i, end = i + 1;
      while (begin > least && i - begin < k_longest_local_part && is_address_character(text[begin - 1]))
        --begin;
      while (end < line.end && is_address_character(text[end])) ++end;
      while (end > i + 1 && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
      if (begin < i && text.substr(i, end - i).find('.') != std::string_view::npos)
        masks.push_back({begin, end, MaskKind::address});
      i = end > i + 1 ? end - 1 : i;
    }
  }
}

bool is_item(std::string_view line) { // of a list
  line = trim_left(line);
  if (line.starts_with("- ") || line.starts_with("* ") || line.starts_with("• ") || line.starts_with("– "))
    return true;
  std::size_t digits = 0;
  while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') ++digits;
  return digits > 0 && digits < 3 && digits + 1 < line.size() &&
         (line[digits] == '.' || line[digits] == ')') && line[digits + 1] == ' ';
}

bool begins_upper(std::string_view s) {
  s = trim_left(s);
  std::size_t pos = 0;
  if (s.empty()) return false;
  char32_t c = next_code_point(s, pos);
  return is_letter(c) && lower(c) != c;
}

// "Nr.", "kl.", a lone letter, a number: the point does not end the sentence.
bool is_abbreviation(std::string_view word, std::string_view behind) {
  if (word.empty()) return false;
  bool digits = word.front() >= '0' && word.front() <= '9';
  std::size_t pos = 0;
  std::string_view next = trim_left(behind);
  if (next.empty()) return false;
  char32_t c = next_code_point(next, pos);
  bool lower_next = (is_letter(c) && lower(c) == c) || is_digit(c);
  if (digits) return lower_next || word.size() <= 2;
  if (is_letter(c) && lower(c) == c) return true;
  if (count_code_points(word) == 1) return true;
  std::string folded_word = folded(word);
  for (std::string_view known : {"mr", "mrs", "ms", "dr", "st", "hr", "fr", "frk", "sr", "sra", "dra", "prof",
                                 "mme", "mlle", "г", "ул"})
    if (folded_word == known) return true;
  if (!is_digit(c)) return false;
  for (std::string_view known : {"nr", "no", "kl", "ca", "tlf", "tel", "art", "núm", "п", "стр", "n"})
    if (folded_word == known) return true;
  return false;
}

} // namespace

Reading::Reading(std::string_view whole, std::string wanted, std::string_view otherwise,
                 const std::vector<SourceSpan>* map)
    : text(whole), language(std::move(wanted)), map_(map) {
  read_lines();
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (lines[i].kind == LineKind::text) {
      mask_line(text, lines[i], masks);
      read_words(i);
    }
  // The views are made when the buffer grows no more.
  std::size_t at = 0;
  for (Word& word : words) {
    std::size_t end = folded_.find('\n', at);
    word.folded = std::string_view(folded_).substr(at, end - at);
    at = end + 1;
    std::size_t pos = 0;
    word.number = is_digit(next_code_point(word.folded, pos));
    word.filled = is_filled(word.begin, word.end);
  }
  split_sentences();
  index_.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i)
    index_.emplace_back(words[i].folded, static_cast<std::uint32_t>(i));
  std::sort(index_.begin(), index_.end());
  if (language.empty()) language = told_by_words(*this);
  if (language.empty() && words.size() >= 6) language = detect_language(text);
  if (language.empty()) language = std::string(otherwise);
  if (language == "no") language = "nb";
  find_greetings();
  find_sign_offs();
}

bool Reading::is_filled(std::size_t begin, std::size_t end) const {
  if (!map_ || map_->empty()) return false;
  auto it =
      std::partition_point(map_->begin(), map_->end(), [&](const SourceSpan& s) { return s.end <= begin; });
  return it != map_->end() && it->begin <= begin && end <= it->end && !it->variable.empty();
}

void Reading::read_lines() {
  bool signature = false, code = false;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = std::min(text.find('\n', begin), text.size());
    Line line;
    line.begin = begin;
    line.end = end > begin && text[end - 1] == '\r' ? end - 1 : end;
    std::string_view content = text.substr(line.begin, line.end - line.begin);
    std::string_view bare = trim(content);
    if (bare == "--" && content.size() <= 3) signature = true;
    if (signature) {
      line.kind = LineKind::signature;
    } else if (bare.starts_with("```")) {
      code = !code;
      line.kind = LineKind::code;
    } else if (code) {
      line.kind = LineKind::code;
    } else if (bare.empty()) {
      line.kind = LineKind::blank;
    } else if (bare.starts_with('>')) {
      line.kind = LineKind::quoted;
      quoted_bytes += bare.size();
    }
    lines.push_back(line);
    begin = end + 1;
  }
  // "On … wrote:" goes with the quote that it introduces.
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].kind != LineKind::quoted || i == 0) continue;
    std::size_t before = i - 1;
    if (lines[before].kind == LineKind::blank && before > 0) --before;
    std::string_view content =
        trim(text.substr(lines[before].begin, lines[before].end - lines[before].begin));
    if (lines[before].kind == LineKind::text && content.ends_with(':') &&
        content.find_first_of("0123456789@") != content.npos)
      lines[before].kind = LineKind::quoted;
  }
  int paragraph = -1;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].kind != LineKind::text) continue;
    if (i == 0 || lines[i - 1].kind != LineKind::text) ++paragraph;
    lines[i].paragraph = paragraph;
  }
}

void Reading::read_words(std::size_t number) {
  const Line& line = lines[number];
  auto mask =
      std::partition_point(masks.begin(), masks.end(), [&](const Mask& m) { return m.end <= line.begin; });
  std::size_t begin = line.end;
  auto finish = [&](std::size_t end) {
    if (begin >= end) return;
    Word word;
    word.begin = begin;
    word.end = end;
    words.push_back(word);
    folded_ += folded(text.substr(begin, end - begin));
    folded_ += '\n';
    begin = line.end;
  };
  for (std::size_t pos = line.begin; pos < line.end;) {
    if (mask != masks.end() && pos >= mask->begin) {
      finish(pos);
      begin = line.end;
      pos = mask->end;
      ++mask;
      continue;
    }
    std::size_t at = pos;
    bool inside = is_word_character(next_code_point(text, pos));
    if (inside && begin == line.end) begin = at;
    if (!inside) finish(at);
  }
  finish(line.end);
}

void Reading::split_sentences() {
  std::size_t word = 0, mask = 0;
  std::size_t begin = text.npos;
  Sentence now;
  auto finish = [&](std::size_t end, bool asks, bool shouts) {
    if (begin == text.npos) return;
    std::string_view content = text.substr(begin, end - begin);
    while (!content.empty() && static_cast<unsigned char>(content.back()) <= ' ') content.remove_suffix(1);
    while (!content.empty() && static_cast<unsigned char>(content.front()) <= ' ') content.remove_prefix(1);
    now.begin = static_cast<std::size_t>(content.data() - text.data());
    now.end = now.begin + content.size();
    now.asks = asks || content.starts_with("¿");
    now.shouts = shouts;
    now.first = word;
    while (word < words.size() && words[word].begin < now.end) words[word++].sentence = sentences.size();
    now.last = word;
    if (now.last > now.first) sentences.push_back(now);
    now = {};
    begin = text.npos;
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    if (line.kind != LineKind::text) continue;
    std::string_view content = text.substr(line.begin, line.end - line.begin);
    bool listed = is_item(content);
    if (listed) finish(line.begin, false, false);
    for (std::size_t pos = line.begin; pos < line.end;) {
      while (mask < masks.size() && masks[mask].end <= pos) ++mask;
      if (begin == text.npos && static_cast<unsigned char>(text[pos]) > ' ') {
        begin = pos;
        now.paragraph = line.paragraph;
        now.listed = listed;
      }
      if (mask < masks.size() && masks[mask].begin <= pos) {
        pos = masks[mask].end;
        continue;
      }
      bool ellipsis = text.substr(pos).starts_with("…");
      char c = text[pos];
      if (c != '.' && c != '!' && c != '?' && !ellipsis) {
        ++pos;
        continue;
      }
      std::size_t stop = pos;
      bool asks = false, shouts = false;
      for (;;) {
        if (pos < line.end && (text[pos] == '.' || text[pos] == '!' || text[pos] == '?')) {
          asks = asks || text[pos] == '?';
          shouts = shouts || text[pos] == '!';
          ++pos;
        } else if (text.substr(pos).starts_with("…")) {
          pos += 3;
        } else {
          break;
        }
      }
      std::size_t marks = pos - stop;
      while (pos < line.end && (text[pos] == ')' || text[pos] == '"' || text[pos] == '\'')) ++pos;
      for (std::string_view close : {"»", "”", "“", "’"})
        if (text.substr(pos).starts_with(close)) pos += close.size();
      if (pos < line.end && static_cast<unsigned char>(text[pos]) > ' ') continue;
      std::size_t word_begin = stop;
      while (word_begin > line.begin && static_cast<unsigned char>(text[word_begin - 1]) > ' ' &&
             text[word_begin - 1] != '.')
        --word_begin;
      if (marks == 1 && c == '.' &&
          is_abbreviation(text.substr(word_begin, stop - word_begin), text.substr(pos, line.end - pos)))
        continue;
      finish(pos, asks, shouts);
    }
    const Line* next = i + 1 < lines.size() ? &lines[i + 1] : nullptr;
    std::string_view bare = trim(content);
    bool ends = !next || next->kind != LineKind::text;
    if (!ends) {
      std::string_view following = text.substr(next->begin, next->end - next->begin);
      bool brief = bare.size() < 45;
      ends = is_item(following) || bare.ends_with(':') || (brief && bare.ends_with(',')) ||
             (brief && begins_upper(following));
    }
    if (ends) finish(line.end, false, false);
  }
}

std::vector<std::size_t> Reading::body() const {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < sentences.size(); ++i)
    if (sentences[i].part == Part::body) all.push_back(i);
  return all;
}

} // namespace helpdesk::lint
