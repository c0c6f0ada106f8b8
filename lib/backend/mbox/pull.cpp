#include "backend/mbox/pull.hpp"

#include "backend/imap/folders.hpp"
#include "backend/mail_record.hpp"
#include "base/log.hpp"
#include "base/process.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace helpdesk::backend::mbox {

namespace {

constexpr std::size_t k_page = 500;
constexpr std::uint64_t k_page_bytes = 48ULL << 20;
constexpr std::uint64_t k_biggest = 1ULL << 30;
constexpr std::uint64_t k_hashed = 4096;

std::string name_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  return clean_utf8(name);
}

std::string role_of(const std::string& name, bool alone) {
  std::string stem = name;
  for (const std::string_view ending : {".mbox", ".mbx", ".mboxrd"})
    if (stem.size() > ending.size() && ascii_lower(stem).ends_with(ending))
      stem.resize(stem.size() - ending.size());
  const std::string_view role = imap::role_of_name(stem);
  if (!role.empty()) return std::string(role);
  return alone || ascii_lower(stem) == "inbox" ? "inbox" : "other";
}

bool looks_like_mbox(const std::string& path) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  char start[5];
  return file.valid() && ::read(file.get(), start, sizeof start) == 5 &&
         std::string_view(start, 5) == "From ";
}

} // namespace

Result<std::vector<Box>> find_boxes(const std::string& path) {
  std::vector<Box> boxes;
  if (!is_directory(path)) {
    if (!exists(path)) return failed(path + ": there is no such file: check \"path\" of the account");
    boxes.push_back({name_of(path), path, role_of(name_of(path), true)});
    return boxes;
  }
  DIR* dir = opendir(path.c_str());
  if (!dir) return failed(path + ": " + std::strerror(errno));
  while (const dirent* entry = readdir(dir)) {
    const std::string name = entry->d_name;
    const std::string file = join_path(path, name);
    if (name.starts_with('.') || is_directory(file) || !looks_like_mbox(file)) continue;
    boxes.push_back({name_of(file), file, role_of(name_of(file), false)});
  }
  closedir(dir);
  std::erase_if(boxes, [](const Box& box) { return box.role == "drafts"; });
  if (boxes.empty()) return failed(path + ": holds no mbox file: check \"path\" of the account");
  std::sort(boxes.begin(), boxes.end(), [](const Box& a, const Box& b) {
    return std::pair(a.only_placements(), a.name) < std::pair(b.only_placements(), b.name);
  });
  return boxes;
}

std::string Cursor::text() const {
  return fmt::format("mbox1 {} {} {} {} {}", end, last_begin, modified, hash,
                     complete ? "complete" : "partial");
}

std::optional<Cursor> Cursor::parse(std::string_view text) {
  const std::vector<std::string_view> words = helpdesk::split(text, ' ');
  if (words.size() != 6 || words[0] != "mbox1") return std::nullopt;
  Cursor cursor;
  const auto read = [&](std::size_t i, auto& to) {
    return std::from_chars(words[i].data(), words[i].data() + words[i].size(), to).ec == std::errc{};
  };
  if (!read(1, cursor.end) || !read(2, cursor.last_begin) || !read(3, cursor.modified)) return std::nullopt;
  cursor.hash = words[4];
  cursor.complete = words[5] == "complete";
  return cursor;
}

Result<BoxFile> BoxFile::open(const std::string& path) {
  BoxFile box;
  box.path_ = path;
  box.file_ = FileDescriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat info{};
  if (!box.file_.valid() || fstat(box.file_.get(), &info) != 0)
    return failed(path + ": " + std::strerror(errno));
  if (!S_ISREG(info.st_mode)) return failed(path + ": is no file");
  box.size_ = static_cast<std::uint64_t>(info.st_size);
  box.modified_ = static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec;
  return box;
}

Result<std::size_t> BoxFile::read_at(std::uint64_t offset, char* buffer, std::size_t size) const {
  std::size_t got = 0;
  while (got < size) {
    const ssize_t n = pread(file_.get(), buffer + got, size - got, static_cast<off_t>(offset + got));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed(path_ + ": " + std::strerror(errno));
    if (n == 0) break;
    got += static_cast<std::size_t>(n);
  }
  return got;
}

Result<std::vector<Span>> BoxFile::messages(std::uint64_t from) const {
  const ReadAt read = [this](std::uint64_t offset, char* buffer, std::size_t size) {
    return read_at(offset, buffer, size);
  };
  auto spans = split(read, from, size_);
  if (!spans) return in_context(path_, std::move(spans).error());
  return spans;
}

Result<std::size_t> count_messages(const Box& box) {
  const BoxFile file = TRY(BoxFile::open(box.path));
  return TRY(file.messages(0)).size();
}

