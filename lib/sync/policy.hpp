// What an account's owner has decided, as sync needs it: who we are, what counts, which rules apply. Built
// from configuration by app.
#pragma once

#include "base/time.hpp"
#include "model/values.hpp"
#include "store/query.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::sync {

// Takes requester and order number from the body of a contact form's mail. A pattern is a line's beginning up
// to "*": "E-mail: *".
struct FormPatterns {
  std::vector<std::string>
      from; // sender addresses this applies to; empty: every mail of ours with a foreign Reply-To
  std::string name, address, order;
  bool empty() const { return name.empty() && address.empty() && order.empty(); }
};

// One [[rules]] entry: when a new message matches, change the ticket. Changes are those of `set`:
// "tag+=billing", "spam=true".
struct Rule {
  std::string name;
  std::string when_text;
  store::Query when;
  std::vector<std::pair<std::string, std::string>> changes; // "tag+" "billing"
};

struct Policy {
  std::string account, kind;
  std::vector<std::string> us_addresses; // lower case
  std::vector<std::string> us_domains;   // without @, lower case
  bool scope_all = false;                // fetch every conversation, not only those with one of our addresses
  std::vector<FormPatterns> forms;
  std::vector<Rule> rules;
  std::optional<Instant> history_before; // conversations quiet since before this are history only
  std::optional<Duration> solve_after;   // of pending; off when empty
  bool backend_sends_status = false;
  bool subject_tokens = false; // our outgoing subjects carry [#n]
  Duration subject_window = std::chrono::hours(24 * 30);
};

bool is_ours(const Policy& policy, std::string_view address);

} // namespace helpdesk::sync
