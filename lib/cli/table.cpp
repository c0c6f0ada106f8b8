#include "cli/table.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace helpdesk::cli {

const Command* find_command(CommandTable commands, std::string_view name) {
  for (const Command* command : commands)
    if (command->name == name) return command;
  return nullptr;
}

std::vector<const Command*> members(CommandTable commands, std::string_view group) {
  std::vector<const Command*> found;
  for (const Command* command : commands)
    if (command->name.size() > group.size() && command->name.starts_with(group) &&
        command->name[group.size()] == ' ')
      found.push_back(command);
  return found;
}

bool is_group(CommandTable commands, std::string_view word) { return !members(commands, word).empty(); }

std::vector<std::string_view> top_words(CommandTable commands) {
  std::vector<std::string_view> words;
  for (const Command* command : commands) {
    std::string_view word = command->name.substr(0, command->name.find(' '));
    if (!is_hidden(*command) && std::find(words.begin(), words.end(), word) == words.end())
      words.push_back(word);
  }
  return words;
}

const Flag* find_flag(std::span<const Flag> flags, std::string_view name) {
  for (const Flag& flag : flags)
    if (flag.name == name) return &flag;
  return nullptr;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
  std::string_view near = nearest(word, candidates);
  return near.empty() ? std::string() : " (did you mean \"" + std::string(near) + "\"?)";
}

std::string usage_line(const Command& command) {
  std::string line = "helpdesk " + std::string(command.name);
  if (!command.flags.empty()) line += " [FLAG…]";
  for (const Argument& argument : command.arguments) {
    std::string name(argument.name);
    switch (argument.arity) {
    case Arity::one: line += " " + name; break;
    case Arity::optional: line += " [" + name + "]"; break;
    case Arity::any: line += " [" + name + "…]"; break;
    case Arity::at_least_one: line += " " + name + "…"; break;
    }
  }
  return line;
}

} // namespace helpdesk::cli
