#include "reply/foreign/foreign.hpp"

namespace helpdesk::reply::foreign {

extern const System k_zendesk, k_freshdesk, k_helpscout, k_freescout, k_zammad, k_chatwoot;

namespace {

constexpr const System* k_systems[] = {&k_zendesk,   &k_freshdesk, &k_helpscout,
                                       &k_freescout, &k_zammad,    &k_chatwoot};

} // namespace

std::span<const System* const> systems() { return k_systems; }

const System* find_system(std::string_view name) {
  for (const System* system : k_systems)
    if (system->name == name) return system;
  return nullptr;
}

} // namespace helpdesk::reply::foreign
