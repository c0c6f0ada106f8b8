#include "terminal/last_words.hpp"

#include <csignal>
#include <cstdarg>
#include <cstdio>
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

// GLib's word about the memory it lacks is itself put together in fresh memory (before 2.76): it would call
// itself until the stack is full. Libraries find this function, which the program exports, in place of the C
// library's.
// NOLINTBEGIN(bugprone-reserved-identifier,cert-*,readability-identifier-naming): the C library's name
extern "C" [[gnu::visibility("default")]] int __vasprintf_chk(char** out, int, const char* format,
                                                              va_list values) {
  va_list again;
  va_copy(again, values);
  int length = std::vsnprintf(nullptr, 0, format, values);
  *out = length < 0 ? nullptr : static_cast<char*>(std::malloc(static_cast<std::size_t>(length) + 1));
  if (length >= 0 && !*out) helpdesk::terminal::say_and_leave();
  if (*out) std::vsnprintf(*out, static_cast<std::size_t>(length) + 1, format, again);
  va_end(again);
  return length;
}
// NOLINTEND(bugprone-reserved-identifier,cert-*,readability-identifier-naming)
