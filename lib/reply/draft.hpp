// Drafts: replies in the making. A draft is a fold over its journal entries (kind "draft"); the last one is
// its state.
#pragma once

#include "base/result.hpp"
#include "model/values.hpp"
#include "store/store.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::reply {

struct DraftAttachment {
  std::string name, type;
  std::string
      sha256; // of the content, which lies in the store as a record of account "@drafts" under this key
  std::uint64_t size = 0;
};

struct Draft {
  std::string id;     // "d" + 8 hex digits
  std::string ticket; // key; empty for the first mail of a new conversation
  std::string account;
  std::string state = "open";         // open, queued, sent, discarded
  std::string text;                   // without signature and quote, which are added when it leaves
  std::string subject;                // empty: "Re: " + the ticket's
  std::vector<model::Contact> to, cc; // empty: worked out from the conversation when it leaves
  std::string identity;
  std::string template_name, template_hash, language;
  std::string last_seen; // key of the newest public message its author had read
  std::vector<DraftAttachment> attachments;
  bool quote = false;   // quote the customer's message below
  bool forward = false; // to an outsider; the conversation goes along
  std::string put_back; // why its mail was taken back out of the queue; empty once it was written again
  Instant created{}, changed{};
};

std::string draft_data(const Draft& draft);
Result<Draft> draft_of(const store::JournalEntry& entry);

// Open drafts, newest first; of one ticket when a key is given.
Result<std::vector<Draft>> open_drafts(store::Reader& store, std::string_view ticket_key = "");
Result<std::optional<Draft>> find_draft(store::Reader& store, std::string_view id);
// Journals the draft and keeps the contents of new attachments, in one durable transaction.
struct NewAttachment {
  DraftAttachment info;
  std::string content;
};
Result<void> save_draft(store::Store& store, const Draft& draft, const std::vector<NewAttachment>& contents,
                        std::string_view actor, Instant now);
Result<std::string> attachment_content(store::Reader& store, const DraftAttachment& attachment);

} // namespace helpdesk::reply
