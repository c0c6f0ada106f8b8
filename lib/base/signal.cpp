#include "base/process.hpp"

#include <csignal>

#include <unistd.h>

namespace helpdesk {
namespace {

volatile std::sig_atomic_t seen = 0;

extern "C" void helpdesk_on_signal(int signal) {
  // The second one ends the process the way the shell expects it: by the signal itself.
  if (seen) {
    ::signal(signal, SIG_DFL);
    ::raise(signal);
    return;
  }
  seen = signal;
}

} // namespace

bool interrupted() { return seen != 0; }

void install_signal_handlers() {
  struct sigaction action{};
  action.sa_handler = helpdesk_on_signal;
  sigemptyset(&action.sa_mask);
  action.sa_flags = 0; // no SA_RESTART: a prompt or a sleep that waits has to notice
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  // A closed pipe is seen as a failed write, not as death in the middle of a transaction.
  ::signal(SIGPIPE, SIG_IGN);
}

} // namespace helpdesk
