// A mailbox that speaks IMAP as Gmail does: one folder with everything, labels instead of places, CONDSTORE
// without QRESYNC.
#pragma once

#include "support/scripted_server.hpp"

#include <map>

#include <fmt/format.h>

namespace helpdesk::test {

struct GmailMessage {
  std::string bytes, labels, flags; // labels: "\"\\\\Inbox\" Orders"
  std::uint64_t thread = 0, modseq = 1;
};

class FakeGmail {
 public:
  FakeGmail() : server_([this](Peer& p) { serve(p); }) {}
  int port() const { return server_.port(); }
  // Between pulls only.
  std::map<std::string, std::map<std::uint32_t, GmailMessage>> folders{
      {"[Gmail]/Alle Nachrichten", {}}, {"INBOX", {}}, {"[Gmail]/Papierkorb", {}}};
  std::uint64_t modseq = 1;
  std::atomic<int> bodies = 0;

 private:
  static std::string quoted(const std::string& line) { // the first quoted string
    const auto begin = line.find('"');
    return line.substr(begin + 1, line.find('"', begin + 1) - begin - 1);
  }
  static bool in(const std::string& set, std::uint32_t uid) {
    for (std::size_t at = 0; at < set.size();) {
      const std::size_t end = std::min(set.find(',', at), set.size());
      const std::string part = set.substr(at, end - at);
      const std::size_t colon = part.find(':');
      const auto bound = [](const std::string& s) {
        return s == "*" ? UINT32_MAX : static_cast<std::uint32_t>(std::stoul(s));
      };
      const std::uint32_t low = bound(part.substr(0, colon)),
                          high = colon == std::string::npos ? low : bound(part.substr(colon + 1));
      if (uid >= low && uid <= high) return true;
      at = end + 1;
    }
    return false;
  }
  void serve(Peer& p);
  ScriptedServer server_;
};

inline void FakeGmail::serve(Peer& p) {
  p.say("* OK Gimap ready\r\n");
  std::string open;
  while (const auto line = p.line()) {
    const std::string tag = line->substr(0, line->find(' ')), command = line->substr(tag.size() + 1);
    if (command.starts_with("CAPABILITY"))
      p.say("* CAPABILITY IMAP4rev1 X-GM-EXT-1 CONDSTORE SPECIAL-USE ENABLE\r\n");
    if (command.starts_with("LIST"))
      p.say("* LIST (\\HasNoChildren) \"/\" \"INBOX\"\r\n* LIST (\\Noselect) \"/\" \"[Gmail]\"\r\n"
            "* LIST (\\All \\HasNoChildren) \"/\" \"[Gmail]/Alle Nachrichten\"\r\n"
            "* LIST (\\Trash \\HasNoChildren) \"/\" \"[Gmail]/Papierkorb\"\r\n");
    if (command.starts_with("EXAMINE")) {
      open = quoted(command);
      const auto& messages = folders[open];
      p.say(fmt::format(
          "* {} EXISTS\r\n* OK [UIDVALIDITY 11] x\r\n* OK [UIDNEXT {}] x\r\n* OK [HIGHESTMODSEQ {}] x\r\n",
          messages.size(), messages.empty() ? 1 : messages.rbegin()->first + 1, modseq));
    }
    if (command.starts_with("UID SEARCH")) {
      std::string found = "* SEARCH";
      const std::string set = command.find("UID ", 11) != std::string::npos ? command.substr(15) : "1:*";
      for (const auto& [uid, m] : folders[open])
        if (in(set, uid)) found += " " + std::to_string(uid);
      p.say(found + "\r\n");
    }
    if (command.starts_with("UID FETCH")) {
      const std::string set = command.substr(10, command.find(' ', 10) - 10);
      const std::size_t since_at = command.find("CHANGEDSINCE ");
      const std::uint64_t since =
          since_at == std::string::npos ? 0 : std::stoull(command.substr(since_at + 13));
      int sequence = 0;
      for (const auto& [uid, m] : folders[open]) {
        ++sequence;
        if (!in(set, uid) || m.modseq <= since) continue;
        std::string items = fmt::format(
            "X-GM-THRID {} X-GM-MSGID {} X-GM-LABELS ({}) UID {} RFC822.SIZE {} FLAGS ({}) INTERNALDATE "
            "\"05-Jan-2026 10:00:00 +0000\"",
            m.thread, 1'000'000'000'000'000'000ULL + uid, m.labels, uid, m.bytes.size(), m.flags);
        if (command.find("HEADER.FIELDS") != std::string::npos) {
          const std::string header = m.bytes.substr(0, m.bytes.find("\r\n\r\n") + 4);
          items += fmt::format(" BODY[HEADER.FIELDS (X)] {{{}}}\r\n{}", header.size(), header);
        }
        if (command.find("BODY.PEEK[]") != std::string::npos) {
          ++bodies;
          items += fmt::format(" BODY[] {{{}}}\r\n{}", m.bytes.size(), m.bytes);
        }
        p.say(fmt::format("* {} FETCH ({})\r\n", sequence, items));
      }
    }
    if (!p.say(tag + " OK done\r\n") || command == "LOGOUT") return;
  }
}

} // namespace helpdesk::test
