#include "terminal/last_words.hpp"

#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>

#include <unistd.h>

namespace helpdesk::terminal {
namespace {

[[noreturn]] void end() {
  if (std::exception_ptr error = std::current_exception()) {
    try {
      std::rethrow_exception(error);
    } catch (const std::bad_alloc&) {
      constexpr std::string_view k_words = "helpdesk: out of memory\n";
      (void)!write(STDERR_FILENO, k_words.data(), k_words.size());
      std::_Exit(3);
    } catch (...) {
      std::abort();
    }
  }
  std::abort();
}

} // namespace

LastWords::LastWords() { std::set_terminate(end); }

} // namespace helpdesk::terminal
