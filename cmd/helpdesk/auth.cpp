#include "app/app.hpp"
#include "app/columns.hpp"
#include "app/oauth.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "cli/table.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command auth_command, auth_login_command, auth_logout_command, auth_status_command;
namespace {

bool wants_login(const config::Config& config, const std::string& account) {
  const backend::Kind* kind = backend::find_kind(config.text("accounts." + account + ".backend"));
  return kind && std::any_of(kind->keys.begin(), kind->keys.end(), [](const backend::SettingKey& key) {
           return key.name == "auth" || key.name == "user";
         });
}

// An account, or "smtp.NAME" for a server that sends. Without a name: the only account that logs in at all.
Result<std::string> whose(app::App& app, const std::string& named) {
  const config::Config& config = *TRY(app.config());
  if (named.starts_with("smtp.")) {
    std::vector<std::string> servers = config.names("smtp");
    if (std::find(servers.begin(), servers.end(), named.substr(5)) != servers.end()) return named;
    return usage_error(fmt::format("no [{}] in the configuration{}", named,
                                   cli::did_you_mean(named.substr(5), {servers.begin(), servers.end()})));
  }
  if (!named.empty()) return TRY(app.accounts({named})).front();
  std::vector<std::string> candidates;
  for (const std::string& account : TRY(app.accounts({})))
    if (wants_login(config, account)) candidates.push_back(account);
  if (candidates.size() == 1) return candidates.front();
  if (candidates.empty()) return usage_error("no account logs in anywhere; name one: helpdesk account list");
  return usage_error("say which account: " + join(candidates, ", "));
}

constexpr cli::Argument k_arguments[] = {
    {"ACCOUNT", cli::ValueKind::account,
     "account, or smtp.NAME for a server that sends; may be left out when there is one only",
     cli::Arity::optional}};

// ---- login

constexpr cli::Flag k_login_flags[] = {
    {"stdin", 0, cli::ValueKind::none, "", "read the password from standard input, for scripts"},
    {"keep", 0, cli::ValueKind::choice, "WHERE",
     "where to keep a password: the desktop's keyring, or a file that only you can read", "keyring|file"},
    {"device", 0, cli::ValueKind::none, "", "token: type a code into a page on any device"},
    {"browser", 0, cli::ValueKind::none, "", "token: agree in a browser on this machine"},
    {"wait", 0, cli::ValueKind::duration, "TIME", "token: how long to wait for the browser (5m)"},
    {"dry-run", 'n', cli::ValueKind::none, "", "say what would be asked and kept, do nothing"},
};
constexpr cli::Example k_login_examples[] = {
    {"helpdesk auth login shop", "asks for the password, or leads through the provider's page", false},
    {"pass show desk | helpdesk auth login shop --stdin --keep file", "in a script", false},
};

Result<int> login_with_token(app::App& app, const cli::Invocation& call, const std::string& account) {
  net::OAuthClient client = TRY(app::oauth_client(app, account));
  if (call.has("device") && call.has("browser"))
    return usage_error("--device and --browser exclude each other");
  bool device = call.has("device") || (!call.has("browser") && !client.provider.device_url.empty());
  if (!device && client.provider.authorization_url.empty())
    return usage_error(fmt::format(
        "account {0}: no page to log in at: helpdesk config set accounts.{0}.oauth.authorization_url …",
        account));
  if (call.has("dry-run")) {
    app.note(fmt::format("{}: {} would be asked for a token ({})", account, client.provider.name,
                         device ? "a code on any device" : "browser on this machine"));
    return 0;
  }
  net::HttpClient http;
  auto tokens = [&]() -> Result<net::OAuthTokens> {
    if (device) {
      net::DeviceLogin login = TRY(net::begin_device_login(http, client, system_now()));
      app.terminal().err(
          fmt::format("open {} and enter the code {}", login.verification_url, login.user_code));
      return net::finish_device_login(http, client, login);
    }
    net::LoopbackLogin login = TRY(net::LoopbackLogin::begin(client));
    app.terminal().err("open this address in a browser on this machine:\n" + login.authorization_url());
    Duration wait = std::chrono::minutes(5);
    if (auto given = call.get("wait")) wait = TRY(parse_duration(*given));
    return login.finish(http, static_cast<int>(std::clamp<std::int64_t>(wait.count() / 1000, 1, 3'600'000)));
  }();
  if (!tokens) return in_context(account, tokens.error());
  TRY(app::keep_tokens(app, account, *tokens));
  app.note(fmt::format("{}: logged in; the token is renewed by itself", account));
  if (tokens->refresh_token.empty())
    app.warn(fmt::format("{}: the provider gave no token for renewal: this login ends {}", account,
                         format_minute(tokens->expires, app.zone())));
  return 0;
}

Result<config::Secret> asked_password(app::App& app, const cli::Invocation& call,
                                      const std::string& account) {
  if (call.has("stdin")) {
    std::string text = TRY(app.terminal().read_in(64 << 10));
    std::string line = text.substr(0, text.find_first_of("\r\n"));
    config::wipe(text);
    if (line.empty()) return usage_error("--stdin: the first line of standard input is empty");
    return config::Secret(std::move(line));
  }
  if (!app.may_ask()) return usage_error("nobody can be asked for the password: give it with --stdin");
  auto typed = app.terminal().ask(fmt::format("password for {}: ", account), true);
  if (!typed || typed->empty()) return not_found("no password was typed; nothing was changed");
  return config::Secret(std::move(*typed));
}

Result<int> run_login(app::App& app, const cli::Invocation& call) {
  std::string account = TRY(whose(app, call.argument("ACCOUNT")));
  bool is_account = !account.starts_with("smtp.");
  if (is_account && TRY(app::uses_oauth(app, account))) return login_with_token(app, call, account);
  if (call.has("device") || call.has("browser"))
    return usage_error(fmt::format("{0} logs in with a password; for tokens: helpdesk config set "
                                   "accounts.{0}.oauth.provider google, microsoft or custom",
                                   account));
  const config::Config& config = *TRY(app.config());
  if (is_account && !wants_login(config, account))
    return usage_error(fmt::format("{}: backend {} needs no login", account,
                                   config.text("accounts." + account + ".backend")));
  config::SecretSource source = TRY(app.secret_source(account));
  if (!source.password_command.empty())
    return usage_error(fmt::format(
        "{}: password_command is set and comes first; take it away to keep a password here", account));
  config::SecretPlace place =
      config::keyring_available() ? config::SecretPlace::keyring : config::SecretPlace::file;
  if (auto keep = call.get("keep"))
    place = *keep == "keyring" ? config::SecretPlace::keyring : config::SecretPlace::file;
  if (place == config::SecretPlace::keyring && !config::keyring_available())
    return usage_error(
        "--keep keyring: no keyring here (it needs secret-tool and a desktop session): say --keep file");
  if (call.has("dry-run")) {
    app.note(fmt::format("{}: the password would be kept in the {}", account, text(place)));
    return 0;
  }
  config::Secret secret = TRY(asked_password(app, call, account));
  if (auto stored = config::store_password(source, secret, place); !stored) {
    Error error = stored.error();
    if (place == config::SecretPlace::keyring)
      error.message += "; --keep file keeps it in a file that only you can read";
    return Failure(std::move(error));
  }
  app.note(fmt::format("{}: the password is kept in the {}{}", account, text(place),
                       is_account ? "; helpdesk account test " + account + " tries it" : ""));
  return 0;
}

// ---- logout

constexpr cli::Flag k_logout_flags[] = {
    {"dry-run", 'n', cli::ValueKind::none, "", "say what would be forgotten, forget nothing"}};
constexpr cli::Example k_logout_examples[] = {
    {"helpdesk auth logout shop", "forget the password or the token of an account", false}};

Result<int> run_logout(app::App& app, const cli::Invocation& call) {
  std::string account = TRY(whose(app, call.argument("ACCOUNT")));
  config::SecretSource source = TRY(app.secret_source(account));
  bool commanded = !source.password_command.empty();
  source.password_command.clear();
  if (call.has("dry-run")) {
    auto tokens = config::read_tokens(source);
    auto password = config::find_password(source);
    std::string what = tokens && *tokens ? "the token" : "";
    if (password && password->place != config::SecretPlace::environment)
      what += fmt::format("{}the password in the {}", what.empty() ? "" : " and ", text(password->place));
    app.note(fmt::format("{}: {} would be forgotten", account, what.empty() ? "nothing" : what));
    return 0;
  }
  bool password = TRY(config::forget_password(source));
  bool token = TRY(config::forget_tokens(source));
  if (commanded) app.warn(fmt::format("{}: password_command still gives the password", account));
  if (environment(config::environment_variable_of(account).c_str()))
    app.warn(
        fmt::format("{}: {} still gives the password", account, config::environment_variable_of(account)));
  if (!password && !token) return not_found(fmt::format("{}: nothing was kept here", account));
  app.note(fmt::format("{}: forgotten{}", account,
                       token ? "; the provider's page of connected apps ends the token there too" : ""));
  return 0;
}

// ---- status

constexpr cli::Example k_status_examples[] = {
    {"helpdesk auth status", "where the password or token of each account comes from"}};
constexpr cli::FieldDoc k_status_fields[] = {
    {"account", "the account, or smtp.NAME for a server that sends"},
    {"method", "password, token or none"},
    {"source", "password_command, keyring, file, environment, or the account whose login is used"},
    {"detail", "until when it is good, or what is missing"}};

struct Standing {
  std::string account, method, source, detail;
  bool missing = false;
};

Result<Standing> token_standing(app::App& app, const std::string& account) {
  Standing standing{account, "token", "", ""};
  auto tokens = config::read_tokens(TRY(app.secret_source(account)));
  if (!tokens || !*tokens) {
    standing.missing = true;
    standing.detail = tokens ? "no login yet: helpdesk auth login " + account : tokens.error().message;
    return standing;
  }
  standing.source = "file";
  const config::Tokens& kept = **tokens;
  bool good = kept.expires && *kept.expires > system_now();
  standing.missing = !good && kept.refresh.empty();
  if (standing.missing)
    standing.detail = "has ended: helpdesk auth login " + account;
  else if (good)
    standing.detail = "good until " + format_minute(*kept.expires, app.zone()) +
                      (kept.refresh.empty() ? "" : ", then renewed");
  else
    standing.detail = "renewed at the next use";
  return standing;
}

// A password_command is named, not run: it may ask for a passphrase.
Result<std::optional<std::string>> password_place(app::App& app, const std::string& account) {
  config::SecretSource source = TRY(app.secret_source(account));
  if (!source.password_command.empty()) return std::optional<std::string>("password_command");
  auto found = config::find_password(source);
  return found ? std::optional<std::string>(text(found->place)) : std::nullopt;
}

Result<Standing> standing_of(app::App& app, const std::string& account) {
  const config::Config& config = *TRY(app.config());
  if (!wants_login(config, account))
    return Standing{account, "none", "",
                    "backend " + config.text("accounts." + account + ".backend") + " needs no login"};
  if (TRY(app::uses_oauth(app, account))) return token_standing(app, account);
  auto place = TRY(password_place(app, account));
  if (place)
    return Standing{account, "password", *place,
                    *place == "password_command" ? TRY(app.secret_source(account)).password_command.front()
                                                 : ""};
  return Standing{account, "password", "", "none kept: helpdesk auth login " + account, true};
}

Result<int> run_status(app::App& app, const cli::Invocation& call) {
  const config::Config& config = *TRY(app.config());
  std::vector<Standing> all;
  std::string named = call.argument("ACCOUNT");
  for (const std::string& account :
       named.empty() ? TRY(app.accounts({})) : std::vector{TRY(whose(app, named))})
    if (!account.starts_with("smtp.")) all.push_back(TRY(standing_of(app, account)));
  for (const std::string& server : config.names("smtp")) {
    std::string name = "smtp." + server;
    if (!named.empty() && named != name) continue;
    if (config.text(name + ".user").empty()) {
      all.push_back({name, "none", "", "sends without a login"});
    } else if (auto place = TRY(password_place(app, name))) {
      all.push_back({name, "password", *place, ""});
    } else {
      std::string owner = config.text(name + ".account");
      std::string auth = config.text(name + ".auth");
      all.push_back({name, auth == "xoauth2" || auth == "oauthbearer" ? "token" : "password",
                     owner.empty() ? "the account that sends" : owner, ""});
    }
  }
  auto columns = app::columns_of(k_status_fields);
  for (render::Column& column : columns) column.keep = 9;
  columns[3].flexible = true;
  auto rows = TRY(app.rows(columns, "nothing to log in to"));
  bool missing = false;
  for (Standing& standing : all) {
    missing = missing || standing.missing;
    TRY(rows->row({standing.account, standing.method, standing.source, standing.detail}));
  }
  TRY(rows->finish());
  return missing ? 4 : 0;
}

} // namespace

