// What each leaf of a query means, on a message and on a ticket. The SQL of sqlite/condition.cpp says the
// same.
#pragma once

#include "model/values.hpp"
#include "store/query.hpp"
#include "store/query_terms.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string_view>

namespace helpdesk::store {

// Walks all, any and negation; leaf decides the rest.
bool evaluate(const Query& query, const std::function<bool(const Query& leaf)>& leaf);

// Text leaves look into messages: word, phrase, prefix, from:, to:, subject:.
bool is_text_leaf(const Query& leaf);
// Columns a text leaf looks into; nullopt: all.
std::optional<Column> column_of(const Query& leaf);

// tag, queue, account, lang: the same word after folding; "none" is the empty value.
bool value_matches(std::string_view value, std::string_view wanted);
// assignee, person: also a part of the name or address.
bool name_matches(std::string_view value, std::string_view wanted);

bool compare(std::int64_t a, Compare compare, std::int64_t b);

// When somebody last wrote publicly, else the last update: what silent: counts from.
Instant last_spoken(const model::Ticket& ticket);

// The ticket as a whole: a leaf about messages holds when it holds for one of them, so that the words of a
// query may stand in different messages of one conversation. before: and after: look at when it was created
// and last updated.
bool matches_ticket(const Query& query, const model::Ticket& ticket,
                    std::span<const model::Message* const> messages, Instant now);

// Spam, deleted and merged-away tickets are listed only if the filter names them; an id: names any.
struct Hidden {
  bool spam = true, deleted = true, merged = true;
};
Hidden hidden_by_default(const Query& query);

} // namespace helpdesk::store
