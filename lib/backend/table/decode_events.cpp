// What happened to a ticket, played in the order of time.
#include "backend/table/decode.hpp"
#include "backend/table/time_text.hpp"
#include "backend/table/values.hpp"
#include "base/text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::backend::table {

using model::Direction;
using model::EventKind;
using model::Role;
using model::Visibility;

model::Event& TicketDecoder::event(const Happened& what, EventKind kind, std::string_view suffix) {
  model::Event& e = events_.emplace_back();
  e.key.reserve(settings_.account.size() + id_.size() + what.key.size() + suffix.size() + 8);
  for (std::string_view piece :
       {std::string_view(settings_.account), std::string_view(":event:"), std::string_view(id_),
        std::string_view(":"), std::string_view(what.key), suffix})
    e.key += piece;
  e.ticket = key_;
  e.time = what.time;
  e.kind = kind;
  // Who wrote the row did not close what its other columns say was closed then.
  if (!what.from_column) e.actor = actor_of(*what.row);
  auto role = role_of(*what.row->part, what.row->get(Field::role));
  e.source = role == Role::bot      ? model::Source::bot
             : role == Role::system ? model::Source::api
                                    : model::Source::human;
  return e;
}

void TicketDecoder::status(const Happened& what, model::Status to, std::string_view suffix) {
  if (to == status_) return;
  model::Event& e = event(what, EventKind::status, suffix);
  e.from = model::text(status_);
  e.to = model::text(to);
  status_ = to;
}

void TicketDecoder::play(const Happened& what) {
  if (what.row->part->rows == Rows::message && !what.from_column) return message(what);
  if (what.row->part->rows == Rows::call && !what.from_column) return play_call(what);
  if (!what.name.empty()) {
    model::Event& named = event(what, EventKind::field, "");
    named.field = "event";
    named.to = what.name;
  }
  if (!what.from_column) play_state(what);
  if (!what.actions) return;
  for (std::size_t i = 0; i < what.actions->size(); ++i) act((*what.actions)[i], what, i);
}

// A log whose every row says how the ticket stands tells changes by differing rows.
void TicketDecoder::play_state(const Happened& what) {
  const Row& row = *what.row;
  if (row.part->rows != Rows::event) return;
  if (std::string_view value = row.get(Field::status); !value.empty())
    status(what, status_of(*row.part, value).value_or(model::Status::open), ":s");
  if (std::string_view value = row.get(Field::priority); !value.empty()) {
    model::Priority to = priority_of(*row.part, value).value_or(model::Priority::normal);
    if (to != priority_) {
      model::Event& e = event(what, EventKind::priority, ":p");
      e.from = model::text(priority_);
      e.to = model::text(to);
      priority_ = to;
    }
  }
  auto changed = [&](Field field, std::string& now, EventKind kind, std::string_view suffix) {
    std::string_view value = row.get(field);
    if (value.empty()) return;
    std::string to(value);
    if (field == Field::assignee) {
      model::Contact agent = contact(value);
      to = agent.address.empty() ? agent.name : agent.address;
    }
    if (to == now) return;
    model::Event& e = event(what, kind, suffix);
    e.from = now;
    e.to = to;
    now = to;
  };
  changed(Field::queue, queue_, EventKind::queue, ":q");
  changed(Field::assignee, assignee_, EventKind::assign, ":a");
}

void TicketDecoder::act(const Action& action, const Happened& what, std::size_t number) {
  const Row& row = *what.row;
  std::string suffix = ":" + std::to_string(number);
  std::string_view from = what.from_column ? std::string_view() : row.get(Field::from);
  std::string_view to = !action.value.empty() ? std::string_view(action.value)
                        : what.from_column    ? std::string_view()
                                              : row.get(Field::to);
  switch (action.kind) {
  case Action::Kind::none:
  case Action::Kind::updated:
  case Action::Kind::due: return;
  case Action::Kind::created:
    if (!what.from_column && !created_) created_ = what.time;
    return;
  case Action::Kind::reply:
    replied_by_column_ = replied_by_column_ || what.from_column;
    return written(what, Direction::out, Visibility::public_, Role::agent, std::string(row.get(Field::text)));
  case Action::Kind::note:
    return written(what, Direction::internal, Visibility::private_, Role::agent,
                   std::string(row.get(Field::text)));
  case Action::Kind::ask:
    return written(what, Direction::in, Visibility::public_, Role::customer,
                   std::string(row.get(Field::text)));
  case Action::Kind::event: break;
  }
  switch (action.event) {
  case EventKind::status: return status(what, status_of(*row.part, to).value_or(model::Status::open), suffix);
  case EventKind::assign: {
    model::Contact agent = to.empty() ? actor_of(row) : contact(to);
    std::string name = agent.address.empty() ? agent.name : agent.address;
    if (name == assignee_) return;
    model::Event& e = event(what, EventKind::assign, suffix);
    e.from = from.empty() ? assignee_ : std::string(from);
    e.to = assignee_ = name;
    return;
  }
  case EventKind::priority: {
    model::Event& e = event(what, EventKind::priority, suffix);
    e.from = from.empty() ? std::string(model::text(priority_)) : std::string(from);
    priority_ = priority_of(*row.part, to).value_or(model::Priority::normal);
    e.to = model::text(priority_);
    return;
  }
  default: {
    model::Event& e = event(what, action.event, suffix);
    e.from = from;
    e.to = to;
    if (action.event == EventKind::queue) queue_ = to;
    if (action.event == EventKind::spam) spam_ = true;
    if (action.event == EventKind::delete_) deleted_ = true;
    if (action.event == EventKind::restore) spam_ = deleted_ = false;
    if (action.event == EventKind::worklog || action.event == EventKind::call)
      if (auto seconds = seconds_of(to)) e.to = std::to_string(seconds->count() / 1'000'000);
    return;
  }
  }
}

