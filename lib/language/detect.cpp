#include "language/detect.hpp"

#include "base/text.hpp"
#include "language/cld2.hpp"
#include "language/marker_words.hpp"
#include "language/quote_lines.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace helpdesk {
namespace {

constexpr std::size_t k_enough = 480; // bytes of running text; more hardly changes the answer
constexpr std::size_t k_far = 48'000; // bytes that are looked at for it
constexpr int k_least_words = 3, k_least_letters = 15, k_least_ideographs = 4;

// Scripts that one language of a mailbox owns.
enum Script : unsigned char {
  latin,
  cyrillic,
  greek,
  hebrew,
  armenian,
  georgian,
  thai,
  hangul,
  kana,
  han,
  other,
  scripts
};

Script script_of(char32_t c) {
  if (c < 0x250 || (c >= 0x1E00 && c < 0x1F00)) return latin;
  if (c >= 0x370 && c < 0x400) return greek;
  if (c >= 0x400 && c < 0x530) return cyrillic;
  if (c >= 0x530 && c < 0x590) return armenian;
  if (c >= 0x590 && c < 0x600) return hebrew;
  if (c >= 0x10A0 && c < 0x1100) return georgian;
  if (c >= 0xE00 && c < 0xE80) return thai;
  if ((c >= 0xAC00 && c < 0xD7B0) || (c >= 0x1100 && c < 0x1200)) return hangul;
  if (c >= 0x3040 && c < 0x3100) return kana;
  if ((c >= 0x4E00 && c < 0xA000) || (c >= 0x3400 && c < 0x4DC0)) return han;
  return other;
}

struct Sample {
  std::string text; // words only, one space between
  int words = 0, letters = 0;
  std::array<int, scripts> by_script{};
};

bool is_word_to_skip(std::string_view word) {
  return word.find('@') != word.npos || word.find("://") != word.npos ||
         starts_with_ignoring_case(word, "www.") ||
         std::ranges::count_if(word, [](char c) { return c >= '0' && c <= '9'; }) * 2 >
             static_cast<long>(word.size());
}

Sample sample_of(std::string_view text) {
  Sample out;
  for (const std::string_view line : split_lines(text.substr(0, k_far))) {
    if (quotes::is_quoted(line.substr(0, quotes::k_look))) continue;
    for (std::size_t i = 0; i < line.size() && out.text.size() <= k_enough;) {
      while (i < line.size() && static_cast<unsigned char>(line[i]) <= ' ') ++i;
      const std::size_t begin = i;
      while (i < line.size() && static_cast<unsigned char>(line[i]) > ' ') ++i;
      const std::string_view word = line.substr(begin, i - begin);
      if (word.empty() || word.size() > 400 || is_word_to_skip(word)) continue;
      int letters = 0;
      for (std::size_t k = 0; k < word.size();) {
        const char32_t c = next_code_point(word, k);
        if (!is_letter(c)) continue;
        ++letters;
        ++out.by_script[script_of(c)];
      }
      if (letters == 0) continue;
      out.letters += letters;
      ++out.words;
      if (!out.text.empty()) out.text += ' ';
      out.text += word;
    }
    if (out.text.size() > k_enough) break;
    if (!out.text.empty() && !out.text.ends_with('.')) out.text += " .";
  }
  return out;
}

std::string_view by_script(const Sample& s) {
  const auto most = [&s](Script script) { return s.by_script[script] * 2 > s.letters; };
  if (s.by_script[kana] >= 2 && (s.by_script[kana] + s.by_script[han]) * 2 > s.letters) return "ja";
  if (most(hangul)) return "ko";
  if (most(thai)) return "th";
  if (most(greek)) return "el";
  if (most(hebrew)) return "he";
  if (most(armenian)) return "hy";
  if (most(georgian)) return "ka";
  if (most(han) && s.by_script[han] >= k_least_ideographs) return "zh";
  return {};
}

// cld2 speaks older codes too.
std::string iso_639_1(std::string_view code) {
  code = code.substr(0, code.find('-'));
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> k_renamed{
      {{"no", "nb"}, {"iw", "he"}, {"jw", "jv"}, {"in", "id"}}};
  for (const auto& [from, to] : k_renamed)
    if (code == from) return std::string(to);
  return code.size() == 2 ? std::string(code) : std::string();
}

bool is_scandinavian(std::string_view code) {
  return code == "nb" || code == "nn" || code == "da" || code == "sv";
}

} // namespace

std::string detect_language(std::string_view text) {
  const Sample sample = sample_of(text);
  if (sample.letters == 0) return {};
  if (const std::string_view owner = by_script(sample); !owner.empty()) return std::string(owner);
  const language::Markers markers = language::count_markers(sample.text);
  if (sample.words < k_least_words || sample.letters < k_least_letters) return std::string(markers.winner());
  const language::Guess guess = language::cld2_detect(sample.text);
  std::string code = iso_639_1(guess.code);
  // Close relatives: their little words tell them apart better than letter statistics.
  if (is_scandinavian(code) || code.empty() || !guess.reliable)
    if (const std::string_view marked = markers.winner(code);
        !marked.empty() && (is_scandinavian(code) || markers.clear()))
      return std::string(marked);
  if (!guess.reliable && (guess.percent < 70 || sample.letters < 40)) return std::string(markers.winner());
  return code;
}

std::string language_detection_problem() { return language::cld2_problem(); }

} // namespace helpdesk
