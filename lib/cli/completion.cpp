#include "cli/completion.hpp"

#include "base/file.hpp"
#include "base/text.hpp"
#include "cli/generate.hpp"
#include "cli/topics.hpp"
#include "render/render.hpp"

namespace helpdesk::cli {

std::string completion_of(CommandTable commands, ValueKind kind, std::string_view choices) {
  switch (kind) {
  case ValueKind::none: return {};
  case ValueKind::path: return "file";
  case ValueKind::directory: return "directory";
  case ValueKind::choice: return "words " + replace_all(choices, "|", " ");
  case ValueKind::format: {
    std::vector<std::string> names(render::format_names().begin(), render::format_names().end());
    if (!choices.empty()) names.push_back(replace_all(choices, "|", " "));
    return "words " + join(names, " ");
  }
  case ValueKind::command: {
    std::string words = "words";
    for (std::string_view word : top_words(commands)) words += " " + std::string(word);
    for (std::string_view topic : topic_names())
      if (!find_command(commands, topic)) words += " " + std::string(topic);
    return words;
  }
  case ValueKind::account: return "kind account";
  case ValueKind::ticket: return "kind ticket";
  case ValueKind::agent: return "kind agent";
  case ValueKind::tag: return "kind tag";
  case ValueKind::template_: return "kind template";
  case ValueKind::field: return "kind field";
  case ValueKind::query: return "kind query";
  case ValueKind::text: // with choices: names that are known, among others
    if (!choices.empty()) return "words " + replace_all(choices, "|", " ");
    break;
  case ValueKind::integer:
  case ValueKind::duration:
  case ValueKind::instant:
  case ValueKind::address: break;
  }
  return "text";
}

std::vector<const Command*> visible(CommandTable commands) {
  std::vector<const Command*> shown;
  for (const Command* command : commands)
    if (command->run && !is_hidden(*command)) shown.push_back(command);
  return shown;
}

std::vector<std::pair<std::string, std::vector<std::string>>> next_words(CommandTable commands) {
  std::vector<std::pair<std::string, std::vector<std::string>>> result;
  std::vector<std::string_view> top = top_words(commands);
  result.push_back({"", {top.begin(), top.end()}});
  for (std::string_view word : top) {
    std::vector<std::string> names;
    for (const Command* member : members(commands, word))
      if (!is_hidden(*member)) names.emplace_back(member->name.substr(word.size() + 1));
    if (!names.empty()) result.push_back({std::string(word), std::move(names)});
  }
  return result;
}

std::string summary_of_word(CommandTable commands, const std::string& words) {
  const Command* command = find_command(commands, words);
  return command ? std::string(command->summary) : std::string();
}

std::vector<const Flag*> flags_of(const Command& command) {
  std::vector<const Flag*> flags;
  for (const Flag& flag : command.flags) flags.push_back(&flag);
  for (const GlobalFlag& global : global_flags())
    if (applies(global, command.output) && !find_flag(command.flags, global.flag.name))
      flags.push_back(&global.flag);
  return flags;
}

std::string shell_quoted(std::string_view text) { return "'" + replace_all(text, "'", "'\\''") + "'"; }

Result<void> generate(CommandTable commands, std::span<const config::Key> extra,
                      const std::string& directory) {
  std::vector<GeneratedFile> files = manual_pages(commands, extra);
  files.push_back({"completions/helpdesk.bash", bash_completion(commands)});
  files.push_back({"completions/_helpdesk", zsh_completion(commands)});
  files.push_back({"completions/helpdesk.fish", fish_completion(commands)});
  TRY(make_private_directories(join_path(directory, "man")));
  TRY(make_private_directories(join_path(directory, "completions")));
  for (const GeneratedFile& file : files)
    TRY(write_file_atomically(join_path(directory, file.path), file.text, 0644));
  return {};
}

} // namespace helpdesk::cli
