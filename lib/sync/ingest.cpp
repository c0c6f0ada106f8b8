#include "sync/ingest.hpp"

#include "base/log.hpp"
#include "base/text.hpp"
#include "sync/classify.hpp"
#include "sync/remote.hpp"
#include "sync/thread.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace helpdesk::sync {
namespace {

using model::Message;

void mark_rules(Message& message, const Policy& policy) {
  for (const Rule& rule : policy.rules)
    if (rule_matches(rule, policy, message)) message.labels.push_back("rule:" + rule.name);
}

bool is_role(std::string_view label) { return !label.starts_with("rule:"); }

void set_roles(Message& message, const std::vector<std::string>& roles) {
  std::erase_if(message.labels, is_role);
  message.labels.insert(message.labels.end(), roles.begin(), roles.end());
  std::sort(message.labels.begin(), message.labels.end());
  message.labels.erase(std::unique(message.labels.begin(), message.labels.end()), message.labels.end());
}

std::vector<std::string> roles_in(const Message& message) {
  std::vector<std::string> roles;
  std::copy_if(message.labels.begin(), message.labels.end(), std::back_inserter(roles), is_role);
  return roles;
}

std::vector<std::string> record_keys(std::string_view raw) {
  std::vector<std::string> keys;
  for (std::string_view key : split(raw, ' '))
    if (!key.empty()) keys.emplace_back(key);
  return keys;
}

} // namespace

bool rule_matches(const Rule& rule, const Policy& policy, const Message& message) {
  if (message.direction != model::Direction::in) return false;
  model::Ticket ticket;
  ticket.account = policy.account;
  ticket.subject = message.subject;
  ticket.channel = message.channel;
  ticket.requester_name = message.author.name;
  ticket.requester_address = message.author.address;
  ticket.last_in = ticket.created = ticket.updated = message.time;
  return store::matches(rule.when, ticket, &message, message.time);
}

std::vector<std::string> roles_of(const std::vector<store::Placement>& placements) {
  std::vector<std::string> roles;
  for (const store::Placement& placement : placements)
    roles.push_back(placement.role.empty() ? "other" : placement.role);
  std::sort(roles.begin(), roles.end());
  roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
  return roles;
}

std::string message_key(const Policy& policy, std::string_view remote) {
  return policy.account + ":message:" + std::string(remote);
}

Result<backend::Decoded> decode_record(const backend::Settings& settings, const Policy& policy,
                                       const store::RawRecord& record,
                                       const std::vector<std::string>& seen_in) {
  const backend::Kind* kind = backend::find_kind(settings.kind);
  // What was sent from here is mail whatever the account's own records are.
  auto decode = record.format == "mail" ? &backend::decode_mail : kind ? kind->decode : nullptr;
  if (!decode) return failed("account " + policy.account + ": unknown backend \"" + settings.kind + "\"");
  backend::Decoded decoded = TRY(decode(settings, record));
  // Our own digests are no conversation.
  std::erase_if(decoded.messages, [&](const backend::DecodedMessage& item) {
    return item.mail && !item.mail->header("x-helpdesk-digest").empty() &&
           is_ours(policy, item.message.author.address);
  });
  for (backend::DecodedMessage& item : decoded.messages) {
    Message& message = item.message;
    message.raw = record.key;
    if (message.key.find(":message:") == std::string::npos) message.key = message_key(policy, message.key);
    if (item.mail) {
      complete_mail(message, *item.mail, policy, seen_in);
    } else {
      message.ticket = policy.account + ":ticket:" + item.ticket_remote_id;
      complete_remote(message, policy);
    }
    if (item.mail) set_roles(message, seen_in);
    mark_rules(message, policy);
    std::sort(message.labels.begin(), message.labels.end());
  }
  return decoded;
}

Ingest::Ingest(store::Store& store, const backend::Settings& settings, const Policy& policy,
               store::Durability durability)
    : store_(store), settings_(settings), policy_(policy), durability_(durability) {}

Result<void> Ingest::page(backend::Page&& page) { return commit(*prepare(std::move(page))); }

