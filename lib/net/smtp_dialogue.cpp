#include "net/smtp_dialogue.hpp"

#include "base/text.hpp"

#include <array>
#include <chrono>

#include <fmt/format.h>

namespace helpdesk::net {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t k_line_limit = 4096, k_reply_lines = 100;

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

// "250-text", "250 text" or a bare "250".
bool is_reply_line(std::string_view line) {
  return line.size() >= 3 && line[0] >= '2' && line[0] <= '5' && is_ascii_digit(line[1]) &&
         is_ascii_digit(line[2]) && (line.size() == 3 || line[3] == ' ' || line[3] == '-');
}

} // namespace

Result<void> SmtpDialogue::write(std::string_view bytes) { return stream_.write(bytes, idle_ms_); }

Result<SmtpReply> SmtpDialogue::command(std::string_view text) {
  TRY(write(std::string(text) + "\r\n"));
  return reply(idle_ms_);
}

Result<std::string> SmtpDialogue::line(int timeout_ms) {
  const auto deadline = Clock::now() + std::chrono::milliseconds(timeout_ms);
  for (;;) {
    if (const auto end = buffer_.find('\n'); end != std::string::npos) {
      std::string found(trim_right(std::string_view(buffer_).substr(0, end)));
      buffer_.erase(0, end + 1);
      return found;
    }
    if (buffer_.size() > k_line_limit)
      return failed(
          fmt::format("{}: an SMTP reply line of more than {} bytes", stream_.peer(), k_line_limit));
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0)
      return try_later(
          fmt::format("{}: no whole answer within {} s", stream_.peer(), (timeout_ms + 999) / 1000));
    std::array<char, 4096> chunk{};
    const std::size_t got = TRY(stream_.read(chunk, static_cast<int>(left)));
    if (got == 0) return try_later(fmt::format("{}: the server closed the connection", stream_.peer()));
    buffer_.append(chunk.data(), got);
  }
}

Result<SmtpReply> SmtpDialogue::reply(int timeout_ms) {
  const auto deadline = Clock::now() + std::chrono::milliseconds(timeout_ms);
  SmtpReply reply;
  for (std::size_t n = 0; n < k_reply_lines; ++n) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    const std::string text = TRY(line(left > 0 ? static_cast<int>(left) : 0));
    if (!is_reply_line(text))
      return failed(
          fmt::format("{}: not an SMTP reply: {}", stream_.peer(), ellipsize(clean_utf8(text), 100)));
    const int code = (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0');
    if (reply.code != 0 && code != reply.code)
      return failed(fmt::format("{}: an SMTP reply that begins with {} and goes on with {}", stream_.peer(),
                                reply.code, code));
    reply.code = code;
    if (text.size() > 4)
      reply.text += (reply.text.empty() ? "" : " ") + clean_utf8(std::string_view(text).substr(4));
    if (text.size() == 3 || text[3] == ' ') return reply;
  }
  return failed(fmt::format("{}: an SMTP reply of more than {} lines", stream_.peer(), k_reply_lines));
}

std::vector<std::string> ehlo_keywords(const std::vector<std::string>& heard) {
  std::vector<std::string> keywords;
  bool inside = false;
  for (const std::string& line : heard) {
    if (!line.starts_with("250")) {
      inside = false;
      continue;
    }
    if (!inside)
      keywords.clear(); // the first line of an answer names the server
    else if (line.size() > 4)
      keywords.push_back(line.substr(4));
    inside = line.size() > 3 && line[3] == '-';
  }
  for (std::string& k : keywords)
    for (char& c : k)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return keywords;
}

} // namespace helpdesk::net
