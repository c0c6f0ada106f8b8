#include "base/log.hpp"

#include "base/time.hpp"

#include <atomic>
#include <memory>
#include <mutex>

#include <fmt/core.h>

namespace helpdesk {
namespace {

std::atomic<bool> enabled{false};
std::mutex sink_mutex;
LogSink sink;

void append_quoted(std::string& out, std::string_view s) {
  out += '"';
  for (char c : s) {
    unsigned char u = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (u < 0x20 || u == 0x7f) {
      out += fmt::format("\\u{:04x}", u);
    } else {
      out += c;
    }
  }
  out += '"';
}

} // namespace

void set_log_sink(LogSink new_sink) {
  std::lock_guard lock(sink_mutex);
  enabled = static_cast<bool>(new_sink);
  sink = std::move(new_sink);
}

bool log_enabled() { return enabled.load(std::memory_order_relaxed); }

void log_debug(std::string_view component, std::string_view message) {
  if (!log_enabled()) return;
  std::string line = "{\"time\":\"" + format_rfc3339(system_now(), Zone::utc()) + "\",\"component\":";
  append_quoted(line, component);
  line += ",\"message\":";
  append_quoted(line, message);
  line += "}";
  std::lock_guard lock(sink_mutex);
  if (sink) sink(line);
}

} // namespace helpdesk
