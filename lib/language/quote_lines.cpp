#include "language/quote_lines.hpp"

#include "base/text.hpp"
#include "language/phrase_set.hpp"
#include "language/quote_words.hpp"

#include <algorithm>

namespace helpdesk::quotes {
namespace {

using language::PhraseSet;

bool is_ascii_alnum(char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'); }

// Length of one dash-like character at s[i], 0 for others.
std::size_t dash_at(std::string_view s, std::size_t i) {
  if (std::string_view("-_=*~#+").find(s[i]) != std::string_view::npos) return 1;
  for (const std::string_view d : {"—", "–", "―", "─", "━", "⸻", "ᐧ", "…"})
    if (s.substr(i).starts_with(d)) return d.size();
  return 0;
}

// Kind::dashes, Kind::rule or Kind::text for a line of nothing but dashes.
Kind dashes_kind(std::string_view line) {
  if (line.size() > 200) line = line.substr(0, 200);
  int dashes = 0, underscores_or_hyphens = 0;
  for (std::size_t i = 0; i < line.size();) {
    if (line[i] == ' ' || line[i] == '\t' || line[i] == '\r') {
      ++i;
      continue;
    }
    const std::size_t n = dash_at(line, i);
    if (n == 0) return Kind::text;
    ++dashes;
    if (line[i] == '-' || line[i] == '_' || n > 1) ++underscores_or_hyphens;
    i += n;
  }
  if (dashes == 0) return Kind::text;
  if (dashes >= 3) return Kind::rule;
  const bool em_dash = trim(line) == "—" || trim(line) == "⸻";
  return em_dash || (dashes == 2 && underscores_or_hyphens == 2) ? Kind::dashes : Kind::text;
}

} // namespace

bool is_blank(std::string_view line) {
  for (std::size_t i = 0; i < line.size();) {
    const auto c = static_cast<unsigned char>(line[i]);
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      ++i;
      continue;
    }
    if (c < 0x80) return false;
    const char32_t code = next_code_point(line, i);
    if (!is_space(code) && !(code >= 0x200B && code <= 0x200F) && code != 0xFEFF && code != 0x2060 &&
        code != 0xAD)
      return false;
  }
  return true;
}

bool is_quoted(std::string_view line) {
  std::size_t i = 0;
  while (i < line.size() && i < 8 && (line[i] == ' ' || line[i] == '\t')) ++i;
  if (i >= line.size()) return false;
  if (line[i] == '>') return trim(line) != ">:"; // the wrapped end of "… <ann@example.org>:"
  // "| text" quotes; "| a | b |" is a row of a table.
  if (line[i] == '|') {
    const std::string_view rest = trim(line.substr(i + 1));
    return i <= 1 && (rest.empty() || (rest.find('|') == rest.npos && line.substr(i + 1).starts_with(' ')));
  }
  // "AB> text", as some news and mail programs quote.
  if (i > 1) return false;
  std::size_t name = i;
  while (name < line.size() && name - i < 16 && ((line[name] | 0x20) >= 'a' && (line[name] | 0x20) <= 'z'))
    ++name;
  return name > i && name < line.size() && line[name] == '>' && line[i] >= 'A' && line[i] <= 'Z' &&
         (name + 1 == line.size() || line[name + 1] == ' ' || line[name + 1] == '>' ||
          line[name + 1] == '\r');
}

std::string_view without_decoration(std::string_view line) {
  for (;;) {
    if (line.empty()) return line;
    const char c = line.front();
    if (c == ' ' || c == '\t' || c == '>' || c == '*' || c == '_')
      line.remove_prefix(1);
    else if (line.starts_with("\u00A0"))
      line.remove_prefix(2);
    else if (line.starts_with("\uFEFF") || line.starts_with("\u200E") || line.starts_with("\u200F"))
      line.remove_prefix(3);
    else
      return line;
  }
}

bool has_date_or_time(std::string_view s) {
  const auto digit = [&s](std::size_t i) { return i < s.size() && s[i] >= '0' && s[i] <= '9'; };
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (!digit(i)) {
      if (s.substr(i).starts_with("年") || s.substr(i).starts_with("년")) return true;
      continue;
    }
    std::size_t end = i;
    while (digit(end)) ++end;
    const std::size_t length = end - i;
    if (length == 4 && (s.substr(i, 2) == "19" || s.substr(i, 2) == "20")) return true;
    if (length <= 2 && end < s.size()) {
      const char c = s[end];
      if (c == ':' && digit(end + 1) && digit(end + 2)) return true;
      if ((c == '/' || c == '.' || c == '-') && digit(end + 1)) {
        std::size_t second = end + 1;
        while (digit(second)) ++second;
        if (second - end - 1 <= 2 && second < s.size() && s[second] == c && digit(second + 1)) return true;
      }
    }
    i = end;
  }
  return false;
}

