// The composition root: everything a command may touch, made at first use, so that --help opens nothing.
#pragma once

#include "backend/backend.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "cli/command.hpp"
#include "config/config.hpp"
#include "config/secrets.hpp"
#include "render/render.hpp"
#include "store/store.hpp"
#include "terminal/terminal.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace helpdesk::app {

class App {
 public:
  // commands: the table of cmd/helpdesk/root.cpp; static data.
  App(terminal::Terminal& terminal, std::vector<std::string> argv,
      std::span<const cli::Command* const> commands);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  // Parses argv, runs the command, prints the error if there was one; returns the exit code.
  int run();

  terminal::Terminal& terminal() { return terminal_; }
  std::span<const cli::Command* const> commands() const;
  Instant now() const; // --now, HELPDESK_NOW or the system's clock
  const Zone& zone();  // [general] zone
  bool read_only();    // --read-only, HELPDESK_READ_ONLY
  bool quiet() const;
  bool may_ask() const; // stdin and stderr are terminals and --no-input was not given

  Result<const config::Config*> config();
  void forget_config();              // read again at the next use: the file was changed
  Result<std::string> config_file(); // the user's: --config, HELPDESK_CONFIG or the XDG path; may not exist
  std::span<const config::Key> config_keys() const; // what the backends add to config::keys()
  Result<std::string> store_directory();
  Result<store::Store*> store(store::Access access); // opened once; write is an upgrade of read
  Result<std::vector<std::string>> accounts(
      const std::vector<std::string>& named); // all when none named; unknown: usage error with suggestion
  Result<backend::Settings> account_settings(std::string_view account);
  Result<std::unique_ptr<backend::Backend>> backend(std::string_view account);
  // Where an account's password or tokens are; "smtp.NAME" for a server that sends.
  Result<config::SecretSource> secret_source(std::string_view account);
  backend::Secrets secrets(std::string_view account);
  std::string operator_identity(); // "name <address> (os-user@host)" from [me]: for the journal
  std::string operator_address();  // [me] address, may be empty

  // A ticket the user named: "12", "#12", a key or a Message-ID. not_found error naming what was asked for.
  Result<model::Ticket> find_ticket(std::string_view id);

  // Output as --format, --json, --jq, --render and --output ask for; on a terminal through the pager when it
  // is long.
  Result<void> show(const render::Document& document);
  Result<std::unique_ptr<render::RowWriter>> rows(const std::vector<render::Column>& columns,
                                                  std::string empty_text);
  Result<void> write(std::string_view bytes); // plain text on stdout or --output; the caller has defused it
  void note(std::string_view line);           // a message on stderr unless --quiet
  void warn(std::string_view line);           // a warning on stderr
  // Asks on the terminal; error naming the flag to use when nobody can be asked.
  Result<bool> confirm(std::string_view question, std::string_view flag_instead);

 private:
  struct State;
  class Rows;
  Result<int> execute();
  Result<void> fix_clock();
  Result<void> list_fields();
  Result<void> check_output_flags();
  Result<render::Options> render_options(bool is_document);
  Result<void> deliver(std::string_view bytes);
  terminal::Terminal& terminal_;
  std::vector<std::string> argv_;
  std::unique_ptr<State> state_;
};

} // namespace helpdesk::app
