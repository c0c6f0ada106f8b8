// --input FILE: a report about a log that no account pulls, without a store.
#pragma once

#include "app/app.hpp"
#include "base/file.hpp"
#include "cli/command.hpp"
#include "report/desk.hpp"
#include "sync/log_reader.hpp"

#include <memory>
#include <optional>

namespace helpdesk::app {

// The flags that go with it, for the commands that have them.
inline constexpr cli::Flag k_input_flag{
    "input", 0, cli::ValueKind::path, "FILE",
    "read this log (CSV, TSV, JSON; packed or not; - for standard input) instead of the store"};
inline constexpr cli::Flag k_mapping_flag{
    "mapping", 0, cli::ValueKind::text, "NAME",
    "with --input: what its columns mean, a ready mapping or an account's; found out when not given"};

struct InputLog {
  FileDescriptor held; // of standard input's copy
  std::unique_ptr<sync::LogReader> reader;
};
struct InputNeeds { // see sync::LogOptions
  bool subjects = false, names = true;
};
// Nothing when --input was not given. What cannot be used in the file is told on stderr.
Result<std::optional<InputLog>> input_log(App& app, const cli::Invocation& call,
                                          const InputNeeds& needs = {});
// The desk of a report: the log's or the store's. input must outlive it.
Result<report::Desk> desk_of(App& app, const cli::Invocation& call, const std::optional<InputLog>& input);

} // namespace helpdesk::app
