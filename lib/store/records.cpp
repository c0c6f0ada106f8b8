#include "store/records.hpp"

#include "model/enums.hpp"
#include "store/codec.hpp"

namespace helpdesk::store {
namespace {

constexpr unsigned k_format = 1;

template <class E> void put(ByteWriter& w, E e) { w.byte(static_cast<unsigned>(e)); }
template <class E> void get(ByteReader& r, E& e) { e = r.value<E>(model::EnumNames<E>::value.size() - 1); }

void put(ByteWriter& w, const std::optional<Instant>& t) {
  w.byte(t.has_value());
  if (t) w.number(micros(*t));
}
void get(ByteReader& r, std::optional<Instant>& t) {
  t.reset();
  if (r.byte()) t = instant_of_micros(r.number());
}
void get(ByteReader& r, Instant& t) { t = instant_of_micros(r.number()); }

void put(ByteWriter& w, const std::vector<model::Contact>& list) {
  w.varint(list.size());
  for (const auto& c : list) w.text(c.name), w.text(c.address);
}
void get(ByteReader& r, std::vector<model::Contact>& list) {
  list.resize(r.count());
  for (auto& c : list) c.name = r.text(), c.address = r.text();
}

bool begins(ByteReader& r) {
  if (r.byte() != k_format) r.fail();
  return r.ok();
}
bool ends(const ByteReader& r) { return r.ok() && r.at_end(); }

} // namespace

std::string encode_ticket(const model::Ticket& t) {
  ByteWriter w;
  w.byte(k_format);
  w.text(t.key);
  w.texts(t.aliases);
  w.text(t.account), w.text(t.url), w.text(t.subject);
  put(w, t.channel), put(w, t.status), w.text(t.status_raw);
  put(w, t.priority), w.text(t.priority_raw), w.text(t.queue);
  w.text(t.requester), w.text(t.requester_name), w.text(t.requester_address), w.text(t.assignee);
  w.texts(t.tags);
  w.varint(t.fields.size());
  for (const auto& f : t.fields) w.text(f.key), w.text(f.value);
  w.number(micros(t.created)), w.number(micros(t.updated));
  put(w, t.closed), put(w, t.due), put(w, t.waiting_since);
  put(w, t.needs_reply), w.text(t.needs_reply_reason);
  put(w, t.snoozed_until), put(w, t.last_in), put(w, t.last_out);
  w.text(t.last_message), w.number(t.messages);
  w.byte((t.spam ? 1U : 0U) | (t.deleted ? 2U : 0U) | (t.history_only ? 4U : 0U));
  w.text(t.merged_into), w.text(t.language);
  return std::move(w.bytes);
}

bool decode_ticket(std::string_view bytes, model::Ticket& t) {
  ByteReader r(bytes);
  if (!begins(r)) return false;
  t.key = r.text();
  t.aliases = r.texts();
  t.account = r.text(), t.url = r.text(), t.subject = r.text();
  get(r, t.channel), get(r, t.status), t.status_raw = r.text();
  get(r, t.priority), t.priority_raw = r.text(), t.queue = r.text();
  t.requester = r.text(), t.requester_name = r.text(), t.requester_address = r.text(), t.assignee = r.text();
  t.tags = r.texts();
  t.fields.resize(r.count());
  for (auto& f : t.fields) f.key = r.text(), f.value = r.text();
  get(r, t.created), get(r, t.updated);
  get(r, t.closed), get(r, t.due), get(r, t.waiting_since);
  get(r, t.needs_reply), t.needs_reply_reason = r.text();
  get(r, t.snoozed_until), get(r, t.last_in), get(r, t.last_out);
  t.last_message = r.text(), t.messages = static_cast<int>(r.number());
  auto flags = r.byte();
  t.spam = flags & 1, t.deleted = flags & 2, t.history_only = flags & 4;
  t.merged_into = r.text(), t.language = r.text();
  return ends(r);
}

std::string encode_head(const model::Message& m) {
  ByteWriter w;
  w.byte(k_format);
  w.text(m.raw);
  put(w, m.direction), put(w, m.visibility);
  w.text(m.author.name), w.text(m.author.address);
  put(w, m.author_role), put(w, m.automation), put(w, m.needs_reply), w.text(m.needs_reply_reason);
  put(w, m.delivery), put(w, m.channel);
  w.text(m.subject);
  put(w, m.to), put(w, m.cc), put(w, m.bcc), put(w, m.reply_to);
  w.text(m.message_id), w.text(m.in_reply_to);
  w.texts(m.references);
  w.text(m.subject_key), w.text(m.language);
  w.varint(m.attachments.size());
  for (const auto& a : m.attachments) {
    w.number(a.number), w.text(a.name), w.text(a.type), w.varint(a.size), w.text(a.sha256),
        w.text(a.content_id);
    w.byte(a.inline_part), put(w, a.state);
  }
  w.texts(m.defects), w.texts(m.labels);
  w.byte(m.gone_from_server);
  return std::move(w.bytes);
}

bool decode_head(std::string_view bytes, model::Message& m) {
  ByteReader r(bytes);
  if (!begins(r)) return false;
  m.raw = r.text();
  get(r, m.direction), get(r, m.visibility);
  m.author.name = r.text(), m.author.address = r.text();
  get(r, m.author_role), get(r, m.automation), get(r, m.needs_reply), m.needs_reply_reason = r.text();
  get(r, m.delivery), get(r, m.channel);
  m.subject = r.text();
  get(r, m.to), get(r, m.cc), get(r, m.bcc), get(r, m.reply_to);
  m.message_id = r.text(), m.in_reply_to = r.text();
  m.references = r.texts();
  m.subject_key = r.text(), m.language = r.text();
  m.attachments.resize(r.count());
  for (auto& a : m.attachments) {
    a.number = static_cast<int>(r.number()), a.name = r.text(), a.type = r.text(), a.size = r.varint(),
    a.sha256 = r.text();
    a.content_id = r.text(), a.inline_part = r.byte(), get(r, a.state);
  }
  m.defects = r.texts(), m.labels = r.texts();
  m.gone_from_server = r.byte();
  return ends(r);
}

std::string encode_body(const model::Message& m) {
  ByteWriter w;
  w.bytes.reserve(m.text.size() + m.html.size() + m.stripped.size() + 16);
  w.byte(k_format);
  w.text(m.text), w.text(m.html), w.text(m.stripped);
  return std::move(w.bytes);
}

bool decode_body(std::string_view bytes, model::Message& m) {
  ByteReader r(bytes);
  if (!begins(r)) return false;
  m.text = r.text(), m.html = r.text(), m.stripped = r.text();
  return ends(r);
}

std::string encode_person(const model::Person& p) {
  ByteWriter w;
  w.byte(k_format);
  w.text(p.key), put(w, p.role), w.text(p.name);
  w.varint(p.identities.size());
  for (const auto& i : p.identities) w.text(i.kind), w.text(i.value);
  w.text(p.organisation), w.text(p.language), w.text(p.zone), w.number(micros(p.name_at));
  return std::move(w.bytes);
}

bool decode_person(std::string_view bytes, model::Person& p) {
  ByteReader r(bytes);
  if (!begins(r)) return false;
  p.key = r.text(), get(r, p.role), p.name = r.text();
  p.identities.resize(r.count());
  for (auto& i : p.identities) i.kind = r.text(), i.value = r.text();
  p.organisation = r.text(), p.language = r.text(), p.zone = r.text(), get(r, p.name_at);
  return ends(r);
}

std::string encode_account_state(const AccountState& s) {
  ByteWriter w;
  w.byte(k_format);
  w.text(s.account);
  put(w, s.last_success), put(w, s.last_attempt), put(w, s.failing_since), put(w, s.reported_failure_at);
  w.text(s.last_error);
  put(w, s.complete_since);
  w.text(s.data);
  return std::move(w.bytes);
}

bool decode_account_state(std::string_view bytes, AccountState& s) {
  ByteReader r(bytes);
  if (!begins(r)) return false;
  s.account = r.text();
  get(r, s.last_success), get(r, s.last_attempt), get(r, s.failing_since), get(r, s.reported_failure_at);
  s.last_error = r.text();
  get(r, s.complete_since);
  s.data = r.text();
  return ends(r);
}

} // namespace helpdesk::store
