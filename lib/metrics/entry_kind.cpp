#include "metrics/history.hpp"

namespace helpdesk::metrics {

using model::Automation;
using model::Direction;
using model::EntryKind;
using model::Role;
using model::TimelineEntry;

namespace {

bool is_public(const TimelineEntry& e, Direction direction) {
  return e.entry == EntryKind::message && e.direction == direction &&
         e.visibility == model::Visibility::public_;
}

} // namespace

std::string_view text(TurnEnd end) {
  switch (end) {
  case TurnEnd::answered_human: return "answered_human";
  case TurnEnd::answered_ai: return "answered_ai";
  case TurnEnd::closed_unanswered: return "closed_unanswered";
  case TurnEnd::open: return "open";
  }
  return "";
}

bool is_human_reply(const TimelineEntry& e) {
  return is_public(e, Direction::out) && e.automation == Automation::none &&
         e.delivery != model::Delivery::bounced &&
         (e.author_role == Role::agent || e.author_role == Role::admin);
}

bool is_ai_reply(const TimelineEntry& e) {
  if (!is_public(e, Direction::out) || e.delivery == model::Delivery::bounced) return false;
  return e.automation == Automation::ai || (e.automation == Automation::none && e.author_role == Role::bot);
}

bool is_question(const TimelineEntry& e) {
  if (!is_public(e, Direction::in) || e.needs_reply == model::NeedsReply::no) return false;
  return e.automation == Automation::none || e.automation == Automation::ai;
}

bool is_acknowledgement(const TimelineEntry& e) {
  return is_public(e, Direction::out) &&
         (e.automation == Automation::auto_reply || e.automation == Automation::rule);
}

bool is_status_event(const TimelineEntry& e) {
  return e.entry == EntryKind::event && e.kind == model::EventKind::status;
}

model::Status status_to(const TimelineEntry& e) {
  if (e.to == 0 || e.to > model::EnumNames<model::Status>::value.size()) return model::Status::open;
  return static_cast<model::Status>(e.to - 1);
}

} // namespace helpdesk::metrics
