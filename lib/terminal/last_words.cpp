#include "terminal/last_words.hpp"

#include <csignal>
#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>

#include <unistd.h>

namespace helpdesk::terminal {
namespace {

constexpr std::string_view k_words = "helpdesk: out of memory\n";

[[noreturn]] void say_and_leave() {
  (void)!write(STDERR_FILENO, k_words.data(), k_words.size());
  std::_Exit(3);
}

[[noreturn]] void end() {
  if (std::exception_ptr error = std::current_exception()) {
    try {
      std::rethrow_exception(error);
    } catch (const std::bad_alloc&) {
      say_and_leave();
    } catch (...) {
      std::abort();
    }
  }
  std::abort();
}

// GLib traps where it finds no memory; nothing else here does.
[[noreturn]] void trapped(int) { say_and_leave(); }

} // namespace

LastWords::LastWords() {
  std::set_terminate(end);
  std::signal(SIGTRAP, trapped);
}

} // namespace helpdesk::terminal
