// Reading a time from left to right.
#pragma once

#include "base/time.hpp"

#include <optional>
#include <string_view>

namespace helpdesk::backend::table {

struct CivilText {
  Civil civil;
  std::optional<int> offset; // seconds east of UTC
  bool date_only = true;
  std::optional<Instant> instant; // an epoch, which needs no zone
};

class TimeScanner {
 public:
  explicit TimeScanner(std::string_view text) : text_(text) {}
  bool at_end() const { return pos_ == text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[pos_]; }
  bool skip(char c) {
    if (peek() != c || at_end()) return false;
    ++pos_;
    return true;
  }
  bool skip_word(std::string_view word); // ASCII case does not count
  void skip_spaces();
  // 1 to at_most digits; how many there were stands in digits().
  std::optional<int> number(int at_most);
  int digits() const { return digits_; }
  std::optional<int> month();  // English name, short or whole
  int fraction();              // digits behind a point, as microseconds
  bool weekday();              // English name, skipped
  std::optional<int> offset(); // "Z", "+01:00", "-0300", "UTC", "GMT"

 private:
  std::string_view text_;
  std::size_t pos_ = 0;
  int digits_ = 0;
};

bool is_sound(const Civil& civil);
// "10:00", "10:00:30.5", "9:05 PM" at the scanner.
bool read_clock(TimeScanner& scan, CivilText& out);
// strptime's common letters: %Y %y %m %d %e %H %I %M %S %f %p %b %B %a %A %z %Z %s %j %T %R %F %D %%.
std::optional<CivilText> read_by_pattern(std::string_view text, std::string_view pattern);

} // namespace helpdesk::backend::table
