#include "app/drafting.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "reply/templates.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command template_new_command;
namespace {

constexpr cli::Argument k_name[] = {{"NAME", cli::ValueKind::text, "name of the new template"}};
constexpr cli::Flag k_flags[] = {
    {"lang", 0, cli::ValueKind::text, "LANG", "its language; [general] language when none is given"},
    {"title", 0, cli::ValueKind::text, "TEXT", "its title"},
    {"from", 0, cli::ValueKind::template_, "NAME", "begin with the text of this template"},
    {"body-file", 0, cli::ValueKind::path, "FILE",
     "take the text from a file, or with - from standard input"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk template new warranty --lang en --title 'What the guarantee covers'",
     "a file with front matter and a greeting to begin with", false},
    {"helpdesk template new refund --lang it --from refund", "one more language of a template", false},
};

bool is_template_name(std::string_view name) {
  if (name.empty() || name.size() > 100 || name.front() == '.' || name.front() == '/' || name.back() == '/')
    return false;
  for (std::string_view part : split(name, '/'))
    if (part.empty() || part.front() == '.') return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '/';
  });
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  const config::Config& config = *TRY(app.config());
  std::string name = call.argument("NAME"), directory = TRY(app::template_directory(app));
  if (!is_template_name(name))
    return usage_error(
        fmt::format("\"{}\" is no name of a template: letters, digits, -, _ and / for a folder", name));
  std::string language = call.get("lang").value_or(config.text("general.language", "en"));
  if (!reply::is_language(language))
    return usage_error(fmt::format("--lang: \"{}\" is no language such as en or pt-BR", language));
  auto files = TRY(reply::load_templates(directory));
  for (const reply::TemplateFile& file : files)
    if (file.name == name && file.language == language)
      return not_found(fmt::format("{} is there already", file.path));

  std::string title = clean_utf8(call.get("title").value_or(name)), quoted;
  json::quote_to(quoted, title); // a basic string of TOML takes JSON's escapes
  std::string text = fmt::format("+++\ntitle = {}\n+++\nHi {{{{ requester.first_name }}}},\n\n\n", quoted);
  if (auto from = call.get("from")) {
    reply::TemplateFile other = TRY(reply::choose_template(files, *from, language, {}));
    text = fmt::format("+++\ntitle = {}\n+++\n{}", quoted, other.body);
  } else if (auto file = call.get("body-file")) {
    std::string body = *file == "-" ? TRY(app.terminal().read_in(4ULL << 20))
                                    : TRY(read_file(expand_home(*file), 4ULL << 20));
    text = fmt::format("+++\ntitle = {}\n+++\n{}", quoted, clean_utf8(body));
  }
  if (!call.has("body-file") && app.may_ask())
    if (auto edited = TRY(app.terminal().edit(text, "template.liquid"))) text = *edited;

  std::string below = fmt::format("{}.{}.liquid", name, language), path = join_path(directory, below);
  TRY(make_private_directories(path.substr(0, path.find_last_of('/'))));
  TRY(write_file_atomically(path, text, 0644));
  TRY(app.write(path + "\n"));
  reply::TemplateFile written = reply::read_template(path, below, text);
  if (!written.defect.empty()) app.warn(written.defect);
  return 0;
}

} // namespace

constinit const cli::Command template_new_command{
    "template new",
    "reply",
    "begin a new template",
    "Writes NAME.LANG.liquid into [templates] directory and prints its path; on a terminal the editor opens "
    "first. A file that is there is never written over.",
    k_name,
    k_flags,
    k_examples,
    cli::Output::text,
    {},
    &run};

} // namespace helpdesk
