#include "app/approving.hpp"
#include "app/columns.hpp"
#include "app/desk.hpp"
#include "app/drafting.hpp"
#include "app/knowledge.hpp"
#include "app/proposing.hpp"
#include "app/ticket_arguments.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "mime/mail.hpp"
#include "reply/checklist.hpp"

#include <cmath>
#include <span>

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
    {"propose", 0, cli::ValueKind::none, "", "list the templates that may answer this ticket, and why"},
    {"set", 0, cli::ValueKind::text, "FIELD=VALUE", "fill in a field of the template: order=B-1009", "",
     true},
    {"attach", 'a', cli::ValueKind::path, "FILE", "attach a file", "", true},
    {"body-file", 0, cli::ValueKind::path, "FILE",
     "take the text from a file, or with - from standard input"},
    {"from-kb", 0, cli::ValueKind::text, "ARTICLE",
     "put an article of the knowledge base behind the text: its name, or words that it has", "", true},
    {"link", 0, cli::ValueKind::none, "", "with --from-kb: only its title and address"},
    {"no-checklist", 0, cli::ValueKind::none, "",
     "edit the text alone, without the customer's questions above it"},
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
    {"helpdesk draft 12 --propose", "which templates fit this ticket, and why"},
    {"helpdesk draft 12 -t greeting --from-kb returns --link",
     "point to an article, in the customer's language", false},
    {"helpdesk draft --list", "what is not sent yet"},
};
constexpr cli::FieldDoc k_fields[] = {{"id", "the draft"},
                                      {"ticket", "ticket number"},
                                      {"changed", "last change"},
                                      {"subject", "its subject"},
                                      {"text", "its text"},
                                      {"template", "template it began with"},
                                      {"state", "open, queued, sent or discarded"},
                                      {"language", "with --propose: language of the proposed template"},
                                      {"title", "with --propose: its title"},
                                      {"score", "with --propose: how much speaks for it; larger is better"},
                                      {"why", "with --propose: what speaks for it"}};
constexpr std::size_t k_list_fields = 7;
constexpr cli::FieldDoc k_proposal_fields[] = {
    {"template", ""}, {"language", ""}, {"title", ""}, {"score", ""}, {"why", ""}};

