// smtp_cut DIR PORT: stands before a real SMTP server on 127.0.0.1:PORT and loses the answer to the mail.
// Writes its own port to DIR/port. DIR/mode, read at each connection: "ok" lets everything pass; "lost" hands
// the mail over whole, waits for the server's answer and keeps it; "reset" resets the client as soon as the
// final dot is on its way, before the server can have answered; "drop" keeps the final dot back, so that the
// server has nothing. Ends when its standard input does.
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

constexpr std::string_view k_final_dot = "\r\n.\r\n";

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

bool say(int fd, std::string_view text) {
  return text.empty() ||
         ::send(fd, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

void reset(int fd) {
  const linger now{1, 0};
  (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  ::close(fd);
}

class Connection {
 public:
  Connection(int client, int server, std::string mode)
      : client_(client), server_(server), mode_(std::move(mode)) {}

  void run() {
    std::array<char, 16384> chunk{};
    for (;;) {
      std::array<pollfd, 2> ends{pollfd{client_, POLLIN, 0}, pollfd{server_, POLLIN, 0}};
      if (::poll(ends.data(), ends.size(), -1) < 0) return;
      for (const pollfd& end : ends) {
        if (end.revents == 0) continue;
        const ssize_t n = ::recv(end.fd, chunk.data(), chunk.size(), 0);
        if (n <= 0) return;
        const std::string_view bytes(chunk.data(), static_cast<std::size_t>(n));
        if (!(end.fd == client_ ? from_client(bytes) : from_server(bytes))) return;
      }
    }
  }

 private:
  // false: the connection is over.
  bool from_client(std::string_view bytes) {
    if (!in_mail_ || mode_ == "ok") return say(server_, bytes);
    held_ += bytes;
    if (!held_.ends_with(k_final_dot)) {
      // What may be the beginning of the final dot waits for the rest.
      const std::size_t whole = held_.size() - std::min(held_.size(), k_final_dot.size() - 1);
      const bool said = say(server_, std::string_view(held_).substr(0, whole));
      held_.erase(0, whole);
      return said;
    }
    if (mode_ == "drop") return false;
    if (!say(server_, held_)) return false;
    handed_over_ = true;
    if (mode_ == "reset") reset(std::exchange(client_, -1)); // the server goes on undisturbed
    return true;
  }

  bool from_server(std::string_view bytes) {
    if (handed_over_) return false; // the answer, and the client never hears it
    if (bytes.starts_with("354")) in_mail_ = true;
    return say(client_, bytes);
  }

  int client_, server_;
  std::string mode_, held_;
  bool in_mail_ = false, handed_over_ = false;
};

} // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::string directory = argv[1];
  std::signal(SIGCHLD, SIG_IGN);
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  if (::bind(listener, reinterpret_cast<sockaddr*>(&address), length) != 0 || ::listen(listener, 50) != 0 ||
      ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length) != 0)
    return 1;
  std::ofstream(directory + "/port.tmp") << ntohs(address.sin_port) << '\n';
  (void)std::rename((directory + "/port.tmp").c_str(), (directory + "/port").c_str());
  for (;;) {
    std::array<pollfd, 2> ends{pollfd{listener, POLLIN, 0}, pollfd{STDIN_FILENO, POLLIN, 0}};
    if (::poll(ends.data(), ends.size(), -1) < 0) continue;
    if (ends[1].revents != 0) return 0;
    const int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    if (::fork() == 0) {
      ::alarm(60);
      const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      const sockaddr_in target = loopback(std::atoi(argv[2]));
      std::string mode;
      std::ifstream(directory + "/mode") >> mode;
      if (::connect(server, reinterpret_cast<const sockaddr*>(&target), sizeof target) == 0)
        Connection(client, server, mode).run();
      ::_exit(0);
    }
    ::close(client);
  }
}
