// What a kind of system must offer. Not mail-shaped: a mailbox, a ticket system, a chat, a forum and a log
// file all fit.
//
// A backend has two halves. The live half (Backend) talks to the system and hands over raw records in pages.
// The pure half (Kind::decode) turns one raw record into messages, events, tickets and people, without any
// I/O, so that the store can be rebuilt.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "model/values.hpp"
#include "store/store.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::backend {

// One account's settings as text, validated against Kind::keys: "host" -> "imap.example.org", lists joined by
// '\n'. Passwords are not in here: they are asked for through Secrets when the connection needs them.
struct Settings {
  std::string account, kind;
  std::map<std::string, std::string, std::less<>> values;
  std::string get(std::string_view key, std::string_view otherwise = "") const;
  std::vector<std::string> list(std::string_view key) const;
  bool flag(std::string_view key, bool otherwise) const;
  std::vector<std::string>
      us; // our addresses and domains ("@example.org"): who is an agent, and the scope of the fetch
};

struct Secrets { // asked only when needed; errors are of kind credentials
  std::function<Result<std::string>()> password;
  std::function<Result<std::string>(bool refresh)>
      access_token; // OAuth bearer; refresh: the last one was refused
};

struct Capabilities {
  bool incremental = false, events = false, notes = false, reply = false, idempotent_create = false,
       attachments = false, server_search = false, sets_fields = false, drafts = false, admin_needed = false;
  bool sends_status = false; // the system has its own statuses: none is derived by the rule table
  Duration lag{};            // how late its listings may be
};

// ---- pulling

// One page: records and where they lie, what vanished, and the cursor behind it all. Committed in one
// transaction.
// A stored record that was met in another place, filed there at another time. Of copies the earliest counts,
// whichever was pulled first.
struct Sighting {
  std::string record;
  Instant received{};
};

struct Page {
  std::string stream;
  std::vector<store::RawRecord> records; // one without a version, and no mail, gets store::version_of()
  std::vector<store::Placement>
      placements;                  // also for records that are already stored (flags changed, second folder)
  std::vector<Sighting> sightings; // of records that were not fetched again
  std::vector<std::string> vanished; // uids gone from this stream
  std::vector<std::string>
      withdrawn;      // keys of records that are to be forgotten: what they said was taken back
  bool reset = false; // forget this stream's placements and cursor first (UIDVALIDITY changed)
  std::optional<std::string> cursor;     // opaque to everyone else
  std::optional<Instant> complete_since; // with this page the account is complete back to here
};

class Sink {
 public:
  virtual ~Sink() = default;
  // Takes a page over. Pages are committed in this order, each before anything below is answered and at the
  // latest when the pull ends, whether well or not; an error may be that of an earlier page. The interrupted
  // error stops the pull at this checkpoint.
  virtual Result<void> page(Page&& page) = 0;
  // What the store already knows, to fetch nothing twice.
  virtual Result<std::string> cursor(std::string_view stream) = 0;
  virtual Result<bool> has_record(std::string_view key) = 0;
  virtual Result<std::optional<store::RawRecord>> record(std::string_view key) = 0;
  // Record key of a stored mail with this Message-ID and size (0: any size), else empty.
  virtual Result<std::string> record_of_message_id(std::string_view message_id, std::uint64_t size) = 0;
  virtual Result<std::vector<store::Placement>> placements(std::string_view stream) = 0;
  // False: this conversation is none of the desk's (scope); asked with the headers alone. Counted by the
  // caller.
  virtual bool in_scope(std::string_view header_block) = 0;
  virtual void progress(std::string_view stream, std::uint64_t done, std::uint64_t total,
                        std::uint64_t bytes) = 0;
};

struct PullOptions {
  std::optional<Instant> since;
  bool full = false;    // ignore cursors: look at everything again
  bool dry_run = false; // headers only; sink.page gets no records
  Instant now{};
};

struct CheckReport {
  std::string identity;               // who the server says we are
  std::vector<std::string> facts;     // "server: Dovecot", "CONDSTORE yes", "folders: INBOX, Sent"
  std::optional<Duration> clock_skew; // server minus us
};

// ---- writing back

struct OutgoingReply {
  std::string ticket_remote_id; // of systems with tickets
  std::string text, html;
  std::string mail;       // composed bytes, for mailboxes (drafts, sent copies)
  std::string client_key; // idempotency key: the Message-ID of the queue item
  std::vector<model::Attachment> attachments;
};

struct FieldChange {
  std::string field, value; // "status" "solved"; tags as "tag+", "tag-"
};

