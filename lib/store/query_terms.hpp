// What a word, phrase or prefix of a query looks for in folded text: shared by the full-text index, the
// evaluation in memory and the marks in snippets, so that the three agree.
#pragma once

#include "base/fold.hpp"
#include "store/query.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::store {

// The columns of the index, in its order.
enum class Column : unsigned char { subject, body, sender, recipients, attachments };
constexpr std::size_t k_columns = 5;
constexpr std::array<std::string_view, k_columns> k_column_names{"subject", "body", "sender", "recipients",
                                                                 "attachments"};
using FoldedColumns = std::array<std::string, k_columns>;

// What the index holds of a message: each column folded, tokens separated by single spaces. The body is the
// text, and behind it what only the HTML says.
FoldedColumns fold_columns(const model::Message& message);
std::string fold_column(const model::Message& message, Column column);

// A run of tokens that must stand one after the other. Each position accepts any of its spellings, the
// index's own first; with prefix the last one accepts longer words too. No positions: matches nothing.
struct TermPattern {
  std::vector<std::vector<std::string>> positions;
  bool prefix = false;
};
TermPattern pattern_of(std::string_view text, bool prefix);
// Of a word, phrase or prefix node, or of a from:, to:, subject: or person: field (where a trailing * makes a
// prefix).
TermPattern pattern_of(const Query& query);
// All ways to write it, tokens separated by single spaces; when they are more than limit, only the one the
// index would hold.
std::vector<std::string> spellings(const TermPattern& pattern, std::size_t limit = 64);

// folded: tokens separated by single spaces.
bool occurs(const TermPattern& pattern, std::string_view folded);
// Number of times it occurs.
int count_occurrences(const TermPattern& pattern, std::string_view folded);
// Byte ranges of the original text that the tokens cover.
std::vector<std::pair<std::size_t, std::size_t>> find_marks(const TermPattern& pattern,
                                                            const std::vector<FoldedToken>& tokens);

} // namespace helpdesk::store
