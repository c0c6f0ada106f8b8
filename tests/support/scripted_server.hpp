// A server on 127.0.0.1 that plays a part: what it says at which step, and how it fails there.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace helpdesk::test {

enum class Fault { none, close, reset, hang, garbage, slow, temporary, permanent };
inline constexpr std::array k_faults{Fault::close, Fault::reset,     Fault::hang,     Fault::garbage,
                                     Fault::slow,  Fault::temporary, Fault::permanent};
inline std::string_view name_of(Fault f) {
  constexpr std::array<std::string_view, 8> names{"none",    "close", "reset",     "hang",
                                                  "garbage", "slow",  "temporary", "permanent"};
  return names[static_cast<std::size_t>(f)];
}

// One client's connection, seen from the server's side. Everything returns false or nothing once the client
// or the test is gone.
class Peer {
 public:
  Peer(int fd, std::atomic<bool>& stop, std::string& received, std::mutex& guard)
      : fd_(fd), stop_(stop), received_(received), guard_(guard) {}
  ~Peer() {
    if (fd_ >= 0) close(fd_);
  }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  int fd() const { return fd_; }
  bool stopped() const { return stop_ || fd_ < 0; }

  bool say(std::string_view text) {
    while (!text.empty() && fd_ >= 0) {
      const ssize_t n = ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(n));
    }
    return fd_ >= 0;
  }
  bool say_slowly(std::string_view text) { // one byte every 200 ms
    for (const char c : text) {
      if (!say(std::string_view(&c, 1))) return false;
      for (int i = 0; i < 10 && !stop_; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
      if (stop_) return false;
    }
    return true;
  }
  std::optional<std::string> line() { // without its line end
    for (;;) {
      if (const auto end = buffer_.find('\n'); end != std::string::npos) {
        std::string text = buffer_.substr(0, end);
        buffer_.erase(0, end + 1);
        if (text.ends_with('\r')) text.pop_back();
        return text;
      }
      if (!more()) return std::nullopt;
    }
  }
  bool bytes(std::size_t n, std::string* taken = nullptr) { // takes n bytes off
    while (buffer_.size() < n)
      if (!more()) return false;
    if (taken) *taken = buffer_.substr(0, n);
    buffer_.erase(0, n);
    return true;
  }
  void end() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }
  void reset() { // RST instead of FIN
    const linger now{1, 0};
    if (fd_ >= 0) setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    end();
  }
  void hang() { // listens on and says nothing
    while (more()) buffer_.clear();
  }

  // Fails as told instead of saying text; false: the conversation is over.
  bool say_with(Fault fault, std::string_view text, std::string_view temporary, std::string_view permanent) {
    switch (fault) {
    case Fault::none: return say(text);
    case Fault::close: end(); return false;
    case Fault::reset: reset(); return false;
    case Fault::hang: hang(); return false;
    case Fault::garbage: return say("\x01\xff%%% what is this\r\n") && (hang(), false);
    case Fault::slow: return say_slowly(text);
    case Fault::temporary: return say(temporary);
    case Fault::permanent: return say(permanent);
    }
    return false;
  }

 private:
  bool more() {
    while (fd_ >= 0 && !stop_) {
      pollfd p{fd_, POLLIN, 0};
      if (poll(&p, 1, 50) <= 0) continue;
      std::array<char, 16384> chunk{};
      const ssize_t n = recv(fd_, chunk.data(), chunk.size(), 0);
      if (n <= 0) return false;
      buffer_.append(chunk.data(), static_cast<std::size_t>(n));
      const std::lock_guard lock(guard_);
      received_.append(chunk.data(), static_cast<std::size_t>(n));
      return true;
    }
    return false;
  }
  int fd_;
  std::atomic<bool>& stop_;
  std::string& received_;
  std::mutex& guard_;
  std::string buffer_;
};

class ScriptedServer {
 public:
  using Session = std::function<void(Peer&)>;
  explicit ScriptedServer(Session session) : session_(std::move(session)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        listen(listener_, 16) != 0)
      throw std::runtime_error("scripted server: cannot listen");
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { accept_all(); });
  }
  ~ScriptedServer() {
    stop_ = true;
    thread_.join();
    for (std::thread& t : sessions_) t.join();
    close(listener_);
  }
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  int port() const { return port_; }
  int connections() const { return connections_; }
  std::string received() const {
    const std::lock_guard lock(guard_);
    return received_;
  }

 private:
  void accept_all() {
    while (!stop_) {
      pollfd p{listener_, POLLIN, 0};
      if (poll(&p, 1, 50) <= 0) continue;
      const int fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (fd < 0) continue;
      ++connections_;
      sessions_.emplace_back([this, fd] {
        Peer peer(fd, stop_, received_, guard_);
        session_(peer);
      });
    }
  }
  Session session_;
  int listener_ = -1, port_ = 0;
  std::atomic<bool> stop_ = false;
  std::atomic<int> connections_ = 0;
  mutable std::mutex guard_;
  std::string received_;
  std::thread thread_;
  std::vector<std::thread> sessions_;
};

} // namespace helpdesk::test
