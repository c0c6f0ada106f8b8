#include "app/app.hpp"
#include "backend/table/propose.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "cli/table.hpp"

#include <algorithm>
#include <filesystem>

namespace helpdesk {
extern const cli::Command account_command, account_list_command, account_add_command;
namespace {

using render::Column;

constexpr cli::Example k_list_examples[] = {
    {"helpdesk account list", "what is pulled, and when it last was"}};
constexpr cli::FieldDoc k_list_fields[] = {{"account", "its name"},
                                           {"backend", "kind of system"},
                                           {"us", "addresses and domains of the desk"},
                                           {"send", "how replies leave: smtp, backend or none"},
                                           {"read_only", "whether changes and sending are refused"},
                                           {"pulled", "when it was last pulled with success"}};

Result<int> run_list(app::App& app, const cli::Invocation&) {
  const config::Config& config = *TRY(app.config());
  Column name{"account", "Account"}, kind{"backend", "Backend"}, us{"us", "Us"}, send{"send", "Send"},
      read_only{"read_only", "Read only"}, pulled{"pulled", "Pulled"};
  name.keep = 9;
  us.flexible = true;
  us.keep = 3;
  auto rows = TRY(
      app.rows({name, kind, us, send, read_only, pulled}, "no account yet: helpdesk account add makes one"));
  store::Store* store = nullptr; // before the first pull there is none
  if (exists(join_path(TRY(app.store_directory()), "store.db"))) store = TRY(app.store(store::Access::read));
  for (const std::string& account : config.names("accounts")) {
    std::string prefix = "accounts." + account + ".";
    std::vector<std::string> ours = config.list(prefix + "us");
    for (const std::string& address : config.list(prefix + "us.addresses")) ours.push_back(address);
    for (const std::string& domain : config.list(prefix + "us.domains")) ours.push_back("@" + domain);
    std::optional<Instant> last;
    if (store) last = TRY(store->account_state(account)).last_success;
    TRY(rows->row({account, config.text(prefix + "backend"), join(ours, ", "),
                   config.text(prefix + "send.via"), config.flag(prefix + "read_only"), last}));
  }
  TRY(rows->finish());
  return 0;
}

constexpr cli::Argument k_add_arguments[] = {
    {"NAME", cli::ValueKind::text, "what to call it: letters, digits, - and _"}};
constexpr cli::Flag k_add_flags[] = {
    {"from", 0, cli::ValueKind::text, "FILE",
     "look at this log (CSV, TSV, JSON; packed or not; or a folder of them) and propose what its columns "
     "mean"},
    {"mapping", 0, cli::ValueKind::text, "NAME", "with --from: use this ready mapping"},
    {"yes", 'y', cli::ValueKind::none, "", "with --from: take the proposal without asking"},
    {"dry-run", 'n', cli::ValueKind::none, "", "show what would be written, write nothing"},
    {"backend", 0, cli::ValueKind::text, "KIND", "kind of system; helpdesk backend list names them"},
    {"us", 0, cli::ValueKind::address, "ADDRESS", "address of the desk, or @example.org for a whole domain",
     "", true},
    {"set", 0, cli::ValueKind::text, "KEY=VALUE",
     "a setting of the account; helpdesk backend show KIND lists them", "", true},
};
constexpr cli::Example k_add_examples[] = {
    {"helpdesk account add archive --backend maildir --set path=~/Maildir --us support@example.org",
     "read a Maildir"},
    {"helpdesk account add shop --backend imap --set host=imap.example.org --set user=support@example.org "
     "--us @example.org",
     "read a mailbox on a server"},
    {"helpdesk account add calls --from examples/logs/calls.csv --dry-run", "see what is made of a call log"},
};

// What was understood of the first rows, in words.
void show(app::App& app, const backend::table::Proposal& proposal) {
  for (const std::string& fact : proposal.facts) app.note(fact);
  for (const backend::table::Understood& row : proposal.rows) {
    std::string line;
    for (const auto& [field, value] : row.fields) line += (line.empty() ? "" : "; ") + field + " " + value;
    app.note(row.place + ": " + (row.problem.empty() ? line : "cannot be used: " + row.problem));
  }
  if (!proposal.unused.empty()) app.note("kept as custom fields: " + join(proposal.unused, ", "));
}

std::string absolute(const std::string& path) {
  if (path.starts_with('/') || path.starts_with('~')) return path;
  std::error_code error;
  std::string folder = std::filesystem::current_path(error).string();
  return config::shown_path(join_path(folder, path));
}

// What --set says; a key that is given again is a list.
Result<std::vector<config::Setting>> said_settings(const cli::Invocation& call) {
  std::vector<config::Setting> settings;
  for (const std::string& text : call.all("set")) {
    std::size_t equals = text.find('=');
    if (equals == std::string::npos)
      return usage_error("account add: --set: \"" + text + "\" is not KEY=VALUE");
    std::string key = text.substr(0, equals), value = text.substr(equals + 1);
    auto same = std::find_if(settings.begin(), settings.end(),
                             [&](const config::Setting& one) { return one.key == key; });
    if (same == settings.end())
      settings.push_back({key, {value}});
    else
      same->values.push_back(value);
  }
  return settings;
}

// What is proposed for a log, with what was said above it.
Result<std::vector<config::Setting>> settings_from(app::App& app, const cli::Invocation& call,
                                                   const std::string& file,
                                                   const std::vector<config::Setting>& said) {
  backend::table::Wish wish;
  wish.path = absolute(file);
  wish.mapping = call.get("mapping").value_or("");
  wish.zone = app.zone().name();
  const backend::Kind* table = backend::find_kind("table");
  std::vector<config::Setting> settings;
  for (const config::Setting& one : said) {
    bool is_table = std::any_of(table->keys.begin(), table->keys.end(), [&](const backend::SettingKey& key) {
      return backend::is_setting(key.name, one.key);
    });
    if (is_table)
      wish.said.emplace_back(one.key, one.values);
    else
      settings.push_back(one);
  }
  auto proposal = TRY(backend::table::propose(wish));
  show(app, proposal);
  std::size_t at = 0;
  for (auto& [key, values] : proposal.settings)
    settings.insert(settings.begin() + static_cast<std::ptrdiff_t>(at++), {key, values});
  return settings;
}

Result<int> run_add(app::App& app, const cli::Invocation& call) {
  std::string name = call.argument("NAME");
  std::optional<std::string> kind_name = call.get("backend"), from = call.get("from");
  if (from && kind_name && *kind_name != "table")
    return usage_error("account add: --from is for logs: leave --backend out");
  if (from) kind_name = "table";
  if (call.get("mapping") && !from)
    return usage_error("account add: --mapping needs --from; without it, --set mapping=NAME");
  if (!kind_name)
    return usage_error("account add: --backend is missing: helpdesk backend list names the kinds");
  const backend::Kind* kind = backend::find_kind(*kind_name);
  if (!kind) {
    std::vector<std::string_view> names;
    for (const backend::Kind* one : backend::kinds()) names.push_back(one->name);
    return usage_error("account add: --backend: unknown kind \"" + *kind_name + "\"" +
                       cli::did_you_mean(*kind_name, names));
  }
  const config::Config& config = *TRY(app.config());
  std::vector<std::string> known = config.names("accounts");
  if (std::find(known.begin(), known.end(), name) != known.end())
    return usage_error("account add: there is an account \"" + name +
                       "\" already: helpdesk config set changes it");
  std::vector<config::Setting> settings{{"backend", {*kind_name}}};
  if (auto us = call.all("us"); !us.empty()) settings.push_back({"us", us});
  auto said = TRY(said_settings(call));
  if (from) said = TRY(settings_from(app, call, *from, said));
  settings.insert(settings.end(), said.begin(), said.end());
  for (const backend::SettingKey& key : kind->keys)
    if (key.required && std::none_of(settings.begin(), settings.end(),
                                     [&](const config::Setting& one) { return one.key == key.name; }))
      return usage_error("account add: " + *kind_name + " needs --set " + std::string(key.name) +
                         "=…: " + std::string(key.help));
  std::string table = TRY(config::table_text("accounts." + name, settings, app.config_keys()));
  if (call.has("dry-run")) {
    TRY(app.write(table));
    return 0;
  }
  if (from && !call.has("yes") && app.may_ask() && !TRY(app.confirm("add this account?", "--yes"))) {
    app.note("nothing was written");
    return 0;
  }
  TRY(config::append_to_file(TRY(app.config_file()), table, app.config_keys()));
  app.note("added; helpdesk pull " + name + " fetches it");
  return 0;
}

} // namespace

constinit const cli::Command account_command{
    "account",
    "set up",
    "the systems that are pulled",
    "An account is one mailbox, one ticket system, one channel: [accounts.NAME] in the configuration.",
    {},
    {},
    {},
    cli::Output::none,
    {},
    nullptr};

constinit const cli::Command account_list_command{
    "account list", "set up", "show the configured accounts", "", {}, {}, k_list_examples, cli::Output::rows,
    k_list_fields,  &run_list};

constinit const cli::Command account_add_command{
    "account add",
    "set up",
    "configure another account",
    "Appends a table to the user's configuration. Passwords never stand in it: set password_command, or run "
    "helpdesk auth login.\n\n"
    "--from FILE looks at a log (calls, chats, exports of other systems, process logs), says what it "
    "understands "
    "of its first rows and proposes what its columns mean; --set corrects it, key by key. The names of the "
    "keys "
    "are in helpdesk backend show table.",
    k_add_arguments,
    k_add_flags,
    k_add_examples,
    cli::Output::none,
    {},
    &run_add};

} // namespace helpdesk
