// A ticket system in memory, and a backend for it: statuses, private notes, events, merges, deletion, ids
// beyond 2^53, listings in pages that shift while they are read.
#pragma once

#include "backend/backend.hpp"
#include "backend/extra_kinds.hpp"
#include "base/text.hpp"
#include "json/json.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace helpdesk::test {

// The server: what it holds, and its clock.
class MemoryDesk {
 public:
  struct Item { // a ticket, an event or a user, as the API gives it
    std::string id;
    std::int64_t updated = 0;
    json::Value body;
  };
  static constexpr std::int64_t k_start = 1'767'600'000;

  std::map<std::string, Item> tickets, events, users;
  std::function<void()> between_pages; // what others do while somebody reads
  bool unreachable = false;

  std::string open_ticket(std::string subject, std::string name, std::string address, std::string text) {
    std::string id = next_id();
    json::Value body{json::Object{}};
    body.set("id", number(id));
    body.set("subject", std::move(subject));
    body.set("status", "new");
    body.set("requester", contact(std::move(name), std::move(address)));
    body.set("created", tick());
    body.set("comments", json::Value(json::Array{}));
    put(tickets, id, std::move(body));
    std::string from_name = tickets[id].body["requester"]["name"].as_string();
    std::string from = tickets[id].body["requester"]["address"].as_string();
    comment(id, from_name, from, "customer", true, std::move(text));
    return id;
  }
  std::string comment(const std::string& ticket, std::string name, std::string address, std::string role,
                      bool shown, std::string text, std::string client_key = "") {
    json::Value comments = tickets.at(ticket).body["comments"];
    if (!client_key.empty())
      for (const json::Value& old : comments.items())
        if (old["client_key"].as_string() == client_key) return old["id"].id_text();
    json::Value c{json::Object{}};
    std::string id = next_id();
    c.set("id", number(id));
    c.set("author", contact(std::move(name), std::move(address)));
    c.set("role", std::move(role));
    c.set("public", shown);
    c.set("time", tick());
    c.set("text", std::move(text));
    c.set("client_key", std::move(client_key));
    json::Array all(comments.items().begin(), comments.items().end());
    all.push_back(std::move(c));
    change(ticket, "comments", json::Value(std::move(all)));
    return id;
  }
  void change(const std::string& ticket, std::string_view field, json::Value value) {
    json::Value body = tickets.at(ticket).body;
    body.set(field, std::move(value));
    put(tickets, ticket, std::move(body));
  }
  void set_status(const std::string& ticket, const std::string& status) {
    json::Value e{json::Object{}};
    std::string id = next_id();
    e.set("id", number(id));
    e.set("ticket", number(ticket));
    e.set("kind", "status");
    e.set("from", tickets.at(ticket).body["status"].as_string());
    e.set("to", status);
    e.set("actor", "agent@desk.example");
    e.set("time", tick());
    put(events, id, std::move(e));
    change(ticket, "status", status);
  }
  void merge(const std::string& from, const std::string& into) {
    change(from, "merged_into", number(into));
    change(from, "status", "closed");
  }
  void remove(const std::string& ticket) { change(ticket, "deleted", true); }
  void add_user(std::string name, std::vector<std::string> addresses) {
    std::string id = next_id();
    json::Value u{json::Object{}};
    u.set("id", number(id));
    u.set("name", std::move(name));
    json::Array list;
    for (std::string& address : addresses) list.emplace_back(std::move(address));
    u.set("addresses", json::Value(std::move(list)));
    put(users, id, std::move(u));
  }

 private:
  std::int64_t clock_ = k_start;
  std::uint64_t id_ = 9'223'372'036'854'775'801; // about 2^63: first no double, then no int64 holds them

  std::int64_t tick() { return clock_ += 60; }
  std::string next_id() { return std::to_string(id_ += 2); }
  static json::Value number(const std::string& id) { return json::Value(std::stoull(id)); }
  static json::Value contact(std::string name, std::string address) {
    json::Value c{json::Object{}};
    c.set("name", std::move(name));
    c.set("address", std::move(address));
    return c;
  }
  void put(std::map<std::string, Item>& where, const std::string& id, json::Value body) {
    std::int64_t now = tick();
    body.set("updated", now);
    where[id] = Item{id, now, std::move(body)};
  }
};

