#include "app/desk.hpp"
#include "app/ticket_arguments.hpp"
#include "cli/command.hpp"

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command store_rebuild_command;
namespace {

constexpr cli::Example k_examples[] = {
    {"helpdesk store rebuild", "make tickets, people, timelines and the index again"}};
constexpr cli::Flag k_flags[] = {
    {"dry-run", 'n', cli::ValueKind::none, "", "say what would be read, change nothing"}};

Result<int> run(app::App& app, const cli::Invocation& call) {
  store::Store* store = TRY(app.store(store::Access::write));
  if (call.has("dry-run")) {
    store::Info info = TRY(store->info());
    app.note(fmt::format("{} and {} would be read again", app::counted(info.records, "record"),
                         app::counted(info.journal_entries, "journal entry", "journal entries")));
    return 0;
  }
  FileLock lock = TRY(store->lock("helpdesk store rebuild", 0));
  std::vector<sync::PullAccount> accounts = TRY(app::desk_accounts(app));
  std::vector<sync::RebuildAccount> rebuilt;
  for (sync::PullAccount& account : accounts) {
    TRY(app::draw_history_line(*store, app, account));
    rebuilt.push_back({&account.settings, &account.policy});
  }
  auto progress = app.terminal().progress("rebuilding");
  sync::RebuildCounts counts =
      TRY(sync::rebuild(*store, rebuilt, [&](std::uint64_t done, std::uint64_t total) {
        progress->update("records", done, total);
      }));
  progress.reset();
  app.note(
      fmt::format("{} records, {} messages, {} tickets", counts.records, counts.messages, counts.tickets));
  if (counts.defects > 0)
    app.warn(fmt::format("{} records could not be read whole; helpdesk doctor lists them", counts.defects));
  return 0;
}

} // namespace

constinit const cli::Command store_rebuild_command{
    "store rebuild",
    "set up",
    "derive everything again from what arrived and from the journal",
    "Tickets, people, timelines and the full-text index are derived from the raw records and the journal; "
    "this drops them and makes them again, in one "
    "step that a crash leaves undone. Run it after changing [[rules]], us or forms, or when verify asks for "
    "it. Records that could not be read "
    "before are tried again.",
    {},
    k_flags,
    k_examples,
    cli::Output::none,
    {},
    &run,
};

} // namespace helpdesk
