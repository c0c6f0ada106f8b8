// What comes in, when, how much work it is and what became of it: counted from the timelines, by channel. The
// inputs of every plan.
#pragma once

#include "metrics/staffing.hpp"
#include "metrics/tally.hpp"
#include "report/desk.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace helpdesk::report {

inline constexpr std::int64_t k_least_gone = 10;
inline constexpr std::size_t k_hours_of_week = 168; // Monday 00:00 first, in the desk's zone
using HoursOfWeek = std::array<std::int64_t, k_hours_of_week>;

// A contact is what a person has to deal with once: a call; a chat from its beginning until it is solved; of
// everything else a question that waits for its answer, whatever is written until then.
struct ChannelWork {
  std::int64_t tickets = 0;  // with a contact in the period
  std::int64_t contacts = 0; // that began in it; what an AI answered is none
  std::int64_t answers = 0;  // public, by people, in the period
  // Handle time comes from worklogs alone: of the tickets that have one, all of their contacts.
  std::int64_t logged_tickets = 0, logged_contacts = 0, logged_seconds = 0;
  metrics::Shares durable; // of the tickets solved in the period: stayed so for 7 days?
  HoursOfWeek contacts_at{}, answers_at{};
  std::map<Instant, std::int64_t> per_hour; // contacts by the start of the hour, none: not there
  // Calls and chats that were answered, and that were given up before: how many after so many whole seconds.
  std::map<std::int64_t, std::int64_t> answered_after, gone_after;
  Duration in_line{}; // all their waiting together

  metrics::Answering answering(Duration in_time) const;
  // Mean seconds after which callers hang up; nothing with fewer than k_least_gone who did.
  std::optional<double> patience() const;
  std::int64_t gone() const;

  // Seconds of work a contact; nothing without a worklog.
  std::optional<double> handling() const {
    if (logged_contacts == 0 || logged_seconds == 0) return std::nullopt;
    return static_cast<double>(logged_seconds) / static_cast<double>(logged_contacts);
  }
};

struct Work {
  Instant since{}, until{}; // whole hours
  bool shortened = false;   // data is complete only from since on, which is later than was asked for
  std::map<model::Channel, ChannelWork> channels;
  HoursOfWeek hours{};       // how often each hour of the week lies in the period
  std::int64_t left_out = 0; // tickets in no number: spam, deleted, merged …

  double weeks() const;
  ChannelWork of(const std::vector<model::Channel>& channels) const; // of all of them when empty
};

// Cut to where the data is complete, then to whole hours: from the one in which it begins to the last one
// that is over.
Result<Work> read_work(const Desk& desk, Instant since, Instant until);

std::size_t hour_of_week(const Civil& civil);

// Variance over mean of the counts in the same hour of the week, over all of them: what is left when the
// week's pattern is taken out. Nothing with fewer than two weeks.
std::optional<double> dispersion(const Work& work, const ChannelWork& channel, const Zone& zone);

} // namespace helpdesk::report