bool has_address(std::string_view s) {
  for (std::size_t at = s.find('@'); at != s.npos; at = s.find('@', at + 1))
    if (at > 0 && at + 1 < s.size() && is_ascii_alnum(s[at - 1]) &&
        (is_ascii_alnum(s[at + 1]) || (s[at + 1] & 0x80)))
      return true;
  return false;
}

Field header_field(std::string_view line) {
  line = without_decoration(line.substr(0, 120));
  std::size_t colon = line.substr(0, 44).find(':');
  if (const std::size_t wide = line.substr(0, 44).find("：");
      wide != line.npos && (colon == line.npos || wide < colon))
    colon = wide;
  if (colon == line.npos || colon == 0) return Field::none;
  std::string_view name = line.substr(0, colon);
  while (!name.empty()) {
    if (name.ends_with("\u00A0"))
      name.remove_suffix(2);
    else if (name.back() == ' ' || name.back() == '*' || name.back() == '_' || name.back() == '\t')
      name.remove_suffix(1);
    else
      break;
  }
  if (name.empty()) return Field::none;
  const std::string lowered = lower(name);
  const auto among = [&lowered](std::span<const std::string_view> names) {
    return std::ranges::find(names, lowered) != names.end();
  };
  if (among(from_names())) return Field::from;
  if (among(date_names())) return Field::date;
  if (among(to_names())) return Field::to;
  if (among(subject_names())) return Field::subject;
  return among(other_names()) ? Field::other : Field::none;
}

std::string_view header_value(std::string_view line) {
  line = without_decoration(line);
  std::size_t colon = line.find(':'), width = 1;
  if (const std::size_t wide = line.find("："); wide != line.npos && wide < colon) colon = wide, width = 3;
  if (colon == line.npos) return {};
  std::string_view value = line.substr(colon + width);
  while (!value.empty() && (value.front() == '*' || value.front() == ' ' || value.front() == '\t'))
    value.remove_prefix(1);
  return trim(value);
}

bool is_device_line(std::string_view lowered) {
  if (lowered.size() > 160) return false;
  while (!lowered.empty() && std::string_view("<([*_-> \t\"").find(lowered.front()) != std::string_view::npos)
    lowered.remove_prefix(1);
  if (lowered.starts_with("get [")) return lowered.find("outlook") != lowered.npos;
  static const PhraseSet openings(device_openings());
  if (openings.starts(lowered)) return true;
  // Languages that put the verb last.
  for (const std::string_view end :
       {"傳送", "发送", "から送信", "에서 보냄", "gönderildi", "küldve", "ból küldve", "sendita"})
    if (trim(lowered).ends_with(end) && lowered.size() < 80) return true;
  return false;
}

bool is_footer_start(std::string_view lowered) {
  static const PhraseSet openings(footer_openings());
  return openings.starts(without_decoration(lowered));
}

bool is_original_marker(std::string_view lowered) {
  if (lowered.size() > 200) return false;
  const std::string_view line = trim(lowered);
  if (line.empty()) return false;
  const bool dashed = dash_at(line, 0) > 0 || line.starts_with("##");
  static const PhraseSet above(above_phrases()), original(original_phrases());
  if ((dashed || line.starts_with("[") || line.size() < 90) && above.occurs_in(line)) return true;
  const bool ends_in_colon = line.ends_with(':') || line.ends_with("：") || line.ends_with(":*");
  if (!dashed && !ends_in_colon) return false;
  if (dashed) { // "--- original message ---": the other end may be missing, but the row has more than one
                // dash
    std::size_t dashes = 0;
    while (dashes < line.size() &&
           (line[dashes] == '-' || line[dashes] == '*' || line[dashes] == ' ' || line[dashes] == '_'))
      ++dashes;
    if (dashes < 2 && dash_at(line, 0) == 1) return ends_in_colon && original.occurs_in(line);
    return original.occurs_in(line);
  }
  return original.starts(without_decoration(line));
}