Result<std::string> Puller::hash_before(std::uint64_t end) const {
  const std::uint64_t n = std::min(end, k_hashed);
  std::string sample(static_cast<std::size_t>(2 * n), '\0');
  const std::size_t head = TRY(file_.read_at(0, sample.data(), static_cast<std::size_t>(n)));
  const std::size_t tail = TRY(file_.read_at(end - n, sample.data() + n, static_cast<std::size_t>(n)));
  if (head < n || tail < n) return try_later(box_.path + ": the file was cut while it was read: pull again");
  return sha256_hex(sample).substr(0, 32);
}

Result<bool> Puller::matches(const Cursor& cursor) const {
  // The same size but another time: flags were changed in place.
  if (file_.size() < cursor.end || (file_.size() == cursor.end && file_.modified() != cursor.modified))
    return false;
  return TRY(hash_before(cursor.end)) == cursor.hash;
}

Result<void> Puller::run() {
  file_ = TRY(BoxFile::open(box_.path));
  std::optional<Cursor> cursor;
  bool reset = false;
  if (!options_.dry_run) {
    cursor = Cursor::parse(TRY(sink_.cursor(box_.name)));
    if (cursor && !TRY(matches(*cursor))) {
      cursor.reset();
      reset = true;
    }
    if (cursor && cursor->complete && !options_.full && file_.size() == cursor->end) return {};
  }
  const bool grows = cursor && cursor->complete && !options_.full;
  std::vector<Span> spans = TRY(file_.messages(grows ? cursor->last_begin : 0));
  Cursor now{.end = file_.size(), .modified = file_.modified(), .hash = TRY(hash_before(file_.size()))};
  if (!spans.empty())
    now.last_begin = spans.back().begin;
  else if (grows)
    now.last_begin = cursor->last_begin;

  std::map<std::string, bool, std::less<>> known;
  if (cursor)
    for (const store::Placement& placement : TRY(sink_.placements(box_.name))) known[placement.uid] = true;
  std::erase_if(spans, [&](const Span& span) {
    if (options_.since && span.time && *span.time < *options_.since) return true;
    // The last message may have been half written when it was read.
    if (cursor && span.begin == cursor->last_begin && span.end != cursor->end) return false;
    return known.contains(std::to_string(span.begin));
  });
  std::reverse(spans.begin(), spans.end()); // newest first
  return pull(spans, reset, grows, std::move(now));
}

Result<void> Puller::add(Page& page, const Span& span, bool ask) {
  if (span.end - span.mail > k_biggest) {
    if (log_enabled())
      log_debug("mbox", fmt::format("{}: message at {} is over 1 GiB: left out", box_.path, span.begin));
    return {};
  }
  std::string bytes(static_cast<std::size_t>(span.end - span.mail), '\0');
  if (TRY(file_.read_at(span.mail, bytes.data(), bytes.size())) < bytes.size())
    return try_later(box_.path + ": the file was cut while it was read: pull again");
  page_bytes_ += bytes.size();
  bytes_ += bytes.size();
  Mail mail = unpack(bytes);
  store::RawRecord record = mail_record(account_, std::move(mail.bytes), span.time.value_or(Instant{}));
  const bool stored =
      !options_.dry_run && (ask || box_.only_placements()) && TRY(sink_.has_record(record.key));
  if (!stored && (box_.only_placements() || !sink_.in_scope(header_block(record.bytes)))) return {};
  page.placements.push_back({.account = account_,
                             .stream = box_.name,
                             .uid = std::to_string(span.begin),
                             .record = record.key,
                             .labels = std::move(mail.labels),
                             .role = box_.role});
  if (!stored) page.records.push_back(std::move(record));
  return {};
}

Result<void> Puller::pull(const std::vector<Span>& spans, bool reset, bool grows, Cursor cursor) {
  const bool ask = reset || options_.full; // is it stored already?
  std::size_t i = 0;
  do {
    if (interrupted()) return fail(ErrorKind::interrupted, "interrupted");
    Page page{.stream = box_.name, .reset = reset};
    page_bytes_ = 0;
    std::optional<Instant> oldest;
    for (; i < spans.size() && page.placements.size() < k_page && page_bytes_ < k_page_bytes; ++i) {
      TRY(add(page, spans[i], ask));
      if (spans[i].time) oldest = oldest ? std::min(*oldest, *spans[i].time) : *spans[i].time;
      ++done_;
    }
    reset = false;
    // With --since older mails were left out: not complete.
    cursor.complete = i >= spans.size() && !options_.since;
    page.cursor = cursor.text();
    if (!grows) page.complete_since = oldest;
    if (!options_.dry_run) TRY(sink_.page(std::move(page)));
    sink_.progress(box_.name, done_, spans.size(), bytes_);
  } while (i < spans.size());
  return {};
}

} // namespace helpdesk::backend::mbox