// The one server that accounts of kind "memory_desk" talk to, by the account's name.
inline std::map<std::string, MemoryDesk*>& memory_desks() {
  static std::map<std::string, MemoryDesk*> desks;
  return desks;
}

class MemoryDeskBackend : public backend::ReadOnlyBackend {
 public:
  static constexpr backend::Capabilities k_capabilities{.incremental = true,
                                                        .events = true,
                                                        .notes = true,
                                                        .reply = true,
                                                        .idempotent_create = true,
                                                        .sets_fields = true,
                                                        .sends_status = true};
  MemoryDeskBackend(MemoryDesk& desk, std::string account, std::size_t page_size)
      : desk_(desk), account_(std::move(account)), page_size_(page_size) {}

  const backend::Capabilities& capabilities() const override { return k_capabilities; }

  Result<backend::CheckReport> check() override {
    if (desk_.unreachable) return try_later("desk.example: connection refused");
    return backend::CheckReport{.identity = "agent@desk.example",
                                .facts = {fmt::format("{} tickets", desk_.tickets.size())}};
  }

  Result<void> pull(const backend::PullOptions& options, backend::Sink& sink) override {
    TRY(pull_stream(options, sink, "users", desk_.users));
    TRY(pull_stream(options, sink, "tickets", desk_.tickets));
    return pull_stream(options, sink, "events", desk_.events);
  }

  Result<std::string> reply(const backend::OutgoingReply& reply) override {
    TRY(find(reply.ticket_remote_id));
    return desk_.comment(reply.ticket_remote_id, "Agent", "agent@desk.example", "agent", true, reply.text,
                         reply.client_key);
  }
  Result<std::string> note(std::string_view ticket, std::string_view text) override {
    TRY(find(ticket));
    return desk_.comment(std::string(ticket), "Agent", "agent@desk.example", "agent", false,
                         std::string(text));
  }
  Result<void> set(std::string_view ticket, std::span<const backend::FieldChange> changes) override {
    TRY(find(ticket));
    for (const backend::FieldChange& change : changes) {
      if (change.field != "status") return failed(fmt::format("memory_desk cannot set \"{}\"", change.field));
      if (!model::parse<model::Status>(change.value))
        return usage_error(fmt::format("unknown status \"{}\"", change.value));
    }
    for (const backend::FieldChange& change : changes) desk_.set_status(std::string(ticket), change.value);
    return {};
  }

 private:
  MemoryDesk& desk_;
  std::string account_;
  std::size_t page_size_;

  Result<void> find(std::string_view ticket) const {
    if (desk_.unreachable) return try_later("desk.example: connection refused");
    if (!desk_.tickets.contains(std::string(ticket))) return not_found(fmt::format("no ticket {}", ticket));
    return {};
  }

  // By (updated, id): whatever changes while pages are read moves behind the cursor, and is read then.
  Result<void> pull_stream(const backend::PullOptions& options, backend::Sink& sink, std::string_view stream,
                           const std::map<std::string, MemoryDesk::Item>& items) {
    if (desk_.unreachable) return try_later("desk.example: connection refused");
    std::string cursor = TRY(sink.cursor(stream));
    if (options.full) cursor.clear();
    for (;;) {
      std::vector<const MemoryDesk::Item*> next;
      for (const auto& [id, item] : items)
        if (place_of(item) > cursor) next.push_back(&item);
      std::sort(next.begin(), next.end(),
                [](const auto* a, const auto* b) { return place_of(*a) < place_of(*b); });
      if (next.size() > page_size_) next.resize(page_size_);
      if (next.empty()) return {};
      backend::Page page;
      page.stream = stream;
      for (const MemoryDesk::Item* item : next) {
        cursor = place_of(*item);
        if (options.dry_run) continue;
        store::RawRecord record;
        record.account = account_;
        record.key = fmt::format("{}:{}", stream, item->id);
        record.version = std::to_string(item->updated);
        record.format = "json";
        record.bytes = json::dump(item->body);
        page.records.push_back(std::move(record));
      }
      if (!options.dry_run) {
        page.cursor = cursor;
        TRY(sink.page(std::move(page)));
      }
      if (desk_.between_pages) desk_.between_pages();
    }
  }
  static std::string place_of(const MemoryDesk::Item& item) {
    return fmt::format("{:020} {:0>20}", item.updated, item.id);
  }
};

// ---- the pure half

inline Instant desk_time(const json::Value& value) { return instant_of_seconds(value.as_int()); }

