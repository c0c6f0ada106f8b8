// bash and zsh: the same tables as case statements, two small drivers.
#include "base/text.hpp"
#include "cli/completion.hpp"
#include "cli/generate.hpp"

namespace helpdesk::cli {
namespace {

// A value's candidates, the same text for many flags: one branch for all of them.
void value_cases(std::string& out, CommandTable commands) {
  out += "# What a flag takes: $1 the command, $2 the flag.\n_helpdesk_value() {\n  takes=\n  case \"$1 $2\" "
         "in\n";
  for (const Command* command : visible(commands))
    for (const Flag& flag : command->flags) {
      std::string takes = completion_of(commands, flag.value, flag.choices);
      if (takes.empty()) continue;
      std::string name(command->name);
      out += "  '" + name + " --" + std::string(flag.name) + "'";
      if (flag.letter != 0) out += "|'" + name + " -" + flag.letter + "'";
      out += ") takes=" + shell_quoted(takes) + "; return ;;\n";
    }
  for (const Command* command : visible(commands)) {
    if (command->fields.empty() || command->output == Output::none) continue;
    std::string words = "words list";
    for (const FieldDoc& field : command->fields) words += " " + std::string(field.name);
    out += "  '" + std::string(command->name) + " --json') takes=" + shell_quoted(words) + "; return ;;\n";
  }
  out += "  esac\n  case $2 in\n";
  for (const GlobalFlag& global : global_flags()) {
    std::string takes = completion_of(commands, global.flag.value, global.flag.choices);
    if (takes.empty()) continue;
    out += "  --" + std::string(global.flag.name);
    if (global.flag.letter != 0) out += std::string("|-") + global.flag.letter;
    out += ") takes=" + shell_quoted(takes) + " ;;\n";
  }
  out += "  esac\n}\n";
}

void argument_cases(std::string& out, CommandTable commands) {
  out += "# What an argument is: $1 the command, $2 how many stand before it.\n_helpdesk_argument() {\n  "
         "takes=\n  case \"$1 $2\" in\n";
  for (const Command* command : visible(commands)) {
    std::size_t number = 0;
    for (const Argument& argument : command->arguments) {
      bool many = argument.arity == Arity::any || argument.arity == Arity::at_least_one;
      std::string pattern =
          "'" + std::string(command->name) + " " + (many ? "'[0-9]*" : std::to_string(number) + "'");
      out += "  " + pattern +
             ") takes=" + shell_quoted(completion_of(commands, argument.value, argument.choices)) + " ;;\n";
      ++number;
      if (many) break;
    }
  }
  out += "  esac\n}\n";
}

void word_cases(std::string& out, CommandTable commands, bool described) {
  out += "# Words that may follow: $1 the command's words so far.\n_helpdesk_words() {\n  next=()\n  case $1 "
         "in\n";
  for (const auto& [words, names] : next_words(commands)) {
    out += "  '" + words + "') next=(";
    for (const std::string& name : names) {
      std::string full = words.empty() ? name : words + " " + name;
      out += " " + (described
                        ? shell_quoted(name + ":" + replace_all(summary_of_word(commands, full), ":", "\\:"))
                        : name);
    }
    out += " ) ;;\n";
  }
  out += "  esac\n}\n";
}

void flag_cases(std::string& out, CommandTable commands, bool described) {
  auto one = [&](const Flag& flag) {
    std::string name = "--" + std::string(flag.name);
    return described ? shell_quoted(name + ":" + replace_all(flag.help, ":", "\\:")) : name;
  };
  out += "_helpdesk_flags() {\n  case $1 in\n";
  for (const Command* command : visible(commands)) {
    out += "  '" + std::string(command->name) + "') next=(";
    for (const Flag* flag : flags_of(*command)) out += " " + one(*flag);
    out += " ) ;;\n";
  }
  out += "  *) next=(";
  for (const GlobalFlag& global : global_flags())
    if (global.group == GlobalGroup::general) out += " " + one(global.flag);
  out += " ) ;;\n  esac\n}\n";
}

constexpr std::string_view k_bash_driver = R"(
_helpdesk() {
  local cur=${COMP_WORDS[COMP_CWORD]} command= flag= takes= word known count=0 i
  local -a next
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    [[ $word == = ]] && continue
    if [[ -n $flag ]]; then
      flag=
      continue
    fi
    if [[ $word == -?* ]]; then
      _helpdesk_value "$command" "$word"
      [[ -n $takes ]] && flag=$word
      continue
    fi
    _helpdesk_words "$command"
    known=
    for next in "${next[@]}"; do [[ $next == "$word" ]] && known=1; done
    if [[ -n $known ]]; then
      command=${command:+$command }$word
    else
      ((count++))
    fi
  done
  [[ $cur == = ]] && cur=
  takes=
  if [[ -n $flag ]]; then
    _helpdesk_value "$command" "$flag"
  elif [[ $cur == -* ]]; then
    _helpdesk_flags "$command"
    COMPREPLY=($(compgen -W "${next[*]}" -- "$cur"))
    return
  else
    _helpdesk_words "$command"
    if ((${#next[@]})); then
      COMPREPLY=($(compgen -W "${next[*]}" -- "$cur"))
      return
    fi
    _helpdesk_argument "$command" "$count"
  fi
  case $takes in
  words\ *) COMPREPLY=($(compgen -W "${takes#words }" -- "$cur")) ;;
  kind\ *) mapfile -t COMPREPLY < <("${COMP_WORDS[0]}" complete "${takes#kind }" "$cur" 2>/dev/null | cut -f1) ;;
  file) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
  directory) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
  esac
}
complete -F _helpdesk helpdesk
)";

