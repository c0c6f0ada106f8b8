#include "cli/topics.hpp"

#include "base/text.hpp"
#include "cli/globals.hpp"
#include "cli/metric_guide.hpp"
#include "cli/template_guide.hpp"
#include "config/schema.hpp"
#include "terminal/terminal.hpp"

#include <algorithm>

namespace helpdesk::cli {
namespace {

void entry(std::string& page, const std::string& term, const std::string& meaning, const HelpStyle& style) {
  page += "  " + terminal::paint(term, terminal::Color::bold, style.color) + "\n";
  for (const std::string& line : terminal::wrap(meaning, std::max(20, style.width - 6)))
    page += "      " + line + "\n";
}

void remark(std::string& page, std::string_view text, const HelpStyle& style) {
  page += '\n';
  for (const std::string& line : terminal::wrap(text, std::max(20, style.width - 2)))
    page += "  " + line + "\n";
}

void chapters(std::string& page, std::span<const GuideChapter> list, const HelpStyle& style) {
  for (const GuideChapter& chapter : list) {
    page += (page.empty() ? "" : "\n") +
            terminal::paint(ascii_lower(chapter.heading), terminal::Color::bold, style.color) + "\n";
    for (std::string_view paragraph : split_lines(chapter.text))
      for (const std::string& line : terminal::wrap(paragraph, std::max(20, style.width - 2)))
        page += "  " + line + "\n";
    for (const GuideTerm& term : chapter.terms)
      entry(page, std::string(term.term), std::string(term.text), style);
    if (chapter.example.empty()) continue;
    page += '\n';
    for (std::string_view line : split_lines(chapter.example))
      page += line.empty() ? "\n" : "      " + std::string(line) + "\n";
  }
}

std::string metrics_help(const HelpStyle& style) {
  std::string page;
  chapters(page, guide_before(), style);
  page += "\n" + terminal::paint("metrics", terminal::Color::bold, style.color) + "\n";
  for (const MetricGuide& guide : metric_guides()) {
    entry(page, std::string(guide.key) + ": " + std::string(guide.title), std::string(guide.what), style);
    for (const auto& [name, theirs] : theirs_of(guide))
      for (const std::string& line :
           terminal::wrap(std::string(name) + ": " + std::string(theirs), std::max(20, style.width - 10)))
        page += "          " + line + "\n";
  }
  chapters(page, guide_after(), style);
  return page;
}

} // namespace

const std::vector<std::string_view>& topic_names() {
  static const std::vector<std::string_view> k_names{"flags",       "config",  "exit-codes",
                                                     "environment", "metrics", "templates"};
  return k_names;
}

std::string key_name(const config::Key& key) {
  std::string name = replace_all(replace_all(key.name, ".#", "[]"), "*", "NAME");
  if (name.ends_with(".?")) name.replace(name.size() - 1, 1, "TEXT");
  return name;
}

std::string key_facts(const config::Key& key) {
  std::string facts(config::type_name(key.type));
  if (!key.choices.empty()) facts = "one of " + replace_all(key.choices, "|", ", ");
  if (!key.fallback.empty()) facts += "; default " + std::string(key.fallback);
  if (key.policy == config::Policy::project) facts += "; a project's .helpdesk.toml may set it";
  return facts;
}

std::string topic_help(std::string_view topic, std::span<const config::Key> extra, const HelpStyle& style) {
  std::string page;
  if (topic == "flags") {
    page = "flags that every command understands, where they mean something\n\n";
    for (const GlobalFlag& global : global_flags())
      entry(page, flag_synopsis(global.flag), flag_help(global.flag), style);
  } else if (topic == "exit-codes") {
    page = "exit codes\n\n";
    for (const ExitCode& code : exit_codes())
      entry(page, std::to_string(code.code), std::string(code.when), style);
    remark(page, "several at once: 5 if anything was committed, else the first of 4, 3, 75", style);
  } else if (topic == "environment") {
    page = "environment variables\n\n";
    for (const Variable& variable : variables())
      entry(page, std::string(variable.name), std::string(variable.help), style);
    remark(page, "a key without a name in it has a variable too: HELPDESK_SEND_MAX is send.max", style);
  } else if (topic == "config") {
    page = "keys of the configuration\n\n";
    for (const config::Key& key : config::keys())
      entry(page, key_name(key), std::string(key.help) + " (" + key_facts(key) + ")", style);
    for (const config::Key& key : extra)
      entry(page, key_name(key), std::string(key.help) + " (" + key_facts(key) + ")", style);
  }
  if (topic == "metrics") page = metrics_help(style);
  if (topic == "templates") chapters(page, template_guide(), style);
  return page;
}

} // namespace helpdesk::cli
