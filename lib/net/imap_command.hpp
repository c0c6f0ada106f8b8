// How a command is put together. Internal to lib/net.
#pragma once

#include "net/imap_client.hpp"

namespace helpdesk::net {

// Text is ours and goes out as it stands; strings are values from elsewhere: quoted when plain, else a
// literal.
class ImapClient::Command {
 public:
  explicit Command(std::string text) { pieces_.push_back({std::move(text), false}); }
  Command& text(std::string_view text);
  Command& string(std::string_view value);
  Command& literal(std::string value);
  const std::vector<Piece>& pieces() const { return pieces_; }
  std::string name() const;             // "UID FETCH", for messages
  bool valid() const { return valid_; } // false: a value holds NUL, which no string of IMAP can

 private:
  std::vector<Piece> pieces_;
  bool valid_ = true;
};

} // namespace helpdesk::net
