// "On … wrote:" in the languages and shapes that mail programs use.
#include "base/text.hpp"
#include "language/quote_lines.hpp"
#include "language/quote_words.hpp"

#include <algorithm>
#include <optional>

namespace helpdesk::quotes {
namespace {

constexpr std::size_t k_max_intro = 420, k_max_lines = 5;

bool letter_before(std::string_view s, std::size_t i) {
  if (i == 0) return false;
  const auto c = static_cast<unsigned char>(s[i - 1]);
  if (c < 0x80) return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
  if (i >= 2 && s.substr(i - 2, 2) == "\u00A0") return false;
  return !(i >= 3 && (s[i - 3] == '\xE2' || s[i - 3] == '\xE3' || s[i - 3] == '\xEF'));
}
bool letter_after(std::string_view s, std::size_t i) {
  if (i >= s.size()) return false;
  const auto c = static_cast<unsigned char>(s[i]);
  if (c < 0x80) return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
  return c >= 0xC3 && c <= 0xDF;
}

struct Verb {
  std::size_t begin, end;
};

// The last whole word among the "wrote" verbs.
std::optional<Verb> find_verb(std::string_view s) {
  std::optional<Verb> best;
  for (const std::string_view verb : wrote_verbs()) {
    const bool spaced_script = static_cast<unsigned char>(verb[0]) < 0xE0;
    for (std::size_t at = s.rfind(verb); at != s.npos; at = at > 0 ? s.rfind(verb, at - 1) : s.npos) {
      const std::size_t end = at + verb.size();
      if (spaced_script && (letter_before(s, at) || letter_after(s, end))) continue;
      if (!best || end > best->end || (end == best->end && at < best->begin)) best = Verb{at, end};
      break;
    }
  }
  return best;
}

// Decoration, the colon and white space at the end. Returns whether there was a colon or Zoho's row of
// dashes.
bool cut_terminator(std::string_view& s) {
  bool found = false;
  for (;;) {
    if (s.empty()) return found;
    const char c = s.back();
    if (c == ':') found = true;
    if (c == ':' || c == ' ' || c == '*' || c == '_' || c == '\t' || c == '\r')
      s.remove_suffix(1);
    else if (s.ends_with("："))
      found = true, s.remove_suffix(3);
    else if (s.ends_with("\u00A0"))
      s.remove_suffix(2);
    else if (s.ends_with("\u200E") || s.ends_with("\u200F"))
      s.remove_suffix(3);
    else if (s.ends_with("----"))
      found = true, s.remove_suffix(4);
    else if (found && c == '-')
      s.remove_suffix(1);
    else
      return found;
  }
}

bool ends_like_intro(std::string_view line) {
  std::string_view s = line;
  return cut_terminator(s);
}

// The writer speaks of himself: "On 3 May I wrote to you:" introduces nothing quoted.
bool is_first_person(std::string_view s, const Verb& verb) {
  const std::string_view before = trim_right(s.substr(0, verb.begin)), after = trim_left(s.substr(verb.end));
  for (const std::string_view me : {"i",  "we", "ich",  "wir", "jeg", "eg", "jag", "vi", "ik", "wij", "we",
                                    "je", "j'", "nous", "yo",  "ja",  "я",  "мы",  "mi", "ni", "have"}) {
    if (before.size() >= me.size() && before.ends_with(me) &&
        !letter_before(before, before.size() - me.size()))
      return true;
    if (after.starts_with(me) && !letter_after(after, me.size())) return true;
  }
  return false;
}

bool starts_with_opening(std::string_view lowered) {
  lowered = without_decoration(lowered);
  while (lowered.starts_with('-')) lowered.remove_prefix(1);
  lowered = trim_left(lowered);
  if (lowered.empty()) return false;
  if (lowered[0] >= '0' && lowered[0] <= '9') return true;
  return std::ranges::any_of(intro_openings(), [lowered](std::string_view word) {
    if (!lowered.starts_with(word)) return false;
    if (static_cast<unsigned char>(word[0]) >= 0xE0) return true;
    const std::string_view rest = lowered.substr(word.size());
    return rest.empty() || !letter_after(rest, 0);
  });
}

// "2016-10-24 15:36 GMT+02:00 Some One", "2013/7/20 Some One <a@b.c>": an old Gmail's whole line.
bool is_bare_date_line(std::string_view s) {
  if (s.size() < 12 || s.size() > 200 || s.substr(0, 2) != "20") return false;
  const char separator = s[4];
  if ((separator != '-' && separator != '/') || !has_date_or_time(s.substr(0, 4))) return false;
  const std::size_t gmt = s.find("GMT");
  if (gmt != s.npos && gmt < 20 && trim(s.substr(gmt)).find(' ') != s.npos) return true;
  return trim(s).ends_with('>') && has_address(s);
}

// lowered: the joined lines in lower case. quote_follows: the next line is quoted, so that less is asked for.
bool is_intro(std::string_view lowered, bool quote_follows) {
  std::string_view s = without_decoration(lowered);
  const bool closed_address = [&] {
    std::string_view t = s;
    cut_terminator(t);
    return t.ends_with('>') || t.ends_with(">)") || t.ends_with("&gt;");
  }();
  if (!cut_terminator(s) || s.empty()) return false;
  const bool date = has_date_or_time(s), address = has_address(s);
  if (date && address && closed_address && starts_with_opening(s)) return true;
  const std::optional<Verb> verb = find_verb(s);
  if (!verb) return quote_follows && date && address;
  if (is_first_person(s, *verb)) return false;
  const std::string_view after = trim(s.substr(verb->end));
  if (after.empty() || after == "the following" || after == "(a)" || after == "(ла)")
    return date || address || quote_follows;
  if (quote_follows && (date || address)) return true;
  // The verb stands before the name or before the date: "schrieb Ann Olsen", "wrote on 3/5/20 10:00 AM".
  const std::string_view germanic = s.substr(verb->begin, verb->end - verb->begin);
  const bool before_name = germanic == "schrieb" || germanic == "schrieben" || germanic == "skrev" ||
                           germanic == "skreiv" || germanic == "schreef" || germanic == "skrifaði" ||
                           germanic == "kirjutas" || germanic == "yazdı" || germanic == "menulis" ||
                           germanic == "viết" || germanic == "έγραψε";
  if (before_name && (date || address) && after.size() < 120) return true;
  const std::string_view tail = s.substr(s.size() > 16 ? s.size() - 16 : 0);
  return (date || address) && (has_date_or_time(tail) || closed_address);
}

bool begins_with_verb_or_address(std::string_view lowered) {
  lowered = without_decoration(lowered);
  if (lowered.starts_with('<')) return true;
  return std::ranges::any_of(wrote_verbs(),
                             [lowered](std::string_view verb) { return lowered.starts_with(verb); });
}

std::string joined(const std::vector<Line>& lines, std::size_t begin, std::size_t end) {
  std::string out;
  for (std::size_t i = begin; i < end; ++i) {
    if (!out.empty()) out += ' ';
    out += lower(trim(lines[i].text.substr(0, k_look)));
  }
  return out;
}

// The first line after at that is not empty.
std::string_view next_text(const std::vector<Line>& lines, std::size_t at) {
  for (std::size_t i = at; i < lines.size() && i < at + 4; ++i)
    if (!is_blank(lines[i].text.substr(0, k_look))) return lines[i].text.substr(0, k_look);
  return {};
}

} // namespace

std::size_t intro_length(const std::vector<Line>& lines, std::size_t at) {
  const std::string_view first = lines[at].text;
  if (first.size() > k_max_intro) return 0;
  if (is_bare_date_line(first) && !ends_like_intro(first)) {
    const bool alone = at + 1 >= lines.size() || is_blank(lines[at + 1].text.substr(0, k_look)) ||
                       is_quoted(lines[at + 1].text.substr(0, k_look));
    if (alone) return 1;
  }
  std::size_t end = at;
  std::size_t size = 0;
  bool ends = false;
  while (!ends && end < lines.size() && end < at + k_max_lines) {
    const std::string_view line = lines[end].text;
    if (line.size() > k_max_intro || (size += line.size()) > k_max_intro) return 0;
    if (end > at && (is_blank(line) || is_quoted(line))) return 0;
    ends = ends_like_intro(line);
    ++end;
  }
  if (!ends) return 0;
  const bool quote_follows = is_quoted(next_text(lines, end));
  const std::string all = joined(lines, at, end);
  if (!is_intro(all, quote_follows)) return 0;
  if (end == at + 1) return 1;
  const std::string later = joined(lines, at + 1, end), first_lowered = lower(first);
  const std::string_view first_trimmed = trim(first);
  if (!is_intro(later, quote_follows) || begins_with_verb_or_address(later) || first_trimmed.ends_with('<')) {
    // A sentence that happens to stand above is no part of it.
    const bool sentence = first_trimmed.ends_with('!') || first_trimmed.ends_with('?');
    return sentence ? 0 : end - at;
  }
  const bool sentence =
      first_trimmed.ends_with('.') || first_trimmed.ends_with('!') || first_trimmed.ends_with('?');
  return starts_with_opening(first_lowered) && has_date_or_time(first) && !sentence ? end - at : 0;
}

} // namespace helpdesk::quotes
