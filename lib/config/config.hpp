// Configuration: layers with origins over one key table. Keys are dotted: "general.zone",
// "accounts.shop.host".
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::config {

enum class Layer : unsigned char { fallback, system, user, project, environment, flag };

struct Origin {
  Layer layer = Layer::fallback;
  std::string file; // or the variable or flag name
  int line = 0;
};
std::string to_text(const Origin& origin); // "~/.config/helpdesk/config.toml:12", "HELPDESK_ZONE", "default"
std::string shown_path(std::string_view path); // with "~" for the home directory

enum class Type : unsigned char {
  text,
  list,
  flag,
  integer,
  duration,
  size,
  zone,
  path,
  command,
  choice,
  query,
  tables
};
// project: may stand in a project's .helpdesk.toml (display and query keys only).
enum class Policy : unsigned char { user_only, project };

// One row a key; '*' stands for a name of the user's ("accounts.*.host"), '#' for an entry of a list of
// tables ("rules.#.when"), '?' as the last segment for any text ("accounts.*.values.*.?").
// helpdesk-config(5), completion, did-you-mean and the checks all read this table. Keys of backends are taken
// from backend settings by app (see extra in LoadOptions).
struct Key {
  std::string_view name;
  Type type = Type::text;
  std::string_view fallback;
  std::string_view help;
  std::string_view choices; // "a|b|c"
  Policy policy = Policy::user_only;
};
std::span<const Key> keys();
Result<std::uint64_t> parse_size(std::string_view text); // "10MB", "500kB", "2GiB", "1000"

// The row of a key as a user wrote it; usage error with a suggestion when there is none.
Result<const Key*> find_key(std::string_view key, std::span<const Key> extra);

struct Entry {
  std::string key;
  std::vector<std::string> values; // one, or a list's
  Origin origin;
};

struct LoadOptions {
  std::string user_file; // --config or the XDG path
  std::string system_file = "/etc/helpdesk/config.toml";
  std::string project_directory;                  // where to start walking up for .helpdesk.toml; empty: none
  std::map<std::string, std::string> environment; // HELPDESK_… as given
  std::vector<std::pair<std::string, std::string>> flags; // key, value
  std::span<const Key> extra; // further keys: "accounts.*.<setting>" of the backends
};

// Thread-safe to read.
class Config {
 public:
  // Unknown keys, wrong types, a file that others may write to: usage error with file:line and a suggestion.
  // Missing files are empty.
  static Result<Config> load(const LoadOptions& options);

  const Entry* find(std::string_view key) const; // null: not set anywhere; the table's fallback is found too
  std::string text(std::string_view key, std::string_view otherwise = "") const;
  std::vector<std::string> list(std::string_view key) const;
  bool flag(std::string_view key, bool otherwise = false) const;
  std::int64_t integer(std::string_view key, std::int64_t otherwise = 0) const;
  std::optional<Duration> duration(std::string_view key) const;
  std::vector<std::string>
  names(std::string_view prefix) const; // names("accounts"): accounts in order of the file
  // Array of tables ([[rules]]): one map a table, with the line it starts at and "file:line" under "".
  std::vector<std::map<std::string, std::vector<std::string>>> tables(std::string_view key) const;
  std::vector<Entry> all() const; // by key
  const std::string& user_file() const { return user_file_; }

 private:
  friend class Builder;
  std::map<std::string, Entry, std::less<>> entries_;
  std::map<std::string, std::vector<std::map<std::string, std::vector<std::string>>>, std::less<>> tables_;
  std::vector<std::string> order_;
  std::string user_file_;
};

// Sets or (nullopt) removes one key in a file, keeping comments and order; checks the key and the value
// first. 0600, atomic.
Result<void> set_in_file(const std::string& file, std::string_view key,
                         std::optional<std::vector<std::string>> values, std::span<const Key> extra);
struct Setting {
  std::string key; // below the table
  std::vector<std::string> values;
};
// "[accounts.shop]" and its settings as TOML; usage error for an unknown key, a wrong value or a bad name.
Result<std::string> table_text(const std::string& table, const std::vector<Setting>& settings,
                               std::span<const Key> extra);
// Appends raw TOML text (a new [accounts.x] block, a [[rules]] entry), refusing what would not load
// afterwards.
Result<void> append_to_file(const std::string& file, std::string_view toml, std::span<const Key> extra);

} // namespace helpdesk::config
