#include "app/app.hpp"
#include "app/exit_code.hpp"
#include "app/help.hpp"
#include "app/state.hpp"
#include "base/file.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "cli/version.hpp"

#include <exception>
#include <new>

namespace helpdesk::app {

App::App(terminal::Terminal& terminal, std::vector<std::string> argv,
         std::span<const cli::Command* const> commands)
    : terminal_(terminal), argv_(std::move(argv)), state_(std::make_unique<State>()) {
  state_->commands = commands;
}

App::~App() { set_log_sink({}); }

std::span<const cli::Command* const> App::commands() const { return state_->commands; }

int App::run() {
  Result<int> result = 0;
  try {
    result = execute();
    if (result)
      if (Result<void> flushed = terminal_.flush(); !flushed) result = Failure(flushed.error());
  } catch (const std::bad_alloc&) {
    result = failed("out of memory");
  } catch (const std::exception& error) {
    result = failed(std::string("internal error: ") + error.what());
  }
  if (result) return *result;
  if (terminal_.out_closed()) return 0; // the reader had enough
  const Error& error = result.error();
  if (error.kind == ErrorKind::interrupted) {
    if (!quiet()) terminal_.err("helpdesk: interrupted");
  } else {
    terminal_.err("helpdesk: " + error.message);
  }
  return exit_code(error.kind);
}

Result<int> App::execute() {
  std::vector<std::string> args(argv_.empty() ? argv_.begin() : argv_.begin() + 1, argv_.end());
  state_->parsed = TRY(cli::parse(state_->commands, args));
  const cli::Parsed& parsed = state_->parsed;
  if (auto color = parsed.globals.get("color"); color && *color != "auto")
    terminal_.set_color(*color == "always");
  if (parsed.globals.has("debug") || environment("HELPDESK_DEBUG").value_or("0") != "0")
    set_log_sink([this](std::string_view line) { terminal_.err(line); });
  switch (parsed.action) {
  case cli::Action::version: TRY(terminal_.out("helpdesk " + std::string(cli::k_version) + "\n")); return 0;
  case cli::Action::help: TRY(terminal_.page(help_for(*this, parsed.command, parsed.group))); return 0;
  case cli::Action::run: break;
  }
  TRY(fix_clock());
  if (parsed.globals.get("json") == "list") {
    TRY(list_fields());
    return 0;
  }
  TRY(check_output_flags());
  int code = TRY(parsed.command->run(*this, parsed.invocation));
  if (state_->output) TRY(state_->output->commit());
  return code;
}

Result<void> App::list_fields() {
  const cli::Command& command = *state_->parsed.command;
  if (command.fields.empty())
    return usage_error(std::string(command.name) +
                       ": its JSON is one document, there are no fields to choose from: use --format json");
  std::string text;
  for (const cli::FieldDoc& field : command.fields)
    text += std::string(field.name) + "\t" + std::string(field.help) + "\n";
  return terminal_.out(text);
}

void App::note(std::string_view line) {
  if (!quiet()) terminal_.err(line);
}

void App::warn(std::string_view line) { terminal_.err("warning: " + std::string(line)); }

Result<bool> App::confirm(std::string_view question, std::string_view flag_instead) {
  if (!may_ask())
    return usage_error(std::string(question) + " nobody can be asked here: give " +
                       std::string(flag_instead) + " to say yes");
  std::optional<std::string> answer = terminal_.ask(std::string(question) + " [y/N] ", false);
  if (!answer) return fail(ErrorKind::interrupted, "interrupted");
  std::string word = ascii_lower(trim(std::string_view(*answer)));
  return word == "y" || word == "yes";
}

} // namespace helpdesk::app
