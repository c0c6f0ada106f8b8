#include "app/desk.hpp"
#include "app/ticket_arguments.hpp"
#include "cli/command.hpp"

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command note_command;
namespace {

constexpr cli::Argument k_arguments[] = {
    {"ID", cli::ValueKind::ticket, "ticket; - reads ids from standard input", cli::Arity::one},
    {"TEXT", cli::ValueKind::text, "the note; the editor opens when it is left out on a terminal",
     cli::Arity::optional}};
constexpr cli::Flag k_flags[] = {
    {"body-file", 0, cli::ValueKind::path, "FILE",
     "read the text from a file, or with - from standard input"},
    {"spent", 0, cli::ValueKind::duration, "TIME", "write down the time it took"},
    {"dry-run", 'n', cli::ValueKind::none, "", "say what would be noted, note nothing"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk note 12 'called the warehouse, back in stock on Friday'", "for yourself and colleagues only"}};

Result<int> run(app::App& app, const cli::Invocation& call) {
  std::string id = call.argument("ID");
  if (id == "-" && call.get("body-file") == "-")
    return usage_error("ids and text cannot both come from standard input");
  std::vector<model::Ticket> tickets = TRY(app::tickets_named(app, {id}));
  std::string text = TRY(app::text_given(app, call.argument("TEXT"), call.get("body-file"), "note"));
  std::int64_t seconds = 0;
  if (auto spent = call.get("spent"))
    seconds = std::chrono::duration_cast<std::chrono::seconds>(TRY(parse_duration(*spent))).count();
  for (const model::Ticket& ticket : tickets) {
    if (call.has("dry-run")) {
      app.note(fmt::format("#{} would get a note of {} characters", ticket.number, text.size()));
      continue;
    }
    auto actions = TRY(app::DeskActions::open(app, ticket.account));
    TRY((*actions)->note(ticket, text, seconds));
  }
  return 0;
}

} // namespace

constinit const cli::Command note_command{
    "note",
    "work",
    "write a private note on a ticket",
    "A note is for the desk only: it is never sent, and show marks it as private.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::none,
    {},
    &run,
};

} // namespace helpdesk
