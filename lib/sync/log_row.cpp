#include "sync/log_row.hpp"

#include "model/enums.hpp"
#include "store/codec.hpp"
#include "store/timeline_codec.hpp"
#include "sync/deriver.hpp"
#include "sync/thread.hpp"

#include <algorithm>
#include <optional>

namespace helpdesk::sync {
namespace {

using model::Direction;
using model::TimelineEntry;

bool is_status(const TimelineEntry& e) {
  return e.entry == model::EntryKind::event && e.kind == model::EventKind::status;
}

// Of an event that ends the ticket.
bool is_end(const TimelineEntry& e) {
  return is_status(e) && e.to != 0 && model::is_done(static_cast<model::Status>(e.to - 1));
}

// When the log says it ended; a letter that came later opened it again.
std::optional<Instant> closed(const backend::LoggedTicket& ticket) {
  const auto& entries = ticket.head.entries;
  if (!model::is_done(ticket.head.status) ||
      std::any_of(entries.begin(), entries.end(),
                  [](const TimelineEntry& e) { return e.local && is_status(e); }))
    return std::nullopt;
  auto last = std::find_if(ticket.events.rbegin(), ticket.events.rend(), is_end);
  return last == ticket.events.rend() ? std::nullopt : std::optional(last->time);
}

// Since when the customer waits: for an answer, or that the ticket is ended.
std::optional<Instant> waiting_since(const backend::LoggedTicket& ticket) {
  const model::Timeline& head = ticket.head;
  if (head.spam || head.deleted || head.merged || model::is_done(head.status)) return std::nullopt;
  std::optional<Instant> ended;
  if (auto last = std::find_if(ticket.events.rbegin(), ticket.events.rend(), is_end);
      last != ticket.events.rend())
    ended = last->time;
  std::optional<Instant> since;
  for (const TimelineEntry& letter : ticket.letters) {
    if (letter.direction == Direction::out) since.reset();
    if (letter.direction == Direction::in && !since && (!ended || letter.time > *ended)) since = letter.time;
  }
  return since;
}

void put(store::ByteWriter& w, const std::optional<Instant>& time) {
  w.byte(time.has_value());
  if (time) w.number(micros(*time));
}
void get(store::ByteReader& r, std::optional<Instant>& time) {
  time.reset();
  if (r.byte() != 0) time = instant_of_micros(r.number());
}
template <class E> void get(store::ByteReader& r, E& e) {
  e = r.value<E>(model::EnumNames<E>::value.size() - 1);
}

} // namespace

void encode_log_row(const backend::LoggedTicket& ticket, std::string& bytes) {
  const model::Timeline& head = ticket.head;
  std::optional<Instant> last_in, last_out;
  Instant updated = std::max(ticket.updated, ticket.created);
  std::uint64_t shown = 0;
  for (const TimelineEntry& letter : ticket.letters) {
    updated = std::max(updated, letter.time);
    if (letter.direction == Direction::internal) continue;
    ++shown;
    (letter.direction == Direction::in ? last_in : last_out) = letter.time;
  }
  store::ByteWriter w{std::move(bytes)};
  w.text(ticket.id);
  w.number(micros(ticket.created)), w.number(micros(updated));
  put(w, closed(ticket)), put(w, waiting_since(ticket)), put(w, last_in), put(w, last_out);
  w.varint(shown);
  w.byte((head.spam ? 1U : 0U) | (head.deleted ? 2U : 0U) | (head.history_only ? 4U : 0U) |
         (ticket.letters.empty() ? 8U : 0U));
  w.byte(static_cast<unsigned>(head.channel));
  w.byte(static_cast<unsigned>(head.priority));
  w.byte(static_cast<unsigned>(head.status));
  for (model::Term term : {head.queue, head.assignee, head.requester, head.language}) w.varint(term);
  w.varint(head.tags.size());
  for (model::Term tag : head.tags) w.varint(tag);
  w.text(ticket.words.status), w.text(ticket.words.priority);
  w.varint(ticket.words.fields.size());
  for (const auto& [key, value] : ticket.words.fields) w.text(key), w.text(value);
  w.text(store::version_of(ticket.words.record));
  w.text(ticket.words.record);
  w.text(store::encode_timeline(head));
  bytes = std::move(w.bytes);
}

bool decode_log_row(std::string_view bytes, const Policy& policy,
                    const std::function<std::string_view(model::Term)>& text, LogRow& row) {
  store::ByteReader r(bytes);
  row.ticket = {};
  model::Ticket& t = row.ticket;
  auto word = [&] { return std::string(text(static_cast<model::Term>(r.varint()))); };
  row.id = r.view();
  t.key = ticket_key(policy, row.id);
  t.account = policy.account;
  t.created = instant_of_micros(r.number());
  t.updated = instant_of_micros(r.number());
  get(r, t.closed), get(r, t.waiting_since), get(r, t.last_in), get(r, t.last_out);
  t.messages = static_cast<int>(r.varint());
  const unsigned flags = r.byte();
  t.spam = flags & 1, t.deleted = flags & 2, t.history_only = flags & 4;
  if (flags & 8) t.subject = row.id; // see TicketDecoder::finish
  get(r, t.channel), get(r, t.priority), get(r, t.status);
  t.queue = word(), t.assignee = word(), t.requester_address = word(), t.language = word();
  if (!t.requester_address.empty()) t.requester = person_key({{}, t.requester_address});
  t.tags.resize(r.count());
  for (std::string& tag : t.tags) tag = word();
  t.status_raw = r.text(), t.priority_raw = r.text();
  t.fields.resize(r.count());
  for (model::CustomField& field : t.fields) field.key = r.text(), field.value = r.text();
  if (t.waiting_since) {
    t.needs_reply = model::NeedsReply::yes;
    t.needs_reply_reason = "the log says so";
    if (t.history_only) t.waiting_since.reset();
  } else {
    t.needs_reply = model::NeedsReply::no;
  }
  row.version = r.view();
  row.record = r.view();
  row.timeline = r.view();
  return r.ok() && r.at_end();
}

} // namespace helpdesk::sync
