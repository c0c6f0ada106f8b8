// kind_rank for those who ask it of every entry of every ticket.
#pragma once

#include "model/timeline.hpp"

namespace helpdesk::model {

inline int kind_rank_of(const TimelineEntry& e) {
  if (e.entry == EntryKind::message)
    return e.visibility == Visibility::private_ ? 3 : e.direction == Direction::in ? 1 : 2;
  switch (e.kind) {
  case EventKind::created: return 0;
  case EventKind::status: return 5;
  case EventKind::merge: return 6;
  case EventKind::delete_: return 7;
  default: return 4;
  }
}

} // namespace helpdesk::model
