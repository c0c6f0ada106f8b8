#include "backend/mbox/split.hpp"

#include "base/text.hpp"
#include "mime/header_block.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace helpdesk::backend::mbox {

namespace {

constexpr std::size_t k_window = 1 << 20;
constexpr std::size_t k_peek = 8192;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "From sender Thu Jan  1 00:00:00 [zone] 1970"
std::optional<Instant> time_of_from_line(std::string_view line) {
  std::vector<std::string_view> words;
  for (const std::string_view word : helpdesk::split(line, ' '))
    if (!trim(word).empty()) words.push_back(trim(word));
  for (std::size_t i = 1; i + 4 < words.size(); ++i) {
    if (words[i].size() != 3 || words[i + 1].size() != 3 || words[i + 3].find(':') == std::string_view::npos)
      continue;
    std::string_view year = words[i + 4], zone = "+0000";
    if (i + 5 < words.size() && year.size() != 4) {
      zone = words[i + 4];
      year = words[i + 5];
    } else if (i + 5 < words.size() && (words[i + 5].starts_with('+') || words[i + 5].starts_with('-'))) {
      zone = words[i + 5];
    }
    return parse_mail_date(std::string(words[i + 2]) + " " + std::string(words[i + 1]) + " " +
                           std::string(year) + " " + std::string(words[i + 3]) + " " + std::string(zone));
  }
  return std::nullopt;
}

// A clock time and a year: every date that mail programs write there has both, in whatever order.
bool has_date(std::string_view line) {
  bool clock = false, year = false;
  for (const std::string_view word : helpdesk::split(trim(line), ' ')) {
    const std::size_t colon = word.find(':');
    clock = clock || (colon != std::string_view::npos && colon > 0 && colon + 2 < word.size() &&
                      is_digit(word[colon - 1]) && is_digit(word[colon + 1]) && is_digit(word[colon + 2]));
    year = year || (word.size() == 4 && (word.starts_with("19") || word.starts_with("20")) &&
                    is_digit(word[2]) && is_digit(word[3]));
  }
  return clock && year;
}

bool is_header_line(std::string_view line) {
  if (starts_with_ignoring_case(line, ">From ")) return true;
  std::size_t i = 0;
  while (i < line.size() && line[i] > 32 && line[i] < 127 && line[i] != ':') ++i;
  return i > 0 && i < line.size() && line[i] == ':';
}

class Splitter {
 public:
  Splitter(const ReadAt& read_at, std::uint64_t size) : read_at_(read_at), size_(size) {}

  Result<std::vector<Span>> run(std::uint64_t from) {
    std::vector<Span> spans;
    std::uint64_t pos = from;
    for (;;) {
      const std::optional<std::uint64_t> found = TRY(next_from_line(pos, pos == from));
      if (!found) break;
      pos = *found + 5;
      std::optional<Span> span = TRY(message_at(*found));
      if (!span) continue;
      if (!spans.empty()) spans.back().end = *found;
      pos = span->mail;
      if (const std::uint64_t behind = TRY(behind_content_length(span->mail)); behind > 0)
        pos = std::max(pos, behind - 1);
      spans.push_back(*span);
    }
    if (!spans.empty()) spans.back().end = size_;
    return spans;
  }

 private:
  Result<std::string_view> peek(std::uint64_t offset, std::size_t n) {
    peeked_.resize(n);
    if (offset >= size_) return std::string_view{};
    n = static_cast<std::size_t>(std::min<std::uint64_t>(n, size_ - offset));
    const std::size_t got = TRY(read_at_(offset, peeked_.data(), n));
    return std::string_view(peeked_.data(), got);
  }

