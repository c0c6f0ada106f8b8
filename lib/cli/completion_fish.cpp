#include "base/text.hpp"
#include "cli/completion.hpp"
#include "cli/generate.hpp"

namespace helpdesk::cli {
namespace {

// fish knows two escapes inside single quotes.
std::string quoted(std::string_view text) {
  return "'" + replace_all(replace_all(text, "\\", "\\\\"), "'", "\\'") + "'";
}

constexpr std::string_view k_functions = R"(
# The command's words: at most two, flags and their values left out.
function __helpdesk_command
    set -l words
    set -l skip 0
    for token in (commandline -opc)[2..-1]
        if test $skip = 1
            set skip 0
            continue
        end
        switch $token
            case @VALUE_FLAGS@
                set skip 1
            case '-?*'
            case '*'
                set -a words $token
                test (count $words) -eq 2; and break
        end
    end
    echo "$words"
end
function __helpdesk_only --argument-names command
    test (__helpdesk_command) = "$command"
end
function __helpdesk_at --argument-names command
    set -l words (__helpdesk_command)
    test "$words" = "$command"; or string match -q -- "$command *" "$words"
end
function __helpdesk_dynamic --argument-names kind
    helpdesk complete $kind (commandline -ct) 2>/dev/null
end
complete -c helpdesk -f
)";

std::string candidates(const std::string& takes) {
  if (takes == "file") return " -r -F";
  if (takes == "directory") return " -x -a '(__fish_complete_directories)'";
  if (takes.starts_with("words ")) return " -x -a " + quoted(takes.substr(6));
  if (takes.starts_with("kind ")) return " -x -a '(__helpdesk_dynamic " + takes.substr(5) + ")'";
  return takes.empty() ? "" : " -x";
}

std::string flag_line(CommandTable commands, const Flag& flag, const std::string& condition) {
  std::string line = "complete -c helpdesk" + condition + " -l " + std::string(flag.name);
  if (flag.letter != 0) line += std::string(" -s ") + flag.letter;
  return line + candidates(completion_of(commands, flag.value, flag.choices)) + " -d " + quoted(flag.help) +
         "\n";
}

} // namespace

std::string fish_completion(CommandTable commands) {
  std::string value_flags;
  for (const GlobalFlag& global : global_flags()) {
    if (global.flag.value == ValueKind::none) continue;
    value_flags += (value_flags.empty() ? "--" : " --") + std::string(global.flag.name);
    if (global.flag.letter != 0) value_flags += std::string(" -") + global.flag.letter;
  }
  std::string out = "# fish completion for helpdesk, made by helpdesk help --generate\n" +
                    replace_all(k_functions, "@VALUE_FLAGS@", value_flags);
  for (const auto& [words, names] : next_words(commands))
    for (const std::string& name : names)
      out += "complete -c helpdesk -n " + quoted("__helpdesk_only " + quoted(words)) + " -a " + name +
             " -d " + quoted(summary_of_word(commands, words.empty() ? name : words + " " + name)) + "\n";
  for (const GlobalFlag& global : global_flags())
    if (global.group == GlobalGroup::general) out += flag_line(commands, global.flag, "");
  for (const Command* command : visible(commands)) {
    std::string condition = " -n " + quoted("__helpdesk_at " + quoted(command->name));
    for (const Flag* flag : flags_of(*command)) {
      bool general = false;
      for (const GlobalFlag& global : global_flags())
        general = general || (&global.flag == flag && global.group == GlobalGroup::general);
      if (!general) out += flag_line(commands, *flag, condition);
    }
    for (const Argument& argument : command->arguments) {
      std::string takes = completion_of(commands, argument.value, argument.choices);
      if (takes == "file" || takes == "directory")
        out += "complete -c helpdesk" + condition + " -F\n";
      else if (takes != "text")
        out += "complete -c helpdesk" + condition + candidates(takes).substr(3) + "\n";
    }
  }
  return out;
}

} // namespace helpdesk::cli
