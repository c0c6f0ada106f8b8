#include "app/columns.hpp"
#include "app/drafting.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "reply/templates.hpp"

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command template_command, template_list_command, template_show_command,
    template_test_command;
namespace {

constexpr cli::FieldDoc k_fields[] = {{"name", "name of the template"},
                                      {"language", "its language"},
                                      {"title", "its title"},
                                      {"path", "the file"}};
constexpr cli::Argument k_name[] = {{"NAME", cli::ValueKind::template_, "template"}};
constexpr cli::Argument k_optional_name[] = {
    {"NAME", cli::ValueKind::template_, "only this template", cli::Arity::optional}};
constexpr cli::Flag k_show_flags[] = {{"lang", 0, cli::ValueKind::text, "LANG", "this language of it"}};
constexpr cli::Example k_list_examples[] = {
    {"helpdesk template list", "which templates there are, in which languages"}};
constexpr cli::Example k_show_examples[] = {
    {"helpdesk template show greeting --lang nb", "the template's source"}};
constexpr cli::Example k_test_examples[] = {
    {"helpdesk template test", "render every template against made-up data; for CI"}};

Result<std::vector<reply::TemplateFile>> files_of(app::App& app) {
  return reply::load_templates(TRY(app::template_directory(app)));
}

Result<int> list(app::App& app, const cli::Invocation&) {
  auto columns = app::columns_of(k_fields);
  columns[2].flexible = columns[3].flexible = true;
  auto rows =
      TRY(app.rows(columns, fmt::format("no templates in {}; a template is a file NAME.LANG.liquid there",
                                        TRY(app::template_directory(app)))));
  for (const reply::TemplateFile& file : TRY(files_of(app))) {
    render::Row row;
    row.emplace_back(file.name);
    row.emplace_back(file.language);
    row.emplace_back(file.title);
    row.emplace_back(file.path);
    TRY(rows->row(std::move(row)));
  }
  TRY(rows->finish());
  return 0;
}

Result<int> show(app::App& app, const cli::Invocation& call) {
  auto files = TRY(files_of(app));
  const config::Config& config = *TRY(app.config());
  reply::TemplateFile file = TRY(reply::choose_template(
      files, call.argument("NAME"), call.get("lang").value_or(config.text("general.language", "en")),
      config.list("templates.languages")));
  if (auto language = call.get("lang")) TRY(app::require_language(files, file, *language));
  TRY(app.write(file.body));
  return 0;
}

Result<int> test(app::App& app, const cli::Invocation& call) {
  auto files = TRY(files_of(app));
  std::string only = call.argument("NAME");
  int tested = 0, failures = 0;
  for (const reply::TemplateFile& file : files) {
    if (!only.empty() && file.name != only) continue;
    ++tested;
    model::Ticket ticket;
    std::vector<model::Message> messages;
    reply::TemplateContext context = reply::sample_context(ticket, messages);
    context.now = app.now();
    context.zone = app.zone();
    context.language = file.language.empty() ? "en" : file.language;
    if (auto rendered = reply::render_template(file, context, files); !rendered) {
      ++failures;
      app.warn(rendered.error().message);
    }
  }
  if (tested == 0)
    return only.empty()
               ? not_found("no templates to test")
               : not_found(fmt::format("no template \"{}\"; helpdesk template list names them", only));
  app.note(fmt::format("{} of {} templates render", tested - failures, tested));
  return failures == 0 ? 0 : 1;
}

} // namespace

constinit const cli::Command template_command{
    "template",
    "reply",
    "look at reply templates",
    "Templates are files NAME.LANG.liquid in [templates] directory.",
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
constinit const cli::Command template_test_command{
    "template test",
    "reply",
    "render templates against made-up data",
    "Fails with exit code 1 and file:line:column when a template does not parse, names an unknown variable "
    "or an unknown filter.",
    k_optional_name,
    {},
    k_test_examples,
    cli::Output::none,
    {},
    &test};

} // namespace helpdesk
