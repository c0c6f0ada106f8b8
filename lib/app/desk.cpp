#include "app/desk.hpp"

#include "base/text.hpp"
#include "json/json.hpp"

#include <fmt/format.h>

namespace helpdesk::app {
namespace {

std::string key_of(std::string_view account, std::string_view key) {
  return fmt::format("accounts.{}.{}", account, key);
}

void take_us(sync::Policy& policy, const std::string& entry) {
  std::string text = ascii_lower(trim(std::string_view(entry)));
  if (text.empty()) return;
  if (text.front() == '@') {
    policy.us_domains.push_back(text.substr(1));
  } else if (text.find('@') == std::string::npos) {
    policy.us_domains.push_back(text);
  } else {
    policy.us_addresses.push_back(text);
  }
}

Result<void> read_rules(App& app, const config::Config& config, sync::Policy& policy) {
  int number = 0;
  for (const auto& table : config.tables("rules")) {
    ++number;
    auto value = [&](const char* key) -> std::vector<std::string> {
      auto it = table.find(key);
      return it == table.end() ? std::vector<std::string>{} : it->second;
    };
    sync::Rule rule;
    std::vector<std::string> name = value("name"), when = value("when");
    rule.name = name.empty() ? fmt::format("{}", number) : name.front();
    std::string where = fmt::format("[[rules]] \"{}\"", rule.name);
    if (auto line = value(""); !line.empty())
      where = fmt::format("{}:{}: {}", config.user_file(), line.front(), where);
    if (when.empty()) return usage_error(where + " has no \"when\"");
    rule.when_text = when.front();
    auto query = store::parse_query(rule.when_text, app.now(), app.zone());
    if (!query) return in_context(where, query.error());
    rule.when = std::move(*query);
    for (const std::string& text : value("set")) {
      auto change = sync::parse_change(text, app.now(), app.zone());
      if (!change) return in_context(where, change.error());
      rule.changes.emplace_back(change->field, change->value);
    }
    if (rule.changes.empty()) return usage_error(where + " has no \"set\"");
    policy.rules.push_back(std::move(rule));
  }
  return {};
}

void read_forms(const config::Config& config, std::string_view account, sync::Policy& policy) {
  for (const auto& table : config.tables(key_of(account, "forms"))) {
    sync::FormPatterns form;
    auto first = [&](const char* key) {
      auto it = table.find(key);
      return it == table.end() || it->second.empty() ? std::string() : it->second.front();
    };
    if (auto it = table.find("from"); it != table.end()) form.from = it->second;
    form.name = first("name");
    form.address = first("address");
    form.order = first("order");
    policy.forms.push_back(std::move(form));
  }
}

} // namespace

Result<sync::PullAccount> desk_account(App& app, std::string_view account) {
  const config::Config& config = *TRY(app.config());
  sync::PullAccount desk;
  desk.settings = TRY(app.account_settings(account));
  sync::Policy& policy = desk.policy;
  policy.account = std::string(account);
  policy.kind = desk.settings.kind;
  for (const std::string& entry : desk.settings.us) take_us(policy, entry);
  for (const std::string& name : config.names("identities"))
    take_us(policy, config.text("identities." + name + ".address"));
  policy.scope_all = config.text(key_of(account, "scope")) == "all";
  policy.solve_after = config.duration(key_of(account, "solve_after"));
  policy.subject_tokens = config.flag("send.subject_token");
  if (const backend::Kind* kind = backend::find_kind(policy.kind))
    policy.backend_sends_status =
        kind->sends_status ? kind->sends_status(desk.settings) : kind->capabilities.sends_status;
  read_forms(config, account, policy);
  TRY(read_rules(app, config, policy));
  std::string name(account);
  desk.open = [&app, name] { return app.backend(name); };
  return desk;
}

Result<std::vector<sync::PullAccount>> desk_accounts(App& app) {
  std::vector<sync::PullAccount> accounts;
  for (const std::string& name : TRY(app.accounts({}))) accounts.push_back(TRY(desk_account(app, name)));
  return accounts;
}

sync::Actor actor(App& app) {
  sync::Actor actor;
  actor.identity = app.operator_identity();
  actor.address = app.operator_address();
  if (auto config = app.config()) actor.name = (*config)->text("me.name");
  if (actor.name.empty()) actor.name = actor.address.substr(0, actor.address.find('@'));
  if (actor.address.empty()) actor.address = "me";
  actor.now = app.now();
  return actor;
}

Result<void> draw_history_line(store::Store& store, App& app, sync::PullAccount& account) {
  auto drawn = TRY(store.latest("account", account.policy.account));
  if (!drawn) {
    const config::Config& config = *TRY(app.config());
    auto history = config.duration(key_of(account.policy.account, "history"));
    json::Value data = json::Value::object();
    if (history && *history > Duration::zero()) data.set("history_before", micros(app.now() - *history));
    store::JournalEntry entry;
    entry.time = app.now();
    entry.actor = app.operator_identity();
    entry.kind = "account";
    entry.subject = account.policy.account;
    entry.data = json::dump(data);
    auto tx = TRY(store.begin(store::Durability::full));
    TRY(tx->append(entry));
    TRY(tx->commit());
    drawn = std::move(entry);
  }
  auto data = json::parse(drawn->data);
  if (data && (*data)["history_before"].is_integer())
    account.policy.history_before = instant_of_micros((*data)["history_before"].as_int());
  return {};
}

Result<std::unique_ptr<DeskActions>> DeskActions::open(App& app, std::string_view account) {
  auto self = std::make_unique<DeskActions>();
  self->account_ = TRY(desk_account(app, account));
  store::Store* store = TRY(app.store(store::Access::write));
  TRY(draw_history_line(*store, app, self->account_));
  self->actions_ =
      std::make_unique<sync::Actions>(*store, self->account_.settings, self->account_.policy, actor(app));
  return self;
}

Result<void> refuse_if_read_only(App& app, std::string_view account, std::string_view what) {
  if (app.read_only())
    return usage_error(
        fmt::format("{}: refused, this run is read-only (--read-only or HELPDESK_READ_ONLY)", what));
  const config::Config& config = *TRY(app.config());
  if (!account.empty() && config.flag(key_of(account, "read_only")))
    return usage_error(fmt::format("{}: refused, [accounts.{}] read_only = true", what, account));
  return {};
}

} // namespace helpdesk::app