constinit const cli::Command auth_command{"auth",
                                          "set up",
                                          "passwords and tokens of accounts",
                                          "Secrets are kept in the desktop's keyring or in a file that only "
                                          "you can read, never in the configuration.",
                                          {},
                                          {},
                                          {},
                                          cli::Output::none,
                                          {},
                                          nullptr};

constinit const cli::Command auth_login_command{
    "auth login",
    "set up",
    "keep a password, or fetch a token from the provider",
    "For an account with a password it is asked for without echo and kept in the keyring, else in a file of "
    "mode 0600. For one with a token "
    "([accounts.NAME.oauth]) the provider's page is opened: with a code on any device (Microsoft), or in a "
    "browser on this machine (Google and others); "
    "the access token is renewed by itself from then on.\n\n"
    "A secret is looked for in this order: password_command, keyring, file, and last the environment "
    "(HELPDESK_PASSWORD_NAME).",
    k_arguments,
    k_login_flags,
    k_login_examples,
    cli::Output::none,
    {},
    &run_login};

constinit const cli::Command auth_logout_command{
    "auth logout",
    "set up",
    "forget the password or token of an account",
    "Removes it from the keyring and from the file. Nothing is changed at the provider.",
    k_arguments,
    k_logout_flags,
    k_logout_examples,
    cli::Output::none,
    {},
    &run_logout};

constinit const cli::Command auth_status_command{
    "auth status",
    "set up",
    "show where each password and token comes from",
    "Never shows a secret, and connects to nothing. Exit code 4 when one is missing.",
    k_arguments,
    {},
    k_status_examples,
    cli::Output::rows,
    k_status_fields,
    &run_status};

} // namespace helpdesk
