// GMime behind a table of function pointers: the library is loaded when the first mail is parsed, so that
// commands that parse no mail do not pay for glib's start, and a binary copied alone still runs everything
// else.
#pragma once

#include "base/result.hpp"

#include <glib-object.h>
#include <gmime/gmime.h>

namespace helpdesk::mime {

#define HELPDESK_GOBJECT_FUNCTIONS(X)                                                                        \
  X(g_object_new)                                                                                            \
  X(g_object_unref)                                                                                          \
  X(g_type_check_instance_is_a)                                                                              \
  X(g_type_register_static_simple)

#define HELPDESK_GMIME_FUNCTIONS(X)                                                                          \
  X(g_mime_init)                                                                                             \
  X(g_mime_parser_new_with_stream)                                                                           \
  X(g_mime_parser_construct_message)                                                                         \
  X(g_mime_parser_set_persist_stream)                                                                        \
  X(g_mime_message_get_mime_part)                                                                            \
  X(g_mime_message_get_type)                                                                                 \
  X(g_mime_message_part_get_message)                                                                         \
  X(g_mime_message_part_get_type)                                                                            \
  X(g_mime_multipart_get_count)                                                                              \
  X(g_mime_multipart_get_part)                                                                               \
  X(g_mime_multipart_get_type)                                                                               \
  X(g_mime_part_get_content)                                                                                 \
  X(g_mime_part_get_type)                                                                                    \
  X(g_mime_data_wrapper_get_stream)                                                                          \
  X(g_mime_object_get_header_list)                                                                           \
  X(g_mime_header_list_get_count)                                                                            \
  X(g_mime_header_list_get_header_at)                                                                        \
  X(g_mime_header_get_offset)                                                                                \
  X(g_mime_stream_get_type)                                                                                  \
  X(g_mime_stream_construct)

struct GmimeApi {
#define HELPDESK_MEMBER(name) decltype(&::name) name = nullptr;
  HELPDESK_GOBJECT_FUNCTIONS(HELPDESK_MEMBER)
  HELPDESK_GMIME_FUNCTIONS(HELPDESK_MEMBER)
#undef HELPDESK_MEMBER
};

// Loads once, safe in threads. Failed, naming the package to install, when the library is missing or too old.
Result<const GmimeApi*> gmime_api();

} // namespace helpdesk::mime
