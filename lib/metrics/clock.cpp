#include "metrics/clock.hpp"

#include <algorithm>

namespace helpdesk::metrics {
namespace {

class WallClock final : public Clock {
 public:
  Duration elapsed(Instant a, Instant b) const override { return b - a; }
  std::optional<Instant> due_close(Instant a, Duration d) const override {
    return a + std::max(d, Duration::zero());
  }
  std::optional<Instant> due_next(Instant a, Duration d) const override { return due_close(a, d); }
  std::vector<OpenInterval> open(Instant a, Instant b) const override {
    if (a >= b) return {};
    return {{a, b}};
  }
  std::string_view name() const override { return "calendar time"; }
};

} // namespace

const Clock& wall_clock() {
  static const WallClock clock;
  return clock;
}

} // namespace helpdesk::metrics
