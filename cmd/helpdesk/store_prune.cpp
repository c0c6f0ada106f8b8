#include "app/desk.hpp"
#include "cli/command.hpp"
#include "sync/prune.hpp"

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command store_prune_command;
namespace {

constexpr cli::Flag k_flags[] = {
    {"older", 0, cli::ValueKind::duration, "TIME", "mails received longer ago than this: 3y"},
    {"larger", 0, cli::ValueKind::text, "SIZE", "only attachments above this size (100kB)"},
    {"account", 0, cli::ValueKind::account, "NAME", "only this account", "", true},
    {"yes", 'y', cli::ValueKind::none, "", "do it; without this flag nothing is changed"},
    {"dry-run", 'n', cli::ValueKind::none, "", "say what would go, change nothing; so it is without --yes"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk store prune --older 3y", "how much would become free"},
    {"helpdesk store prune --older 3y --larger 1MB --yes", "take big attachments out of old mails", false},
};

std::string size_text(std::uint64_t bytes) {
  return bytes < 1'000'000 ? fmt::format("{} kB", (bytes + 999) / 1000)
                           : fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  auto older = call.get("older");
  if (!older) return usage_error("--older is missing: how old must a mail be? Such as --older 3y");
  sync::PruneRequest request;
  request.before = app.now() - TRY(parse_duration(*older));
  if (auto larger = call.get("larger")) {
    auto size = config::parse_size(*larger);
    if (!size) return in_context("--larger", size.error());
    request.larger = *size;
  }
  request.dry_run = !call.has("yes") || call.has("dry-run");
  request.actor = app.operator_identity();
  request.now = app.now();
  store::Store* store = TRY(app.store(request.dry_run ? store::Access::read : store::Access::write));
  std::optional<FileLock> lock;
  if (!request.dry_run) lock = TRY(store->lock("helpdesk store prune", 0));
  auto progress = app.terminal().progress("pruning");
  std::uint64_t mails = 0, parts = 0, bytes = 0, unreachable = 0;
  for (const std::string& name : TRY(app.accounts(call.all("account")))) {
    sync::PullAccount account = TRY(app::desk_account(app, name));
    if (!request.dry_run) TRY(app::draw_history_line(*store, app, account));
    request.progress = [&](std::uint64_t done) { progress->update(name, done, 0); };
    sync::PruneCounts n = TRY(sync::prune(*store, account.settings, account.policy, request));
    mails += n.mails;
    parts += n.parts;
    bytes += n.bytes;
    unreachable += n.unreachable;
  }
  progress.reset();
  if (parts == 0) {
    app.note(fmt::format("no mail from before {} has attachments that large",
                         format_minute(request.before, app.zone())));
    return 0;
  }
  std::string what =
      fmt::format("{} attachment{} of {} mail{} from before {}, {}", parts, parts == 1 ? "" : "s", mails,
                  mails == 1 ? "" : "s", format_minute(request.before, app.zone()), size_text(bytes));
  if (unreachable > 0)
    app.warn(fmt::format("{} of these mails lie nowhere but here: their attachments {} gone for good",
                         unreachable, request.dry_run ? "would be" : "are"));
  if (request.dry_run) {
    app.note("would go: " + what);
    app.note("the mails stay, and so do the names and sizes of what went; --yes does it");
    return 0;
  }
  TRY(store->compact_timelines());
  TRY(store->vacuum());
  app.note("gone: " + what + "; the receipt stands in helpdesk log");
  return 0;
}

} // namespace

constinit const cli::Command store_prune_command{
    "store prune",
    "set up",
    "take big attachments out of old mails",
    "The mails stay with their text, and with the name and size of each attachment that went; what still "
    "lies on the server is fetched again when it is "
    "opened. The journal keeps a receipt. Without --yes it only says what would go. Make a backup first if "
    "in doubt: helpdesk store backup.",
    {},
    k_flags,
    k_examples,
    cli::Output::none,
    {},
    &run,
};

} // namespace helpdesk
