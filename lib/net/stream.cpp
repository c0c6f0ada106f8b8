#include "net/stream.hpp"

#include "base/process.hpp"
#include "base/text.hpp"
#include "net/curl.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <poll.h>

namespace helpdesk::net {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int k_poll_slice_ms = 250; // how soon a Ctrl-C is seen that another thread's poll swallowed
constexpr std::size_t k_heard_lines = 200, k_heard_line_bytes = 2000;

int left_ms(Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
  return left < 0 ? 0 : static_cast<int>(left);
}

class CurlStream : public Stream {
 public:
  CurlStream(curl::Easy easy, std::string peer) : easy_(std::move(easy)), peer_(std::move(peer)) {}

  Result<std::size_t> read(std::span<char> buffer, int timeout_ms) override {
    const auto deadline = Clock::now() + std::chrono::milliseconds(timeout_ms);
    for (;;) {
      // TLS may hold decrypted bytes that poll cannot see: ask first, wait afterwards.
      std::size_t got = 0;
      const int code = easy_.receive(buffer, got);
      if (code == CURLE_OK) return got;
      if (code != CURLE_AGAIN) return broken(code, "reading");
      TRY(wait(POLLIN, deadline, timeout_ms));
    }
  }

  Result<void> write(std::string_view bytes, int timeout_ms) override {
    auto deadline = Clock::now() + std::chrono::milliseconds(timeout_ms);
    while (!bytes.empty()) {
      std::size_t sent = 0;
      const int code = easy_.send(bytes, sent);
      if (code == CURLE_OK) {
        bytes.remove_prefix(sent);
        if (sent > 0) deadline = Clock::now() + std::chrono::milliseconds(timeout_ms);
        continue;
      }
      if (code != CURLE_AGAIN) return broken(code, "writing");
      TRY(wait(POLLOUT, deadline, timeout_ms));
    }
    return {};
  }

  const std::string& peer() const override { return peer_; }

 private:
  Failure broken(int code, const char* doing) {
    return try_later(
        fmt::format("{}: the connection broke while {}: {}", peer_, doing, easy_.error_text(code)));
  }

  Result<void> wait(short events, Clock::time_point deadline, int timeout_ms) {
    for (;;) {
      if (interrupted()) return fail(ErrorKind::interrupted, fmt::format("{}: interrupted", peer_));
      const int left = left_ms(deadline);
      if (left == 0)
        return try_later(fmt::format("{}: no answer within {} s", peer_, (timeout_ms + 999) / 1000));
      pollfd p{easy_.socket(), events, 0};
      const int n = poll(&p, 1, std::min(left, k_poll_slice_ms));
      if (n > 0) return {};
      if (n < 0 && errno != EINTR) return failed(fmt::format("{}: poll: {}", peer_, std::strerror(errno)));
    }
  }

  curl::Easy easy_;
  std::string peer_;
};

std::size_t hear(char* data, std::size_t size, std::size_t count, void* user) {
  auto& heard = *static_cast<std::vector<std::string>*>(user);
  if (heard.size() >= k_heard_lines) heard.erase(heard.begin());
  heard.emplace_back(trim_right(std::string_view(data, std::min(size * count, k_heard_line_bytes))));
  return size * count;
}

int stop_when_interrupted(void*, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return interrupted() ? 1 : 0;
}

bool has_control(std::string_view s) {
  for (const char c : s)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return true;
  return false;
}

Result<void> check_values(Protocol protocol, const Endpoint& e, const Login& login) {
  if (e.host.empty()) return usage_error("host is empty: name the mail server");
  for (const char c : e.host)
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || std::strchr("/?#@\\[]<>%\"", c))
      return usage_error(fmt::format("host \"{}\" is not a host name", e.host));
  if (e.port < 0 || e.port > 65535) return usage_error(fmt::format("port {} is out of range", e.port));
  // libcurl would put these into a LOGIN command as they are.
  if (has_control(login.user)) return usage_error("user holds a control character");
  if (has_control(login.secret))
    return fail(ErrorKind::credentials,
                fmt::format("the secret of {} holds a control character", login.user));
  if (has_control(e.helo)) return usage_error("helo holds a control character");
  if (e.security == Security::none && !e.insecure && !is_loopback(e.host))
    return usage_error(
        fmt::format("{}: tls = \"none\" would send the password in clear: use implicit or starttls, or set "
                    "insecure = true",
                    where(protocol, e)));
  if (protocol == Protocol::imap && login.user.empty())
    return usage_error("user is empty: IMAP needs a login");
  return {};
}

