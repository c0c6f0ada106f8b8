// Mail that somebody forwarded by hand: who wrote it first.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace helpdesk {

struct ForwardedMail {
  std::string name;    // of the original sender; may be empty
  std::string address; // lower case; may be empty when the program wrote only a name
  std::string subject;
  std::string date; // as it stands in the text, any language
  std::string body; // what was forwarded, without its header lines
};

// The first forwarded header block in a plain text body (Gmail, Outlook, Apple Mail, Thunderbird and
// relatives, in the languages strip_quotes knows), also when it is quoted with "> ". nullopt when there is
// none with a sender.
std::optional<ForwardedMail> find_forwarded(std::string_view text);

} // namespace helpdesk
