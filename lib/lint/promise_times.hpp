// Times that a sentence names, as one who waits understands them. Inside lib/lint only.
#pragma once

#include "base/time.hpp"
#include "lint/reading.hpp"

#include <vector>

namespace helpdesk::lint {

struct NamedTime {
  std::size_t first = 0, last = 0; // words, with the preposition that belongs to it
  Instant end{};                   // the last moment that the words allow
  bool whole_day = false;
  bool limit = false; // introduced as a limit: by, within, at the latest
};

// In reading order; what lies at or before `written` is left out.
std::vector<NamedTime> times_of(const Reading& reading, Instant written, const Zone& zone);

} // namespace helpdesk::lint