inline void decode_desk_ticket(const std::string& account, const json::Value& body,
                               backend::Decoded& decoded) {
  std::string id = body["id"].id_text(), key = account + ":ticket:" + id;
  model::Ticket ticket;
  ticket.key = key;
  ticket.account = account;
  ticket.url = "https://desk.example/tickets/" + id;
  ticket.subject = clean_utf8(body["subject"].as_string());
  ticket.channel = model::Channel::web;
  ticket.status_raw = body["status"].as_string();
  ticket.status = model::parse<model::Status>(ticket.status_raw).value_or(model::Status::open);
  ticket.requester_name = body["requester"]["name"].as_string();
  ticket.requester_address = body["requester"]["address"].as_string();
  ticket.created = desk_time(body["created"]);
  ticket.updated = desk_time(body["updated"]);
  if (std::string into = body["merged_into"].id_text(); !into.empty())
    ticket.merged_into = account + ":ticket:" + into;
  if (body["deleted"].as_bool()) decoded.deleted_tickets.push_back(key);
  for (const json::Value& c : body["comments"].items()) {
    backend::DecodedMessage item;
    item.ticket_remote_id = id;
    model::Message& m = item.message;
    m.key = c["id"].id_text();
    m.time = desk_time(c["time"]);
    m.author = {c["author"]["name"].as_string(), c["author"]["address"].as_string()};
    m.author_role = model::parse<model::Role>(c["role"].as_string()).value_or(model::Role::unknown);
    m.visibility = c["public"].as_bool() ? model::Visibility::public_ : model::Visibility::private_;
    m.direction = m.author_role == model::Role::customer       ? model::Direction::in
                  : m.visibility == model::Visibility::public_ ? model::Direction::out
                                                               : model::Direction::internal;
    m.channel = model::Channel::web;
    m.subject = ticket.subject;
    m.text = clean_utf8(c["text"].as_string());
    decoded.messages.push_back(std::move(item));
  }
  decoded.tickets.push_back(std::move(ticket));
}

inline Result<backend::Decoded> decode_desk(const backend::Settings& settings,
                                            const store::RawRecord& record) {
  auto body = TRY(json::parse(record.bytes));
  backend::Decoded decoded;
  if (body["id"].id_text().empty()) return failed("record " + record.key + ": has no id");
  if (record.key.starts_with("tickets:")) {
    decode_desk_ticket(settings.account, body, decoded);
  } else if (record.key.starts_with("events:")) {
    model::Event event;
    event.key = settings.account + ":event:" + body["id"].id_text();
    event.ticket = settings.account + ":ticket:" + body["ticket"].id_text();
    event.time = desk_time(body["time"]);
    event.kind = model::EventKind::status;
    event.actor.address = body["actor"].as_string();
    event.from = body["from"].as_string();
    event.to = body["to"].as_string();
    decoded.events.push_back(std::move(event));
  } else {
    model::Person person;
    person.name = body["name"].as_string();
    person.name_at = desk_time(body["updated"]);
    for (const json::Value& address : body["addresses"].items())
      person.identities.push_back({"email", ascii_lower(address.as_string())});
    person.identities.push_back({"remote", settings.account + ":" + body["id"].id_text()});
    std::sort(person.identities.begin(), person.identities.end());
    decoded.people.push_back(std::move(person));
  }
  return decoded;
}

inline Result<std::unique_ptr<backend::Backend>> open_desk(const backend::Settings& settings,
                                                           backend::Secrets) {
  auto desk = memory_desks().find(settings.account);
  if (desk == memory_desks().end()) return usage_error("accounts." + settings.account + ": no such desk");
  std::string size = settings.get("page_size", "3");
  return std::unique_ptr<backend::Backend>(std::make_unique<MemoryDeskBackend>(
      *desk->second, settings.account, static_cast<std::size_t>(std::stoul(size))));
}

inline const backend::Kind k_memory_desk_kind{.name = "memory_desk",
                                              .summary = "a ticket system in memory, for tests",
                                              .keys = {},
                                              .capabilities = MemoryDeskBackend::k_capabilities,
                                              .open = open_desk,
                                              .decode = decode_desk};

// Makes sync know the kind. Any number of times.
inline void know_memory_desk() {
  if (!backend::find_kind("memory_desk")) backend::add_kind(k_memory_desk_kind);
}

} // namespace helpdesk::test
