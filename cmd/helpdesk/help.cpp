#include "app/help.hpp"

#include "app/app.hpp"
#include "base/text.hpp"
#include "cli/generate.hpp"
#include "cli/topics.hpp"

#include <algorithm>

namespace helpdesk {
extern const cli::Command help_command;
namespace {

constexpr cli::Argument k_arguments[] = {{"TOPIC", cli::ValueKind::command,
                                          "a command, or flags, config, exit-codes, environment",
                                          cli::Arity::any}};
constexpr cli::Flag k_flags[] = {
    {"generate", 0, cli::ValueKind::directory, "DIR",
     "write the manual pages to DIR/man and the completions to DIR/completions"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk help", "all commands, by job"},
    {"helpdesk help list", "one command"},
    {"helpdesk help config", "every key of the configuration"},
};

Result<int> run(app::App& app, const cli::Invocation& call) {
  if (auto directory = call.get("generate")) {
    TRY(cli::generate(app.commands(), app.config_keys(), *directory));
    return 0;
  }
  std::string name = join(call.argument_list("TOPIC"), " ");
  cli::HelpStyle style{std::clamp(app.terminal().columns(), 40, 100), app.terminal().color()};
  std::string text = cli::topic_help(name, app.config_keys(), style);
  if (name == "config") text = cli::group_help(app.commands(), name, style) + "\n" + text;
  if (!text.empty()) {
    TRY(app.terminal().page(text));
    return 0;
  }
  const cli::Command* command = cli::find_command(app.commands(), name);
  bool group = cli::is_group(app.commands(), name);
  if (!name.empty() && !group && (!command || cli::is_hidden(*command))) {
    std::vector<std::string_view> known = cli::topic_names();
    for (const cli::Command* one : app.commands())
      if (!cli::is_hidden(*one)) known.push_back(one->name);
    return usage_error("no help on \"" + name + "\"" + cli::did_you_mean(name, known));
  }
  TRY(app.terminal().page(app::help_for(app, group ? nullptr : command, group ? name : "")));
  return 0;
}

} // namespace

constinit const cli::Command help_command{
    "help",
    "set up",
    "explain a command, the flags, the configuration or the exit codes",
    "Without a topic it lists every command by job. helpdesk COMMAND --help shows the same page as helpdesk "
    "help COMMAND.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::none,
    {},
    &run,
};

} // namespace helpdesk
