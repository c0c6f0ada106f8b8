// A message with parts over 10 MB: the small parts are fetched, the big ones only listed.
//
// The record that is stored is a mail of its own: the header as it was, the same multipart structure, and in
// place of each big part an empty one whose header ends in "X-Helpdesk-Listed: N" (N: its decoded size,
// estimated from the transfer size). The record's hint says "listed": true; without that hint such a header
// came from outside and means nothing.
#pragma once

#include "base/result.hpp"
#include "net/imap_client.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace helpdesk::backend::imap {

struct BodyPart {
  std::string path; // "2.1"; empty: the message itself
  bool multipart = false;
  std::string boundary, encoding; // lower case encoding
  std::uint64_t octets = 0;
  std::vector<BodyPart> parts;
};

// Out of a BODYSTRUCTURE. Failed when it is none, or has more than 1000 parts or 50 levels.
Result<BodyPart> parse_body_structure(const net::ImapValue& value);
bool has_big_part(const BodyPart& part);

struct ListedMail {
  std::string bytes;
  bool listed = false; // false: bytes is the whole message
};

// Fetches the message with this UID from the opened folder; nullopt text when it vanished meanwhile.
Result<ListedMail> fetch_listed(net::ImapClient& client, std::uint32_t uid, std::uint64_t size);

} // namespace helpdesk::backend::imap
