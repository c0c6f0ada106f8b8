#include "app/app.hpp"
#include "base/process.hpp"
#include "root.hpp"

int main(int argc, char** argv) {
  helpdesk::install_signal_handlers();
  auto terminal = helpdesk::terminal::standard_terminal();
  helpdesk::app::App app(*terminal, {argv, argv + argc}, helpdesk::commands());
  return app.run();
}
