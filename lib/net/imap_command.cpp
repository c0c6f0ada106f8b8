#include "net/imap_command.hpp"

#include "base/log.hpp"
#include "base/text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::net {
namespace {

constexpr std::size_t k_quoted_limit =
    1000; // longer strings go as literals: some servers cap their command lines

bool is_plain(std::string_view s) {
  return s.size() <= k_quoted_limit && std::all_of(s.begin(), s.end(), [](char c) {
           return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
         });
}

} // namespace

ImapClient::Command& ImapClient::Command::text(std::string_view text) {
  if (pieces_.back().literal)
    pieces_.push_back({std::string(text), false});
  else
    pieces_.back().text += text;
  return *this;
}

ImapClient::Command& ImapClient::Command::string(std::string_view value) {
  if (is_plain(value)) return text("\"" + std::string(value) + "\"");
  return literal(std::string(value));
}

ImapClient::Command& ImapClient::Command::literal(std::string value) {
  valid_ = valid_ && value.find('\0') == std::string::npos;
  pieces_.push_back({std::move(value), true});
  return *this;
}

std::string ImapClient::Command::name() const {
  std::string_view text = pieces_.front().text;
  const std::size_t second = text.starts_with("UID ") ? text.find(' ', 4) : text.find(' ');
  return std::string(text.substr(0, second));
}

Result<ImapClient> ImapClient::connect(const Endpoint& endpoint, const Login& login) {
  Connected connected = TRY(net::connect(Protocol::imap, endpoint, login));
  return over(std::move(connected.stream), endpoint.timeouts);
}

Result<ImapClient> ImapClient::over(std::unique_ptr<Stream> stream, const Timeouts& timeouts,
                                    const ImapLimits& limits) {
  ImapClient client;
  client.stream_ = std::move(stream);
  client.timeouts_ = timeouts;
  client.limits_ = limits;
  client.reader_ = std::make_unique<ImapReader>(*client.stream_, timeouts.idle_ms, limits);
  // What was offered before the login may differ from what is offered now.
  TRY(client.run(Command("CAPABILITY"), [&](ImapResponse&& r) -> Result<void> {
    if (r.name == "CAPABILITY")
      for (const ImapValue& v : r.values) {
        std::string name = v.text;
        for (char& c : name)
          if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        client.capabilities_.insert(std::move(name));
      }
    return {};
  }));
  return client;
}

Failure ImapClient::refusal(const ImapResponse& r, std::string_view what) const {
  const std::string said = fmt::format("{}{}{}", r.code.empty() ? "" : "[" + clean_utf8(r.code) + "] ",
                                       r.text, r.text.empty() && r.code.empty() ? "no reason given" : "");
  const std::string message = fmt::format("{}: {} refused: {}", peer(), what, ellipsize(said, 300));
  for (const char* code : {"UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG"})
    if (starts_with_ignoring_case(r.code, code)) return try_later(message);
  for (const char* code :
       {"AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED", "PRIVACYREQUIRED", "NOPERM"})
    if (starts_with_ignoring_case(r.code, code)) return fail(ErrorKind::credentials, message);
  return failed(message);
}

Result<ImapResponse> ImapClient::receive() {
  auto parsed = parse_imap_response(TRY(reader_->next()), limits_);
  if (!parsed) return in_context(peer(), std::move(parsed).error());
  if (parsed->kind == ImapResponse::Kind::untagged && parsed->name == "BYE")
    return try_later(fmt::format("{}: the server ends the session: {}", peer(),
                                 parsed->text.empty() ? "no reason given" : ellipsize(parsed->text, 300)));
  return parsed;
}

Result<void> ImapClient::send_literal(const std::string& bytes, const OnUntagged& on_untagged,
                                      const std::string& tag) {
  const bool unasked = has("LITERAL+") || (has("LITERAL-") && bytes.size() <= 4096);
  TRY(stream_->write(fmt::format("{{{}{}}}\r\n", bytes.size(), unasked ? "+" : ""), timeouts_.idle_ms));
  while (!unasked) {
    ImapResponse r = TRY(receive());
    if (r.kind == ImapResponse::Kind::continuation) break;
    if (r.kind == ImapResponse::Kind::tagged) {
      if (r.tag == tag) return refusal(r, "a literal");
      return failed(fmt::format("{}: an answer to a command that was not sent", peer()));
    }
    if (on_untagged) TRY(on_untagged(std::move(r)));
  }
  return stream_->write(bytes, timeouts_.idle_ms);
}

Result<ImapResponse> ImapClient::run_unguarded(const Command& command, const OnUntagged& on_untagged) {
  const std::string tag = fmt::format("h{}", next_tag_++);
  std::string text = tag + " ";
  for (const Piece& piece : command.pieces()) {
    if (!piece.literal) {
      text += piece.text;
      continue;
    }
    TRY(stream_->write(text, timeouts_.idle_ms));
    text.clear();
    TRY(send_literal(piece.text, on_untagged, tag));
  }
  TRY(stream_->write(text + "\r\n", timeouts_.idle_ms));
  for (;;) {
    auto received = receive();
    if (!received) {
      // A goodbye is the right answer to LOGOUT.
      if (command.name() == "LOGOUT" && received.error().kind == ErrorKind::retry) return ImapResponse{};
      return received;
    }
    if (received->kind == ImapResponse::Kind::continuation)
      continue; // not asked for: nothing of ours is outstanding
    if (received->kind == ImapResponse::Kind::untagged) {
      if (on_untagged) TRY(on_untagged(std::move(*received)));
      continue;
    }
    if (received->tag != tag)
      return failed(fmt::format("{}: an answer to a command that was not sent", peer()));
    return received;
  }
}

Result<ImapResponse> ImapClient::run(const Command& command, const OnUntagged& on_untagged) {
  if (!usable_) return try_later(fmt::format("{}: the connection is closed", peer()));
  if (!command.valid())
    return usage_error(fmt::format("{}: a value with a NUL byte cannot be sent", command.name()));
  auto answer = run_unguarded(command, on_untagged);
  if (!answer) {
    // Answers to this command may still be under way: nothing that follows could be told apart from them.
    usable_ = false;
    return answer;
  }
  if (log_enabled()) log_debug("imap", fmt::format("{} {}", command.name(), answer->name));
  if (answer->name != "OK" && !answer->name.empty()) return refusal(*answer, command.name());
  return answer;
}

} // namespace helpdesk::net