// A call is a ticket: it rings as a question, is answered as a reply, and ends solved or missed.
void TicketDecoder::play_call(const Happened& what) {
  const Row& row = *what.row;
  const Part& part = *row.part;
  bool outbound = direction_of(part, row.get(Field::direction)) == Direction::out;
  ticket_.channel = channel_of(part, row.get(Field::channel)).value_or(model::Channel::phone);
  std::string_view caller = row.get(Field::from), callee = row.get(Field::to), agent = row.get(Field::actor);
  model::Contact customer = contact(outbound ? callee : caller, row.get(Field::requester_name));
  if (ticket_.requester_address.empty()) {
    ticket_.requester_address = customer.address;
    if (ticket_.requester_name.empty()) ticket_.requester_name = customer.name;
  }
  if (agent.empty()) agent = outbound ? caller : callee;
  auto talked = seconds_of(row.get(Field::talked)), lasted = seconds_of(row.get(Field::duration));
  Instant ended{}, answered{};
  bool has_end = false, was_answered = false;
  auto told = status_of(part, row.get(Field::status));
  if (auto time = read_time(part, row.get(Field::ended))) {
    ended = time->time;
    has_end = true;
  } else if (lasted) {
    ended = what.time + *lasted;
    has_end = true;
  }
  if (auto time = read_time(part, row.get(Field::answered))) {
    answered = time->time;
    was_answered = true;
  }
  bool spoke = talked && talked->count() > 0;
  bool reached = told ? model::is_done(*told) : was_answered || spoke;
  if (reached && !was_answered) answered = has_end && talked ? ended - *talked : what.time;
  if (!has_end) ended = !reached ? what.time : talked ? answered + *talked : answered;
  if (ticket_.subject.empty())
    ticket_.subject = fmt::format("call {} {}", outbound ? "to" : "from",
                                  customer.name.empty() ? customer.address : customer.name);
  Happened step = what;
  written(step, outbound ? Direction::out : Direction::in, Visibility::public_,
          outbound ? Role::agent : Role::customer, ticket_.subject);
  messages_.back().message.author = outbound ? contact(agent) : customer;
  if (!outbound) messages_.back().message.needs_reply_reason = "a call";
  if (reached) {
    step.time = answered;
    step.key = what.key + ":answered";
    written(step, outbound ? Direction::in : Direction::out, Visibility::public_,
            outbound ? Role::customer : Role::agent, "call answered");
    messages_.back().message.author = outbound ? customer : contact(agent);
    if (outbound) {
      messages_.back().message.needs_reply = model::NeedsReply::no;
      messages_.back().message.needs_reply_reason = "a call that was answered";
    }
    assignee_ = contact(agent).address;
  }
  step.time = ended;
  step.key = what.key + ":end";
  Duration spoken = talked.value_or(reached ? ended - answered : Duration{});
  std::string seconds = std::to_string(spoken.count() / 1'000'000);
  model::Event& call = event(step, EventKind::call, "");
  call.actor = contact(agent);
  call.from = row.get(Field::status);
  call.to = seconds;
  if (spoken.count() > 0) {
    model::Event& work = event(step, EventKind::worklog, ":w"); // call is no longer valid
    work.actor = contact(agent);
    work.to = seconds;
  }
  if (last_ && ended > *last_) last_ = ended;
  if (reached || outbound)
    status(step, model::Status::solved, ":s");
  else if (told)
    status(step, *told, ":s");
  ticket_.status_raw = row.get(Field::status);
}

} // namespace helpdesk::backend::table
