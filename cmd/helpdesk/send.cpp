#include "app/conversation.hpp"
#include "app/drafting.hpp"
#include "app/linting.hpp"
#include "app/ticket_arguments.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "lint/formats.hpp"
#include "mime/mail.hpp"
#include "terminal/terminal.hpp"

#include <algorithm>

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
    {"max", 0, cli::ValueKind::integer, "N", "how many replies one command may send ([send] max, 20)"},
    {"dry-run", 'n', cli::ValueKind::none, "", "show the mail as it would leave, send nothing"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk send 12 --set status=solved", "send the draft of a ticket and close the matter", false},
    {"helpdesk send 12 --dry-run", "see the mail as it would leave", false},
};

Result<reply::Draft> draft_for(app::App& app, store::Store& store, const std::string& id) {
  if (auto draft = TRY(reply::find_draft(store, id))) {
    if (draft->state != "open") return not_found(fmt::format("draft {} is {} already", id, draft->state));
    return std::move(*draft);
  }
  model::Ticket ticket = TRY(app.find_ticket(id));
  auto drafts = TRY(reply::open_drafts(store, ticket.key));
  // A reply before a forward: that one is meant when it is named itself, or when there is nothing else.
  std::stable_partition(drafts.begin(), drafts.end(), [](const reply::Draft& one) { return !one.forward; });
  if (drafts.empty())
    for (const reply::QueueItem& item : TRY(reply::queue_items(store, false)))
      if (item.ticket == ticket.key) // not "no draft": a second one would be sent twice
        return not_found(
            fmt::format("#{}: its reply is in the queue already ({}, {}); see helpdesk queue list",
                        ticket.number, item.id, item.state));
  if (drafts.empty())
    return not_found(
        fmt::format("#{} has no draft; write one with: helpdesk draft {}", ticket.number, ticket.number));
  return std::move(drafts.front());
}

std::string preview(const app::PreparedLetter& letter, const reply::Draft& draft) {
  const mime::Outgoing& mail = letter.letter.mail;
  auto list = [](const std::vector<model::Contact>& contacts) {
    std::string text;
    for (const model::Contact& contact : contacts)
      text += (text.empty() ? "" : ", ") + app::shown_contact(contact);
    return text;
  };
  std::string text = fmt::format("From:    {}\nTo:      {}\n", app::shown_contact(mail.from), list(mail.to));
  if (!mail.cc.empty()) text += fmt::format("Cc:      {}\n", list(mail.cc));
  text += fmt::format("Subject: {}\n", mail.subject);
  for (const reply::DraftAttachment& a : draft.attachments)
    text += fmt::format("Attach:  {} ({} bytes)\n", a.name, a.size);
  for (const std::string& dropped : letter.letter.dropped) text += fmt::format("Left out: {}\n", dropped);
  return text + "\n" + mail.text;
}

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

Result<int> send_one(app::App& app, store::Store& store, const cli::Invocation& call, const std::string& id) {
  reply::Draft draft = TRY(draft_for(app, store, id));
  bool dry_run = call.has("dry-run");
  if (!dry_run) TRY(app::refuse_if_read_only(app, draft.account, "send"));
  if (!call.all("to").empty()) {
    draft.to.clear();
    for (const std::string& text : call.all("to")) {
      auto parsed = mime::parse_addresses(text);
      if (parsed.empty() || parsed.front().address.find('@') == std::string::npos)
        return usage_error(fmt::format("--to \"{}\" is no mail address", text));
      draft.to.insert(draft.to.end(), parsed.begin(), parsed.end());
    }
  }
  std::vector<std::pair<std::string, std::string>> then_set;
  for (const std::string& text : call.all("set")) {
    sync::Change change = TRY(sync::parse_change(text, app.now(), app.zone()));
    then_set.emplace_back(change.field, change.value);
  }
  std::int64_t seconds = 0;
  if (auto spent = call.get("spent"))
    seconds = std::chrono::duration_cast<std::chrono::seconds>(TRY(parse_duration(*spent))).count();
  app::PreparedLetter letter = TRY(app::prepare_letter(app, store, draft, call.has("all")));
  if (dry_run) {
    TRY(app.write(app.terminal().out_is_tty() ? preview(letter, draft) : letter.composed.bytes));
    return 0;
  }
  std::string smtp = TRY(app::smtp_name(app, draft.account, letter.letter.identity));
  std::optional<model::Ticket> ticket;
  if (!draft.ticket.empty()) {
    ticket = TRY(store.ticket_by_key(draft.ticket));
    // The customer, or a colleague from any client, may have written meanwhile.
    sync::PullAccount account = TRY(app::desk_account(app, draft.account));
    TRY(app::draw_history_line(store, app, account));
    backend::PullOptions options;
    options.now = app.now();
    if (auto refreshed = sync::refresh(store, account, options); !refreshed) {
      Error error = refreshed.error();
      return fail(
          error.kind == ErrorKind::credentials || error.kind == ErrorKind::usage ? error.kind
                                                                                 : ErrorKind::retry,
          fmt::format("nothing was sent: {} cannot be looked at for news: {}", draft.account, error.message));
    }
    ticket = TRY(store.ticket_by_key(draft.ticket));
    if (ticket && !call.has("anyway")) TRY(refuse_news(app, store, draft, *ticket));
  }
  TRY(look_over(app, store, call, draft));
  if (!call.has("yes")) {
    if (app.may_ask()) app.terminal().err(preview(letter, draft));
    if (!TRY(app.confirm("send this?", "--yes"))) return not_found("not sent; the draft is kept");
  }
  reply::QueueItem item;
  item.id = "q" + random_hex(4);
  item.account = draft.account;
  item.identity = letter.letter.identity.name;
  item.smtp = smtp;
  item.ticket = draft.ticket;
  item.draft = draft.id;
  item.message_id = letter.letter.mail.message_id;
  item.mail = sha256_hex(letter.composed.bytes);
  item.from = letter.letter.mail.from.address;
  item.recipients = letter.letter.recipients;
  item.subject = letter.letter.mail.subject;
  item.answers = letter.letter.mail.in_reply_to;
  item.then_set = then_set;
  item.smtputf8 = letter.composed.needs_smtputf8;
  item.created = app.now();
  reply::Carrier carrier = app::carrier(app, store);
  FileLock lock = TRY(reply::lock_queue(TRY(app.store_directory()), "helpdesk send", 30'000));
  // Another send of the same draft may have come first while this one asked.
  auto current = TRY(reply::find_draft(store, draft.id));
  if (!current || current->state != "open")
    return not_found(fmt::format("draft {} is {} already", draft.id, current ? current->state : "gone"));
  draft.state = "queued";
  TRY(reply::enqueue(store, item, letter.composed.bytes, reply::draft_data(draft), carrier.actor));
  reply::DeliveryReport report;
  std::string state = TRY(reply::deliver(store, item, carrier, report));
  if (seconds > 0 && ticket) {
    auto actions = TRY(app::DeskActions::open(app, draft.account));
    TRY((*actions)->worklog(*ticket, seconds, "send"));
  }
  int code = app::report_delivery(app, report);
  if (state == "sent") app.note(fmt::format("sent to {}", join(item.recipients, ", ")));
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
