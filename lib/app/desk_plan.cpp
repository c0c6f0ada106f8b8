#include "app/desk_plan.hpp"

#include "base/text.hpp"
#include "metrics/calendar_text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::app {
namespace {

using Settings = std::vector<config::Setting>;

void add(Settings& settings, std::string_view key, const std::string& value) {
  if (!value.empty()) settings.push_back({std::string(key), {value}});
}

void add_server(Settings& settings, const Server& server) {
  add(settings, "host", server.host);
  if (server.port != 0) add(settings, "port", std::to_string(server.port));
  if (server.tls != "implicit") add(settings, "tls", server.tls);
  add(settings, "user", server.user);
  add(settings, "auth", server.auth);
}

Settings account_settings(const DeskPlan& plan) {
  Settings settings;
  add(settings, "backend", plan.backend);
  add(settings, "path", plan.path);
  if (plan.backend == "imap") {
    add_server(settings, plan.imap);
    add(settings, "ca_file", plan.ca_file);
    if (!plan.password_command.empty()) settings.push_back({"password_command", plan.password_command});
    if (plan.provider) {
      add(settings, "max_bytes_per_day", std::string(plan.provider->max_bytes_per_day));
      if (plan.imap.auth == "xoauth2") add(settings, "oauth.provider", std::string(plan.provider->oauth));
      if (plan.provider->keeps_sent_copy) add(settings, "sent_copy", "server");
    }
  }
  settings.push_back({"us", plan.us});
  if (plan.scope_all) add(settings, "scope", "all");
  add(settings, "history", plan.history == "open" ? "0d" : plan.history);
  if (plan.shared) add(settings, "shared", "true");
  add(settings, "identity", plan.account);
  // Until account test --send-to has proved that it can.
  add(settings, "send.via", "none");
  return settings;
}

bool is_set(const config::Config& config, std::string_view key) {
  const config::Entry* entry = config.find(key);
  return entry && entry->origin.layer != config::Layer::fallback;
}

} // namespace

std::string account_name_of(std::string_view address) {
  std::size_t at = address.rfind('@');
  std::string_view local = address.substr(0, at);
  std::string_view domain = at == std::string_view::npos ? std::string_view() : address.substr(at + 1);
  std::string_view chosen =
      provider_of(address) || domain.empty() ? local : domain.substr(0, domain.find('.'));
  std::string name;
  for (char c : ascii_lower(chosen))
    name += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ? c : '-';
  return name.empty() ? "desk" : name;
}

Result<void> check_hours(std::string_view text) {
  metrics::CalendarVersion version;
  if (auto added = metrics::add_hours(text, version); !added) return in_context("--hours", added.error());
  return {};
}

Result<std::string> plan_text(App& app, const DeskPlan& plan) {
  const config::Config& config = *TRY(app.config());
  auto table = [&](const std::string& name, const Settings& settings) {
    return config::table_text(name, settings, app.config_keys());
  };
  std::string text = TRY(table("accounts." + plan.account, account_settings(plan)));
  if (!plan.smtp.host.empty()) {
    Settings settings;
    add_server(settings, plan.smtp);
    add(settings, "ca_file", plan.ca_file);
    text += "\n" + TRY(table("smtp." + plan.account, settings));
  }
  Settings identity;
  add(identity, "address", plan.address);
  add(identity, "name", plan.name);
  text += "\n" + TRY(table("identities." + plan.account, identity));
  if (!is_set(config, "me.name") && !is_set(config, "me.address")) {
    Settings me;
    add(me, "name", plan.my_name);
    add(me, "address", plan.my_address);
    text += "\n" + TRY(table("me", me));
  }
  if (!is_set(config, "reply.target")) text += "\n" + TRY(table("reply", {{"target", {plan.target}}}));
  metrics::CalendarVersion all_hours; // lines that are good each may overlap
  for (const std::string& hours : plan.hours)
    if (auto added = metrics::add_hours(hours, all_hours); !added)
      return in_context("--hours", added.error());
  if (!is_set(config, "calendars.standard.open") && !is_set(config, "hours.standard.open"))
    text += "\n" + TRY(table("calendars.standard", {{"open", plan.hours}}));
  return text;
}

} // namespace helpdesk::app
