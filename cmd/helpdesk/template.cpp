#include "app/columns.hpp"
#include "app/drafting.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "reply/templates.hpp"

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command template_command, template_list_command, template_show_command;
namespace {

constexpr cli::FieldDoc k_fields[] = {{"name", "name of the template; one that begins with _ is a block"},
                                      {"language", "its language"},
                                      {"title", "its title"},
                                      {"path", "the file"},
                                      {"tags", "tickets it is for"},
                                      {"channel", "channels it is for"},
                                      {"required", "fields that must be filled in"},
                                      {"owner", "who looks after it"},
                                      {"source", "where it was imported from"}};
constexpr cli::Argument k_name[] = {{"NAME", cli::ValueKind::template_, "template"}};
constexpr cli::Flag k_show_flags[] = {
    {"lang", 0, cli::ValueKind::text, "LANG", "this language of it"},
    {"front", 0, cli::ValueKind::none, "", "the front matter too"},
};
constexpr cli::Example k_list_examples[] = {
    {"helpdesk template list", "which templates there are, in which languages"}};
constexpr cli::Example k_show_examples[] = {
    {"helpdesk template show greeting --lang nb", "the template's source"}};

render::Value list_value(const std::vector<std::string>& texts) {
  render::List list;
  for (const std::string& text : texts) list.emplace_back(text);
  return {std::move(list)};
}

Result<int> list(app::App& app, const cli::Invocation&) {
  auto columns = app::columns_of(k_fields);
  columns[2].flexible = columns[3].flexible = true;
  for (std::size_t i = 4; i < columns.size(); ++i) columns[i].shown = false;
  std::string directory = TRY(app::template_directory(app));
  std::string empty =
      fmt::format("no templates in {}; a template is a file NAME.LANG.liquid there", directory);
  auto rows = TRY(app.rows(columns, empty));
  for (const reply::TemplateFile& file : TRY(reply::load_templates(directory))) {
    if (!file.defect.empty()) app.warn(file.defect);
    render::Row row;
    row.emplace_back(file.name);
    row.emplace_back(file.language);
    row.emplace_back(file.title);
    row.emplace_back(file.path);
    row.emplace_back(list_value(file.front.tags));
    row.emplace_back(list_value(file.front.channels));
    row.emplace_back(list_value(file.front.required));
    row.emplace_back(file.front.owner);
    row.emplace_back(file.front.source);
    TRY(rows->row(std::move(row)));
  }
  TRY(rows->finish());
  return 0;
}

Result<int> show(app::App& app, const cli::Invocation& call) {
  auto files = TRY(reply::load_templates(TRY(app::template_directory(app))));
  const config::Config& config = *TRY(app.config());
  reply::TemplateFile file = TRY(reply::choose_template(
      files, call.argument("NAME"), call.get("lang").value_or(config.text("general.language", "en")),
      config.list("templates.languages")));
  if (auto language = call.get("lang")) TRY(app::require_language(files, file, *language));
  TRY(app.write(call.has("front") ? file.head + file.body : file.body));
  return 0;
}

} // namespace

constinit const cli::Command template_command{"template",
                                              "reply",
                                              "write, check and import reply templates",
                                              "Templates are files NAME.LANG.liquid in [templates] "
                                              "directory; helpdesk-templates(7) says what may stand "
                                              "in them.",
                                              {},
                                              {},
                                              {},
                                              cli::Output::none,
                                              {},
                                              nullptr};
constinit const cli::Command template_list_command{"template list",
                                                   "reply",
                                                   "list the templates",
                                                   "One row a file: a template has one file a language.",
                                                   {},
                                                   {},
                                                   k_list_examples,
                                                   cli::Output::rows,
                                                   k_fields,
                                                   &list};
constinit const cli::Command template_show_command{"template show",
                                                   "reply",
                                                   "print a template's source",
                                                   "The language is the desk's own unless another is named.",
                                                   k_name,
                                                   k_show_flags,
                                                   k_show_examples,
                                                   cli::Output::text,
                                                   {},
                                                   &show};

} // namespace helpdesk
