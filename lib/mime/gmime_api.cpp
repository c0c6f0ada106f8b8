#include "mime/gmime_api.hpp"

#include <cstring>
#include <exception>
#include <new>
#include <string>

#include <dlfcn.h>

namespace helpdesk::mime {

namespace {

struct Loaded {
  GmimeApi api;
  std::string error;
};

void* resolve(void* library, const char* name, std::string& error) {
  void* address = dlsym(library, name);
  if (!address && error.empty())
    error = std::string("libgmime lacks ") + name + ": install package libgmime-3.0-0, version 3.2 or newer";
  return address;
}

// GLib writes its warnings to standard error and ends the process by a trap where memory runs out. Warnings
// about hostile mail are nobody's business; lack of memory ends the process as it does everywhere else.
void on_glib_message(const char*, GLogLevelFlags level, const char* message, void*) {
  if ((level & G_LOG_LEVEL_ERROR) == 0 || !message || !std::strstr(message, "allocate")) return;
  try {
    throw std::bad_alloc();
  } catch (...) {
    std::terminate();
  }
}

Loaded load() {
  Loaded loaded;
  // GLib first: what starts with the others finds the handler in place.
  void* glib = dlopen("libglib-2.0.so.0", RTLD_NOW | RTLD_LOCAL);
  if (auto set_handler = reinterpret_cast<decltype(&g_log_set_default_handler)>(
          glib ? dlsym(glib, "g_log_set_default_handler") : nullptr))
    set_handler(on_glib_message, nullptr);
  // RTLD_GLOBAL would let other libraries see glib's symbols; nothing here needs that.
  void* library = dlopen("libgmime-3.0.so.0", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    loaded.error = "reading mail needs GMime: install package libgmime-3.0-0";
    return loaded;
  }
// dlsym on a library also searches what it depends on, so gobject needs no handle of its own.
#define HELPDESK_RESOLVE(name)                                                                               \
  loaded.api.name = reinterpret_cast<decltype(loaded.api.name)>(resolve(library, #name, loaded.error));
  HELPDESK_GOBJECT_FUNCTIONS(HELPDESK_RESOLVE)
  HELPDESK_GMIME_FUNCTIONS(HELPDESK_RESOLVE)
#undef HELPDESK_RESOLVE
  if (loaded.error.empty()) loaded.api.g_mime_init();
  return loaded;
}

} // namespace

Result<const GmimeApi*> gmime_api() {
  static const Loaded loaded = load();
  if (!loaded.error.empty()) return failed(loaded.error);
  return &loaded.api;
}

} // namespace helpdesk::mime
