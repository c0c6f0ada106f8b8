#include "app/app.hpp"
#include "base/process.hpp"
#include "root.hpp"
#include "terminal/last_words.hpp"

namespace {
[[gnu::init_priority(
    101)]] const helpdesk::terminal::LastWords g_last_words; // before any other object is made
}

int main(int argc, char** argv) {
  helpdesk::install_signal_handlers();
  auto terminal = helpdesk::terminal::standard_terminal();
  helpdesk::app::App app(*terminal, {argv, argv + argc}, helpdesk::commands());
  return app.run();
}
