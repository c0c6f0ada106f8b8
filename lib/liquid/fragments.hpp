// The pieces that lax mode finds in a markup. A fragment is a quoted string, or a run without white space,
// "," and "|" in which quoted strings may stand; a quote that nothing closes belongs to none.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace helpdesk::liquid {

// Length of the fragment that begins exactly at text[at], 0 for none.
std::size_t fragment_length(std::string_view text, std::size_t at);
// The first fragment at or after from; empty when there is none.
std::string_view find_fragment(std::string_view text, std::size_t from);
// The filters of "a: 1 | b": split at "|" outside of quotes.
std::vector<std::string_view> filter_parts(std::string_view text);
// The arguments of one filter, each with its name or without; also the "name: value" pairs of tags.
std::vector<std::pair<std::string_view, std::string_view>> filter_arguments(std::string_view part);
// Every "name: value" of a tag's markup.
std::vector<std::pair<std::string_view, std::string_view>> attributes(std::string_view markup);

struct Comparison {
  std::string_view left, operation, right;
};
Comparison parse_comparison(std::string_view group);
std::size_t condition_word(std::string_view rest);

} // namespace helpdesk::liquid
