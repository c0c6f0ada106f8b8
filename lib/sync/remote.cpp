#include "sync/remote.hpp"

#include "sync/ingest.hpp"
#include "sync/thread.hpp"

#include <algorithm>
#include <map>

namespace helpdesk::sync {
namespace {

// Placements of records by the ticket they speak of lie in streams that no backend names.
constexpr std::string_view k_stream = "@ticket:";

std::string stream_of(std::string_view ticket_key) {
  return std::string(k_stream) + std::string(root_of_key(ticket_key));
}

template <class T> void keep_once(std::map<std::string, T, std::less<>>& found, T item) {
  std::string key = item.key;
  found.insert_or_assign(std::move(key), std::move(item));
}

template <class T> std::vector<T> in_time(std::map<std::string, T, std::less<>>& found) {
  std::vector<T> items;
  for (auto& [key, item] : found) items.push_back(std::move(item));
  std::stable_sort(items.begin(), items.end(), [](const T& a, const T& b) { return a.time < b.time; });
  return items;
}

// What a record says of one ticket; a record that comes later in the order of keys says the same thing
// better.
void take(RemoteTicket& remote, std::map<std::string, model::Message, std::less<>>& messages,
          std::map<std::string, model::Event, std::less<>>& events, backend::Decoded&& decoded,
          std::string_view ticket_key) {
  remote.known = true;
  for (backend::DecodedMessage& m : decoded.messages)
    if (m.message.ticket == ticket_key) keep_once(messages, std::move(m.message));
  for (model::Event& event : decoded.events)
    if (event.ticket == ticket_key) keep_once(events, std::move(event));
  for (model::Ticket& ticket : decoded.tickets)
    if (ticket.key == ticket_key && (!remote.ticket || ticket.updated >= remote.ticket->updated))
      remote.ticket = std::move(ticket);
  for (const std::string& key : decoded.deleted_tickets)
    if (key == ticket_key) remote.deleted = true;
}

const backend::Kind* kind_of_whole_records(std::string_view name) {
  const backend::Kind* kind = backend::find_kind(name);
  return kind && kind->record_of ? kind : nullptr;
}

} // namespace

RemoteTicket remote_of(backend::Decoded&& decoded, std::string_view ticket_key) {
  RemoteTicket remote;
  if (decoded.messages.empty() && decoded.tickets.empty() && decoded.events.empty() &&
      decoded.deleted_tickets.empty())
    return remote;
  remote.known = true;
  remote.messages.reserve(decoded.messages.size());
  for (backend::DecodedMessage& m : decoded.messages)
    if (m.message.ticket == ticket_key) remote.messages.push_back(std::move(m.message));
  remote.events = std::move(decoded.events);
  std::erase_if(remote.events, [&](const model::Event& event) { return event.ticket != ticket_key; });
  for (model::Ticket& ticket : decoded.tickets)
    if (ticket.key == ticket_key) remote.ticket = std::move(ticket);
  remote.deleted = std::find(decoded.deleted_tickets.begin(), decoded.deleted_tickets.end(), ticket_key) !=
                   decoded.deleted_tickets.end();
  auto before = [](const auto& a, const auto& b) {
    return a.time != b.time ? a.time < b.time : a.key < b.key;
  };
  // Most logs are in order already, and these are large to move.
  if (!std::is_sorted(remote.messages.begin(), remote.messages.end(), before))
    std::sort(remote.messages.begin(), remote.messages.end(), before);
  if (!std::is_sorted(remote.events.begin(), remote.events.end(), before))
    std::sort(remote.events.begin(), remote.events.end(), before);
  return remote;
}

bool has_remote_tickets(const backend::Settings& settings) {
  const backend::Kind* kind = backend::find_kind(settings.kind);
  return kind && kind->decode != &backend::decode_mail;
}

RemoteLoader remote_loader(store::Reader& reader, const backend::Settings& settings, const Policy& policy) {
  if (!has_remote_tickets(settings)) return {};
  return [&reader, &settings, &policy](std::string_view ticket_key) -> Result<RemoteTicket> {
    RemoteTicket remote;
    std::vector<std::string> keys;
    const backend::Kind* kind = kind_of_whole_records(settings.kind);
    if (kind) {
      keys.push_back(kind->record_of(root_of_key(ticket_key)));
    } else {
      for (store::Placement& place : TRY(reader.placements(policy.account, stream_of(ticket_key))))
        keys.push_back(std::move(place.record));
      // In the order of keys, so that of two records that tell the same the same one wins everywhere.
      std::sort(keys.begin(), keys.end());
    }
    std::map<std::string, model::Message, std::less<>> messages;
    std::map<std::string, model::Event, std::less<>> events;
    for (const std::string& key : keys) {
      auto record = TRY(reader.raw(policy.account, key));
      if (!record) continue;
      auto decoded = decode_record(settings, policy, *record, {});
      remote.known = true;
      if (!decoded) continue; // its defect is listed with the record
      // A record may wait for the one thing that makes it a ticket.
      if (kind && tickets_of(policy, *decoded).empty()) remote.known = false;
      if (remote.known) take(remote, messages, events, std::move(*decoded), ticket_key);
    }
    remote.messages = in_time(messages);
    remote.events = in_time(events);
    return remote;
  };
}

std::set<std::string> tickets_of(const Policy& policy, const backend::Decoded& decoded) {
  std::set<std::string> keys;
  std::string_view before; // the same again and again, mostly
  for (const backend::DecodedMessage& m : decoded.messages) {
    if (m.mail || (!keys.empty() && m.ticket_remote_id == before)) continue;
    before = m.ticket_remote_id;
    keys.insert(ticket_key(policy, before));
  }
  for (const model::Ticket& ticket : decoded.tickets) keys.insert(ticket.key);
  before = {};
  for (const model::Event& event : decoded.events) {
    if (event.ticket == before) continue;
    before = event.ticket;
    keys.insert(event.ticket);
  }
  for (const std::string& key : decoded.deleted_tickets) keys.insert(key);
  return keys;
}

Result<std::set<std::string>> place_remote(store::Transaction& tx, const Policy& policy,
                                           const store::RawRecord& record, const backend::Decoded& decoded) {
  std::set<std::string> now = tickets_of(policy, decoded), touched = now, placed;
  if (kind_of_whole_records(policy.kind)) { // nothing to remember: the key tells
    if (!record.hint.empty() && record.key == backend::find_kind(policy.kind)->record_of(record.hint))
      touched.insert(ticket_key(policy, record.hint));
    return touched;
  }
  const std::string& record_key = record.key;
  for (const store::Placement& place : TRY(tx.placements_of(policy.account, record_key))) {
    if (!place.stream.starts_with(k_stream)) continue;
    std::string key = ticket_key(policy, std::string_view(place.stream).substr(k_stream.size()));
    touched.insert(key);
    placed.insert(key);
    if (!now.contains(key)) TRY(tx.remove_placement(policy.account, place.stream, place.uid));
  }
  for (const std::string& key : now) {
    if (placed.contains(key)) continue;
    store::Placement place;
    place.account = policy.account;
    place.stream = stream_of(key);
    place.uid = place.record = record_key;
    place.role = "ticket";
    TRY(tx.put_placement(place));
  }
  return touched;
}

} // namespace helpdesk::sync
