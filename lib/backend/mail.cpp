#include "mime/mail.hpp"

#include "backend/backend.hpp"
#include "base/text.hpp"
#include "json/json.hpp"

#include <algorithm>
#include <array>

namespace helpdesk::backend {

namespace {

// Headers that decide who wrote a mail, for whom, and whether a machine did. Whole names, then beginnings.
constexpr std::array<std::string_view, 44> k_deciding{"auto-submitted",
                                                      "precedence",
                                                      "return-path",
                                                      "delivered-to",
                                                      "x-original-to",
                                                      "envelope-to",
                                                      "x-envelope-to",
                                                      "x-delivered-to",
                                                      "x-original-sender",
                                                      "x-original-from",
                                                      "x-forwarded-to",
                                                      "x-forwarded-for",
                                                      "reply-to",
                                                      "sender",
                                                      "resent-from",
                                                      "resent-to",
                                                      "resent-sender",
                                                      "x-mailer",
                                                      "user-agent",
                                                      "feedback-id",
                                                      "mailing-list",
                                                      "x-mailing-list",
                                                      "x-loop",
                                                      "x-vacation",
                                                      "x-ms-exchange-inbox-rules-loop",
                                                      "x-ms-exchange-generated-message-source",
                                                      "x-campaign",
                                                      "x-campaignid",
                                                      "x-mc-user",
                                                      "x-failed-recipients",
                                                      "x-bounced-address",
                                                      "x-priority",
                                                      "importance",
                                                      "x-google-group-id",
                                                      "x-helpdesk-digest",
                                                      "x-form",
                                                      "x-wordpress",
                                                      "x-php-originating-script",
                                                      "disposition-notification-to",
                                                      "content-type",
                                                      "content-language",
                                                      "errors-to",
                                                      "x-report-abuse",
                                                      "authentication-results"};
constexpr std::array<std::string_view, 10> k_beginnings{
    "list-",      "x-auto",      "x-mail-auto",        "x-spam",   "x-github-", "x-gitlab-",
    "x-helpdesk", "x-mailchimp", "x-ms-exchange-auto", "x-zendesk"};

bool decides(std::string_view name) {
  return std::find(k_deciding.begin(), k_deciding.end(), name) != k_deciding.end() ||
         std::any_of(k_beginnings.begin(), k_beginnings.end(),
                     [&](std::string_view b) { return name.starts_with(b); });
}

MailFacts facts_of(const mime::Mail& mail) {
  MailFacts facts;
  for (const auto& [name, value] : mail.headers) {
    std::string lowered = ascii_lower(name);
    if (decides(lowered) && facts.headers.size() < 200)
      facts.headers.emplace_back(std::move(lowered), ellipsize(value, 2000));
  }
  facts.is_disposition_notification = mail.is_disposition_notification;
  facts.is_feedback_report = mail.is_feedback_report;
  // A published calendar is a file that somebody attached; the other methods are mail of calendar programs.
  facts.has_calendar_request = mail.has_calendar && mail.calendar_method != "PUBLISH";
  facts.is_encrypted = mail.is_encrypted;
  if (mail.bounce) {
    facts.is_bounce = true;
    facts.bounce_permanent = mail.bounce->permanent;
    facts.bounce_delayed = mail.bounce->delayed;
    facts.bounce_recipient = mail.bounce->recipient;
    facts.bounce_status = mail.bounce->status;
    facts.bounce_reason = mail.bounce->reason;
    facts.bounced_message_id = mail.bounce->original_message_id;
  }
  return facts;
}

bool is_listed(const store::RawRecord& record) {
  if (record.hint.empty()) return false;
  const auto hint = json::parse(record.hint);
  return hint && (*hint)["listed"].as_bool();
}

} // namespace

std::string MailFacts::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers)
    if (name == lower_case_name) return value;
  return {};
}

namespace {

// When the mail came. filed is what the store of the mailbox says (INTERNALDATE): the time of delivery, but
// of a mailbox that was moved to another server often the time of the move. So a Received header that is
// earlier wins; a mail that no server received (our own sent copies) was filed after it was dated. What a
// broken clock dated to before there was mail of this kind counts as not dated.
Instant receive_time(const mime::Mail& mail, Instant filed) {
  constexpr Instant k_first_plausible = instant_of_seconds(631'152'000); // 1990-01-01
  const std::optional<Instant>& told = mail.received ? mail.received : mail.date;
  if (filed == Instant{}) return told.value_or(Instant{});
  return told && *told >= k_first_plausible ? std::min(*told, filed) : filed;
}

} // namespace

Result<Decoded> decode_mail(const Settings&, const store::RawRecord& record) {
  mime::Mail mail = TRY(mime::parse_mail(record.bytes, {}, mime::Contents::skip));
  DecodedMessage decoded;
  decoded.mail = facts_of(mail);
  model::Message& m = decoded.message;
  m.key = !mail.message_id.empty() ? mail.message_id : "sha256-" + record.key;
  m.raw = record.key;
  m.time = receive_time(mail, record.received);
  if (!mail.from.empty())
    m.author = mail.from.front();
  else if (!mail.sender.empty())
    m.author = mail.sender.front();
  m.subject = std::move(mail.subject);
  m.text = std::move(mail.text);
  m.html = std::move(mail.html);
  m.to = std::move(mail.to);
  m.cc = std::move(mail.cc);
  m.bcc = std::move(mail.bcc);
  m.reply_to = std::move(mail.reply_to);
  m.message_id = std::move(mail.message_id);
  m.in_reply_to = std::move(mail.in_reply_to);
  m.references = std::move(mail.references);
  m.defects = std::move(mail.defects);
  m.attachments.reserve(mail.parts.size());
  const bool listed = is_listed(record);
  for (mime::Part& part : mail.parts) {
    if (listed && part.listed_size) { // only its header is here; the part stayed on the server
      part.info.size = *part.listed_size;
      part.info.sha256.clear();
      part.info.state = model::AttachmentState::listed;
    }
    m.attachments.push_back(std::move(part.info));
  }
  Decoded result;
  result.messages.push_back(std::move(decoded));
  return result;
}

} // namespace helpdesk::backend