std::shared_ptr<PreparedPage> Ingest::prepare(backend::Page&& page) {
  auto prepared =
      std::make_shared<PreparedPage>(std::move(page), settings_, policy_, PreparedPage::Frames::made);
  decoders_.add(prepared);
  return prepared;
}

Result<void> Ingest::commit(PreparedPage& whole) {
  whole.finish();
  const backend::Page& page = whole.page();
  std::vector<Prepared>& prepared = whole.records();

  auto tx = TRY(store_.begin(durability_));
  TRY(journal_.refresh(*tx));
  Deriver deriver(*tx, policy_, journal_, people_);
  deriver.read_remote_with(remote_loader(*tx, settings_, policy_));
  TRY(put_records(*tx, prepared));
  TRY(place(*tx, deriver, page, prepared));
  TRY(follow_sightings(*tx, deriver, page.sightings));
  TRY(put_messages(*tx, deriver, prepared));
  TRY(withdraw(*tx, deriver, page.withdrawn));
  TRY(deriver.finish());
  if (page.cursor) TRY(tx->set_cursor(policy_.account, page.stream, *page.cursor));
  if (page.complete_since) {
    store::AccountState state = TRY(tx->account_state(policy_.account));
    state.account = policy_.account;
    state.complete_since = page.complete_since;
    TRY(tx->put_account_state(state));
  }
  TRY(tx->commit());
  counts_.new_messages += deriver.counts().new_messages;
  counts_.new_tickets += deriver.counts().new_tickets;
  counts_.changed_tickets += deriver.counts().changed_tickets;
  return {};
}

// What doctor lists: a record that could not be decoded, or only in part because a cap was reached.
std::string Ingest::defect_of(const Prepared& item) {
  if (!item.failure.empty()) return item.failure;
  for (const backend::DecodedMessage& m : item.decoded.messages)
    for (const std::string& defect : m.message.defects)
      if (defect.find("cap of") != std::string::npos || defect.find("deadline") != std::string::npos)
        return defect;
  return {};
}

// The same bytes came before, and earlier: the message keeps that time, whichever copy was pulled first.
Result<void> Ingest::follow_earlier_copy(store::Transaction& tx, Prepared& item) const {
  if (item.is_new || item.record.format != "mail") return {};
  auto stored = TRY(tx.raw(policy_.account, item.record.key));
  if (!stored || stored->version != item.record.version) return {};
  Instant received = store::earlier_received(stored->received, item.record.received);
  if (received == item.record.received) return {};
  item.record.received = received;
  std::vector<std::string> roles;
  if (!item.decoded.messages.empty()) roles = roles_in(item.decoded.messages.front().message);
  if (auto again = decode_record(settings_, policy_, item.record, roles)) {
    item.decoded = std::move(*again);
    item.text.reset();
  }
  return {};
}

Result<void> Ingest::put_records(store::Transaction& tx, std::vector<Prepared>& prepared) {
  for (Prepared& item : prepared) {
    item.erased = TRY(tx.is_erased(item.record.key));
    for (const backend::DecodedMessage& m : item.decoded.messages)
      if (!m.message.message_id.empty() && TRY(tx.is_erased(m.message.message_id))) item.erased = true;
    if (item.erased) {
      ++counts_.erased;
      continue;
    }
    item.is_new = !TRY(tx.has_raw(policy_.account, item.record.key));
    ++counts_.records;
    counts_.bytes += item.record.bytes.size();
    item.record.defect = defect_of(item);
    if (!item.record.defect.empty()) ++counts_.defects;
    // The version of a mail's record names its message, so that a move is followed without decoding.
    if (item.record.format == "mail" && !item.decoded.messages.empty())
      item.record.version = item.decoded.messages.front().message.key;
    TRY(follow_earlier_copy(tx, item));
    TRY(tx.put_raw(item.record, item.frame));
  }
  return {};
}

Result<std::vector<std::string>> Ingest::roles_of_records(store::Reader& reader,
                                                          const std::vector<std::string>& keys) const {
  std::vector<store::Placement> all;
  for (const std::string& key : keys)
    for (store::Placement& placement : TRY(reader.placements_of(policy_.account, key)))
      all.push_back(std::move(placement));
  return roles_of(all);
}