  // Offset of the next line that starts with "From ", at or behind pos.
  Result<std::optional<std::uint64_t>> next_from_line(std::uint64_t pos, bool at_start) {
    if (at_start && TRY(peek(pos, 5)) == "From ") return std::optional(pos);
    constexpr std::string_view needle = "\nFrom ";
    while (pos + needle.size() <= size_) {
      if (pos < base_ || pos + needle.size() > base_ + window_.size()) {
        window_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(k_window, size_ - pos)));
        const std::size_t got = TRY(read_at_(pos, window_.data(), window_.size()));
        if (got < window_.size()) return try_later("the file was cut while it was read: pull again");
        base_ = pos;
      }
      const std::size_t start = static_cast<std::size_t>(pos - base_);
      const void* hit = memmem(window_.data() + start, window_.size() - start, needle.data(), needle.size());
      if (hit)
        return std::optional(base_ +
                             static_cast<std::uint64_t>(static_cast<const char*>(hit) - window_.data()) + 1);
      if (base_ + window_.size() >= size_) break;
      pos = base_ + window_.size() - (needle.size() - 1);
    }
    return std::optional<std::uint64_t>{};
  }

  // A "From " line is a separator when an empty line stands before it (or nothing), it tells a time, and
  // headers follow: people write "From 10:30 on …" at the start of a line too.
  Result<std::optional<Span>> message_at(std::uint64_t offset) {
    const std::optional<Span> none;
    if (offset > 0) {
      const std::uint64_t back = std::min<std::uint64_t>(offset, 4);
      const std::string_view before = TRY(peek(offset - back, static_cast<std::size_t>(back)));
      if (!before.ends_with("\n\n") && !before.ends_with("\n\r\n") && before != "\n" && before != "\r\n")
        return none;
    }
    const std::string_view text = TRY(peek(offset, k_peek));
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return none;
    const std::string_view line = text.substr(0, end);
    if (!has_date(line)) return none;
    std::string_view rest = text.substr(end + 1);
    const std::string_view next = rest.substr(0, rest.find('\n'));
    if (offset > 0 && !trim(next).empty() && !is_header_line(next)) return none;
    if (offset > 0 && rest.empty()) return none;
    return std::optional(Span{.begin = offset, .mail = offset + end + 1, .time = time_of_from_line(line)});
  }

  // Where the message ends by its Content-Length, if the separator of the next one (or the end of the file)
  // is there; else 0.
  Result<std::uint64_t> behind_content_length(std::uint64_t mail) {
    const std::string_view text = TRY(peek(mail, k_peek));
    std::size_t at = 0;
    std::uint64_t length = 0;
    bool found = false;
    for (;;) {
      const std::size_t end = text.find('\n', at);
      if (end == std::string_view::npos)
        return std::uint64_t{0}; // the header is longer than what was looked at
      const std::string_view line = trim_right(text.substr(at, end - at));
      at = end + 1;
      if (line.empty()) break;
      if (!starts_with_ignoring_case(line, "content-length:")) continue;
      const std::string_view digits = trim(line.substr(15));
      found = std::from_chars(digits.data(), digits.data() + digits.size(), length).ec == std::errc{};
    }
    if (!found || length > size_) return std::uint64_t{0};
    const std::uint64_t behind = mail + at + length;
    if (behind == size_) return behind;
    if (behind > size_) return std::uint64_t{0};
    const std::string_view there = TRY(peek(behind, 16));
    const std::size_t skip = there.find_first_not_of("\r\n");
    if (skip == std::string_view::npos) return behind + there.size() == size_ ? behind : std::uint64_t{0};
    if (skip > 4 || there.substr(skip, 5) != "From ") return std::uint64_t{0};
    // The search goes on one byte before "From ", at the line end in front of it.
    return skip > 0 ? behind + skip : behind;
  }

  const ReadAt& read_at_;
  std::uint64_t size_;
  std::string window_, peeked_;
  std::uint64_t base_ = 0;
};

void read_flags(std::string_view value, std::vector<std::string>& labels) {
  for (const char c : value) {
    switch (c) {
    case 'R': labels.emplace_back("\\Seen"); break;
    case 'A': labels.emplace_back("\\Answered"); break;
    case 'F': labels.emplace_back("\\Flagged"); break;
    case 'D': labels.emplace_back("\\Deleted"); break;
    case 'T': labels.emplace_back("\\Draft"); break;
    default: break;
    }
  }
}

bool is_bookkeeping(std::string_view name) {
  for (const std::string_view own :
       {"status", "x-status", "x-keywords", "x-uid", "x-imap", "x-imapbase", "content-length", "lines"})
    if (equal_ignoring_case(name, own)) return true;
  return false;
}

} // namespace

Result<std::vector<Span>> split(const ReadAt& read_at, std::uint64_t from, std::uint64_t size) {
  return Splitter(read_at, size).run(from);
}

Mail unpack(std::string_view bytes) {
  Mail mail;
  if (bytes.ends_with("\r\n\r\n"))
    bytes.remove_suffix(2);
  else if (bytes.ends_with("\n\n"))
    bytes.remove_suffix(1);
  const mime::HeaderBlock block = mime::split_headers(bytes, {});
  std::string& out = mail.bytes;
  out.reserve(bytes.size());
  std::size_t copied = 0;
  for (const mime::RawHeader& field : block.fields) {
    if (!is_bookkeeping(field.name)) continue;
    if (equal_ignoring_case(field.name, "status") || equal_ignoring_case(field.name, "x-status"))
      read_flags(trim(field.value), mail.labels);
    const auto begin = static_cast<std::size_t>(field.name.data() - bytes.data());
    const auto value_end = static_cast<std::size_t>(field.value.data() + field.value.size() - bytes.data());
    const std::size_t line_end = bytes.find('\n', value_end);
    out.append(bytes.substr(copied, begin - copied));
    copied = line_end == std::string_view::npos ? bytes.size() : line_end + 1;
  }
  const std::size_t body = std::max(block.body, copied);
  out.append(bytes.substr(copied, body - copied));
  std::sort(mail.labels.begin(), mail.labels.end());
  mail.labels.erase(std::unique(mail.labels.begin(), mail.labels.end()), mail.labels.end());

  // ">From " was "From ", ">>From " was ">From ": mboxrd. Of mboxo only the first is known, and meant the
  // same.
  std::size_t pos = body;
  while (pos < bytes.size()) {
    const std::size_t hit = bytes.find("From ", pos);
    if (hit == std::string_view::npos) break;
    std::size_t marks = hit;
    while (marks > pos && bytes[marks - 1] == '>') --marks;
    const bool quoted = marks < hit && (marks == body || (marks > 0 && bytes[marks - 1] == '\n'));
    if (quoted) {
      out.append(bytes.substr(pos, marks - pos));
      pos = marks + 1;
    }
    const std::size_t next = hit + 5;
    out.append(bytes.substr(pos, next - pos));
    pos = next;
  }
  if (pos < bytes.size()) out.append(bytes.substr(pos));
  return mail;
}

} // namespace helpdesk::backend::mbox
