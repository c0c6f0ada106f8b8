#include "base/text.hpp"
#include "lint/reading.hpp"

#include <algorithm>

namespace helpdesk::lint {
namespace {

struct Composition {
  char32_t mark;
  std::u32string_view bases, composed;
};
constexpr Composition k_compositions[] = {
    {0x300, U"aeiou", U"àèìòù"}, {0x301, U"aeiouyn", U"áéíóúýń"}, {0x302, U"aeioucghjs", U"âêîôûĉĝĥĵŝ"},
    {0x303, U"nao", U"ñãõ"},     {0x306, U"uиga", U"ŭйğă"},       {0x308, U"aeiouyе", U"äëïöüÿё"},
    {0x30A, U"au", U"åů"},       {0x30C, U"csz", U"čšž"},         {0x327, U"cs", U"çş"},
};

char32_t compose(char32_t base, char32_t mark) {
  for (const Composition& row : k_compositions)
    if (row.mark == mark)
      if (std::size_t at = row.bases.find(base); at != row.bases.npos) return row.composed[at];
  return 0;
}

constexpr std::size_t k_gap = 3; // words that ".." may stand for
constexpr std::size_t k_longest_pattern = 12;

// One word of a phrase.
struct Piece {
  std::string_view text;
  bool prefix = false, gap_before = false;
};

struct Pattern {
  Piece pieces[k_longest_pattern];
  std::size_t count = 0;
  bool at_start = false;
};

bool parts_words(char c) { return c == ' ' || c == '\'' || c == '-' || c == '.' || c == ','; }

Pattern pattern_of(std::string_view phrase) {
  Pattern pattern;
  bool gap = false;
  if (phrase.starts_with('^')) {
    pattern.at_start = true;
    phrase.remove_prefix(1);
  }
  for (std::size_t i = 0; i < phrase.size() && pattern.count < k_longest_pattern;) {
    if (phrase.substr(i).starts_with("..")) {
      gap = true;
      i += 2;
      continue;
    }
    if (parts_words(phrase[i])) {
      ++i;
      continue;
    }
    std::size_t begin = i;
    while (i < phrase.size() && !parts_words(phrase[i])) ++i;
    Piece piece;
    piece.text = phrase.substr(begin, i - begin);
    piece.gap_before = gap;
    gap = false;
    if (piece.text.ends_with('*')) {
      piece.prefix = true;
      piece.text.remove_suffix(1);
    }
    pattern.pieces[pattern.count++] = piece;
  }
  return pattern;
}

bool fits(const Piece& piece, std::string_view word) {
  return piece.prefix ? word.starts_with(piece.text) : word == piece.text;
}

} // namespace

std::string folded(std::string_view text) {
  std::string out;
  char32_t held = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    char32_t c = next_code_point(text, pos);
    if (c >= 0x300 && c < 0x370 && held != 0) {
      if (char32_t both = compose(held, c)) held = both;
      continue; // a mark that goes with nothing we know is left out
    }
    if (held != 0) append_utf8(out, held);
    if (c == 0x2019 || c == 0x2018 || c == 0x2BC || c == 0xB4) c = '\'';
    if (c == 0xA0 || c == 0x202F) c = ' ';
    held = lower(c);
  }
  if (held != 0) append_utf8(out, held);
  return out;
}

bool overlaps(const std::vector<Match>& sorted, const Match& match) {
  auto at = std::partition_point(sorted.begin(), sorted.end(),
                                 [&](const Match& one) { return one.last <= match.first; });
  return at != sorted.end() && at->first < match.last;
}

std::string_view words_of(Lexicon lexicon, std::string_view language) {
  for (const Words& words : lexicon)
    if (words.language == language) return words.phrases;
  return {};
}

std::string languages_of(Lexicon lexicon) {
  std::string all;
  for (const Words& words : lexicon) all += (all.empty() ? "" : " ") + std::string(words.language);
  return all;
}

// Looks one pattern up by its first word, so that the cost is that of the pattern's occurrences.
class Finder {
 public:
  explicit Finder(const Reading& reading) : reading_(reading) {}

  void find(const Pattern& pattern, std::vector<Match>& found) const {
    if (pattern.count == 0) return;
    const Piece& head = pattern.pieces[0];
    auto at = std::lower_bound(reading_.index_.begin(), reading_.index_.end(), head.text,
                               [](const auto& entry, std::string_view w) { return entry.first < w; });
    for (; at != reading_.index_.end() && fits(head, at->first); ++at) {
      std::size_t first = at->second;
      if (pattern.at_start && !opens_sentence(first)) continue;
      if (std::size_t last = end_of(pattern, 1, first + 1, reading_.words[first].sentence))
        found.push_back({first, last});
    }
  }

 private:
  bool opens_sentence(std::size_t word) const {
    const Sentence& sentence = reading_.sentences[reading_.words[word].sentence];
    return sentence.first == word;
  }
  // The word behind the match, 0 when it does not match.
  std::size_t end_of(const Pattern& pattern, std::size_t piece, std::size_t word,
                     std::size_t sentence) const {
    if (piece == pattern.count) return word;
    std::size_t tries = pattern.pieces[piece].gap_before ? k_gap + 1 : 1;
    for (std::size_t skip = 0; skip < tries; ++skip) {
      std::size_t at = word + skip;
      if (at >= reading_.words.size() || reading_.words[at].sentence != sentence) return 0;
      if (!fits(pattern.pieces[piece], reading_.words[at].folded)) continue;
      if (std::size_t end = end_of(pattern, piece + 1, at + 1, sentence)) return end;
    }
    return 0;
  }
  const Reading& reading_;
};

std::vector<Match> Reading::find(std::string_view phrases) const {
  std::vector<Match> found;
  Finder finder(*this);
  for (std::size_t begin = 0; begin < phrases.size();) {
    std::size_t end = std::min(phrases.find('|', begin), phrases.size());
    finder.find(pattern_of(phrases.substr(begin, end - begin)), found);
    begin = end + 1;
  }
  std::sort(found.begin(), found.end(), [](const Match& a, const Match& b) {
    return a.first != b.first ? a.first < b.first : a.last > b.last;
  });
  std::size_t kept = 0, behind = 0;
  for (const Match& match : found) {
    if (match.first < behind) continue;
    behind = match.last;
    found[kept++] = match;
  }
  found.resize(kept);
  return found;
}

std::vector<bool> Reading::sentences_with(std::string_view phrases) const {
  std::vector<bool> with(sentences.size());
  for (const Match& match : find(phrases)) with[words[match.first].sentence] = true;
  return with;
}

std::vector<std::string_view> letter_runs(std::string_view text) {
  std::vector<std::string_view> runs;
  std::size_t begin = 0;
  for (std::size_t pos = 0; pos <= text.size();) {
    std::size_t at = pos;
    char32_t c = pos < text.size() ? next_code_point(text, pos) : U' ';
    if (pos == at) ++pos;
    if (is_letter(c)) continue;
    if (at > begin) runs.push_back(text.substr(begin, at - begin));
    begin = pos;
  }
  return runs;
}

} // namespace helpdesk::lint
