// The clock, the configuration and the store: each made at first use.
#include "app/app.hpp"
#include "app/state.hpp"
#include "base/file.hpp"
#include "base/text.hpp"

#include <climits>

#include <pwd.h>
#include <unistd.h>

extern char** environ;

namespace helpdesk::app {
namespace {

std::map<std::string, std::string> helpdesk_variables() {
  std::map<std::string, std::string> variables;
  for (char** entry = environ; *entry; ++entry) {
    std::string_view text(*entry);
    std::size_t equals = text.find('=');
    if (text.starts_with("HELPDESK_") && equals != std::string_view::npos &&
        !text.starts_with("HELPDESK_PASSWORD_"))
      variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return variables;
}

std::string working_directory() {
  char path[PATH_MAX];
  return ::getcwd(path, sizeof path) ? path : "";
}

} // namespace

Result<void> App::fix_clock() {
  std::optional<std::string> text = state_->globals().get("now");
  std::string_view name = "--now";
  if (!text) {
    text = environment("HELPDESK_NOW");
    name = "HELPDESK_NOW";
  }
  if (!text) return {};
  if (std::optional<Instant> exact = parse_rfc3339(*text)) {
    state_->now = *exact;
    return {};
  }
  TRY(config()); // a bad zone is worth its own error
  Result<Instant> instant = parse_instant(*text, system_now(), zone());
  if (!instant) return in_context(name, instant.error());
  state_->now = *instant;
  return {};
}

Instant App::now() const { return state_->now ? *state_->now : system_now(); }

Result<std::string> App::config_file() {
  if (auto named = state_->globals().get("config")) return *named;
  if (auto named = environment("HELPDESK_CONFIG")) return *named;
  return join_path(TRY(xdg_directories()).config, "config.toml");
}

std::span<const config::Key> App::config_keys() const { return backend_keys(); }

Result<const config::Config*> App::config() {
  if (!state_->config) {
    config::LoadOptions options;
    const cli::Invocation& globals = state_->globals();
    bool named = globals.has("config") || environment("HELPDESK_CONFIG").has_value();
    // Without a home there is no user's file, and everything may still come from flags and variables.
    if (Result<std::string> file = config_file(); file) options.user_file = *file;
    if (named && !exists(options.user_file))
      return usage_error(options.user_file + ": no such configuration file");
    options.project_directory = working_directory();
    options.environment = helpdesk_variables();
    if (auto store = globals.get("store")) options.flags.emplace_back("general.store", *store);
    if (globals.has("read-only")) options.flags.emplace_back("general.read_only", "true");
    options.extra = backend_keys();
    state_->config = config::Config::load(options);
  }
  if (!*state_->config) return Failure(state_->config->error());
  const config::Config& config = **state_->config;
  if (!state_->zone) {
    std::string name = config.text("general.zone");
    if (name.empty()) {
      state_->zone = Zone::local();
    } else {
      Result<Zone> zone = Zone::load(name);
      if (!zone) {
        const config::Entry* entry = config.find("general.zone");
        return in_context(to_text(entry->origin) + ": general.zone", zone.error());
      }
      state_->zone = *zone;
    }
  }
  return &config;
}

void App::forget_config() {
  state_->config.reset();
  state_->zone.reset();
}

const Zone& App::zone() {
  (void)config();
  if (!state_->zone) state_->zone = Zone::local();
  return *state_->zone;
}

bool App::read_only() {
  Result<const config::Config*> loaded = config();
  return !loaded ||
         (*loaded)->flag("general.read_only"); // a configuration that cannot be read allows nothing
}

bool App::quiet() const { return state_->globals().has("quiet"); }

bool App::may_ask() const {
  return terminal_.in_is_tty() && terminal_.err_is_tty() && !state_->globals().has("no-input");
}

Result<std::string> App::store_directory() {
  std::string set = TRY(config())->text("general.store");
  if (!set.empty()) return expand_home(set);
  return TRY(xdg_directories()).data;
}

Result<store::Store*> App::store(store::Access access) {
  bool upgrade =
      state_->store && access == store::Access::write && state_->store_access == store::Access::read;
  if (!state_->store || upgrade) {
    std::string directory = TRY(store_directory());
    state_->store.reset();
    state_->store = TRY(store::open_sqlite_store(directory, access));
    state_->store_access = access;
  }
  return state_->store.get();
}

std::string App::operator_address() {
  Result<const config::Config*> loaded = config();
  return loaded ? (*loaded)->text("me.address") : std::string();
}

std::string App::operator_identity() {
  char host[256] = "localhost";
  ::gethostname(host, sizeof host - 1);
  const passwd* entry = ::getpwuid(::geteuid());
  std::string user = entry ? entry->pw_name : "uid" + std::to_string(::geteuid());
  std::string name;
  if (Result<const config::Config*> loaded = config()) name = (*loaded)->text("me.name");
  std::string address = operator_address();
  std::string identity = name.empty() && address.empty() ? user : name;
  if (!address.empty()) identity += (identity.empty() ? "<" : " <") + address + ">";
  return identity + " (" + user + "@" + host + ")";
}

} // namespace helpdesk::app
