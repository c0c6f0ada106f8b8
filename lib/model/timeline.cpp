#include "model/timeline.hpp"

namespace helpdesk::model {

int kind_rank(const TimelineEntry& e) {
  if (e.entry == EntryKind::message) {
    if (e.visibility == Visibility::private_) return 3;
    return e.direction == Direction::in ? 1 : 2;
  }
  switch (e.kind) {
  case EventKind::created: return 0;
  case EventKind::status: return 5;
  case EventKind::merge: return 6;
  case EventKind::delete_: return 7;
  default: return 4;
  }
}

} // namespace helpdesk::model
