#include "app/oauth.hpp"

#include "base/file.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "cli/table.hpp"

#include <fmt/format.h>

namespace helpdesk::app {
namespace {

constexpr int k_lock_wait_ms = 60'000; // another process may be waiting for a slow login server

std::string prefix_of(std::string_view account) { return fmt::format("accounts.{}.", account); }

std::optional<net::OAuthTokens> for_net(const std::optional<config::Tokens>& kept) {
  if (!kept || (kept->access.empty() && kept->refresh.empty())) return std::nullopt;
  // Without a time the access token is taken as stale: renewing costs one request, a refusal a login.
  return net::OAuthTokens{kept->access, kept->refresh, kept->expires.value_or(Instant{})};
}

Result<std::string> client_secret(const config::Config& config, std::string_view account) {
  std::vector<std::string> command = config.list(prefix_of(account) + "oauth.client_secret_command");
  if (command.empty()) return std::string();
  auto ended = run_process(command);
  std::string where = fmt::format("{}: client_secret_command {}", account, command.front());
  if (!ended) return fail(ErrorKind::credentials, where + ": " + ended.error().message);
  std::string secret(trim(ended->out.substr(0, ended->out.find_first_of("\r\n"))));
  config::wipe(ended->out);
  if (ended->exit_code != 0)
    return fail(ErrorKind::credentials, fmt::format("{} ended with code {}", where, ended->exit_code));
  if (secret.empty()) return fail(ErrorKind::credentials, where + " printed nothing");
  return secret;
}

} // namespace

Result<bool> uses_oauth(App& app, std::string_view account) {
  const config::Config& config = *TRY(app.config());
  std::string auth = config.text(prefix_of(account) + "auth");
  return auth == "xoauth2" || auth == "oauthbearer" ||
         !config.text(prefix_of(account) + "oauth.provider").empty();
}

Result<net::OAuthClient> oauth_client(App& app, std::string_view account) {
  const config::Config& config = *TRY(app.config());
  std::string prefix = prefix_of(account) + "oauth.";
  net::OAuthClient client;
  std::string name = config.text(prefix + "provider");
  if (name.empty())
    return usage_error(fmt::format("account {0}: no provider to log in with: helpdesk config set "
                                   "accounts.{0}.oauth.provider google, microsoft or custom",
                                   account));
  if (const net::OAuthProvider* known = net::find_oauth_provider(name)) {
    client.provider = *known;
  } else if (name == "custom") {
    client.provider.name = name;
  } else {
    return usage_error(
        fmt::format("account {}: unknown login provider \"{}\"{}: one of google, microsoft, custom", account,
                    name, cli::did_you_mean(name, {"google", "microsoft", "custom"})));
  }
  auto take = [&](std::string_view key, std::string& to) {
    if (std::string value = config.text(prefix + std::string(key)); !value.empty()) to = value;
  };
  take("authorization_url", client.provider.authorization_url);
  take("token_url", client.provider.token_url);
  take("device_url", client.provider.device_url);
  if (auto scopes = config.list(prefix + "scopes"); !scopes.empty()) client.provider.scopes = scopes;
  client.client_id = config.text(prefix + "client_id");
  for (auto [key, value] : {std::pair<std::string_view, const std::string*>{"client_id", &client.client_id},
                            {"token_url", &client.provider.token_url}})
    if (value->empty())
      return usage_error(fmt::format("account {0}: {1} is missing: register a client with the provider, then "
                                     "helpdesk config set accounts.{0}.oauth.{1} …",
                                     account, key));
  client.client_secret = TRY(client_secret(config, account));
  client.user = config.text(prefix_of(account) + "user");
  return client;
}

Result<void> keep_tokens(App& app, std::string_view account, const net::OAuthTokens& tokens) {
  config::SecretSource source = TRY(app.secret_source(account));
  const config::Config& config = *TRY(app.config());
  return config::write_tokens(source, {config.text(prefix_of(account) + "oauth.provider"),
                                       tokens.access_token, tokens.refresh_token, tokens.expires});
}

Result<std::string> oauth_access_token(App& app, std::string_view account, bool refused) {
  config::SecretSource source = TRY(app.secret_source(account));
  auto no_login = [&] {
    return fail(ErrorKind::credentials,
                fmt::format("no token for \"{0}\": run helpdesk auth login {0}", account));
  };
  std::optional<net::OAuthTokens> before = for_net(TRY(config::read_tokens(source)));
  if (!before) return no_login();
  constexpr auto k_margin = std::chrono::seconds(60);
  Instant now = system_now(); // never --now: the server has a clock of its own
  if (!refused && !before->access_token.empty() && before->expires > now + k_margin)
    return before->access_token;

  net::OAuthClient client = TRY(oauth_client(app, account));
  std::string directory = join_path(source.directory, "secrets");
  FileLock lock =
      TRY(FileLock::acquire(join_path(directory, safe_file_name(std::string(account) + ".oauth.lock")),
                            "helpdesk", k_lock_wait_ms));
  net::TokenStorage storage;
  bool renewed_by_another = false;
  storage.load = [&]() -> Result<std::optional<net::OAuthTokens>> {
    auto tokens = for_net(TRY(config::read_tokens(source)));
    renewed_by_another = tokens && tokens->access_token != before->access_token;
    return tokens;
  };
  storage.save = [&](const net::OAuthTokens& tokens) { return keep_tokens(app, account, tokens); };
  (void)TRY(storage.load());
  net::HttpClient http;
  auto token = net::access_token(http, client, storage, refused && !renewed_by_another, now);
  if (!token) return in_context(account, token.error());
  return token;
}

} // namespace helpdesk::app
