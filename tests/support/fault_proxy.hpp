// Stands between a client and a real server and breaks the connection after so many bytes from the server.
#pragma once

#include "support/scripted_server.hpp"

#include <cstdint>

namespace helpdesk::test {

enum class Break { never, reset, half_close, stall };

class FaultProxy {
 public:
  explicit FaultProxy(int target_port)
      : target_port_(target_port), server_([this](Peer& peer) { serve(peer); }) {}

  int port() const { return server_.port(); }
  // For connections from now on; bytes count from the beginning of each.
  void set(Break how, std::uint64_t after_bytes) {
    how_ = how;
    after_ = after_bytes;
  }
  std::uint64_t bytes_from_server() const { return down_; }
  void zero() { down_ = 0; }

 private:
  void serve(Peer& peer);
  int target_port_;
  std::atomic<Break> how_ = Break::never;
  std::atomic<std::uint64_t> after_ = 0, down_ = 0;
  ScriptedServer server_;
};

inline void FaultProxy::serve(Peer& peer) {
  const int target = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(target_port_));
  if (connect(target, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    close(target);
    return peer.reset();
  }
  const Break how = how_;
  const std::uint64_t limit = after_;
  std::uint64_t passed = 0;
  bool stalled = false;
  while (!peer.stopped()) {
    std::array<pollfd, 2> fds{pollfd{peer.fd(), POLLIN, 0},
                              pollfd{target, static_cast<short>(stalled ? 0 : POLLIN), 0}};
    if (poll(fds.data(), fds.size(), 50) <= 0) continue;
    std::array<char, 16384> chunk{};
    if (fds[0].revents != 0) {
      const ssize_t n = recv(peer.fd(), chunk.data(), chunk.size(), 0);
      if (n <= 0) break;
      if (!stalled) (void)::send(target, chunk.data(), static_cast<std::size_t>(n), MSG_NOSIGNAL);
    }
    if (!stalled && fds[1].revents != 0) {
      const ssize_t n = recv(target, chunk.data(), chunk.size(), 0);
      if (n <= 0) break;
      std::uint64_t take = static_cast<std::uint64_t>(n);
      const bool breaks = how != Break::never && passed + take >= limit;
      if (breaks) take = limit > passed ? limit - passed : 0;
      if (!peer.say(std::string_view(chunk.data(), take))) break;
      passed += take;
      down_ += take;
      if (breaks && how == Break::stall)
        stalled = true;
      else if (breaks) {
        if (how == Break::reset) peer.reset();
        break;
      }
    }
  }
  close(target);
  peer.end();
}

} // namespace helpdesk::test
