// What every command understands: flags, exit codes, environment variables. Tables, read by parser, help and
// manual.
#pragma once

#include "cli/command.hpp"

namespace helpdesk::cli {

enum class GlobalGroup : unsigned char { output, general };
struct GlobalFlag {
  Flag flag;
  GlobalGroup group = GlobalGroup::general;
};
std::span<const GlobalFlag> global_flags();
// Whether an output flag means something for this kind of command; general flags always do.
bool applies(const GlobalFlag& flag, Output output);

struct ExitCode {
  int code;
  std::string_view when;
};
std::span<const ExitCode> exit_codes();

struct Variable {
  std::string_view name, help;
};
std::span<const Variable> variables();

} // namespace helpdesk::cli
