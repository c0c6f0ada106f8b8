#include "reply/template_import.hpp"

#include "app/columns.hpp"
#include "app/drafting.hpp"
#include "base/file.hpp"
#include "cli/command.hpp"

#include <map>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command template_import_command;
namespace {

constexpr cli::Argument k_arguments[] = {
    {"FILE", cli::ValueKind::path, "what the other system exported, as JSON; - reads standard input"}};
constexpr cli::Flag k_flags[] = {
    {"from", 0, cli::ValueKind::choice, "SYSTEM", "which system it is from",
     "zendesk|freshdesk|helpscout|freescout|zammad|chatwoot"},
    {"lang", 0, cli::ValueKind::text, "LANG",
     "language of the replies, where the file does not say it; found out from each text when none is given"},
    {"overwrite", 0, cli::ValueKind::none, "", "take theirs also where a template was edited here"},
    {"dry-run", 'n', cli::ValueKind::none, "", "say what would be done, write nothing"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk template import macros.json --from zendesk --dry-run", "see what becomes of the macros",
     false},
    {"helpdesk template import replies.json --from helpscout --lang en",
     "saved replies; names that have no counterpart are listed", false},
};
constexpr cli::FieldDoc k_fields[] = {
    {"state", "new, unchanged, updated, or kept: changed there and edited here"},
    {"template", "name it has here"},
    {"language", "its language"},
    {"path", "the file"},
    {"source", "system and id"},
    {"title", "its title there"},
    {"notes", "what could not be taken over, with the line of the file"}};

std::string located(const reply::ImportedTemplate& one, const reply::ImportNote& note) {
  return note.line > 0 ? fmt::format("{}:{}: {}", one.path, note.line, note.text)
                       : fmt::format("{}: {}", one.path, note.text);
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  auto from = call.get("from");
  if (!from)
    return usage_error(
        "say which system it is from: --from zendesk, freshdesk, helpscout, freescout, zammad or "
        "chatwoot");
  const reply::foreign::System* system = reply::foreign::find_system(*from);
  if (!system) return usage_error(fmt::format("--from: there is no \"{}\"", *from));
  const config::Config& config = *TRY(app.config());
  reply::ImportOptions options;
  options.directory = TRY(app::template_directory(app));
  options.language = call.get("lang").value_or("");
  if (!options.language.empty() && !reply::is_language(options.language))
    return usage_error(fmt::format("--lang: \"{}\" is no language such as en or pt-BR", options.language));
  options.fallback_language = config.text("general.language", "en");
  options.overwrite = call.has("overwrite");
  options.dry_run = call.has("dry-run");
  std::string path = call.argument("FILE");
  std::string file =
      path == "-" ? TRY(app.terminal().read_in(64ULL << 20)) : TRY(read_file(expand_home(path), 64ULL << 20));
  auto imported = TRY(reply::import_templates(*system, file, path == "-" ? "standard input" : path, options));
  auto columns = app::columns_of(k_fields);
  columns[3].flexible = true;
  for (std::size_t i = 4; i < columns.size(); ++i) columns[i].shown = false;
  auto rows = TRY(app.rows(columns, "no replies in this file"));
  std::map<std::string, int> count;
  for (const reply::ImportedTemplate& one : imported) {
    ++count[one.state];
    render::List notes;
    for (const reply::ImportNote& note : one.notes) notes.emplace_back(located(one, note));
    render::Row row;
    row.emplace_back(one.state);
    row.emplace_back(one.name);
    row.emplace_back(one.language);
    row.emplace_back(one.path);
    row.emplace_back(one.source);
    row.emplace_back(one.title);
    row.emplace_back(render::Value(std::move(notes)));
    TRY(rows->row(std::move(row)));
  }
  TRY(rows->finish());
  for (const reply::ImportedTemplate& one : imported)
    for (const reply::ImportNote& note : one.notes) app.warn(located(one, note));
  std::string summary;
  for (const char* state : {"new", "updated", "unchanged", "kept"})
    if (count[state] > 0) summary += fmt::format("{}{} {}", summary.empty() ? "" : ", ", count[state], state);
  app.note((options.dry_run ? "would be: " : "") + (summary.empty() ? "nothing to import" : summary));
  return 0;
}

} // namespace

constinit const cli::Command template_import_command{
    "template import",
    "reply",
    "take over macros and saved replies of another system",
    "Reads what the system's API returns, writes one template a reply into [templates] directory. "
    "Placeholders become "
    "Liquid with the names of helpdesk-templates(7); macros of Zendesk stay as they are, since their names "
    "are "
    "known here. HTML becomes text. A name that has no counterpart is reported with its line and fails "
    "template test "
    "until it is replaced.\n\n"
    "zendesk: macros and dynamic content, which {{ dc.NAME }} prints in the customer's language. freshdesk: "
    "canned responses. helpscout, freescout: saved replies. zammad: text modules. chatwoot: canned "
    "responses.\n\n"
    "What was imported is known by source in its front matter: importing again changes nothing, and updates "
    "what changed there. What was edited here stays as it is and is said, unless --overwrite is given.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::rows,
    k_fields,
    &run};

} // namespace helpdesk
