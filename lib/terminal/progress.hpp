// Progress on a status line: silent for the first second, then at most ten redraws a second.
#pragma once

#include "terminal/status_line.hpp"
#include "terminal/terminal.hpp"

#include <chrono>
#include <functional>

namespace helpdesk::terminal {

// "title: what 12/100 (12 %)"; total 0 leaves the share out. At most columns wide.
std::string progress_text(std::string_view title, std::string_view what, std::uint64_t done,
                          std::uint64_t total, int columns);

class LineProgress : public Progress {
 public:
  LineProgress(StatusLine& line, std::string title, int columns)
      : line_(line), title_(std::move(title)), columns_(columns) {}
  ~LineProgress() override;
  void update(std::string_view what, std::uint64_t done, std::uint64_t total) override;

 private:
  using Clock = std::chrono::steady_clock;
  StatusLine& line_;
  std::string title_;
  int columns_;
  std::mutex mutex_;
  Clock::time_point next_ = Clock::now() + std::chrono::seconds(1);
  bool drawn_ = false;
};

class SilentProgress : public Progress {
 public:
  void update(std::string_view, std::uint64_t, std::uint64_t) override {}
};

} // namespace helpdesk::terminal
