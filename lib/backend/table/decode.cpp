#include "backend/table/decode.hpp"

#include "backend/table/time_text.hpp"
#include "backend/table/values.hpp"
#include "base/text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::backend::table {
namespace {

Known known_of(const Row& row) {
  Known known{std::string(row.get(Field::name)), ascii_lower(row.get(Field::email)),
              std::string(row.get(Field::phone)), std::string(row.get(Field::organisation))};
  if (auto role = role_of(*row.part, row.get(Field::role))) known.role = *role;
  return known;
}

model::Person person_of(const Settings& settings, const Row& row) {
  Known known = known_of(row);
  model::Person person;
  person.role = known.role == model::Role::unknown ? model::Role::customer : known.role;
  person.name = clean_utf8(known.name);
  person.organisation = known.organisation;
  if (!known.email.empty()) person.identities.push_back({"email", known.email});
  if (!known.phone.empty()) person.identities.push_back({"phone", known.phone});
  person.identities.push_back({"remote", settings.account + ":" + std::string(row.get(Field::id))});
  std::sort(person.identities.begin(), person.identities.end());
  return person;
}

} // namespace

Result<Decoded> decode(const Settings& settings, const store::RawRecord& record) {
  auto mapping = TRY(cached_mapping(settings));
  if (record.format == k_bad_format)
    return failed(record.hint.empty() ? std::string("a row that cannot be read") : record.hint);
  auto stored = TRY(StoredRows::read(*mapping, record.bytes));
  Decoded decoded;
  if (record.format == k_person_format) {
    for (const Row& row : stored.rows())
      if (row.part->rows == Rows::person && !row.get(Field::id).empty())
        decoded.people.push_back(person_of(settings, row));
    return decoded;
  }
  if (record.format != k_ticket_format) return failed("is no record of a table");
  TRY(TicketDecoder(settings, *mapping, record.hint).decode(stored.rows(), decoded));
  return decoded;
}

TicketDecoder::TicketDecoder(const Settings& settings, const Mapping& mapping, std::string_view id)
    : settings_(settings), mapping_(mapping), id_(clean_utf8(id)), key_(settings.account + ":ticket:" + id_) {
  ticket_.key = key_;
  ticket_.account = settings.account;
  ticket_.channel = model::Channel::other;
}

void TicketDecoder::know(const Row& row) { people_[std::string(row.get(Field::id))] = known_of(row); }

model::Contact TicketDecoder::contact(std::string_view id, std::string_view name) const {
  model::Contact contact{std::string(name), std::string(id)};
  if (auto it = people_.find(id); it != people_.end()) {
    if (!it->second.name.empty()) contact.name = it->second.name;
    if (!it->second.email.empty())
      contact.address = it->second.email;
    else if (!it->second.phone.empty())
      contact.address = it->second.phone;
  }
  if (std::size_t at = contact.address.find('@'); at != std::string::npos)
    contact.address = contact.address.substr(0, at) + ascii_lower(contact.address.substr(at));
  return contact;
}

model::Contact TicketDecoder::actor_of(const Row& row) const {
  std::string_view actor = row.get(Field::actor);
  return contact(actor.empty() ? row.get(Field::author) : actor, row.get(Field::author_name));
}

// Of a row among those of its ticket: what it says, and which of equal ones it is.
std::string TicketDecoder::identity(const Row& row) {
  std::uint64_t hash = identity_of(row);
  int count = ++seen_[hash];
  std::string text(16, '0');
  for (std::size_t i = 16; i > 0; hash >>= 4) text[--i] = "0123456789abcdef"[hash & 15];
  if (count > 1) {
    text += '.';
    text += std::to_string(count);
  }
  return text;
}

// Later rows say it better.
void TicketDecoder::take_attributes(const Row& row) {
  const Part& part = *row.part;
  auto text = [&](Field field, std::string& to) {
    if (std::string_view value = row.get(field); !value.empty()) to = value;
  };
  text(Field::url, ticket_.url);
  if (part.rows != Rows::message || ticket_.subject.empty()) text(Field::subject, ticket_.subject);
  if (part.rows != Rows::message) text(Field::language, ticket_.language);
  text(Field::queue, ticket_.queue);
  if (std::string_view value = row.get(Field::assignee); !value.empty()) {
    model::Contact agent = contact(value);
    ticket_.assignee = agent.address.empty() ? agent.name : agent.address;
  }
  if (std::string_view value = row.get(Field::requester), name = row.get(Field::requester_name);
      !value.empty() || !name.empty()) {
    model::Contact asks = contact(value, name);
    ticket_.requester_address = asks.address;
    if (!asks.name.empty()) ticket_.requester_name = asks.name;
  }
  if (auto channel = channel_of(part, row.get(Field::channel))) ticket_.channel = *channel;
  if (std::string_view value = row.get(Field::merged_into); !value.empty())
    ticket_.merged_into = settings_.account + ":ticket:" + std::string(value);
  if (std::string_view value = row.get(Field::tags); !value.empty()) ticket_.tags = read_tags(value);
  if (part.rows == Rows::ticket || part.rows == Rows::event) {
    if (std::string_view value = row.get(Field::priority); !value.empty()) {
      ticket_.priority_raw = value;
      ticket_.priority = priority_of(part, value).value_or(model::Priority::normal);
    }
    if (std::string_view value = row.get(Field::status); !value.empty()) {
      std::string_view word = word_of(part, "status", value);
      ticket_.status_raw = value;
      ticket_.status = model::parse<model::Status>(word).value_or(model::Status::open);
      deleted_ = word == "deleted";
      spam_ = word == "spam";
      said_status_ = true;
    }
  }
  for (const auto& [key, column] : row.columns->custom()) {
    std::string_view value = row.at(column);
    if (value.empty()) continue;
    auto it = std::find_if(ticket_.fields.begin(), ticket_.fields.end(),
                           [&](const model::CustomField& field) { return field.key == key; });
    if (it == ticket_.fields.end())
      ticket_.fields.push_back({key, std::string(value)});
    else
      it->value = value;
  }
}

