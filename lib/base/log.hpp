// Diagnostics for --debug: JSON lines on the sink that main installs. Never holds a secret or a message's
// text.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace helpdesk {

using LogSink = std::function<void(std::string_view line)>;
void set_log_sink(LogSink sink); // empty: off. Safe in threads
bool log_enabled();
// component "imap", message "fetched 100"; newlines and control characters are escaped.
void log_debug(std::string_view component, std::string_view message);

} // namespace helpdesk
