// One SMTP conversation after the login: commands out, replies in. Internal to lib/net.
#pragma once

#include "net/stream.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::net {

struct SmtpReply {
  int code = 0;
  std::string text; // lines joined by a space, codes dropped
};

class SmtpDialogue {
 public:
  SmtpDialogue(Stream& stream, int idle_ms) : stream_(stream), idle_ms_(idle_ms) {}
  Result<SmtpReply> command(std::string_view line); // without CRLF
  Result<void> write(std::string_view bytes);
  // One reply, however many lines; the whole of it within timeout_ms. Failed when it is none (bounded in
  // lines and bytes).
  Result<SmtpReply> reply(int timeout_ms);

 private:
  Result<std::string> line(int timeout_ms);
  Stream& stream_;
  int idle_ms_;
  std::string buffer_;
};

// EHLO keywords out of the lines heard while connecting: those of the last EHLO answer, upper case, with
// their parameters.
std::vector<std::string> ehlo_keywords(const std::vector<std::string>& heard);

} // namespace helpdesk::net
