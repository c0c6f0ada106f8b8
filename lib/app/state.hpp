// What App keeps; one place, so that its parts can lie in files of their own.
#pragma once

#include "app/app.hpp"
#include "app/output_file.hpp"
#include "cli/parse.hpp"

namespace helpdesk::app {

struct App::State {
  std::span<const cli::Command* const> commands;
  cli::Parsed parsed;
  std::optional<Instant> now; // --now, HELPDESK_NOW
  std::optional<Result<config::Config>> config;
  std::optional<Zone> zone;
  std::unique_ptr<store::Store> store;
  store::Access store_access = store::Access::read;
  std::optional<OutputFile> output;

  const cli::Invocation& globals() const { return parsed.globals; }
};

// Keys that the backends add to the configuration: "accounts.*.host". Made once.
std::span<const config::Key> backend_keys();

} // namespace helpdesk::app
