// Handing one mail to a submission server, with an exact account of how it ended.
//
// libcurl makes the connection, the TLS upgrade and the login; MAIL, RCPT, DATA and the dots are spoken here,
// because only who writes the final dot can tell "certainly not handed over" from "nobody knows".
#pragma once

#include "net/stream.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::net {

struct SmtpSettings {
  Endpoint endpoint;
  int final_dot_ms =
      600'000; // RFC 5321 4.5.3.2.6: the server may work for ten minutes before it answers the final dot
};

enum class SendKind : unsigned char {
  accepted,             // 250 after the final dot; whatever happens to QUIT
  rejected_temporarily, // 4xx to MAIL, RCPT, DATA or the final dot: try again later
  rejected_permanently, // 5xx there: the same mail will be refused again
  unknown,              // the final dot went out and its answer was lost: it may have been delivered
  not_sent,             // nothing was handed over: no connection, no login, broken before the final dot
};

struct Refusal {
  std::string recipient; // empty: the sender or the message as a whole
  int code = 0;
  std::string text;
};

struct SendOutcome {
  SendKind kind = SendKind::not_sent;
  int code = 0; // the server's last reply code, 0 when there was none
  std::string
      text; // accepted: the server's reply (its queue id); else what went wrong, with host:port and the step
  std::vector<Refusal> refusals; // all recipients that were refused; if there is one, the mail went to nobody
  ErrorKind error = ErrorKind::retry; // of not_sent, rejected and unknown: which exit code it means
};

struct Envelope {
  std::string from; // may be empty (null sender)
  std::vector<std::string> recipients;
};

// bytes: a complete mail with CRLF line ends and without dot stuffing; a bare CR or LF is refused (SMTP
// smuggling), as is any control character or angle bracket in an envelope address. needs_smtputf8: refused by
// name when the server does not offer SMTPUTF8.
SendOutcome send(const SmtpSettings& settings, const Login& login, const Envelope& envelope,
                 std::string_view bytes, bool needs_smtputf8);

// Connects and logs in, nothing else: "account test". Returns what the server offers (EHLO keywords).
Result<std::vector<std::string>> check_smtp(const SmtpSettings& settings, const Login& login);

// Appends bytes to out as DATA wants them: leading dots doubled, CRLF at the end, then the final dot. Exposed
// for tests.
std::string dot_stuffed(std::string_view bytes);

} // namespace helpdesk::net
