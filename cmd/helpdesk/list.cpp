#include "app/app.hpp"
#include "app/choices.hpp"
#include "app/promise_rows.hpp"
#include "app/ticket_rows.hpp"
#include "cli/command.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command list_command;
namespace {

constexpr cli::Argument k_arguments[] = {
    {"QUERY", cli::ValueKind::query, "words and fields of the search language, or the name of a saved query",
     cli::Arity::any}};
constexpr cli::Flag k_flags[] = {
    {"all", 'a', cli::ValueKind::none, "", "every ticket, also those that wait for nobody"},
    {"mine", 0, cli::ValueKind::none, "", "only what is assigned to me"},
    {"status", 0, cli::ValueKind::choice, "STATUS", "only this status", "new|open|pending|hold|solved|closed",
     true},
    {"channel", 0, cli::ValueKind::choice, "CHANNEL", "only this channel", app::k_channel_choices, true},
    {"tag", 0, cli::ValueKind::tag, "TAG", "only with this tag", "", true},
    {"account", 0, cli::ValueKind::account, "NAME", "only this account", "", true},
    {"waiting", 0, cli::ValueKind::text, "TIME", "only customers who have waited this long: '>4h'"},
    {"silent", 0, cli::ValueKind::text, "TIME", "only where nobody has written for this long: '>7d'"},
    {"noise", 0, cli::ValueKind::none, "", "what needs no reply, with the reason"},
    {"snoozed", 0, cli::ValueKind::none, "", "what sleeps until later"},
    {"promises", 0, cli::ValueKind::none, "",
     "what we promised to write and by when, the earliest first; with --all also what became of it"},
    {"limit", 'l', cli::ValueKind::integer, "N", "at most this many"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk list", "who waits for an answer, longest first"},
    {"helpdesk list --waiting '>4h'", "who has waited longer than four hours"},
    {"helpdesk list --noise", "newsletters, receipts, thanks and other mail that needs no reply"},
    {"helpdesk list --promises", "which of our replies owe a customer another one, and since when"},
    {"helpdesk list --status open --json number,subject,waiting_seconds", "for a script"},
};

Result<store::Query> filter_of(app::App& app, const cli::Invocation& call, bool& narrowed) {
  std::string text;
  auto add = [&](const std::string& part) {
    if (!text.empty()) text += ' ';
    text += part;
    narrowed = true;
  };
  auto any_of = [&](std::string_view flag, std::string_view field) {
    std::vector<std::string> values = call.all(flag);
    if (values.empty()) return;
    std::string group;
    for (const std::string& value : values)
      group += (group.empty() ? "" : " or ") + fmt::format("{}:\"{}\"", field, value);
    if (values.size() > 1) group = "(" + group + ")";
    add(group);
  };
  any_of("status", "status");
  any_of("channel", "channel");
  any_of("tag", "tag");
  if (call.has("mine")) {
    std::string me = app.operator_address();
    if (me.empty())
      return usage_error(
          "--mine: [me] address is not set; run: helpdesk config set me.address YOU@EXAMPLE.ORG");
    add(fmt::format("assignee:\"{}\"", me));
  }
  if (auto waiting = call.get("waiting"))
    add("waiting:" + (*waiting->c_str() == '>' || *waiting->c_str() == '<' ? *waiting : ">" + *waiting));
  if (auto silent = call.get("silent"))
    add("silent:" + (*silent->c_str() == '>' || *silent->c_str() == '<' ? *silent : ">" + *silent));
  if (!call.all("account").empty())
    TRY(app.accounts(call.all("account"))); // a misspelt name would look like an empty desk
  any_of("account", "account");
  std::vector<std::string> words = call.argument_list("QUERY");
  if (words.size() == 1) {
    const config::Config& config = *TRY(app.config());
    if (const config::Entry* saved = config.find("queries." + words.front());
        saved && !saved->values.empty()) {
      auto query = store::parse_query(saved->values.front(), app.now(), app.zone());
      if (!query) return in_context("saved query \"" + words.front() + "\"", query.error());
      narrowed = true;
      return store::both(TRY(store::parse_query(text, app.now(), app.zone())), std::move(*query));
    }
  }
  for (const std::string& word : words) add(word);
  return store::parse_query(text, app.now(), app.zone());
}

// A reply that was put back wants its author, whether or not the customer still waits: a colleague may have
// answered from another program.
Result<void> add_put_back(app::App& app, store::Store& store, const std::vector<app::ReplyState>& states,
                          const store::Query& asked, int limit, std::vector<model::Ticket>& tickets) {
  for (const app::ReplyState& state : states) {
    if (state.state != "put_back" || state.ticket.empty()) continue;
    if (limit >= 0 && tickets.size() >= static_cast<std::size_t>(limit)) return {};
    auto ticket = TRY(store.ticket_by_key(state.ticket));
    if (!ticket || !store::matches(asked, *ticket, nullptr, app.now())) continue;
    bool there = std::any_of(tickets.begin(), tickets.end(),
                             [&](const model::Ticket& one) { return one.number == ticket->number; });
    if (!there) tickets.push_back(std::move(*ticket));
  }
  return {};
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  bool narrowed = false;
  store::TicketQuery query;
  query.now = app.now();
  query.filter = TRY(filter_of(app, call, narrowed));
  auto also = [&](std::string_view text) -> Result<void> {
    query.filter = store::both(std::move(query.filter), TRY(store::parse_query(text, app.now(), app.zone())));
    return {};
  };
  if (call.has("promises")) {
    if (call.has("noise") || call.has("snoozed"))
      return usage_error("--promises goes with neither --noise nor --snoozed");
    int most = call.get("limit") ? static_cast<int>(std::stol(*call.get("limit"))) : -1;
    TRY(app::list_promises(app, query.filter, call.has("all"), most));
    return 0;
  }
  bool noise = call.has("noise");
  const store::Query asked = query.filter;
  bool waiting = false;
  std::string empty_text = narrowed ? "nobody who fits waits" : "nobody waits";
  if (noise) {
    TRY(also("is:unread needs_reply:no -is:waiting -is:done -is:history"));
    query.order = store::Order::updated;
    empty_text = "no noise";
  } else if (call.has("snoozed")) {
    TRY(also("is:snoozed"));
    empty_text = "nothing is snoozed";
  } else if (!call.has("all") &&
             (!narrowed || (call.all("status").empty() && call.argument_list("QUERY").empty()))) {
    TRY(also("is:waiting -is:snoozed"));
    waiting = true;
  } else {
    empty_text = "no ticket matches";
  }
  if (auto limit = call.get("limit")) query.limit = static_cast<int>(std::stol(*limit));
  store::Store* store = TRY(app.store(store::Access::read));
  std::vector<model::Ticket> tickets = TRY(store->tickets(query));
  auto states = TRY(app::reply_states(app, *store));
  auto replies = app::by_ticket(states);
  if (waiting) TRY(add_put_back(app, *store, states, asked, query.limit, tickets));
  app::TargetMarks marks = TRY(app::target_marks(app, *store, tickets));
  auto reply_of = [&](const model::Ticket& ticket) {
    auto it = replies.find(ticket.key);
    return it == replies.end() ? nullptr : &it->second;
  };
  bool any_reply = std::any_of(tickets.begin(), tickets.end(), reply_of);
  auto rows = TRY(app.rows(app::ticket_columns(noise, any_reply), empty_text));
  for (const model::Ticket& ticket : tickets)
    TRY(rows->row(
        app::ticket_row(ticket, app.now(), app::mark_of(marks, ticket.number), noise, reply_of(ticket))));
  TRY(rows->finish());
  if (app.terminal().out_is_tty() && !tickets.empty() && !noise) {
    store::TicketQuery unsure = query;
    unsure.filter =
        TRY(store::parse_query("is:waiting needs_reply:unsure -is:snoozed", app.now(), app.zone()));
    if (auto n = TRY(store->count_tickets(unsure)); n > 0)
      app.note(fmt::format(
          "{} of them may need no reply; helpdesk set ID needs_reply=no takes one off the list", n));
  }
  return 0;
}

} // namespace

constinit const cli::Command list_command{
    "list",
    "work",
    "show who waits for an answer, longest first",
    "Without a query it shows every customer who waits for the desk, the longest wait first; a wait near the "
    "answer target or "
    "past it is marked: [reply] target in the time of the standard calendar, or what the policies of "
    "[sla.NAME] promise. With a query or --status it shows the tickets that match, whether they wait or "
    "not. A reply that was put back, because somebody wrote before it left, is shown even though nobody "
    "waits; the column reply tells what awaits approval, is held or scheduled.\n\n"
    "--promises reads our own replies: a sentence in which one of us will do something, with a time (\"I "
    "will "
    "write by Friday\", \"within two working days\"), in English, Norwegian, Russian, Esperanto, German, "
    "French "
    "and Spanish. The time is counted from when the reply was sent, in [general] zone; a day without a time "
    "of day "
    "ends at 23:59:59, a week on Friday, and of two readings the earlier one holds. The promise is kept when "
    "we "
    "write to the customer by then, and overdue when it passes without; a later reply that promises anew "
    "replaces "
    "it, and solving the ticket later drops it. Automatic mail keeps nothing. Replies older than a year are "
    "left "
    "out.\n\n"
    "In a pipe the first field is the ticket's number, so that helpdesk list … | helpdesk set - "
    "status=closed works.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::rows,
    app::k_list_fields,
    &run,
};

} // namespace helpdesk
