// Queries as SQL: every value bound, full-text expressions built and quoted here. query_match.cpp says the
// same in memory.
#pragma once

#include "store/sqlite/seconds.hpp"
#include "store/sqlite/topics.hpp"

#include <concepts>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace helpdesk::store::sqlite {

struct Value { // a number, a text, or a time
  template <std::integral T> Value(T n) : number(n) {}
  Value(std::string s) : text(std::move(s)) {}
  Value(Seconds t) : seconds(t) {}
  std::int64_t number = 0;
  std::optional<std::string> text;
  std::optional<Seconds> seconds;
};
void bind_values(Statement& s, const std::vector<Value>& values, int first = 1);

// What the tables are called where the condition stands: messages m and tickets t, or tickets t alone.
enum class Scope : unsigned char { message, ticket };

struct Condition {
  std::string sql; // an expression; "1" for the empty query
  std::vector<Value> values;
  bool needs_ticket = false; // message scope: it speaks of t
};
Result<Condition> condition_of(Database& db, const Query& query, Scope scope, Instant now);

// The full-text expression of a query of text leaves only; nullopt when it is anything else or has nothing
// positive in it.
std::optional<std::string> match_expression(const Query& query);

// A query on messages, split: what the full-text index answers alone, and the rest of the conjunction.
struct Split {
  std::string match; // empty: nothing for the index
  Query rest;
};
Split split_match(const Query& query);

} // namespace helpdesk::store::sqlite
