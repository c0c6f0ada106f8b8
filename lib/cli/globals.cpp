#include "cli/globals.hpp"

namespace helpdesk::cli {
namespace {

constexpr GlobalGroup k_output = GlobalGroup::output;

// clang-format off
constexpr GlobalFlag k_flags[] = {
    {{"format", 0, ValueKind::format, "FORMAT", "print as table, tsv, csv, json, ndjson, markdown or html"}, k_output},
    {{"output", 'o', ValueKind::path, "FILE", "write to a file, whole or not at all; its ending chooses the format"}, k_output},
    {{"json", 0, ValueKind::text, "FIELDS", "print these fields as JSON, separated by commas; --json list names them"}, k_output},
    {{"jq", 0, ValueKind::text, "EXPR", "filter the JSON output with a jq expression"}, k_output},
    {{"render", 0, ValueKind::text, "LIQUID", "print each row through a Liquid template"}, k_output},
    {{"raw-csv", 0, ValueKind::none, "", "leave cells that spreadsheets take for formulas as they are"}, k_output},
    {{"now", 0, ValueKind::text, "WHEN", "pretend that it is this time, for output that can be reproduced"}},
    {{"config", 0, ValueKind::path, "FILE", "read this configuration instead of the user's"}},
    {{"store", 0, ValueKind::directory, "DIR", "use the store in this directory"}},
    {{"read-only", 0, ValueKind::none, "", "refuse whatever changes a remote system or sends"}},
    {{"no-input", 0, ValueKind::none, "", "never ask, even on a terminal"}},
    {{"quiet", 'q', ValueKind::none, "", "print no messages, only data, warnings and errors"}},
    {{"color", 0, ValueKind::choice, "WHEN", "colour the output", "auto|always|never"}},
    {{"debug", 0, ValueKind::none, "", "write what is done to standard error as JSON lines, never secrets or texts"}},
    {{"help", 'h', ValueKind::none, "", "show the help of a command"}},
    {{"version", 0, ValueKind::none, "", "show the version"}},
};

constexpr ExitCode k_exit_codes[] = {
    {0, "done, also when there was nothing to show"},
    {1, "ran, and the answer is negative: findings, a breached check, a named thing that does not exist"},
    {2, "the command line or the configuration is wrong"},
    {3, "failed: I/O, damaged data, a server that refuses for good"},
    {4, "credentials are missing or were refused"},
    {5, "partial: some accounts failed; what was committed is kept"},
    {75, "try again later: a lock is held, a rate limit is reached, a server is down"},
    {130, "interrupted"},
};

constexpr Variable k_variables[] = {
    {"HELPDESK_CONFIG", "the user's configuration file, instead of $XDG_CONFIG_HOME/helpdesk/config.toml"},
    {"HELPDESK_STORE", "the store's directory, instead of $XDG_DATA_HOME/helpdesk"},
    {"HELPDESK_NOW", "the time that it is taken to be, as --now"},
    {"HELPDESK_ZONE", "the time zone, as general.zone"},
    {"HELPDESK_READ_ONLY", "1 refuses whatever changes a remote system or sends"},
    {"HELPDESK_DEBUG", "1 writes what is done to standard error, as --debug"},
    {"HELPDESK_PASSWORD_ACCOUNT", "the password of an account whose name replaces ACCOUNT, in capitals, other characters as _; the last place where a password is looked for"},
    {"HELPDESK_PAGER, PAGER", "the program that shows long output on a terminal; less when unset, none when empty or cat"},
    {"VISUAL, EDITOR", "the program that edits drafts; vi when unset"},
    {"NO_COLOR", "any value switches colour off"},
    {"COLUMNS, LINES", "the size to fit output into, instead of the terminal's own"},
    {"TZ", "the time zone when general.zone is unset"},
    {"XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME, XDG_CACHE_HOME", "where files are kept; below HOME when unset"},
};
// clang-format on

} // namespace

std::span<const GlobalFlag> global_flags() { return k_flags; }
std::span<const ExitCode> exit_codes() { return k_exit_codes; }
std::span<const Variable> variables() { return k_variables; }

bool applies(const GlobalFlag& flag, Output output) {
  if (flag.group == GlobalGroup::general) return true;
  if (output == Output::text) return flag.flag.name == "output";
  return output != Output::none;
}

} // namespace helpdesk::cli
