#include "base/process.hpp"
#include "base/text.hpp"
#include "net/oauth.hpp"
#include "net/oauth_answer.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace helpdesk::net {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t k_request_bytes = 16 * 1024;
constexpr int k_visitor_ms = 3'000; // one slow visitor must not keep the browser out

std::string bytes_of_hex(std::string_view hex_digits) {
  const auto value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string out;
  for (std::size_t i = 0; i + 1 < hex_digits.size(); i += 2)
    out += static_cast<char>(value(hex_digits[i]) * 16 + value(hex_digits[i + 1]));
  return out;
}

std::string percent_decoded(std::string_view s) {
  std::string out;
  const auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '%' && i + 2 < s.size() && digit(s[i + 1]) >= 0 && digit(s[i + 2]) >= 0) {
      out += static_cast<char>(digit(s[i + 1]) * 16 + digit(s[i + 2]));
      i += 2;
    } else {
      out += s[i] == '+' ? ' ' : s[i];
    }
  }
  return out;
}

JsonMembers query_of(std::string_view target) {
  JsonMembers fields;
  const std::size_t mark = target.find('?');
  if (mark == std::string_view::npos) return fields;
  for (const std::string_view pair : split(target.substr(mark + 1), '&')) {
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos)
      fields.emplace(percent_decoded(pair.substr(0, equals)), percent_decoded(pair.substr(equals + 1)));
  }
  return fields;
}

int left_ms(Clock::time_point deadline) {
  return static_cast<int>(std::max<std::int64_t>(
      0, std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count()));
}

// True when fd is ready before the deadline; false at the deadline or after Ctrl-C.
bool wait_readable(int fd, Clock::time_point deadline) {
  while (!interrupted()) {
    const int left = left_ms(deadline);
    if (left == 0) return false;
    pollfd p{fd, POLLIN, 0};
    if (poll(&p, 1, std::min(left, 250)) > 0) return true;
  }
  return false;
}

// The request's target, "/?code=…", or empty.
std::string read_target(int fd) {
  const auto deadline = Clock::now() + std::chrono::milliseconds(k_visitor_ms);
  std::string request;
  while (request.find("\r\n\r\n") == std::string::npos && request.size() < k_request_bytes &&
         wait_readable(fd, deadline)) {
    std::array<char, 2048> chunk{};
    const ssize_t n = recv(fd, chunk.data(), chunk.size(), 0);
    if (n <= 0) break;
    request.append(chunk.data(), static_cast<std::size_t>(n));
  }
  const std::string_view line = std::string_view(request).substr(0, request.find("\r\n"));
  const auto words = split(line, ' ');
  return words.size() == 3 && words[0] == "GET" ? std::string(words[1]) : "";
}

void answer(int fd, std::string_view status, std::string_view text) {
  const std::string page = fmt::format(
      "HTTP/1.1 {}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n"
      "Cache-Control: no-store\r\n\r\n{}",
      status, text.size(), text);
  (void)send(fd, page.data(), page.size(), MSG_NOSIGNAL);
  shutdown(fd, SHUT_WR);
}

} // namespace

std::string pkce_challenge(std::string_view verifier) {
  return base64url_encode(bytes_of_hex(sha256_hex(verifier)));
}

Pkce make_pkce() {
  Pkce pkce;
  pkce.verifier = base64url_encode(bytes_of_hex(random_hex(32)));
  pkce.challenge = pkce_challenge(pkce.verifier);
  return pkce;
}

Result<LoopbackLogin> LoopbackLogin::begin(const OAuthClient& client) {
  FileDescriptor listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  if (!listener.valid() || bind(listener.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      listen(listener.get(), 8) != 0 ||
      getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &length) != 0)
    return failed(fmt::format("cannot listen on 127.0.0.1 for the browser: {}", std::strerror(errno)));
  LoopbackLogin login(std::move(listener), client);
  login.pkce_ = make_pkce();
  login.state_ = random_hex(16);
  login.redirect_ = fmt::format("http://127.0.0.1:{}/", ntohs(address.sin_port));
  std::vector<std::pair<std::string, std::string>> fields{
      {"response_type", "code"},
      {"client_id", client.client_id},
      {"redirect_uri", login.redirect_},
      {"scope", join(client.provider.scopes, " ")},
      {"state", login.state_},
      {"code_challenge", login.pkce_.challenge},
      {"code_challenge_method", "S256"},
      {"access_type", "offline"}, // Google: a refresh token, too
      {"prompt", "consent"}};
  if (!client.user.empty()) fields.emplace_back("login_hint", client.user);
  const std::string& base = client.provider.authorization_url;
  login.url_ = base + (base.find('?') == std::string::npos ? "?" : "&") + form_encoded(fields);
  return login;
}

Result<OAuthTokens> LoopbackLogin::finish(HttpClient& http, int timeout_ms) {
  const auto deadline = Clock::now() + std::chrono::milliseconds(timeout_ms);
  while (wait_readable(listener_.get(), deadline)) {
    const FileDescriptor visitor(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!visitor.valid()) continue;
    const JsonMembers query = query_of(read_target(visitor.get()));
    const auto state = query.find("state");
    if (state == query.end() || state->second != state_) {
      answer(visitor.get(), "400 Bad Request", "This is not the login that was asked for.\n");
      continue;
    }
    if (query.contains("error")) {
      answer(visitor.get(), "200 OK", "The login was refused. You can close this window.\n");
      return fail(ErrorKind::credentials,
                  fmt::format("{}: login refused: {}", client_.provider.name, oauth_problem(query)));
    }
    const auto code = query.find("code");
    if (code == query.end()) {
      answer(visitor.get(), "400 Bad Request", "The answer holds no code.\n");
      continue;
    }
    answer(visitor.get(), "200 OK", "Logged in. You can close this window and go back to the terminal.\n");
    std::vector<std::pair<std::string, std::string>> fields{{"grant_type", "authorization_code"},
                                                            {"code", code->second},
                                                            {"redirect_uri", redirect_},
                                                            {"code_verifier", pkce_.verifier}};
    add_client(client_, fields);
    const JsonMembers tokens = TRY(ask_oauth(http, client_.provider.token_url, fields));
    if (tokens.contains("error"))
      return fail(ErrorKind::credentials,
                  fmt::format("{}: login refused: {}", client_.provider.name, oauth_problem(tokens)));
    return tokens_of(tokens, "", system_now());
  }
  if (interrupted()) return fail(ErrorKind::interrupted, "login interrupted");
  return fail(ErrorKind::credentials, fmt::format("{}: the browser did not come back within {} s",
                                                  client_.provider.name, timeout_ms / 1000));
}

} // namespace helpdesk::net
