// smtp_sink DIR: takes mail on a port of 127.0.0.1 and keeps each in DIR as one file, named when its final
// dot has come; its envelope, a command a line, beside it as envelope.*. Writes the port to DIR/port.
// DIR/mode, read at each connection: "ok"; "lost" keeps the mail but closes without the answer; "drop" closes
// at the final dot and keeps nothing; "later" answers 451; "named" refuses an empty sender. Ends when its
// standard input does.
#include <csignal>
#include <cstdio>
#include <fstream>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

std::string g_directory;

bool say(int fd, const std::string& text) {
  return ::send(fd, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

// One line, as it came.
bool read_line(FILE* in, std::string& line) {
  line.clear();
  for (int c = 0; (c = std::getc(in)) != EOF;) {
    line += static_cast<char>(c);
    if (c == '\n') return true;
  }
  return false;
}

void keep(const std::string& mail, const std::string& envelope) {
  std::string name = g_directory + "/mail." + std::to_string(getpid());
  std::ofstream(g_directory + "/envelope." + std::to_string(getpid())) << envelope;
  std::ofstream(name + ".tmp") << mail;
  (void)std::rename((name + ".tmp").c_str(), name.c_str());
}

void serve(int fd) {
  std::string mode, line, mail, envelope;
  std::ifstream(g_directory + "/mode") >> mode;
  FILE* in = fdopen(fd, "r");
  if (!in || !say(fd, "220 sink ESMTP\r\n")) return;
  while (read_line(in, line)) {
    std::string verb = line.substr(0, 4);
    if (verb != "EHLO" && verb != "DATA" && verb != "QUIT") envelope += line;
    if (verb == "EHLO") {
      if (!say(fd, "250-sink\r\n250 8BITMIME\r\n")) return;
    } else if (verb == "DATA") {
      if (!say(fd, "354 go on\r\n")) return;
      bool whole = false;
      while (read_line(in, line) && !(whole = line == ".\r\n")) mail += line;
      if (!whole || mode == "drop") return;
      if (mode == "later") {
        if (!say(fd, "451 4.3.0 later\r\n")) return;
        continue;
      }
      keep(mail, envelope);
      if (mode == "lost") return;
      if (!say(fd, "250 2.0.0 taken\r\n")) return;
    } else if (verb == "MAIL" && mode == "named" && line.find("<>") != std::string::npos) {
      if (!say(fd, "553 5.7.1 whose mail is this\r\n")) return;
    } else if (verb == "QUIT") {
      (void)say(fd, "221 bye\r\n");
      return;
    } else if (!say(fd, "250 2.1.0 fine\r\n")) {
      return;
    }
  }
}

} // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  g_directory = argv[1];
  std::signal(SIGCHLD, SIG_IGN);
  int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  if (listener < 0 || ::bind(listener, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
      ::listen(listener, 50) != 0 ||
      ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length) != 0)
    return 1;
  std::ofstream(g_directory + "/port.tmp") << ntohs(address.sin_port) << '\n';
  (void)std::rename((g_directory + "/port.tmp").c_str(), (g_directory + "/port").c_str());
  for (;;) {
    pollfd ends[2] = {{listener, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
    if (::poll(ends, 2, -1) < 0) continue;
    if (ends[1].revents != 0) return 0;
    int fd = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    if (::fork() == 0) {
      ::alarm(30);
      serve(fd);
      ::_exit(0);
    }
    ::close(fd);
  }
}
