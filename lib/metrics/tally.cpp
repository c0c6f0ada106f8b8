#include "metrics/tally.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace helpdesk::metrics {
namespace {

using model::EntryKind;
using model::EventKind;
using model::TimelineEntry;

struct Name {
  std::string_view key, title, meaning;
};
constexpr std::array<Name, k_count_count> k_counts{{
    {"reopens", "Reopened", "times that it was solved and then not any more"},
    {"replies", "Replies", "public replies by people"},
    {"touches", "Touches", "replies and notes by people"},
    {"stations", "Stations", "different agents and queues that had it"},
    {"handoffs", "Handed over", "times that it went from one agent to another"},
}};
constexpr std::array<Name, k_share_count> k_shares{{
    {"fcr", "Solved by one reply",
     "of what was solved: by exactly one reply, and the customer did not come back within 7 days"},
    {"durable_resolution", "Stayed solved", "of what was solved: not reopened within 7 days"},
}};

template <class E, std::size_t n>
std::optional<E> find_name(const std::array<Name, n>& names, std::string_view key) {
  for (std::size_t i = 0; i < n; ++i)
    if (names[i].key == key) return static_cast<E>(i);
  return std::nullopt;
}

bool is_touch(const TimelineEntry& e) {
  if (is_human_reply(e)) return true;
  return e.entry == EntryKind::message && e.visibility == model::Visibility::private_ &&
         e.automation == model::Automation::none &&
         (e.author_role == model::Role::agent || e.author_role == model::Role::admin);
}

// Distinct values of the changes and of now; an event tells of two.
class Places {
 public:
  void add(model::Term term) {
    if (term != 0 && std::find(terms_.begin(), terms_.end(), term) == terms_.end()) terms_.push_back(term);
  }
  std::int64_t size() const { return static_cast<std::int64_t>(terms_.size()); }

 private:
  std::vector<model::Term> terms_;
};

// When it was first solved, came back after it, and how many replies it had taken.
void judge(const History& h, TicketTally& out) {
  if (h.solves.empty()) return;
  const TimelineEntry& solve = h.entries[h.solves.front()];
  Instant limit = solve.time + k_durable;
  bool reopened = false;
  bool asked = false;
  std::int64_t replies = 0;
  for (std::size_t i = 0; i < h.entries.size(); ++i) {
    const TimelineEntry& e = h.entries[i];
    if (i < h.solves.front()) {
      replies += is_human_reply(e);
    } else if (e.time < limit && i > h.solves.front()) {
      if (is_status_event(e) && !model::is_done(status_to(e))) reopened = true;
      if (is_question(e)) asked = true;
    }
  }
  bool decided = h.now >= limit;
  auto verdict = [&](bool came_back) {
    return came_back ? Verdict::no : decided ? Verdict::yes : Verdict::undecided;
  };
  out.shares[static_cast<std::size_t>(Share::durable_resolution)] = verdict(reopened);
  if (!h.turns.empty() && !h.outbound)
    out.shares[static_cast<std::size_t>(Share::fcr)] =
        replies == 1 ? verdict(reopened || asked) : Verdict::no;
}

} // namespace

std::string_view key(Count c) { return k_counts[static_cast<std::size_t>(c)].key; }
std::string_view title(Count c) { return k_counts[static_cast<std::size_t>(c)].title; }
std::string_view meaning(Count c) { return k_counts[static_cast<std::size_t>(c)].meaning; }
std::optional<Count> parse_count(std::string_view name) { return find_name<Count>(k_counts, name); }
std::string_view key(Share s) { return k_shares[static_cast<std::size_t>(s)].key; }
std::string_view title(Share s) { return k_shares[static_cast<std::size_t>(s)].title; }
std::string_view meaning(Share s) { return k_shares[static_cast<std::size_t>(s)].meaning; }
std::optional<Share> parse_share(std::string_view name) { return find_name<Share>(k_shares, name); }

TicketTally tally(const model::Timeline& timeline, const History& h) {
  TicketTally out;
  Places agents;
  Places queues;
  std::int64_t touches = 0;
  std::int64_t handoffs = 0;
  for (const TimelineEntry& e : h.entries) {
    touches += is_touch(e);
    if (e.entry != EntryKind::event) continue;
    if (e.kind == EventKind::assign) {
      agents.add(e.from);
      agents.add(e.to);
      handoffs += e.from != 0 && e.to != 0 && e.from != e.to;
    } else if (e.kind == EventKind::queue) {
      queues.add(e.from);
      queues.add(e.to);
    }
  }
  agents.add(timeline.assignee);
  queues.add(timeline.queue);
  out.counts = {h.reopens, h.replies, touches, agents.size() + queues.size(), handoffs};
  judge(h, out);
  return out;
}

void Histogram::merge(const Histogram& other) {
  for (const auto& [count, n] : other.tickets) tickets[count] += n;
}

std::int64_t Histogram::size() const {
  std::int64_t n = 0;
  for (const auto& [count, t] : tickets) n += t;
  return n;
}

std::int64_t Histogram::sum() const {
  std::int64_t total = 0;
  for (const auto& [count, t] : tickets) total += count * t;
  return total;
}

double Histogram::mean() const {
  std::int64_t n = size();
  return n == 0 ? 0 : static_cast<double>(sum()) / static_cast<double>(n);
}

std::int64_t Histogram::largest() const { return tickets.empty() ? 0 : tickets.rbegin()->first; }

double Histogram::quantile(double p) const {
  std::int64_t n = size();
  if (n == 0) return 0;
  double position = static_cast<double>(n - 1) * p;
  auto below = static_cast<std::int64_t>(position);
  auto at = [&](std::int64_t rank) {
    for (const auto& [count, t] : tickets)
      if ((rank -= t) < 0) return static_cast<double>(count);
    return static_cast<double>(largest());
  };
  double low = at(below);
  return low + (position - static_cast<double>(below)) * (at(std::min(below + 1, n - 1)) - low);
}

} // namespace helpdesk::metrics