Result<int> list(app::App& app) {
  store::Store* store = TRY(app.store(store::Access::read));
  auto columns = app::columns_of(std::span(k_fields).first(k_list_fields),
                                 {"draft", "#", "changed", "subject", "text", "template", "state"});
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

Result<int> propose(app::App& app, const model::Ticket& ticket, const std::string& language) {
  store::Store* store = TRY(app.store(store::Access::read));
  auto columns = app::columns_of(k_proposal_fields);
  columns[2].shown = columns[3].shown = false;
  columns[4].flexible = true;
  auto rows = TRY(app.rows(columns, "no template fits; helpdesk template list names them all"));
  for (const reply::Proposal& one : TRY(app::proposals(app, *store, ticket, language))) {
    render::Row row;
    row.emplace_back(one.name);
    row.emplace_back(one.language);
    row.emplace_back(one.title);
    row.emplace_back(std::round(one.score * 100) / 100);
    row.emplace_back(one.why);
    TRY(rows->row(std::move(row)));
  }
  TRY(rows->finish());
  return 0;
}

// Nobody named a template and nothing was begun: one is proposed to whoever can be asked.
Result<std::string> proposed_template(app::App& app, store::Store& store, const model::Ticket& ticket,
                                      const std::string& language) {
  for (const reply::Draft& draft : TRY(reply::open_drafts(store, ticket.key)))
    if (!draft.forward) return std::string();
  return app::ask_for_template(app, TRY(app::proposals(app, store, ticket, language)));
}

Result<void> add_articles(app::App& app, const cli::Invocation& call, reply::Draft& draft) {
  if (call.has("link") && !call.has("from-kb")) return usage_error("--link goes with --from-kb ARTICLE");
  if (!call.has("from-kb")) return {};
  auto articles = TRY(app::articles(app, store::Access::read));
  for (const std::string& wanted : call.all("from-kb")) {
    store::Article article = TRY(app::article_for(app, *articles, wanted, draft.language));
    if (!article.language.empty() && !reply::same_language(article.language, draft.language))
      app.warn(fmt::format("article \"{}\" is not there in \"{}\": this is the one in \"{}\"", article.name,
                           draft.language, article.language));
    else if (article.name != wanted)
      app.note(fmt::format("article \"{}\"", article.name));
    draft.text = TRY(app::with_article(app, draft.text, article, call.has("link")));
  }
  return {};
}

// The customer's questions stand above the text while it is edited, and go before it is kept.
Result<void> edit(app::App& app, const cli::Invocation& call, store::Store& store,
                  const std::optional<model::Ticket>& ticket, reply::Draft& draft) {
  std::vector<std::string> questions;
  if (ticket && !call.has("no-checklist")) questions = TRY(app::asked_in(app, store, *ticket));
  std::string shown = reply::with_checklist(questions, draft.text);
  if (auto edited = TRY(app.terminal().edit(shown, "reply.txt")))
    draft.text = reply::without_checklist(clean_utf8(*edited), questions);
  return {};
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
  if (call.has("propose")) {
    if (!ticket) return usage_error("--propose needs a ticket: helpdesk draft ID --propose");
    return propose(app, *ticket, call.get("lang").value_or(""));
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
  if (ticket && request.template_name.empty() && !request.body_file && request.fields.empty() &&
      app.may_ask())
    request.template_name = TRY(proposed_template(app, *store, *ticket, request.language));
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
  TRY(add_articles(app, call, draft));
  if (print_only) {
    std::string text = draft.text + (draft.text.ends_with('\n') ? "" : "\n");
    TRY(app.write(app.terminal().out_is_tty() ? terminal::defuse(text, true) : text));
    return 0;
  }
  if (!request.body_file && app.may_ask()) TRY(edit(app, call, *store, ticket, draft));
  if (trim(std::string_view(draft.text)).empty())
    return app.may_ask()
               ? Result<int>(not_found("the draft is empty: nothing was kept"))
               : Result<int>(usage_error("no text: name a template with -t NAME (--propose lists what fits), "
                                         "or give one with --body-file FILE or --body-file -"));
  std::vector<reply::NewAttachment> contents = TRY(app::read_attachments(draft, request.attach));
  TRY(reply::save_draft(*store, draft, contents, app.operator_identity(), app.now()));
  if (call.has("to-mailbox")) {
    TRY(app::refuse_if_read_only(app, draft.account, "draft --to-mailbox"));
    app::PreparedLetter letter = TRY(app::prepare_letter(app, *store, draft, false));
    TRY(app::require_approval(app, *store, draft, letter.letter)); // from there any program sends it
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
  if (app.terminal().err_is_tty()) {
    std::string id = ticket ? std::to_string(ticket->number) : draft.id;
    reply::ApprovalRules rules = TRY(app::approval_rules(app));
    auto approval = app::approval_state(app, *store, rules, draft); // fails when it is no mail yet
    app.note(approval && approval->awaits()
                 ? fmt::format("kept as draft {}; it {}: helpdesk approve {}", draft.id,
                               app::approval_words(app, *approval), id)
                 : fmt::format("kept as draft {}; helpdesk send {} sends it", draft.id, id));
  }
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
    "send stops.\n\n"
    "On a terminal templates are proposed when none is named: by the language, channel and tags of the "
    "ticket, by the "
    "words of the customer, and by the replies to similar questions that closed their tickets, which stayed "
    "closed. "
    "Required fields that --set does not fill in are asked for. In the editor the customer's questions stand "
    "above "
    "the text, in lines that begin with #?: they are never sent, whatever becomes of them there.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::rows,
    k_fields,
    &run,
};

} // namespace helpdesk