void set_login(curl::Easy& easy, const Login& login) {
  if (login.user.empty()) return;
  easy.set(CURLOPT_USERNAME, login.user);
  const bool token = login.mechanism == Mechanism::xoauth2 || login.mechanism == Mechanism::oauthbearer;
  easy.set(token ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD, login.secret);
  switch (login.mechanism) {
  case Mechanism::automatic: break;
  case Mechanism::plain: easy.set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN"); break;
  case Mechanism::login: easy.set(CURLOPT_LOGIN_OPTIONS, "AUTH=LOGIN"); break;
  case Mechanism::xoauth2: easy.set(CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2"); break;
  case Mechanism::oauthbearer: easy.set(CURLOPT_LOGIN_OPTIONS, "AUTH=OAUTHBEARER"); break;
  }
}

} // namespace

bool is_loopback(std::string_view host) {
  if (equal_ignoring_case(host, "localhost"))
    return true; // libcurl resolves this name itself, to 127.0.0.1 and ::1
  const std::string text(host);
  in_addr v4{};
  if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  in6_addr v6{};
  return inet_pton(AF_INET6, text.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

int port_of(Protocol protocol, const Endpoint& e) {
  if (e.port != 0) return e.port;
  if (protocol == Protocol::imap) return e.security == Security::implicit ? 993 : 143;
  return e.security == Security::implicit ? 465 : 587;
}

std::string where(Protocol protocol, const Endpoint& e) {
  const bool v6 = e.host.find(':') != std::string::npos;
  return fmt::format("{}{}{}:{}", v6 ? "[" : "", e.host, v6 ? "]" : "", port_of(protocol, e));
}

Result<Connected> connect(Protocol protocol, const Endpoint& e, const Login& login) {
  TRY(check_values(protocol, e, login));
  curl::Easy easy = TRY(curl::Easy::create());
  Connected connected;
  const std::string peer = where(protocol, e);
  const char* name = protocol == Protocol::imap ? "imap" : "smtp";
  std::string url = fmt::format("{}{}://{}/", name, e.security == Security::implicit ? "s" : "", peer);
  if (protocol == Protocol::smtp) url += easy.escape(e.helo.empty() ? "[127.0.0.1]" : e.helo);
  easy.set(CURLOPT_URL, url);
  easy.set(CURLOPT_PROTOCOLS_STR, std::string(name) + "," + name + "s");
  easy.set(CURLOPT_PROXY, ""); // a proxy for web pages in the environment is none for mail
  easy.set(CURLOPT_CONNECT_ONLY, 1L);
  easy.set(CURLOPT_USE_SSL,
           static_cast<long>(e.security == Security::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  easy.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!e.ca_file.empty()) {
    easy.set(CURLOPT_CAINFO, e.ca_file);
    easy.set_pointer(CURLOPT_CAPATH, nullptr);
  }
  easy.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(e.timeouts.connect_ms));
  easy.set(CURLOPT_TIMEOUT_MS, static_cast<long>(e.timeouts.connect_ms));
  easy.set(CURLOPT_TCP_KEEPALIVE, 1L);
  set_login(easy, login);
  easy.set_function(CURLOPT_HEADERFUNCTION, reinterpret_cast<void (*)()>(&hear));
  easy.set_pointer(CURLOPT_HEADERDATA, &connected.heard);
  easy.set(CURLOPT_NOPROGRESS, 0L);
  easy.set_function(CURLOPT_XFERINFOFUNCTION, reinterpret_cast<void (*)()>(&stop_when_interrupted));

  const int code = easy.perform();
  easy.set_function(CURLOPT_HEADERFUNCTION, nullptr); // heard is about to move
  easy.set_pointer(CURLOPT_HEADERDATA, nullptr);
  if (code != CURLE_OK)
    return Failure(curl::error_of(code, {.where = peer,
                                         .user = login.user,
                                         .server_said = connected.heard.empty() ? "" : connected.heard.back(),
                                         .detail = easy.error_text(code),
                                         .connect_ms = e.timeouts.connect_ms}));
  connected.stream = std::make_unique<CurlStream>(std::move(easy), peer);
  return connected;
}

} // namespace helpdesk::net
