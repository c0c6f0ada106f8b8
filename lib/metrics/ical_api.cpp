#include "metrics/ical_api.hpp"

#include <string>

#include <dlfcn.h>

namespace helpdesk::metrics {
namespace {

struct Loaded {
  IcalApi api;
  std::string error;
};

Loaded load() {
  Loaded loaded;
  void* library = dlopen("libical.so.3", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    loaded.error = "reading holidays from an iCalendar file needs libical: install package libical3";
    return loaded;
  }
#define HELPDESK_RESOLVE(name)                                                                               \
  loaded.api.name = reinterpret_cast<decltype(loaded.api.name)>(dlsym(library, #name));                      \
  if (!loaded.api.name && loaded.error.empty())                                                              \
    loaded.error = "libical lacks " #name ": install package libical3";
  HELPDESK_ICAL_FUNCTIONS(HELPDESK_RESOLVE)
#undef HELPDESK_RESOLVE
  // A bad line is a defect of one event, not the end of the process.
  if (loaded.error.empty()) loaded.api.icalerror_set_errors_are_fatal(0);
  return loaded;
}

} // namespace

Result<const IcalApi*> ical_api() {
  static const Loaded loaded = load();
  if (!loaded.error.empty()) return failed(loaded.error);
  return &loaded.api;
}

} // namespace helpdesk::metrics
