#include "backend/table/values.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace helpdesk::backend::table {
namespace {

struct Usual {
  std::string_view field, value, word;
};
// What help desks call things, in lower case.
constexpr Usual k_usual[] = {
    {"status", "fresh", "new"},
    {"status", "active", "open"},
    {"status", "in progress", "open"},
    {"status", "assigned", "open"},
    {"status", "reopened", "open"},
    {"status", "waiting on customer", "pending"},
    {"status", "waiting for customer", "pending"},
    {"status", "awaiting user info", "pending"},
    {"status", "stalled", "pending"},
    {"status", "snoozed", "pending"},
    {"status", "on hold", "hold"},
    {"status", "on-hold", "hold"},
    {"status", "waiting on third party", "hold"},
    {"status", "resolved", "solved"},
    {"status", "done", "solved"},
    {"status", "answered", "solved"},
    {"status", "rejected", "closed"},
    {"status", "deleted", "deleted"},
    {"status", "spam", "spam"},
    {"priority", "lowest", "low"},
    {"priority", "minor", "low"},
    {"priority", "medium", "normal"},
    {"priority", "moderate", "normal"},
    {"priority", "major", "high"},
    {"priority", "critical", "urgent"},
    {"priority", "highest", "urgent"},
    {"role", "end-user", "customer"},
    {"role", "end_user", "customer"},
    {"role", "enduser", "customer"},
    {"role", "user", "customer"},
    {"role", "visitor", "customer"},
    {"role", "client", "customer"},
    {"role", "contact", "customer"},
    {"role", "requester", "customer"},
    {"role", "caller", "customer"},
    {"role", "operator", "agent"},
    {"role", "staff", "agent"},
    {"role", "support", "agent"},
    {"role", "assistant", "bot"},
    {"role", "ai", "bot"},
    {"role", "chatbot", "bot"},
    {"role", "trigger", "system"},
    {"channel", "mail", "email"},
    {"channel", "e-mail", "email"},
    {"channel", "portal", "web"},
    {"channel", "website", "web"},
    {"channel", "self service", "web"},
    {"channel", "feedback widget", "web"},
    {"channel", "call", "phone"},
    {"channel", "telephone", "phone"},
    {"channel", "voice", "phone"},
    {"channel", "live chat", "chat"},
    {"channel", "messaging", "chat"},
    {"channel", "facebook", "social_public"},
    {"channel", "twitter", "social_public"},
    {"direction", "inbound", "in"},
    {"direction", "incoming", "in"},
    {"direction", "received", "in"},
    {"direction", "outbound", "out"},
    {"direction", "outgoing", "out"},
    {"direction", "sent", "out"},
    {"direction", "note", "internal"},
    {"visibility", "true", "public"},
    {"visibility", "yes", "public"},
    {"visibility", "1", "public"},
    {"visibility", "false", "private"},
    {"visibility", "no", "private"},
    {"visibility", "0", "private"},
    {"visibility", "internal", "private"},
    {"visibility", "note", "private"},
};

template <class E> bool knows(std::string_view word) { return model::parse<E>(word).has_value(); }

bool is_word(std::string_view field, std::string_view word) {
  if (field == "status") return knows<model::Status>(word) || word == "deleted" || word == "spam";
  if (field == "priority") return knows<model::Priority>(word);
  if (field == "role") return knows<model::Role>(word);
  if (field == "channel") return knows<model::Channel>(word);
  if (field == "direction") return knows<model::Direction>(word);
  if (field == "visibility") return knows<model::Visibility>(word);
  return false;
}

} // namespace

Result<void> check_word(std::string_view field, std::string_view word) {
  constexpr std::string_view k_known[] = {"status", "priority", "role", "channel", "direction", "visibility"};
  bool known = false;
  for (std::string_view name : k_known) known = known || name == field;
  if (!known)
    return usage_error(fmt::format(
        "there are no words for \"{}\": status, priority, role, channel, direction, visibility", field));
  if (!is_word(field, word)) return usage_error(fmt::format("\"{}\" is no {}", word, field));
  return {};
}

