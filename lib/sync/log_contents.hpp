// What a log holds once it is read, in memory: packed timelines, and the texts behind their codes.
#pragma once

#include "backend/event_log.hpp"
#include "base/time.hpp"
#include "model/timeline.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace helpdesk::sync {

// A ticket's timeline, which lies in its lane.
struct PackedTicket {
  std::int64_t number = 0;
  std::string_view packed;
};

// Packed timelines of one thread at a time. In pieces: what grows is not copied, and stays where it is.
class PackedLane {
 public:
  std::string_view add(const model::Timeline& timeline); // valid as long as this, wherever it is moved to

 private:
  std::vector<std::string> pieces_;
};

// Codes of texts, made by several threads: each text's hash says which shard keeps it. 0 is the empty text.
class LogTerms {
 public:
  LogTerms();
  ~LogTerms();
  model::Term of(std::string_view text);
  const std::string* text(model::Term code) const; // null: no such code

 private:
  struct Shard;
  std::unique_ptr<std::array<Shard, 16>> shards_;
};

struct LogContents {
  std::string account;
  std::array<PackedLane, backend::EventLogReading::k_lanes> lanes;
  std::vector<PackedTicket> tickets;
  std::unique_ptr<LogTerms> terms = std::make_unique<LogTerms>();
  std::unordered_map<std::int64_t, std::string> subjects;
  std::optional<Instant> oldest, newest;
  std::uint64_t bad = 0;
  std::vector<std::string> first_bad;
  std::string cursor;
  std::optional<Instant> complete_since;

  void see(Instant time) {
    oldest = std::min(oldest.value_or(time), time);
    newest = std::max(newest.value_or(time), time);
  }
};

// The log's own where it is a number, so that people find the ticket again; else its place.
std::int64_t number_of_log_ticket(std::string_view id, std::size_t place);

} // namespace helpdesk::sync
