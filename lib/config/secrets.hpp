// Passwords and tokens. Looked for in this order: password_command, the desktop's keyring (Secret Service), a
// 0600 file beside the configuration, and last the environment. Never in argv, in a log or in an error.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::config {

// A secret in memory: wiped when it goes, and the process leaves no core dump and shows no memory to others
// while one lives.
class Secret {
 public:
  Secret() : Secret(std::string()) {}
  explicit Secret(std::string&& text);
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  ~Secret();
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

void wipe(std::string& text); // overwrites and empties

enum class SecretPlace : unsigned char { command, keyring, file, environment };
std::string_view text(SecretPlace place); // "password_command", "keyring", "file", "environment"

struct SecretSource {
  std::string account;                       // "shop"; for a server that sends "smtp.NAME"
  std::vector<std::string> password_command; // empty: none
  std::string directory;                     // of the configuration; secrets/ is inside
};

struct FoundSecret {
  Secret secret;
  SecretPlace place = SecretPlace::file;
};

// Credentials error saying where was looked and what to run, when there is none or password_command failed.
Result<FoundSecret> find_password(const SecretSource& source);
// Into the keyring or the file. The secret goes through a pipe, never through argv.
Result<void> store_password(const SecretSource& source, const Secret& secret, SecretPlace place);
// From keyring and file; false when there was nothing.
Result<bool> forget_password(const SecretSource& source);
bool keyring_available();
std::string environment_variable_of(std::string_view account); // "HELPDESK_PASSWORD_SHOP"

// OAuth tokens of one account, in one 0600 file.
struct Tokens {
  std::string provider, access, refresh;
  std::optional<Instant> expires; // of access
};
Result<std::optional<Tokens>> read_tokens(const SecretSource& source);
Result<void> write_tokens(const SecretSource& source, const Tokens& tokens);
Result<bool> forget_tokens(const SecretSource& source);

} // namespace helpdesk::config
