// OAuth 2 for mail: the device flow (RFC 8628), the authorization code with PKCE on a loopback address (RFC
// 8252), renewal.
#pragma once

#include "base/file.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "net/http.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::net {

struct OAuthProvider {
  std::string name;                                     // "google", "microsoft", "custom"
  std::string authorization_url, token_url, device_url; // device_url empty: no device flow for mail
  std::vector<std::string> scopes;
  std::string refusal_reasons; // why this provider usually refuses a renewal, one sentence
};
std::span<const OAuthProvider> oauth_providers();
const OAuthProvider* find_oauth_provider(std::string_view name);

struct OAuthClient {
  OAuthProvider provider;    // a row of the table, or endpoints from the settings
  std::string client_id;     // registered by the user with the provider
  std::string client_secret; // may be empty: a public client
  std::string user;          // mail address, as a hint to the login page
};

struct OAuthTokens {
  std::string access_token, refresh_token;
  Instant expires{}; // of the access token
};
std::string to_text(const OAuthTokens& tokens); // JSON, holds secrets
std::optional<OAuthTokens> parse_oauth_tokens(std::string_view text);

// ---- device flow: the user types a code into a page on any device

struct DeviceLogin {
  std::string user_code, verification_url; // to show
  std::string device_code;
  int interval_s = 5;
  Instant expires{};
};
Result<DeviceLogin> begin_device_login(HttpClient& http, const OAuthClient& client, Instant now);
// Asks until the user has agreed or refused (credentials), the code has expired (credentials), or Ctrl-C.
// interval_ms: for tests.
Result<OAuthTokens> finish_device_login(HttpClient& http, const OAuthClient& client, const DeviceLogin& login,
                                        std::optional<int> interval_ms = std::nullopt);

// ---- authorization code: the browser comes back to a port on this machine

struct Pkce {
  std::string verifier, challenge; // S256
};
Pkce make_pkce();
std::string pkce_challenge(std::string_view verifier);

class LoopbackLogin {
 public:
  // Listens on 127.0.0.1 at a port that the system picks.
  static Result<LoopbackLogin> begin(const OAuthClient& client);
  const std::string& authorization_url() const { return url_; } // to open in a browser
  const std::string& redirect_url() const { return redirect_; }
  // Waits for the browser; answers it with a short page. Requests with a wrong state are refused and do not
  // end the wait.
  Result<OAuthTokens> finish(HttpClient& http, int timeout_ms);

 private:
  LoopbackLogin(FileDescriptor listener, OAuthClient client)
      : listener_(std::move(listener)), client_(std::move(client)) {}
  FileDescriptor listener_;
  OAuthClient client_;
  Pkce pkce_;
  std::string state_, redirect_, url_;
};

// ---- renewal

// A refused renewal is a credentials error with the provider's usual reasons; an unreachable provider is
// retry.
Result<OAuthTokens> renew(HttpClient& http, const OAuthClient& client, std::string_view refresh_token,
                          Instant now);

// Where tokens are kept is the caller's business.
struct TokenStorage {
  std::function<Result<std::optional<OAuthTokens>>()> load;
  std::function<Result<void>(const OAuthTokens&)> save;
};
// A usable access token: the stored one, or (expired within a minute, or renew_now) a renewed one, which is
// saved first.
Result<std::string> access_token(HttpClient& http, const OAuthClient& client, const TokenStorage& storage,
                                 bool renew_now, Instant now);

} // namespace helpdesk::net
