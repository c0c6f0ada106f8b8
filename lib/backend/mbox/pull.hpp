// One pull from one mbox file.
#pragma once

#include "backend/backend.hpp"
#include "backend/mbox/split.hpp"
#include "base/file.hpp"

#include <map>
#include <string>
#include <vector>

namespace helpdesk::backend::mbox {

struct Box {
  std::string name, path, role;
  bool only_placements() const { return role == "junk" || role == "trash"; }
};

// The file at path, or every mbox in the directory there. Failed when there is none.
Result<std::vector<Box>> find_boxes(const std::string& path);

// How far a file was read. The hash is of the bytes at its start and just before end: when it does not match,
// the file was written anew, and everything is placed again.
struct Cursor {
  std::uint64_t end = 0, last_begin = 0;
  std::int64_t modified = 0; // ns
  std::string hash;
  bool complete = false; // false: an interrupted first pull
  std::string text() const;
  static std::optional<Cursor> parse(std::string_view text);
};

// The file as it was when it was opened; it may grow meanwhile.
class BoxFile {
 public:
  static Result<BoxFile> open(const std::string& path);
  std::uint64_t size() const { return size_; }
  std::int64_t modified() const { return modified_; }
  Result<std::size_t> read_at(std::uint64_t offset, char* buffer, std::size_t size) const;
  Result<std::vector<Span>> messages(std::uint64_t from) const;

 private:
  std::string path_;
  FileDescriptor file_;
  std::uint64_t size_ = 0;
  std::int64_t modified_ = 0;
};

Result<std::size_t> count_messages(const Box& box);

class Puller {
 public:
  Puller(std::string account, Box box, const PullOptions& options, Sink& sink)
      : account_(std::move(account)), box_(std::move(box)), options_(options), sink_(sink) {}
  Result<void> run();

 private:
  Result<std::string> hash_before(std::uint64_t end) const;
  Result<bool> matches(const Cursor& cursor) const;
  Result<void> pull(const std::vector<Span>& spans, bool reset, bool grows, Cursor cursor);
  Result<void> add(Page& page, const Span& span, bool ask);

  std::string account_;
  Box box_;
  const PullOptions& options_;
  Sink& sink_;
  BoxFile file_;
  std::uint64_t done_ = 0, bytes_ = 0, page_bytes_ = 0;
};

} // namespace helpdesk::backend::mbox
