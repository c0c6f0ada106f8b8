#include "app/desk.hpp"
#include "app/ticket_arguments.hpp"
#include "cli/command.hpp"

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command set_command;
namespace {

constexpr cli::Argument k_arguments[] = {
    {"ID|FIELD=VALUE", cli::ValueKind::field,
     "tickets (- reads them from standard input), then changes: status=solved tag+=billing",
     cli::Arity::any}};
constexpr cli::Flag k_flags[] = {
    {"merge-into", 0, cli::ValueKind::ticket, "ID", "join these tickets into that one"},
    {"split-from", 0, cli::ValueKind::integer, "N", "make message N of the ticket the first of a new one"},
    {"spent", 0, cli::ValueKind::duration, "TIME", "write down the time it took"},
    {"dry-run", 'n', cli::ValueKind::none, "", "say what would change, change nothing"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk set 12 status=solved", "close the matter; it opens again when the customer writes"},
    {"helpdesk set 12 13 assignee=kari@example.org priority=high", "several tickets, several fields"},
    {"helpdesk list --noise | helpdesk set - status=closed", "what another command listed"},
    {"helpdesk set 14 --merge-into 12", "the same matter twice"},
};

Result<int> split_off(app::App& app, const std::vector<model::Ticket>& tickets, const std::string& number,
                      bool dry_run) {
  if (tickets.size() != 1) return usage_error("--split-from works on one ticket");
  const model::Ticket& ticket = tickets.front();
  store::Store* store = TRY(app.store(store::Access::read));
  auto heads = TRY(store->heads(ticket.key));
  long n = std::stol(number);
  if (n < 1 || n > static_cast<long>(heads.size()))
    return not_found(fmt::format("#{} has {}, there is no number {}", ticket.number,
                                 app::counted(heads.size(), "message"), n));
  if (dry_run) {
    app.note(
        fmt::format("#{}: message {} and its answers would become a ticket of their own", ticket.number, n));
    return 0;
  }
  auto actions = TRY(app::DeskActions::open(app, ticket.account));
  std::string key = TRY((*actions)->split(ticket, heads[static_cast<std::size_t>(n - 1)].key));
  model::Ticket fresh = TRY(app.find_ticket(key));
  app.note(fmt::format("#{}: message {} is now #{}", ticket.number, n, fresh.number));
  return 0;
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  std::vector<std::string> ids;
  std::vector<sync::Change> changes;
  for (const std::string& word : call.argument_list("ID|FIELD=VALUE")) {
    if (word.find('=') == std::string::npos) {
      ids.push_back(word);
    } else {
      changes.push_back(TRY(sync::parse_change(word, app.now(), app.zone())));
    }
  }
  if (ids.empty()) return usage_error("no ticket named; say helpdesk set ID FIELD=VALUE");
  std::optional<std::string> into = call.get("merge-into"), split = call.get("split-from"),
                             spent = call.get("spent");
  if (changes.empty() && !into && !split && !spent)
    return usage_error(
        "nothing to change; say FIELD=VALUE, such as status=solved, tag+=billing, assignee=YOU@EXAMPLE.ORG");
  std::vector<model::Ticket> tickets = TRY(app::tickets_named(app, ids));
  bool dry_run = call.has("dry-run");
  std::optional<model::Ticket> target;
  if (into) target = TRY(app.find_ticket(*into));
  std::int64_t seconds = 0;
  if (spent) seconds = std::chrono::duration_cast<std::chrono::seconds>(TRY(parse_duration(*spent))).count();
  if (split) return split_off(app, tickets, *split, dry_run);
  int actions_done = 0; // undo counts them one by one
  std::string words;
  for (const sync::Change& change : changes)
    words += (words.empty() ? "" : ", ") + change.field + "=" + change.value;
  for (const model::Ticket& ticket : tickets) {
    if (dry_run) {
      if (target) app.note(fmt::format("#{} would be joined into #{}", ticket.number, target->number));
      if (!words.empty()) app.note(fmt::format("#{} would get {}", ticket.number, words));
      if (seconds > 0)
        app.note(fmt::format("#{} would get {} of work", ticket.number,
                             format_duration(std::chrono::seconds(seconds))));
      continue;
    }
    auto actions = TRY(app::DeskActions::open(app, ticket.account));
    if (!changes.empty()) TRY((*actions)->set(ticket, changes));
    if (seconds > 0) TRY((*actions)->worklog(ticket, seconds, "set"));
    if (target) TRY((*actions)->merge(ticket, *target));
    actions_done += (changes.empty() ? 0 : 1) + (seconds > 0 ? 1 : 0) + (target ? 1 : 0);
  }
  if (!dry_run && app.terminal().err_is_tty())
    app.note(fmt::format("changed {}; helpdesk undo{} takes it back", app::counted(tickets.size(), "ticket"),
                         actions_done > 1 ? fmt::format(" {}", actions_done) : ""));
  return 0;
}

} // namespace

constinit const cli::Command set_command{
    "set",
    "work",
    "change status, tags, assignee and other fields of tickets",
    "Changes are written to the journal with who made them and can be taken back with undo. A status that is "
    "set holds until the next message: a "
    "customer who writes again opens a solved ticket. Ids come first, changes after them; every id is looked "
    "up before anything changes.\n\n"
    "Fields: status, priority, assignee, queue, tag+, tag-, spam, needs_reply, due, subject, requester, "
    "field.NAME.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::none,
    {},
    &run,
};

} // namespace helpdesk
