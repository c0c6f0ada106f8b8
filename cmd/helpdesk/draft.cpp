#include "app/columns.hpp"
#include "app/desk.hpp"
#include "app/drafting.hpp"
#include "app/ticket_arguments.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "mime/mail.hpp"

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command draft_command;
namespace {

constexpr cli::Argument k_arguments[] = {{"ID", cli::ValueKind::ticket,
                                          "ticket to answer; left out with --new, --list and --discard",
                                          cli::Arity::optional}};
constexpr cli::Flag k_flags[] = {
    {"template", 't', cli::ValueKind::template_, "NAME",
     "start from this template, in the customer's language"},
    {"lang", 0, cli::ValueKind::text, "LANG", "use this language of the template"},
    {"set", 0, cli::ValueKind::text, "FIELD=VALUE", "fill in a field of the template: order=B-1009", "",
     true},
    {"attach", 'a', cli::ValueKind::path, "FILE", "attach a file", "", true},
    {"body-file", 0, cli::ValueKind::path, "FILE",
     "take the text from a file, or with - from standard input"},
    {"subject", 's', cli::ValueKind::text, "TEXT", "another subject than Re: …"},
    {"to", 0, cli::ValueKind::address, "ADDRESS", "another recipient than the customer", "", true},
    {"cc", 0, cli::ValueKind::address, "ADDRESS", "a copy to", "", true},
    {"identity", 0, cli::ValueKind::text, "NAME", "write as [identities.NAME]"},
    {"quote", 0, cli::ValueKind::none, "", "quote the customer's message below"},
    {"new", 0, cli::ValueKind::none, "", "the first mail of a new conversation; needs --to and --subject"},
    {"account", 0, cli::ValueKind::account, "NAME", "with --new: the account it belongs to"},
    {"to-mailbox", 0, cli::ValueKind::none, "",
     "put it into the mailbox's Drafts folder, to be sent from any mail program"},
    {"list", 0, cli::ValueKind::none, "", "list open drafts"},
    {"print", 0, cli::ValueKind::none, "", "print the text only, keep nothing"},
    {"discard", 0, cli::ValueKind::text, "DRAFT", "throw a draft away"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk draft 12 --body-file reply.txt", "keep a reply that was written elsewhere", false},
    {"helpdesk draft 12 -t greeting --print", "see what a template makes for this customer"},
    {"helpdesk draft --list", "what is not sent yet"},
};
constexpr cli::FieldDoc k_fields[] = {{"id", "the draft"},
                                      {"ticket", "ticket number"},
                                      {"changed", "last change"},
                                      {"subject", "its subject"},
                                      {"text", "its text"},
                                      {"template", "template it began with"},
                                      {"state", "open, queued, sent or discarded"}};

Result<int> list(app::App& app) {
  store::Store* store = TRY(app.store(store::Access::read));
  auto columns = app::columns_of(k_fields, {"draft", "#", "changed", "subject", "text", "template", "state"});
  columns[3].flexible = columns[4].flexible = true;
  columns[6].shown = false;
  auto rows = TRY(app.rows(columns, "no draft is open"));
  for (const reply::Draft& draft : TRY(reply::open_drafts(*store))) {
    auto ticket =
        draft.ticket.empty() ? std::optional<model::Ticket>() : TRY(store->ticket_by_key(draft.ticket));
    render::Row row;
    row.emplace_back(draft.id);
    row.emplace_back(ticket ? render::Value(ticket->number) : render::Value());
    row.emplace_back(draft.changed);
    row.emplace_back(!draft.subject.empty() ? draft.subject : ticket ? "Re: " + ticket->subject : "");
    row.emplace_back(draft.text);
    row.emplace_back(draft.template_name);
    row.emplace_back(draft.state);
    TRY(rows->row(std::move(row)));
  }
  TRY(rows->finish());
  return 0;
}

Result<int> discard(app::App& app, const std::string& id) {
  store::Store* store = TRY(app.store(store::Access::write));
  auto draft = TRY(reply::find_draft(*store, id));
  if (!draft || draft->state == "discarded")
    return not_found(fmt::format("no open draft \"{}\"; helpdesk draft --list names them", id));
  if (draft->state != "open") return not_found(fmt::format("draft {} is {} already", id, draft->state));
  draft->state = "discarded";
  TRY(reply::save_draft(*store, *draft, {}, app.operator_identity(), app.now()));
  return 0;
}

Result<std::vector<model::Contact>> addresses(const std::vector<std::string>& texts) {
  std::vector<model::Contact> contacts;
  for (const std::string& text : texts) {
    auto parsed = mime::parse_addresses(text);
    if (parsed.empty() || parsed.front().address.find('@') == std::string::npos)
      return usage_error(fmt::format("\"{}\" is no mail address", text));
    contacts.insert(contacts.end(), parsed.begin(), parsed.end());
  }
  return contacts;
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  if (call.has("list")) return list(app);
  if (auto id = call.get("discard")) return discard(app, *id);
  std::optional<model::Ticket> ticket;
  if (call.has("new")) {
    if (call.all("to").empty() || !call.get("subject"))
      return usage_error("--new needs --to ADDRESS and --subject TEXT");
  } else {
    if (call.argument("ID").empty()) return usage_error("say which ticket to answer: helpdesk draft ID");
    ticket = TRY(app.find_ticket(call.argument("ID")));
  }
  bool print_only = call.has("print");
  store::Store* store = TRY(app.store(print_only ? store::Access::read : store::Access::write));
  app::DraftRequest request;
  request.ticket = ticket;
  if (auto name = call.get("template")) request.template_name = *name;
  if (auto language = call.get("lang")) request.language = *language;
  request.body_file = call.get("body-file");
  request.attach = call.all("attach");
  request.fields = call.all("set");
  reply::Draft draft = TRY(app::begin_draft(app, *store, request));
  if (auto name = call.get("account")) draft.account = TRY(app.accounts({*name})).front();
  if (draft.account.empty()) draft.account = TRY(app.accounts({})).front();
  if (auto subject = call.get("subject")) draft.subject = *subject;
  draft.to = call.all("to").empty() ? draft.to : TRY(addresses(call.all("to")));
  draft.cc = call.all("cc").empty() ? draft.cc : TRY(addresses(call.all("cc")));
  if (auto identity = call.get("identity")) {
    bool known = false;
    for (const reply::Identity& one : TRY(app::identities(app))) known = known || one.name == *identity;
    if (!known) return usage_error(fmt::format("no [identities.{}] in the configuration", *identity));
    draft.identity = *identity;
  }
  if (call.has("quote")) draft.quote = true;
  if (print_only) {
    TRY(app.write(draft.text + (draft.text.ends_with('\n') ? "" : "\n")));
    return 0;
  }
  if (!request.body_file && app.may_ask()) {
    auto edited = TRY(app.terminal().edit(draft.text, "reply.txt"));
    if (edited) draft.text = *edited;
  }
  if (trim(std::string_view(draft.text)).empty())
    return app.may_ask() ? Result<int>(not_found("the draft is empty: nothing was kept"))
                         : Result<int>(usage_error("no text: name a template with -t NAME, or give one with "
                                                   "--body-file FILE or --body-file -"));
  std::vector<reply::NewAttachment> contents = TRY(app::read_attachments(draft, request.attach));
  TRY(reply::save_draft(*store, draft, contents, app.operator_identity(), app.now()));
  if (call.has("to-mailbox")) {
    TRY(app::refuse_if_read_only(app, draft.account, "draft --to-mailbox"));
    app::PreparedLetter letter = TRY(app::prepare_letter(app, *store, draft, false));
    auto backend = TRY(app.backend(draft.account));
    TRY(backend->append("drafts", letter.composed.bytes));
    draft.state = "discarded"; // the mailbox has it now
    TRY(reply::save_draft(*store, draft, {}, app.operator_identity(), app.now()));
    app.note("put into the mailbox's Drafts folder");
    return 0;
  }
  if (std::string open = reply::unresolved_placeholder(draft.text); !open.empty())
    app.warn(fmt::format("{} is still to be filled in; send refuses it", open));
  TRY(app.write(draft.id + "\n"));
  if (app.terminal().err_is_tty())
    app.note(fmt::format("kept as draft {}; helpdesk send {} sends it", draft.id,
                         ticket ? std::to_string(ticket->number) : draft.id));
  return 0;
}

} // namespace

constinit const cli::Command draft_command{
    "draft",
    "reply",
    "write a reply and keep it until it is sent",
    "Begins with a template or with the open draft of this ticket, opens the editor on a terminal and keeps "
    "the result. Nothing leaves before "
    "helpdesk send. The draft remembers the newest message its author had seen: if something newer comes, "
    "send stops.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::rows,
    k_fields,
    &run,
};

} // namespace helpdesk
