#include "app/app.hpp"
#include "app/attachments.hpp"
#include "app/conversation.hpp"
#include "app/ticket_arguments.hpp"
#include "backend/backend.hpp"
#include "base/file.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "language/html.hpp"
#include "mime/mail.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command show_command;
namespace {

constexpr cli::Argument k_arguments[] = {
    {"ID", cli::ValueKind::ticket, "ticket to show"},
    {"N", cli::ValueKind::integer, "with --save: number of the attachment", cli::Arity::optional}};
constexpr cli::Flag k_flags[] = {
    {"quotes", 0, cli::ValueKind::none, "", "show quoted text and signatures instead of folding them"},
    {"save", 0, cli::ValueKind::directory, "DIR",
     "save the attachments (or only number N) into this directory"},
    {"open", 0, cli::ValueKind::integer, "N", "open attachment N with the desktop's program"},
    {"html", 0, cli::ValueKind::none, "", "print the HTML of the messages, made safe"},
    {"raw", 0, cli::ValueKind::integer, "N", "print message N as it arrived"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk show 12", "read a conversation"},
    {"helpdesk show 12 --format json", "the whole conversation for a script"},
    {"helpdesk show 12 --save .", "save what was attached into this directory"},
};

using app::Attached;

Result<int> save(app::App& app, store::Store& store, const model::Ticket& ticket,
                 const std::vector<Attached>& all, const std::string& directory, int only) {
  if (!is_directory(directory))
    return usage_error(fmt::format("--save {}: no such directory; create it first", directory));
  if (only > static_cast<int>(all.size()) || only < 0)
    return not_found(fmt::format("#{} has {}, there is no number {}", ticket.number,
                                 app::counted(all.size(), "attachment"), only));
  for (const Attached& item : all) {
    if (only != 0 && item.number != only) continue;
    std::string content = TRY(app::attachment_content(app, store, ticket, item));
    std::string name = TRY(create_in_directory(directory, item.attachment->name, content));
    app.note(fmt::format("saved {} ({} bytes)", join_path(directory, name), content.size()));
  }
  if (all.empty()) app.note(fmt::format("#{} has no attachments", ticket.number));
  return 0;
}

Result<int> open_one(app::App& app, store::Store& store, const model::Ticket& ticket,
                     const std::vector<Attached>& all, int number) {
  auto it = std::find_if(all.begin(), all.end(), [&](const Attached& a) { return a.number == number; });
  if (it == all.end())
    return not_found(fmt::format("#{} has {}, there is no number {}", ticket.number,
                                 app::counted(all.size(), "attachment"), number));
  std::string directory = join_path(TRY(xdg_directories()).cache, "open");
  TRY(make_private_directories(directory));
  std::string name = TRY(create_in_directory(directory, it->attachment->name,
                                             TRY(app::attachment_content(app, store, ticket, *it))));
  ProcessResult opened = TRY(run_process({"xdg-open", join_path(directory, name)}));
  if (opened.exit_code != 0) return failed(fmt::format("xdg-open {}: exit code {}", name, opened.exit_code));
  return 0;
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  model::Ticket ticket = TRY(app.find_ticket(call.argument("ID")));
  store::Store* store = TRY(app.store(store::Access::read));
  std::vector<model::Message> messages = TRY(store->messages(ticket.key));
  std::vector<Attached> attached = app::attachments_of(messages);
  if (auto directory = call.get("save")) {
    std::string number = call.argument("N");
    return save(app, *store, ticket, attached, *directory,
                number.empty() ? 0 : static_cast<int>(std::stol(number)));
  }
  if (!call.argument("N").empty()) return usage_error("a second argument goes with --save DIR only");
  if (auto number = call.get("open"))
    return open_one(app, *store, ticket, attached, static_cast<int>(std::stol(*number)));
  if (auto number = call.get("raw")) {
    long n = std::stol(*number);
    if (n < 1 || n > static_cast<long>(messages.size()))
      return not_found(fmt::format("#{} has {}, there is no number {}", ticket.number,
                                   app::counted(messages.size(), "message"), n));
    const model::Message& m = messages[static_cast<std::size_t>(n - 1)];
    auto record = TRY(store->raw(ticket.account, app::first_record(m)));
    if (!record)
      return not_found(
          fmt::format("message {} of #{} was written here: there is no raw form", n, ticket.number));
    TRY(app.write(app.terminal().out_is_tty() ? terminal::defuse(record->bytes, true) : record->bytes));
    return 0;
  }
  if (call.has("html")) {
    for (const model::Message& m : messages)
      TRY(app.write(helpdesk::sanitise_html(m.html.empty() ? "<pre>" + render::escape_html(m.text) + "</pre>"
                                                           : m.html) +
                    "\n<hr>\n"));
    return 0;
  }
  auto timeline = TRY(store->timeline(ticket.key));
  app::ConversationOptions options;
  options.quotes = call.has("quotes");
  options.now = app.now();
  options.zone = app.zone();
  options.term = [store](model::Term term) { return store->term_text(term).value_or(""); };
  options.replies = TRY(app::reply_states(app, *store, ticket.key));
  options.promises =
      report::promises_of(ticket, messages, timeline ? &*timeline : nullptr, app.now(), app.zone());
  TRY(app.show(app::conversation(ticket, messages, timeline ? &*timeline : nullptr, options)));
  return 0;
}

} // namespace

constinit const cli::Command show_command{
    "show",
    "work",
    "read one conversation",
    "Prints the whole conversation, oldest first, with quoted text and signatures folded. Notes are marked "
    "as private: customers never see them. "
    "Attachments are numbered over the whole conversation; what was too large to fetch stays on the server "
    "until it is saved or opened.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::document,
    app::k_conversation_fields,
    &run,
};

} // namespace helpdesk
