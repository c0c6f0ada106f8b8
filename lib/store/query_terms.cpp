#include "store/query_terms.hpp"

#include "base/text.hpp"
#include "store/html_words.hpp"

#include <algorithm>

namespace helpdesk::store {
namespace {

void add_contact(std::string& out, const model::Contact& contact) {
  for (const auto* part : {&contact.name, &contact.address})
    if (!part->empty()) out += *part, out += '\n';
}

bool accepts(const TermPattern& pattern, std::size_t position, std::string_view token) {
  bool prefix = pattern.prefix && position + 1 == pattern.positions.size();
  return std::ranges::any_of(pattern.positions[position], [&](const std::string& form) {
    return prefix ? token.starts_with(form) : token == form;
  });
}

} // namespace

std::string fold_column(const model::Message& m, Column column) {
  std::string plain;
  switch (column) {
  case Column::subject: return fold_for_index(m.subject);
  case Column::body: {
    std::string body = fold_for_index(m.text.empty() ? m.stripped : m.text);
    if (m.html.empty()) return body;
    const std::string beyond = words_beyond(body, fold_for_index(text_of_html(m.html)));
    if (!beyond.empty()) body += (body.empty() ? "" : " ") + beyond;
    return body;
  }
  case Column::sender:
    add_contact(plain, m.author);
    for (const auto& c : m.reply_to) add_contact(plain, c);
    break;
  case Column::recipients:
    for (const auto* list : {&m.to, &m.cc, &m.bcc})
      for (const auto& c : *list) add_contact(plain, c);
    break;
  case Column::attachments:
    for (const auto& a : m.attachments) plain += a.name, plain += '\n';
    break;
  }
  return fold_for_index(plain);
}

FoldedColumns fold_columns(const model::Message& message) {
  FoldedColumns out;
  for (std::size_t i = 0; i < k_columns; ++i) out[i] = fold_column(message, static_cast<Column>(i));
  return out;
}

TermPattern pattern_of(std::string_view text, bool prefix) {
  TermPattern pattern{.prefix = prefix};
  for (const auto& token : fold_tokens(text)) {
    std::vector<std::string> forms;
    auto add = [&](std::string_view form) {
      if (!form.empty() && std::ranges::find(forms, form) == forms.end()) forms.emplace_back(form);
    };
    // What the index holds for this very word comes first; then every other spelling of it.
    auto canonical = fold_for_index(token.text);
    add(canonical.find(' ') == std::string::npos ? std::string_view(canonical)
                                                 : std::string_view(token.text));
    add(token.text);
    for (const auto& alternative : token.alternatives) add(alternative);
    pattern.positions.push_back(std::move(forms));
  }
  return pattern;
}

std::vector<std::string> spellings(const TermPattern& pattern, std::size_t limit) {
  std::size_t product = pattern.positions.empty() ? 0 : 1;
  for (const auto& forms : pattern.positions) product = std::min(product * forms.size(), limit + 1);
  std::vector<std::string> out;
  if (product == 0) return out;
  out.emplace_back();
  for (const auto& forms : pattern.positions) {
    std::vector<std::string> longer;
    for (const auto& begin : out)
      for (std::size_t i = 0; i < (product > limit ? 1 : forms.size()); ++i)
        longer.push_back(begin.empty() ? forms[i] : begin + ' ' + forms[i]);
    out = std::move(longer);
  }
  return out;
}

TermPattern pattern_of(const Query& q) {
  std::string_view text = q.text;
  bool prefix = q.node == Node::prefix;
  if (q.node == Node::field && text.size() > 1 && text.ends_with('*')) {
    text.remove_suffix(1);
    prefix = true;
  }
  return pattern_of(text, prefix);
}

int count_occurrences(const TermPattern& pattern, std::string_view folded) {
  if (pattern.positions.empty()) return 0;
  auto tokens = split(folded, ' ');
  int count = 0;
  for (std::size_t i = 0; i + pattern.positions.size() <= tokens.size(); ++i) {
    std::size_t k = 0;
    while (k < pattern.positions.size() && accepts(pattern, k, tokens[i + k])) ++k;
    count += k == pattern.positions.size();
  }
  return count;
}

bool occurs(const TermPattern& pattern, std::string_view folded) {
  return count_occurrences(pattern, folded) > 0;
}

std::vector<std::pair<std::size_t, std::size_t>> find_marks(const TermPattern& pattern,
                                                            const std::vector<FoldedToken>& tokens) {
  std::vector<std::pair<std::size_t, std::size_t>> marks;
  auto length = pattern.positions.size();
  if (length == 0) return marks;
  auto accepted = [&](std::size_t position, const FoldedToken& token) {
    return accepts(pattern, position, token.text) ||
           std::ranges::any_of(token.alternatives,
                               [&](const std::string& form) { return accepts(pattern, position, form); });
  };
  for (std::size_t i = 0; i + length <= tokens.size(); ++i) {
    std::size_t k = 0;
    while (k < length && accepted(k, tokens[i + k])) ++k;
    if (k == length) marks.emplace_back(tokens[i].begin, tokens[i + length - 1].end);
  }
  return marks;
}

} // namespace helpdesk::store
