// The content of a store as text: one JSON line a thing, the same for every store that holds the same.
// Without #n, row ids, uids, ingest times, cursors and pull logs.
#pragma once

#include "model/timeline.hpp"
#include "model/values.hpp"
#include "store/store.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace helpdesk::store {

std::string canonical_line(const RawRecord& record);
std::string canonical_line(const Placement& placement);
std::string canonical_line(const JournalEntry& entry); // without seq
std::string canonical_line(const model::Ticket& ticket);
std::string canonical_line(const model::Message& message);
std::string canonical_line(const model::Person& person);
std::string canonical_line(std::string_view ticket_key, const model::Timeline& timeline,
                           const std::function<std::string(model::Term)>& text);

// Chains lines into one sha256; the order of lines counts. In order: records, placements, journal, tickets,
// messages, people, timelines, each sorted by account and key, placements and journal by line.
class Digest {
 public:
  void add(std::string_view line);
  // 64 hex digits, also of nothing.
  std::string hex() const;

 private:
  std::string state_;
};

} // namespace helpdesk::store
