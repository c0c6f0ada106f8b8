// What an IMAP server says, as values. Bounded on every side: the server may be hostile.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace helpdesk::net {

struct ImapLimits {
  std::size_t line_bytes = 16ULL << 20;      // of one response without its literals
  std::size_t literal_bytes = 128ULL << 20;  // of one literal
  std::size_t response_bytes = 256ULL << 20; // of all literals of one response
  std::size_t values = 200'000;              // atoms, strings and lists of one response
  std::size_t depth = 100;
};

struct ImapValue {
  enum class Kind : unsigned char { nil, atom, string, list };
  Kind kind = Kind::nil;
  std::string text; // of atoms and strings (quoted or literal); atoms keep their brackets:
                    // "BODY[HEADER.FIELDS (FROM)]"
  std::vector<ImapValue> items;

  bool is_list() const { return kind == Kind::list; }
  bool is_text() const { return kind == Kind::atom || kind == Kind::string; }
};

struct ImapResponse {
  enum class Kind : unsigned char { untagged, tagged, continuation };
  Kind kind = Kind::untagged;
  std::string tag;
  std::string name; // upper case: OK NO BAD BYE PREAUTH, FETCH, EXISTS, SEARCH, LIST, VANISHED …
  std::optional<std::uint32_t> number; // "* 12 FETCH": 12
  std::string code; // of OK, NO, BAD, BYE, PREAUTH: the text between the brackets, "UIDVALIDITY 5"
  std::string text; // what follows, for people
  std::vector<ImapValue> values;      // the rest of other responses
  std::vector<std::uint64_t> numbers; // of SEARCH, instead of values

  // Of FETCH: the value behind an item's name (compared ignoring case, "BODY[HEADER" also finds
  // BODY[HEADER.FIELDS …]), or null.
  const ImapValue* item(std::string_view item_name) const;
  ImapValue* item(std::string_view item_name);
};

// One response as it was read: its line with every literal taken out. A literal stands in line as its {n} and
// CRLF.
struct ImapRawResponse {
  std::string line;                  // without the last CRLF
  std::vector<std::string> literals; // in order
};

// Failed when it is not one. Never throws, never reads past its input; recursion is bounded by limits.depth.
Result<ImapResponse> parse_imap_response(ImapRawResponse raw, const ImapLimits& limits = {});

// The n of a line that ends in {n}, {n+} or ~{n}; nullopt when it announces no literal. Status lines (OK, NO,
// …) never do.
std::optional<std::uint64_t> announced_literal(std::string_view line);

// "1:5,7,9:*" -> ranges in ascending order, joined; '*' is 4294967295. nullopt when it is no sequence set.
using UidRange = std::pair<std::uint32_t, std::uint32_t>;
std::optional<std::vector<UidRange>> parse_uid_set(std::string_view text);
bool contains(const std::vector<UidRange>& set, std::uint32_t uid);
// The shortest text for these uids, "1:5,7"; they are sorted and made unique first.
std::string uid_set(std::vector<std::uint32_t> uids);

} // namespace helpdesk::net
