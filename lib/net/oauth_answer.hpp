// What the token endpoint answers. Shared by the flows; internal to lib/net.
#pragma once

#include "net/oauth.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace helpdesk::net {

using JsonMembers = std::map<std::string, std::string, std::less<>>;

// An answer with an "error" member is a success here: the flows tell them apart. retry for 5xx and 429.
Result<JsonMembers> ask_oauth(HttpClient& http, const std::string& url,
                              const std::vector<std::pair<std::string, std::string>>& fields);
std::string oauth_problem(const JsonMembers& members); // "invalid_grant: Token has been expired or revoked."
Result<OAuthTokens> tokens_of(const JsonMembers& members, std::string_view old_refresh_token, Instant now);
void add_client(const OAuthClient& client, std::vector<std::pair<std::string, std::string>>& fields);

} // namespace helpdesk::net
