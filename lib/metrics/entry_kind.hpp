// What one entry of a timeline is to the customer. Inline: statistics ask this of every entry of every
// ticket.
#pragma once

#include "model/timeline.hpp"

namespace helpdesk::metrics {

inline bool is_public(const model::TimelineEntry& e, model::Direction direction) {
  return e.entry == model::EntryKind::message && e.direction == direction &&
         e.visibility == model::Visibility::public_;
}

// A person of ours answered the customer in public, and it was not reported as undelivered.
inline bool is_human_reply(const model::TimelineEntry& e) {
  return is_public(e, model::Direction::out) && e.automation == model::Automation::none &&
         e.delivery != model::Delivery::bounced &&
         (e.author_role == model::Role::agent || e.author_role == model::Role::admin);
}

inline bool is_ai_reply(const model::TimelineEntry& e) {
  if (!is_public(e, model::Direction::out) || e.delivery == model::Delivery::bounced) return false;
  return e.automation == model::Automation::ai ||
         (e.automation == model::Automation::none && e.author_role == model::Role::bot);
}

// A public message of a customer that waits for an answer.
inline bool is_question(const model::TimelineEntry& e) {
  if (!is_public(e, model::Direction::in) || e.needs_reply == model::NeedsReply::no) return false;
  return e.automation == model::Automation::none || e.automation == model::Automation::ai;
}

// An automatic message to the customer: acknowledges, never answers.
inline bool is_acknowledgement(const model::TimelineEntry& e) {
  return is_public(e, model::Direction::out) &&
         (e.automation == model::Automation::auto_reply || e.automation == model::Automation::rule);
}

inline bool is_event(const model::TimelineEntry& e, model::EventKind kind) {
  return e.entry == model::EntryKind::event && e.kind == kind;
}

inline bool is_status_event(const model::TimelineEntry& e) { return is_event(e, model::EventKind::status); }

// The status that a status event leads to; unknown ones count as open.
inline model::Status status_to(const model::TimelineEntry& e) {
  if (e.to == 0 || e.to > model::EnumNames<model::Status>::value.size()) return model::Status::open;
  return static_cast<model::Status>(e.to - 1);
}

} // namespace helpdesk::metrics
