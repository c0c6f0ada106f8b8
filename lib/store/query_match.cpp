#include "store/query_match.hpp"

#include "base/fold.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace helpdesk::store {
namespace {

using model::Message;
using model::Ticket;

// Folds a column of the message only when a leaf asks for it, and once.
class Folded {
 public:
  explicit Folded(const Message& message) : message_(message) {}
  const std::string& column(Column column) {
    auto& slot = columns_[static_cast<std::size_t>(column)];
    if (!slot) slot = fold_column(message_, column);
    return *slot;
  }
  bool has(const Query& leaf) {
    auto pattern = pattern_of(leaf);
    if (auto only = column_of(leaf)) return occurs(pattern, column(*only));
    for (std::size_t i = 0; i < k_columns; ++i)
      if (occurs(pattern, column(static_cast<Column>(i)))) return true;
    return false;
  }

 private:
  const Message& message_;
  std::array<std::optional<std::string>, k_columns> columns_;
};

bool is_about_message(const Query& leaf) {
  if (is_text_leaf(leaf)) return true;
  return leaf.name == "has" ||
         (leaf.name == "is" && (leaf.text == "automatic" || leaf.text == "private" || leaf.text == "gone"));
}

bool message_leaf(const Query& leaf, const Message& m, Folded& folded) {
  if (is_text_leaf(leaf)) return folded.has(leaf);
  if (leaf.name == "has")
    return leaf.text == "attachment" ? !m.attachments.empty()
           : leaf.text == "html"     ? !m.html.empty()
                                     : !m.defects.empty();
  if (leaf.text == "automatic") return m.automation != model::Automation::none;
  if (leaf.text == "private") return m.visibility == model::Visibility::private_;
  return m.gone_from_server;
}

bool state_leaf(std::string_view state, const Ticket& t, Instant now) {
  if (state == "waiting") return t.waiting_since && !t.history_only;
  if (state == "unread") return t.last_in && (!t.last_out || *t.last_in > *t.last_out);
  if (state == "spam") return t.spam;
  if (state == "deleted") return t.deleted;
  if (state == "merged") return !t.merged_into.empty();
  if (state == "snoozed") return t.snoozed_until && *t.snoozed_until > now;
  if (state == "open") return !model::is_done(t.status);
  if (state == "done") return model::is_done(t.status);
  if (state == "history") return t.history_only;
  return false;
}

bool ticket_leaf(const Query& leaf, const Ticket& t, Instant now) {
  const auto& name = leaf.name;
  if (name == "tag" && leaf.text == "none") return t.tags.empty();
  if (name == "tag")
    return std::ranges::any_of(t.tags, [&](const auto& tag) { return value_matches(tag, leaf.text); });
  if (name == "status") return text(t.status) == leaf.text;
  if (name == "channel") return text(t.channel) == leaf.text;
  if (name == "account") return value_matches(t.account, leaf.text);
  if (name == "assignee") return name_matches(t.assignee, leaf.text);
  if (name == "queue") return value_matches(t.queue, leaf.text);
  if (name == "priority") {
    auto wanted = model::parse<model::Priority>(leaf.text);
    return wanted && compare(static_cast<int>(t.priority), leaf.compare, static_cast<int>(*wanted));
  }
  if (name == "person") {
    auto pattern = pattern_of(leaf);
    return t.requester == leaf.text || occurs(pattern, fold_for_index(t.requester_name)) ||
           occurs(pattern, fold_for_index(t.requester_address));
  }
  if (name == "before") return micros(t.created) < leaf.micros;
  if (name == "after") return micros(t.updated) >= leaf.micros;
  if (name == "waiting")
    return t.waiting_since && !t.history_only &&
           compare((now - *t.waiting_since).count(), leaf.compare, leaf.micros);
  if (name == "silent") return compare((now - last_spoken(t)).count(), leaf.compare, leaf.micros);
  if (name == "is") return state_leaf(leaf.text, t, now);
  if (name == "needs_reply") return text(t.needs_reply) == leaf.text;
  if (name == "lang") return value_matches(t.language, leaf.text);
  if (name == "id") return std::to_string(t.number) == leaf.text;
  return false;
}

// A ticket without its messages: its subject and its customer stand for them.
bool bare_ticket_leaf(const Query& leaf, const Ticket& t, Instant now) {
  if (!is_about_message(leaf)) return ticket_leaf(leaf, t, now);
  if (!is_text_leaf(leaf)) return false;
  Message stand_in;
  stand_in.subject = t.subject;
  stand_in.author = {t.requester_name, t.requester_address};
  return Folded(stand_in).has(leaf);
}

bool leaf_on_message(const Query& leaf, const Ticket& t, const Message& m, Folded& folded, Instant now) {
  if (is_about_message(leaf)) return message_leaf(leaf, m, folded);
  if (leaf.name == "before") return micros(m.time) < leaf.micros;
  if (leaf.name == "after") return micros(m.time) >= leaf.micros;
  if (leaf.name == "channel") return text(m.channel) == leaf.text;
  if (leaf.name == "needs_reply") return text(m.needs_reply) == leaf.text;
  if (leaf.name == "lang") return value_matches(m.language, leaf.text);
  return ticket_leaf(leaf, t, now);
}

} // namespace

