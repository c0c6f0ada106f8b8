// Lists of names for flags, as cli::Flag::choices wants them.
#pragma once

#include <string_view>

namespace helpdesk::app {

inline constexpr std::string_view k_channel_choices =
    "email|web|chat|sms|phone|social_public|social_direct|forum|issue|api|other"; // of model::Channel

} // namespace helpdesk::app
