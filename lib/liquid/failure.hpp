// How the engine reports a problem to itself. Never leaves the module: Template catches it.
#pragma once

#include "liquid/template.hpp"

#include <optional>
#include <string>
#include <utility>

namespace helpdesk::liquid {

struct Failed {
  Problem::Kind kind = Problem::Kind::argument;
  std::string message;
  std::uint32_t offset = UINT32_MAX; // in the template's text; UINT32_MAX: the node's own
  std::string context;               // syntax: " in \"{{ a b }}\""
  std::string limit;
  std::uint32_t line = 0;         // as the reference counts; 0: the node's own
  bool without_line = false;      // the reference prints no line with this one
  std::optional<Problem> located; // found in a partial while it was parsed: nothing is missing
};

[[noreturn]] inline void argument_error(std::string message) {
  throw Failed{.kind = Problem::Kind::argument, .message = std::move(message)};
}
[[noreturn]] inline void syntax_error(std::string message, std::uint32_t offset = UINT32_MAX) {
  throw Failed{.kind = Problem::Kind::syntax, .message = std::move(message), .offset = offset};
}
[[noreturn]] inline void limit_error(std::string limit, std::string message) {
  throw Failed{.kind = Problem::Kind::limit, .message = std::move(message), .limit = std::move(limit)};
}

} // namespace helpdesk::liquid
