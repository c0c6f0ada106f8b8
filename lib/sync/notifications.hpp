// Mail that only tells: receipts, confirmations, shipping notes. By the subject's beginning, and only when
// nobody asks anything.
#pragma once

#include <string_view>

namespace helpdesk::sync {

// The beginning of the subject that decided, or empty. Replies and forwards are never notifications: a person
// chose to write. info@, billing@, receipts@ …: no person's address.
bool is_office(std::string_view address);
std::string_view notification_phrase(std::string_view subject);

} // namespace helpdesk::sync
