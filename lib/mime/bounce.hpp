// Delivery failures: RFC 3464 reports, and what mail servers write instead.
#pragma once

#include "mime/mail.hpp"
#include "mime/tree.hpp"

namespace helpdesk::mime {

// nullopt when the mail does not tell of a delivery.
std::optional<Bounce> find_bounce(const Mail& mail, const Tree& tree);

} // namespace helpdesk::mime