bool evaluate(const Query& q, const std::function<bool(const Query&)>& leaf) {
  switch (q.node) {
  case Node::all:
    return std::ranges::all_of(q.children, [&](const Query& child) { return evaluate(child, leaf); });
  case Node::any:
    return std::ranges::any_of(q.children, [&](const Query& child) { return evaluate(child, leaf); });
  case Node::negation:
    return !std::ranges::all_of(q.children, [&](const Query& child) { return evaluate(child, leaf); });
  default: return leaf(q);
  }
}

bool is_text_leaf(const Query& leaf) {
  if (leaf.node == Node::word || leaf.node == Node::phrase || leaf.node == Node::prefix) return true;
  return leaf.node == Node::field && column_of(leaf).has_value();
}

std::optional<Column> column_of(const Query& leaf) {
  if (leaf.name == "from") return Column::sender;
  if (leaf.name == "to") return Column::recipients;
  if (leaf.name == "subject") return Column::subject;
  return std::nullopt;
}

bool value_matches(std::string_view value, std::string_view wanted) {
  if (wanted == "none") return value.empty();
  return fold_word(value) == fold_word(wanted);
}

bool name_matches(std::string_view value, std::string_view wanted) {
  return value_matches(value, wanted) ||
         (wanted != "none" && occurs(pattern_of(wanted, false), fold_for_index(value)));
}

bool compare(std::int64_t a, Compare compare, std::int64_t b) {
  switch (compare) {
  case Compare::equal: return a == b;
  case Compare::less: return a < b;
  case Compare::greater: return a > b;
  case Compare::less_equal: return a <= b;
  case Compare::greater_equal: return a >= b;
  }
  return false;
}

Instant last_spoken(const Ticket& t) {
  if (t.last_in && t.last_out) return std::max(*t.last_in, *t.last_out);
  if (t.last_in) return *t.last_in;
  return t.last_out ? *t.last_out : t.updated;
}

bool matches(const Query& query, const Ticket& ticket, const Message* message, Instant now) {
  if (!message)
    return evaluate(query, [&](const Query& leaf) { return bare_ticket_leaf(leaf, ticket, now); });
  Folded folded(*message);
  return evaluate(query,
                  [&](const Query& leaf) { return leaf_on_message(leaf, ticket, *message, folded, now); });
}

bool matches_ticket(const Query& query, const Ticket& ticket, std::span<const Message* const> messages,
                    Instant now) {
  std::vector<Folded> folded;
  for (const auto* m : messages) folded.emplace_back(*m);
  return evaluate(query, [&](const Query& leaf) {
    if (!is_about_message(leaf)) return ticket_leaf(leaf, ticket, now);
    for (std::size_t i = 0; i < messages.size(); ++i)
      if (message_leaf(leaf, *messages[i], folded[i])) return true;
    return false;
  });
}

Hidden hidden_by_default(const Query& query) {
  Hidden hidden;
  if (query.node == Node::field && query.name == "is") {
    hidden.spam = query.text != "spam";
    hidden.deleted = query.text != "deleted";
    hidden.merged = query.text != "merged";
  } else if (query.node == Node::field && query.name == "id") {
    hidden = {.spam = false, .deleted = false, .merged = false};
  }
  for (const auto& child : query.children) {
    auto inner = hidden_by_default(child);
    hidden.spam &= inner.spam, hidden.deleted &= inner.deleted, hidden.merged &= inner.merged;
  }
  return hidden;
}

} // namespace helpdesk::store
