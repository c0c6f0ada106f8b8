#include "mime/gmime_api.hpp"

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

// GLib would write its warnings about hostile mail to standard error. Where it finds no memory it ends the
// process by a trap, which main's last words turn into exit code 3.
void ignore_message(const char*, GLogLevelFlags, const char*, void*) {}

Loaded load() {
  Loaded loaded;
  // GLib first: what starts with the others finds the handler in place.
  void* glib = dlopen("libglib-2.0.so.0", RTLD_NOW | RTLD_LOCAL);
  if (auto set_handler = reinterpret_cast<decltype(&g_log_set_default_handler)>(
          glib ? dlsym(glib, "g_log_set_default_handler") : nullptr))
    set_handler(ignore_message, nullptr);
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
