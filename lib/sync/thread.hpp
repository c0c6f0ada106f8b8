// Threading: which messages are one conversation. A pure function of the set of messages and of the journal's
// merges and splits, never of their order of arrival, so that two stores that pull the same mailbox agree.
//
// Edges, in this order of trust: References and In-Reply-To; the desk's subject token [#n] where a
// participant matches; for a reply
// ("Re: …") without References and In-Reply-To, the latest earlier message with the same subject and a common
// outside participant within the policy's window. A component's key is the thread root of its earliest
// message; the other roots are aliases.
#pragma once

#include "model/values.hpp"
#include "sync/policy.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace helpdesk::sync {

// "account:message:x" -> "x": the Message-ID, or the hash of a mail without one.
std::string_view remote_id(std::string_view message_key);
// The thread root of a mail: first of References, else In-Reply-To, else its own key (Message-ID or sha256).
std::string thread_root(const model::Message& message);
std::string ticket_key(const Policy& policy, std::string_view root); // "account:ticket:root"
std::string_view root_of_key(std::string_view key);

struct JournalEdges {
  std::map<std::string, std::string, std::less<>> merges; // ticket root -> ticket root it was merged into
  std::set<std::string, std::less<>> splits; // remote ids of messages that begin a ticket of their own
};

struct Component {
  std::string root;                  // of its earliest message, after merges that of the ticket merged into
  std::vector<std::string> aliases;  // other roots, sorted, without root
  std::vector<std::size_t> messages; // indexes into the input, ordered by (time, key)
  std::vector<std::string> merged_roots; // components that a merge brought in: shells that point here
};

// heads: all messages of every ticket that may be concerned. token_root: the root of the ticket that a [#n]
// in the subject names, when the author takes part in that ticket; else empty.
std::vector<Component> thread(const std::vector<const model::Message*>& heads, const Policy& policy,
                              const JournalEdges& edges,
                              const std::function<std::string(const model::Message&)>& token_root);

// The outside addresses of a message, lower case, sorted: author, recipients and Reply-To without ours.
std::vector<std::string> outside_participants(const model::Message& message, const Policy& policy);
// Message::subject_key: the folded bare subject, with "re:" before it for a reply that refers to nothing;
// empty when too short to thread by.
std::string subject_key_of(const model::Message& message);
std::string_view plain_subject_key(std::string_view key);
// Whether the subject fallback applies to it (a reply by its subject that refers to nothing, not split off).
bool wants_subject_thread(const model::Message& message, const JournalEdges& edges);

} // namespace helpdesk::sync
