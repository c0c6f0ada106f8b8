// What stays known of people from page to page of one run, to ask the store less.
#pragma once

#include "base/time.hpp"

#include <string>
#include <unordered_map>

namespace helpdesk::sync {

struct KnownPerson {
  Instant name_at{}; // of the name that is stored
  bool is_agent = false;
};
struct PeopleCache {
  std::unordered_map<std::string, KnownPerson> people; // by person key
};

} // namespace helpdesk::sync
