#include "store/ticket_rest.hpp"

#include "model/enums.hpp"
#include "store/codec.hpp"

namespace helpdesk::store {
namespace {

// A ticket of a log has few of its fields, and there are millions: what is empty takes one bit, and those
// bits stand first that such a ticket has, so that they fill one byte.
constexpr unsigned k_format = 2; // 1 was the whole ticket (records.hpp)
constexpr std::uint64_t bit(unsigned n) { return std::uint64_t{1} << n; }
enum : std::uint64_t {
  k_plain_key = bit(0),      // account + k_kind + what is written
  k_plain_priority = bit(1), // priority_raw is the name of priority
  k_last_in = bit(2),
  k_last_out = bit(3),
  k_waiting = bit(4),
  k_messages = bit(5),
  k_subject = bit(6),
  k_last_message = bit(7),
  k_names = bit(8), // requester_name, requester_address
  k_status_raw = bit(9),
  k_priority_raw = bit(10),
  k_url = bit(11),
  k_reason = bit(12),
  k_closed = bit(13),
  k_due = bit(14),
  k_aliases = bit(15),
  k_tags = bit(16),
  k_fields = bit(17),
  k_merged = bit(18),
  k_times = bit(19), // created, updated, snoozed_until
  k_all = bit(20) - 1,
};
constexpr std::string_view k_kind = ":ticket:";

bool is_plain(std::string_view key, std::string_view account) {
  return key.starts_with(account) && key.substr(account.size()).starts_with(k_kind);
}

// As a distance from created, in seconds where that is enough. Unsigned arithmetic wraps around and back.
void put_time(ByteWriter& w, Instant t, Instant created) {
  auto distance = static_cast<std::int64_t>(static_cast<std::uint64_t>(micros(t)) -
                                            static_cast<std::uint64_t>(micros(created)));
  auto second = unix_seconds(instant_of_micros(distance)); // floor
  auto fraction = static_cast<std::uint64_t>(distance) - static_cast<std::uint64_t>(second) * 1'000'000;
  w.number(second * 2 + (fraction != 0));
  if (fraction != 0) w.varint(fraction);
}
Instant get_time(ByteReader& r, Instant created) {
  auto head = r.number();
  auto distance = static_cast<std::uint64_t>(head >> 1) * 1'000'000;
  if (head & 1) distance += r.varint();
  return instant_of_micros(static_cast<std::int64_t>(static_cast<std::uint64_t>(micros(created)) + distance));
}

std::uint64_t presence(const model::Ticket& t) {
  auto when = [](bool there, std::uint64_t mask) { return there ? mask : 0; };
  bool plain_priority = !t.priority_raw.empty() && t.priority_raw == model::text(t.priority);
  return when(is_plain(t.key, t.account), k_plain_key) | when(plain_priority, k_plain_priority) |
         when(t.last_in.has_value(), k_last_in) | when(t.last_out.has_value(), k_last_out) |
         when(t.waiting_since.has_value(), k_waiting) | when(t.messages != 0, k_messages) |
         when(!t.subject.empty(), k_subject) | when(!t.last_message.empty(), k_last_message) |
         when(!t.requester_name.empty() || !t.requester_address.empty(), k_names) |
         when(!t.status_raw.empty(), k_status_raw) |
         when(!t.priority_raw.empty() && !plain_priority, k_priority_raw) | when(!t.url.empty(), k_url) |
         when(!t.needs_reply_reason.empty(), k_reason) | when(t.closed.has_value(), k_closed) |
         when(t.due.has_value(), k_due) | when(!t.aliases.empty(), k_aliases) |
         when(!t.tags.empty(), k_tags) | when(!t.fields.empty(), k_fields) |
         when(!t.merged_into.empty(), k_merged);
}

} // namespace

std::string encode_rest(const model::Ticket& t, Times times) {
  ByteWriter w;
  w.byte(k_format);
  auto has = presence(t) | (times == Times::packed ? std::uint64_t{k_times} : 0);
  auto time = [&](const std::optional<Instant>& at) {
    if (at) put_time(w, *at, t.created);
  };
  auto text = [&](std::uint64_t mask, std::string_view value) {
    if (has & mask) w.text(value);
  };
  w.varint(has);
  if (has & k_times) {
    w.number(micros(t.created)), w.number(micros(t.updated));
    w.byte(t.snoozed_until.has_value());
    time(t.snoozed_until);
  }
  auto key = std::string_view(t.key);
  w.text(has & k_plain_key ? key.substr(t.account.size() + k_kind.size()) : key);
  time(t.last_in), time(t.last_out), time(t.waiting_since);
  if (has & k_messages) w.number(t.messages);
  text(k_subject, t.subject), text(k_last_message, t.last_message);
  text(k_names, t.requester_name), text(k_names, t.requester_address);
  text(k_status_raw, t.status_raw), text(k_priority_raw, t.priority_raw);
  text(k_url, t.url), text(k_reason, t.needs_reply_reason);
  time(t.closed), time(t.due);
  if (has & k_aliases) w.texts(t.aliases);
  if (has & k_tags) w.texts(t.tags);
  if (has & k_fields) {
    w.varint(t.fields.size());
    for (const auto& f : t.fields) w.text(f.key), w.text(f.value);
  }
  text(k_merged, t.merged_into);
  return std::move(w.bytes);
}

bool decode_rest(std::string_view bytes, model::Ticket& t) {
  ByteReader r(bytes);
  if (r.byte() != k_format) return false;
  auto has = r.varint();
  if (has > k_all) return false;
  auto time = [&](std::uint64_t mask, std::optional<Instant>& at) {
    at.reset();
    if (has & mask) at = get_time(r, t.created);
  };
  auto text = [&](std::uint64_t mask, std::string& value) {
    value = has & mask ? r.view() : std::string_view();
  };
  if (has & k_times) {
    t.created = instant_of_micros(r.number()), t.updated = instant_of_micros(r.number());
    time(r.byte() ? std::uint64_t{k_times} : 0, t.snoozed_until);
  }
  t.key = has & k_plain_key ? t.account + std::string(k_kind) : std::string();
  t.key += r.view();
  time(k_last_in, t.last_in), time(k_last_out, t.last_out), time(k_waiting, t.waiting_since);
  t.messages = has & k_messages ? static_cast<int>(r.number()) : 0;
  text(k_subject, t.subject), text(k_last_message, t.last_message);
  text(k_names, t.requester_name), text(k_names, t.requester_address);
  text(k_status_raw, t.status_raw), text(k_priority_raw, t.priority_raw);
  if (has & k_plain_priority) t.priority_raw = model::text(t.priority);
  text(k_url, t.url), text(k_reason, t.needs_reply_reason);
  time(k_closed, t.closed), time(k_due, t.due);
  t.aliases = has & k_aliases ? r.texts() : std::vector<std::string>();
  t.tags = has & k_tags ? r.texts() : std::vector<std::string>();
  t.fields.resize(has & k_fields ? r.count() : 0);
  for (auto& f : t.fields) f.key = r.text(), f.value = r.text();
  text(k_merged, t.merged_into);
  return r.ok() && r.at_end();
}

} // namespace helpdesk::store
