#include "app/app.hpp"
#include "base/text.hpp"

namespace helpdesk {
extern const cli::Command config_command, config_get_command, config_set_command, config_list_command;
namespace {

using render::Column;

constexpr cli::Argument k_key[] = {
    {"KEY", cli::ValueKind::text, "key in dotted form: general.zone, accounts.shop.host"}};
constexpr cli::Flag k_get_flags[] = {
    {"origin", 0, cli::ValueKind::none, "",
     "also say where the value comes from: file and line, variable, flag or default"},
};
constexpr cli::Example k_get_examples[] = {
    {"helpdesk config get reply.target", "how long a customer may wait"},
    {"helpdesk config get reply.target --origin", "and who says so"},
};

Result<int> run_get(app::App& app, const cli::Invocation& call) {
  std::string key = call.argument("KEY");
  const config::Config& config = *TRY(app.config());
  TRY(config::find_key(key, app.config_keys()));
  const config::Entry* entry = config.find(key);
  if (!entry) return not_found("\"" + key + "\" is not set");
  std::string text;
  for (const std::string& value : entry->values) {
    text += terminal::defuse(value, true);
    if (call.has("origin")) text += "\t" + terminal::defuse_line(config::to_text(entry->origin));
    text += "\n";
  }
  TRY(app.write(text));
  return 0;
}

constexpr cli::Argument k_set_arguments[] = {
    {"KEY", cli::ValueKind::text, "key in dotted form"},
    {"VALUE", cli::ValueKind::text, "its value; several make a list", cli::Arity::any},
};
constexpr cli::Flag k_set_flags[] = {
    {"unset", 0, cli::ValueKind::none, "", "take the key out of the file"},
};
constexpr cli::Example k_set_examples[] = {
    {"helpdesk config set reply.target 2h", "answer within two hours"},
    {"helpdesk config set reply.target --unset", "back to the default"},
};

Result<int> run_set(app::App& app, const cli::Invocation& call) {
  std::string key = call.argument("KEY");
  std::vector<std::string> values = call.argument_list("VALUE");
  bool unset = call.has("unset");
  if (unset && !values.empty()) return usage_error("config set: --unset takes no value");
  if (!unset && values.empty()) return usage_error("config set: a value is missing (or give --unset)");
  const config::Key* row = TRY(config::find_key(key, app.config_keys()));
  if (row->type == config::Type::zone && !unset)
    if (Result<Zone> zone = Zone::load(values.front()); !zone) return in_context(key, zone.error());
  if (row->type == config::Type::query && !unset)
    if (auto query = store::parse_query(values.front(), app.now(), Zone::utc());
        !query && !(key == "approval.when" && values.front() == "*")) // every reply
      return in_context(key, query.error());
  std::optional<std::vector<std::string>> wanted;
  if (!unset) wanted = values;
  TRY(config::set_in_file(TRY(app.config_file()), key, wanted, app.config_keys()));
  return 0;
}

constexpr cli::Argument k_list_arguments[] = {
    {"PREFIX", cli::ValueKind::text, "only keys that begin so: accounts.shop", cli::Arity::optional}};
constexpr cli::Flag k_list_flags[] = {
    {"origin", 0, cli::ValueKind::none, "", "show where each value comes from"},
    {"all", 'a', cli::ValueKind::none, "", "defaults too"},
};
constexpr cli::Example k_list_examples[] = {
    {"helpdesk config list --origin", "what is set, and where"},
    {"helpdesk config list --all reply", "everything about replies, defaults too"},
};
constexpr cli::FieldDoc k_list_fields[] = {{"key", "the key in dotted form"},
                                           {"value", "its value; a list's entries are separated by commas"},
                                           {"origin", "file and line, variable, flag or default"}};

Result<int> run_list(app::App& app, const cli::Invocation& call) {
  const config::Config& config = *TRY(app.config());
  std::string prefix = call.argument("PREFIX");
  Column key{"key", "Key"}, value{"value", "Value"}, origin{"origin", "Origin"};
  key.keep = 9;
  value.flexible = true;
  origin.shown = call.has("origin");
  auto rows = TRY(app.rows({key, value, origin}, "nothing is set"));
  for (const config::Entry& entry : config.all()) {
    bool wanted = prefix.empty() || entry.key == prefix || entry.key.starts_with(prefix + ".");
    if (!wanted || (entry.origin.layer == config::Layer::fallback && !call.has("all"))) continue;
    TRY(rows->row({entry.key, join(entry.values, ", "), config::to_text(entry.origin)}));
  }
  TRY(rows->finish());
  return 0;
}

} // namespace

constinit const cli::Command config_command{
    "config",
    "set up",
    "read and change the configuration",
    "The configuration is a TOML file. Flags win over environment variables, these over a project's "
    ".helpdesk.toml, this over the user's "
    "file, this over /etc/helpdesk/config.toml, and that over the defaults. A key that does not exist is an "
    "error that names the file, the line "
    "and the key that was probably meant.\n\nA project's file, found by walking up from the working "
    "directory, may set display and query keys "
    "only. A file that others can write to, or that belongs to somebody else, is refused.",
    {},
    {},
    {},
    cli::Output::none,
    {},
    nullptr};

constinit const cli::Command config_get_command{
    "config get",
    "set up",
    "print the value of a key",
    "Prints one value a line. A key that exists but is set nowhere and has no default ends with exit code 1.",
    k_key,
    k_get_flags,
    k_get_examples,
    cli::Output::text,
    {},
    &run_get};

constinit const cli::Command config_set_command{"config set",
                                                "set up",
                                                "change a key in the user's file",
                                                "Comments and order of the file stay. The value is checked "
                                                "first, and nothing is written that would not load.",
                                                k_set_arguments,
                                                k_set_flags,
                                                k_set_examples,
                                                cli::Output::none,
                                                {},
                                                &run_set};

constinit const cli::Command config_list_command{
    "config list",   "set up",          "show what is set", "",       k_list_arguments, k_list_flags,
    k_list_examples, cli::Output::rows, k_list_fields,      &run_list};

} // namespace helpdesk
