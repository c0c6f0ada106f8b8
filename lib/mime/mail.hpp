// A parsed mail. Parsing never fails and never throws: what could not be read stands in defects, and the rest
// is there.
#pragma once

#include "base/time.hpp"
#include "model/values.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace helpdesk::mime {

// Caps are applied to the raw bytes before GMime sees them (reliability.md S12).
struct Limits {
  std::uint64_t bytes = 100ULL << 20;
  std::uint32_t headers = 10'000;
  std::uint64_t header_bytes = 1ULL << 20;
  std::uint32_t parts = 10'000;
  std::uint32_t depth = 100;
  std::uint32_t addresses = 10'000;
  int deadline_ms = 2'000;
};

// One leaf that is not shown as text: a file, an attached message, an inline image.
struct Part {
  model::Attachment info;
  std::string content; // decoded; empty when parse was asked to skip contents
  std::optional<std::uint64_t>
      listed_size; // of an "X-Helpdesk-Listed: N" header: means something only in records made here
};

// A delivery status notification (RFC 3464) or a bounce that is recognised by its words.
struct Bounce {
  std::string recipient; // who could not be reached
  std::string status;    // "5.1.1", may be empty
  std::string reason;    // diagnostic text, one line
  bool permanent = false;
  bool delayed = false;            // "still trying": nothing has failed yet
  std::string original_message_id; // of the mail that bounced, without <>
};

struct Mail {
  // Every header in order: name as written, value unfolded and decoded to UTF-8.
  std::vector<std::pair<std::string, std::string>> headers;
  std::string_view header(std::string_view name) const; // first of that name ignoring case, or empty
  std::vector<std::string_view> header_values(std::string_view name) const;

  std::string message_id, in_reply_to; // without <>
  std::vector<std::string> references; // without <>, as listed, duplicates dropped
  std::string subject;
  std::optional<Instant> date;     // Date header
  std::optional<Instant> received; // topmost Received header's date
  std::vector<model::Contact> from, sender, reply_to, to, cc, bcc;
  std::string text; // readable text: text/plain parts joined, else the HTML turned into text (empty here,
                    // html is set: language does it)
  std::string html; // the HTML alternative, decoded to UTF-8
  bool text_is_flowed = false;
  std::vector<Part> parts;
  std::optional<Bounce> bounce;
  bool is_encrypted = false, is_signed = false; // PGP or S/MIME
  bool has_calendar = false;                    // text/calendar with METHOD:REQUEST and friends
  std::string calendar_method;
  bool is_disposition_notification = false; // read receipt (RFC 8098)
  bool is_feedback_report = false;          // DMARC, TLS-RPT or ARF report
  std::vector<std::string>
      defects;         // "charset x-unknown: read as windows-1252", "part cap of 10000 reached: kept raw" …
  bool capped = false; // a cap or the deadline was hit: kept raw, tried again by store rebuild
};

enum class Contents : unsigned char { keep, skip }; // skip: sizes and hashes only

// Parses any bytes. LF, CRLF and CR line ends; a leading mbox "From " line is ignored. Safe in threads. Loads
// GMime at the first call; if it is not installed, returns failed with the package to install.
Result<Mail> parse_mail(std::string_view raw, const Limits& limits = {}, Contents contents = Contents::keep);

// Only the header block, without GMime: for scope decisions on headers-first fetches and for threading.
Mail parse_headers(std::string_view raw, const Limits& limits = {});

// Decodes RFC 2047 words and 8-bit bytes to UTF-8.
std::string decode_header(std::string_view value);
// "A <a@x>, group: b@y;" -> contacts, names decoded, domains in lower case and IDNA decoded for display.
std::vector<model::Contact> parse_addresses(std::string_view value);

} // namespace helpdesk::mime
