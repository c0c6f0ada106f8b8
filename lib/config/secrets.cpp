#include "config/secrets.hpp"

#include "base/file.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "config/config.hpp"
#include "config/trusted_file.hpp"

#include <sys/stat.h>

namespace helpdesk::config {
namespace {

constexpr int k_command_timeout_ms = 120'000; // a command may ask for a passphrase or a touch of a key
constexpr std::string_view k_keyring = "secret-tool";

Failure missing(std::string message) { return fail(ErrorKind::credentials, std::move(message)); }

// Only the first line counts: pass and friends keep notes below it.
Secret first_line(std::string& output) {
  std::string line = output.substr(0, output.find_first_of("\r\n"));
  wipe(output);
  return Secret(std::move(line));
}

std::string password_file(const SecretSource& source) {
  return join_path(join_path(source.directory, "secrets"), safe_file_name(source.account + ".password"));
}

Result<Secret> from_command(const SecretSource& source) {
  ProcessOptions options;
  options.timeout_ms = k_command_timeout_ms;
  Result<ProcessResult> ended = run_process(source.password_command, options);
  std::string name = source.account + ": password_command " + source.password_command.front();
  if (!ended) return missing(name + ": " + ended.error().message);
  if (ended->exit_code != 0) {
    wipe(ended->out);
    std::string reason(trim(ended->err));
    reason = reason.substr(0, reason.find('\n'));
    return missing(name + " ended with code " + std::to_string(ended->exit_code) +
                   (reason.empty() ? "" : ": " + reason));
  }
  Secret secret = first_line(ended->out);
  if (secret.text().empty()) return missing(name + " printed nothing");
  return secret;
}

std::vector<std::string> keyring_arguments(std::string_view verb, const SecretSource& source) {
  std::vector<std::string> argv{std::string(k_keyring), std::string(verb)};
  if (verb == "store") argv.push_back("--label=helpdesk: " + source.account);
  argv.insert(argv.end(), {"application", "helpdesk", "account", source.account});
  return argv;
}

std::optional<Secret> from_keyring(const SecretSource& source) {
  if (!keyring_available()) return std::nullopt;
  ProcessOptions options;
  options.timeout_ms = k_command_timeout_ms;
  Result<ProcessResult> ended = run_process(keyring_arguments("lookup", source), options);
  if (!ended || ended->exit_code != 0 || ended->out.empty()) return std::nullopt;
  return first_line(ended->out);
}

} // namespace

std::string_view text(SecretPlace place) {
  switch (place) {
  case SecretPlace::command: return "password_command";
  case SecretPlace::keyring: return "keyring";
  case SecretPlace::file: return "file";
  case SecretPlace::environment: break;
  }
  return "environment";
}

bool keyring_available() {
  // Without a session bus there is nobody to ask, and the attempt would wait for one.
  if (!environment("DBUS_SESSION_BUS_ADDRESS")) return false;
  std::string path = environment("PATH").value_or("/usr/bin:/bin");
  for (std::string_view entry : split(path, ':'))
    if (entry.starts_with('/') && exists(join_path(entry, k_keyring))) return true;
  return false;
}

std::string environment_variable_of(std::string_view account) {
  std::string name = "HELPDESK_PASSWORD_";
  for (char c : account) {
    bool lower_case = c >= 'a' && c <= 'z';
    bool kept = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    name += lower_case ? static_cast<char>(c - 'a' + 'A') : kept ? c : '_';
  }
  return name;
}

Result<FoundSecret> find_password(const SecretSource& source) {
  if (!source.password_command.empty()) return FoundSecret{TRY(from_command(source)), SecretPlace::command};
  if (std::optional<Secret> secret = from_keyring(source))
    return FoundSecret{std::move(*secret), SecretPlace::keyring};
  Result<std::optional<std::string>> file = read_trusted(password_file(source), Trust::secret);
  if (!file) return missing(file.error().message);
  if (*file) return FoundSecret{first_line(**file), SecretPlace::file};
  std::string variable = environment_variable_of(source.account);
  if (std::optional<std::string> value = environment(variable.c_str()))
    return FoundSecret{Secret(std::move(*value)), SecretPlace::environment};
  return missing("no password for \"" + source.account +
                 "\": set its password_command, or run helpdesk auth login " + source.account + ", or set " +
                 variable);
}

Result<void> store_password(const SecretSource& source, const Secret& secret, SecretPlace place) {
  if (secret.text().find_first_of("\r\n") != std::string::npos || secret.text().empty())
    return usage_error("a password is one line and not empty");
  if (place == SecretPlace::keyring) {
    ProcessOptions options;
    options.input = secret.text();
    options.timeout_ms = k_command_timeout_ms;
    ProcessResult ended = TRY(run_process(keyring_arguments("store", source), options));
    if (ended.exit_code != 0)
      return failed("the keyring refused the password: " + std::string(trim(ended.err)));
    return {};
  }
  if (place != SecretPlace::file) return usage_error("a password can be kept in the keyring or in a file");
  TRY(make_private_directories(join_path(source.directory, "secrets")));
  return write_file_atomically(password_file(source), secret.text(), 0600);
}

Result<bool> forget_password(const SecretSource& source) {
  bool found = false;
  if (from_keyring(source)) {
    ProcessResult ended = TRY(run_process(keyring_arguments("clear", source)));
    if (ended.exit_code != 0) return failed("the keyring kept the password: " + std::string(trim(ended.err)));
    found = true;
  }
  std::string file = password_file(source);
  if (exists(file)) {
    TRY(remove_file(file));
    found = true;
  }
  return found;
}

} // namespace helpdesk::config
