#include "base/fold.hpp"

#include "base/fold_characters.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace helpdesk {
namespace {

using folding::Character;
using folding::Kind;

constexpr std::size_t k_longest_token =
    96; // bytes: what is longer is no word, and its rest would only fill the index
constexpr std::size_t k_shortest_contracted = 4;
constexpr std::size_t k_most_sites = 3; // combinations double with each

constexpr std::array<char, 256> k_ascii = [] { // 0: no letter or digit
  std::array<char, 256> t{};
  for (unsigned c = 'a'; c <= 'z'; ++c) t[c] = t[c - 32] = static_cast<char>(c);
  for (unsigned c = '0'; c <= '9'; ++c) t[c] = static_cast<char>(c);
  return t;
}();

bool has(std::string_view set, char c) { return set.find(c) != std::string_view::npos; }

// aa → a and cx gx hx jx sx → c g h j s in the token that begins at begin and ends s.
void contract(std::string& s, std::size_t begin) {
  if (s.size() - begin < k_shortest_contracted) return;
  std::size_t to = begin;
  char before = 0, before_that = 0;
  for (std::size_t i = begin; i < s.size(); ++i) {
    char c = s[i], next = i + 1 < s.size() ? s[i + 1] : '\0';
    bool double_a = c == 'a' && before == 'a' && before_that != 'a' && next != 'a';
    if (!double_a && !(c == 'x' && has("cghjs", before) && before)) s[to++] = c;
    before_that = before;
    before = c;
  }
  s.resize(to);
}

void cut(std::string& s, std::size_t begin) {
  if (s.size() - begin <= k_longest_token) return;
  std::size_t end = begin + k_longest_token;
  while ((static_cast<unsigned char>(s[end]) & 0xC0) == 0x80) --end;
  s.resize(end);
}

void append_character(std::string& out, const Character& c) {
  if (c.kind == Kind::letters)
    out += c.text;
  else
    append_utf8(out, c.to);
}

// The second letter with which people write a marked letter that they cannot type: oe for ø, cx for ĉ; 0 for
// none.
char second_letter(char base, char32_t mark) {
  switch (mark) {
  case 0x308: return has("aou", base) ? 'e' : 0;
  case 0x30A: return base == 'a' ? 'a' : 0;
  case 0x302: return has("cghjs", base) ? 'x' : 0;
  case 0x306: return base == 'u' ? 'x' : 0;
  default: return 0;
  }
}

char second_letter(char32_t c) {
  switch (c) {
  case U'ä':
  case U'Ä':
  case U'ö':
  case U'Ö':
  case U'ü':
  case U'Ü':
  case U'ø':
  case U'Ø': return 'e';
  case U'å':
  case U'Å':
  case 0x212B: return 'a';
  case U'ĉ':
  case U'Ĉ':
  case U'ĝ':
  case U'Ĝ':
  case U'ĥ':
  case U'Ĥ':
  case U'ĵ':
  case U'Ĵ':
  case U'ŝ':
  case U'Ŝ':
  case U'ŭ':
  case U'Ŭ': return 'x';
  default: return 0;
  }
}

// A place in a folded token that can be written with one letter or with two.
struct Site {
  std::size_t at = 0; // of the first letter
  char second = 0;
  bool written = false; // the second letter stands in the token
};

// Digraphs in what was typed that may stand for a marked letter. Where they are ordinary spelling (queue,
// blue, vitae) they do not.
void find_digraphs(std::string_view token, std::vector<Site>& sites) {
  for (std::size_t i = 0; i + 1 < token.size(); ++i) {
    char before = i ? token[i - 1] : '\0', first = token[i], second = token[i + 1];
    const bool last = i + 2 == token.size();
    bool stands_for_mark = false;
    if (second == 'e' && has("aou", first) && first) {
      stands_for_mark = !(before && has("aeiouyq", before)) && (first == 'o' || !last);
    } else if (second == 'x') {
      stands_for_mark = first == 'u' ? before == 'a' || before == 'e' : first && has("cghjs", first);
    } else if (first == 'a' && second == 'a') {
      stands_for_mark = true;
    }
    if (!stands_for_mark) continue;
    bool taken =
        std::any_of(sites.begin(), sites.end(), [i](const Site& s) { return s.at == i || s.at == i + 1; });
    if (!taken) sites.push_back({i, second, true});
  }
}

std::string respell(std::string_view token, const std::vector<Site>& sites, unsigned doubled) {
  std::string out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < sites.size(); ++i) {
    out += token.substr(begin, sites[i].at + 1 - begin);
    begin = sites[i].at + (sites[i].written ? 2 : 1);
    if (doubled >> i & 1) out += sites[i].second;
  }
  out += token.substr(begin);
  contract(out, 0);
  return out;
}

void find_alternatives(FoldedToken& token, std::vector<Site>& marked) {
  std::erase_if(marked, [&token](const Site& s) { return s.at >= token.text.size(); });
  find_digraphs(token.text, marked);
  if (marked.empty()) return contract(token.text, 0);
  std::sort(marked.begin(), marked.end(), [](const Site& a, const Site& b) { return a.at < b.at; });
  std::string raw = std::move(token.text);
  token.text = raw;
  contract(token.text, 0);
  // With many sites only the two spellings that people use: all with marks, all without.
  const bool many = marked.size() > k_most_sites;
  const unsigned count = many ? 2 : 1U << marked.size();
  if (many && marked.size() > 31) marked.resize(31);
  for (unsigned n = 0; n < count; ++n) {
    std::string spelling = respell(raw, marked, many && n == 1 ? ~0U : n);
    if (spelling != token.text &&
        std::find(token.alternatives.begin(), token.alternatives.end(), spelling) == token.alternatives.end())
      token.alternatives.push_back(std::move(spelling));
  }
}

} // namespace