Result<void> TicketDecoder::collect_times(const Row& row, const std::string& identity) {
  const Part& part = *row.part;
  for (std::size_t i = 0; i < part.times.size(); ++i) {
    std::string_view value = row.at(row.columns->time(i));
    const TimeColumn& column = part.times[i];
    // What a later row says of the same column holds.
    std::string key =
        part.rows == Rows::message ? identity + ":" + column.name : part.name + ":" + column.name;
    std::erase_if(happened_, [&](const Happened& what) { return what.from_column && what.key == key; });
    if (value.empty()) continue;
    Instant time = TRY(read_time(part, value)).time;
    bool is_event = true;
    for (const Action& action : column.actions) {
      if (action.kind == Action::Kind::created) created_ = time;
      if (action.kind == Action::Kind::updated) updated_ = time;
      if (action.kind == Action::Kind::due) ticket_.due = time;
      if (action.kind == Action::Kind::updated || action.kind == Action::Kind::due) is_event = false;
    }
    if (!is_event) continue;
    happened_.push_back({time, happened_.size(), &row, column.name, &column.actions, std::move(key), true});
  }
  return {};
}

Result<void> TicketDecoder::collect(const Row& row) {
  const Part& part = *row.part;
  std::string key = identity(row);
  TRY(collect_times(row, key));
  if (part.rows == Rows::ticket) return {};
  Happened what;
  what.time = TRY(read_time(part, row.get(Field::time))).time;
  what.order = happened_.size();
  what.row = &row;
  what.key.reserve(part.name.size() + 1 + key.size());
  what.key = part.name;
  what.key += ':';
  what.key += key;
  if (part.rows == Rows::event) {
    what.name = row.get(Field::event);
    if (what.name.empty()) what.name = row.get(Field::status);
    auto named = part.events.find(what.name);
    if (named == part.events.end()) named = part.events.find(lower(what.name));
    if (named != part.events.end()) what.actions = &named->second;
  }
  happened_.push_back(std::move(what));
  return {};
}

Result<bool> TicketDecoder::decode(const std::vector<Row>& rows, Decoded& out) {
  bool has_parent = !mapping_.needs_parent();
  for (const Row& row : rows) {
    if (row.part->rows == Rows::person)
      know(row);
    else
      has_parent = has_parent || row.part->rows == Rows::ticket;
  }
  if (!has_parent) return false;
  for (const Row& row : rows)
    if (row.part->rows != Rows::person) TRY(collect(row));
  std::stable_sort(happened_.begin(), happened_.end(), [](const Happened& a, const Happened& b) {
    return a.time != b.time ? a.time < b.time : a.order < b.order;
  });
  // Of log rows the newest says how things stand; a row of the ticket itself knows best.
  for (const Happened& what : happened_)
    if (!what.from_column && what.row->part->rows != Rows::ticket) take_attributes(*what.row);
  for (const Row& row : rows)
    if (row.part->rows == Rows::ticket) take_attributes(row);
  for (const Happened& what : happened_) {
    if (!first_ || what.time < *first_) first_ = what.time;
    if (!last_ || what.time > *last_) last_ = what.time;
  }
  for (const Happened& what : happened_) play(what);
  first_question();
  if (events_.empty() && messages_.empty() && !created_ && !first_) return false;
  finish(out);
  return true;
}

void TicketDecoder::finish(Decoded& out) {
  ticket_.created = created_ ? *created_ : first_.value_or(Instant{});
  ticket_.updated = updated_ ? *updated_ : last_.value_or(ticket_.created);
  if (!said_status_) ticket_.status = status_;
  if (ticket_.assignee.empty()) ticket_.assignee = assignee_;
  if (ticket_.queue.empty()) ticket_.queue = queue_;
  if (ticket_.priority == model::Priority::none) ticket_.priority = priority_;
  ticket_.spam = ticket_.spam || spam_;
  if (model::is_done(ticket_.status))
    for (const model::Event& e : events_)
      if (e.kind == model::EventKind::status && (e.to == "solved" || e.to == "closed"))
        ticket_.closed = e.time;
  std::sort(ticket_.fields.begin(), ticket_.fields.end(),
            [](const model::CustomField& a, const model::CustomField& b) { return a.key < b.key; });
  if (ticket_.subject.empty() && messages_.empty()) ticket_.subject = id_;
  if (deleted_) out.deleted_tickets.push_back(key_);
  out.tickets.push_back(std::move(ticket_));
  out.events = std::move(events_);
  out.messages = std::move(messages_);
}

} // namespace helpdesk::backend::table
