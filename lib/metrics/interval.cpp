#include "metrics/interval.hpp"

namespace helpdesk::metrics {
namespace {

using model::EntryKind;
using model::EventKind;
using model::TimelineEntry;

constexpr std::size_t k_questions = 2;        // that a condition asks of terms: field's name, value
constexpr model::Term k_most_known = 1 << 20; // terms beyond are compared each time

std::optional<EventKind> kind_of(Subject subject) {
  switch (subject) {
  case Subject::priority: return EventKind::priority;
  case Subject::queue: return EventKind::queue;
  case Subject::assignee: return EventKind::assign;
  case Subject::tag: return EventKind::tag;
  case Subject::channel: return EventKind::channel;
  default: return std::nullopt;
  }
}

} // namespace

IntervalReader::IntervalReader(const std::vector<UserInterval>* intervals, TermText text)
    : intervals_(intervals), terms_(std::move(text)) {
  for (const UserInterval& interval : *intervals) {
    offset_.push_back(known_.size());
    known_.resize(known_.size() + (interval.from.any_of.size() + interval.to.any_of.size()) * k_questions);
  }
}

bool IntervalReader::is_text(std::size_t known, model::Term term, std::string_view text) {
  if (term >= k_most_known) return terms_.text(term) == text;
  auto& by_term = known_[known].by_term;
  if (term >= by_term.size()) by_term.resize(term + 1, -1);
  if (by_term[term] < 0) by_term[term] = terms_.text(term) == text ? 1 : 0;
  return by_term[term] != 0;
}

bool IntervalReader::matches(const Condition& c, std::size_t known, const TimelineEntry& e, std::size_t i) {
  switch (c.subject) {
  case Subject::created: return i == 0;
  case Subject::message: return is_public(e, model::Direction::in) || is_public(e, model::Direction::out);
  case Subject::inbound: return is_public(e, model::Direction::in);
  case Subject::outbound: return is_public(e, model::Direction::out);
  case Subject::question: return is_question(e);
  case Subject::reply: return is_human_reply(e);
  case Subject::ai_reply: return is_ai_reply(e);
  case Subject::receipt: return is_acknowledgement(e);
  case Subject::note: return e.entry == EntryKind::message && e.visibility == model::Visibility::private_;
  case Subject::anything: return true;
  case Subject::status:
    return is_status_event(e) && (!c.has_value || (status_to(e) == c.status) != c.negated);
  case Subject::event: {
    if (e.entry != EntryKind::event) return false;
    bool named = e.kind == EventKind::field && is_text(known, e.field, "event");
    if (!c.has_value) return named || e.kind != EventKind::created;
    bool is = named ? is_text(known + 1, e.to, c.value) : model::text(e.kind) == c.value;
    return is != c.negated;
  }
  case Subject::field:
    if (!is_event(e, EventKind::field) || !is_text(known, e.field, c.field)) return false;
    return !c.has_value || is_text(known + 1, e.to, c.value) != c.negated;
  default: break;
  }
  if (!is_event(e, *kind_of(c.subject))) return false;
  return !c.has_value || is_text(known + 1, e.to, c.value) != c.negated;
}

std::size_t IntervalReader::find(const Point& point, std::size_t known, const History& h, std::size_t from) {
  auto any = [&](std::size_t i) {
    for (std::size_t c = 0; c < point.any_of.size(); ++c)
      if (matches(point.any_of[c], known + c * k_questions, h.entries[i], i)) return true;
    return false;
  };
  if (point.last) {
    for (std::size_t i = h.entries.size(); i-- > from;)
      if (any(i)) return i;
  } else {
    for (std::size_t i = from; i < h.entries.size(); ++i)
      if (any(i)) return i;
  }
  return k_no_entry;
}

IntervalReader::Found IntervalReader::find(std::size_t interval, const History& h) {
  const UserInterval& wanted = (*intervals_)[interval];
  Found found;
  std::size_t known = offset_[interval];
  std::size_t first = find(wanted.from, known, h, 0);
  if (first == k_no_entry) return found;
  found.begun = true;
  found.start = h.entries[first].time;
  found.first = first;
  known += wanted.from.any_of.size() * k_questions;
  // Of "from anything to last anything" one entry may be both ends.
  std::size_t after = wanted.to.last ? first : first + 1;
  found.last = find(wanted.to, known, h, after);
  return found;
}

} // namespace helpdesk::metrics
