// The names of fields and actions.
#include "backend/table/mapping.hpp"
#include "base/text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::backend::table {
namespace {

constexpr std::array<std::string_view, k_fields> k_names{
    "ticket",   "id",          "time",     "event",      "from",        "to",          "actor",
    "author",   "author_name", "role",     "visibility", "direction",   "subject",     "text",
    "html",     "status",      "priority", "queue",      "assignee",    "requester",   "requester_name",
    "channel",  "tags",        "url",      "language",   "merged_into", "answered",    "ended",
    "duration", "talked",      "name",     "email",      "phone",       "organisation"};

Result<Action> parse_action(std::string_view text) {
  std::string_view word = trim(text), value;
  if (std::size_t space = word.find(' '); space != std::string_view::npos) {
    value = trim(word.substr(space));
    word = word.substr(0, space);
  }
  Action action;
  action.value = value;
  using Kind = Action::Kind;
  constexpr std::pair<std::string_view, Kind> k_own[] = {
      {"none", Kind::none},   {"created", Kind::created}, {"updated", Kind::updated}, {"due", Kind::due},
      {"reply", Kind::reply}, {"note", Kind::note},       {"ask", Kind::ask}};
  for (const auto& [name, kind] : k_own)
    if (word == name) {
      action.kind = kind;
      return action;
    }
  auto event = model::parse<model::EventKind>(word);
  if (!event) {
    std::vector<std::string_view> words;
    for (const auto& [name, kind] : k_own) words.push_back(name);
    for (std::string_view name : model::EnumNames<model::EventKind>::value) words.push_back(name);
    std::string_view near = nearest(word, words);
    return usage_error(fmt::format("unknown action \"{}\"{}", word,
                                   near.empty()
                                       ? ": such as \"status solved\", \"assign\", \"reply\", \"none\""
                                       : fmt::format(" (did you mean \"{}\"?)", near)));
  }
  action.kind = Kind::event;
  action.event = *event;
  if (*event == model::EventKind::status && !value.empty() && !model::parse<model::Status>(value))
    return usage_error(
        fmt::format("unknown status \"{}\": new, open, pending, hold, solved or closed", value));
  return action;
}

} // namespace

std::string_view text(Field field) { return k_names[static_cast<std::size_t>(field)]; }

Result<std::vector<Action>> parse_actions(std::string_view text) {
  std::vector<Action> actions;
  for (std::string_view one : split(text, ';')) actions.push_back(TRY(parse_action(one)));
  return actions;
}

} // namespace helpdesk::backend::table
