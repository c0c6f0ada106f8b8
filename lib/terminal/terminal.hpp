// The only module that writes to a terminal. What came from outside is defused here: no control character
// reaches a person's screen.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::terminal {

// Replaces C0 (but \n and, with keep_tabs, \t), DEL, C1 (as code points and as raw bytes), bidi controls,
// U+2028/2029, zero-width and other invisible format characters and invalid UTF-8: control characters become
// caret notation (^[), others U+FFFD or nothing.
std::string defuse(std::string_view text, bool keep_tabs = false);
// One line: line ends become a space too.
std::string defuse_line(std::string_view text);

// Columns a text takes: East Asian wide and emoji 2, combining 0. For text that was defused.
int width(std::string_view text);
std::string pad(std::string_view text, int columns, bool right_align = false); // never cuts
std::string fit(std::string_view text, int columns);               // cuts with an ellipsis, never pads
std::vector<std::string> wrap(std::string_view text, int columns); // at spaces; a longer word is broken

enum class Color : unsigned char { plain, bold, dim, red, green, yellow, blue, cyan };

class Progress;

// Standard streams of this process, or of a test.
class Terminal {
 public:
  virtual ~Terminal() = default;
  virtual bool in_is_tty() const = 0;
  virtual bool out_is_tty() const = 0;
  virtual bool err_is_tty() const = 0;
  virtual int columns() const = 0; // COLUMNS, else the terminal's, else 80
  virtual int rows() const = 0;
  virtual bool color() const = 0; // out is a terminal, NO_COLOR unset, TERM not dumb; --color decides
  virtual void set_color(std::optional<bool> color) = 0;

  // Bytes as they are: renderers have defused them. A closed pipe is remembered and ends the command with
  // success.
  virtual Result<void> out(std::string_view bytes) = 0;
  // A message for people; defused here, ends with a newline.
  virtual void err(std::string_view line) = 0;
  virtual bool out_closed() const = 0;
  // What out() holds back goes out now; an error of any earlier write shows at the latest here.
  virtual Result<void> flush() = 0;

  // Reads one line after a prompt on stderr; nullopt at end of input. hidden: no echo (passwords).
  virtual std::optional<std::string> ask(std::string_view prompt, bool hidden = false) = 0;
  virtual Result<std::string> read_in(std::uint64_t limit) = 0; // the whole of stdin
  // Shows text through $HELPDESK_PAGER, $PAGER or less -FRX when it is longer than the screen and out is a
  // terminal; else prints it.
  virtual Result<void> page(std::string_view text) = 0;
  // Opens $VISUAL, $EDITOR or vi on a private temporary file; returns the new content, nullopt when it was
  // not changed.
  virtual Result<std::optional<std::string>> edit(std::string_view initial, std::string_view file_name) = 0;
  // One line on stderr after a second of work, when err is a terminal; replaced in place; cleared by
  // destruction.
  virtual std::unique_ptr<Progress> progress(std::string_view title) = 0;
};

class Progress {
 public:
  virtual ~Progress() = default;
  virtual void update(std::string_view what, std::uint64_t done, std::uint64_t total) = 0; // total 0: unknown
};

std::unique_ptr<Terminal> standard_terminal();
std::string paint(std::string_view text, Color color, bool on);

} // namespace helpdesk::terminal
