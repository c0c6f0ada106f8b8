#include "net/oauth.hpp"

#include "base/process.hpp"
#include "base/text.hpp"
#include "net/flat_json.hpp"
#include "net/oauth_answer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <thread>

#include <fmt/format.h>

namespace helpdesk::net {
namespace {

constexpr auto k_margin = std::chrono::seconds(60); // a token that dies on the way to the server is of no use

std::int64_t integer(std::string_view text, std::int64_t otherwise) {
  std::int64_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  return error == std::errc() && !text.empty() ? n : otherwise;
}

std::string value_of(const JsonMembers& members, std::string_view name) {
  const auto it = members.find(name);
  return it == members.end() ? "" : it->second;
}

std::string joined_scopes(const OAuthClient& client) { return join(client.provider.scopes, " "); }

// Sleeps, and tells whether it was left in peace.
bool sleep_unless_interrupted(int ms) {
  for (; ms > 0 && !interrupted(); ms -= 100)
    std::this_thread::sleep_for(std::chrono::milliseconds(std::min(ms, 100)));
  return !interrupted();
}

} // namespace

std::span<const OAuthProvider> oauth_providers() {
  static const std::array<OAuthProvider, 2> providers{{
      {.name = "google",
       .authorization_url = "https://accounts.google.com/o/oauth2/v2/auth",
       .token_url = "https://oauth2.googleapis.com/token",
       .device_url = "", // Google's device flow does not cover mail
       .scopes = {"https://mail.google.com/"},
       .refusal_reasons = "Google ends it after 7 days while the project is in testing mode, after 6 months "
                          "without use, when the "
                          "password changes, and when access is withdrawn"},
      {.name = "microsoft",
       .authorization_url = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
       .token_url = "https://login.microsoftonline.com/common/oauth2/v2.0/token",
       .device_url = "https://login.microsoftonline.com/common/oauth2/v2.0/devicecode",
       .scopes = {"https://outlook.office.com/IMAP.AccessAsUser.All", "https://outlook.office.com/SMTP.Send",
                  "offline_access"},
       .refusal_reasons = "Microsoft ends it after 90 days without use, when the password changes, and when "
                          "a new sign-in rule "
                          "(multi-factor or conditional access) applies"},
  }};
  return providers;
}

const OAuthProvider* find_oauth_provider(std::string_view name) {
  for (const OAuthProvider& p : oauth_providers())
    if (p.name == name) return &p;
  return nullptr;
}

std::string to_text(const OAuthTokens& t) {
  return fmt::format("{{\"access_token\":{},\"refresh_token\":{},\"expires\":{}}}",
                     json_string(t.access_token), json_string(t.refresh_token), unix_seconds(t.expires));
}

std::optional<OAuthTokens> parse_oauth_tokens(std::string_view text) {
  const auto members = parse_flat_json(text);
  if (!members) return std::nullopt;
  OAuthTokens t{.access_token = value_of(*members, "access_token"),
                .refresh_token = value_of(*members, "refresh_token"),
                .expires = instant_of_seconds(integer(value_of(*members, "expires"), 0))};
  if (t.access_token.empty() && t.refresh_token.empty()) return std::nullopt;
  return t;
}

Result<JsonMembers> ask_oauth(HttpClient& http, const std::string& url,
                              const std::vector<std::pair<std::string, std::string>>& fields) {
  const HttpResponse response = TRY(http.post_form(url, fields));
  if (response.status >= 500 || response.status == 429)
    return try_later(
        fmt::format("{}: the login server answers with status {}", origin_of(url), response.status));
  auto members = parse_flat_json(response.body);
  if (!members)
    return failed(fmt::format("{}: the login server's answer (status {}) cannot be read", origin_of(url),
                              response.status));
  if (response.status >= 400 && value_of(*members, "error").empty())
    return failed(
        fmt::format("{}: the login server answers with status {}", origin_of(url), response.status));
  return members;
}

std::string oauth_problem(const JsonMembers& members) {
  const std::string description = value_of(members, "error_description");
  return ellipsize(
      collapse_spaces(value_of(members, "error") + (description.empty() ? "" : ": " + description)), 300);
}

Result<OAuthTokens> tokens_of(const JsonMembers& members, std::string_view old_refresh_token, Instant now) {
  OAuthTokens tokens{.access_token = value_of(members, "access_token"),
                     .refresh_token = value_of(members, "refresh_token"),
                     .expires = {}};
  if (tokens.access_token.empty()) return failed("the login server's answer holds no access token");
  for (const char c : tokens.access_token)
    if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f)
      return failed("the login server's access token holds characters that no token may hold");
  if (tokens.refresh_token.empty()) tokens.refresh_token = old_refresh_token;
  const std::int64_t seconds =
      std::clamp<std::int64_t>(integer(value_of(members, "expires_in"), 3600), 0, 365 * 86'400);
  tokens.expires = now + std::chrono::seconds(seconds);
  return tokens;
}

void add_client(const OAuthClient& client, std::vector<std::pair<std::string, std::string>>& fields) {
  fields.emplace_back("client_id", client.client_id);
  if (!client.client_secret.empty()) fields.emplace_back("client_secret", client.client_secret);
}

Result<DeviceLogin> begin_device_login(HttpClient& http, const OAuthClient& client, Instant now) {
  if (client.provider.device_url.empty())
    return usage_error(fmt::format("{} has no device login for mail: log in with the browser on this machine",
                                   client.provider.name));
  std::vector<std::pair<std::string, std::string>> fields{{"scope", joined_scopes(client)}};
  add_client(client, fields);
  const JsonMembers answer = TRY(ask_oauth(http, client.provider.device_url, fields));
  if (answer.contains("error"))
    return fail(ErrorKind::credentials,
                fmt::format("{}: device login refused: {}", client.provider.name, oauth_problem(answer)));
  DeviceLogin login{.user_code = value_of(answer, "user_code"),
                    .verification_url = value_of(answer, "verification_uri"),
                    .device_code = value_of(answer, "device_code"),
                    .interval_s = static_cast<int>(
                        std::clamp<std::int64_t>(integer(value_of(answer, "interval"), 5), 1, 60)),
                    .expires = now + std::chrono::seconds(std::clamp<std::int64_t>(
                                         integer(value_of(answer, "expires_in"), 900), 1, 3600))};
  if (login.verification_url.empty())
    login.verification_url = value_of(answer, "verification_url"); // Google's older name for it
  if (login.user_code.empty() || login.device_code.empty() || login.verification_url.empty())
    return failed(fmt::format("{}: the answer to the device login is incomplete", client.provider.name));
  return login;
}

Result<OAuthTokens> finish_device_login(HttpClient& http, const OAuthClient& client, const DeviceLogin& login,
                                        std::optional<int> interval_ms) {
  int wait_ms = interval_ms.value_or(login.interval_s * 1000);
  std::vector<std::pair<std::string, std::string>> fields{
      {"grant_type", "urn:ietf:params:oauth:grant-type:device_code"}, {"device_code", login.device_code}};
  add_client(client, fields);
  while (system_now() < login.expires) {
    if (!sleep_unless_interrupted(wait_ms)) return fail(ErrorKind::interrupted, "login interrupted");
    auto answer = ask_oauth(http, client.provider.token_url, fields);
    if (!answer) {
      if (answer.error().kind == ErrorKind::retry) continue; // a passing fault: the code is still good
      return Failure(std::move(answer).error());
    }
    const std::string error = value_of(*answer, "error");
    if (error.empty()) return tokens_of(*answer, "", system_now());
    if (error == "slow_down")
      wait_ms += interval_ms ? *interval_ms : 5000;
    else if (error != "authorization_pending")
      return fail(ErrorKind::credentials,
                  fmt::format("{}: login refused: {}", client.provider.name, oauth_problem(*answer)));
  }
  return fail(
      ErrorKind::credentials,
      fmt::format("{}: nobody entered the code in time: begin the login again", client.provider.name));
}

Result<OAuthTokens> renew(HttpClient& http, const OAuthClient& client, std::string_view refresh_token,
                          Instant now) {
  std::vector<std::pair<std::string, std::string>> fields{{"grant_type", "refresh_token"},
                                                          {"refresh_token", std::string(refresh_token)}};
  add_client(client, fields);
  const JsonMembers answer = TRY(ask_oauth(http, client.provider.token_url, fields));
  if (!answer.contains("error")) return tokens_of(answer, refresh_token, now);
  std::string message =
      fmt::format("{}: the login of {} was not renewed: {}", client.provider.name,
                  client.user.empty() ? "this account" : client.user, oauth_problem(answer));
  if (!client.provider.refusal_reasons.empty()) message += "\n" + client.provider.refusal_reasons;
  return fail(ErrorKind::credentials, message + ": log in again with helpdesk auth login");
}

Result<std::string> access_token(HttpClient& http, const OAuthClient& client, const TokenStorage& storage,
                                 bool renew_now, Instant now) {
  const auto stored = TRY(storage.load());
  if (!stored)
    return fail(ErrorKind::credentials,
                fmt::format("{}: no login yet: log in with helpdesk auth login", client.provider.name));
  if (!renew_now && !stored->access_token.empty() && stored->expires > now + k_margin)
    return stored->access_token;
  if (stored->refresh_token.empty())
    return fail(
        ErrorKind::credentials,
        fmt::format(
            "{}: the access token has expired and cannot be renewed: log in again with helpdesk auth login",
            client.provider.name));
  const OAuthTokens renewed = TRY(renew(http, client, stored->refresh_token, now));
  // Saved before it is used: a provider may accept the old refresh token only once.
  TRY(storage.save(renewed));
  return renewed.access_token;
}

} // namespace helpdesk::net
