#include "net/smtp.hpp"

#include "base/text.hpp"
#include "net/smtp_dialogue.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace helpdesk::net {
namespace {

constexpr int k_farewell_ms = 2'000; // the mail is accepted: nobody waits long for a polite goodbye

bool has_8bit(std::string_view s) {
  return std::any_of(s.begin(), s.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

std::optional<std::string> envelope_problem(const Envelope& envelope) {
  if (envelope.recipients.empty()) return "no recipient";
  const auto bad = [](std::string_view address) {
    return std::any_of(address.begin(), address.end(), [](char c) {
      return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || c == '<' || c == '>';
    });
  };
  if (bad(envelope.from)) return "the sender's address holds a space, a bracket or a control character";
  for (const std::string& to : envelope.recipients)
    if (to.empty() || bad(to))
      return "a recipient's address is empty or holds a space, a bracket or a control character";
  return std::nullopt;
}

std::optional<std::string> body_problem(std::string_view bytes) {
  if (bytes.empty()) return "the mail is empty";
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\r' && (i + 1 == bytes.size() || bytes[i + 1] != '\n'))
      return fmt::format("the mail holds a bare carriage return at byte {}", i);
    if (bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r'))
      return fmt::format("the mail holds a bare line feed at byte {}", i);
  }
  return std::nullopt;
}

bool offers(const std::vector<std::string>& keywords, std::string_view keyword) {
  return std::any_of(keywords.begin(), keywords.end(), [&](const std::string& k) {
    return k.starts_with(keyword) &&
           (k.size() == keyword.size() || k[keyword.size()] == ' ' || k[keyword.size()] == '=');
  });
}

SendOutcome not_sent(Error error) {
  return {.kind = SendKind::not_sent, .text = std::move(error.message), .error = error.kind};
}

class Sending {
 public:
  Sending(Stream& stream, const SmtpSettings& settings, std::vector<std::string> keywords)
      : stream_(stream), dialogue_(stream, settings.endpoint.timeouts.idle_ms), settings_(settings),
        keywords_(std::move(keywords)) {}

  SendOutcome run(const Envelope& envelope, std::string_view bytes, bool needs_smtputf8) {
    if (needs_smtputf8 && !offers(keywords_, "SMTPUTF8"))
      return not_sent(
          {ErrorKind::failed, fmt::format("{}: the server does not offer SMTPUTF8, which an address with "
                                          "non-ASCII characters needs",
                                          stream_.peer())});
    std::string mail = "MAIL FROM:<" + envelope.from + ">";
    if (offers(keywords_, "SIZE")) mail += fmt::format(" SIZE={}", bytes.size());
    if (offers(keywords_, "8BITMIME") && has_8bit(bytes)) mail += " BODY=8BITMIME";
    if (needs_smtputf8) mail += " SMTPUTF8";
    if (auto ended = expect("MAIL", dialogue_.command(mail), 2)) return farewell(std::move(*ended));

    SendOutcome refused;
    for (const std::string& to : envelope.recipients) {
      auto reply = dialogue_.command("RCPT TO:<" + to + ">");
      if (!reply) return not_sent(std::move(reply).error());
      if (reply->code / 100 == 2) continue;
      if (reply->code / 100 == 3) return farewell(odd("RCPT", *reply));
      refused.refusals.push_back({to, reply->code, reply->text});
      if (reply->code == 421) break; // the server is about to close
    }
    if (!refused.refusals.empty()) return farewell(all_refused(std::move(refused)));
    if (auto ended = expect("DATA", dialogue_.command("DATA"), 3)) return farewell(std::move(*ended));
    return farewell(transfer(bytes));
  }

 private:
  static constexpr std::size_t k_chunk = 64 * 1024;

  // nullopt when the reply has the class that lets the conversation go on.
  std::optional<SendOutcome> expect(std::string_view step, Result<SmtpReply> reply, int wanted) {
    if (!reply) return not_sent(in_context(step, std::move(reply).error()).error());
    if (reply->code / 100 == wanted) return std::nullopt;
    if (reply->code < 400) return odd(step, *reply);
    return rejection(step, *reply);
  }

  SendOutcome odd(std::string_view step, const SmtpReply& reply) {
    return not_sent({ErrorKind::failed, fmt::format("{}: unexpected answer to {}: {} {}", stream_.peer(),
                                                    step, reply.code, reply.text)});
  }

  SendOutcome rejection(std::string_view step, const SmtpReply& reply) {
    const bool temporary = reply.code < 500;
    return {.kind = temporary ? SendKind::rejected_temporarily : SendKind::rejected_permanently,
            .code = reply.code,
            .text = fmt::format("{}: {} refused: {} {}", stream_.peer(), step, reply.code, reply.text),
            .refusals = {},
            .error = temporary ? ErrorKind::retry : ErrorKind::failed};
  }

  SendOutcome all_refused(SendOutcome refused) {
    const auto permanent = std::find_if(refused.refusals.begin(), refused.refusals.end(),
                                        [](const Refusal& r) { return r.code >= 500; });
    const bool is_permanent = permanent != refused.refusals.end();
    const Refusal& worst = is_permanent ? *permanent : refused.refusals.front();
    refused.kind = is_permanent ? SendKind::rejected_permanently : SendKind::rejected_temporarily;
    refused.error = is_permanent ? ErrorKind::failed : ErrorKind::retry;
    refused.code = worst.code;
    refused.text = fmt::format("{}: recipient {} refused: {} {}", stream_.peer(), worst.recipient, worst.code,
                               worst.text);
    return refused;
  }

  SendOutcome transfer(std::string_view bytes) {
    const std::string data = dot_stuffed(bytes);
    for (std::size_t at = 0; at < data.size(); at += k_chunk) {
      auto written = dialogue_.write(std::string_view(data).substr(at, k_chunk));
      if (written) continue;
      // write() failed, so the final dot is not out. The server may have said why (too large, shutting down).
      if (auto reply = dialogue_.reply(k_farewell_ms / 4); reply && reply->code >= 400)
        return rejection("the mail", *reply);
      return not_sent(in_context("while the mail was being written", std::move(written).error()).error());
    }
    auto reply = dialogue_.reply(settings_.final_dot_ms);
    if (!reply) {
      Error lost = std::move(reply).error();
      return {.kind = SendKind::unknown,
              .text =
                  lost.message +
                  ": the mail was handed over and the server's answer was lost, it may have been delivered",
              .error = lost.kind == ErrorKind::interrupted ? ErrorKind::interrupted : ErrorKind::retry};
    }
    if (reply->code >= 400) return rejection("the mail", *reply);
    if (reply->code / 100 == 2) return {.kind = SendKind::accepted, .code = reply->code, .text = reply->text};
    return {.kind = SendKind::unknown,
            .code = reply->code,
            .text = fmt::format("{}: unexpected answer to the mail: {} {}: it may have been delivered",
                                stream_.peer(), reply->code, reply->text)};
  }

  // Says QUIT whatever the outcome was; its answer changes nothing.
  SendOutcome farewell(SendOutcome outcome) {
    if (outcome.kind == SendKind::unknown ||
        (outcome.kind == SendKind::not_sent && outcome.error == ErrorKind::retry))
      return outcome;
    const int patience = std::min(k_farewell_ms, settings_.endpoint.timeouts.idle_ms);
    if (stream_.write("QUIT\r\n", patience)) (void)dialogue_.reply(patience);
    return outcome;
  }

  Stream& stream_;
  SmtpDialogue dialogue_;
  const SmtpSettings& settings_;
  std::vector<std::string> keywords_;
};

Result<std::vector<std::string>> keywords_of(const Connected& connected, const Login& login) {
  std::vector<std::string> keywords = ehlo_keywords(connected.heard);
  // libcurl goes on without a login when the server offers none; the settings asked for one.
  if (!login.user.empty() && !offers(keywords, "AUTH"))
    return failed(
        fmt::format("{}: the server offers no login (AUTH), but user is set", connected.stream->peer()));
  return keywords;
}

} // namespace

std::string dot_stuffed(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 50 + 8);
  bool at_line_start = true;
  for (const char c : bytes) {
    if (at_line_start && c == '.') out += '.';
    out += c;
    at_line_start = c == '\n';
  }
  if (!bytes.ends_with("\r\n")) out += "\r\n";
  out += ".\r\n";
  return out;
}

SendOutcome send(const SmtpSettings& settings, const Login& login, const Envelope& envelope,
                 std::string_view bytes, bool needs_smtputf8) {
  const std::string peer = where(Protocol::smtp, settings.endpoint);
  if (auto problem = envelope_problem(envelope))
    return not_sent({ErrorKind::usage, peer + ": not sent: " + *problem});
  if (auto problem = body_problem(bytes))
    return not_sent({ErrorKind::failed, peer + ": not sent: " + *problem});
  for (const std::string& to : envelope.recipients) needs_smtputf8 = needs_smtputf8 || has_8bit(to);
  needs_smtputf8 = needs_smtputf8 || has_8bit(envelope.from);
  auto connected = connect(Protocol::smtp, settings.endpoint, login);
  if (!connected) return not_sent(std::move(connected).error());
  auto keywords = keywords_of(*connected, login);
  if (!keywords) return not_sent(std::move(keywords).error());
  return Sending(*connected->stream, settings, *std::move(keywords)).run(envelope, bytes, needs_smtputf8);
}

Result<std::vector<std::string>> check_smtp(const SmtpSettings& settings, const Login& login) {
  Connected connected = TRY(connect(Protocol::smtp, settings.endpoint, login));
  std::vector<std::string> keywords = TRY(keywords_of(connected, login));
  SmtpDialogue dialogue(*connected.stream, std::min(k_farewell_ms, settings.endpoint.timeouts.idle_ms));
  (void)dialogue.command("QUIT");
  return keywords;
}

} // namespace helpdesk::net
