// A byte stream to a mail server: connected, under TLS and logged in when it is handed out.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::net {

enum class Protocol : unsigned char { imap, smtp };
// none: plain text, only to this machine, or with Endpoint::insecure.
enum class Security : unsigned char { implicit, starttls, none };
// automatic: the strongest that both sides know, for a password. The last two take an OAuth access token.
enum class Mechanism : unsigned char { automatic, plain, login, xoauth2, oauthbearer };

struct Timeouts {
  int connect_ms = 30'000; // name lookup, TCP, TLS and login together
  int idle_ms = 60'000;    // silence of the server in a running dialogue
};

struct Endpoint {
  std::string host;
  int port = 0; // 0: the protocol's usual one (993, 143; 465, 587)
  Security security = Security::implicit;
  bool insecure = false; // allows Security::none to other machines
  std::string ca_file;   // PEM; empty: the system's
  Timeouts timeouts;
  std::string
      helo; // SMTP: the name in EHLO; empty: an address literal, which tells nothing about this machine
};

struct Login {
  std::string user;   // empty: no login (SMTP only)
  std::string secret; // password, or access token
  Mechanism mechanism = Mechanism::automatic;
};

class Stream {
 public:
  virtual ~Stream() = default;
  // Waits for at least one byte; 0 means that the peer closed. retry when nothing came within timeout_ms or
  // the connection broke; interrupted after Ctrl-C.
  virtual Result<std::size_t> read(std::span<char> buffer, int timeout_ms) = 0;
  // All of it, or an error; after an error the last byte was certainly not handed over.
  virtual Result<void> write(std::string_view bytes, int timeout_ms) = 0;
  virtual const std::string& peer() const = 0; // "host:port", for messages
};

struct Connected {
  std::unique_ptr<Stream> stream;
  std::vector<std::string>
      heard; // what the server said while connecting, without line ends (at most 200 lines)
};

// Errors: retry (unreachable, reset, too slow), failed (certificate, no STARTTLS), credentials (login
// refused), usage (plain text not allowed, unusable user or host). With starttls nothing but the upgrade goes
// out in clear, and a server that does not offer it, is already logged in (PREAUTH), or sends ahead of the
// handshake is refused.
Result<Connected> connect(Protocol protocol, const Endpoint& endpoint, const Login& login);

bool is_loopback(std::string_view host);
int port_of(Protocol protocol, const Endpoint& endpoint);
std::string where(Protocol protocol, const Endpoint& endpoint); // "host:port", IPv6 in brackets

} // namespace helpdesk::net
