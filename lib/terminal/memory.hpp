// A Terminal in memory, for unit tests: what was written can be read, what will be asked is laid out before.
#pragma once

#include "terminal/terminal.hpp"

#include <deque>

namespace helpdesk::terminal {

class MemoryTerminal : public Terminal {
 public:
  bool tty = false; // all three streams at once
  int width = 80, height = 24;
  bool colored = false;
  std::string output, errors, input;
  std::deque<std::string> answers; // to ask(), in order; none left: end of input
  std::vector<std::string> prompts;
  std::function<std::optional<std::string>(std::string_view)> editor; // empty: no editor
  bool close_out = false;                                             // the reader of stdout went away

  bool in_is_tty() const override { return tty; }
  bool out_is_tty() const override { return tty; }
  bool err_is_tty() const override { return tty; }
  int columns() const override { return width; }
  int rows() const override { return height; }
  bool color() const override { return colored; }
  void set_color(std::optional<bool> color) override { colored = color.value_or(false); }
  Result<void> out(std::string_view bytes) override;
  void err(std::string_view line) override;
  bool out_closed() const override { return close_out; }
  Result<void> flush() override { return {}; }
  std::optional<std::string> ask(std::string_view prompt, bool hidden) override;
  Result<std::string> read_in(std::uint64_t limit) override;
  Result<void> page(std::string_view text) override { return out(text); }
  Result<std::optional<std::string>> edit(std::string_view initial, std::string_view file_name) override;
  std::unique_ptr<Progress> progress(std::string_view title) override;
};

} // namespace helpdesk::terminal
