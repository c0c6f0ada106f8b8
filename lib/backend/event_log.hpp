// A log of events read in one go, ticket by ticket and in codes instead of texts: for reports about a file,
// which need timelines and nothing else, and for the first pull of a log that holds no texts. What it tells
// is what pull and decode tell of the same files.
#pragma once

#include "backend/backend.hpp"
#include "base/time.hpp"
#include "model/timeline.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace helpdesk::backend {

// What a pull keeps of a ticket beside its timeline. Views are valid during the call.
struct LoggedWords {
  std::string_view record;                                           // as its raw record has it
  std::string_view status, priority;                                 // as the log says them
  std::vector<std::pair<std::string_view, std::string_view>> fields; // custom ones, by key
};

struct LoggedTicket {
  std::string_view id;     // of the log; valid during the call
  std::uint64_t place = 0; // where the log first speaks of it: the smaller, the earlier
  Instant created{}, updated{};
  model::Term first_writer = 0;              // address of whoever wrote the first letter, where he has one
  model::Timeline head;                      // what the rows say of the ticket; without account and entries
  std::vector<model::TimelineEntry> events;  // in the order of (time, key)
  std::vector<model::TimelineEntry> letters; // messages without a text, in that order too; not yet numbered
  LoggedWords words;                         // where the reading keeps records
};

struct EventLogReading {
  std::size_t threads = 2;
  bool needs_subjects = false;
  // Tells words, and what else a pull leaves behind. Each lane's tickets come in the order of their places.
  bool keeps_records = false;
  // Nobody asks what the log calls each event: only the first and the last row of a ticket tell it, which say
  // when it began and ended. All rows do where one lies behind this instant, since such entries are counted.
  std::optional<Instant> unnamed_until;
  std::size_t block = 256 << 10;  // bytes read at once
  std::size_t memory = 256 << 20; // for rows, of all threads; the rest waits on the disk
  // Of the account, with keeps_records, which has no records yet: a log that was pulled to its end before is
  // for pull and decode.
  std::function<Result<std::string>(std::string_view stream)> cursor;
  std::function<void(std::uint64_t rows)> progress; // so many are read; from any thread, may be empty
  // Code of a text, the same for equal ones. Called by several threads.
  std::function<model::Term(std::string_view)> term;
  // Each ticket once. Several threads call it, each lane by one at a time; what is told may be moved from.
  std::function<void(std::size_t lane, LoggedTicket& ticket)> take;
  static constexpr std::size_t k_lanes = 64;
};

struct EventLogSummary {
  std::string cursor; // as pull leaves it, for remarks
  std::optional<Instant> complete_since;
  std::uint64_t bad = 0;
  std::vector<std::string> first_bad; // "log.csv:17: why"
  // With keeps_records: what stands in the store as long as not all tickets do, and the last page: rows that
  // cannot be read, and the cursor.
  std::string begun;
  std::string record_format; // of tickets
  Page page;
};

} // namespace helpdesk::backend
