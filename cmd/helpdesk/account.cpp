#include "app/app.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "cli/table.hpp"

#include <algorithm>

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
};

Result<int> run_add(app::App& app, const cli::Invocation& call) {
  std::string name = call.argument("NAME");
  std::optional<std::string> kind_name = call.get("backend");
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
      same->values.push_back(value); // given again: a list
  }
  for (const backend::SettingKey& key : kind->keys)
    if (key.required && std::none_of(settings.begin(), settings.end(),
                                     [&](const config::Setting& one) { return one.key == key.name; }))
      return usage_error("account add: " + *kind_name + " needs --set " + std::string(key.name) +
                         "=…: " + std::string(key.help));
  std::string table = TRY(config::table_text("accounts." + name, settings, app.config_keys()));
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
    "helpdesk auth login.",
    k_add_arguments,
    k_add_flags,
    k_add_examples,
    cli::Output::none,
    {},
    &run_add};

} // namespace helpdesk
