// A desk as `init` sets it up: what was answered, and the configuration that follows from it.
#pragma once

#include "app/app.hpp"
#include "app/providers.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::app {

struct Server {
  std::string host, tls, user, auth;
  int port = 0; // 0: the usual one
};

struct DeskPlan {
  std::string account; // name of [accounts.X], [smtp.X] and [identities.X]
  std::string address, name;
  std::string backend; // imap, maildir, mbox
  std::string path;    // maildir, mbox
  Server imap, smtp;   // smtp.host empty: no [smtp.X]
  std::string ca_file;
  std::vector<std::string> password_command;
  const Provider* provider = nullptr;
  std::string my_name, my_address;
  std::vector<std::string> us;
  bool scope_all = false, shared = false;
  std::string history = "60d"; // "open": nothing is history
  std::string target = "4h";
  std::vector<std::string> hours{"mon-fri 09:00-17:00"};
};

// "shop" for support@shop.example; what stands before the "@" for the addresses of a mail provider.
std::string account_name_of(std::string_view address);
// As a calendar's hours are written; usage error naming the form.
Result<void> check_hours(std::string_view text);

// The tables to append. [me], [reply] and [calendars.standard] are left out where the configuration has them
// already.
Result<std::string> plan_text(App& app, const DeskPlan& plan);

} // namespace helpdesk::app
