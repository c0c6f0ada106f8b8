// A mailbox of the test's Dovecot, seen by another mail program: it stores, moves and deletes.
#pragma once

#include "net/stream.hpp"
#include "support/running_server.hpp"

#include <array>
#include <fstream>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace helpdesk::test {

inline std::string sample_mail(int n, std::string_view text = "hello") {
  return fmt::format(
      "From: Customer {0} <c{0}@example.net>\r\nTo: desk@desk.test\r\nSubject: question {0}\r\n"
      "Message-ID: <m{0}@example.net>\r\nDate: Mon, 5 Jan 2026 10:00:00 +0000\r\n\r\n{1} {0}\r\n.\r\n",
      n, text);
}

class OtherProgram {
 public:
  explicit OtherProgram(int port, std::string user = "desk") {
    auto connected = net::connect(net::Protocol::imap,
                                  {.host = "127.0.0.1", .port = port, .security = net::Security::none},
                                  {.user = std::move(user), .secret = "secret"});
    if (connected) stream_ = std::move(connected->stream);
  }
  // The whole answer, or empty when it was not OK.
  std::string command(std::string_view text) {
    const std::string tag = "t" + std::to_string(++tag_);
    if (!stream_ || !stream_->write(tag + " " + std::string(text) + "\r\n", 10'000)) return "";
    return answer(tag);
  }
  bool append(std::string_view folder, std::string_view mail,
              std::string_view date = "05-Jan-2026 10:00:00 +0000") {
    const std::string tag = "t" + std::to_string(++tag_);
    // Dovecot has LITERAL+.
    return stream_ &&
           stream_
               ->write(fmt::format("{} APPEND \"{}\" () \"{}\" {{{}+}}\r\n{}\r\n", tag, folder, date,
                                   mail.size(), mail),
                       10'000)
               .has_value() &&
           !answer(tag).empty();
  }

 private:
  std::string answer(const std::string& tag) {
    std::string text;
    for (;;) {
      const auto at = text.rfind("\n" + tag + " ");
      const std::string last = at != std::string::npos       ? text.substr(at + 1)
                               : text.starts_with(tag + " ") ? text
                                                             : "";
      if (!last.empty() && last.ends_with("\r\n")) return last.starts_with(tag + " OK") ? text : "";
      std::array<char, 65536> chunk{};
      const auto got = stream_->read(chunk, 30'000);
      if (!got || *got == 0) return "";
      text.append(chunk.data(), *got);
    }
  }
  std::unique_ptr<net::Stream> stream_;
  int tag_ = 0;
};

// Straight into the Maildir, for many: no dialogue for each.
inline void deliver(const RunningServer& dovecot, std::string_view folder, int from, int to,
                    std::string_view text = "hello") {
  const std::string base =
      dovecot.value("MAIL") + "/desk/Maildir" + (folder == "INBOX" ? "" : "/." + std::string(folder));
  for (const char* sub : {"", "/cur", "/new", "/tmp"}) mkdir((base + sub).c_str(), 0700);
  for (int n = from; n <= to; ++n)
    std::ofstream(fmt::format("{}/cur/{}.m{}.test:2,", base, 1767600000 + n, n)) << sample_mail(n, text);
  if (geteuid() == 0) run({"chown", "-R", "nobody:nogroup", dovecot.value("MAIL") + "/desk"});
}

} // namespace helpdesk::test
