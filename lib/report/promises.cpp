#include "report/promises.hpp"

#include "lint/promises.hpp"

#include <algorithm>
#include <tuple>

namespace helpdesk::report {
namespace {

constexpr Duration k_same_act = std::chrono::minutes(5); // replying and solving
constexpr Duration k_oldest = std::chrono::hours(24 * 366);

bool is_our_word(const model::Message& m) {
  return m.direction == model::Direction::out && m.visibility == model::Visibility::public_ &&
         m.automation == model::Automation::none && m.delivery != model::Delivery::bounced &&
         (m.author_role == model::Role::agent || m.author_role == model::Role::admin);
}

// Mail is dated to the second.
bool in_time(Instant written, Instant due) { return written < due + std::chrono::seconds(1); }

std::optional<Instant> solved_after(const model::Timeline* timeline, Instant promised) {
  if (!timeline) return std::nullopt;
  for (const model::TimelineEntry& e : timeline->entries) {
    if (e.entry != model::EntryKind::event || e.kind != model::EventKind::status || e.to == 0) continue;
    if (e.source == model::Source::rule || e.time <= promised + k_same_act) continue;
    if (e.to <= model::EnumNames<model::Status>::value.size() &&
        model::is_done(static_cast<model::Status>(e.to - 1)))
      return e.time;
  }
  return std::nullopt;
}

void add(std::vector<Promise>& all, const model::Ticket& ticket, const model::Message& message,
         const model::Message* next, bool next_promises, const model::Timeline* timeline, Instant now,
         const std::vector<lint::Promise>& given) {
  for (const lint::Promise& one : given) {
    Promise promise;
    promise.ticket = ticket.key;
    promise.account = ticket.account;
    promise.number = ticket.number;
    promise.requester = ticket.requester_name.empty() ? ticket.requester_address : ticket.requester_name;
    promise.requester_address = ticket.requester_address;
    promise.subject = ticket.subject;
    promise.by = message.author;
    promise.promised = message.time;
    promise.due = one.due;
    promise.whole_day = one.whole_day;
    promise.sentence = one.sentence;
    auto solved = solved_after(timeline, message.time);
    if (solved && (!next || *solved < next->time)) {
      promise.state = PromiseState::dropped;
    } else if (next) {
      promise.state = !in_time(next->time, one.due) ? PromiseState::broken
                      : next_promises               ? PromiseState::replaced
                                                    : PromiseState::kept;
    } else {
      promise.state = in_time(now, one.due) ? PromiseState::open : PromiseState::overdue;
    }
    all.push_back(std::move(promise));
  }
}

std::vector<lint::Promise> given_in(const model::Ticket& ticket, const model::Message& m, const Zone& zone) {
  const std::string& language = m.language.empty() ? ticket.language : m.language;
  return lint::promises_in(m.stripped.empty() ? m.text : m.stripped, language, m.time, zone);
}

} // namespace

std::string_view text(PromiseState state) {
  switch (state) {
  case PromiseState::open: return "open";
  case PromiseState::overdue: return "overdue";
  case PromiseState::kept: return "kept";
  case PromiseState::broken: return "broken";
  case PromiseState::replaced: return "replaced";
  case PromiseState::dropped: return "dropped";
  }
  return "";
}

std::vector<Promise> promises_of(const model::Ticket& ticket, std::span<const model::Message> messages,
                                 const model::Timeline* timeline, Instant now, const Zone& zone) {
  std::vector<Promise> all;
  const model::Message* next = nullptr;
  bool next_promises = false;
  for (std::size_t i = messages.size(); i-- > 0;) { // the later one decides about the earlier
    const model::Message& m = messages[i];
    if (!is_our_word(m) || m.time > now) continue;
    std::vector<lint::Promise> given = given_in(ticket, m, zone);
    add(all, ticket, m, next, next_promises, timeline, now, given);
    next = &m;
    next_promises = !given.empty();
  }
  std::stable_sort(all.begin(), all.end(), [](const Promise& a, const Promise& b) {
    return std::tie(a.promised, a.due) < std::tie(b.promised, b.due);
  });
  return all;
}

Result<std::vector<Promise>> promises(store::Reader& store, const std::vector<model::Ticket>& tickets,
                                      bool owed, Instant now, const Zone& zone) {
  std::vector<Promise> all;
  for (const model::Ticket& ticket : tickets) {
    if (!ticket.last_out || *ticket.last_out < now - k_oldest) continue;
    if (ticket.spam || ticket.deleted || ticket.history_only || !ticket.merged_into.empty()) continue;
    std::vector<model::Message> messages;
    if (owed) { // who wrote last owes; the text of one message tells
      for (model::Message& head : TRY(store.heads(ticket.key)))
        if (is_our_word(head) && head.time <= now) {
          messages.clear();
          messages.push_back(std::move(head));
        }
      if (messages.empty() || messages.front().time < now - k_oldest) continue;
      auto whole = TRY(store.message(messages.front().key));
      if (!whole) continue;
      messages.front() = std::move(*whole);
      if (given_in(ticket, messages.front(), zone).empty()) continue;
    } else {
      messages = TRY(store.messages(ticket.key));
    }
    auto timeline = TRY(store.timeline(ticket.key));
    for (Promise& promise : promises_of(ticket, messages, timeline ? &*timeline : nullptr, now, zone))
      if (promise.is_owed() || (!owed && promise.promised >= now - k_oldest))
        all.push_back(std::move(promise));
  }
  std::stable_sort(all.begin(), all.end(), [](const Promise& a, const Promise& b) {
    return std::tie(a.due, a.number, a.promised) < std::tie(b.due, b.number, b.promised);
  });
  return all;
}

} // namespace helpdesk::report
