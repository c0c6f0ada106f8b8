#include "backend/table/event_log/play.hpp"

#include <algorithm>
#include <unordered_map>

namespace helpdesk::backend::table::event_log {

using model::Direction;
using model::EventKind;
using model::Role;
using model::Visibility;

Player::Player(const Plan& plan, const std::vector<RowKind>& kinds, const TermOf& term,
               std::optional<Instant> unnamed_until)
    : kinds_(kinds), fields_(plan.fields), unnamed_until_(unnamed_until), keeps_records_(plan.keeps_records) {
  event_ = term("event");
  for (const std::string& field : fields_) field_terms_.push_back(term(field));
  for (std::size_t i = 0; i < priority_terms_.size(); ++i)
    priority_terms_[i] = term(model::text(static_cast<model::Priority>(i)));
}

[[gnu::always_inline]] inline model::TimelineEntry& Player::List::add(const EventRow& row, char suffix) {
  keys.push_back({row.identity, row.copy, suffix, row.actor_is_name != 0});
  model::TimelineEntry& e = entries->emplace_back();
  e.time = row.time;
  return e;
}

// By time, then by key in the order of its text: "HASH", "HASH.2" and what follows, "HASH:5", "HASH:s".
bool Player::List::before(std::size_t a, std::size_t b) const {
  const Instant at = (*entries)[a].time, bt = (*entries)[b].time;
  if (at != bt) return at < bt;
  const Key &x = keys[a], &y = keys[b];
  if (x.identity != y.identity) return x.identity < y.identity;
  if (x.copy == y.copy) return x.suffix < y.suffix;
  auto rest = [](const Key& key) {
    std::string text;
    if (key.copy > 1) text += "." + std::to_string(key.copy);
    if (key.suffix != 0) text += {':', key.suffix};
    return text;
  };
  return rest(x) < rest(y);
}

void Player::List::sort() {
  // Rows came in the order of their times.
  bool is_sorted = true;
  for (std::size_t i = 1; is_sorted && i < keys.size(); ++i)
    is_sorted = (*entries)[i].time != (*entries)[i - 1].time || !before(i, i - 1);
  if (is_sorted) return;
  // Mostly a few that stand beside each other: no second list for them.
  constexpr std::size_t k_few = 32;
  if (keys.size() <= k_few) {
    for (std::size_t i = 1; i < keys.size(); ++i)
      for (std::size_t j = i; j > 0 && before(j, j - 1); --j) {
        std::swap((*entries)[j], (*entries)[j - 1]);
        std::swap(keys[j], keys[j - 1]);
      }
    return;
  }
  order_.resize(keys.size());
  for (std::uint32_t i = 0; i < order_.size(); ++i) order_[i] = i;
  std::sort(order_.begin(), order_.end(),
            [&](std::uint32_t a, std::uint32_t b) { return before(a, b) || (!before(b, a) && a < b); });
  sorted_.clear();
  sorted_keys_.clear();
  for (std::uint32_t i : order_) {
    sorted_.push_back((*entries)[i]);
    sorted_keys_.push_back(keys[i]);
  }
  entries->swap(sorted_);
  keys.swap(sorted_keys_);
}

// Of rows that say the same thing, in the order of the log.
void Player::count_copies(std::vector<EventRow>& rows) const {
  constexpr std::size_t k_few = 24;
  if (rows.size() <= k_few) {
    for (std::size_t i = 1; i < rows.size(); ++i)
      for (std::size_t j = 0; j < i; ++j) rows[i].copy += rows[j].identity == rows[i].identity;
    return;
  }
  std::unordered_map<std::uint64_t, std::uint32_t> seen;
  for (EventRow& row : rows) row.copy = ++seen[row.identity];
}

// Later rows say it better. True: it says a status.
bool Player::take_attributes(const RowKind& kind, const EventRow& row, model::Timeline& head) {
  if (kind.queue) head.queue = kind.queue;
  if (kind.assignee) head.assignee = kind.assignee;
  if (kind.language) head.language = kind.language;
  if (row.requester) head.requester = row.requester;
  if (kind.channel) head.channel = *kind.channel;
  head.merged = head.merged || kind.merged;
  if (kind.tags) head.tags = *kind.tags;
  if (kind.priority) head.priority = *kind.priority;
  for (const RowKind::FieldSaid& said : kind.fields) field_values_[said.field] = said.value;
  if (!kind.status) return false;
  head.status = *kind.status;
  deleted_ = kind.says_deleted;
  spam_ = kind.says_spam;
  return true;
}

void Player::take_words(const std::vector<EventRow>& rows, LoggedWords& words) {
  words.status = words.priority = {};
  words.fields.clear();
  field_texts_.assign(fields_.size(), nullptr);
  for (const EventRow& row : rows) {
    const RowKind& kind = kinds_[row.kind];
    if (kind.status) words.status = kind.status_text;
    if (kind.priority) words.priority = kind.priority_text;
    for (const RowKind::FieldSaid& said : kind.fields) field_texts_[said.field] = &said.text;
  }
  for (std::size_t i = 0; i < fields_.size(); ++i)
    if (field_texts_[i]) words.fields.emplace_back(fields_[i], *field_texts_[i]);
}

model::TimelineEntry& Player::event(const EventRow& row, const RowKind& kind, EventKind what, char suffix) {
  model::TimelineEntry& e = events_.add(row, suffix);
  e.entry = model::EntryKind::event;
  e.kind = what;
  e.source = kind.source;
  e.actor = row.actor;
  return e;
}

void Player::become(const EventRow& row, const RowKind& kind, model::Status to, char suffix) {
  if (to == status_) return;
  model::TimelineEntry& e = event(row, kind, EventKind::status, suffix);
  e.from = static_cast<model::Term>(status_) + 1;
  e.to = static_cast<model::Term>(to) + 1;
  status_ = to;
}

void Player::play_state(const EventRow& row, const RowKind& kind) {
  if (kind.status) become(row, kind, *kind.status, 's');
  if (kind.priority && *kind.priority != priority_) {
    model::TimelineEntry& e = event(row, kind, EventKind::priority, 'p');
    e.from = priority_terms_[static_cast<std::size_t>(priority_)];
    e.to = priority_terms_[static_cast<std::size_t>(*kind.priority)];
    priority_ = *kind.priority;
  }
  auto changed = [&](model::Term to, model::Term& now, EventKind what, char suffix) {
    if (to == 0 || to == now) return;
    model::TimelineEntry& e = event(row, kind, what, suffix);
    e.from = now;
    e.to = now = to;
  };
  changed(kind.queue, queue_, EventKind::queue, 'q');
  changed(kind.assignee, assignee_, EventKind::assign, 'a');
}

void Player::write(const EventRow& row, Direction direction) {
  model::TimelineEntry& e = letters_.add(row, 0);
  e.direction = direction;
  e.visibility = direction == Direction::internal ? Visibility::private_ : Visibility::public_;
  e.author_role = direction == Direction::in ? Role::customer : Role::agent;
  e.needs_reply = direction == Direction::in ? model::NeedsReply::yes : model::NeedsReply::no;
  e.actor = direction == Direction::in ? requester_ : row.actor;
}

void Player::act(const KindAction& action, const EventRow& row, const RowKind& kind, char suffix) {
  switch (action.kind) {
  case Action::Kind::none:
  case Action::Kind::updated:
  case Action::Kind::due: return;
  case Action::Kind::created:
    if (!created_) created_ = row.time;
    return;
  case Action::Kind::reply: return write(row, Direction::out);
  case Action::Kind::note: return write(row, Direction::internal);
  case Action::Kind::ask: return write(row, Direction::in);
  case Action::Kind::event: break;
  }
  switch (action.event) {
  case EventKind::status: return become(row, kind, action.status, suffix);
  case EventKind::assign: {
    const model::Term to = action.to ? action.to : row.actor;
    if (to == assignee_) return;
    model::TimelineEntry& e = event(row, kind, EventKind::assign, suffix);
    e.from = action.from ? action.from : assignee_;
    e.to = assignee_ = to;
    return;
  }
  case EventKind::priority: {
    model::TimelineEntry& e = event(row, kind, EventKind::priority, suffix);
    e.from = action.from ? action.from : priority_terms_[static_cast<std::size_t>(priority_)];
    priority_ = action.priority;
    e.to = priority_terms_[static_cast<std::size_t>(priority_)];
    return;
  }
  default: {
    model::TimelineEntry& e = event(row, kind, action.event, suffix);
    e.from = action.from;
    e.to = action.to;
    e.number = action.seconds;
    if (action.event == EventKind::queue) queue_ = action.to;
    if (action.event == EventKind::spam) spam_ = true;
    if (action.event == EventKind::delete_) deleted_ = true;
    if (action.event == EventKind::restore) spam_ = deleted_ = false;
    return;
  }
  }
}

void Player::play(std::vector<EventRow>& rows, LoggedTicket& ticket) {
  auto in_log = [](const EventRow& a, const EventRow& b) { return a.place < b.place; };
  if (!std::is_sorted(rows.begin(), rows.end(), in_log)) std::sort(rows.begin(), rows.end(), in_log);
  ticket.place = rows.front().place;
  count_copies(rows);
  auto in_time = [](const EventRow& a, const EventRow& b) { return a.time < b.time; };
  if (!std::is_sorted(rows.begin(), rows.end(), in_time)) std::stable_sort(rows.begin(), rows.end(), in_time);

  ticket.events.clear();
  ticket.letters.clear();
  events_.entries = &ticket.events;
  letters_.entries = &ticket.letters;
  events_.keys.clear();
  letters_.keys.clear();
  status_ = model::Status::fresh;
  priority_ = model::Priority::none;
  queue_ = assignee_ = 0;
  spam_ = deleted_ = false;
  created_.reset();
  field_values_.assign(fields_.size(), 0);
  model::Timeline& head = ticket.head;
  head.tags.clear(); // their memory serves again
  head.fields.clear();
  head.queue = head.assignee = head.requester = head.organisation = head.language = 0;
  head.priority = model::Priority::none;
  head.status = model::Status::fresh;
  head.merged = head.history_only = false;
  head.channel = model::Channel::other;
  bool says_status = false;
  for (const EventRow& row : rows) says_status |= take_attributes(kinds_[row.kind], row, head);
  requester_ = head.requester;
  const bool all_named = !unnamed_until_ || rows.back().time > *unnamed_until_;
  for (const EventRow& row : rows) {
    const RowKind& kind = kinds_[row.kind];
    if (all_named || &row == &rows.front() || &row == &rows.back()) {
      model::TimelineEntry& named = event(row, kind, EventKind::field, 0);
      named.field = event_;
      named.to = kind.name;
    }
    play_state(row, kind);
    for (std::size_t i = 0; i < kind.actions.size(); ++i)
      act(kind.actions[i], row, kind, static_cast<char>('0' + i));
  }
  events_.sort();
  letters_.sort();

  ticket.created = created_.value_or(rows.front().time);
  ticket.updated = rows.back().time;
  if (!says_status) head.status = status_;
  if (!head.assignee) head.assignee = assignee_;
  if (!head.queue) head.queue = queue_;
  if (head.priority == model::Priority::none) head.priority = priority_;
  head.spam = spam_;
  head.deleted = deleted_;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (!field_values_[i]) continue;
    head.fields.push_back({field_terms_[i], field_values_[i]});
    if (fields_[i] == "organisation") head.organisation = field_values_[i];
  }
  if (keeps_records_) take_words(rows, ticket.words);
  ticket.first_writer =
      ticket.letters.empty() || letters_.keys.front().by_name ? 0 : ticket.letters.front().actor;
}

} // namespace helpdesk::backend::table::event_log