constexpr std::string_view k_zsh_driver = R"(
_helpdesk() {
  local cur=${words[CURRENT]} command= flag= takes= word count=0 i
  local -a next names found
  for ((i = 2; i < CURRENT; i++)); do
    word=${words[i]}
    if [[ -n $flag ]]; then
      flag=
      continue
    fi
    if [[ $word == -?* ]]; then
      _helpdesk_value "$command" "$word"
      [[ -n $takes ]] && flag=$word
      continue
    fi
    _helpdesk_words "$command"
    names=("${next[@]%%:*}")
    if ((${names[(Ie)$word]})); then
      command=${command:+$command }$word
    else
      ((count++))
    fi
  done
  takes=
  if [[ -n $flag ]]; then
    _helpdesk_value "$command" "$flag"
  elif [[ $cur == --*=* ]]; then
    _helpdesk_value "$command" "${cur%%=*}"
    compset -P '*='
    cur=${cur#*=}
  elif [[ $cur == -* ]]; then
    _helpdesk_flags "$command"
    _describe -o flag next
    return
  else
    _helpdesk_words "$command"
    if ((${#next})); then
      _describe command next
      return
    fi
    _helpdesk_argument "$command" "$count"
  fi
  case $takes in
  words\ *) compadd -- ${=takes#words } ;;
  kind\ *)
    found=("${(@f)$(${words[1]} complete "${takes#kind }" "$cur" 2>/dev/null)}")
    found=("${(@)found//:/\\:}")
    found=("${(@)found/$'\t'/:}")
    ((${#found[1]})) && _describe "${takes#kind }" found
    ;;
  file) _files ;;
  directory) _files -/ ;;
  esac
}
compdef _helpdesk helpdesk
)";

std::string tables(CommandTable commands, bool described) {
  std::string out;
  word_cases(out, commands, described);
  flag_cases(out, commands, described);
  value_cases(out, commands);
  argument_cases(out, commands);
  return out;
}

} // namespace

std::string bash_completion(CommandTable commands) {
  return "# bash completion for helpdesk, made by helpdesk help --generate\n" + tables(commands, false) +
         std::string(k_bash_driver);
}

std::string zsh_completion(CommandTable commands) {
  return "#compdef helpdesk\n# zsh completion for helpdesk, made by helpdesk help --generate\n" +
         tables(commands, true) + std::string(k_zsh_driver);
}

} // namespace helpdesk::cli
