// What stands around a reply's text: the greeting and whom it names, the closing.
#include "base/text.hpp"
#include "lint/reading.hpp"

#include <algorithm>

namespace helpdesk::lint {
namespace {

constexpr std::size_t k_longest_sign_off = 8; // words of its line
constexpr std::size_t k_longest_closing = 30; // words behind it

bool is_upper(std::string_view s) {
  std::size_t pos = 0;
  char32_t c = next_code_point(s, pos);
  return is_letter(c) && lower(c) != c;
}

bool listed_in(std::string_view phrases, std::string_view word) {
  for (std::string_view one : split(phrases, '|'))
    if (one == word) return true;
  return false;
}

} // namespace

void Reading::find_greetings() {
  std::string_view phrases = words_of(greeting_words(), language);
  std::string_view title_list = words_of(titles(), language), thanks = words_of(thanks_words(), language);
  if (phrases.empty()) return;
  std::vector<Match> thanked = find(thanks), closings = find(words_of(sign_off_words(), language));
  for (const Match& match : find(phrases)) {
    if (overlaps(closings, match)) continue; // "Liebe Grüße"
    const Word& head = words[match.first];
    auto line =
        std::partition_point(lines.begin(), lines.end(), [&](const Line& l) { return l.end < head.begin; });
    std::string_view before = text.substr(line->begin, head.begin - line->begin);
    if (!trim(before).empty() && trim(before) != "¡") continue;
    auto number = static_cast<std::size_t>(line - lines.begin());
    if (number > 0 && lines[number - 1].kind == LineKind::text) continue; // inside a paragraph
    Greeting greeting;
    greeting.line = number;
    greeting.begin = head.begin;
    greeting.end = words[match.last - 1].end;
    // Names: capitalised words of this line behind the greeting, up to a mark or the line's end.
    std::size_t at = match.last;
    bool title = false;
    while (at < words.size() && words[at].begin < line->end && listed_in(title_list, words[at].folded)) {
      ++at;
      title = true;
    }
    std::size_t first = at, behind = at > match.last ? words[at - 1].end : greeting.end;
    while (at < words.size() && words[at].begin < line->end && at - first < 5 && is_upper(of(words[at])) &&
           !overlaps(thanked, {at, at + 1})) {
      std::string_view gap = trim(text.substr(behind, words[at].begin - behind));
      bool joined = gap.empty() || gap == "-" || gap == "." || gap == "'" || gap == "’" ||
                    (at == match.last && gap == ",");
      if (!joined) break;
      behind = words[at].end;
      ++at;
    }
    std::string_view rest = trim(text.substr(behind, line->end - behind));
    bool stops = rest.empty() || std::string_view(",!.:;-").find(rest.front()) != std::string_view::npos ||
                 rest.starts_with("–") || rest.starts_with("—");
    if (at > first && stops) {
      greeting.name_begin = words[first].begin;
      greeting.name_end = words[at - 1].end;
    } else {
      behind = title ? words[first - 1].end : greeting.end;
      std::string_view left = text.substr(behind, line->end - behind);
      std::string_view mark = trim(left);
      greeting.dangling = (mark == "," || mark == "!" || (title && mark.empty())) &&
                          (title || left.starts_with(' ') || left.starts_with("\xC2\xA0"));
    }
    greetings.push_back(greeting);
  }
  for (const Greeting& greeting : greetings) {
    auto sentence = std::partition_point(sentences.begin(), sentences.end(),
                                         [&](const Sentence& s) { return s.end <= greeting.begin; });
    std::size_t end = std::max(greeting.end, greeting.name_end);
    if (sentence != sentences.end() && sentence->begin <= greeting.begin && end <= sentence->end &&
        words[sentence->last - 1].end <= end)
      sentence->part = Part::greeting;
  }
}

void Reading::find_sign_offs() {
  std::size_t closing = text.npos;
  for (const Match& match : find(words_of(sign_off_words(), language))) {
    const Word& head = words[match.first];
    auto line =
        std::partition_point(lines.begin(), lines.end(), [&](const Line& l) { return l.end < head.begin; });
    if (!trim(text.substr(line->begin, head.begin - line->begin)).empty()) continue;
    std::size_t last = match.last;
    while (last < words.size() && words[last].begin < line->end) ++last;
    if (last - match.first > k_longest_sign_off) continue;
    sign_offs.emplace_back(head.begin, words[match.last - 1].end);
    if (closing == text.npos && words.size() - match.first <= k_longest_closing) closing = head.begin;
  }
  if (closing == text.npos && sentences.size() > 1) { // a name alone below the text
    const Sentence& last = sentences.back();
    std::string_view content = of(last);
    bool name = last.last - last.first <= 3 && content.find_first_of(".!?:,") == content.npos &&
                last.paragraph > sentences[sentences.size() - 2].paragraph && !last.listed;
    for (std::size_t i = last.first; name && i < last.last; ++i) name = is_upper(of(words[i]));
    if (name) closing = last.begin;
  }
  if (closing == text.npos) return;
  for (Sentence& sentence : sentences)
    if (sentence.begin >= closing) sentence.part = Part::closing;
}

} // namespace helpdesk::lint
