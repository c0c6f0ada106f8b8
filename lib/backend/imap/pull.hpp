// One pull of a mailbox over an open connection.
#pragma once

#include "backend/backend.hpp"
#include "backend/imap/cursor.hpp"
#include "backend/imap/folders.hpp"
#include "backend/imap/settings.hpp"
#include "net/imap_client.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace helpdesk::backend::imap {

enum class Reach : unsigned char { everything, news_only }; // news_only: INBOX and Sent from their cursors on

// The order matters. First the news of all folders, then what vanished or changed, so that a moved message is
// seen in its new place before it is missed in the old one; then the first pull's backlog, newest first, one
// page of each folder in turn; Junk and Trash last, when the messages that may have gone there are known.
class Puller {
 public:
  Puller(net::ImapClient& client, const ImapSettings& settings, const PullOptions& options, Sink& sink)
      : client_(client), settings_(settings), options_(options), sink_(sink),
        received_before_(client.bytes_received()) {}

  Result<void> run(const std::vector<Folder>& folders, Reach reach);

 private:
  struct Visit {
    Folder folder;
    FolderCursor cursor;
    net::ImapOpened opened;
    bool fresh = false; // read from the beginning: no cursor, UIDVALIDITY changed, or asked for
    std::map<std::uint32_t, bool> in_scope; // decided already, for a page that ended early
    std::vector<std::uint32_t>
        backlog; // UIDs still to look at, descending; from the end of the first phase on
    std::size_t backlog_at = 0;
    std::vector<net::ImapFlags> changed;
    std::vector<std::string> vanished;
  };

  Result<Visit> visit(const Folder& folder);
  Result<void> start_over(Visit& v, const std::optional<FolderCursor>& before);
  Result<void> pull_news(Visit& v);
  Result<void> ask_again(Visit& v);
  Result<void> find_changes(Visit& v, std::uint64_t known_modseq, std::uint32_t known_exists,
                            std::uint32_t known_uidnext);
  Result<void> commit_changes(Visit& v);
  Result<void> plan_backlog(Visit& v);
  Result<void> pull_backlog(std::vector<Visit*> visits, std::size_t pages);
  Result<void> reopen(const Visit& v);
  std::optional<Instant> complete_since() const;

  // Looks at these messages and hands over one page; returns how many of them it covers (a page ends early
  // when it is full).
  Result<std::size_t> look_at(Visit& v, std::span<const std::uint32_t> uids, Page& page);
  struct Wanted;
  struct Headers;
  Result<Headers> fetch_headers(Visit& v, std::span<const std::uint32_t> uids);
  Result<bool> is_wanted(Visit& v, Wanted& w, const std::string& header);
  Result<void> fetch_bodies(Visit& v, const std::vector<Wanted>& wanted, Page& page);
  Result<std::optional<std::string>> fetch_big(Visit& v, const Wanted& wanted, bool& listed);
  void add_record(const Visit& v, const Wanted& wanted, std::string bytes, bool listed, Page& page);
  Result<void> hand_over(Visit& v, Page&& page);
  store::Placement placement_of(const Visit& v, const net::ImapFlags& flags, std::string record) const;
  Result<const std::map<std::uint32_t, store::Placement>*> known_in(const Visit& v);
  Result<void> load_byte_count();
  Result<void> count_bytes();

  net::ImapClient& client_;
  const ImapSettings& settings_;
  const PullOptions& options_;
  Sink& sink_;
  std::vector<Visit> visits_;
  std::string open_folder_;
  std::map<std::string, std::map<std::uint32_t, store::Placement>, std::less<>> known_;
  ByteCount bytes_;
  std::uint64_t received_before_;
  std::int64_t page_newest_ =
      0; // Unix seconds: newest INTERNALDATE among the messages of the page last looked at; 0: none
  std::uint64_t dry_bytes_ = 0; // what a real pull would have fetched
};

} // namespace helpdesk::backend::imap
