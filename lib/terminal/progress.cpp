#include "terminal/progress.hpp"

namespace helpdesk::terminal {

std::string progress_text(std::string_view title, std::string_view what, std::uint64_t done,
                          std::uint64_t total, int columns) {
  std::string text = defuse_line(title);
  if (!what.empty()) text += ": " + defuse_line(what);
  text += " " + std::to_string(done);
  if (total > 0) {
    text += "/" + std::to_string(total);
    auto share = static_cast<unsigned>(static_cast<double>(done) / static_cast<double>(total) * 100);
    text += " (" + std::to_string(share > 100 ? 100 : share) + " %)";
  }
  return fit(text, columns > 1 ? columns - 1 : 1); // the last column would make some terminals wrap
}

LineProgress::~LineProgress() {
  if (drawn_) line_.clear();
}

void LineProgress::update(std::string_view what, std::uint64_t done, std::uint64_t total) {
  std::lock_guard guard(mutex_);
  Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(100);
  drawn_ = true;
  line_.draw(progress_text(title_, what, done, total, columns_));
}

} // namespace helpdesk::terminal
