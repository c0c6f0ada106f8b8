// The words of the domain. Every enum has one text form, used in JSON, SQL, configuration and queries alike.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace helpdesk::model {

enum class Channel : unsigned char {
  email,
  web,
  chat,
  sms,
  phone,
  social_public,
  social_direct,
  forum,
  issue,
  api,
  other
};
enum class Status : unsigned char { fresh, open, pending, hold, solved, closed }; // fresh prints as "new"
enum class Priority : unsigned char { none, low, normal, high, urgent };
enum class Direction : unsigned char { in, out, internal };
enum class Visibility : unsigned char { public_, private_ };
enum class Role : unsigned char { customer, agent, admin, bot, system, unknown };
// What wrote the message, when it was not a person at a keyboard (metrics.md section 1).
enum class Automation : unsigned char { none, auto_reply, rule, campaign, survey, out_of_office, bounce, ai };
enum class NeedsReply : unsigned char { no, yes, unsure };
enum class Delivery : unsigned char { unknown, ok, bounced };
enum class EventKind : unsigned char {
  created,
  status,
  priority,
  assign,
  queue,
  tag,
  channel,
  field,
  merge,
  split,
  link,
  snooze,
  spam,
  delete_,
  restore,
  rating,
  handoff,
  worklog,
  call,
  calendar_change,
  policy_change
};
enum class Source : unsigned char { human, rule, api, bot };
enum class AttachmentState : unsigned char { listed, stored, gone };

// text(Status::fresh) == "new"; parse<Status>("new") == Status::fresh; nullopt for anything else.
template <class E> struct EnumNames;
template <> struct EnumNames<Channel> {
  static constexpr std::array<std::string_view, 11> value{"email", "web",           "chat",          "sms",
                                                          "phone", "social_public", "social_direct", "forum",
                                                          "issue", "api",           "other"};
};
template <> struct EnumNames<Status> {
  static constexpr std::array<std::string_view, 6> value{"new",  "open",   "pending",
                                                         "hold", "solved", "closed"};
};
template <> struct EnumNames<Priority> {
  static constexpr std::array<std::string_view, 5> value{"none", "low", "normal", "high", "urgent"};
};
template <> struct EnumNames<Direction> {
  static constexpr std::array<std::string_view, 3> value{"in", "out", "internal"};
};
template <> struct EnumNames<Visibility> {
  static constexpr std::array<std::string_view, 2> value{"public", "private"};
};
template <> struct EnumNames<Role> {
  static constexpr std::array<std::string_view, 6> value{"customer", "agent",  "admin",
                                                         "bot",      "system", "unknown"};
};
template <> struct EnumNames<Automation> {
  static constexpr std::array<std::string_view, 8> value{"none",   "auto_reply",    "rule",   "campaign",
                                                         "survey", "out_of_office", "bounce", "ai"};
};
template <> struct EnumNames<NeedsReply> {
  static constexpr std::array<std::string_view, 3> value{"no", "yes", "unsure"};
};
template <> struct EnumNames<Delivery> {
  static constexpr std::array<std::string_view, 3> value{"unknown", "ok", "bounced"};
};
template <> struct EnumNames<EventKind> {
  static constexpr std::array<std::string_view, 21> value{
      "created", "status",  "priority", "assign",          "queue",        "tag",    "channel", "field",
      "merge",   "split",   "link",     "snooze",          "spam",         "delete", "restore", "rating",
      "handoff", "worklog", "call",     "calendar_change", "policy_change"};
};
template <> struct EnumNames<Source> {
  static constexpr std::array<std::string_view, 4> value{"human", "rule", "api", "bot"};
};
template <> struct EnumNames<AttachmentState> {
  static constexpr std::array<std::string_view, 3> value{"listed", "stored", "gone"};
};

template <class E> constexpr std::string_view text(E e) {
  return EnumNames<E>::value[static_cast<std::size_t>(e)];
}
template <class E> constexpr std::optional<E> parse(std::string_view s) {
  for (std::size_t i = 0; i < EnumNames<E>::value.size(); ++i)
    if (EnumNames<E>::value[i] == s) return static_cast<E>(i);
  return std::nullopt;
}

// Waits for nobody any more: solved or closed.
constexpr bool is_done(Status s) { return s == Status::solved || s == Status::closed; }

} // namespace helpdesk::model
