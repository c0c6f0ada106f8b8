#include "app/columns.hpp"
#include "app/desk.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "language/detect.hpp"
#include "language/stem.hpp"
#include "sync/freshness.hpp"
#include "sync/remote.hpp"

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command doctor_command;
namespace {

constexpr cli::Argument k_arguments[] = {
    {"ACCOUNT", cli::ValueKind::account, "only these accounts", cli::Arity::any}};
constexpr cli::Flag k_flags[] = {{"offline", 0, cli::ValueKind::none, "", "do not connect to anything"}};
constexpr cli::Example k_examples[] = {{"helpdesk doctor", "is everything well?"},
                                       {"helpdesk doctor --offline", "the same without the network"}};
constexpr cli::FieldDoc k_fields[] = {{"account", "which account; empty for what concerns all"},
                                      {"check", "what was looked at"},
                                      {"verdict", "ok, warning or problem"},
                                      {"detail", "what was found, and what to do"}};

class Findings {
 public:
  void add(std::string account, std::string check, std::string verdict, std::string detail) {
    render::Emphasis emphasis = verdict == "problem"   ? render::Emphasis::bad
                                : verdict == "warning" ? render::Emphasis::warn
                                                       : render::Emphasis::good;
    problem_ = problem_ || verdict == "problem";
    render::Row row;
    row.emplace_back(std::move(account));
    row.emplace_back(std::move(check));
    row.emplace_back(render::Value(std::move(verdict)), emphasis);
    row.emplace_back(std::move(detail));
    rows_.push_back(std::move(row));
  }
  bool problem() const { return problem_; }
  std::vector<render::Row>& rows() { return rows_; }