std::vector<FoldedToken> fold_tokens(std::string_view text) {
  std::vector<FoldedToken> out;
  FoldedToken word;
  std::vector<Site> marked;
  std::size_t run = 0, previous_begin = 0; // ideographs so far, and where the last one begins
  char32_t previous = 0;
  auto end_word = [&] {
    if (word.text.empty()) return;
    cut(word.text, 0);
    find_alternatives(word, marked);
    marked.clear();
    out.push_back(std::move(word));
    word = {};
  };
  auto end_run = [&](std::size_t end) {
    if (run == 1) {
      FoldedToken& lone = out.emplace_back();
      append_utf8(lone.text, previous);
      lone.begin = previous_begin;
      lone.end = end;
    }
    run = 0;
  };
  std::size_t run_end = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    std::size_t begin = pos;
    unsigned char byte = static_cast<unsigned char>(text[pos]);
    char32_t c = byte;
    Character folded;
    if (byte < 0x80) {
      ++pos;
      if (k_ascii[byte]) folded = {Kind::letter, static_cast<unsigned char>(k_ascii[byte])};
    } else {
      c = folding::next_composed(text, pos);
      folded = folding::character(c);
    }
    if (folded.kind == Kind::mark) {
      if (!word.text.empty()) {
        word.end = pos;
        std::size_t at = word.text.size() - 1;
        char second = second_letter(word.text[at], c);
        if (second && (marked.empty() || marked.back().at != at)) marked.push_back({at, second, false});
      } else if (run) {
        run_end = pos;
      }
      continue;
    }
    if (folded.kind != Kind::ideograph) end_run(run_end);
    if (folded.kind == Kind::letter || folded.kind == Kind::letters) {
      if (word.text.empty()) word.begin = begin;
      word.end = pos;
      if (word.text.size() <= k_longest_token) {
        if (char second = byte < 0x80 ? '\0' : second_letter(c))
          marked.push_back({word.text.size(), second, false});
        append_character(word.text, folded);
      }
      continue;
    }
    end_word();
    if (folded.kind == Kind::separator) continue;
    if (run) {
      FoldedToken& pair = out.emplace_back();
      append_utf8(pair.text, previous);
      append_utf8(pair.text, folded.to);
      pair.begin = previous_begin;
      pair.end = pos;
    }
    previous = folded.to;
    previous_begin = begin;
    run_end = pos;
    ++run;
  }
  end_word();
  end_run(run_end);
  return out;
}

std::string fold_for_index(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8 + 16);
  std::size_t word = 0, run = 0; // where the open word begins in out; ideographs so far
  bool contractible = false;
  char32_t previous = 0;
  auto end_word = [&] {
    if (out.size() == word) return;
    cut(out, word);
    if (contractible) contract(out, word);
    contractible = false;
    out += ' ';
    word = out.size();
  };
  auto end_run = [&] {
    if (run == 1) {
      append_utf8(out, previous);
      out += ' ';
      word = out.size();
    }
    run = 0;
  };
  for (std::size_t pos = 0; pos < text.size();) {
    unsigned char byte = static_cast<unsigned char>(text[pos]);
    if (byte < 0x80) {
      if (run) end_run();
      char before = out.size() > word ? out.back() : '\0', folded;
      // Not more of a giant run than cut() needs to see.
      std::size_t open = out.size() - word, room = open > k_longest_token ? 0 : k_longest_token + 1 - open;
      std::array<char, k_longest_token + 1> letters;
      std::size_t n = 0;
      for (; pos < text.size() && (folded = k_ascii[static_cast<unsigned char>(text[pos])]); ++pos) {
        contractible |= folded == 'x' || (folded == 'a' && before == 'a');
        before = folded;
        if (n < room) letters[n++] = folded;
      }
      out.append(letters.data(), n);
      if (pos < text.size() && static_cast<unsigned char>(text[pos]) < 0x80) {
        end_word();
        ++pos;
      }
      continue;
    }
    Character folded = folding::character(folding::next_composed(text, pos));
    if (folded.kind == Kind::mark) continue;
    if (folded.kind != Kind::ideograph && run) end_run();
    if (folded.kind == Kind::letter || folded.kind == Kind::letters) {
      if (out.size() - word <= k_longest_token) append_character(out, folded);
      contractible = true;
      continue;
    }
    end_word();
    if (folded.kind == Kind::separator) continue;
    if (run) {
      append_utf8(out, previous);
      append_utf8(out, folded.to);
      out += ' ';
      word = out.size();
    }
    previous = folded.to;
    ++run;
  }
  end_word();
  end_run();
  if (!out.empty()) out.pop_back();
  return out;
}

std::string fold_word(std::string_view text) {
  std::string out;
  for (std::size_t pos = 0; pos < text.size();) {
    unsigned char byte = static_cast<unsigned char>(text[pos]);
    if (byte < 0x80) {
      out += k_ascii[byte] ? k_ascii[byte] : static_cast<char>(byte);
      ++pos;
      continue;
    }
    char32_t c = folding::next_composed(text, pos);
    Character folded = folding::character(c);
    if (folded.kind == Kind::separator)
      append_utf8(out, c);
    else if (folded.kind != Kind::mark)
      append_character(out, folded);
  }
  return out;
}

} // namespace helpdesk
