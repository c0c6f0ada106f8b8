// An OAuth login server on loopback: answers the n-th request with the n-th body (the last one again and
// again), and keeps the forms it got.
#pragma once

#include "scripted_server.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

namespace helpdesk::test {

class LoginServer {
 public:
  explicit LoginServer(std::vector<std::pair<int, std::string>> answers)
      : answers_(std::move(answers)), server_([this](Peer& p) { serve(p); }) {}
  std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(server_.port()) + path;
  }
  std::string received() const { return server_.received(); }

 private:
  void serve(Peer& p) {
    while (const auto line = p.line()) {
      std::size_t length = 0;
      for (auto header = p.line(); header && !header->empty(); header = p.line())
        if (header->starts_with("Content-Length: "))
          std::from_chars(header->data() + 16, header->data() + header->size(), length);
      if (!p.bytes(length)) return;
      const auto& [status, body] = answers_[std::min(next_++, answers_.size() - 1)];
      p.say("HTTP/1.1 " + std::to_string(status) +
            " X\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
            "\r\n\r\n" + body);
    }
  }
  std::vector<std::pair<int, std::string>> answers_;
  std::size_t next_ = 0;
  ScriptedServer server_;
};

} // namespace helpdesk::test