namespace {

// A block of header lines from lines[at]: how many lines it has, 0 when it is none. after_marker: a line
// above said that quoted mail follows, so less is asked for.
std::size_t header_block(const std::vector<Line>& lines, std::size_t at, bool after_marker) {
  unsigned seen = 0;
  bool address = false, moment = false;
  std::size_t end = at, continued = 0, blanks = 0;
  for (std::size_t i = at; i < lines.size() && i < at + 30; ++i) {
    const std::string_view line = lines[i].text;
    if (is_blank(line)) {
      if (++blanks > 1) break;
      continue;
    }
    const Field field = is_quoted(line) ? Field::none : header_field(line);
    if (field == Field::none) {
      if (blanks > 0 || i == at || ++continued > 3) break;
      address = address || has_address(line.substr(0, k_look));
      end = i + 1;
      continue;
    }
    blanks = continued = 0;
    seen |= 1U << static_cast<unsigned>(field);
    const std::string_view value = header_value(line.substr(0, k_look));
    if (field == Field::from || field == Field::to) address = address || has_address(value);
    if (field == Field::date) moment = moment || has_date_or_time(value);
    end = i + 1;
  }
  const auto has = [seen](Field f) { return (seen >> static_cast<unsigned>(f)) & 1U; };
  const unsigned kinds = has(Field::from) + has(Field::date) + has(Field::to) + has(Field::subject);
  if (!has(Field::from)) return 0;
  if (kinds >= 3 && (has(Field::subject) || address)) return end - at;
  if (kinds == 2 && (after_marker || (address && moment))) return end - at;
  return after_marker && address ? end - at : 0;
}

// A program that wraps lines after quoting leaves the end of a long quoted line without its mark: it stands
// alone between two quoted lines, and the one above is long and ends in the middle of a sentence.
void mark_wrapped_quotes(std::vector<Line>& lines) {
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].kind != Kind::text || lines[i - 1].kind != Kind::quoted) continue;
    if (i + 1 < lines.size() && lines[i + 1].kind != Kind::quoted) continue;
    const std::string_view above = trim_right(lines[i - 1].text);
    if (above.size() >= 60 && std::string_view(".!?:>").find(above.back()) == std::string_view::npos)
      lines[i].kind = Kind::quoted;
  }
}

} // namespace

std::vector<Line> classify(std::string_view text) {
  std::vector<Line> lines;
  for (const std::string_view line : split_lines(text)) lines.push_back({line, Kind::text});
  bool after_marker = false, after_blank = true;
  for (std::size_t i = 0; i < lines.size();) {
    Line& line = lines[i];
    const std::string_view look = line.text.substr(0, k_look);
    if (is_blank(look) && is_blank(line.text)) {
      line.kind = Kind::empty;
      after_blank = true;
      ++i;
      continue;
    }
    if (is_quoted(look)) {
      line.kind = Kind::quoted;
      after_blank = after_marker = false;
      ++i;
      continue;
    }
    std::size_t length = 1;
    std::string lowered;
    if (line.text.size() <= 200) lowered = lower(look);
    if (const Kind dashes = dashes_kind(look); dashes != Kind::text && line.text.size() <= 200) {
      line.kind = dashes;
    } else if (line.text.size() <= 200 && is_original_marker(lowered)) {
      line.kind = Kind::original;
      after_marker = true;
      after_blank = false;
      ++i;
      continue;
    } else if (header_field(look) != Field::none && (length = header_block(lines, i, after_marker)) > 0) {
      for (std::size_t k = i; k < i + length; ++k) lines[k].kind = Kind::header;
    } else if ((length = intro_length(lines, i)) > 0) {
      for (std::size_t k = i; k < i + length; ++k) lines[k].kind = Kind::intro;
    } else {
      length = 1;
      if (line.text.size() <= 160 && is_device_line(lowered))
        line.kind = Kind::device;
      else if (after_blank && is_footer_start(line.text.size() <= 160 ? lowered : lower(look.substr(0, 160))))
        line.kind = Kind::footer;
    }
    if (line.kind != Kind::rule) after_marker = false;
    after_blank = false;
    i += length;
  }
  mark_wrapped_quotes(lines);
  return lines;
}

} // namespace helpdesk::quotes
