// How mail servers say in words that a mail could not be delivered.
#pragma once

#include <string_view>

namespace helpdesk::mime {

// Each takes text in any case.
bool subject_tells_of_failure(std::string_view subject); // at the start of the subject: not "Re: …"
bool subject_tells_of_delay(std::string_view subject);
bool text_tells_of_failure(std::string_view text);
bool text_tells_of_delay(std::string_view text);
bool is_daemon_address(std::string_view address); // mailer-daemon, postmaster …
bool is_daemon_name(std::string_view display_name);
// Where the returned mail starts inside the text of a bounce, else npos.
std::size_t start_of_returned_mail(std::string_view text);

} // namespace helpdesk::mime
