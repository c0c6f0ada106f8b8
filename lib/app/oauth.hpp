// OAuth logins of accounts: what [accounts.NAME.oauth] says, where the tokens are kept, and their renewal.
#pragma once

#include "app/app.hpp"
#include "net/oauth.hpp"

#include <string>
#include <string_view>

namespace helpdesk::app {

// The account logs in with a token: auth is xoauth2 or oauthbearer, or a provider is named.
Result<bool> uses_oauth(App& app, std::string_view account);
// Provider, endpoints and client of the account. Usage error naming the key that is missing.
Result<net::OAuthClient> oauth_client(App& app, std::string_view account);
Result<void> keep_tokens(App& app, std::string_view account, const net::OAuthTokens& tokens);
// A token that is good now: the stored one, or a renewed one, which is stored first. Two processes do not
// renew at once, as a provider may take a refresh token only once. refused: the server did not take the last
// one.
Result<std::string> oauth_access_token(App& app, std::string_view account, bool refused);

} // namespace helpdesk::app
