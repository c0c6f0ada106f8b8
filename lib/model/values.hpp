// The values of the domain: pure data, no I/O. Strings are valid UTF-8 and come from outside: hostile until a
// renderer defused them.
#pragma once

#include "base/time.hpp"
#include "model/enums.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace helpdesk::model {

// A mail address or another identity as a message names it, with the display name beside it.
struct Contact {
  std::string name;    // display name, may be empty
  std::string address; // mail: local@domain with the domain in lower case; else a handle, number or remote id
  bool operator==(const Contact&) const = default;
};

struct Identity {
  std::string kind; // "email", "phone", "handle", "remote"
  std::string value;
  auto operator<=>(const Identity&) const = default;
};

struct Person {
  std::string key; // "person:" + smallest identity, or after a merge the smallest of all
  Role role = Role::customer;
  std::string name;
  std::vector<Identity> identities; // sorted
  std::string organisation, language, zone;
  Instant
      name_at{}; // time of the message that gave the name: the newest one wins, whatever the order of arrival
};

struct Attachment {
  int number = 0; // 1-based within the message
  std::string name, type;
  std::uint64_t size = 0; // decoded bytes
  std::string sha256, content_id;
  bool inline_part = false;
  AttachmentState state = AttachmentState::stored;
};

struct Message {
  std::string key; // account:message:remote id; of a mail the Message-ID without <>, else "sha256-" + hash of
                   // the raw mail
  std::string ticket; // key of the ticket it belongs to
  std::string raw; // keys of the raw records that hold it, sorted, separated by a space; it was decoded from
                   // the first. Empty when it was written here (note, phone log)
  Instant time{};  // the server's receive time when known, else the Date header
  Direction direction = Direction::in;
  Visibility visibility = Visibility::public_;
  Contact author;
  Role author_role = Role::customer; // at that time
  Automation automation = Automation::none;
  NeedsReply needs_reply = NeedsReply::yes;
  std::string needs_reply_reason; // "question", "bare thanks", "newsletter: List-Unsubscribe" …
  Delivery delivery = Delivery::unknown;
  Channel channel = Channel::email;
  std::string subject;
  std::string text;     // the whole readable text
  std::string html;     // original HTML part, unsanitised; empty when there was none
  std::string stripped; // text without quotes and signature: for reading and statistics
  std::vector<Contact> to, cc, bcc, reply_to;
  std::string message_id, in_reply_to; // without <>
  std::vector<std::string> references; // without <>, oldest first
  std::string subject_key;             // see sync/thread.hpp: what threads by subject
  std::string language;                // ISO 639-1, empty when too short to tell
  std::vector<Attachment> attachments;
  std::vector<std::string> defects; // what could not be read, in words
  std::vector<std::string> labels; // sorted: roles of the folders it lies in ("inbox", "sent", "junk" …), and
                                   // "rule:NAME" for rules that matched
  bool gone_from_server = false;
};

struct Event {
  std::string key; // account:event:remote id, or "journal:" + seq; unique
  std::string ticket;
  Instant time{};
  Contact actor;
  EventKind kind = EventKind::field;
  std::string field;    // with kind field, tag: which one
  std::string from, to; // text forms; worklog: seconds in to
  Source source = Source::human;
};

struct CustomField {
  std::string key, value;
};

struct Ticket {
  std::string key;
  std::vector<std::string> aliases; // other thread roots that led here, sorted
  std::int64_t number = 0;          // "#n": per store, never reused; not part of the digest
  std::string account, url, subject;
  Channel channel = Channel::email;
  Status status = Status::fresh;
  std::string status_raw;
  Priority priority = Priority::none;
  std::string priority_raw, queue;
  std::string requester; // person key
  std::string requester_name, requester_address;
  std::string assignee;
  std::vector<std::string> tags; // sorted, unique
  std::vector<CustomField> fields;
  Instant created{}, updated{};
  std::optional<Instant> closed, due;
  std::optional<Instant>
      waiting_since; // oldest unanswered customer message that needs a reply; the customer waits for us
  NeedsReply needs_reply =
      NeedsReply::no; // of the messages that wait: yes before unsure; no when nothing waits
  std::string needs_reply_reason;
  std::optional<Instant> snoozed_until;
  std::optional<Instant> last_in, last_out; // newest public message of each direction
  std::string last_message;                 // key of the newest message
  int messages = 0;                         // public ones
  bool spam = false, deleted = false;
  bool history_only = false; // quiet before the account's history line: counted, never listed as waiting
  std::string merged_into;   // ticket key
  std::string language;
};

} // namespace helpdesk::model
