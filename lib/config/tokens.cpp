#include "base/file.hpp"
#include "config/secrets.hpp"
#include "config/trusted_file.hpp"
#include "json/json.hpp"

namespace helpdesk::config {
namespace {

std::string token_file(const SecretSource& source) {
  return join_path(join_path(source.directory, "secrets"), safe_file_name(source.account + ".oauth.json"));
}

} // namespace

Result<std::optional<Tokens>> read_tokens(const SecretSource& source) {
  Result<std::optional<std::string>> text = read_trusted(token_file(source), Trust::secret);
  if (!text) return fail(ErrorKind::credentials, text.error().message);
  if (!*text) return std::optional<Tokens>();
  Result<json::Value> value = json::parse(**text);
  wipe(**text);
  if (!value || !value->is_object())
    return fail(ErrorKind::credentials, "the stored token of \"" + source.account +
                                            "\" is damaged: run helpdesk auth login " + source.account);
  Tokens tokens{(*value)["provider"].as_string(), (*value)["access_token"].as_string(),
                (*value)["refresh_token"].as_string(), std::nullopt};
  if ((*value)["expires"].is_integer()) tokens.expires = instant_of_seconds((*value)["expires"].as_int());
  return std::optional<Tokens>(std::move(tokens));
}

Result<void> write_tokens(const SecretSource& source, const Tokens& tokens) {
  json::Value value = json::Value::object(
      {{"provider", tokens.provider}, {"access_token", tokens.access}, {"refresh_token", tokens.refresh}});
  if (tokens.expires) value.set("expires", unix_seconds(*tokens.expires));
  TRY(make_private_directories(join_path(source.directory, "secrets")));
  std::string text = json::dump(value, 2) + "\n";
  Result<void> written = write_file_atomically(token_file(source), text, 0600);
  wipe(text);
  return written;
}

Result<bool> forget_tokens(const SecretSource& source) {
  std::string file = token_file(source);
  if (!exists(file)) return false;
  TRY(remove_file(file));
  return true;
}

} // namespace helpdesk::config
