// Only the flags of one command are ever shown to the parsing library: a table of seventy commands would cost
// milliseconds a start.
#include "cli/parse.hpp"

#include "base/text.hpp"
#include "cli/values.hpp"
#include "cli/words.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>

namespace helpdesk::cli {
namespace {

struct Bound {
  const Flag* flag;
  CLI::Option* option;
  bool global;
};

CLI::Option* add(CLI::App& parser, const Flag& flag) {
  std::string names = "--" + std::string(flag.name);
  if (flag.letter != 0) names += std::string(",-") + flag.letter;
  if (flag.value == ValueKind::none) return parser.add_flag(names)->disable_flag_override();
  return parser.add_option(names)->expected(1)->allow_extra_args(false)->multi_option_policy(
      flag.repeatable ? CLI::MultiOptionPolicy::TakeAll : CLI::MultiOptionPolicy::TakeLast);
}

std::string where(const Command* command) {
  return command ? std::string(command->name) + ": " : std::string();
}

Failure unknown_flag(const Command* command, const std::string& token, const std::vector<Bound>& bound) {
  std::string name = token.substr(0, token.find('='));
  std::vector<std::string> known;
  for (const Bound& one : bound)
    if (!one.flag->help.empty()) known.push_back("--" + std::string(one.flag->name));
  std::string_view near = nearest(name, {known.begin(), known.end()});
  std::string hint =
      near.empty()
          ? ": helpdesk " + (command ? std::string(command->name) + " " : std::string()) + "--help lists them"
          : " (did you mean " + std::string(near) + "?)";
  // A word that is left out of a search looks like a flag.
  bool searches =
      command && std::any_of(command->arguments.begin(), command->arguments.end(),
                             [](const Argument& argument) { return argument.value == ValueKind::query; });
  if (searches && !name.starts_with("--"))
    hint += "; to leave out a word write \"WORD " + name + "\" in quotes";
  return usage_error(where(command) + "unknown flag " + name + hint);
}

// Arguments from left to right; those that may be many leave enough for the ones behind them.
Result<void> assign(const Command& command, const std::vector<std::string>& values, Invocation& invocation) {
  std::size_t next = 0;
  for (std::size_t i = 0; i < command.arguments.size(); ++i) {
    const Argument& argument = command.arguments[i];
    std::size_t reserved = 0;
    for (std::size_t later = i + 1; later < command.arguments.size(); ++later)
      reserved += command.arguments[later].arity == Arity::one ||
                  command.arguments[later].arity == Arity::at_least_one;
    std::size_t left = values.size() - next;
    std::size_t available = left > reserved ? left - reserved : 0;
    bool needed = argument.arity == Arity::one || argument.arity == Arity::at_least_one;
    if (needed && available == 0 && left == 0)
      return usage_error(std::string(command.name) + ": " + std::string(argument.name) +
                         " is missing (usage: " + usage_line(command) + ")");
    std::size_t count = needed ? std::max<std::size_t>(available, 1) : available;
    if (argument.arity == Arity::one || argument.arity == Arity::optional)
      count = std::min<std::size_t>(count, 1);
    for (; count > 0; --count, ++next) {
      TRY(check_value(std::string(command.name) + ": " + std::string(argument.name), argument.value,
                      argument.choices, values[next]));
      invocation.arguments[std::string(argument.name)].push_back(values[next]);
    }
  }
  if (next < values.size())
    return usage_error(std::string(command.name) + ": unexpected argument \"" + values[next] +
                       "\" (usage: " + usage_line(command) + ")");
  return {};
}

// "--since: 1 required TEXT missing" and the like, in our words.
Failure mismatch(const Command* command, const CLI::ParseError& error) {
  std::string text = error.what();
  std::string name = text.substr(0, text.find_first_of(":, "));
  if (text.find("disallowed flag override") != std::string::npos)
    return usage_error(where(command) + "--" + name + " takes no value");
  if (name.starts_with("--") || name.starts_with("-")) {
    bool missing = text.find("required") != std::string::npos || text.find("requires") != std::string::npos ||
                   text.find("issing") != std::string::npos;
    return usage_error(where(command) + name + (missing ? " needs a value" : " takes no value"));
  }
  return usage_error(where(command) + text);
}

} // namespace

Result<Parsed> parse(CommandTable commands, const std::vector<std::string>& args) {
  Words words = TRY(find_words(commands, args));
  Parsed parsed;
  parsed.command = words.command;
  parsed.group = words.group;
  parsed.invocation.command = words.command;

  // Behind "--" everything is an argument; the library would not tell us which of what it leaves over stood
  // there.
  auto dashes = std::find(words.rest.begin(), words.rest.end(), "--");
  std::vector<std::string> behind;
  if (dashes != words.rest.end()) {
    behind.assign(dashes + 1, words.rest.end());
    words.rest.erase(dashes, words.rest.end());
  }

  CLI::App parser;
  parser.set_help_flag();
  parser.allow_extras();
  std::vector<Bound> bound;
  std::vector<std::string> left;
  try {
    if (words.command)
      for (const Flag& flag : words.command->flags) bound.push_back({&flag, add(parser, flag), false});
    for (const GlobalFlag& global : global_flags())
      if (!words.command || !find_flag(words.command->flags, global.flag.name))
        bound.push_back({&global.flag, add(parser, global.flag), true});
    std::vector<std::string> reversed(words.rest.rbegin(), words.rest.rend());
    parser.parse(reversed);
    left = parser.remaining();
  } catch (const CLI::ParseError& error) {
    return mismatch(words.command, error);
  } catch (const CLI::Error& error) {
    return usage_error(where(words.command) + error.what());
  }

  for (const Bound& one : bound) {
    if (one.option->count() == 0) continue;
    std::vector<std::string> values =
        one.flag->value == ValueKind::none ? std::vector<std::string>{""} : one.option->results();
    if (!one.flag->repeatable && values.size() > 1) values = {values.back()};
    // A command that knows further formats says so by a flag of its own; the usual ones stay everybody's.
    const bool usual_format =
        one.flag->value == ValueKind::format && !is_choice(values.back(), one.flag->choices);
    auto& target = one.global || usual_format ? parsed.globals : parsed.invocation;
    for (const std::string& value : values)
      if (one.flag->value != ValueKind::none)
        TRY(check_value(where(words.command) + "--" + std::string(one.flag->name), one.flag->value,
                        one.flag->choices, value));
    target.flags[std::string(one.flag->name)] = std::move(values);
  }
  if (parsed.globals.has("help")) {
    parsed.action = Action::help;
    return parsed;
  }
  if (parsed.globals.has("version")) {
    parsed.action = Action::version;
    return parsed;
  }
  std::vector<std::string> values;
  for (std::string& token : left) {
    if (token.size() > 1 && token.front() == '-') return unknown_flag(words.command, token, bound);
    values.push_back(std::move(token));
  }
  values.insert(values.end(), behind.begin(), behind.end());
  if (!words.command) {
    parsed.action = Action::help;
    if (!words.group.empty()) {
      std::vector<std::string> names;
      for (const Command* member : members(commands, words.group))
        if (!is_hidden(*member)) names.emplace_back(member->name.substr(words.group.size() + 1));
      return usage_error(words.group + ": a command is missing: " + join(names, ", "));
    }
    if (!values.empty()) return usage_error("unexpected argument \"" + values.front() + "\"");
    return parsed;
  }
  for (const GlobalFlag& global : global_flags())
    if (parsed.globals.has(global.flag.name) && !applies(global, words.command->output))
      return usage_error(where(words.command) + "--" + std::string(global.flag.name) +
                         " has no meaning here: this command prints " +
                         (words.command->output == Output::none ? "no data" : "plain text"));
  TRY(assign(*words.command, values, parsed.invocation));
  return parsed;
}

} // namespace helpdesk::cli
