// From configuration to what sync works with: an account's policy, its backend, and who acts.
#pragma once

#include "app/app.hpp"
#include "sync/actions.hpp"
#include "sync/policy.hpp"
#include "sync/pull.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::app {

// The account's settings and policy; [[rules]] are parsed here, so a wrong one is a usage error with its
// line.
Result<sync::PullAccount> desk_account(App& app, std::string_view account);
// Every configured account, for rebuild and erase.
Result<std::vector<sync::PullAccount>> desk_accounts(App& app);
sync::Actor actor(App& app);

// Sets the line between history and work at an account's first pull ([accounts.X] history) and reads it
// afterwards.
Result<void> draw_history_line(store::Store& store, App& app, sync::PullAccount& account);

// Actions on one ticket's account; owns what Actions refers to.
class DeskActions {
 public:
  static Result<std::unique_ptr<DeskActions>> open(App& app, std::string_view account);
  sync::Actions& operator*() { return *actions_; }
  sync::Actions* operator->() { return actions_.get(); }

 private:
  sync::PullAccount account_;
  std::unique_ptr<sync::Actions> actions_;
};

// Fails when --read-only, HELPDESK_READ_ONLY or [accounts.X] read_only forbids a change of what is not ours
// alone.
Result<void> refuse_if_read_only(App& app, std::string_view account, std::string_view what);

} // namespace helpdesk::app
