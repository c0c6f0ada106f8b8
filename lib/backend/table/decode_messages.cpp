// What was written: rows that are messages, and events that stand for one.
#include "backend/table/decode.hpp"
#include "backend/table/values.hpp"
#include "base/text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::backend::table {
namespace {

using model::Direction;
using model::Role;
using model::Visibility;

bool is_ours(const Settings& settings, std::string_view address) {
  return std::any_of(settings.us.begin(), settings.us.end(), [&](const std::string& ours) {
    if (ours.starts_with('@')) return ascii_lower(address).ends_with(ascii_lower(ours));
    return equal_ignoring_case(ours, address);
  });
}

} // namespace

void TicketDecoder::written(const Happened& what, Direction direction, Visibility visibility, Role role,
                            std::string text) {
  const Row& row = *what.row;
  DecodedMessage& item = messages_.emplace_back();
  item.ticket_remote_id = id_;
  model::Message& m = item.message;
  m.key.reserve(id_.size() + 1 + what.key.size());
  m.key = id_;
  m.key += ':';
  m.key += what.key;
  m.time = what.time;
  m.direction = direction;
  m.visibility = visibility;
  m.author_role = role;
  m.channel = ticket_.channel;
  m.subject = ticket_.subject;
  m.text = std::move(text);
  bool customer = role == Role::customer;
  if (customer) {
    m.author = {ticket_.requester_name, ticket_.requester_address};
  } else if (what.from_column || row.part->rows == Rows::ticket) {
    m.author = contact(row.get(Field::assignee));
  } else {
    m.author = actor_of(row);
  }
  if (m.text.empty() && !m.subject.empty()) m.text = what.name;
  // The log says that somebody wrote and not what: nothing there to judge by.
  if (m.text.empty() && direction == Direction::in && customer) m.needs_reply_reason = "the log says so";
  asked_ = asked_ || direction == Direction::in;
}

void TicketDecoder::message(const Happened& what) {
  const Row& row = *what.row;
  const Part& part = *row.part;
  model::Contact author = contact(row.get(Field::author), row.get(Field::author_name));
  std::string_view who = author.address.empty() ? std::string_view(author.name) : author.address;
  if (first_author_.empty()) first_author_ = who;
  std::optional<Role> role = role_of(part, row.get(Field::role));
  auto told = direction_of(part, row.get(Field::direction));
  if (!role)
    if (auto it = people_.find(row.get(Field::author));
        it != people_.end() && it->second.role != Role::unknown)
      role = it->second.role;
  if (!role && told) role = *told == Direction::in ? Role::customer : Role::agent;
  if (!role && is_ours(settings_, author.address)) role = Role::agent;
  // Nobody says who it was: the requester asks, and without one whoever wrote first.
  if (!role && !ticket_.requester_address.empty())
    role = author.address == ticket_.requester_address ? Role::customer : Role::agent;
  if (!role) role = who == first_author_ ? Role::customer : Role::agent;

  Visibility visibility = visibility_of(part, row.get(Field::visibility)).value_or(Visibility::public_);
  Direction direction = *role == Role::customer              ? Direction::in
                        : visibility == Visibility::private_ ? Direction::internal
                        : *role == Role::system && !told     ? Direction::internal
                                                             : Direction::out;
  if (told) direction = *told;
  if (direction == Direction::internal) visibility = Visibility::private_;
  written(what, direction, visibility, *role, std::string(row.get(Field::text)));
  model::Message& m = messages_.back().message;
  m.author = author;
  m.html = row.get(Field::html);
  if (std::string_view subject = row.get(Field::subject); !subject.empty()) m.subject = subject;
  if (auto channel = channel_of(part, row.get(Field::channel))) m.channel = *channel;
  if (*role == Role::bot) m.automation = model::Automation::ai;
  if (*role == Role::system) m.automation = model::Automation::rule;
  if (ticket_.requester_address.empty() && ticket_.requester_name.empty() && *role == Role::customer) {
    ticket_.requester_address = author.address;
    ticket_.requester_name = author.name;
  }
}

// A ticket row with a text, or with the time of a first reply, was a question when it was created.
void TicketDecoder::first_question() {
  if (asked_) return;
  const Row* said = nullptr;
  for (const Happened& what : happened_)
    if (what.row->part->rows == Rows::ticket && !what.row->get(Field::text).empty()) said = what.row;
  if (!said && !replied_by_column_) return;
  if (!said) said = happened_.front().row;
  Happened what;
  what.time = created_ ? *created_ : first_.value_or(Instant{});
  what.row = said;
  what.key = "question";
  std::string text(said->get(Field::text));
  written(what, Direction::in, Visibility::public_, Role::customer, text.empty() ? ticket_.subject : text);
  std::rotate(messages_.begin(), messages_.end() - 1, messages_.end());
}

} // namespace helpdesk::backend::table
