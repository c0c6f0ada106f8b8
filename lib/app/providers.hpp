// What the big mail providers want to be told, by domain: a first hour without looking up host names.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::app {

// How one logs in from a program. app_password: the usual password is refused, one made for this program is
// needed.
enum class Access : unsigned char { password, app_password, oauth };
// What the login name is.
enum class LoginName : unsigned char { address, local_part, other };

struct MailServer {
  std::string_view host;
  int port;
  std::string_view tls; // implicit, starttls
};

struct Provider {
  std::string_view name;    // for --provider
  std::string_view title;   // for people
  std::string_view domains; // separated by spaces; empty: by name only
  MailServer imap, smtp;
  Access access = Access::password;
  std::string_view page;              // where the app password is made, or IMAP switched on
  std::string_view hint;              // one sentence: what else must be done there
  std::string_view oauth;             // with Access::oauth: name of the provider in lib/net
  bool keeps_sent_copy = false;       // its SMTP server puts a copy into Sent by itself
  std::string_view max_bytes_per_day; // its own limit on downloads; empty: none known
  LoginName login = LoginName::address;
  bool offers_imap() const { return !imap.host.empty(); }
};

std::span<const Provider> providers();
const Provider* provider_named(std::string_view name);
// By the domain of a mail address; null when it is none of theirs.
const Provider* provider_of(std::string_view address);
// The user name for IMAP: the address, or what stands before the "@". Empty when only the user knows.
std::string login_name(const Provider& provider, std::string_view address);

} // namespace helpdesk::app
