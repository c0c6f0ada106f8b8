#include "app/app.hpp"
#include "app/export_rows.hpp"
#include "app/reporting.hpp"
#include "app/ticket_rows.hpp"
#include "cli/command.hpp"
#include "report/gather.hpp"

namespace helpdesk {
extern const cli::Command export_command;
namespace {

constexpr cli::Argument k_arguments[] = {{"WHAT", cli::ValueKind::choice, "tickets, messages or turns",
                                          cli::Arity::one, "tickets|messages|turns"}};
constexpr cli::Flag k_flags[] = {
    {"since", 0, cli::ValueKind::instant, "WHEN",
     "only what was created, written or began at or after this time"},
    {"until", 0, cli::ValueKind::instant, "WHEN", "only what was created, written or began before this time"},
    {"account", 0, cli::ValueKind::account, "NAME", "only this account", "", true},
    {"no-text", 0, cli::ValueKind::none, "", "messages without what they say"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk export tickets --format csv --output tickets.csv", "every ticket, for a spreadsheet"},
    {"helpdesk export messages --format ndjson --no-text", "who wrote when, one line a message"},
    {"helpdesk export turns --format json", "each time a customer waited"},
};

struct Period {
  std::optional<Instant> since, until;
  bool holds(Instant t) const { return (!since || t >= *since) && (!until || t < *until); }
};

// In the order of their numbers, one at a time: memory grows by eight bytes a ticket.
Result<void> each_ticket(const report::Desk& desk,
                         const std::function<Result<void>(const model::Ticket&)>& f) {
  std::vector<std::int64_t> numbers;
  TRY(desk.each_timeline([&](const model::Timeline& t) -> Result<void> {
    numbers.push_back(t.ticket);
    return {};
  }));
  for (std::int64_t number : numbers)
    if (auto ticket = TRY(desk.store().ticket(number))) TRY(f(*ticket));
  return {};
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  Period period{TRY(app::instant_of(app, call, "since")), TRY(app::instant_of(app, call, "until"))};
  std::string what = call.argument("WHAT");
  report::Desk desk = TRY(app::open_desk(app, call));
  for (const std::string& warning : desk.warnings()) app.warn(warning);
  if (what == "tickets") {
    auto rows = TRY(app.rows(app::ticket_columns(false), "no ticket"));
    TRY(each_ticket(desk, [&](const model::Ticket& ticket) -> Result<void> {
      if (!period.holds(ticket.created)) return {};
      return rows->row(app::ticket_row(ticket, app.now(), app::TargetMark::none, false));
    }));
    TRY(rows->finish());
  } else if (what == "messages") {
    bool text = !call.has("no-text");
    auto rows = TRY(app.rows(app::message_columns(text), "no message"));
    TRY(each_ticket(desk, [&](const model::Ticket& ticket) -> Result<void> {
      for (const model::Message& m :
           TRY(text ? desk.store().messages(ticket.key) : desk.store().heads(ticket.key)))
        if (period.holds(m.time)) TRY(rows->row(app::message_row(ticket, m, text)));
      return {};
    }));
    TRY(rows->finish());
  } else if (what == "turns") {
    auto rows = TRY(app.rows(app::turn_columns(), "nobody ever waited"));
    const metrics::ImportSeconds imports = TRY(report::find_imports(desk, 0));
    metrics::History history;
    TRY(desk.each_timeline([&](const model::Timeline& timeline) -> Result<void> {
      metrics::read_history(timeline, desk.known_until(timeline.account), history);
      for (std::size_t i = 0; i < history.turns.size(); ++i)
        if (period.holds(history.turns[i].start))
          TRY(rows->row(app::turn_row(desk, imports, timeline, history, i)));
      return {};
    }));
    TRY(rows->finish());
  } else {
    return usage_error("export: \"" + what + "\" is none of tickets, messages, turns");
  }
  return 0;
}

} // namespace

constinit const cli::Command export_command{
    "export",
    "tell",
    "write tickets, messages or turns as data",
    "One row each, in the order of ticket numbers. A turn is one time that a customer waited: from the "
    "oldest unanswered question to the reply. "
    "Spam, deleted and merged tickets are exported as well; the fields of a turn say so. --format csv, json "
    "or ndjson, or the ending of --output FILE.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::rows,
    app::k_export_fields,
    &run,
};

} // namespace helpdesk
