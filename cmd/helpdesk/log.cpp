#include "app/app.hpp"
#include "app/columns.hpp"
#include "cli/command.hpp"
#include "reply/approval.hpp"
#include "sync/journal.hpp"

#include <algorithm>

namespace helpdesk {
extern const cli::Command log_command;
namespace {

constexpr cli::Argument k_arguments[] = {
    {"ID", cli::ValueKind::ticket, "only this ticket", cli::Arity::optional}};
constexpr cli::Flag k_flags[] = {
    {"limit", 'l', cli::ValueKind::integer, "N", "at most this many entries (50)"}};
constexpr cli::Example k_examples[] = {{"helpdesk log", "what was done here lately"},
                                       {"helpdesk log 12", "what was done to one ticket"}};
constexpr cli::FieldDoc k_fields[] = {
    {"seq", "number of the entry"}, {"time", "when"},          {"actor", "who"},
    {"ticket", "ticket number"},    {"what", "what was done"}, {"kind", "kind of entry"}};

Result<int> run(app::App& app, const cli::Invocation& call) {
  store::Store* store = TRY(app.store(store::Access::read));
  int limit = 50;
  if (auto given = call.get("limit")) limit = static_cast<int>(std::stol(*given));
  std::vector<store::JournalEntry> entries;
  store::JournalQuery query;
  query.newest_first = true;
  query.kinds = {"set",  "note",    "message", "merge",    "split",        "snooze",         "worklog",
                 "undo", "draft",   "queue",   "approval", "person_merge", "person_unmerge", "erase",
                 "rule", "account", "prune",   "ack"};
  if (std::string id = call.argument("ID"); !id.empty()) {
    model::Ticket ticket = TRY(app.find_ticket(id));
    std::vector<std::string> subjects{ticket.key};
    subjects.insert(subjects.end(), ticket.aliases.begin(), ticket.aliases.end());
    for (const model::Message& head : TRY(store->heads(ticket.key))) subjects.push_back(head.key);
    // Drafts and queue items have names of their own and say which ticket they answer.
    for (std::string_view kind : {"draft", "queue"})
      for (const store::JournalEntry& entry : TRY(store->latest(kind)))
        if (std::string key = sync::ticket_of(entry);
            key == ticket.key ||
            std::find(ticket.aliases.begin(), ticket.aliases.end(), key) != ticket.aliases.end())
          subjects.push_back(entry.subject);
    for (const std::string& subject : subjects) {
      query.subject = subject;
      for (store::JournalEntry& entry : TRY(store->journal(query))) entries.push_back(std::move(entry));
    }
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.seq > b.seq; });
    if (static_cast<int>(entries.size()) > limit) entries.resize(static_cast<std::size_t>(limit));
  } else {
    query.limit = limit;
    entries = TRY(store->journal(query));
  }
  auto columns = app::columns_of(k_fields, {"entry", "when", "who", "#", "what", "kind"});
  columns[0].align = columns[3].align = render::Align::right;
  columns[1].time_style = render::TimeStyle::minute;
  columns[2].flexible = columns[4].flexible = true;
  columns[5].shown = false;
  auto rows = TRY(app.rows(columns, "nothing was done here yet"));
  for (const store::JournalEntry& entry : entries) {
    auto ticket = TRY(store->ticket_by_key(sync::ticket_of(entry)));
    if (!ticket)
      if (auto message = TRY(store->message(entry.subject)))
        ticket = TRY(store->ticket_by_key(message->ticket));
    render::Row row;
    row.emplace_back(entry.seq);
    row.emplace_back(entry.time);
    // Who let something leave is told with the user and the host; elsewhere the name says enough.
    bool whole = entry.kind == "approval" || entry.kind == "queue";
    std::string name =
        whole ? reply::short_operator(entry.actor) : entry.actor.substr(0, entry.actor.find(" <"));
    row.emplace_back(render::Value(entry.actor), render::Emphasis::plain, name.empty() ? entry.actor : name);
    row.emplace_back(ticket ? render::Value(ticket->number) : render::Value());
    row.emplace_back(sync::describe(entry));
    row.emplace_back(entry.kind);
    TRY(rows->row(std::move(row)));
  }
  TRY(rows->finish());
  return 0;
}

} // namespace

constinit const cli::Command log_command{
    "log",
    "work",
    "show what was done here, and by whom",
    "Reads the journal, newest first: changes, notes, drafts, sends. The journal is append-only; undo adds "
    "an entry that takes another one back.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::rows,
    k_fields,
    &run,
};

} // namespace helpdesk
