#include "base/fold.hpp"
#include "base/text.hpp"
#include "store/memory/state.hpp"

#include <algorithm>

namespace helpdesk::store::memory {
namespace {

std::string_view account_of(std::string_view key) {
  return key.substr(0, std::min(key.find(':'), key.size()));
}

bool older(const model::Message* a, const model::Message* b) {
  return a->time != b->time ? a->time < b->time : a->key < b->key;
}

model::Message without_texts(model::Message m) {
  m.text.clear(), m.html.clear(), m.stripped.clear();
  return m;
}

template <class Map, class Key> auto find(const Map& map, const Key& key) {
  auto found = map.find(key);
  return found == map.end() ? std::optional<typename Map::mapped_type>() : std::optional(found->second);
}

bool within(std::size_t size, int limit) { return limit < 0 || size < static_cast<std::size_t>(limit); }

std::string folded_person(const model::Person& p) {
  std::string folded = fold_word(p.name);
  for (const auto& i : p.identities) folded += '\n' + fold_word(i.value);
  return folded;
}

} // namespace

std::vector<const model::Message*> State::messages_of(View ticket_key) const {
  std::vector<const model::Message*> out;
  for (const auto& [key, m] : messages_by_key)
    if (m.ticket == ticket_key) out.push_back(&m);
  std::ranges::sort(out, older);
  return out;
}

const model::Ticket* State::find_ticket(View key) const {
  auto found = tickets_by_key.find(std::string(key));
  if (found == tickets_by_key.end())
    if (auto alias = aliases.find(std::string(key)); alias != aliases.end())
      found = tickets_by_key.find(alias->second);
  return found == tickets_by_key.end() ? nullptr : &found->second;
}

Result<Info> State::info() const {
  Info info{.schema = 1, .derived = 1};
  info.tickets = static_cast<std::int64_t>(tickets_by_key.size());
  info.messages = static_cast<std::int64_t>(messages_by_key.size());
  info.people = static_cast<std::int64_t>(people_by_key.size());
  info.records = static_cast<std::int64_t>(records.size());
  info.journal_entries = static_cast<std::int64_t>(entries.size());
  for (const auto& [key, m] : messages_by_key) {
    info.attachments += static_cast<std::int64_t>(m.attachments.size());
    info.oldest = std::min(info.oldest.value_or(m.time), m.time);
    info.newest = std::max(info.newest.value_or(m.time), m.time);
  }
  return info;
}

Result<std::optional<model::Ticket>> State::ticket_by_key(View key) const {
  const auto* t = find_ticket(key);
  return t ? std::optional(*t) : std::nullopt;
}

Result<std::optional<model::Ticket>> State::ticket(std::int64_t number) const {
  for (const auto& [key, t] : tickets_by_key)
    if (t.number == number) return std::optional(t);
  for (const auto& [key, n] : numbers)
    if (n == number)
      if (const auto* t = find_ticket(key)) return std::optional(*t);
  return std::optional<model::Ticket>();
}

Result<std::vector<model::Message>> State::messages(View key) const {
  std::vector<model::Message> out;
  for (const auto* m : messages_of(key)) out.push_back(*m);
  return out;
}

Result<std::vector<model::Message>> State::heads(View key) const {
  std::vector<model::Message> out;
  for (const auto* m : messages_of(key)) out.push_back(without_texts(*m));
  return out;
}

Result<std::optional<model::Message>> State::message(View key) const {
  return find(messages_by_key, std::string(key));
}

Result<std::optional<model::Message>> State::message_by_message_id(View account, View id) const {
  const model::Message* best = nullptr;
  for (const auto& [key, m] : messages_by_key)
    if (!id.empty() && m.message_id == id && account_of(key) == account && (!best || older(&m, best)))
      best = &m;
  return best ? std::optional(*best) : std::nullopt;
}

Result<void> State::each_head(View account, std::optional<Instant> since,
                              const std::function<bool(const model::Message&)>& f) const {
  std::vector<const model::Message*> all;
  for (const auto& [key, m] : messages_by_key)
    if ((account.empty() || account_of(key) == account) && (!since || m.time >= *since)) all.push_back(&m);
  std::ranges::sort(
      all, [](auto* a, auto* b) { return a->time != b->time ? a->time > b->time : a->key < b->key; });
  for (const auto* m : all)
    if (!f(without_texts(*m))) break;
  return {};
}

Result<std::vector<std::string>> State::linked_tickets(View account,
                                                       const std::vector<std::string>& ids) const {
  std::set<std::string> keys;
  for (const auto& [key, m] : messages_by_key) {
    if (account_of(key) != account) continue;
    for (const auto& id : ids)
      if (!id.empty() && (m.message_id == id || m.in_reply_to == id ||
                          std::ranges::find(m.references, id) != m.references.end()))
        keys.insert(m.ticket);
  }
  return std::vector<std::string>(keys.begin(), keys.end());
}

Result<std::vector<std::string>> State::subject_tickets(View account, View subject_key, Instant from,
                                                        Instant to) const {
  std::set<std::string> keys;
  for (const auto& [key, m] : messages_by_key)
    if (account_of(key) == account && !subject_key.empty() && m.subject_key == subject_key &&
        m.time >= from && m.time <= to)
      keys.insert(m.ticket);
  return std::vector<std::string>(keys.begin(), keys.end());
}

Result<std::optional<model::Person>> State::person(View key) const {
  return find(people_by_key, std::string(key));
}

Result<std::optional<model::Person>> State::person_of(const model::Identity& identity) const {
  auto key = find(identities, identity);
  if (!key) return std::optional<model::Person>();
  return person(*key);
}

Result<std::vector<model::Person>> State::people(View part, int limit) const {
  std::map<Pair, const model::Person*> found;
  auto wanted = fold_word(part);
  for (const auto& [key, p] : people_by_key)
    if (auto folded = folded_person(p); folded.find(wanted) != std::string::npos) found[{folded, key}] = &p;
  std::vector<model::Person> out;
  for (const auto& [order, p] : found)
    if (within(out.size(), limit)) out.push_back(*p);
  return out;
}

Result<void> State::timelines(const TimelineFilter& filter,
                              const std::function<bool(const model::Timeline&)>& f) const {
  std::map<std::int64_t, const model::Timeline*> by_number;
  for (const auto& [key, t] : timelines_by_key) by_number[t.ticket] = &t;
  for (const auto& [number, t] : by_number) {
    bool in_time =
        (!filter.since && !filter.until) || std::ranges::any_of(t->entries, [&](const auto& e) {
          return (!filter.since || e.time >= *filter.since) && (!filter.until || e.time < *filter.until);
        });
    bool wanted = filter.tickets.empty() || std::ranges::find(filter.tickets, number) != filter.tickets.end();
    if (in_time && wanted && (filter.account.empty() || terms[t->account] == filter.account) && !f(*t)) break;
  }
  return {};
}

namespace {

struct MemoryBatch final : TimelineBatch {
  std::vector<model::Timeline> timelines;
  Result<void> each(model::Timeline& timeline, const std::function<void()>& f) const override {
    for (const auto& t : timelines) {
      timeline = t;
      f();
    }
    return {};
  }
};

class MemoryCursor final : public TimelineCursor {
 public:
  std::map<std::int64_t, std::unique_ptr<MemoryBatch>> batches;
  Result<std::unique_ptr<TimelineBatch>> next() override {
    std::unique_ptr<TimelineBatch> batch;
    if (!batches.empty()) batch = std::move(batches.extract(batches.begin()).mapped());
    return batch;
  }
};

} // namespace

Result<std::unique_ptr<TimelineCursor>> State::timeline_batches() const {
  auto cursor = std::make_unique<MemoryCursor>();
  TRY(timelines({}, [&](const model::Timeline& t) {
    auto& batch = cursor->batches[t.ticket / 16];
    if (!batch) batch = std::make_unique<MemoryBatch>();
    batch->timelines.push_back(t);
    return true;
  }));
  return std::unique_ptr<TimelineCursor>(std::move(cursor));
}

Result<std::optional<model::Timeline>> State::timeline(View key) const {
  const auto* t = find_ticket(key);
  return t ? find(timelines_by_key, t->key) : std::optional<model::Timeline>();
}

Result<std::string> State::term_text(model::Term term) const {
  if (term >= terms.size()) return failed("store: no term " + std::to_string(term));
  return terms[term];
}

Result<std::optional<RawRecord>> State::raw(View account, View key) const {
  return find(records, Pair(account, key));
}
Result<bool> State::has_raw(View account, View key) const { return records.contains(Pair(account, key)); }

Result<void> State::each_raw(View account, const std::function<bool(RawRecord&&)>& f) const {
  std::vector<RawRecord> all;
  for (const auto& [key, record] : records)
    if (key.first == account) all.push_back(record);
  for (auto& record : all)
    if (!f(std::move(record))) break;
  return {};
}

Result<std::vector<RawRecord>> State::defective_records(View account, int limit) const {
  std::vector<RawRecord> out;
  for (const auto& [key, record] : records) {
    if (key.first != account || record.defect.empty() || !within(out.size(), limit)) continue;
    out.push_back(record);
    out.back().bytes.clear();
  }
  return out;
}

Result<std::vector<std::string>> State::accounts() const {
  std::set<std::string> names;
  for (const auto& [key, record] : records)
    if (!key.first.starts_with('@')) names.insert(key.first); // "@queue": the desk's own, no account
  return std::vector<std::string>(names.begin(), names.end());
}

Result<std::vector<Placement>> State::placements(View account, View stream) const {
  std::vector<Placement> out;
  for (const auto& [key, p] : placed)
    if (p.account == account && (stream.empty() || p.stream == stream)) out.push_back(p);
  return out;
}

Result<std::vector<Placement>> State::placements_of(View account, View record) const {
  std::vector<Placement> out;
  for (const auto& [key, p] : placed)
    if (p.account == account && p.record == record) out.push_back(p);
  return out;
}

Result<std::string> State::cursor(View account, View stream) const {
  return find(cursors, Pair(account, stream)).value_or("");
}

Result<AccountState> State::account_state(View account) const {
  return find(states, std::string(account)).value_or(AccountState{.account = std::string(account)});
}

Result<std::vector<JournalEntry>> State::journal(const JournalQuery& q) const {
  std::vector<JournalEntry> out;
  for (const auto& e : entries)
    if (e.seq > q.after && (q.subject.empty() || e.subject == q.subject) &&
        (q.kinds.empty() || std::ranges::find(q.kinds, e.kind) != q.kinds.end()))
      out.push_back(e);
  if (q.newest_first) std::ranges::reverse(out);
  if (!within(out.size(), q.limit)) out.resize(static_cast<std::size_t>(q.limit));
  return out;
}

Result<std::vector<JournalEntry>> State::latest(View kind) const {
  std::map<std::string, const JournalEntry*> last;
  for (const auto& e : entries)
    if (e.kind == kind) last[e.subject] = &e;
  std::vector<JournalEntry> out;
  for (const auto& [subject, e] : last) out.push_back(*e);
  std::ranges::sort(out, {}, &JournalEntry::seq);
  return out;
}

Result<std::optional<JournalEntry>> State::latest(View kind, View subject) const {
  std::optional<JournalEntry> out;
  for (const auto& e : entries)
    if (e.kind == kind && e.subject == subject) out = e;
  return out;
}

Result<bool> State::is_erased(View id) const { return erased.contains(sha256_hex(id)); }

} // namespace helpdesk::store::memory
