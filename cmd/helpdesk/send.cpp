#include "app/approving.hpp"
#include "app/conversation.hpp"
#include "app/departure.hpp"
#include "app/drafting.hpp"
#include "app/linting.hpp"
#include "app/ticket_arguments.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "lint/formats.hpp"
#include "mime/mail.hpp"
#include "reply/news.hpp"
#include "terminal/terminal.hpp"

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command send_command;
namespace {

constexpr cli::Argument k_arguments[] = {{"ID", cli::ValueKind::ticket,
                                          "tickets or drafts to send; - reads ids from standard input",
                                          cli::Arity::at_least_one}};
constexpr cli::Flag k_flags[] = {
    {"yes", 'y', cli::ValueKind::none, "", "send without asking; needed when there is no terminal"},
    {"all", 0, cli::ValueKind::none, "", "keep the copies (Cc) of the message that is answered"},
    {"to", 0, cli::ValueKind::address, "ADDRESS", "send to this address instead", "", true},
    {"set", 0, cli::ValueKind::field, "FIELD=VALUE", "change the ticket after it was sent: status=solved", "",
     true},
    {"spent", 0, cli::ValueKind::duration, "TIME", "write down the time it took"},
    {"anyway", 0, cli::ValueKind::none, "", "send although something newer than the draft has come"},
    {"allow", 0, cli::ValueKind::text, "RULE@LINE",
     "send although lint finds this error: HD017@12; needs --reason, and both stand in the log", "", true},
    {"reason", 0, cli::ValueKind::text, "TEXT", "why --allow is right"},
    {"hold", 0, cli::ValueKind::duration, "TIME",
     "let it wait in the queue that long: a new message takes it back ([send] hold; 0s: at once)"},
    {"at", 0, cli::ValueKind::text, "TIME",
     "let it leave then, by helpdesk queue send: 14:30, monday, 2026-07-01 08:00; daylight: when it is day "
     "where "
     "the customer is"},
    {"max", 0, cli::ValueKind::integer, "N", "how many replies one command may send ([send] max, 20)"},
    {"dry-run", 'n', cli::ValueKind::none, "", "show the mail as it would leave, send nothing"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk send 12 --set status=solved", "send the draft of a ticket and close the matter", false},
    {"helpdesk send 12 --dry-run", "see the mail as it would leave", false},
    {"helpdesk send 12 --hold 10m", "leave ten minutes to think again", false},
    {"helpdesk send 12 --at daylight", "not in the middle of the customer's night", false},
};

// What came since the draft was written, and in whose words.
Result<void> refuse_news(app::App& app, store::Store& store, const reply::Draft& draft,
                         const model::Ticket& ticket) {
  auto messages = TRY(store.messages(ticket.key));
  auto news = reply::news_since(messages, draft.last_seen);
  if (news.empty()) return {};
  std::string text;
  for (const model::Message* m : news)
    text += fmt::format(
        "\n  {} wrote at {}:\n    {}", app::shown_contact(m->author), format_minute(m->time, app.zone()),
        replace_all(ellipsize(trim(std::string_view(m->stripped.empty() ? m->text : m->stripped)), 500), "\n",
                    "\n    "));
  return fail(ErrorKind::negative, fmt::format("#{} was not sent: something newer than the draft has "
                                               "come{}\nread it (helpdesk show {}), then mend the draft "
                                               "(helpdesk draft {}) or send it --anyway",
                                               ticket.number, text, ticket.number, ticket.number));
}

// Errors stop it, warnings are shown where it is asked whether to send.
Result<void> look_over(app::App& app, store::Store& store, const cli::Invocation& call,
                       const reply::Draft& draft) {
  lint::Settings settings = TRY(app::lint_settings(app));
  for (const std::string& text : call.all("allow"))
    settings.allowances.push_back(TRY(app::parse_allowance(text)));
  if (!settings.allowances.empty() && !call.get("reason"))
    return usage_error("--allow needs --reason TEXT: it stands in the log");
  lint::Report report = TRY(app::lint_draft(app, store, draft, settings));
  lint::Linted linted{draft.id, draft.text, std::move(report)};
  std::erase_if(linted.report.findings,
                [](const lint::Finding& f) { return f.severity == lint::Severity::suggestion; });
  std::string lines = lint::as_lines({&linted, 1});
  for (std::string_view line : split_lines(lines)) app.terminal().err(terminal::defuse_line(line));
  if (linted.report.has(lint::Severity::error))
    return fail(
        ErrorKind::negative,
        fmt::format("draft {} was not sent: mend it, or send it with --allow RULE@LINE --reason TEXT; "
                    "helpdesk lint {} says more",
                    draft.id, draft.id));
  if (!settings.allowances.empty())
    TRY(app::record_allowances(app, store, draft.ticket.empty() ? draft.id : draft.ticket, call.all("allow"),
                               *call.get("reason")));
  return {};
}

// --to and what else the command line changes in the draft that is sent.
Result<void> take_recipients(const cli::Invocation& call, reply::Draft& draft) {
  if (call.all("to").empty()) return {};
  draft.to.clear();
  for (const std::string& text : call.all("to")) {
    auto parsed = mime::parse_addresses(text);
    if (parsed.empty() || parsed.front().address.find('@') == std::string::npos)
      return usage_error(fmt::format("--to \"{}\" is no mail address", text));
    draft.to.insert(draft.to.end(), parsed.begin(), parsed.end());
  }
  return {};
}

Result<std::vector<std::pair<std::string, std::string>>> changes_after(app::App& app,
                                                                       const cli::Invocation& call) {
  std::vector<std::pair<std::string, std::string>> changes;
  for (const std::string& text : call.all("set")) {
    sync::Change change = TRY(sync::parse_change(text, app.now(), app.zone()));
    changes.emplace_back(change.field, change.value);
  }
  return changes;
}

Result<int> show_only(app::App& app, store::Store& store, const reply::Draft& draft,
                      const app::PreparedLetter& letter, const app::Departure& departure) {
  const std::string& bytes = letter.composed.bytes;
  TRY(app.write(app.terminal().out_is_tty() ? terminal::defuse(bytes, true) : bytes));
  reply::ApprovalRules rules = TRY(app::approval_rules(app));
  app::ApprovalState state = TRY(app::approval_state(app, store, rules, draft, letter.letter));
  if (state.awaits()) app.note(fmt::format("draft {} {}", draft.id, app::approval_words(app, state)));
  if (departure.leaves) app.note(fmt::format("it would be {}", departure.words));
  return 0;
}

// The customer, or a colleague from any client, may have written meanwhile.
Result<void> look_for_news(app::App& app, store::Store& store, const cli::Invocation& call,
                           const reply::Carrier& carrier, const reply::Draft& draft) {
  if (draft.ticket.empty()) return {};
  if (auto seen = app::look_for_news(carrier, draft.account); !seen)
    return fail(seen.error().kind, fmt::format("nothing was sent: {} cannot be looked at for news: {}",
                                               draft.account, seen.error().message));
  auto ticket = TRY(store.ticket_by_key(draft.ticket));
  if (ticket && !call.has("anyway")) TRY(refuse_news(app, store, draft, *ticket));
  return {};
}

Result<int> deliver_now(app::App& app, store::Store& store, const reply::QueueItem& item,
                        const reply::Carrier& carrier) {
  reply::DeliveryReport report;
  std::string state = TRY(reply::deliver(store, item, carrier, report));
  int code = app::report_delivery(app, report);
  if (state == "sent") app.note(fmt::format("sent to {}", join(item.recipients, ", ")));
  return code;
}

Result<int> send_one(app::App& app, store::Store& store, const cli::Invocation& call, const std::string& id) {
  reply::Draft draft = TRY(app::open_draft(app, store, id));
  const std::string as_read = reply::draft_data(draft);
  bool dry_run = call.has("dry-run");
  if (!dry_run) TRY(app::refuse_if_read_only(app, draft.account, "send"));
  TRY(take_recipients(call, draft));
  auto then_set = TRY(changes_after(app, call));
  std::int64_t seconds = 0;
  if (auto spent = call.get("spent"))
    seconds = std::chrono::duration_cast<std::chrono::seconds>(TRY(parse_duration(*spent))).count();
  app::Departure departure = TRY(app::departure(app, store, call.get("hold"), call.get("at"), draft));
  app::PreparedLetter letter = TRY(app::prepare_letter(app, store, draft, call.has("all")));
  if (dry_run) return show_only(app, store, draft, letter, departure);
  std::string smtp = TRY(app::smtp_name(app, draft.account, letter.letter.identity));
  reply::Carrier carrier = app::carrier(app, store);
  TRY(look_for_news(app, store, call, carrier, draft));
  std::string approval = TRY(app::require_approval(app, store, draft, letter.letter));
  TRY(look_over(app, store, call, draft));
  auto messages = TRY(reply::conversation_messages(store, draft.ticket)); // what is known when it is sent
  if (!call.has("yes")) {
    if (app.may_ask()) app.terminal().err(app::letter_preview(letter.letter, draft));
    if (!TRY(app.confirm("send this?", "--yes"))) return not_found("not sent; the draft is kept");
  }
  reply::QueueItem item = reply::new_queue_item(letter.letter.mail, letter.composed, letter.letter.recipients,
                                                draft.account, letter.letter.identity.name, app.now());
  item.ticket = draft.ticket;
  item.draft = draft.id;
  item.smtp = smtp;
  item.then_set = then_set;
  item.approval = approval;
  item.state = departure.state;
  item.leaves = departure.leaves;
  item.watched = departure.leaves && !draft.ticket.empty();
  if (item.watched) item.seen = reply::seen_messages(messages);
  FileLock lock = TRY(reply::lock_queue(TRY(app.store_directory()), "helpdesk send", 30'000));
  draft.state = "queued";
  draft.put_back.clear();
  auto still_so = [&](store::Reader& reader) -> Result<void> {
    // Another send of the same draft may have come first while this one asked, or somebody wrote on.
    auto current = TRY(reply::find_draft(reader, draft.id));
    if (!current || current->state != "open")
      return not_found(fmt::format("draft {} is {} already", draft.id, current ? current->state : "gone"));
    if (reply::draft_data(*current) != as_read)
      return not_found(fmt::format("draft {} was changed meanwhile: nothing was sent", draft.id));
    TRY(app::require_approval(app, reader, *current, letter.letter));
    return {};
  };
  TRY(reply::enqueue(store, item, letter.composed.bytes, reply::draft_data(draft), carrier.actor, still_so));
  int code = 0;
  if (item.leaves) {
    std::string cron = TRY(app::queue_cron_line(app));
    app.note(fmt::format("{} {}; it leaves when helpdesk queue send runs, from cron for example: {}", item.id,
                         departure.words, cron));
  } else {
    code = TRY(deliver_now(app, store, item, carrier));
  }
  if (seconds > 0 && !draft.ticket.empty()) {
    if (auto ticket = TRY(store.ticket_by_key(draft.ticket))) {
      auto actions = TRY(app::DeskActions::open(app, draft.account));
      TRY((*actions)->worklog(*ticket, seconds, "send"));
    }
  }
  return code;
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  std::vector<std::string> ids;
  for (const std::string& id : call.argument_list("ID")) {
    if (id != "-") {
      ids.push_back(id);
      continue;
    }
    std::string input = TRY(app.terminal().read_in(16ULL << 20));
    for (std::string_view line : split_lines(input))
      if (std::string_view first = trim(line.substr(0, line.find('\t'))); !first.empty())
        ids.emplace_back(first);
  }
  std::int64_t most = TRY(app.config())->integer("send.max", 20);
  if (auto max = call.get("max")) most = std::stol(*max);
  if (static_cast<std::int64_t>(ids.size()) > most)
    return usage_error(fmt::format("{} replies at once are more than {}; if that is meant, say --max {}",
                                   ids.size(), most, ids.size()));
  store::Store* store = TRY(app.store(call.has("dry-run") ? store::Access::read : store::Access::write));
  int worst = 0;
  for (const std::string& id : ids) {
    auto sent = send_one(app, *store, call, id);
    if (!sent) {
      if (ids.size() == 1) return sent;
      app.warn(sent.error().message);
      if (worst == 0 || worst == 75) worst = sent.error().kind == ErrorKind::retry ? 75 : 1;
      continue;
    }
    if (*sent != 0 && worst != 1) worst = *sent;
  }
  return worst;
}

} // namespace

constinit const cli::Command send_command{
    "send",
    "reply",
    "send a draft, once",
    "Shows From, every recipient, subject, attachments and the whole text, and asks; without a terminal "
    "--yes is needed. Before it sends, inbox and "
    "Sent are looked at again: if the customer or a colleague has written since the draft, it stops and "
    "shows that (--anyway sends all the same); if "
    "the mailbox cannot be reached, nothing is sent (exit code 75).\n\n"
    "helpdesk lint looks the reply over first: an error stops it, unless --allow names it and --reason says "
    "why; warnings are shown before the question, and --yes sends all the same.\n\n"
    "A reply for which [approval] of the configuration asks for an approval is refused until somebody has "
    "given it with helpdesk approve, for exactly this text, these recipients and attachments.\n\n"
    "With --hold and --at it waits in the queue, and leaves when helpdesk queue send runs after that time; "
    "nothing runs in the background, so queue send belongs into cron. It looks at the mailbox first: a new "
    "message of the customer, or a reply of ours from any program, takes the mail out of the queue, and its "
    "text is an open draft again. For --at daylight the customer's clock is told by the Date of their newest "
    "mail; the standard calendar decides when it says nothing.\n\n"
    "The reply is written to the queue before the connection opens. When the server's answer is lost it is "
    "looked for in Sent; if nobody can know, it "
    "stays in the queue as unknown and is never sent twice on its own: see helpdesk queue.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::text,
    {},
    &run,
};

} // namespace helpdesk
