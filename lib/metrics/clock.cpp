#include "metrics/clock.hpp"

namespace helpdesk::metrics {
namespace {

class WallClock final : public Clock {
 public:
  Duration elapsed(Instant a, Instant b) const override { return b - a; }
  std::string_view name() const override { return "calendar time"; }
};

} // namespace

const Clock& wall_clock() {
  static const WallClock clock;
  return clock;
}

} // namespace helpdesk::metrics
