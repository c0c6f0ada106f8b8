// A sink that keeps what a store would keep, and directories to pull from.
#pragma once

#include "backend/backend.hpp"
#include "mime/mail.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <unistd.h>

namespace helpdesk::test {

class MemorySink : public backend::Sink {
 public:
  std::map<std::string, store::RawRecord> records;
  std::map<std::pair<std::string, std::string>, store::Placement> places; // (stream, uid)
  std::map<std::string, std::string, std::less<>> cursors;
  std::optional<Instant> complete_since;
  std::vector<std::string> order; // record keys as they came
  int pages = 0, stop_after = -1;
  std::function<bool(std::string_view)> scope = [](std::string_view) { return true; };

  Result<void> page(backend::Page&& page) override {
    if (stop_after >= 0 && pages >= stop_after) return fail(ErrorKind::interrupted, "stopped");
    ++pages;
    if (page.reset) {
      std::erase_if(places, [&](const auto& p) { return p.first.first == page.stream; });
      cursors.erase(page.stream);
    }
    for (store::RawRecord& record : page.records) {
      order.push_back(record.key);
      records[record.key] = std::move(record);
    }
    for (store::Placement& placement : page.placements)
      if (records.contains(placement.record))
        places[{placement.stream, placement.uid}] = std::move(placement);
    for (const std::string& uid : page.vanished) places.erase({page.stream, uid});
    if (page.cursor) cursors[page.stream] = *page.cursor;
    if (page.complete_since) complete_since = page.complete_since;
    return {};
  }
  Result<std::string> cursor(std::string_view stream) override {
    const auto it = cursors.find(stream);
    return it == cursors.end() ? std::string() : it->second;
  }
  Result<bool> has_record(std::string_view key) override { return records.contains(std::string(key)); }
  Result<std::optional<store::RawRecord>> record(std::string_view key) override {
    auto it = records.find(std::string(key));
    return it == records.end() ? std::nullopt : std::optional<store::RawRecord>(it->second);
  }
  Result<std::string> record_of_message_id(std::string_view, std::uint64_t) override { return std::string(); }
  Result<std::vector<store::Placement>> placements(std::string_view stream) override {
    std::vector<store::Placement> found;
    for (const auto& [key, placement] : places)
      if (key.first == stream) found.push_back(placement);
    return found;
  }
  bool in_scope(std::string_view header_block) override { return scope(header_block); }
  void progress(std::string_view, std::uint64_t, std::uint64_t, std::uint64_t) override {}

  std::set<std::string> placed() const { // "stream:uid"
    std::set<std::string> all;
    for (const auto& [key, placement] : places) all.insert(key.first + ":" + key.second);
    return all;
  }
};

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "helpdesk-test-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline void write(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

inline void make_maildir(const std::filesystem::path& path) {
  for (const char* part : {"cur", "new", "tmp"}) std::filesystem::create_directories(path / part);
}

inline std::string sample_mail(int n) {
  return "From: Anna <anna@example.com>\nTo: desk@example.org\nSubject: question " + std::to_string(n) +
         "\nMessage-ID: <m" + std::to_string(n) +
         "@example.com>\nDate: Mon, 5 Jan 2026 10:00:00 +0100\n\nHello " + std::to_string(n) + "\n";
}

inline Result<void> pull(std::string_view kind, const std::filesystem::path& path, MemorySink& sink,
                         backend::PullOptions options = {}) {
  backend::Settings settings{
      .account = "shop", .kind = std::string(kind), .values = {{"path", path.string()}}};
  const backend::Kind* found = backend::find_kind(kind);
  if (!found) return failed("no such kind");
  options.now = system_now();
  auto opened = found->open(settings, {});
  if (!opened) return Failure(std::move(opened).error());
  return (*opened)->pull(options, sink);
}

} // namespace helpdesk::test