Result<void> Ingest::put_messages(store::Transaction& tx, Deriver& deriver, std::vector<Prepared>& prepared) {
  struct Known {
    std::string raw, ticket;
  };
  std::unordered_map<std::string, Known> in_page; // several copies of one mail in one page
  for (Prepared& item : prepared) {
    if (item.erased) continue;
    for (backend::DecodedMessage& m : item.decoded.messages) {
      if (m.mail) {
        // The same Message-ID in a second record is the same message; the smallest record key decides what it
        // says.
        std::vector<std::string> records{item.record.key};
        std::optional<Known> before;
        if (auto it = in_page.find(m.message.key); it != in_page.end()) {
          before = it->second;
        } else if (auto stored = TRY(tx.message(m.message.key))) {
          before = Known{stored->raw, stored->ticket};
        }
        bool keeps = false;
        if (before) {
          std::vector<std::string> known = record_keys(before->raw);
          keeps = !known.empty() && known.front() < item.record.key;
          records.insert(records.end(), known.begin(), known.end());
          std::sort(records.begin(), records.end());
          records.erase(std::unique(records.begin(), records.end()), records.end());
          if (!keeps) m.message.ticket = before->ticket;
        }
        std::vector<std::string> roles = TRY(roles_of_records(tx, records));
        store::RawRecord earlier;
        const store::RawRecord* source = &item.record;
        if (keeps) {
          if (auto raw = TRY(tx.raw(policy_.account, records.front()))) {
            earlier = std::move(*raw);
            source = &earlier;
          } else if (auto other =
                         std::find_if(prepared.begin(), prepared.end(),
                                      [&](const Prepared& p) { return p.record.key == records.front(); });
                     other != prepared.end()) {
            source = &other->record;
          }
        }
        if (keeps || roles != roles_in(m.message)) {
          // Which folders it lies in decides who wrote it (a copy in Sent): decode again with all of them.
          backend::Decoded again = TRY(decode_record(settings_, policy_, *source, roles));
          if (again.messages.empty()) continue;
          again.messages.front().message.ticket = before ? before->ticket : "";
          m.message = std::move(again.messages.front().message);
          item.text.reset(); // of what it said before
        }
        m.message.raw = join(records, " ");
        m.message.gone_from_server = roles.empty();
        in_page[m.message.key] = {m.message.raw, m.message.ticket};
      }
      if (m.mail) deriver.add(std::move(m.message), std::move(item.text));
    }
    TRY(put_remote(tx, deriver, item));
  }
  return {};
}

// Records of systems with tickets: which tickets they speak of, and those derived again.
Result<void> Ingest::put_remote(store::Transaction& tx, Deriver& deriver, Prepared& item) const {
  if (item.record.format == "mail" || !has_remote_tickets(settings_) || !item.failure.empty()) return {};
  std::set<std::string> fresh;
  for (const backend::DecodedMessage& m : item.decoded.messages)
    if (!m.mail) fresh.insert(m.message.key);
  for (const model::Person& person : item.decoded.people) deriver.remote_person(person);
  const backend::Kind* kind = backend::find_kind(settings_.kind); // whole records speak of one ticket
  for (const std::string& key : TRY(place_remote(tx, policy_, item.record, item.decoded))) {
    if (kind && kind->record_of) deriver.know_remote(key, remote_of(std::move(item.decoded), key));
    deriver.touch_remote(key, fresh);
  }
  return {};
}

// Records whose system took back what they said: their tickets are derived again from what is left.
Result<void> Ingest::withdraw(store::Transaction& tx, Deriver& deriver,
                              const std::vector<std::string>& keys) {
  for (const std::string& key : keys) {
    auto record = TRY(tx.raw(policy_.account, key));
    if (!record) continue;
    for (const std::string& ticket : TRY(place_remote(tx, policy_, *record, {})))
      deriver.touch_remote(ticket, {});
    TRY(tx.remove_raw(policy_.account, key));
  }
  return {};
}

