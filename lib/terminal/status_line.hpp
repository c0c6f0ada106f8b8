// The one line on stderr that progress redraws in place. Messages clear it first, so that neither tears the
// other.
#pragma once

#include <mutex>
#include <string>
#include <string_view>

namespace helpdesk::terminal {

class StatusLine {
 public:
  void draw(std::string_view line); // defused and cut to the terminal by the caller
  void clear();
  // Writes a whole line beside it.
  void message(std::string_view line);

 private:
  std::mutex mutex_;
  std::string shown_;
};

// Writes all bytes to a descriptor, over EINTR and short writes; errno of the failure, or 0.
int write_all(int fd, std::string_view bytes);

} // namespace helpdesk::terminal
