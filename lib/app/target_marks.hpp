// Which tickets are near a target or past one, for lists: by the [sla.NAME] policies, else by [reply] target
// in the standard calendar's time (calendar time when there is none).
#pragma once

#include "app/app.hpp"

#include <cstdint>
#include <map>
#include <vector>

namespace helpdesk::app {

enum class TargetMark : unsigned char { none, near, past };

// By ticket number; the worst of a ticket's open clocks by the wall clock. Those with none are left out.
using TargetMarks = std::map<std::int64_t, TargetMark>;
Result<TargetMarks> target_marks(App& app, store::Reader& store, const std::vector<model::Ticket>& tickets);

inline TargetMark mark_of(const TargetMarks& marks, std::int64_t ticket) {
  auto it = marks.find(ticket);
  return it == marks.end() ? TargetMark::none : it->second;
}

} // namespace helpdesk::app
