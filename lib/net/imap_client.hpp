// IMAP4rev1 over a logged-in stream: the commands that a mailbox needs, batched, with the extensions that
// save traffic.
//
// Errors: retry when the connection is gone, the server says BYE or answers with a temporary code; failed
// when it refuses (NO, BAD) or what it says is no IMAP. After a broken connection or a broken answer usable()
// is false and every further command fails.
#pragma once

#include "base/time.hpp"
#include "net/imap_reader.hpp"
#include "net/imap_response.hpp"
#include "net/stream.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::net {

struct ImapFolder {
  std::string name;                    // UTF-8
  std::string wire_name;               // as the server writes it (modified UTF-7)
  std::vector<std::string> attributes; // "\Sent", "\Noselect", lower case
  bool has(std::string_view attribute) const;
};

struct ImapFlags {
  std::uint32_t uid = 0;
  std::vector<std::string> flags;        // as the server writes them, \Recent dropped; sorted
  std::vector<std::string> gmail_labels; // with X-GM-EXT-1, UTF-8; sorted
};

struct ImapOpened {
  std::uint32_t exists = 0, uidvalidity = 0, uidnext = 0; // 0: not told
  std::uint64_t highestmodseq = 0;                        // 0: no CONDSTORE for this folder
  std::vector<ImapFlags> changed;                         // QRESYNC: changed since known_modseq
  std::vector<UidRange> vanished;                         // QRESYNC: gone since known_modseq
};

// QRESYNC parameters: what the last visit left behind. A server whose UIDVALIDITY differs ignores them.
struct ImapKnown {
  std::uint32_t uidvalidity = 0;
  std::uint64_t highestmodseq = 0;
};

enum class OpenMode : unsigned char { examine, select }; // examine: nothing can be changed, not even \Recent

struct ImapMessage {
  std::uint32_t uid = 0;
  std::uint64_t size = 0;          // RFC822.SIZE
  std::optional<Instant> received; // INTERNALDATE
  ImapFlags flags;
  std::string gmail_thread, gmail_message; // decimal, empty without X-GM-EXT-1
  ImapResponse response;                   // for BODY[…] and BODYSTRUCTURE
};

// A search key and its value; the value is sent as a literal whenever it is not plain.
struct ImapCriterion {
  std::string key; // "UID 1:5", "SINCE 1-Jan-2026", "HEADER Message-ID"
  std::optional<std::string> value;
};

class ImapClient {
 public:
  static Result<ImapClient> connect(const Endpoint& endpoint, const Login& login);
  // Over a stream that is logged in already; asks for the capabilities. For connect and for tests.
  static Result<ImapClient> over(std::unique_ptr<Stream> stream, const Timeouts& timeouts,
                                 const ImapLimits& limits = {});

  bool has(std::string_view capability) const; // "CONDSTORE"; upper case
  const std::set<std::string, std::less<>>& capabilities() const { return capabilities_; }
  std::string server_name(); // by ID where offered, else empty
  bool usable() const { return usable_; }
  std::uint64_t bytes_received() const { return reader_->bytes(); }
  const std::string& peer() const { return stream_->peer(); }

  Result<void> enable_qresync(); // does nothing where it is not offered
  bool qresync() const { return qresync_; }
  Result<std::vector<ImapFolder>> list();
  Result<ImapOpened> open(const ImapFolder& folder, OpenMode mode, const ImapKnown& known = {});
  Result<std::vector<std::uint32_t>> search(std::span<const ImapCriterion> criteria); // UIDs, ascending
  // items: "UID FLAGS BODY.PEEK[]"; each message goes to f as it arrives. Unasked-for FETCH answers are left
  // out. Messages that vanished meanwhile are simply not among them.
  Result<void> fetch(std::string_view uids, std::string_view items,
                     const std::function<Result<void>(ImapMessage&&)>& f, std::string_view modifier = "");
  Result<void> add_flags(std::string_view uids, std::string_view flags); // "(\Answered)"
  Result<void> append(const ImapFolder& folder, std::string_view flags, std::string_view mail);
  void logout(); // polite, within 2 s; the client is not usable afterwards

 private:
  using OnUntagged = std::function<Result<void>(ImapResponse&&)>;
  // A command is text with arguments that may have to go as literals.
  struct Piece {
    std::string text;
    bool literal = false;
  };
  class Command;

  ImapClient() = default;
  Result<ImapResponse> run(const Command& command, const OnUntagged& on_untagged);
  Result<ImapResponse> run_unguarded(const Command& command, const OnUntagged& on_untagged);
  Result<ImapResponse> receive();
  Result<void> send_literal(const std::string& bytes, const OnUntagged& on_untagged, const std::string& tag);
  Failure refusal(const ImapResponse& response, std::string_view what) const;

  std::unique_ptr<Stream> stream_;
  std::unique_ptr<ImapReader> reader_;
  ImapLimits limits_;
  Timeouts timeouts_;
  std::set<std::string, std::less<>> capabilities_;
  int next_tag_ = 1;
  bool usable_ = true, qresync_ = false;
};

// "17-Jul-1996 02:44:25 -0700"
std::optional<Instant> parse_internal_date(std::string_view text);
std::string imap_date(Instant t); // "17-Jul-1996", for SINCE; UTC

} // namespace helpdesk::net