 private:
  std::vector<render::Row> rows_;
  bool problem_ = false;
};

void look_at_server(app::App& app, const std::string& name, Findings& findings) {
  auto backend = app.backend(name);
  auto checked = backend ? (*backend)->check() : Result<backend::CheckReport>(Failure(backend.error()));
  if (!checked) {
    findings.add(name, checked.error().kind == ErrorKind::credentials ? "credentials" : "reachable",
                 "problem", checked.error().message);
    return;
  }
  std::string facts = checked->identity;
  for (const std::string& fact : checked->facts) facts += (facts.empty() ? "" : "; ") + fact;
  findings.add(name, "reachable", "ok", facts);
  if (checked->clock_skew) {
    Duration skew = *checked->clock_skew;
    bool far = skew > std::chrono::minutes(2) || skew < -std::chrono::minutes(2);
    findings.add(name, "clock", far ? "warning" : "ok",
                 fmt::format("the server's clock differs by {}", format_duration(skew)));
  }
}

// What the account's kind of system counted with its last pull.
Result<void> look_at_kind(app::App& app, store::Store& store, const std::string& name, Findings& findings) {
  auto settings = app.account_settings(name);
  const backend::Kind* kind = settings ? backend::find_kind(settings->kind) : nullptr;
  if (!kind || !kind->remarks) return {};
  auto cursor = [&](std::string_view stream) { return store.cursor(name, stream); };
  for (backend::Remark& remark : TRY(kind->remarks(cursor)))
    findings.add(name, std::move(remark.check), remark.is_warning ? "warning" : "ok", std::move(remark.text));
  return {};
}

Result<void> look_at_store(app::App& app, store::Store& store, const std::string& name, Findings& findings) {
  store::AccountState state = TRY(store.account_state(name));
  if (!state.last_success) {
    findings.add(name, "pulled", "problem", "never pulled with success; run: helpdesk pull " + name);
    return {};
  }
  Duration age = app.now() - *state.last_success;
  findings.add(name, "pulled", age > std::chrono::hours(24) ? "warning" : "ok",
               fmt::format("last success {}{}", format_relative(*state.last_success, app.now(), app.zone()),
                           state.last_error.empty() ? "" : "; since then: " + state.last_error));
  std::optional<Instant> newest;
  std::size_t gone = 0;
  TRY(store.each_head(name, std::nullopt, [&](const model::Message& m) {
    if (!newest && m.direction == model::Direction::in) newest = m.time;
    if (m.gone_from_server) ++gone;
    return true;
  }));
  auto settings = app.account_settings(name);
  bool is_mailbox = settings && !sync::has_remote_tickets(*settings); // a log may hold no message at all
  if (newest || is_mailbox)
    findings.add(name, "newest", newest ? "ok" : "warning",
                 newest ? "newest customer message " + format_relative(*newest, app.now(), app.zone())
                        : "no customer message is stored");
  if (auto quiet = TRY(sync::find_quiet(store, name, app.now(), app.zone())))
    findings.add(name, "quiet", "warning",
                 fmt::format("nothing since {}, where {:.0f} messages would be usual (probability {:.2g}): "
                             "is mail still delivered here?",
                             format_minute(quiet->newest, app.zone()), quiet->expected, quiet->probability));
  if (TRY(sync::is_outgoing_unknown(store, name)))
    findings.add(
        name, "outgoing", "problem",
        "no outgoing message is known, so every ticket looks unanswered; is the Sent folder pulled?");
  if (gone > 0)
    findings.add(name, "gone", "ok",
                 fmt::format("{} gone from the server and kept here; helpdesk search is:gone lists them",
                             gone == 1 ? "1 message is" : fmt::format("{} messages are", gone)));
  TRY(look_at_kind(app, store, name, findings));
  auto defects = TRY(store.defective_records(name, 20));
  for (const store::RawRecord& record : defects)
    findings.add(name, "defect", "warning",
                 fmt::format("record {}…: {}; kept as it arrived, store rebuild tries it again",
                             record.key.substr(0, 12), record.defect));
  return {};
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  std::vector<std::string> names = TRY(app.accounts(call.argument_list("ACCOUNT")));
  Findings findings;
  std::string directory = TRY(app.store_directory());
  store::Store* store = nullptr;
  if (exists(join_path(directory, "store.db"))) {
    store = TRY(app.store(store::Access::read));
    store::Info info = TRY(store->info());
    findings.add("", "store", "ok",
                 fmt::format("{} tickets, {} messages, {} bytes in {}", info.tickets, info.messages,
                             info.bytes, info.path));
  } else {
    findings.add("", "store", "problem", "there is none yet; run: helpdesk pull");
  }
  if (auto room = free_bytes(store ? directory : "/"); room && *room < (1ULL << 30))
    findings.add("", "disk", "warning", fmt::format("only {} MB are free", *room >> 20));
  if (std::string problem = language_detection_problem(); !problem.empty())
    findings.add("", "languages", "warning", problem);
  if (std::string problem = stemming_problem(); !problem.empty())
    findings.add("", "languages", "warning", problem);
  for (const std::string& name : names) {
    if (!call.has("offline")) look_at_server(app, name, findings);
    if (store) TRY(look_at_store(app, *store, name, findings));
  }
  auto columns = app::columns_of(k_fields);
  for (render::Column& column : columns) column.keep = 9;
  columns[3].flexible = true;
  auto rows = TRY(app.rows(columns, "nothing to look at"));
  for (render::Row& row : findings.rows()) TRY(rows->row(std::move(row)));
  TRY(rows->finish());
  return findings.problem() ? 1 : 0;
}

} // namespace

constinit const cli::Command doctor_command{
    "doctor",
    "set up",
    "check accounts, credentials, freshness and the store",
    "For each account: reachable, credentials, clock, last success, newest record, records that could not be "
    "read, messages gone from the server, and "
    "whether it has gone quiet: from the arrivals per hour of week in the last eight weeks it tells when "
    "silence is too long to be chance. Exit code 1 "
    "when there is a problem.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::rows,
    k_fields,
    &run,
};

} // namespace helpdesk
