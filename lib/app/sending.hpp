// What a send needs of configuration and the world: identities, servers, the carrier of the queue.
#pragma once

#include "app/desk.hpp"
#include "reply/letter.hpp"
#include "reply/queue.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::app {

std::string account_key(std::string_view account, std::string_view key); // "accounts.shop.send.via"
Result<std::vector<reply::Identity>> identities(App& app);
// The [smtp.NAME] that sends for this account and identity: the identity's, the account's, one of the
// account's own name, the only one. Usage error naming what to set when there is none, or when [accounts.X]
// send.via forbids sending.
Result<std::string> smtp_name(App& app, std::string_view account, const reply::Identity& identity);
// The same, whether or not send.via allows it yet: for the test that proves it.
Result<std::string> find_smtp(App& app, std::string_view account, const reply::Identity& identity);
Result<net::SmtpSettings> smtp_settings(App& app, std::string_view smtp);
Result<net::Login> smtp_login(App& app, std::string_view smtp, std::string_view account);

// Everything deliver() needs; refers to app and store, which must outlive it.
reply::Carrier carrier(App& app, store::Store& store);

// The customer, or a colleague from any client, may have written meanwhile: the account is pulled. A mailbox
// that cannot be reached is retry; what a login or the configuration lacks stays what it is.
Result<void> look_for_news(const reply::Carrier& carrier, const std::string& account);

// Prints what did not leave; 0 all left or nothing to do, 1 some were refused, held, taken back or unknown,
// 75 some are to be tried later.
int report_delivery(App& app, const reply::DeliveryReport& report);

} // namespace helpdesk::app
