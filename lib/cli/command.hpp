// A command is data: one constinit Command in its file, one row in cmd/helpdesk/root.cpp. The parser, the
// help, the man pages and the shell completions all read it; nothing about a command is written twice.
#pragma once

#include "base/result.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::app {
class App;
}

namespace helpdesk::cli {

// What a value is: decides its check at parse time, its completion and its place-holder.
enum class ValueKind : unsigned char {
  none, // a switch
  text,
  integer,
  duration,
  instant,
  path,
  directory,
  choice,
  account,
  ticket,
  agent,
  tag,
  template_,
  field,
  command,
  format,
  query,
  address
};

struct Flag {
  std::string_view name; // "since", without dashes
  char letter = 0;       // 's' for -s
  ValueKind value = ValueKind::none;
  std::string_view placeholder; // "WHEN"
  std::string_view help;        // one sentence, lower case, no final period
  std::string_view choices; // "a|b|c" with choice; with format: what this command knows beside the usual ones
  bool repeatable = false;
};

enum class Arity : unsigned char { one, optional, any, at_least_one };
struct Argument {
  std::string_view name; // "ID"
  ValueKind value = ValueKind::text;
  std::string_view help;
  Arity arity = Arity::one;
  std::string_view choices;
};

struct Example {
  std::string_view command; // "helpdesk list --waiting '>4h'", runs against the sample desk in tests
  std::string_view says;    // what it does
  bool runs = true;         // false: needs a server or a terminal; tested elsewhere
};

// A field of the command's rows: --json names, help, man page.
struct FieldDoc {
  std::string_view name, help;
};

// Which of the global output flags apply.
enum class Output : unsigned char { none, text, rows, document };

class Invocation;

struct Command {
  std::string_view name;    // "list", "account add"
  std::string_view job;     // heading in help: "set up", "pull", "work", "reply", "measure", "tell", "know"
  std::string_view summary; // one line for help: imperative, no final period
  std::string_view description; // paragraphs separated by blank lines, for --help and the man page
  std::span<const Argument> arguments;
  std::span<const Flag> flags;
  std::span<const Example> examples;
  Output output = Output::none;
  std::span<const FieldDoc> fields;
  Result<int> (*run)(app::App& app, const Invocation& invocation) = nullptr; // the exit code; null: a group
};

// What the user typed, checked against the Command.
class Invocation {
 public:
  const Command* command = nullptr;
  std::map<std::string, std::vector<std::string>, std::less<>>
      flags; // by name; a switch holds one empty string
  std::map<std::string, std::vector<std::string>, std::less<>> arguments;

  bool has(std::string_view flag) const { return flags.find(flag) != flags.end(); }
  std::optional<std::string> get(std::string_view flag) const {
    auto it = flags.find(flag);
    if (it == flags.end() || it->second.empty()) return std::nullopt;
    return it->second.back();
  }
  std::vector<std::string> all(std::string_view flag) const {
    auto it = flags.find(flag);
    return it == flags.end() ? std::vector<std::string>{} : it->second;
  }
  std::string argument(std::string_view name) const {
    auto it = arguments.find(name);
    return it == arguments.end() || it->second.empty() ? std::string() : it->second.front();
  }
  std::vector<std::string> argument_list(std::string_view name) const {
    auto it = arguments.find(name);
    return it == arguments.end() ? std::vector<std::string>{} : it->second;
  }
};

} // namespace helpdesk::cli
