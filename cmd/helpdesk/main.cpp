#include "app/app.hpp"
#include "base/process.hpp"
#include "root.hpp"

#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>

#include <unistd.h>

namespace {

// Where no handler can catch it (before main, in a thread, while an exception is on its way) lack of memory still ends
// with a word and a documented exit code. The store bears to be left at any moment.
[[noreturn]] void end_for_lack_of_memory() {
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

struct MemoryGuard {
  MemoryGuard() { std::set_terminate(end_for_lack_of_memory); }
};
[[gnu::init_priority(101)]] const MemoryGuard g_memory_guard; // before any other object is made

} // namespace

int main(int argc, char** argv) {
  helpdesk::install_signal_handlers();
  auto terminal = helpdesk::terminal::standard_terminal();
  helpdesk::app::App app(*terminal, {argv, argv + argc}, helpdesk::commands());
  return app.run();
}
