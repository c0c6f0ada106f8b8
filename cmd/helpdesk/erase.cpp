#include "app/desk.hpp"
#include "app/ticket_arguments.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command erase_command;
namespace {

constexpr cli::Argument k_arguments[] = {{"WHO", cli::ValueKind::ticket, "a ticket, or a person by address"}};
constexpr cli::Flag k_flags[] = {
    {"yes", 'y', cli::ValueKind::none, "", "erase without asking; needed when there is no terminal"},
    {"dry-run", 'n', cli::ValueKind::none, "", "say what would be erased, erase nothing"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk erase customer@example.org --dry-run", "what is known of a person", false},
    {"helpdesk erase 12 --yes", "a conversation, for good", false}};

void say_what_went(app::App& app, const sync::EraseCounts& n) {
  auto count = [](auto number, std::string_view one, std::string_view many = {}) {
    return app::counted(static_cast<std::size_t>(number), one, many);
  };
  app.note(fmt::format("erased {}, {}, {}, {}, {}; backups made before still hold them",
                       count(n.tickets, "ticket"), count(n.messages, "message"), count(n.records, "mail"),
                       count(n.people, "person", "people"),
                       count(n.journal_entries, "journal entry", "journal entries")));
}

Result<int> erase_ticket(app::App& app, store::Store& store, const model::Ticket& ticket,
                         const cli::Invocation& call) {
  auto heads = TRY(store.heads(ticket.key));
  if (call.has("dry-run")) {
    app.note(
        fmt::format("#{} with {} would be erased", ticket.number, app::counted(heads.size(), "message")));
    return 0;
  }
  bool yes = call.has("yes") || TRY(app.confirm(fmt::format("erase #{} with {} for good?", ticket.number,
                                                            app::counted(heads.size(), "message")),
                                                "--yes"));
  if (!yes) return not_found("nothing was erased");
  sync::PullAccount account = TRY(app::desk_account(app, ticket.account));
  TRY(app::draw_history_line(store, app, account));
  sync::EraseCounts n =
      TRY(sync::erase_ticket(store, account.settings, account.policy, ticket, app::actor(app)));
  say_what_went(app, n);
  return 0;
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  std::string who = call.argument("WHO");
  store::Store* store = TRY(app.store(store::Access::write));
  FileLock lock = TRY(store->lock("helpdesk erase", 0));
  if (who.find('@') == std::string::npos || who.starts_with('#'))
    return erase_ticket(app, *store, TRY(app.find_ticket(who)), call);
  auto person = TRY(store->person_of({"email", ascii_lower(who)}));
  if (!person) {
    auto ticket = app.find_ticket(who); // a Message-ID or a key
    if (ticket) return erase_ticket(app, *store, *ticket, call);
    return not_found(fmt::format("nobody with the address {} is known", who));
  }
  std::string names;
  for (const model::Identity& identity : person->identities)
    names += (names.empty() ? "" : ", ") + identity.value;
  if (call.has("dry-run")) {
    app.note(fmt::format("every conversation with {} would be erased", names));
    return 0;
  }
  bool yes = call.has("yes") ||
             TRY(app.confirm(fmt::format("erase every conversation with {} for good?", names), "--yes"));
  if (!yes) return not_found("nothing was erased");
  std::vector<sync::PullAccount> accounts = TRY(app::desk_accounts(app));
  std::vector<sync::RebuildAccount> desks;
  for (sync::PullAccount& account : accounts) {
    TRY(app::draw_history_line(*store, app, account));
    desks.push_back({&account.settings, &account.policy});
  }
  sync::EraseCounts n = TRY(sync::erase_person(*store, desks, *person, app::actor(app)));
  say_what_went(app, n);
  return 0;
}

} // namespace

constinit const cli::Command erase_command{
    "erase",
    "work",
    "remove a person or a conversation for good",
    "Removes messages, the mails as they arrived, the index and the journal's text, and rewrites the files "
    "so that nothing of it is left in them. A "
    "later pull does not bring it back, even from the beginning. What lies on the server and in backups "
    "stays there.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::none,
    {},
    &run,
};

} // namespace helpdesk
