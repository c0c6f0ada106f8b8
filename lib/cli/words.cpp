#include "cli/words.hpp"

#include "base/text.hpp"
#include "cli/globals.hpp"

namespace helpdesk::cli {
namespace {

// Whether a token is a flag that takes the next token as its value. Only global flags may stand before the
// command.
Result<bool> takes_next(std::string_view token) {
  for (const GlobalFlag& global : global_flags()) {
    bool takes = global.flag.value != ValueKind::none;
    if (token.starts_with("--")) {
      std::string_view name =
          token.substr(2, token.find('=') == std::string_view::npos ? token.npos : token.find('=') - 2);
      if (name == global.flag.name) return takes && token.find('=') == std::string_view::npos;
    } else if (global.flag.letter != 0 && token[1] == global.flag.letter) {
      return takes && token.size() == 2;
    }
  }
  std::vector<std::string_view> names;
  for (const GlobalFlag& global : global_flags()) names.push_back(global.flag.name);
  std::string_view name = token.starts_with("--") ? token.substr(2) : token.substr(1);
  std::string_view near = token.starts_with("--") ? nearest(name, names) : std::string_view();
  if (!near.empty())
    return usage_error("unknown flag " + std::string(token) + " (did you mean --" + std::string(near) + "?)");
  return usage_error("unknown flag " + std::string(token) +
                     " before the command: flags of a command stand behind it");
}

Failure unknown_command(CommandTable commands, const std::string& word) {
  std::string hint = did_you_mean(word, top_words(commands));
  // What was meant may be the second word: "backup" for "store backup".
  if (hint.empty())
    for (const Command* command : commands)
      if (!is_hidden(*command) && command->name.ends_with(" " + word)) {
        hint = " (did you mean \"" + std::string(command->name) + "\"?)";
        break;
      }
  if (hint.empty()) hint = ": helpdesk help lists them";
  return usage_error("unknown command \"" + word + "\"" + hint);
}

} // namespace

Result<Words> find_words(CommandTable commands, const std::vector<std::string>& args) {
  Words words;
  std::size_t i = 0;
  for (; i < args.size() && !words.command; ++i) {
    const std::string& token = args[i];
    if (token == "--") break;
    if (token.size() > 1 && token.front() == '-') {
      words.rest.push_back(token);
      if (TRY(takes_next(token)) && i + 1 < args.size()) words.rest.push_back(args[++i]);
      continue;
    }
    if (!words.group.empty()) {
      words.command = find_command(commands, words.group + " " + token);
      if (!words.command) {
        std::vector<std::string_view> names;
        for (const Command* member : members(commands, words.group))
          if (!is_hidden(*member)) names.push_back(member->name.substr(words.group.size() + 1));
        std::vector<std::string> list(names.begin(), names.end());
        std::string hint = did_you_mean(token, names);
        if (hint.empty()) hint = ": there are " + join(list, ", ");
        return usage_error(words.group + ": unknown command \"" + token + "\"" + hint);
      }
      words.group.clear();
    } else if (is_group(commands, token)) {
      words.group = token;
    } else {
      words.command = find_command(commands, token);
      if (!words.command) return unknown_command(commands, token);
    }
  }
  words.rest.insert(words.rest.end(), args.begin() + static_cast<std::ptrdiff_t>(i), args.end());
  return words;
}

} // namespace helpdesk::cli
