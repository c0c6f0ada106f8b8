#include "store/sqlite/seconds.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace helpdesk::store::sqlite {
namespace {

constexpr double k_largest = 9.2e12; // seconds: an instant's range

std::int64_t micros_of(double seconds) {
  if (std::isnan(seconds)) return 0;
  // Apart, because the product of the whole would be rounded.
  seconds = std::clamp(seconds, -k_largest, k_largest);
  auto whole = std::floor(seconds);
  return static_cast<std::int64_t>(whole) * 1'000'000 + std::llround((seconds - whole) * 1e6);
}

} // namespace

double Seconds::real() const { return static_cast<double>(micros) / 1e6; }

bool Seconds::is_exact() const { return is_whole() || micros_of(real()) == micros; }

void bind_seconds(Statement& s, int index, Seconds seconds) {
  if (seconds.is_whole())
    s.bind_one(index, seconds.whole());
  else
    s.bind_one(index, seconds.real());
}

Instant instant_of_column(const Statement& s, int column) {
  if (s.is_real(column)) return instant_of_micros(micros_of(s.real(column)));
  constexpr std::int64_t k_most = std::numeric_limits<std::int64_t>::max() / 1'000'000;
  return instant_of_seconds(std::clamp(s.integer(column), -k_most, k_most));
}

} // namespace helpdesk::store::sqlite
