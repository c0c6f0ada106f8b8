#include "app/reporting.hpp"

#include "sync/freshness.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::app {

Result<report::Desk> open_desk(App& app, const cli::Invocation& call) {
  std::vector<std::string> named = call.all("account");
  if (!named.empty()) named = TRY(app.accounts(named));
  store::Store* store = TRY(app.store(store::Access::read));
  std::vector<std::string> warnings;
  for (const std::string& account : TRY(store->accounts())) {
    if (!named.empty() && std::find(named.begin(), named.end(), account) == named.end()) continue;
    if (TRY(sync::is_outgoing_unknown(*store, account)))
      warnings.push_back(
          account +
          ": no outgoing message is known, so every ticket looks unanswered; is the Sent folder pulled?");
    if (auto quiet = TRY(sync::find_quiet(*store, account, app.now(), app.zone())))
      warnings.push_back(
          fmt::format("{}: quiet since {}, where {:.0f} messages would be usual; run: helpdesk doctor",
                      account, format_minute(quiet->newest, app.zone()), quiet->expected));
  }
  return report::Desk::open(*store, app.now(), app.zone(), std::move(named), std::move(warnings));
}

Result<std::optional<Instant>> instant_of(App& app, const cli::Invocation& call, std::string_view flag) {
  auto text = call.get(flag);
  if (!text) return std::optional<Instant>();
  auto instant = parse_instant(*text, app.now(), app.zone());
  if (!instant) return in_context("--" + std::string(flag), instant.error());
  return std::optional<Instant>(*instant);
}

} // namespace helpdesk::app
