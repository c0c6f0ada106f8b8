// Manual pages in the man macro package.
#include "base/text.hpp"
#include "cli/generate.hpp"
#include "cli/globals.hpp"
#include "cli/help.hpp"
#include "cli/metric_guide.hpp"
#include "cli/template_guide.hpp"
#include "cli/topics.hpp"
#include "cli/version.hpp"
#include "lint/lint.hpp"

namespace helpdesk::cli {
namespace {

// Text for roff: backslashes and dashes are its own, a line must not begin with a control character.
std::string roff(std::string_view text) {
  std::string out;
  bool line_start = true;
  for (char c : text) {
    if (line_start && (c == '.' || c == '\'')) out += "\\&";
    line_start = c == '\n';
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else if (c == '~')
      out += "\\(ti";
    else if (c == '^')
      out += "\\(ha";
    else if (c == '\'')
      out += "\\(aq";
    else if (c == '`')
      out += "\\(ga";
    else
      out += c;
  }
  return out;
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

class Manual {
 public:
  Manual(std::string name, int section, std::string_view summary)
      : name_(std::move(name)), section_(section) {
    text_ = ".TH " + roff(upper(name_)) + " " + std::to_string(section) + " \"\" \"helpdesk " +
            std::string(k_version) + "\"\n";
    heading("NAME");
    text_ += roff(name_) + " \\- " + roff(summary) + "\n";
  }
  void heading(std::string_view title) { text_ += ".SH " + std::string(title) + "\n"; }
  void paragraphs(std::string_view text) {
    bool first = true;
    for (std::string_view line : split(text, '\n')) {
      if (line.empty()) continue;
      if (!first) text_ += ".PP\n";
      text_ += roff(line) + "\n";
      first = false;
    }
  }
  void line(std::string_view text) { text_ += roff(text) + "\n"; }
  void term(std::string_view term, std::string_view meaning) {
    text_ += ".TP\n\\fB" + roff(term) + "\\fR\n" + roff(meaning) + "\n";
  }
  void more(std::string_view text) { text_ += ".br\n" + roff(text) + "\n"; } // of the term above
  void literal(std::string_view lines) { text_ += ".PP\n.RS 4\n.nf\n" + roff(lines) + "\n.fi\n.RE\n"; }
  void example(std::string_view says, std::string_view command) {
    text_ += ".PP\n" + roff(says) + "\n.PP\n.RS 4\n.nf\n" + roff(command) + "\n.fi\n.RE\n";
  }
  void see_also(const std::vector<std::string>& pages) {
    heading("SEE ALSO");
    text_ += roff(join(pages, ", ")) + "\n";
  }
  GeneratedFile take() { return {"man/" + name_ + "." + std::to_string(section_), std::move(text_)}; }

 private:
  std::string name_;
  int section_;
  std::string text_;
};

std::string page_name(std::string_view command) { return "helpdesk-" + replace_all(command, " ", "-"); }

void add_flags(Manual& page, const Command& command) {
  for (const GlobalFlag& global : global_flags())
    if (global.group == GlobalGroup::output && applies(global, command.output) &&
        !find_flag(command.flags, global.flag.name))
      page.term(flag_synopsis(global.flag), flag_help(global.flag));
}

GeneratedFile command_page(const Command& command) {
  Manual page(page_name(command.name), 1, command.summary);
  page.heading("SYNOPSIS");
  page.line(usage_line(command));
  if (!command.description.empty()) {
    page.heading("DESCRIPTION");
    page.paragraphs(command.description);
  }
  if (!command.arguments.empty()) {
    page.heading("ARGUMENTS");
    for (const Argument& argument : command.arguments) {
      std::string help(argument.help);
      if (!argument.choices.empty()) help += " (" + replace_all(argument.choices, "|", ", ") + ")";
      page.term(argument.name, help);
    }
  }
  if (!command.flags.empty()) {
    page.heading("FLAGS");
    for (const Flag& flag : command.flags) page.term(flag_synopsis(flag), flag_help(flag));
  }
  if (command.output != Output::none) {
    page.heading("OUTPUT");
    add_flags(page, command);
  }
  if (!command.fields.empty()) {
    page.heading("FIELDS");
    for (const FieldDoc& field : command.fields) page.term(field.name, field.help);
  }
  if (!command.examples.empty()) {
    page.heading("EXAMPLES");
    for (const Example& example : command.examples) page.example(example.says, example.command);
  }
  page.see_also({"helpdesk(1)", "helpdesk-config(5)", "helpdesk-exit-codes(7)"});
  return page.take();
}

GeneratedFile group_page(CommandTable commands, const Command& group) {
  Manual page(page_name(group.name), 1, group.summary);
  page.heading("SYNOPSIS");
  page.line("helpdesk " + std::string(group.name) + " COMMAND");
  if (!group.description.empty()) {
    page.heading("DESCRIPTION");
    page.paragraphs(group.description);
  }
  page.heading("COMMANDS");
  for (const Command* member : members(commands, group.name))
    if (!is_hidden(*member)) page.term(page_name(member->name) + "(1)", member->summary);
  page.see_also({"helpdesk(1)"});
  return page.take();
}

GeneratedFile main_page(CommandTable commands) {
  Manual page("helpdesk", 1, "a support desk in the terminal");
  page.heading("SYNOPSIS");
  page.line("helpdesk COMMAND [ARGUMENT…] [FLAG…]");
  page.heading("DESCRIPTION");
  page.paragraphs(
      "helpdesk keeps a local, complete copy of every conversation with customers and works on it: it pulls "
      "from where "
      "they write, shows who waits, drafts, checks and sends replies, and measures how long people waited.\n"
      "Data goes to standard output, messages to standard error. On a terminal tables are fitted to it; in a "
      "pipe fields are "
      "separated by TABs, without a header, with full texts and RFC 3339 times.");
  page.heading("COMMANDS");
  for (const Command* command : commands)
    if (!is_hidden(*command) && command->run) page.term(page_name(command->name) + "(1)", command->summary);
  page.heading("FLAGS");
  for (const GlobalFlag& global : global_flags())
    page.term(flag_synopsis(global.flag), flag_help(global.flag));
  page.see_also({"helpdesk-config(5)", "helpdesk-exit-codes(7)", "helpdesk-environment(7)"});
  return page.take();
}

void add_chapters(Manual& page, std::span<const GuideChapter> chapters) {
  for (const GuideChapter& chapter : chapters) {
    page.heading(chapter.heading);
    page.paragraphs(chapter.text);
    for (const GuideTerm& term : chapter.terms) page.term(term.term, term.text);
    if (!chapter.example.empty()) page.literal(chapter.example);
  }
}

GeneratedFile config_page(std::span<const config::Key> extra) {
  Manual page("helpdesk-config", 5, "the configuration of helpdesk");
  page.heading("DESCRIPTION");
  page.paragraphs("The configuration is a TOML file, $XDG_CONFIG_HOME/helpdesk/config.toml. Flags win over "
                  "environment variables, these "
                  "over a project's .helpdesk.toml (found by walking up from the working directory; display "
                  "and query keys only), this "
                  "over the user's file, this over /etc/helpdesk/config.toml, and that over the defaults.\n"
                  "Unknown keys and wrong values are errors. A file that others can write to, or that "
                  "belongs to somebody else, is refused. "
                  "Passwords have no key: see password_command.\n"
                  "NAME stands for a name of your own: letters, digits, - and _. rules[].when is the key "
                  "when in a [[rules]] table.");
  page.heading("KEYS");
  for (const config::Key& key : config::keys())
    page.term(key_name(key), std::string(key.help) + " (" + key_facts(key) + ")");
  if (!extra.empty()) {
    page.heading("KEYS OF BACKENDS");
    for (const config::Key& key : extra)
      page.term(key_name(key), std::string(key.help) + " (" + key_facts(key) + ")");
  }
  for (const GuideChapter& chapter : guide_after())
    if (chapter.heading == k_intervals_heading) add_chapters(page, {&chapter, 1});
  page.heading("FILES");
  page.term("$XDG_CONFIG_HOME/helpdesk/config.toml", "the user's configuration");
  page.term("/etc/helpdesk/config.toml", "the system's");
  page.term(".helpdesk.toml", "a project's");
  page.term("$XDG_CONFIG_HOME/helpdesk/secrets",
            "passwords and tokens that are kept in files, readable by their owner only");
  page.see_also({"helpdesk(1)", "helpdesk-config-set(1)", "helpdesk-environment(7)", "helpdesk-metrics(7)"});
  return page.take();
}

GeneratedFile exit_codes_page() {
  Manual page("helpdesk-exit-codes", 7, "what the exit codes of helpdesk mean");
  page.heading("DESCRIPTION");
  for (const ExitCode& code : exit_codes()) page.term(std::to_string(code.code), code.when);
  page.heading("NOTES");
  page.paragraphs("When several apply: 5 if anything was committed, else the first of 4, 3, 75. A closed "
                  "pipe is success. Killing helpdesk "
                  "is always safe: what was committed is kept, and the next run goes on from there.");
  page.see_also({"helpdesk(1)"});
  return page.take();
}

GeneratedFile environment_page() {
  Manual page("helpdesk-environment", 7, "environment variables of helpdesk");
  page.heading("DESCRIPTION");
  for (const Variable& variable : variables()) page.term(variable.name, variable.help);
  page.heading("NOTES");
  page.paragraphs("Every key of the configuration without a name in it has a variable too: HELPDESK_SEND_MAX "
                  "is send.max. Variables win over "
                  "files, flags win over variables.");
  page.see_also({"helpdesk(1)", "helpdesk-config(5)"});
  return page.take();
}

GeneratedFile metrics_page() {
  Manual page("helpdesk-metrics", 7, "what the numbers of helpdesk mean");
  add_chapters(page, guide_before());
  page.heading("METRICS");
  page.paragraphs("The name in front is what --metric, JSON and CSV call it. Below each: what other systems "
                  "mean by a number of that kind, where it is known and differs or agrees.");
  for (const MetricGuide& guide : metric_guides()) {
    page.term(std::string(guide.key) + ": " + std::string(guide.title), guide.what);
    for (const auto& [name, theirs] : theirs_of(guide))
      page.more(std::string(name) + ": " + std::string(theirs) + ".");
  }
  add_chapters(page, guide_after());
  page.see_also({"helpdesk-stats(1)", "helpdesk-explain(1)", "helpdesk-config(5)"});
  return page.take();
}

GeneratedFile templates_page() {
  Manual page("helpdesk-templates", 7, "what may stand in the templates of helpdesk");
  add_chapters(page, template_guide());
  page.see_also({"helpdesk-draft(1)", "helpdesk-template-test(1)", "helpdesk-template-import(1)",
                 "helpdesk-config(5)"});
  return page.take();
}

// From the rules themselves: what lint prints for --explain.
GeneratedFile lint_page() {
  Manual page("helpdesk-lint", 7, "what helpdesk lint looks for in a reply");
  page.heading("DESCRIPTION");
  page.paragraphs("helpdesk lint reads a reply before the customer does, and helpdesk send does so each "
                  "time. An error stops "
                  "the reply, a warning asks, a suggestion is only told. Where a rule needs words, it has "
                  "them for the languages "
                  "that stand behind it; for others it says that it has no list. Text that a template filled "
                  "in with data, quoted "
                  "lines and what stands below the signature mark are not the writer's own and are left "
                  "alone by the rules about "
                  "style.");
  page.heading("RULES");
  for (const lint::RuleInfo& rule : lint::rules()) {
    page.term(std::string(rule.id) + " " + std::string(rule.name) + " (" +
                  std::string(lint::text(rule.severity)) + ")",
              std::string(rule.intent) + ". " + std::string(rule.reason));
    page.more("Breaks it: " + std::string(rule.hit));
    page.more("Keeps it: " + std::string(rule.non_hit));
    if (!rule.languages.empty()) page.more("Languages: " + std::string(rule.languages));
    if (rule.needs_ticket) page.more("Only with a ticket to hold the reply against.");
  }
  page.heading("PASSING OVER A FINDING");
  page.paragraphs("None of these ways leaves a word in the reply.");
  page.term("[lint.rules] HD013 = \"off\"", "for every reply; suggestion, warning and error stand there too");
  page.term("[[lint.suppress]]",
            "for the replies that tag, account, identity and language of the table name");
  page.term("[lint.allow.HD007] en = [\"thank you for your patience\"]", "for a phrase");
  page.term("{% # lint-disable HD013 %}",
            "in a template, for the block that follows; it vanishes when the template is rendered");
  page.term("--baseline FILE", "for what stood in a text when the file was written, by rule and sentence");
  page.term(
      "--allow HD017@12",
      "once, for one line of a draft; lint and send want --reason beside it, and both stand in the log");
  page.paragraphs("A lint-disable or an --allow that passes over nothing is told as HD000.");
  page.heading("TEMPLATES");
  page.paragraphs(
      "helpdesk template lint holds what every template makes of its samples against the rules that "
      "need no ticket, and tells findings at their place in the template. A finding in a line of a "
      "reply that still stands as its template made it names that place too; helpdesk lint --template "
      "NAME --ticket ID reads what a template would make for a customer.");
  page.heading("WHAT THE STORE ADDS");
  page.paragraphs(
      "With a ticket HD006 weighs the words of a question by how rare they are in the messages of the "
      "desk, HD019 knows whose an address, a number or a name is, and HD031 asks for the tone that "
      "nine in ten of the desk's newest replies in the language reach, once there are twenty.");
  page.heading("WORDS OF YOUR OWN");
  page.paragraphs("[lint.words] adds phrases to a rule, by language or any; [lint.glossary] holds words of "
                  "the trade that your "
                  "customers know; [[lint.house]] forbids phrases or asks for them, and says what to write "
                  "instead. A phrase "
                  "is words in lower case; word* stands for all that begin so, .. for up to three words, ^ "
                  "in front for the "
                  "beginning of a sentence.");
  page.see_also({"helpdesk-lint(1)", "helpdesk-send(1)", "helpdesk-config(5)"});
  return page.take();
}

} // namespace

std::vector<GeneratedFile> manual_pages(CommandTable commands, std::span<const config::Key> extra) {
  std::vector<GeneratedFile> pages{main_page(commands)};
  for (const Command* command : commands) {
    if (is_hidden(*command)) continue;
    // "config" is a group with a page of section 1 beside the file format's of section 5.
    pages.push_back(command->run ? command_page(*command) : group_page(commands, *command));
  }
  pages.push_back(config_page(extra));
  pages.push_back(exit_codes_page());
  pages.push_back(environment_page());
  pages.push_back(metrics_page());
  pages.push_back(lint_page());
  pages.push_back(templates_page());
  return pages;
}

} // namespace helpdesk::cli