namespace {

std::string_view look_up(const Part& part, std::string_view field, std::string_view value) {
  auto table = part.values.find(field);
  if (table != part.values.end()) {
    auto it = table->second.find(value);
    if (it == table->second.end()) it = table->second.find(lower(value));
    if (it == table->second.end()) it = table->second.find(std::string_view("*"));
    if (it != table->second.end()) return it->second;
  }
  static thread_local std::string lowered;
  lowered = ascii_lower(value);
  if (is_word(field, lowered)) return lowered;
  for (const Usual& usual : k_usual)
    if (usual.field == field && equal_ignoring_case(usual.value, value)) return usual.word;
  // "2 - high", "3 - Moderate": a number before the word says its order, not its name.
  std::size_t dash = value.find(" - ");
  if (dash != std::string_view::npos && dash <= 2) return word_of(part, field, value.substr(dash + 3));
  return {};
}

// The words of a log are few and come again in every row.
struct Known {
  std::uint64_t part = 0;
  std::string field, value, word;
};
constexpr std::size_t k_known_words = 64;

} // namespace

std::string_view word_of(const Part& part, std::string_view field, std::string_view value) {
  value = trim(value);
  if (value.empty()) return {};
  if (part.serial == 0 || value.size() > 32) return look_up(part, field, value);
  static thread_local std::array<Known, k_known_words> words;
  Known& known = words[fnv1a(value) % k_known_words];
  if (known.part != part.serial || known.field != field || known.value != value)
    known = {part.serial, std::string(field), std::string(value), std::string(look_up(part, field, value))};
  return known.word;
}

std::optional<model::Status> status_of(const Part& part, std::string_view value) {
  return model::parse<model::Status>(word_of(part, "status", value));
}
std::optional<model::Priority> priority_of(const Part& part, std::string_view value) {
  return model::parse<model::Priority>(word_of(part, "priority", value));
}
std::optional<model::Role> role_of(const Part& part, std::string_view value) {
  return model::parse<model::Role>(word_of(part, "role", value));
}
std::optional<model::Channel> channel_of(const Part& part, std::string_view value) {
  return model::parse<model::Channel>(word_of(part, "channel", value));
}
std::optional<model::Direction> direction_of(const Part& part, std::string_view value) {
  return model::parse<model::Direction>(word_of(part, "direction", value));
}
std::optional<model::Visibility> visibility_of(const Part& part, std::string_view value) {
  return model::parse<model::Visibility>(word_of(part, "visibility", value));
}

std::optional<Duration> seconds_of(std::string_view value) {
  value = trim(value);
  double total = 0;
  std::vector<std::string_view> parts = split(value, ':');
  if (value.empty() || parts.size() > 3) return std::nullopt;
  for (std::string_view part : parts) {
    double number = 0;
    auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
    if (error != std::errc() || end != part.data() + part.size() || number < 0 || number > 1e9)
      return std::nullopt;
    total = total * 60 + number;
  }
  return Duration(std::llround(total * 1e6));
}

std::vector<std::string> read_tags(std::string_view value) {
  if (value.starts_with('[') && value.ends_with(']')) value = value.substr(1, value.size() - 2);
  char separator = '|';
  for (char other : {';', ','})
    if (value.find(other) != std::string_view::npos) separator = other;
  std::vector<std::string> tags;
  for (std::string_view tag : split(value, separator)) {
    tag = trim(tag);
    while (tag.size() > 1 && (tag.front() == '"' || tag.front() == '\'')) tag.remove_prefix(1);
    while (!tag.empty() && (tag.back() == '"' || tag.back() == '\'')) tag.remove_suffix(1);
    if (!tag.empty()) tags.emplace_back(tag);
  }
  std::sort(tags.begin(), tags.end());
  tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
  return tags;
}

} // namespace helpdesk::backend::table
