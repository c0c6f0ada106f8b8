// A ticket's timeline: messages and events without their text, ordered. Metrics are pure functions of it.
#pragma once

#include "base/time.hpp"
#include "model/enums.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::model {

// Dictionary code of a repeated string (agent, queue, tag …) inside one store; 0 is the empty string.
using Term = std::uint32_t;

// kind_rank orders what happened in the same microsecond (metrics.md section 1): created < in < out < note <
// assign… < status < merge < delete.
enum class EntryKind : std::uint8_t { message, event };

struct TimelineEntry {
  Instant time{};
  EntryKind entry = EntryKind::message;
  // message
  Direction direction = Direction::in;
  Visibility visibility = Visibility::public_;
  Role author_role = Role::customer;
  Automation automation = Automation::none;
  NeedsReply needs_reply = NeedsReply::yes;
  Delivery delivery = Delivery::unknown;
  // event
  EventKind kind = EventKind::created;
  Source source = Source::human;
  Term field = 0, from = 0, to = 0; // status events: the Status' number + 1 in from and to instead of a term
  // both
  Term actor = 0;
  bool local = false; // made here (rule table, journal): dropped and made again when the ticket is derived;
                      // else it came from the backend
  std::int64_t number = 0; // worklog: seconds; message: 1-based position among the ticket's messages
  bool operator==(const TimelineEntry&) const = default;
};

// A custom field of the ticket as it is now; field events tell what it was.
struct FieldValue {
  Term field = 0, value = 0;
  bool operator==(const FieldValue&) const = default;
};

struct Timeline {
  std::int64_t ticket = 0; // the ticket's #n
  Term account = 0, queue = 0, assignee = 0, requester = 0, organisation = 0, language = 0;
  Channel channel = Channel::email;
  Priority priority = Priority::none;
  Status status = Status::fresh;
  bool spam = false, deleted = false, merged = false, history_only = false;
  std::vector<Term> tags;
  std::vector<FieldValue> fields;     // custom ones that statistics may be broken down by; by name
  std::vector<TimelineEntry> entries; // ordered by (time, kind_rank, arrival-independent key)
  bool operator==(const Timeline&) const = default;
};

// Rank inside one microsecond; see above.
int kind_rank(const TimelineEntry& e);

} // namespace helpdesk::model
