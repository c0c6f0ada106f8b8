// The one map from a kind of failure to the exit code that scripts rely on.
#pragma once

#include "base/result.hpp"

namespace helpdesk::app {

constexpr int exit_code(ErrorKind kind) {
  switch (kind) {
  case ErrorKind::negative: return 1;
  case ErrorKind::usage: return 2;
  case ErrorKind::failed: return 3;
  case ErrorKind::credentials: return 4;
  case ErrorKind::partial: return 5;
  case ErrorKind::retry: return 75;
  case ErrorKind::interrupted: return 130;
  }
  return 3;
}

} // namespace helpdesk::app
