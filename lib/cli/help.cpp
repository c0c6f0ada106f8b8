#include "cli/help.hpp"

#include "base/text.hpp"
#include "cli/globals.hpp"
#include "terminal/terminal.hpp"

#include <algorithm>

namespace helpdesk::cli {
namespace {

using terminal::Color;
using terminal::paint;

class Page {
 public:
  explicit Page(const HelpStyle& style) : style_(style) {}

  void heading(std::string_view text) {
    if (!text_.empty()) text_ += '\n';
    text_ += paint(text, Color::bold, style_.color) + "\n";
  }
  void line(std::string_view text) { text_ += std::string(text) + "\n"; }
  void paragraphs(std::string_view text, int indent = 0) {
    std::string margin(static_cast<std::size_t>(indent), ' ');
    for (const std::string& part : terminal::wrap(text, std::max(20, style_.width - indent)))
      text_ += part.empty() ? "\n" : margin + part + "\n";
  }
  // Terms in one column, what they mean in the next; a long term has its own line.
  void terms(const std::vector<std::pair<std::string, std::string>>& rows) {
    int column = 0;
    for (const auto& [term, meaning] : rows)
      if (int own = terminal::width(term); own <= k_widest_term) column = std::max(column, own);
    std::string margin(static_cast<std::size_t>(column) + 4, ' ');
    for (const auto& [term, meaning] : rows) {
      std::vector<std::string> lines = terminal::wrap(meaning, std::max(20, style_.width - column - 4));
      bool beside = terminal::width(term) <= column;
      if (!beside) text_ += "  " + term + "\n";
      for (std::size_t i = 0; i < lines.size(); ++i)
        text_ += (i == 0 && beside ? "  " + terminal::pad(term, column) + "  " : margin) + lines[i] + "\n";
      if (lines.empty() && beside) text_ += "  " + term + "\n";
    }
  }
  std::string take() { return std::move(text_); }

 private:
  static constexpr int k_widest_term = 26;
  HelpStyle style_;
  std::string text_;
};

std::string with_choices(std::string_view help, std::string_view choices) {
  if (choices.empty()) return std::string(help);
  return std::string(help) + " (" + replace_all(choices, "|", ", ") + ")";
}

std::vector<std::pair<std::string, std::string>> flag_rows(std::span<const Flag> flags) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const Flag& flag : flags) rows.emplace_back(flag_synopsis(flag), flag_help(flag));
  return rows;
}

std::string summary_of(CommandTable commands, std::string_view word) {
  const Command* own = find_command(commands, word);
  std::vector<std::string> names;
  for (const Command* member : members(commands, word))
    if (!is_hidden(*member)) names.emplace_back(member->name.substr(word.size() + 1));
  if (names.empty()) return own ? std::string(own->summary) : std::string();
  if (!own) return join(names, ", ");
  return std::string(own->summary) + " (" + join(names, ", ") + ")";
}

std::string_view job_of(CommandTable commands, std::string_view word) {
  for (const Command* command : commands)
    if ((command->name == word || (command->name.starts_with(word) && command->name[word.size()] == ' ')) &&
        !is_hidden(*command))
      return command->job;
  return {};
}

} // namespace

std::string flag_synopsis(const Flag& flag) {
  std::string text = flag.letter != 0 ? std::string("-") + flag.letter + ", " : std::string();
  text += "--" + std::string(flag.name);
  if (flag.value != ValueKind::none)
    text += " " + std::string(flag.placeholder.empty() ? "VALUE" : flag.placeholder);
  return text;
}

std::string flag_help(const Flag& flag) {
  std::string text = with_choices(flag.help, flag.choices);
  if (flag.repeatable) text += "; may be given several times";
  return text;
}

std::string overview(CommandTable commands, const HelpStyle& style) {
  Page page(style);
  page.line("helpdesk: a support desk in the terminal");
  page.line("");
  page.line("usage: helpdesk COMMAND [ARGUMENT…] [FLAG…]");
  // Jobs in the order of a day's work, whatever the order of the table.
  for (std::string_view job : {"set up", "pull", "work", "reply", "measure", "tell", "know"}) {
    std::vector<std::pair<std::string, std::string>> rows;
    for (std::string_view word : top_words(commands))
      if (job_of(commands, word) == job) rows.emplace_back(word, summary_of(commands, word));
    if (rows.empty()) continue;
    page.heading(job);
    page.terms(rows);
  }
  page.line("");
  page.paragraphs("helpdesk help COMMAND explains a command, helpdesk help config the configuration, "
                  "helpdesk help flags what "
                  "every command understands, helpdesk help exit-codes what a script may rely on, helpdesk "
                  "help environment "
                  "the variables.");
  return page.take();
}

std::string group_help(CommandTable commands, std::string_view group, const HelpStyle& style) {
  Page page(style);
  const Command* own = find_command(commands, group);
  page.line("helpdesk " + std::string(group) + (own ? ": " + std::string(own->summary) : ""));
  page.line("");
  page.line("usage: helpdesk " + std::string(group) + " COMMAND");
  if (own && !own->description.empty()) {
    page.line("");
    page.paragraphs(own->description);
  }
  page.heading("commands");
  std::vector<std::pair<std::string, std::string>> rows;
  for (const Command* member : members(commands, group))
    if (!is_hidden(*member)) rows.emplace_back(member->name.substr(group.size() + 1), member->summary);
  page.terms(rows);
  return page.take();
}

std::string command_help(const Command& command, const HelpStyle& style) {
  Page page(style);
  page.line("helpdesk " + std::string(command.name) + ": " + std::string(command.summary));
  page.line("");
  page.line("usage: " + usage_line(command));
  if (!command.description.empty()) {
    page.line("");
    page.paragraphs(command.description);
  }
  if (!command.arguments.empty()) {
    page.heading("arguments");
    std::vector<std::pair<std::string, std::string>> rows;
    for (const Argument& argument : command.arguments)
      rows.emplace_back(argument.name, with_choices(argument.help, argument.choices));
    page.terms(rows);
  }
  if (!command.flags.empty()) {
    page.heading("flags");
    page.terms(flag_rows(command.flags));
  }
  std::vector<std::pair<std::string, std::string>> output;
  for (const GlobalFlag& global : global_flags())
    if (global.group == GlobalGroup::output && applies(global, command.output) &&
        !find_flag(command.flags, global.flag.name))
      output.emplace_back(flag_synopsis(global.flag), flag_help(global.flag));
  if (!output.empty()) {
    page.heading("output");
    page.terms(output);
  }
  if (!command.fields.empty()) {
    page.heading("fields of --json");
    std::vector<std::pair<std::string, std::string>> rows;
    for (const FieldDoc& field : command.fields) rows.emplace_back(field.name, field.help);
    page.terms(rows);
  }
  if (!command.examples.empty()) {
    page.heading("examples");
    for (const Example& example : command.examples) {
      page.paragraphs(example.says, 2);
      page.line("    " + paint(example.command, Color::cyan, style.color));
    }
  }
  page.line("");
  page.paragraphs("helpdesk help flags lists the flags that every command understands.");
  return page.take();
}

} // namespace helpdesk::cli
