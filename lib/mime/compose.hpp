// Building a mail for sending or for \Drafts. The result has CRLF line ends and is ready for the wire but for
// dot stuffing.
#pragma once

#include "base/time.hpp"
#include "model/values.hpp"

#include <string>
#include <utility>
#include <vector>

namespace helpdesk::mime {

struct OutgoingPart {
  std::string name, type; // type empty: guessed from the name, else application/octet-stream
  std::string content;
};

struct Outgoing {
  model::Contact from;
  std::vector<model::Contact> reply_to, to, cc; // bcc never appears in a header
  std::string subject;
  std::string message_id; // without <>, see make_message_id
  std::string in_reply_to;
  std::vector<std::string> references;
  Instant date{};
  Zone zone = Zone::utc();
  std::string text; // UTF-8; sent as format=flowed, or quoted-printable when a line needs it
  std::string html; // optional alternative
  std::vector<OutgoingPart> attachments;
  std::vector<std::pair<std::string, std::string>> extra_headers; // "Auto-Submitted", "X-Helpdesk-Digest" …
};

// Usage error naming the field when any value holds CR, LF or NUL (header injection), or an address cannot be
// written. needs_smtputf8 tells whether an address has a non-ASCII local part; domains are written in IDNA.
struct Composed {
  std::string bytes;
  bool needs_smtputf8 = false;
};
Result<Composed> compose(const Outgoing& mail);

// "<time base36>.<random>@domain-of-address", without <>.
std::string make_message_id(std::string_view from_address, Instant now);

} // namespace helpdesk::mime
