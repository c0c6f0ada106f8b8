// Mail that only tells: receipts, confirmations, shipping notes. By the subject's beginning, and only when
// nobody asks anything.
#pragma once

#include <string_view>

namespace helpdesk::sync {

// The phrase that decided, or empty. Replies and forwards are never notifications: a person chose to write.
std::string_view notification_phrase(std::string_view subject);

} // namespace helpdesk::sync