Result<void> Ingest::place(store::Transaction& tx, Deriver& deriver, const backend::Page& page,
                           const std::vector<Prepared>& prepared) {
  // Nothing can say yet what a new record's places mean: put_messages sees to it.
  std::unordered_set<std::string_view> fresh;
  for (const Prepared& item : prepared)
    if (item.is_new) fresh.insert(item.record.key);
  std::map<std::string, std::vector<std::string>, std::less<>>
      before; // roles of every record that is concerned
  auto remember = [&](const std::string& record) -> Result<void> {
    if (!before.contains(record)) before[record] = TRY(roles_of_records(tx, {record}));
    return {};
  };
  if (page.reset) {
    // The stream's uids mean nothing any more: what lay there is placed again by this and the following
    // pages.
    for (const store::Placement& placement : TRY(tx.placements(policy_.account, page.stream)))
      TRY(remember(placement.record));
    TRY(tx.remove_stream(policy_.account, page.stream));
  }
  if (!page.vanished.empty()) {
    std::set<std::string_view> gone(page.vanished.begin(), page.vanished.end());
    for (const store::Placement& placement : TRY(tx.placements(policy_.account, page.stream)))
      if (gone.contains(placement.uid)) TRY(remember(placement.record));
    for (const std::string& uid : page.vanished) TRY(tx.remove_placement(policy_.account, page.stream, uid));
  }
  for (const store::Placement& placement : page.placements) {
    if (fresh.contains(placement.record)) {
      TRY(tx.put_placement(placement));
      continue;
    }
    if (!TRY(tx.has_raw(policy_.account, placement.record))) continue; // erased
    TRY(remember(placement.record));
    TRY(tx.put_placement(placement));
  }
  for (const auto& [record, roles] : before)
    if (TRY(roles_of_records(tx, {record})) != roles) TRY(relabel(tx, deriver, record, roles));
  return {};
}

// A record that is stored already lies elsewhere now.
Result<void> Ingest::relabel(store::Transaction& tx, Deriver& deriver, std::string_view record_key,
                             const std::vector<std::string>& roles_before) {
  auto record = TRY(tx.raw(policy_.account, record_key));
  if (!record || record->format != "mail") return {};
  auto message = TRY(tx.message(record->version));
  if (!message) return {}; // new with this page: put_messages sees to it
  std::vector<std::string> roles = TRY(roles_of_records(tx, record_keys(message->raw)));
  auto in_sent = [](const std::vector<std::string>& list) {
    return std::find(list.begin(), list.end(), "sent") != list.end();
  };
  if (in_sent(roles) != in_sent(roles_before) || in_sent(roles) != in_sent(roles_in(*message))) {
    if (record_keys(message->raw).front() != record_key)
      record = TRY(tx.raw(policy_.account, record_keys(message->raw).front()));
    if (!record) return {};
    return derive_again(deriver, *record, *message, roles);
  }
  set_roles(*message, roles);
  message->gone_from_server = roles.empty();
  deriver.change(std::move(*message));
  return {};
}

// What a stored message says, from its record anew; where it belongs stays.
Result<void> Ingest::derive_again(Deriver& deriver, const store::RawRecord& record, const Message& message,
                                  const std::vector<std::string>& roles) const {
  backend::Decoded again = TRY(decode_record(settings_, policy_, record, roles));
  if (again.messages.empty()) return {};
  Message& whole = again.messages.front().message;
  whole.ticket = message.ticket;
  whole.raw = message.raw;
  whole.gone_from_server = roles.empty();
  deriver.add(std::move(whole));
  return {};
}

Result<void> Ingest::follow_sightings(store::Transaction& tx, Deriver& deriver,
                                      const std::vector<backend::Sighting>& sightings) {
  for (const backend::Sighting& sighting : sightings) {
    auto record = TRY(tx.raw(policy_.account, sighting.record));
    if (!record || record->format != "mail") continue;
    const Instant earlier = store::earlier_received(record->received, sighting.received);
    if (earlier == record->received) continue;
    record->received = earlier;
    TRY(tx.put_raw(*record));
    auto message = TRY(tx.message(record->version));
    if (!message) continue;
    const std::vector<std::string> records = record_keys(message->raw);
    if (records.empty() || records.front() != sighting.record) continue; // another copy decides what it says
    TRY(derive_again(deriver, *record, *message, TRY(roles_of_records(tx, records))));
  }
  return {};
}

} // namespace helpdesk::sync
