#include "app/app.hpp"
#include "app/desk.hpp"
#include "cli/command.hpp"
#include "reply/queue.hpp"

#include <mutex>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command pull_command;
namespace {

constexpr cli::Argument k_arguments[] = {{"ACCOUNT", cli::ValueKind::account,
                                          "account to pull; every account when none is named",
                                          cli::Arity::any}};
constexpr cli::Flag k_flags[] = {
    {"since", 0, cli::ValueKind::instant, "WHEN", "fetch only what arrived since then"},
    {"full", 0, cli::ValueKind::none, "", "look at everything again instead of what is new"},
    {"dry-run", 'n', cli::ValueKind::none, "", "fetch headers only, say what would come in, store nothing"},
    {"grace", 0, cli::ValueKind::duration, "TIME",
     "say nothing of a passing fault until the account has failed that long"},
    {"wait", 0, cli::ValueKind::duration, "TIME", "wait that long for another pull to end"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk pull", "fetch what is new from every account"},
    {"helpdesk pull sample --full", "look at one account from the beginning"},
};

std::string counted(std::uint64_t n, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", n, n == 1 ? one : many);
}

void report_quiet(app::App& app, const sync::PullOutcome& outcome) {
  if (!outcome.quiet) return;
  const sync::QuietWarning& quiet = *outcome.quiet;
  app.warn(fmt::format("{}: nothing has come in since {}, where {:.0f} messages would be usual: is it still "
                       "being delivered here?",
                       outcome.account, format_minute(quiet.newest, app.zone()), quiet.expected));
}

void report(app::App& app, const sync::PullOutcome& outcome, bool dry_run) {
  const sync::IngestCounts& n = outcome.counts;
  if (dry_run && n.listed > 0) {
    app.note(fmt::format("{}: {} can be read; nothing was stored", outcome.account,
                         counted(n.listed, "row", "rows")));
    return;
  }
  if (dry_run) {
    app.note(fmt::format("{}: {} belong to the desk, {} do not; nothing was stored", outcome.account,
                         counted(n.in_scope, "message", "messages"), n.out_of_scope));
    for (const std::string& example : outcome.examples_in) app.note("  in   " + example);
    for (const std::string& example : outcome.examples_out) app.note("  out  " + example);
    return;
  }
  if (outcome.recovered) app.warn(fmt::format("{}: works again", outcome.account));
  // Quiet success: a pull that found nothing has nothing to say to cron; on a terminal one line tells that it
  // ran.
  bool news = n.new_messages > 0 || n.changed_tickets > 0 || n.defects > 0;
  if (!news && !app.terminal().err_is_tty()) return;
  std::string line =
      fmt::format("{}: {}, {}", outcome.account, counted(n.new_messages, "new message", "new messages"),
                  counted(n.new_tickets, "new ticket", "new tickets"));
  if (n.out_of_scope > 0) line += fmt::format(", {} left out as none of the desk's", n.out_of_scope);
  if (n.erased > 0) line += fmt::format(", {} stay erased", n.erased);
  if (n.defects > 0)
    line += fmt::format(", {} could not be read whole (helpdesk doctor lists them)", n.defects);
  app.note(line);
  if (outcome.outgoing_unknown)
    app.warn(fmt::format(
        "{}: no outgoing message is known, so every ticket looks unanswered; pull the Sent folder too",
        outcome.account));
}

// 5 when something was committed, else the first of 4, 3, 75.
Result<int> verdict(const std::vector<sync::PullOutcome>& outcomes) {
  bool kept = false, failed_any = false;
  std::optional<ErrorKind> worst;
  auto rank = [](ErrorKind kind) {
    switch (kind) {
    case ErrorKind::interrupted: return 0;
    case ErrorKind::usage: return 1;
    case ErrorKind::credentials: return 2;
    case ErrorKind::retry: return 4;
    default: return 3;
    }
  };
  for (const sync::PullOutcome& outcome : outcomes) {
    if (!outcome.error) {
      kept = true;
      continue;
    }
    if (outcome.silent) continue;
    failed_any = true;
    if (!worst || rank(outcome.error->kind) < rank(*worst)) worst = outcome.error->kind;
    kept = kept || outcome.counts.records > 0;
  }
  if (!failed_any) return 0;
  if (*worst == ErrorKind::interrupted) return 130;
  if (kept && outcomes.size() > 1) return 5;
  switch (*worst) {
  case ErrorKind::usage: return 2;
  case ErrorKind::credentials: return 4;
  case ErrorKind::retry: return 75;
  default: return 3;
  }
}

// What is held or scheduled does not wait for queue send to be taken back: whoever reads list after a pull
// sees what has to be decided.
Result<void> take_back_overtaken(app::App& app, store::Store& store) {
  auto lock = reply::lock_queue(TRY(app.store_directory()), "helpdesk pull", 0);
  if (!lock) return {}; // queue send is at work: it looks itself
  auto lines = TRY(reply::take_back_overtaken(store, app.operator_identity(), app.now(), app.zone()));
  for (const std::string& line : lines) app.warn(line);
  return {};
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  std::vector<std::string> names = TRY(app.accounts(call.argument_list("ACCOUNT")));
  if (names.empty()) return usage_error("no account is configured; run: helpdesk init");
  store::Store* store = TRY(app.store(store::Access::write));
  int wait_ms = 0;
  if (auto wait = call.get("wait")) wait_ms = static_cast<int>(TRY(parse_duration(*wait)).count() / 1000);
  bool dry_run = call.has("dry-run");
  std::optional<FileLock> lock;
  if (!dry_run) lock = TRY(store->lock("helpdesk pull", wait_ms));

  sync::PullRequest request;
  request.options.full = call.has("full");
  request.options.dry_run = dry_run;
  request.options.now = app.now();
  if (auto since = call.get("since"))
    request.options.since = TRY(parse_instant(*since, app.now(), app.zone()));
  const config::Config& config = *TRY(app.config());
  request.grace = config.duration("pull.grace").value_or(Duration::zero());
  if (auto grace = call.get("grace")) request.grace = TRY(parse_duration(*grace));
  for (const std::string& name : names) {
    sync::PullAccount account = TRY(app::desk_account(app, name));
    if (!dry_run) TRY(app::draw_history_line(*store, app, account));
    request.accounts.push_back(std::move(account));
  }
  std::string directory = TRY(app.store_directory());
  request.open_store = [directory] { return store::open_sqlite_store(directory, store::Access::write); };
  auto progress = app.terminal().progress("pulling");
  std::mutex mutex;
  request.progress = [&](std::string_view account, std::string_view stream, std::uint64_t done,
                         std::uint64_t total) {
    std::lock_guard guard(mutex);
    progress->update(fmt::format("{} {}", account, stream), done, total);
  };
  std::vector<sync::PullOutcome> outcomes = sync::pull(request);
  progress.reset();
  for (const sync::PullOutcome& outcome : outcomes) {
    if (outcome.error && !outcome.silent) {
      std::string since =
          outcome.failing_since && *outcome.failing_since < app.now()
              ? fmt::format(" (failing since {})", format_minute(*outcome.failing_since, app.zone()))
              : "";
      app.warn(fmt::format("{}: {}{}", outcome.account, outcome.error->message, since));
    }
    if (!outcome.error || outcome.counts.new_messages > 0) report(app, outcome, dry_run);
    report_quiet(app, outcome);
  }
  if (!dry_run) TRY(take_back_overtaken(app, *store));
  return verdict(outcomes);
}

} // namespace

constinit const cli::Command pull_command{
    "pull",
    "pull",
    "fetch what customers and colleagues wrote",
    "Fetches new messages from every configured account into the local store, newest first, so that list is "
    "right at once. Accounts are "
    "pulled side by side; one that fails does not stop the others and is named with its reason.\n\n"
    "Only conversations with one of the desk's addresses are fetched, unless [accounts.NAME] scope = "
    "\"all\". Mail is never marked as read. "
    "A pull that is interrupted or killed goes on where it stopped.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::none,
    {},
    &run,
};

} // namespace helpdesk
