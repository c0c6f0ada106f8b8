#include "base/text.hpp"
#include "net/curl.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

namespace helpdesk::net::curl {
namespace {

// Servers say "not now" in their own words; the response codes are those of RFC 5530 and the SMTP 4xx class.
bool is_temporary(std::string_view said) {
  if (contains_ignoring_case(said, "[UNAVAILABLE]") || contains_ignoring_case(said, "[INUSE]") ||
      contains_ignoring_case(said, "[LIMIT]") || contains_ignoring_case(said, "[OVERQUOTA]"))
    return true;
  return said.size() >= 3 && said[0] == '4' && said[1] >= '0' && said[1] <= '9' && said[2] >= '0' &&
         said[2] <= '9';
}

// What people can use of it: without libcurl's IMAP tag ("A002 NO …").
std::string quoted_answer(const Circumstance& c) {
  std::string_view said = c.server_said;
  if (said.size() > 5 && said[0] == 'A' && said[1] >= '0' && said[1] <= '9')
    said = trim_left(said.substr(std::min(said.find(' '), said.size())));
  return said.empty() ? "" : fmt::format(" (the server said: {})", ellipsize(clean_utf8(said), 200));
}

Error retry(std::string message) { return {ErrorKind::retry, std::move(message)}; }
Error broken(std::string message) { return {ErrorKind::failed, std::move(message)}; }

Error handshake_error(const Circumstance& c) {
  // A plain server on a TLS port answers in clear text; OpenSSL calls that a wrong version.
  if (contains_ignoring_case(c.detail, "wrong version number") ||
      contains_ignoring_case(c.detail, "packet length"))
    return broken(fmt::format(
        "{}: the server does not speak TLS on this port: check port and tls (implicit or starttls)",
        c.where));
  if (contains_ignoring_case(c.detail, "alert") || contains_ignoring_case(c.detail, "protocol version") ||
      contains_ignoring_case(c.detail, "no shared cipher"))
    return broken(fmt::format("{}: TLS handshake refused: {}", c.where, c.detail));
  return retry(fmt::format("{}: the connection broke during the TLS handshake: {}", c.where, c.detail));
}

} // namespace

Error error_of(int code, const Circumstance& c) {
  switch (code) {
  case CURLE_COULDNT_RESOLVE_HOST:
    return retry(fmt::format("{}: host name not found: check its spelling and the network", c.where));
  case CURLE_COULDNT_CONNECT: return retry(fmt::format("{}: cannot connect: {}", c.where, c.detail));
  case CURLE_OPERATION_TIMEDOUT:
    return retry(fmt::format("{}: no connection and login within {} s{}", c.where,
                             (c.connect_ms + 999) / 1000, quoted_answer(c)));
  case CURLE_SSL_CONNECT_ERROR: return handshake_error(c);
  case CURLE_PEER_FAILED_VERIFICATION:
    return broken(
        fmt::format("{}: the server's certificate is not trusted: {}: check host, or name the file of the "
                    "certificate authority in ca_file",
                    c.where, c.detail));
  case CURLE_SSL_CACERT_BADFILE:
    return {ErrorKind::usage, fmt::format("{}: ca_file cannot be read: {}", c.where, c.detail)};
  case CURLE_USE_SSL_FAILED:
    return broken(
        fmt::format("{}: the server did not agree to STARTTLS{}: nothing was sent in clear; try tls = "
                    "\"implicit\" with its own port",
                    c.where, quoted_answer(c)));
  case CURLE_LOGIN_DENIED:
  case CURLE_AUTH_ERROR:
    if (is_temporary(c.server_said))
      return retry(fmt::format("{}: the server cannot log in {} now{}", c.where, c.user, quoted_answer(c)));
    return {ErrorKind::credentials,
            fmt::format("{}: login of {} refused{}", c.where, c.user, quoted_answer(c))};
  case CURLE_WEIRD_SERVER_REPLY:
  case CURLE_REMOTE_ACCESS_DENIED:
    if (is_temporary(c.server_said) || starts_with_ignoring_case(c.server_said, "* BYE"))
      return retry(fmt::format("{}: the server turned us away{}", c.where, quoted_answer(c)));
    return broken(fmt::format("{}: unexpected answer: {}{}", c.where, c.detail, quoted_answer(c)));
  case CURLE_GOT_NOTHING:
  case CURLE_RECV_ERROR:
  case CURLE_SEND_ERROR:
  case CURLE_PARTIAL_FILE:
    return retry(fmt::format("{}: the connection broke: {}{}", c.where, c.detail, quoted_answer(c)));
  case CURLE_ABORTED_BY_CALLBACK: return {ErrorKind::interrupted, fmt::format("{}: interrupted", c.where)};
  case CURLE_UNSUPPORTED_PROTOCOL:
  case CURLE_URL_MALFORMAT:
    return {ErrorKind::usage, fmt::format("{}: not a usable address: {}", c.where, c.detail)};
  default: return broken(fmt::format("{}: {} (curl {})", c.where, c.detail, code));
  }
}

} // namespace helpdesk::net::curl
