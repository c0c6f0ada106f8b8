#include "sync/log_events.hpp"

#include "sync/log_timeline.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace helpdesk::sync {
namespace {

// Takes the tickets of a log of events, which come in no order and from several threads.
class EventTaker {
 public:
  EventTaker(const Policy& policy, const LogOptions& options, LogContents& contents)
      : policy_(policy), options_(options), contents_(contents),
        account_(contents.terms->of(policy.account)) {}

  Result<bool> read(const backend::Kind& kind, const backend::Settings& settings) {
    if (!kind.read_events || !is_plain_log(policy_)) return false;
    backend::EventLogReading reading;
    reading.threads = options_.threads;
    reading.needs_subjects = options_.keep_subjects;
    if (!options_.keep_names) reading.unnamed_until = options_.now;
    reading.term = [this](std::string_view text) { return contents_.terms->of(text); };
    reading.take = [this](std::size_t lane, backend::LoggedTicket& ticket) {
      take(static_cast<std::uint32_t>(lane), ticket);
    };
    auto summary = TRY(kind.read_events(settings, reading));
    if (!summary) return false;
    contents_.cursor = std::move(summary->cursor);
    contents_.complete_since = summary->complete_since;
    contents_.bad = summary->bad;
    contents_.first_bad = std::move(summary->first_bad);
    unite();
    return true;
  }

 private:
  struct Taken {
    std::uint64_t place = 0; // in the log
    std::int64_t number = 0; // 0: its id is none
    std::string_view packed;
  };
  struct Lane {
    std::optional<Instant> oldest, newest;
    std::vector<Taken> tickets;
    std::vector<std::string> subjects; // of each, where they are kept
  };
  struct Place {
    std::uint64_t place = 0; // in the log
    std::uint32_t lane = 0, index = 0;
  };
  const Policy& policy_;
  const LogOptions& options_;
  LogContents& contents_;
  model::Term account_;
  std::array<Lane, backend::EventLogReading::k_lanes> lanes_;

  void take(std::uint32_t at, backend::LoggedTicket& ticket) {
    derive_logged(ticket, policy_, account_);
    Lane& lane = lanes_[at];
    const std::vector<model::TimelineEntry>& entries = ticket.head.entries; // in the order of time
    lane.oldest = std::min(lane.oldest.value_or(entries.front().time), entries.front().time);
    lane.newest = std::max(lane.newest.value_or(entries.back().time), entries.back().time);
    lane.tickets.push_back(
        {ticket.place, number_of_log_ticket(ticket.id, 0), contents_.lanes[at].add(ticket.head)});
    // A log without subjects: see TicketDecoder::finish.
    if (options_.keep_subjects) lane.subjects.emplace_back(ticket.letters.empty() ? ticket.id : "");
  }

  // By digits from the lowest: nothing else is done meanwhile, and a million are many to compare.
  static void sort_by_place(std::vector<Place>& all) {
    constexpr unsigned k_bits = 11;
    std::uint64_t most = 0;
    for (const Place& place : all) most = std::max(most, place.place);
    std::vector<Place> other(all.size());
    for (unsigned shift = 0; shift < 64 && most >> shift != 0; shift += k_bits) {
      auto digit = [shift](const Place& place) {
        return static_cast<std::size_t>(place.place >> shift) & ((1U << k_bits) - 1);
      };
      std::array<std::size_t, std::size_t{1} << k_bits> begins{};
      for (const Place& place : all) ++begins[digit(place)];
      std::size_t before = 0;
      for (std::size_t& begin : begins) before += std::exchange(begin, before);
      for (const Place& place : all) other[begins[digit(place)]++] = place;
      all.swap(other);
    }
  }

  // In the order of the log, as a pull brings them.
  void unite() {
    std::vector<Place> all;
    std::size_t count = 0;
    for (const Lane& lane : lanes_) count += lane.tickets.size();
    all.reserve(count);
    for (std::uint32_t i = 0; i < lanes_.size(); ++i) {
      Lane& lane = lanes_[i];
      for (std::uint32_t j = 0; j < lane.tickets.size(); ++j) all.push_back({lane.tickets[j].place, i, j});
      if (lane.oldest) contents_.see(*lane.oldest), contents_.see(*lane.newest);
    }
    sort_by_place(all);
    contents_.tickets.reserve(count);
    for (const Place& place : all) {
      Lane& lane = lanes_[place.lane];
      const Taken& taken = lane.tickets[place.index];
      const auto number =
          taken.number != 0 ? taken.number : static_cast<std::int64_t>(contents_.tickets.size()) + 1;
      if (options_.keep_subjects)
        contents_.subjects.insert_or_assign(number, std::move(lane.subjects[place.index]));
      contents_.tickets.push_back({number, taken.packed});
    }
  }
};

} // namespace

Result<bool> read_log_events(const backend::Kind& kind, const backend::Settings& settings,
                             const Policy& policy, const LogOptions& options, LogContents& contents) {
  return EventTaker(policy, options, contents).read(kind, settings);
}

} // namespace helpdesk::sync
