#include "app/desk.hpp"
#include "cli/command.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command undo_command;
namespace {

constexpr cli::Argument k_arguments[] = {
    {"N", cli::ValueKind::integer, "how many of the last actions (1)", cli::Arity::optional}};
constexpr cli::Example k_examples[] = {{"helpdesk undo", "take back the last change"},
                                       {"helpdesk undo 3", "take back the last three"}};

Result<int> run(app::App& app, const cli::Invocation& call) {
  std::string number = call.argument("N");
  long count = number.empty() ? 1 : std::stol(number);
  if (count < 1) return usage_error("undo: say how many actions, at least 1");
  std::vector<std::string> names = TRY(app.accounts({}));
  if (names.empty()) return usage_error("no account is configured; run: helpdesk init");
  store::Store* store = TRY(app.store(store::Access::write));
  for (long i = 0; i < count; ++i) {
    // Each action belongs to one account, whose policy derives its tickets again.
    store::JournalQuery query;
    query.kinds = {"set",    "note",    "message",      "merge",         "split",
                   "snooze", "worklog", "person_merge", "person_unmerge"};
    query.newest_first = true;
    std::string account = names.front();
    auto entries = TRY(store->journal(query));
    for (const store::JournalEntry& entry : entries)
      if (std::size_t colon = entry.subject.find(':');
          colon != std::string::npos && !entry.subject.starts_with("person:")) {
        std::string candidate = entry.subject.substr(0, colon);
        if (std::find(names.begin(), names.end(), candidate) != names.end()) {
          account = candidate;
          break;
        }
      }
    auto actions = TRY(app::DeskActions::open(app, account));
    std::vector<std::string> undone = TRY((*actions)->undo(1));
    if (undone.empty()) {
      if (i == 0) return not_found("nothing to undo");
      break;
    }
    for (const std::string& words : undone) app.note("undone: " + words);
  }
  return 0;
}

} // namespace

constinit const cli::Command undo_command{
    "undo",
    "work",
    "take back the last changes",
    "Undoes the newest actions of this store: changes, notes, merges, splits, snoozes. What was sent cannot "
    "be taken back.",
    k_arguments,
    {},
    k_examples,
    cli::Output::none,
    {},
    &run,
};

} // namespace helpdesk
