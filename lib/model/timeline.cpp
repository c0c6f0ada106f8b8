#include "model/timeline.hpp"

#include "model/kind_rank.hpp"

namespace helpdesk::model {

int kind_rank(const TimelineEntry& e) { return kind_rank_of(e); }

} // namespace helpdesk::model
