// A reply taken apart once for all rules: what is our own text, its words, sentences, greetings and closings.
// Inside lib/lint only.
#pragma once

#include "lint/lint.hpp"
#include "lint/words.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace helpdesk::lint {

enum class LineKind : unsigned char { text, blank, quoted, code, signature };
struct Line {
  std::size_t begin = 0, end = 0; // without the line end
  LineKind kind = LineKind::text;
  int paragraph = -1; // of text lines
};

enum class MaskKind : unsigned char { link, address, code };
struct Mask { // left out of the words
  std::size_t begin = 0, end = 0;
  MaskKind kind = MaskKind::link;
};

struct Word {
  std::size_t begin = 0, end = 0; // bytes of the text
  std::string_view folded;        // lower case, composed
  std::size_t sentence = 0;
  bool filled = false; // put in by data
  bool number = false; // begins with a digit
};

enum class Part : unsigned char { greeting, body, closing };
struct Sentence {
  std::size_t begin = 0, end = 0;  // bytes
  std::size_t first = 0, last = 0; // words [first, last)
  int paragraph = 0;
  bool asks = false; // "?" ends it, or "¿" opens it
  bool shouts = false;
  bool listed = false; // an item of a list
  Part part = Part::body;
};

struct Greeting {
  std::size_t begin = 0, end = 0;           // of the greeting word(s)
  std::size_t name_begin = 0, name_end = 0; // equal: nobody is named
  std::size_t line = 0;
  bool dangling = false; // a comma, and nobody before it
};

class Reading {
 public:
  // text must outlive the reading. language: empty is told from the text, else otherwise.
  Reading(std::string_view text, std::string language, std::string_view otherwise,
          const std::vector<SourceSpan>* map = nullptr);
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  std::string_view text;
  std::string language;
  std::vector<Line> lines;
  std::vector<Mask> masks;
  std::vector<Word> words;
  std::vector<Sentence> sentences;
  std::vector<Greeting> greetings;
  std::vector<std::pair<std::size_t, std::size_t>> sign_offs; // bytes
  std::size_t quoted_bytes = 0;

  // Matches of "a|b c|d*" in reading order; none overlaps another of the same list.
  std::vector<Match> find(std::string_view phrases) const;
  // Which sentences have one.
  std::vector<bool> sentences_with(std::string_view phrases) const;
  bool has(std::string_view phrases) const { return !find(phrases).empty(); }
  std::string_view of(const Sentence& s) const { return text.substr(s.begin, s.end - s.begin); }
  std::string_view of(const Word& w) const { return text.substr(w.begin, w.end - w.begin); }
  bool is_filled(std::size_t begin, std::size_t end) const;
  // Sentences between greeting and closing.
  std::vector<std::size_t> body() const;

 private:
  void read_lines();
  void read_words(std::size_t line);
  void split_sentences();
  void find_greetings();
  void find_sign_offs();
  const std::vector<SourceSpan>* map_;
  std::string folded_;
  std::vector<std::pair<std::string_view, std::uint32_t>> index_; // sorted by word
  friend class Finder;
};

// "en", "nb" …: the one of the seven whose small words are most in the text; empty when none stands out.
std::string told_by_words(const Reading& reading);
std::string told_by_words(std::string_view text);

} // namespace helpdesk::lint
