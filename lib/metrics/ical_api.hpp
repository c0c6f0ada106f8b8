// libical behind a table of function pointers: loaded when the first holiday file is read, so that nobody
// else pays for it, and a binary copied alone runs without it.
#pragma once

#include "base/result.hpp"

#include <libical/ical.h>

namespace helpdesk::metrics {

#define HELPDESK_ICAL_FUNCTIONS(X)                                                                           \
  X(icalerror_set_errors_are_fatal)                                                                          \
  X(icalparser_parse_string)                                                                                 \
  X(icalcomponent_free)                                                                                      \
  X(icalcomponent_isa)                                                                                       \
  X(icalcomponent_get_first_component)                                                                       \
  X(icalcomponent_get_next_component)                                                                        \
  X(icalcomponent_get_first_property)                                                                        \
  X(icalcomponent_get_next_property)                                                                         \
  X(icalcomponent_get_dtstart)                                                                               \
  X(icalcomponent_get_dtend)                                                                                 \
  X(icalcomponent_get_summary)                                                                               \
  X(icalcomponent_get_status)                                                                                \
  X(icalproperty_get_rrule)                                                                                  \
  X(icalproperty_get_exdate)                                                                                 \
  X(icalproperty_get_rdate)                                                                                  \
  X(icalrecur_iterator_new)                                                                                  \
  X(icalrecur_iterator_next)                                                                                 \
  X(icalrecur_iterator_free)                                                                                 \
  X(icaltime_is_null_time)

struct IcalApi {
#define HELPDESK_MEMBER(name) decltype(&::name) name = nullptr;
  HELPDESK_ICAL_FUNCTIONS(HELPDESK_MEMBER)
#undef HELPDESK_MEMBER
};

// failed when the library is not installed, naming its package.
Result<const IcalApi*> ical_api();

} // namespace helpdesk::metrics
