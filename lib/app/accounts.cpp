// From [accounts.NAME] to a backend that is ready to work.
#include "app/app.hpp"
#include "app/oauth.hpp"
#include "app/state.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "config/secrets.hpp"

#include <algorithm>

namespace helpdesk::app {
namespace {

config::Type type_of(std::string_view type) {
  if (type == "list") return config::Type::list;
  if (type == "flag") return config::Type::flag;
  if (type == "size") return config::Type::size;
  if (type == "duration") return config::Type::duration;
  if (type == "integer") return config::Type::integer;
  if (type == "zone") return config::Type::zone;
  if (type == "path") return config::Type::path;
  if (type.starts_with("choice:")) return config::Type::choice;
  return config::Type::text;
}

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

bool has_setting(const backend::Kind& kind, std::string_view name) {
  return std::any_of(kind.keys.begin(), kind.keys.end(),
                     [&](const backend::SettingKey& key) { return backend::is_setting(key.name, name); });
}

// Whether every account may hold this key, whatever its backend.
bool is_common(std::string_view setting) {
  for (const config::Key& key : config::keys()) {
    if (!key.name.starts_with("accounts.*.")) continue;
    std::string_view name = key.name.substr(11);
    if (name == setting) return true;
  }
  return false;
}

} // namespace

std::span<const config::Key> backend_keys() {
  struct Table {
    std::vector<std::string> names; // keys view into them
    std::vector<config::Key> keys;
    Table() {
      for (const backend::Kind* kind : backend::kinds())
        for (const backend::SettingKey& setting : kind->keys) {
          std::string name = "accounts.*." + std::string(setting.name);
          if (is_common(setting.name) || std::find(names.begin(), names.end(), name) != names.end()) continue;
          names.push_back(std::move(name));
          config::Key key;
          key.type = type_of(setting.type);
          key.help = setting.help;
          if (key.type == config::Type::choice) key.choices = setting.type.substr(7);
          keys.push_back(key);
        }
      for (std::size_t i = 0; i < keys.size(); ++i) keys[i].name = names[i];
    }
  };
  static const Table k_table;
  return k_table.keys;
}

Result<std::vector<std::string>> App::accounts(const std::vector<std::string>& named) {
  std::vector<std::string> known = TRY(config())->names("accounts");
  if (named.empty()) {
    if (known.empty())
      return usage_error("no account is configured: run helpdesk init, or helpdesk account add");
    return known;
  }
  std::vector<std::string> chosen;
  for (const std::string& name : named) {
    if (std::find(known.begin(), known.end(), name) == known.end())
      return usage_error("unknown account " + quoted(name) +
                         cli::did_you_mean(name, {known.begin(), known.end()}) +
                         (known.empty() ? ": none is configured" : ""));
    if (std::find(chosen.begin(), chosen.end(), name) == chosen.end()) chosen.push_back(name);
  }
  return chosen;
}

Result<backend::Settings> App::account_settings(std::string_view account) {
  TRY(accounts({std::string(account)}));
  const config::Config& config = *TRY(this->config());
  std::string prefix = "accounts." + std::string(account) + ".";
  const config::Entry* named = config.find(prefix + "backend");
  if (!named)
    return usage_error("[accounts." + std::string(account) +
                       "] has no backend: helpdesk backend list names them");
  backend::Settings settings;
  settings.account = account;
  settings.kind = named->values.front();
  const backend::Kind* kind = backend::find_kind(settings.kind);
  if (!kind) {
    std::vector<std::string_view> names;
    for (const backend::Kind* one : backend::kinds()) names.push_back(one->name);
    return usage_error(to_text(named->origin) + ": unknown backend " + quoted(settings.kind) +
                       cli::did_you_mean(settings.kind, names) + ": helpdesk backend list names them");
  }
  for (const config::Entry& entry : config.all()) {
    if (!entry.key.starts_with(prefix) || entry.origin.layer == config::Layer::fallback) continue;
    std::string_view setting = std::string_view(entry.key).substr(prefix.size());
    if (has_setting(*kind, setting)) {
      if (!entry.values.empty()) settings.values.emplace(setting, join(entry.values, "\n"));
      continue;
    }
    if (is_common(setting)) continue;
    return usage_error(to_text(entry.origin) + ": backend " + settings.kind + " has no setting " +
                       quoted(setting) + ": helpdesk backend show " + settings.kind + " lists them");
  }
  for (const backend::SettingKey& key : kind->keys) {
    const config::Entry* entry = config.find(prefix + std::string(key.name));
    if (entry && !entry->values.empty())
      settings.values.insert_or_assign(std::string(key.name), join(entry->values, "\n"));
    else if (!key.fallback.empty())
      settings.values.emplace(key.name, key.fallback);
    else if (key.required)
      return usage_error(to_text(named->origin) + ": account " + quoted(account) + " needs " +
                         quoted(key.name) + ": " + std::string(key.help));
  }
  for (std::string_view list : {"us", "us.addresses"})
    for (const std::string& entry : config.list(prefix + std::string(list))) settings.us.push_back(entry);
  for (const std::string& domain : config.list(prefix + "us.domains"))
    settings.us.push_back(domain.starts_with('@') ? domain : "@" + domain);
  return settings;
}

Result<config::SecretSource> App::secret_source(std::string_view account) {
  const config::Config& config = *TRY(this->config());
  config::SecretSource source;
  source.account = account;
  // "smtp.NAME" has its command at smtp.NAME.password_command, an account below accounts.
  std::string prefix =
      account.starts_with("smtp.") ? std::string(account) : "accounts." + std::string(account);
  source.password_command = config.list(prefix + ".password_command");
  std::size_t slash = config.user_file().find_last_of('/');
  source.directory = slash == std::string::npos ? "." : config.user_file().substr(0, slash);
  return source;
}

backend::Secrets App::secrets(std::string_view account) {
  std::string name(account);
  backend::Secrets secrets;
  secrets.password = [this, name]() -> Result<std::string> {
    config::SecretSource source = TRY(secret_source(name));
    return TRY(config::find_password(source)).secret.text();
  };
  secrets.access_token = [this, name](bool refresh) -> Result<std::string> {
    return oauth_access_token(*this, name, refresh);
  };
  return secrets;
}

Result<std::unique_ptr<backend::Backend>> App::backend(std::string_view account) {
  backend::Settings settings = TRY(account_settings(account));
  return backend::find_kind(settings.kind)->open(settings, secrets(account));
}

} // namespace helpdesk::app
