#include "store/snippet.hpp"

#include "base/fold.hpp"
#include "base/text.hpp"
#include "store/query_match.hpp"
#include "store/query_terms.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace helpdesk::store {
namespace {

constexpr std::size_t k_before = 60, k_length = 200; // bytes

void collect(const Query& q, std::vector<TermPattern>& out) {
  if (q.node == Node::negation) return;
  if (is_text_leaf(q) && (!column_of(q) || column_of(q) == Column::subject)) out.push_back(pattern_of(q));
  for (const auto& child : q.children) collect(child, out);
}

using Marks = std::vector<std::pair<std::size_t, std::size_t>>;

Marks marks_in(std::string_view text, const std::vector<TermPattern>& patterns) {
  Marks all;
  auto tokens = fold_tokens(text);
  for (const auto& pattern : patterns)
    for (auto mark : find_marks(pattern, tokens)) all.push_back(mark);
  std::ranges::sort(all);
  Marks merged;
  for (auto mark : all) {
    if (!merged.empty() && mark.first <= merged.back().second)
      merged.back().second = std::max(merged.back().second, mark.second);
    else
      merged.push_back(mark);
  }
  return merged;
}

// The bytes that a word which is looked for may begin with. A word whose first letter is ASCII keeps it when
// it is folded.
std::array<bool, 256> first_bytes(const std::vector<TermPattern>& patterns) {
  std::array<bool, 256> first{};
  for (const auto& pattern : patterns)
    for (const auto& forms : pattern.positions)
      for (const auto& form : forms) {
        unsigned char byte = static_cast<unsigned char>(form.front());
        first[byte] = true;
        if (byte >= 'a' && byte <= 'z') first[byte - 'a' + 'A'] = true;
      }
  return first;
}

// A stretch of text between ASCII characters that are no letters or digits.
struct Stretch {
  std::size_t end = 0;
  bool one_word = true; // for certain: ASCII and letters U+00C0 to U+024F
};

Stretch stretch_at(std::string_view text, std::size_t begin) {
  Stretch stretch{begin};
  for (; stretch.end < text.size(); ++stretch.end) {
    auto byte = static_cast<unsigned char>(text[stretch.end]);
    if (byte < 0x80) {
      if (!(byte >= '0' && byte <= '9') && !((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z')) break;
    } else if (byte == 0x97 || byte == 0xB7 || (byte >= 0xC0 && (byte < 0xC3 || byte > 0xC9))) {
      stretch.one_word = false; // × and ÷, which may also be parts of letters, and all beyond
    }
  }
  return stretch;
}

// The marks that the window of the snippet needs: those near the first one. Folding with places costs more
// than finding the message, so it is done to no more words than may be meant.
Marks marks_near_the_first(std::string_view text, const std::vector<TermPattern>& patterns) {
  // A phrase lies across words.
  if (!std::ranges::all_of(patterns, [](const auto& p) { return p.positions.size() <= 1; }))
    return marks_in(text, patterns);
  const auto first = first_bytes(patterns);
  Marks marks;
  std::size_t last = text.size();
  for (std::size_t begin = 0; begin < last;) {
    auto [end, one_word] = stretch_at(text, begin);
    auto word = text.substr(begin, end - begin);
    auto offset = std::exchange(begin, end + 1);
    if (word.empty()) continue;
    auto byte = static_cast<unsigned char>(word.front());
    if (one_word && byte < 0x80 && !first[byte]) continue;
    auto folded = fold_for_index(word);
    if (std::ranges::none_of(patterns, [&](const auto& p) { return occurs(p, folded); })) continue;
    for (auto mark : marks_in(word, patterns)) marks.emplace_back(offset + mark.first, offset + mark.second);
    if (!marks.empty()) last = std::min(last, marks.front().first + k_length);
  }
  return marks;
}

bool continues(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;
}

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f'; }

// Cuts the window out of text, makes it one line, and carries the marks over.
void cut(std::string_view text, const Marks& marks, SearchHit& hit) {
  std::size_t begin = 0;
  if (!marks.empty() && marks.front().first > k_before) {
    begin = marks.front().first - k_before;
    while (begin < marks.front().first && !blank(text[begin]))
      ++begin; // begins with a whole word, if there is one
    if (begin == marks.front().first) begin = marks.front().first - k_before;
    while (continues(text, begin)) --begin;
  }
  auto end = std::min(text.size(), begin + k_length);
  while (continues(text, end)) ++end;
  while (begin < end && blank(text[begin])) ++begin;
  if (begin > 0) hit.snippet = "…";
  std::size_t next = 0;
  bool space = false;
  bool open = false;
  std::size_t opened = 0;
  for (auto i = begin; i <= end; ++i) {
    if (next < marks.size() && open && (i >= marks[next].second || i == end)) {
      hit.marks.emplace_back(opened, hit.snippet.size());
      open = false;
      ++next;
    }
    if (i == end) break;
    if (blank(text[i])) {
      space = true;
      continue;
    }
    if (space) hit.snippet += ' ', space = false;
    if (next < marks.size() && !open && i >= marks[next].first) open = true, opened = hit.snippet.size();
    hit.snippet += text[i];
  }
  if (end < text.size()) hit.snippet += "…";
}

} // namespace

SearchHit make_hit(const Query& query, const model::Message& m) {
  SearchHit hit{.ticket = m.ticket,
                .message = m.key,
                .time = m.time,
                .subject = m.subject,
                .author = m.author.name.empty() ? m.author.address : m.author.name};
  std::vector<TermPattern> patterns;
  collect(query, patterns);
  // What the writer wrote is worth more than what was quoted.
  Marks marks;
  std::string_view shown = m.stripped.empty() ? m.text : m.stripped;
  for (std::string_view candidate :
       {std::string_view(m.stripped), std::string_view(m.text), std::string_view(m.subject)}) {
    if (candidate.empty() || patterns.empty()) continue;
    marks = marks_near_the_first(candidate, patterns);
    if (marks.empty()) continue;
    // A hit in the subject alone shows itself there; the snippet is the beginning of the text.
    if (candidate.data() == m.subject.data() && !shown.empty())
      marks.clear();
    else
      shown = candidate;
    break;
  }
  cut(shown.empty() ? std::string_view(m.subject) : shown, marks, hit);
  return hit;
}

} // namespace helpdesk::store
