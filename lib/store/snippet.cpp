#include "store/snippet.hpp"

#include "base/fold.hpp"
#include "base/text.hpp"
#include "store/query_match.hpp"
#include "store/query_terms.hpp"

#include <algorithm>

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

// Folding with places costs more than finding the message; folding without them says cheaply where to look.
constexpr std::size_t k_step = 160;

// Past the last blank at or before at, behind from; npos when there is none.
std::size_t cut_at_blank(std::string_view text, std::size_t from, std::size_t at) {
  if (at >= text.size()) return text.size();
  auto blank = text.find_last_of(" \n", at);
  return blank == std::string_view::npos || blank < from ? std::string_view::npos : blank + 1;
}

// The marks that the window of the snippet needs: those near the first one, else all.
Marks marks_near_the_first(std::string_view text, const std::vector<TermPattern>& patterns) {
  // A phrase may lie across two steps.
  if (!std::ranges::all_of(patterns, [](const auto& p) { return p.positions.size() <= 1; }))
    return marks_in(text, patterns);
  for (std::size_t begin = 0; begin < text.size();) {
    auto end = cut_at_blank(text, begin, begin + k_step);
    if (end == std::string_view::npos) return marks_in(text, patterns);
    auto folded = fold_for_index(text.substr(begin, end - begin));
    if (std::ranges::none_of(patterns, [&](const auto& p) { return occurs(p, folded); })) {
      begin = end;
      continue;
    }
    auto last = cut_at_blank(text, begin, end + k_length);
    auto marks = marks_in(text.substr(begin, last == std::string_view::npos ? last : last - begin), patterns);
    if (marks.empty()) return marks_in(text, patterns);
    for (auto& mark : marks) mark.first += begin, mark.second += begin;
    return marks;
  }
  return {};
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
