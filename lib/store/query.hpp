// The search language: what `search`, `list`, saved queries and [[rules]] all read. One parser, one tree.
//   printer "exact phrase" -not or ( … ) word*  from: to: subject: tag: status: channel: account: assignee:
//   queue: priority: person: before: after: waiting:>4h silent:>7d has:attachment is:waiting is:unread
//   is:spam is:snoozed needs_reply:yes lang:nb  id:12
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "model/values.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::store {

enum class Node : unsigned char { all, any, negation, word, phrase, prefix, field };
enum class Compare : unsigned char { equal, less, greater, less_equal, greater_equal };

// Everything an all/any node holds are children; word, phrase and prefix hold text; a field holds name,
// compare and text, and for times and durations the resolved value in micros (before/after: instant;
// waiting/silent: duration).
struct Query {
  Node node = Node::all;
  std::string name, text;
  Compare compare = Compare::equal;
  std::int64_t micros = 0;
  std::vector<Query> children;
  bool empty() const { return node == Node::all && children.empty(); }
  bool operator==(const Query&) const = default;
};

// Usage error with the column and a suggestion ("unknown field \"frm:\" (did you mean \"from:\"?)"). Depth is
// limited to 50.
Result<Query> parse_query(std::string_view text, Instant now, const Zone& zone);
Query both(Query a, Query b);
// For display and for tests: parse(to_text(q)) == q.
std::string to_text(const Query& query);
// The field names with one line of help each, for completion, help and did-you-mean.
struct QueryField {
  std::string_view name, help;
};
const std::vector<QueryField>& query_fields();

// Evaluates against one message and its ticket in memory, with the same folding as the index: for rules and
// for the memory store.
bool matches(const Query& query, const model::Ticket& ticket, const model::Message* message, Instant now);

} // namespace helpdesk::store