class Backend {
 public:
  virtual ~Backend() = default;
  virtual const Capabilities& capabilities() const = 0;
  virtual Result<CheckReport> check() = 0;
  virtual Result<void> pull(const PullOptions& options, Sink& sink) = 0;
  // Newest state of one conversation before something is sent: pulls only the streams that can hold news
  // about these Message-IDs (mail: INBOX and Sent from their cursors on). retry error when the system cannot
  // be reached.
  virtual Result<void> refresh(const PullOptions& options, Sink& sink) = 0;
  virtual Result<std::string> fetch_whole(std::string_view stream,
                                          std::string_view uid) = 0; // a part that stayed listed
  virtual Result<std::string> reply(const OutgoingReply& reply) = 0; // remote id
  virtual Result<std::string> note(std::string_view ticket_remote_id, std::string_view text) = 0;
  virtual Result<void> set(std::string_view ticket_remote_id, std::span<const FieldChange> changes) = 0;
  // Mailboxes: is this Message-ID in the Sent folder (or anywhere)? Append a sent copy or a draft; mark as
  // answered.
  virtual Result<bool> find_sent(std::string_view message_id) = 0;
  virtual Result<void> append(std::string_view folder_role, std::string_view mail) = 0; // "sent", "drafts"
  virtual Result<void> mark_answered(std::string_view message_id) = 0;
};

// A backend that inherits from this answers every write with "backend X cannot …" (failed).
class ReadOnlyBackend : public Backend {
 public:
  Result<void> refresh(const PullOptions& options, Sink& sink) override { return pull(options, sink); }
  Result<std::string> fetch_whole(std::string_view stream, std::string_view uid) override;
  Result<std::string> reply(const OutgoingReply& reply) override;
  Result<std::string> note(std::string_view ticket_remote_id, std::string_view text) override;
  Result<void> set(std::string_view ticket_remote_id, std::span<const FieldChange> changes) override;
  Result<bool> find_sent(std::string_view message_id) override;
  Result<void> append(std::string_view folder_role, std::string_view mail) override;
  Result<void> mark_answered(std::string_view message_id) override;
};

// ---- decoding

// What the threading and the classification need of a mail beside the message itself: the headers that
// decide.
struct MailFacts {
  std::vector<std::pair<std::string, std::string>>
      headers; // only those that decide (list, auto, return path, delivered-to, …), lower-case names
  bool is_disposition_notification = false, is_feedback_report = false, has_calendar_request = false,
       is_encrypted = false;
  bool is_bounce = false, bounce_permanent = false, bounce_delayed = false;
  std::string bounce_recipient, bounce_status, bounce_reason, bounced_message_id;
  std::string header(std::string_view lower_case_name) const; // first, or empty
};

struct DecodedMessage {
  model::Message message; // key, raw, time, author, subject, text, html, contacts, ids, attachments, defects
  std::optional<MailFacts> mail; // set: sync decides direction, roles, automation, needs_reply and the ticket
  std::string ticket_remote_id;  // set by systems with tickets: the message is complete as it is
};

// What one raw record says. Systems with tickets set tickets and events; mail sets one message.
struct Decoded {
  std::vector<DecodedMessage> messages;
  std::vector<model::Ticket> tickets; // key = account:ticket:remote id
  std::vector<model::Event> events;
  std::vector<model::Person> people;
  std::vector<std::string> deleted_tickets;
};

struct SettingKey {
  std::string_view name, type, fallback,
      help; // type: "text", "list", "flag", "size", "duration", "path", "choice:a|b"
  bool required = false;
};

// What doctor says of an account beside what it finds itself.
struct Remark {
  std::string check, text;
  bool is_warning = false;
};

struct EventLogReading; // event_log.hpp
struct EventLogSummary;

// In key names '*' stands for a name, and '?' as the last segment for any text.
struct Kind {
  std::string_view name, summary;
  std::span<const SettingKey> keys;
  Capabilities capabilities;
  Result<std::unique_ptr<Backend>> (*open)(const Settings& settings, Secrets secrets);
  Result<Decoded> (*decode)(const Settings& settings, const store::RawRecord& record);
  // Null: any number of records may speak of a ticket. Else one record alone tells all of it: this is its
  // key, and the record's hint is the ticket's remote id.
  std::string (*record_of)(std::string_view ticket_remote_id) = nullptr;
  // Null: as capabilities say. Of kinds whose accounts differ in whether they tell statuses.
  bool (*sends_status)(const Settings& settings) = nullptr;
  // Null: pull and decode tell all. Else a faster way for whole logs of events; nullopt: not for this one.
  Result<std::optional<EventLogSummary>> (*read_events)(const Settings& settings,
                                                        const EventLogReading& reading) = nullptr;
  // Null: none. cursor gives what the last pull left for a stream.
  Result<std::vector<Remark>> (*remarks)(
      const std::function<Result<std::string>(std::string_view stream)>& cursor) = nullptr;
};
// Whether a key of a kind's table is meant by what stands in a configuration: "columns.*" by
// "columns.ticket".
bool is_setting(std::string_view key, std::string_view written);

// The registry is one table in registry.cpp: one row a kind.
std::span<const Kind* const> kinds();
const Kind* find_kind(std::string_view name);

// decode of all mail kinds: parses with lib/mime, turns HTML into text later in sync (language). In mail.cpp.
Result<Decoded> decode_mail(const Settings& settings, const store::RawRecord& record);

} // namespace helpdesk::backend
